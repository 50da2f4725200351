/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small table read whole: rows of texts with named columns. */
typedef struct
{
  GPtrArray *names; /* (owned) of char * */
  GPtrArray *rows;  /* (owned) of char ** */
} CsvRows;

CsvRows *csv_rows_read (const char *path,
                        GError    **error);
void     csv_rows_free (CsvRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsvRows, csv_rows_free)

gboolean csv_rows_has (const CsvRows *rows,
                       const char    *column);

/* "" when the column or the cell is missing. */
const char *csv_rows_get (const CsvRows *rows,
                          guint          row,
                          const char    *column);

G_END_DECLS
