/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-text-scale.h"

#define USUAL_DPI 96.0
#define POINTS_AN_INCH 72.0
#define USUAL_PX (11 * USUAL_DPI / POINTS_AN_INCH)

double
kip_text_scale (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (dpi > 0 ? dpi : USUAL_DPI) / POINTS_AN_INCH;
  return MAX (1.0, size / USUAL_PX);
}
