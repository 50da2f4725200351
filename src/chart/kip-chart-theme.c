/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-theme.h"

#include <math.h>

static KipColor
rgb (guint32 hex)
{
  KipColor color = { (hex >> 16 & 0xff) / 255.0, (hex >> 8 & 0xff) / 255.0, (hex & 0xff) / 255.0, 1.0 };

  return color;
}

static const guint32 light[KIP_N_MEANINGS] = {
  [KIP_MEANING_KEPT] = 0x0072b2,
  [KIP_MEANING_BROKEN] = 0xd55e00,
  [KIP_MEANING_WARNING] = 0xb97f00,
  [KIP_MEANING_ARRIVED] = 0x3a93c4,
  [KIP_MEANING_OPEN] = 0xb8628f,
  [KIP_MEANING_GOOD] = 0x00835f,
  [KIP_MEANING_OTHER] = 0x7a7a7a,
};

static const guint32 dark_hues[KIP_N_MEANINGS] = {
  [KIP_MEANING_KEPT] = 0x4aa8e0,
  [KIP_MEANING_BROKEN] = 0xff8533,
  [KIP_MEANING_WARNING] = 0xe69f00,
  [KIP_MEANING_ARRIVED] = 0x7cc8f2,
  [KIP_MEANING_OPEN] = 0xdf9cc0,
  [KIP_MEANING_GOOD] = 0x2ec49a,
  [KIP_MEANING_OTHER] = 0x9a9a9a,
};

void
kip_chart_theme_init (KipChartTheme *theme,
                      gboolean       dark,
                      gboolean       high_contrast,
                      double         text_scale)
{
  for (guint i = 0; i < KIP_N_MEANINGS; i++)
    theme->meanings[i] = rgb (dark ? dark_hues[i] : light[i]);
  theme->background = rgb (dark ? 0x242424 : 0xffffff);
  theme->text = rgb (dark ? 0xffffff : 0x1e1e1e);
  theme->dim = rgb (dark ? 0xc0c0c0 : 0x5e5c64);
  theme->grid = rgb (dark ? 0x454545 : 0xdcdcdc);
  theme->accent = rgb (dark ? 0x78aeed : 0x1c71d8);
  if (high_contrast)
    {
      theme->dim = theme->text;
      theme->grid = rgb (dark ? 0x8a8a8a : 0x8a8a8a);
    }
  theme->font = "Cantarell, sans-serif";
  theme->size = 12 * text_scale;
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const KipColor *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) + 0.0722 * linear (color->blue);
}

double
kip_color_contrast (const KipColor *a,
                    const KipColor *b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}
