/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tables and notes of a page. */

#include "kip-chart-sheet-private.h"

#define CELL 7.0     /* size of text */
#define HEAD 6.0
#define TITLE 8.5
#define LINE_GAP 2.5
#define COLUMN_GAP 8.0
#define MOST_LINES 60 /* of a note */

void
kip_sheet_table_free (KipSheetTable *table)
{
  g_free (table->title);
  g_free (table->empty);
  g_free (table->shares);
  g_ptr_array_unref (table->rows);
  g_free (table);
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
kip_sheet_note_free (KipSheetNote *note)
{
  g_free (note->heading);
  g_free (note->text);
  g_free (note);
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

/* ---- drawing ---- */

static double
draw_row (const KipPen        *pen,
          const KipSheetTable *table,
          char               **cells,
          gboolean             is_head,
          double               x,
          double               y,
          double               width)
{
  double whole = 0, height = 0;

  for (guint i = 0; i < table->n_columns; i++)
    whole += table->shares[i];
  for (guint i = 0; i < table->n_columns; i++)
    {
      double share = width * table->shares[i] / whole;
      double used = kip_pen_write (pen, cells[i], x, y, share - COLUMN_GAP, is_head ? HEAD : CELL, FALSE,
                                   is_head ? &pen->theme.dim : &pen->theme.text, 1);

      height = MAX (height, used);
      x += share;
    }
  return height + LINE_GAP;
}

static void
draw_line (const KipPen *pen,
           double        x,
           double        y,
           double        width)
{
  const KipColor *color = &pen->theme.grid;

  if (pen->dry)
    return;
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha);
  cairo_set_line_width (pen->cr, 0.5);
  cairo_move_to (pen->cr, x, y);
  cairo_line_to (pen->cr, x + width, y);
  cairo_stroke (pen->cr);
}

double
kip_pen_draw_table (const KipPen        *pen,
                    const KipSheetTable *table,
                    double               x,
                    double               y,
                    double               width)
{
  double begin = y;

  y += kip_pen_write (pen, table->title, x, y, width, TITLE, TRUE, &pen->theme.text, 1) + LINE_GAP;
  if (table->rows->len < 2)
    return y - begin + kip_pen_write (pen, table->empty, x, y, width, CELL, FALSE, &pen->theme.dim, 2);
  for (guint i = 0; i < table->rows->len; i++)
    {
      y += draw_row (pen, table, g_ptr_array_index (table->rows, i), i == 0, x, y, width);
      draw_line (pen, x, y - LINE_GAP / 2, width);
    }
  return y - begin;
}

double
kip_pen_draw_note (const KipPen       *pen,
                   const KipSheetNote *note,
                   double              x,
                   double              y,
                   double              width)
{
  double begin = y;

  if (note->heading != NULL)
    y += kip_pen_write (pen, note->heading, x, y, width, TITLE, TRUE, &pen->theme.text, 1) + LINE_GAP;
  y += kip_pen_write (pen, note->text, x, y, width, note->size, FALSE, note->heading != NULL ? &pen->theme.text : &pen->theme.dim,
                      MOST_LINES);
  return y - begin;
}
