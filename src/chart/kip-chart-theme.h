/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart.h"

G_BEGIN_DECLS

/* How a chart looks in one theme.  Hues after Okabe and Ito (Color Universal Design,
 * 2008), told apart by people who see fewer colours; against the background at
 * least 3:1 for marks and 4.5:1 for text (WCAG 2.1). */
typedef struct
{
  double red, green, blue, alpha;
} KipColor;

typedef struct
{
  KipColor text;
  KipColor dim;      /* labels of axes */
  KipColor grid;
  KipColor accent;   /* ring around the mark that has the focus */
  KipColor meanings[KIP_N_MEANINGS];
  KipColor background; /* for pictures; a window paints its own */
  const char *font;  /* a Pango description without a size */
  double   size;     /* of labels, in pixels */
} KipChartTheme;

void kip_chart_theme_init (KipChartTheme *theme,
                           gboolean       dark,
                           gboolean       high_contrast,
                           double         text_scale); /* 1.0: usual */

/* The contrast of two opaque colours, 1 … 21 (WCAG 2.1, relative luminance). */
double kip_color_contrast (const KipColor *a,
                           const KipColor *b);

G_END_DECLS
