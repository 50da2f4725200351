/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-window-private.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-settings-commands.h"
#include "kip-study.h"
#include "kip-toast.h"

#define USUAL_DAYS 90

G_DEFINE_FINAL_TYPE (KipWhatIfWindow, kip_what_if_window, ADW_TYPE_WINDOW)

KipStore *
kip_what_if_window_get_store (KipWhatIfWindow *self)
{
  return kip_session_get_store (self->session);
}

void
kip_what_if_window_update_actions (KipWhatIfWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "what-if.undo", self->undo->len > 0);
  gtk_widget_action_set_enabled (widget, "what-if.redo", self->redo->len > 0);
  gtk_widget_action_set_enabled (widget, "what-if.reset", self->shown->changes->len > 0 || self->shown->people_follow);
  gtk_widget_action_set_enabled (widget, "what-if.save-draft", kip_scenario_has_agreements (self->shown));
  gtk_widget_action_set_enabled (widget, "what-if.stop", self->asking != NULL);
}

static void
say (KipWhatIfWindow *self,
     const char      *words)
{
  kip_toast_show (self->toasts, kip_toast_new (words));
}

static void
save_draft_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (widget);
  KipAgreements *agreements = kip_store_get_agreements (kip_what_if_window_get_store (self));
  g_autoptr (KipChange) change = kip_command_settings (kip_what_if_window_get_store (self));
  g_autoptr (GError) error = NULL;
  guint n;

  if (!kip_scenario_check (self->shown, agreements, &error))
    {
      say (self, error->message);
      return;
    }
  n = kip_scenario_add_drafts (self->shown, agreements, change);
  if (n == 0)
    {
      say (self, _("Nothing of a policy or calendar changes: there is nothing to draft."));
      return;
    }
  kip_session_do (self->session, g_steal_pointer (&change),
                  ngettext ("Draft saved; put it in force in the settings", "Drafts saved; put them in force in the settings", n),
                  NULL, NULL);
}

/* ---- the office ---- */

static void
office_changed_cb (KipWhatIfWindow *self)
{
  kip_what_if_form_set_office (self->form, kip_store_get_agreements (kip_what_if_window_get_store (self)));
  kip_what_if_window_ask_soon (self);
}

/* A narrow header has room for the days; the rest is in the menu. */
static void
fold_cb (KipWhatIfWindow *self)
{
  gboolean folded = kip_fold_get_folded (self->fold);

  gtk_widget_set_visible (self->side_button, folded);
  gtk_widget_set_visible (self->undo_button, !folded);
  gtk_widget_set_visible (self->redo_button, !folded);
  gtk_widget_set_visible (self->save_button, !folded);
}

static void
set_session (KipWhatIfWindow *self,
             KipSession      *session)
{
  KipStore *store = kip_session_get_store (session);
  g_autoptr (GTimeZone) zone = kip_office_zone (store);
  KipRange range = kip_range_last_days (USUAL_DAYS, kip_clock_now (), zone);

  kip_range_button_set_zone (self->range, zone);
  kip_range_button_set_range (self->range, &range);
  kip_what_if_form_set_office (self->form, kip_store_get_agreements (store));
  self->session = g_object_ref (session);
  kip_toasts_watch (self->toasts, session, FALSE);
  g_signal_connect_object (store, "changed", G_CALLBACK (kip_what_if_window_tickets_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (kip_what_if_window_read_again), self, G_CONNECT_SWAPPED);
}

static void
set_past (KipWhatIfWindow *self,
          const KipRange  *range,
          const KipQuery  *query,
          KipId            policy)
{
  gboolean is_filter = query != NULL && kip_query_get_root (query) != NULL;
  g_autofree char *filter = is_filter ? kip_query_to_text (query) : NULL;
  g_autofree char *words = is_filter ? g_strdup_printf (_("Only tickets of %s"), filter) : NULL;

  g_clear_pointer (&self->query, kip_query_unref);
  self->query = is_filter ? kip_query_ref ((KipQuery *) query) : NULL;
  gtk_label_set_text (self->filter_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->filter_label), words != NULL);
  if (range != NULL)
    kip_range_button_set_range (self->range, range);
  if (policy != KIP_ID_NONE)
    kip_what_if_form_set_policy (self->form, policy);
  kip_what_if_window_read_again (self);
}

