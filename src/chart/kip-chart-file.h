/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart-theme.h"

G_BEGIN_DECLS

typedef enum
{
  KIP_CHART_PNG,
  KIP_CHART_SVG,
  KIP_CHART_PDF,
  KIP_CHART_CSV
} KipChartFormat;

/* By the ending of @path; FALSE: none of ours. */
gboolean kip_chart_format_from_path (const char     *path,
                                     KipChartFormat *format);

/* Writes the chart with its title and note, on the theme's background.  @width and
 * @height in pixels (points in a PDF).  KIP_ERROR_IO when it cannot be written. */
gboolean kip_chart_save (KipChart            *chart,
                         const KipChartTheme *theme,
                         double               width,
                         double               height,
                         KipChartFormat       format,
                         const char          *path,
                         GError             **error);

G_END_DECLS
