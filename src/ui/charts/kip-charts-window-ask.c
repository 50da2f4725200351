/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the charts window asks, when, and what happens in the office meanwhile. */

#include "kip-charts-window-private.h"

/* The first change is looked at at once; those that come soon after it, together. */
#define SETTLE_MS 250

/* ---- what looks far back ---- */

static void
widened_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipChartsWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_wide = kip_charts_widen_finish (KIP_STORE (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->widening)
    return;
  g_clear_object (&self->widening);
  if (is_wide)
    kip_charts_window_ask_soon (self);
  else
    kip_charts_window_say (self, error->message);
}

/* It is read when the rest can be seen. */
static void
widen (KipChartsWindow *self)
{
  if (self->whole || self->widening != NULL)
    return;
  self->widening = g_cancellable_new ();
  kip_charts_widen_async (kip_charts_window_get_store (self), self->facts, self->widening, widened_cb, g_object_ref (self));
}

/* ---- asking ---- */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipChartsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipChartsAnswer) answer = kip_charts_ask_finish (KIP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;
  g_clear_object (&self->asking);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  if (answer == NULL)
    {
      self->all_changed |= self->sent_all;
      kip_charts_window_say (self, error->message);
      return;
    }
  g_array_remove_range (self->changed, 0, self->sent);
  kip_charts_window_take_answer (self, answer);
  self->answered = g_get_monotonic_time ();
  if (self->all_changed || self->changed->len > 0)
    kip_charts_window_ask_soon (self);
  widen (self);
}

static KipBy
chosen_by (KipChartsWindow *self,
           const KipRange  *range)
{
  g_autoptr (GTimeZone) zone = kip_office_zone (kip_charts_window_get_store (self));
  KipBy by;

  return kip_by_parse (self->by, &by) ? by : kip_range_choose_by (range, zone);
}

/* A question that is still being answered is dropped for the new one, and what it was
 * to look at is looked at again. */
static gboolean
may_ask (KipChartsWindow *self)
{
  if (self->session == NULL)
    return FALSE;
  if (self->asking != NULL)
    {
      g_cancellable_cancel (self->asking);
      g_clear_object (&self->asking);
      self->all_changed |= self->sent_all;
    }
  return TRUE;
}

KipChartsQuestion
kip_charts_window_get_question (KipChartsWindow *self)
{
  KipChartsQuestion question = { 0 };

  question.query = (KipQuery *) kip_search_entry_get_query (self->search);
  question.range = kip_range_button_get_range (self->range);
  question.by = chosen_by (self, &question.range);
  question.elapsed = self->elapsed;
  question.compare = self->compare;
  return question;
}

void
kip_charts_window_ask (KipChartsWindow *self)
{
  KipChartsQuestion question;

  if (!may_ask (self))
    return;
  question = kip_charts_window_get_question (self);
  question.everything = self->all_changed;
  self->asking = g_cancellable_new ();
  self->sent = self->changed->len;
  self->sent_all = self->all_changed;
  self->all_changed = FALSE;
  if (self->tile_data == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
      gtk_spinner_start (self->spinner);
    }
  kip_charts_ask_async (kip_charts_window_get_store (self), &question, self->facts, self->changed, self->asking, answered_cb, g_object_ref (self));
}

static gboolean
settled_cb (gpointer data)
{
  KipChartsWindow *self = data;

  self->settle = 0;
  if (self->asking == NULL)
    kip_charts_window_ask (self);
  return G_SOURCE_REMOVE;
}

/* What is being answered is answered first: then it is looked whether more has changed. */
void
kip_charts_window_ask_soon (KipChartsWindow *self)
{
  gint64 since = (g_get_monotonic_time () - self->answered) / 1000;

  if (self->settle == 0 && self->asking == NULL)
    self->settle = g_timeout_add (since < SETTLE_MS ? (guint) (SETTLE_MS - since) : 0, settled_cb, self);
}

/* ---- what happens in the office ---- */

/* Whether figures can come out differently: of targets and words they do not depend,
 * and nobody has asked a new person's tickets yet. */
static gboolean
moves_figures (const KipChanged *changed)
{
  switch (changed->kind)
    {
    case KIP_KIND_GOAL:
    case KIP_KIND_REVIEW:
    case KIP_KIND_VIEW:
    case KIP_KIND_CANNED:
      return FALSE;
    case KIP_KIND_PERSON:
      return !changed->is_new;
    case KIP_KIND_OFFICE:
    case KIP_KIND_TICKET:
    case KIP_KIND_TEAM:
    case KIP_KIND_CATEGORY:
    case KIP_KIND_STATUS:
    case KIP_KIND_CALENDAR:
    case KIP_KIND_POLICY:
    case KIP_KIND_OUTAGE:
    case KIP_KIND_ASSET:
    default:
      return TRUE;
    }
}

void
kip_charts_window_changed (KipChartsWindow *self,
                           GArray          *changed)
{
  self->all_changed |= changed->len == 0;
  for (guint i = 0; i < changed->len; i++)
    {
      const KipChanged *each = &g_array_index (changed, KipChanged, i);

      if (each->kind == KIP_KIND_TICKET)
        g_array_append_val (self->changed, each->id);
      else
        self->all_changed |= moves_figures (each);
    }
  kip_charts_window_ask_soon (self);
}
