/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-file.h"

#include "kip-chart-layout.h"
#include "kip-error.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#define MARGIN 18.0

gboolean
kip_chart_format_from_path (const char     *path,
                            KipChartFormat *format)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf", ".csv" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      {
        *format = (KipChartFormat) i;
        return TRUE;
      }
  return FALSE;
}

static double
draw_text (cairo_t             *cr,
           const KipChartTheme *theme,
           const char          *text,
           double               size,
           const KipColor      *color,
           double               y)
{
  g_autoptr (PangoLayout) pango = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (theme->font);
  int height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, size > theme->size ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (pango, font);
  pango_layout_set_text (pango, text, -1);
  pango_layout_get_pixel_size (pango, NULL, &height);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_move_to (cr, MARGIN, y);
  pango_cairo_show_layout (cr, pango);
  return y + height;
}

static void
draw_page (KipChart            *chart,
           const KipChartTheme *theme,
           cairo_t             *cr,
           double               width,
           double               height)
{
  const KipColor *back = &theme->background;
  g_autoptr (KipChartLayout) layout = NULL;
  double y = MARGIN;

  cairo_set_source_rgba (cr, back->red, back->green, back->blue, back->alpha);
  cairo_paint (cr);
  y = draw_text (cr, theme, chart->title, theme->size * 1.3, &theme->text, y);
  if (chart->note != NULL)
    y = draw_text (cr, theme, chart->note, theme->size, &theme->dim, y);
  y += MARGIN / 2;
  if (chart->empty != NULL && kip_chart_is_empty (chart))
    {
      draw_text (cr, theme, chart->empty, theme->size, &theme->dim, y);
      return;
    }
  layout = kip_chart_layout_new (chart, theme, width - 2 * MARGIN, height - y - MARGIN);
  cairo_translate (cr, MARGIN, y);
  kip_chart_draw (layout, cr, -1, -1);
}

static cairo_surface_t *
surface_for (KipChartFormat format,
             const char    *path,
             double         width,
             double         height)
{
  if (format == KIP_CHART_SVG)
    return cairo_svg_surface_create (path, width, height);
  if (format == KIP_CHART_PDF)
    return cairo_pdf_surface_create (path, width, height);
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
}

static gboolean
save_picture (KipChart            *chart,
              const KipChartTheme *theme,
              double               width,
              double               height,
              KipChartFormat       format,
              const char          *path,
              GError             **error)
{
  cairo_surface_t *surface = surface_for (format, path, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  draw_page (chart, theme, cr, width, height);
  cairo_destroy (cr);
  status = format == KIP_CHART_PNG ? cairo_surface_write_to_png (surface, path) : CAIRO_STATUS_SUCCESS;
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, KIP_ERROR, KIP_ERROR_IO, _("The chart could not be written to %s: %s"), path, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

gboolean
kip_chart_save (KipChart            *chart,
                const KipChartTheme *theme,
                double               width,
                double               height,
                KipChartFormat       format,
                const char          *path,
                GError             **error)
{
  g_autofree char *csv = NULL;

  if (format != KIP_CHART_CSV)
    return save_picture (chart, theme, width, height, format, path, error);
  csv = kip_chart_to_csv (chart);
  return g_file_set_contents (path, csv, -1, error);
}
