/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A page, drawn and saved. */
#include "kip-chart-layout.h"
#include "kip-chart-pen.h"
#include "kip-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MARGIN 36.0
#define GUTTER 14.0
#define FIGURES_A_ROW 6
#define FIGURE_HEIGHT 45.0
#define A4_WIDTH 595.276 /* points */
#define A4_HEIGHT 841.89

static void
draw_figure (const KipPen         *pen,
             const KipSheetFigure *figure,
             double                x,
             double                y,
             double                width)
{
  y += kip_pen_write (pen, figure->label, x, y, width, 6.5, FALSE, &pen->theme.dim, 1);
  y += kip_pen_write (pen, figure->value, x, y, width, 12, TRUE, &pen->theme.text, 1);
  kip_pen_write (pen, figure->note, x, y, width, 6, FALSE, &pen->theme.dim, 2);
}

static double
draw_figures (const KipPen        *pen,
              const KipChartSheet *sheet,
              double               y,
              double               width)
{
  double step = (width - 2 * MARGIN + GUTTER) / FIGURES_A_ROW;

  for (guint i = 0; i < sheet->figures->len; i++)
    draw_figure (pen, g_ptr_array_index (sheet->figures, i), MARGIN + (i % FIGURES_A_ROW) * step,
                 y + i / FIGURES_A_ROW * FIGURE_HEIGHT, step - GUTTER);
  return y + (sheet->figures->len + FIGURES_A_ROW - 1) / FIGURES_A_ROW * FIGURE_HEIGHT;
}

static void
draw_chart (const KipPen *pen,
            KipChart     *chart,
            double        x,
            double        y,
            double        width,
            double        height)
{
  g_autofree char *head = chart->note != NULL ? g_strdup_printf ("%s  ·  %s", chart->title, chart->note) : g_strdup (chart->title);
  double end = y + height;
  g_autoptr (KipChartLayout) layout = NULL;

  y += kip_pen_write (pen, head, x, y, width, 7.5, TRUE, &pen->theme.text, 1) + 1;
  y += kip_pen_write (pen, chart->definition, x, y, width, 5.5, FALSE, &pen->theme.dim, 2) + 3;
  if (kip_chart_is_empty (chart))
    {
      kip_pen_write (pen, chart->empty, x, y + 8, width, 7, FALSE, &pen->theme.dim, 2);
      return;
    }
  layout = kip_chart_layout_new (chart, &pen->theme, width, end - y);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, x, y);
  kip_chart_draw (layout, pen->cr, -1, -1);
  cairo_restore (pen->cr);
}

static void
draw_charts (const KipPen        *pen,
             const KipChartSheet *sheet,
             double               y,
             double               width,
             double               end)
{
  guint rows = (sheet->charts->len + 1) / 2;
  double column = (width - 2 * MARGIN - GUTTER) / 2;
  double row = (end - y + GUTTER) / MAX (rows, 1);

  for (guint i = 0; i < sheet->charts->len; i++)
    draw_chart (pen, g_ptr_array_index (sheet->charts, i), MARGIN + (i % 2) * (column + GUTTER), y + i / 2 * row, column,
                row - GUTTER);
}

/* Tables and notes, one below the other; the height they take. */
static double
draw_foot (const KipPen        *pen,
           const KipChartSheet *sheet,
           double               y,
           double               width)
{
  double begin = y;

  for (guint i = 0; i < sheet->tables->len; i++)
    y += kip_pen_draw_table (pen, g_ptr_array_index (sheet->tables, i), MARGIN, y, width - 2 * MARGIN) + GUTTER / 2;
  for (guint i = 0; i < sheet->notes->len; i++)
    y += kip_pen_draw_note (pen, g_ptr_array_index (sheet->notes, i), MARGIN, y, width - 2 * MARGIN) + GUTTER / 2;
  return y - begin;
}

static double
draw_head (const KipPen        *pen,
           const KipChartSheet *sheet,
           double               y,
           double               width)
{
  width -= 2 * MARGIN;
  y += kip_pen_write (pen, sheet->title, MARGIN, y, width, 15, TRUE, &pen->theme.text, 1);
  y += kip_pen_write (pen, sheet->subtitle, MARGIN, y, width, 8, FALSE, &pen->theme.dim, 2) + GUTTER;
  if (sheet->text != NULL)
    y += kip_pen_write (pen, sheet->text, MARGIN, y, width, 9, FALSE, &pen->theme.text, 12) + GUTTER;
  return y;
}

void
kip_chart_sheet_draw (const KipChartSheet *sheet,
                      cairo_t             *cr,
                      double               width,
                      double               height)
{
  KipPen pen = { .cr = cr };
  double y, end = height - MARGIN - 12, foot;

  kip_chart_theme_init (&pen.theme, FALSE, FALSE, 0.5);
  y = draw_head (&pen, sheet, MARGIN, width);
  if (sheet->figures->len > 0)
    y = draw_figures (&pen, sheet, y, width) + GUTTER / 2;
  pen.dry = TRUE;
  foot = draw_foot (&pen, sheet, 0, width);
  pen.dry = FALSE;
  draw_charts (&pen, sheet, y, width, end - foot);
  draw_foot (&pen, sheet, end - foot, width);
  kip_pen_write (&pen, sheet->footer, MARGIN, height - MARGIN + 2, width - 2 * MARGIN, 6, FALSE, &pen.theme.dim, 1);
}

static gboolean
save (KipChartSheet *const *sheets,
      guint                 n,
      const char           *path,
      GError              **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, A4_WIDTH, A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, sheets[0]->title);
  for (guint i = 0; i < n; i++)
    {
      kip_chart_sheet_draw (sheets[i], cr, A4_WIDTH, A4_HEIGHT);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_IO, _("The page could not be written to %s: %s"), path, cairo_status_to_string (status));
  return FALSE;
}

gboolean
kip_chart_sheet_save_pdf (const KipChartSheet *sheet,
                          const char          *path,
                          GError             **error)
{
  KipChartSheet *only = (KipChartSheet *) sheet;

  return save (&only, 1, path, error);
}

gboolean
kip_chart_sheets_save_pdf (const GPtrArray *sheets,
                           const char      *path,
                           GError         **error)
{
  return save ((KipChartSheet *const *) sheets->pdata, sheets->len, path, error);
}
