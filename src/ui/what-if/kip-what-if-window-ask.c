/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the window asks of the past, when, and how far the answer is. */

#include "kip-what-if-window-private.h"

/* Changes that come close together are one question. */
#define SETTLE_MS 150

/* Reading that is over before is not worth a bar. */
#define PATIENCE_MS 400
#define METER_MS 100

/* ---- how far it is ---- */

static void
stop_watching (KipWhatIfWindow *self)
{
  g_clear_handle_id (&self->watching, g_source_remove);
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
}

static gboolean
watch_cb (gpointer data)
{
  KipWhatIfWindow *self = data;

  if (g_get_monotonic_time () - self->asked > PATIENCE_MS * 1000)
    gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->meter->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
watch (KipWhatIfWindow *self)
{
  g_clear_pointer (&self->meter, kip_what_if_meter_unref);
  self->meter = kip_what_if_meter_new ();
  self->asked = g_get_monotonic_time ();
  if (self->watching == 0)
    self->watching = g_timeout_add (METER_MS, watch_cb, self);
}

/* ---- suggestions ---- */

static void
suggested_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipWhatIfWindow) self = data;
  g_autoptr (GArray) suggestions = kip_what_if_suggest_finish (KIP_STORE (source), result, NULL);

  if (suggestions == NULL || g_task_get_cancellable (G_TASK (result)) != self->suggesting)
    return;
  g_clear_object (&self->suggesting);
  kip_what_if_view_show_suggestions (self->view, suggestions, self->percent);
}

static void
suggest_now (KipWhatIfWindow *self)
{
  g_cancellable_cancel (self->suggesting);
  g_clear_object (&self->suggesting);
  if (self->percent == 0 || self->past == NULL)
    return;
  self->suggesting = g_cancellable_new ();
  kip_what_if_suggest_async (kip_what_if_window_get_store (self), self->past, self->shown, self->percent, self->suggesting, suggested_cb,
                             g_object_ref (self));
}

static void
suggest_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (widget);

  self->percent = g_variant_get_int32 (parameter);
  suggest_now (self);
  if (kip_fold_get_folded (self->fold))
    kip_fold_set_show_sidebar (self->fold, FALSE);
}

/* ---- asking ---- */

static void
show_answer (KipWhatIfWindow *self,
             KipWhatIf       *what_if)
{
  guint n = 0;

  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    n += what_if->before[clock][0].n + what_if->after[clock][0].n;
  if (self->past != what_if->past)
    {
      g_clear_pointer (&self->past, kip_what_if_past_unref);
      self->past = kip_what_if_past_ref (what_if->past);
    }
  kip_what_if_view_show (self->view, what_if);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "result" : "empty");
  suggest_now (self);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipWhatIfWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipWhatIf) what_if = kip_what_if_ask_finish (KIP_STORE (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;
  g_clear_object (&self->asking);
  stop_watching (self);
  kip_what_if_window_update_actions (self);
  if (what_if != NULL)
    {
      g_array_remove_range (self->news, 0, MIN (self->sent, self->news->len));
      show_answer (self, what_if);
      return;
    }
  adw_status_page_set_description (self->stopped_page, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
  gtk_stack_set_visible_child_name (self->stack, "stopped");
}

static void
ask (KipWhatIfWindow *self)
{
  KipRange range = kip_range_button_get_range (self->range);

  if (self->session == NULL)
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  if (self->past == NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") != 0)
    gtk_stack_set_visible_child_name (self->stack, "waiting");
  watch (self);
  kip_what_if_window_update_actions (self);
  self->sent = self->news->len;
  kip_what_if_ask_async (kip_what_if_window_get_store (self), self->past, self->news, self->query, &range, self->shown, self->meter, self->asking,
                         answered_cb, g_object_ref (self));
}

static gboolean
settled_cb (gpointer data)
{
  KipWhatIfWindow *self = data;

  self->settle = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

void
kip_what_if_window_ask_soon (KipWhatIfWindow *self)
{
  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/* The past is read anew. */
void
kip_what_if_window_read_again (KipWhatIfWindow *self)
{
  g_clear_pointer (&self->past, kip_what_if_past_unref);
  g_array_set_size (self->news, 0);
  self->sent = 0;
  kip_what_if_window_ask_soon (self);
}

void
kip_what_if_window_tickets_changed (KipWhatIfWindow *self,
                                    GArray          *changed)
{
  gboolean all = changed->len == 0;

  for (guint i = 0; i < changed->len; i++)
    {
      const KipChanged *each = &g_array_index (changed, KipChanged, i);

      if (each->kind == KIP_KIND_TICKET)
        g_array_append_val (self->news, each->id);
    }
  if (all)
    kip_what_if_window_read_again (self);
  else if (self->news->len > 0)
    kip_what_if_window_ask_soon (self);
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ask (KIP_WHAT_IF_WINDOW (widget));
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_cancellable_cancel (KIP_WHAT_IF_WINDOW (widget)->asking);
}

void
kip_what_if_window_install_ask_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "what-if.again", NULL, again_action);
  gtk_widget_class_install_action (klass, "what-if.stop", NULL, stop_action);
  gtk_widget_class_install_action (klass, "what-if.suggest", "i", suggest_action);
}