/* ---- object ---- */

static void
kip_what_if_window_dispose (GObject *object)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->watching, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_cancellable_cancel (self->suggesting);
  g_clear_object (&self->asking);
  g_clear_object (&self->suggesting);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_what_if_window_parent_class)->dispose (object);
}

static void
kip_what_if_window_finalize (GObject *object)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (object);

  g_clear_pointer (&self->query, kip_query_unref);
  g_clear_pointer (&self->past, kip_what_if_past_unref);
  g_clear_pointer (&self->meter, kip_what_if_meter_unref);
  g_clear_pointer (&self->shown, kip_scenario_free);
  g_array_unref (self->news);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  G_OBJECT_CLASS (kip_what_if_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/io/github/kipdesk/Kip/ui/kip-what-if-window.ui");
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, range);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, side_button);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, undo_button);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, redo_button);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, save_button);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, progress_revealer);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, progress);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, filter_label);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, toasts);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, fold);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, form);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, stack);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, stopped_page);
  gtk_widget_class_bind_template_child (klass, KipWhatIfWindow, view);
}

static void
side_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipFold *fold = KIP_WHAT_IF_WINDOW (widget)->fold;

  kip_fold_set_show_sidebar (fold, !kip_fold_get_show_sidebar (fold));
}

static void
install_actions (GtkWidgetClass *klass)
{
  kip_what_if_window_install_ask_actions (klass);
  kip_what_if_window_install_step_actions (klass);
  gtk_widget_class_install_action (klass, "what-if.save-draft", NULL, save_draft_action);
  gtk_widget_class_install_action (klass, "what-if.side", NULL, side_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F9, 0, "what-if.side", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_s, GDK_CONTROL_MASK, "what-if.save-draft", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
kip_what_if_window_class_init (KipWhatIfWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_what_if_window_dispose;
  object_class->finalize = kip_what_if_window_finalize;
  g_type_ensure (KIP_TYPE_FOLD);
  g_type_ensure (KIP_TYPE_RANGE_BUTTON);
  g_type_ensure (KIP_TYPE_WHAT_IF_FORM);
  g_type_ensure (KIP_TYPE_WHAT_IF_VIEW);
  bind_template (GTK_WIDGET_CLASS (klass));
  install_actions (GTK_WIDGET_CLASS (klass));
}

static void
kip_what_if_window_init (KipWhatIfWindow *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_scenario_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_scenario_free);
  self->shown = kip_scenario_new ();
  self->news = g_array_new (FALSE, FALSE, sizeof (KipId));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->fold, "show-sidebar", self->side_button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->fold, "notify::folded", G_CALLBACK (fold_cb), self);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (kip_what_if_window_form_changed), self);
  g_signal_connect_swapped (self->view, "use", G_CALLBACK (kip_what_if_window_use), self);
  fold_cb (self);
  kip_what_if_window_update_actions (self);
}

/* ---- public ---- */

static KipWhatIfWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (KIP_IS_WHAT_IF_WINDOW (l->data))
      return l->data;
  return NULL;
}

void
kip_what_if_window_close (GtkApplication *application)
{
  KipWhatIfWindow *window = find_window (application);

  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
}

void
kip_what_if_window_present (GtkApplication *application,
                            KipSession     *session,
                            const KipRange *range,
                            const KipQuery *query,
                            KipId           policy)
{
  KipWhatIfWindow *window = find_window (application);

  if (window == NULL)
    {
      window = g_object_new (KIP_TYPE_WHAT_IF_WINDOW, "application", application, NULL);
      set_session (window, session);
    }
  set_past (window, range, query, policy);
  gtk_window_present (GTK_WINDOW (window));
}
