/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-column.h"
#include "kip-import-map.h"

G_BEGIN_DECLS

/* A mapping as a form shows it: for each column of a file the one field that it becomes.
 * What is more than that (texts put together, constants, a column used twice) is listed
 * apart. */

/* The field that column @index of @header becomes and that comes from it alone; the first
 * of several; KIP_IMPORT_N_FIELDS: none. */
KipImportField kip_import_map_field_of (KipImportMap      *map,
                                        const char *const *header,
                                        guint              index);

/* Makes column @index the source of @field (KIP_IMPORT_N_FIELDS: of none).  What @field came
 * from before and what this column was before are forgotten. */
void kip_import_map_use_column (KipImportMap      *map,
                                const char *const *header,
                                guint              index,
                                KipImportField     field);

/* The fields that have a source which field_of() shows for no column.
 * (transfer full) GArray of KipImportField */
GArray *kip_import_map_list_composed (KipImportMap      *map,
                                      const char *const *header);

/* Some cells of column @index for a person to see what it holds: "INC001 · INC002 · …", at
 * most @max of them, each once.  (transfer full) */
char *kip_import_examples (GPtrArray *rows,
                           guint      index,
                           guint      max);

G_END_DECLS
