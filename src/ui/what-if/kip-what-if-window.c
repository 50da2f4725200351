/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-window.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-fold.h"
#include "kip-range-button.h"
#include "kip-settings-commands.h"
#include "kip-study.h"
#include "kip-toast.h"
#include "kip-what-if-form.h"
#include "kip-what-if-job.h"
#include "kip-what-if-view.h"

/* Changes that come close together are one question. */
#define SETTLE_MS 150
#define USUAL_DAYS 90

/* What is typed without a pause is one step. */
#define TYPING_MS 2000

/* Reading that is over before is not worth a bar. */
#define PATIENCE_MS 400
#define METER_MS 100

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

G_DEFINE_FINAL_TYPE (KipWhatIfWindow, kip_what_if_window, ADW_TYPE_WINDOW)

static void ask (KipWhatIfWindow *self);

static KipStore *
store_of (KipWhatIfWindow *self)
{
  return kip_session_get_store (self->session);
}

static void
say (KipWhatIfWindow *self,
     const char      *words)
{
  kip_toast_show (self->toasts, kip_toast_new (words));
}

static void
update_actions (KipWhatIfWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "what-if.undo", self->undo->len > 0);
  gtk_widget_action_set_enabled (widget, "what-if.redo", self->redo->len > 0);
  gtk_widget_action_set_enabled (widget, "what-if.reset", self->shown->changes->len > 0 || self->shown->people_follow);
  gtk_widget_action_set_enabled (widget, "what-if.save-draft", kip_scenario_has_agreements (self->shown));
  gtk_widget_action_set_enabled (widget, "what-if.stop", self->asking != NULL);
}

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
  kip_what_if_suggest_async (store_of (self), self->past, self->shown, self->percent, self->suggesting, suggested_cb,
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
  update_actions (self);
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
  update_actions (self);
  self->sent = self->news->len;
  kip_what_if_ask_async (store_of (self), self->past, self->news, self->query, &range, self->shown, self->meter, self->asking,
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

static void
ask_soon (KipWhatIfWindow *self)
{
  if (self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/* The past is read anew. */
static void
read_again (KipWhatIfWindow *self)
{
  g_clear_pointer (&self->past, kip_what_if_past_unref);
  g_array_set_size (self->news, 0);
  self->sent = 0;
  ask_soon (self);
}

static void
tickets_changed_cb (KipWhatIfWindow *self,
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
    read_again (self);
  else if (self->news->len > 0)
    ask_soon (self);
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

/* ---- what changes ---- */

static void
show_scenario (KipWhatIfWindow *self,
               KipScenario     *scenario) /* taken */
{
  g_clear_pointer (&self->shown, kip_scenario_free);
  self->shown = scenario;
  if (!kip_scenario_equal (kip_what_if_form_get_scenario (self->form), scenario))
    kip_what_if_form_set_scenario (self->form, scenario);
  update_actions (self);
  ask_soon (self);
}

/* One cell is being typed in: letter by letter it is the same step. */
static gboolean
goes_on (KipWhatIfWindow   *self,
         const KipScenario *scenario)
{
  return self->undo->len > 0 && g_get_monotonic_time () - self->changed < TYPING_MS * 1000
         && kip_scenario_count_differences (g_ptr_array_index (self->undo, self->undo->len - 1), scenario) <= 1
         && kip_scenario_count_differences (self->shown, scenario) <= 1;
}

static void
do_scenario (KipWhatIfWindow   *self,
             const KipScenario *scenario)
{
  if (kip_scenario_equal (scenario, self->shown))
    return;
  if (!goes_on (self, scenario))
    g_ptr_array_add (self->undo, kip_scenario_copy (self->shown));
  self->changed = g_get_monotonic_time ();
  g_ptr_array_set_size (self->redo, 0);
  show_scenario (self, kip_scenario_copy (scenario));
}

static void
form_changed_cb (KipWhatIfWindow *self)
{
  do_scenario (self, kip_what_if_form_get_scenario (self->form));
}

static void
step (KipWhatIfWindow *self,
      GPtrArray       *from,
      GPtrArray       *to)
{
  if (from->len == 0)
    return;
  self->changed = 0;
  g_ptr_array_add (to, kip_scenario_copy (self->shown));
  show_scenario (self, g_ptr_array_steal_index (from, from->len - 1));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (widget);

  step (self, self->undo, self->redo);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (widget);

  step (self, self->redo, self->undo);
}

static void
reset_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_autoptr (KipScenario) none = kip_scenario_new ();

  do_scenario (KIP_WHAT_IF_WINDOW (widget), none);
}

/* Suggestions are for the policy that is shown. */
static void
use_cb (KipWhatIfWindow *self,
        GArray          *suggestions)
{
  g_autoptr (KipScenario) scenario = kip_scenario_copy (self->shown);
  KipId policy = kip_what_if_form_get_policy (self->form);
  const KipPolicy *present = kip_agreements_get_policy (kip_store_get_agreements (store_of (self)), policy, 0);

  for (guint i = 0; present != NULL && i < suggestions->len; i++)
    {
      const KipSuggestion *suggestion = &g_array_index (suggestions, KipSuggestion, i);
      KipWhatIfChange change = { KIP_WHAT_IF_TARGET, policy, suggestion->priority, suggestion->clock, suggestion->rounded };

      if (suggestion->rounded < 0)
        continue;
      if (kip_policy_spec_get_target (present->spec, suggestion->priority, suggestion->clock) != suggestion->rounded)
        kip_scenario_put (scenario, &change);
      else
        kip_scenario_drop (scenario, &change);
    }
  do_scenario (self, scenario);
}

static void
save_draft_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  KipWhatIfWindow *self = KIP_WHAT_IF_WINDOW (widget);
  KipAgreements *agreements = kip_store_get_agreements (store_of (self));
  g_autoptr (KipChange) change = kip_command_settings (store_of (self));
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
  kip_what_if_form_set_office (self->form, kip_store_get_agreements (store_of (self)));
  ask_soon (self);
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
  g_signal_connect_object (store, "changed", G_CALLBACK (tickets_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
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
  read_again (self);
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
  gtk_widget_class_install_action (klass, "what-if.undo", NULL, undo_action);
  gtk_widget_class_install_action (klass, "what-if.redo", NULL, redo_action);
  gtk_widget_class_install_action (klass, "what-if.reset", NULL, reset_action);
  gtk_widget_class_install_action (klass, "what-if.save-draft", NULL, save_draft_action);
  gtk_widget_class_install_action (klass, "what-if.again", NULL, again_action);
  gtk_widget_class_install_action (klass, "what-if.stop", NULL, stop_action);
  gtk_widget_class_install_action (klass, "what-if.suggest", "i", suggest_action);
  gtk_widget_class_install_action (klass, "what-if.side", NULL, side_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F9, 0, "what-if.side", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "what-if.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "what-if.redo", NULL);
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
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (form_changed_cb), self);
  g_signal_connect_swapped (self->view, "use", G_CALLBACK (use_cb), self);
  fold_cb (self);
  update_actions (self);
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
