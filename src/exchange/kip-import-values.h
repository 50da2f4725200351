/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-ticket.h"

G_BEGIN_DECLS

/* What the values of a foreign table mean, looked up once a text.  Private to the importer. */

/* The target of @text: what the mapping says; the default where @text is empty (0) or unknown;
 * "" where there is none or the mapping passes it over.  Never NULL. */
const char *kip_import_target (KipImportBuilder *builder,
                               KipImportField    field,
                               guint32           text);

gboolean kip_import_is_ignored (KipImportBuilder *builder,
                                KipImportField    field,
                                guint32           text);
gboolean kip_import_is_unknown (KipImportBuilder *builder,
                                KipImportField    field,
                                guint32           text);

/* FALSE when a value of @row is one to refuse: the report then says which. */
gboolean kip_import_accept_row (KipImportBuilder *builder,
                                guint32           row,
                                const char       *key);

/* "1:30", "90" or "1.5" of @unit seconds, "1h 30m", "1d" (8 h), "PT1H30M".  FALSE: none of these. */
gboolean kip_import_parse_work (const char *text,
                                gint64      unit,
                                gint64     *seconds);

G_END_DECLS
