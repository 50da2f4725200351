/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-sheet-private.h"

#include "kip-chart-layout.h"
#include "kip-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define MARGIN 36.0
#define GUTTER 14.0
#define FIGURES_A_ROW 6
#define FIGURE_HEIGHT 38.0
#define A4_WIDTH 595.276 /* points */
#define A4_HEIGHT 841.89

static void
figure_free (gpointer data)
{
  KipSheetFigure *figure = data;

  g_free (figure->label);
  g_free (figure->value);
  g_free (figure->note);
  g_free (figure);
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
  sheet->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_sheet_table_free);
  sheet->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_sheet_note_free);
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

/* ---- drawing ---- */

double
kip_pen_write (const KipPen   *pen,
               const char     *text,
               double          x,
               double          y,
               double          width,
               double          size,
               gboolean        strong,
               const KipColor *color,
               int             lines)
{
  g_autoptr (PangoLayout) pango = pango_cairo_create_layout (pen->cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (pen->theme.font);
  int height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_context_set_round_glyph_positions (pango_layout_get_context (pango), FALSE);
  pango_layout_set_font_description (pango, font);
  pango_layout_set_width (pango, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (pango, -lines);
  pango_layout_set_wrap (pango, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (pango, text != NULL ? text : "", -1);
  pango_layout_get_pixel_size (pango, NULL, &height);
  if (pen->dry)
    return height;
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha);
  cairo_move_to (pen->cr, x, y);
  pango_cairo_show_layout (pen->cr, pango);
  return height;
}

static void
draw_figure (const KipPen         *pen,
             const KipSheetFigure *figure,
             double                x,
             double                y,
             double                width)
{
  y += kip_pen_write (pen, figure->label, x, y, width, 6.5, FALSE, &pen->theme.dim, 1);
  y += kip_pen_write (pen, figure->value, x, y, width, 12, TRUE, &pen->theme.text, 1);
  kip_pen_write (pen, figure->note, x, y, width, 6, FALSE, &pen->theme.dim, 1);
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
