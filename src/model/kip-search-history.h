/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-complete.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What was looked for lately on this machine, the newest first. */

/* Keeps @text, once; empty texts are not kept. */
void kip_search_history_add (KipStore   *store,
                             const char *text);

/* (transfer full) of texts */
char **kip_search_history_list (KipStore *store);

/* As suggestions that take the place of the whole text.  (transfer full) GPtrArray
 * of KipQueryCompletion */
GPtrArray *kip_search_history_suggest (KipStore *store,
                                       guint     limit);

G_END_DECLS
