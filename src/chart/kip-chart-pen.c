/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-pen.h"

#include <pango/pangocairo.h>

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
