/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-edit.h"

#include <string.h>

#define MAX_EXAMPLE 40 /* letters of one cell */

/* The column that @field comes from when it comes from one alone, else -1. */
static int
single_column (KipImportMap      *map,
               const char *const *header,
               KipImportField     field)
{
  const char *source = kip_import_map_get_column (map, field);
  g_autoptr (KipImportColumn) column = source != NULL ? kip_import_column_compile (source, header, NULL) : NULL;

  return column != NULL ? kip_import_column_get_index (column) : -1;
}

KipImportField
kip_import_map_field_of (KipImportMap      *map,
                         const char *const *header,
                         guint              index)
{
  for (int field = 0; field < KIP_IMPORT_N_FIELDS; field++)
    if (single_column (map, header, (KipImportField) field) == (int) index)
      return (KipImportField) field;
  return KIP_IMPORT_N_FIELDS;
}

/* By its name where that finds it again, else by its number. */
static char *
source_for (const char *const *header,
            guint              index)
{
  g_autoptr (KipImportColumn) column = kip_import_column_compile (header[index], header, NULL);

  if (column != NULL && kip_import_column_get_index (column) == (int) index)
    return g_strdup (header[index]);
  return g_strdup_printf ("#%u", index + 1);
}

void
kip_import_map_use_column (KipImportMap      *map,
                           const char *const *header,
                           guint              index,
                           KipImportField     field)
{
  KipImportField before = kip_import_map_field_of (map, header, index);
  g_autofree char *source = source_for (header, index);

  if (before == field)
    return;
  if (before != KIP_IMPORT_N_FIELDS)
    kip_import_map_set_column (map, before, NULL);
  if (field != KIP_IMPORT_N_FIELDS)
    kip_import_map_set_column (map, field, source);
}

GArray *
kip_import_map_list_composed (KipImportMap      *map,
                              const char *const *header)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (KipImportField));

  for (int i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      KipImportField field = (KipImportField) i;
      int index = single_column (map, header, field);

      if (kip_import_map_get_column (map, field) == NULL)
        continue;
      if (index < 0 || kip_import_map_field_of (map, header, (guint) index) != field)
        g_array_append_val (fields, field);
    }
  return fields;
}

/* One line, cut. */
static char *
shorten (const char *cell)
{
  g_autofree char *line = g_strdup (cell);

  g_strstrip (g_strdelimit (line, "\r\n\t", ' '));
  if (g_utf8_strlen (line, -1) > MAX_EXAMPLE)
    {
      g_autofree char *start = g_utf8_substring (line, 0, MAX_EXAMPLE - 1);

      return g_strdup_printf ("%s…", start);
    }
  return g_steal_pointer (&line);
}

char *
kip_import_examples (GPtrArray *rows,
                     guint      index,
                     guint      max)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len && seen->len < max; i++)
    {
      char **cells = g_ptr_array_index (rows, i);
      g_autofree char *text = shorten (cells[index]);

      if (*text != '\0' && !g_ptr_array_find_with_equal_func (seen, text, g_str_equal, NULL))
        g_ptr_array_add (seen, g_steal_pointer (&text));
    }
  g_ptr_array_add (seen, NULL);
  return g_strjoinv (" · ", (char **) seen->pdata);
}
