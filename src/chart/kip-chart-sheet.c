/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands on a page. */
#include "kip-chart-sheet.h"

static void
figure_free (gpointer data)
{
  KipSheetFigure *figure = data;

  g_free (figure->label);
  g_free (figure->value);
  g_free (figure->note);
  g_free (figure);
}

static void
table_free (gpointer data)
{
  KipSheetTable *table = data;

  g_free (table->title);
  g_free (table->empty);
  g_free (table->shares);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

static void
note_free (gpointer data)
{
  KipSheetNote *note = data;

  g_free (note->heading);
  g_free (note->text);
  g_free (note);
}

KipChartSheet *
kip_chart_sheet_new (const char *title,
                     const char *subtitle,
                     const char *footer)
{
  KipChartSheet *sheet = g_new0 (KipChartSheet, 1);

  sheet->title = g_strdup (title);
  sheet->subtitle = g_strdup (subtitle);
  sheet->footer = g_strdup (footer);
  sheet->figures = g_ptr_array_new_with_free_func (figure_free);
  sheet->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_chart_unref);
  sheet->tables = g_ptr_array_new_with_free_func (table_free);
  sheet->notes = g_ptr_array_new_with_free_func (note_free);
  return sheet;
}

void
kip_chart_sheet_free (KipChartSheet *sheet)
{
  g_free (sheet->title);
  g_free (sheet->subtitle);
  g_free (sheet->footer);
  g_ptr_array_unref (sheet->figures);
  g_free (sheet->text);
  g_ptr_array_unref (sheet->charts);
  g_ptr_array_unref (sheet->tables);
  g_ptr_array_unref (sheet->notes);
  g_free (sheet);
}

void
kip_chart_sheet_add_figure (KipChartSheet *sheet,
                            const char    *label,
                            const char    *value,
                            const char    *note)
{
  KipSheetFigure *figure = g_new0 (KipSheetFigure, 1);

  figure->label = g_strdup (label);
  figure->value = g_strdup (value);
  figure->note = g_strdup (note != NULL ? note : "");
  g_ptr_array_add (sheet->figures, figure);
}

void
kip_chart_sheet_add_chart (KipChartSheet *sheet,
                           KipChart      *chart)
{
  g_ptr_array_add (sheet->charts, kip_chart_ref (chart));
}

void
kip_chart_sheet_set_text (KipChartSheet *sheet,
                          const char    *text)
{
  g_free (sheet->text);
  sheet->text = g_strdup (text);
}

KipSheetTable *
kip_chart_sheet_add_table (KipChartSheet     *sheet,
                           const char        *title,
                           guint              n_columns,
                           const double      *shares,
                           const char *const *heads)
{
  KipSheetTable *table = g_new0 (KipSheetTable, 1);

  table->title = g_strdup (title);
  table->n_columns = n_columns;
  table->shares = g_memdup2 (shares, n_columns * sizeof *shares);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  kip_sheet_table_add_row (table, heads);
  g_ptr_array_add (sheet->tables, table);
  return table;
}

void
kip_sheet_table_add_row (KipSheetTable     *table,
                         const char *const *cells)
{
  char **row = g_new0 (char *, table->n_columns + 1);

  for (guint i = 0; i < table->n_columns; i++)
    row[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
  g_ptr_array_add (table->rows, row);
}

void
kip_chart_sheet_add_note (KipChartSheet *sheet,
                          const char    *heading,
                          const char    *text,
                          double         size)
{
  KipSheetNote *note = g_new0 (KipSheetNote, 1);

  note->heading = g_strdup (heading);
  note->text = g_strdup (text);
  note->size = size;
  g_ptr_array_add (sheet->notes, note);
}
