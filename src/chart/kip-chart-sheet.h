/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "kip-chart-theme.h"

G_BEGIN_DECLS

/* A page to hand on: a head, figures in a grid, charts in two columns, each with what
 * it means under it.  Fits any paper; made for A4 upright. */
typedef struct
{
  char *label; /* (owned) */
  char *value; /* (owned) */
  char *note;  /* (owned) */
} KipSheetFigure;

typedef struct
{
  char      *title;    /* (owned) the office */
  char      *subtitle; /* (owned) range and filter */
  char      *footer;   /* (owned) */
  GPtrArray *figures;  /* (owned) of KipSheetFigure */
  GPtrArray *charts;   /* (owned) of KipChart */
} KipChartSheet;

KipChartSheet *kip_chart_sheet_new (const char *title,
                                    const char *subtitle,
                                    const char *footer);
void           kip_chart_sheet_free (KipChartSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChartSheet, kip_chart_sheet_free)

void kip_chart_sheet_add_figure (KipChartSheet *sheet,
                                 const char    *label,
                                 const char    *value,
                                 const char    *note); /* (nullable) */
void kip_chart_sheet_add_chart (KipChartSheet *sheet,
                                KipChart      *chart);

/* Everything on one page of @width × @height points. */
void kip_chart_sheet_draw (const KipChartSheet *sheet,
                           cairo_t             *cr,
                           double               width,
                           double               height);

/* On A4.  KIP_ERROR_IO when it cannot be written. */
gboolean kip_chart_sheet_save_pdf (const KipChartSheet *sheet,
                                   const char          *path,
                                   GError             **error);

G_END_DECLS
