/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tables and notes of a page. */
#include "kip-chart-pen.h"

#define CELL 7.0     /* size of text */
#define HEAD 6.0
#define TITLE 8.5
#define LINE_GAP 2.5
#define COLUMN_GAP 8.0
#define MOST_LINES 60 /* of a note */

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
