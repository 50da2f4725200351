/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-csv-reader.h"

G_BEGIN_DECLS

/* Where a field's text comes from, found in a given header.  What is written in
 * [columns] of a mapping file is
 *
 *   Opened at               the column of that name (case and marks forgiven)
 *   #3                      the third column
 *   Caller {caller_id}      a text with columns in braces; {#3} works too
 *   =phone                  that very text
 *   Opened at | Created     the first of several whose columns all hold something
 *
 * A name that several columns bear stands for all of them, as if with bars between.
 *
 * Names that hold a bar with spaces around it go into braces. */
typedef struct _KipImportColumn KipImportColumn;

/* NULL and KIP_ERROR_INVALID when @header has no such column; the message names
 * the one that was perhaps meant. */
KipImportColumn *kip_import_column_compile (const char        *source,
                                            const char *const *header,
                                            GError           **error);
void             kip_import_column_free (KipImportColumn *column);

/* The text for @row without white space at its ends, "" when there is none.  Borrowed
 * from @row or from @column until the next call. */
const char *kip_import_column_get (KipImportColumn *column,
                                   const KipCsvRow *row);

/* The same, of all that hold something, with semicolons between: for tags. */
const char *kip_import_column_gather (KipImportColumn *column,
                                      const KipCsvRow *row);

/* The number of the column when @column is nothing but one, else -1. */
int kip_import_column_get_index (KipImportColumn *column);

/* The place of the column called @name in @header, or -1. */
int kip_import_find_column (const char        *name,
                            const char *const *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportColumn, kip_import_column_free)

G_END_DECLS
