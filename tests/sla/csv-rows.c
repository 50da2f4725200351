/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "csv-rows.h"

#include <string.h>

/* Reads one cell; *@at ends on the comma, the line's end or the text's. */
static char *
read_cell (const char **at)
{
  GString *cell = g_string_new (NULL);
  gboolean quoted = **at == '"';

  if (quoted)
    (*at)++;
  for (; **at != '\0'; (*at)++)
    {
      if (quoted && **at == '"')
        {
          if ((*at)[1] != '"')
            {
              quoted = FALSE;
              continue;
            }
          (*at)++;
        }
      else if (!quoted && (**at == ',' || **at == '\n' || **at == '\r'))
        break;
      g_string_append_c (cell, **at);
    }
  return g_string_free (cell, FALSE);
}

static GPtrArray *
read_line (const char **at)
{
  GPtrArray *cells = g_ptr_array_new ();

  for (;;)
    {
      g_ptr_array_add (cells, read_cell (at));
      if (**at != ',')
        break;
      (*at)++;
    }
  *at += strspn (*at, "\r\n");
  g_ptr_array_add (cells, NULL);
  return cells;
}

CsvRows *
csv_rows_read (const char *path,
               GError    **error)
{
  g_autofree char *text = NULL;
  const char *at;
  CsvRows *rows;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  at = text;
  if (g_str_has_prefix (at, "\xef\xbb\xbf"))
    at += 3;
  rows = g_new0 (CsvRows, 1);
  rows->names = read_line (&at);
  g_ptr_array_set_free_func (rows->names, g_free);
  rows->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  while (*at != '\0')
    g_ptr_array_add (rows->rows, g_ptr_array_free (read_line (&at), FALSE));
  return rows;
}

void
csv_rows_free (CsvRows *rows)
{
  if (rows == NULL)
    return;
  g_ptr_array_unref (rows->names);
  g_ptr_array_unref (rows->rows);
  g_free (rows);
}

static int
column_of (const CsvRows *rows,
           const char    *column)
{
  for (guint i = 0; i + 1 < rows->names->len; i++)
    if (strcmp (g_ptr_array_index (rows->names, i), column) == 0)
      return (int) i;
  return -1;
}

gboolean
csv_rows_has (const CsvRows *rows,
              const char    *column)
{
  return column_of (rows, column) >= 0;
}

const char *
csv_rows_get (const CsvRows *rows,
              guint          row,
              const char    *column)
{
  char **cells = g_ptr_array_index (rows->rows, row);
  int index = column_of (rows, column);

  for (int i = 0; i <= index && cells[i] != NULL; i++)
    if (i == index)
      return cells[i];
  return "";
}
