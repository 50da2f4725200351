/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "kip-chart-theme.h"

G_BEGIN_DECLS

/* A page to hand on: a head, figures in a grid, a paragraph, charts in two columns, each
 * with what it means under it, tables, notes.  The charts take what room the others
 * leave.  Fits any paper; made for A4 upright. */
typedef struct
{
  char *label; /* (owned) */
  char *value; /* (owned) */
  char *note;  /* (owned) */
} KipSheetFigure;

typedef struct
{
  char      *title;     /* (owned) */
  char      *empty;     /* (owned) (nullable) said when it has no rows */
  guint      n_columns;
  double    *shares;    /* (owned) of the width, one a column */
  GPtrArray *rows;      /* (owned) of char **; the first is the head */
} KipSheetTable;

typedef struct
{
  char  *heading; /* (owned) (nullable) none: small print */
  char  *text;    /* (owned) */
  double size;    /* in points */
} KipSheetNote;

typedef struct
{
  char      *title;    /* (owned) the office */
  char      *subtitle; /* (owned) range and filter */
  char      *footer;   /* (owned) */
  GPtrArray *figures;  /* (owned) of KipSheetFigure */
  char      *text;     /* (owned) (nullable) a paragraph: what happened */
  GPtrArray *charts;   /* (owned) of KipChart */
  GPtrArray *tables;   /* (owned) of KipSheetTable, below the charts */
  GPtrArray *notes;    /* (owned) of KipSheetNote, below the tables */
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

void kip_chart_sheet_set_text (KipChartSheet *sheet,
                               const char    *text);

/* @heads: @n_columns of them. Borrowed. */
KipSheetTable *kip_chart_sheet_add_table (KipChartSheet     *sheet,
                                          const char        *title,
                                          guint              n_columns,
                                          const double      *shares,
                                          const char *const *heads);
void           kip_sheet_table_add_row (KipSheetTable     *table,
                                        const char *const *cells); /* NULL: an empty cell */

void kip_chart_sheet_add_note (KipChartSheet *sheet,
                               const char    *heading, /* (nullable) */
                               const char    *text,
                               double         size);

/* Everything on one page of @width × @height points. */
void kip_chart_sheet_draw (const KipChartSheet *sheet,
                           cairo_t             *cr,
                           double               width,
                           double               height);

/* On A4.  KIP_ERROR_IO when it cannot be written. */
gboolean kip_chart_sheet_save_pdf (const KipChartSheet *sheet,
                                   const char          *path,
                                   GError             **error);

/* Several pages (of KipChartSheet) in one file. */
gboolean kip_chart_sheets_save_pdf (const GPtrArray *sheets,
                                    const char      *path,
                                    GError         **error);

G_END_DECLS
