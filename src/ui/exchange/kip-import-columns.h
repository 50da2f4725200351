/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-import-draft.h"

G_BEGIN_DECLS

/* The assistant's second step: what each column of the file becomes, and how the file is
 * written.
 *
 * Signals:
 * "changed" (): another mapping.
 * "read-again" (): the file must be read in another way. */
#define KIP_TYPE_IMPORT_COLUMNS (kip_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (KipImportColumns, kip_import_columns, KIP, IMPORT_COLUMNS, AdwBin)

/* @draft with a sample and a map; borrowed. */
void kip_import_columns_show (KipImportColumns *columns,
                              KipImportDraft   *draft);

/* What is typed but wrong: a sentence; NULL: nothing.  (transfer full) */
char *kip_import_columns_dup_problem (KipImportColumns *columns);

G_END_DECLS
