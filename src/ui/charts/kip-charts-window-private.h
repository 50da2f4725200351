/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-charts-window.h"

#include "kip-charts-job.h"
#include "kip-range-button.h"
#include "kip-search-entry.h"

G_BEGIN_DECLS

struct _KipChartsWindow
{
  AdwWindow parent_instance;

  KipSession      *session;  /* (owned) (nullable) */
  KipFactCache    *facts;    /* (owned) */
  gboolean         whole;    /* the last answer knows all that ever was */
  GPtrArray       *tile_data; /* (owned) (nullable) of KipTile, of the last answer */
  GPtrArray       *chart_data; /* (owned) (nullable) of KipChart */
  GArray          *changed;  /* (owned) of KipId: not looked at yet */
  gboolean         all_changed;
  guint            sent;     /* how many of changed the present question looks at */
  gboolean         sent_all; /* it looks at everything */
  GCancellable    *asking;   /* (owned) (nullable) */
  GCancellable    *widening; /* (owned) (nullable) all that ever was is being read */
  guint            settle;   /* source */
  guint            preparing; /* source that makes what the first answer is shown in */
  guint            showing;  /* source */
  gboolean         unshown[KIP_N_BOARD_CHARTS]; /* charts of the last answer that are not on the page yet */
  gint64           answered; /* when, in monotonic µs */
  gboolean         compare;
  gboolean         elapsed;
  char            *by;       /* (owned) "auto", "day" … */

  gboolean         is_narrow; /* there is no room for the days in the header */
  guint            arranging; /* source */
  AdwHeaderBar    *header;
  GtkWidget       *what_if;
  GtkWidget       *below;
  KipRangeButton  *range;
  KipSearchEntry  *search;
  GtkToggleButton *search_button;
  GtkSpinner      *spinner;
  GtkLabel        *mistake;
  AdwToastOverlay *toasts;
  GtkButton       *outlook;
  GtkLabel        *outlook_label;
  GtkWidget       *page;
  GtkFlowBox      *tiles;
  GtkFlowBox      *charts;
  GPtrArray       *tile_widgets; /* (owned) of KipKpiTile, borrowed */
  GPtrArray       *cards;        /* (owned) of KipChartCard, borrowed */
};

KipStore *kip_charts_window_get_store (KipChartsWindow *self);
void      kip_charts_window_say (KipChartsWindow *self,
                                 const char      *words);

/* ---- asking (kip-charts-window-ask.c) ---- */

/* What is chosen. */
KipChartsQuestion kip_charts_window_get_question (KipChartsWindow *self);

/* Asks anew: at once, or together with what else changes soon. */
void kip_charts_window_ask (KipChartsWindow *self);
void kip_charts_window_ask_soon (KipChartsWindow *self);

/* Something happened in the office: @changed of KipChanged. */
void kip_charts_window_changed (KipChartsWindow *self,
                                GArray          *changed);

/* ---- showing (kip-charts-window-show.c) ---- */

/* Makes what the first answer will be shown in, while it is computed. */
void kip_charts_window_prepare (KipChartsWindow *self);

/* Shows it: what is in sight before the next frame, the rest after it. */
void kip_charts_window_take_answer (KipChartsWindow *self,
                                    KipChartsAnswer *answer);
void kip_charts_window_stop_showing (KipChartsWindow *self);

/* "shown" is emitted when all in sight is that of the last answer. */
void kip_charts_window_install_signals (GObjectClass *klass);

/* ---- the page and the report (kip-charts-window-page.c) ---- */
void kip_charts_window_install_page_actions (GtkWidgetClass *klass);

G_END_DECLS
