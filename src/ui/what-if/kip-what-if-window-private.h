/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-what-if-window.h"

#include "kip-fold.h"
#include "kip-range-button.h"
#include "kip-what-if-form.h"
#include "kip-what-if-job.h"
#include "kip-what-if-view.h"

G_BEGIN_DECLS

struct _KipWhatIfWindow
{
  AdwWindow parent_instance;

  KipSession     *session;    /* (owned) (nullable) */
  KipQuery       *query;      /* (owned) (nullable) */
  KipWhatIfPast  *past;       /* (owned) (nullable) what was read; NULL: to be read anew */
  GArray         *news;       /* (owned) of KipId: tickets that changed since */
  guint           sent;       /* how many of news the present question looks at */
  GPtrArray      *undo;       /* (owned) of KipScenario: those before the present one */
  GPtrArray      *redo;       /* (owned) of KipScenario */
  KipScenario    *shown;      /* (owned) the present one */
  GCancellable   *asking;     /* (owned) (nullable) */
  GCancellable   *suggesting; /* (owned) (nullable) */
  KipWhatIfMeter *meter;      /* (owned) (nullable) */
  gint64          asked;      /* monotonic µs */
  gint64          changed;    /* monotonic µs: when the last step was taken or went on */
  int             percent;    /* of the last suggestion; 0: none */
  guint           settle;     /* source */
  guint           watching;   /* source that reads the meter */

  KipRangeButton  *range;
  GtkWidget       *side_button;
  GtkWidget       *undo_button;
  GtkWidget       *redo_button;
  GtkWidget       *save_button;
  GtkRevealer     *progress_revealer;
  GtkProgressBar  *progress;
  GtkLabel        *filter_label;
  AdwToastOverlay *toasts;
  KipFold         *fold;
  KipWhatIfForm   *form;
  GtkStack        *stack;
  AdwStatusPage   *stopped_page;
  KipWhatIfView   *view;
};

KipStore *kip_what_if_window_get_store (KipWhatIfWindow *self);
void      kip_what_if_window_update_actions (KipWhatIfWindow *self);

/* ---- asking (kip-what-if-window-ask.c) ---- */

/* Asks anew; together with what else changes soon. */
void kip_what_if_window_ask_soon (KipWhatIfWindow *self);

/* The same, and the past is read anew. */
void kip_what_if_window_read_again (KipWhatIfWindow *self);

void kip_what_if_window_install_ask_actions (GtkWidgetClass *klass);

/* Something happened in the office: @changed of KipChanged. */
void kip_what_if_window_tickets_changed (KipWhatIfWindow *self,
                                         GArray          *changed);

/* ---- what changes (kip-what-if-window-steps.c) ---- */

/* The form says something else now. */
void kip_what_if_window_form_changed (KipWhatIfWindow *self);

/* Takes up @suggestions (of KipSuggestion), which are for the policy that is shown. */
void kip_what_if_window_use (KipWhatIfWindow *self,
                             GArray          *suggestions);

void kip_what_if_window_install_step_actions (GtkWidgetClass *klass);

G_END_DECLS
