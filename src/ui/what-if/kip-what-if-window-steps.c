/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is changed, step by step, and taken back. */

#include "kip-what-if-window-private.h"

/* What is typed without a pause is one step. */
#define TYPING_MS 2000

static void
show_scenario (KipWhatIfWindow *self,
               KipScenario     *scenario) /* taken */
{
  g_clear_pointer (&self->shown, kip_scenario_free);
  self->shown = scenario;
  if (!kip_scenario_equal (kip_what_if_form_get_scenario (self->form), scenario))
    kip_what_if_form_set_scenario (self->form, scenario);
  kip_what_if_window_update_actions (self);
  kip_what_if_window_ask_soon (self);
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

void
kip_what_if_window_form_changed (KipWhatIfWindow *self)
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
void
kip_what_if_window_use (KipWhatIfWindow *self,
                        GArray          *suggestions)
{
  g_autoptr (KipScenario) scenario = kip_scenario_copy (self->shown);
  KipId policy = kip_what_if_form_get_policy (self->form);
  const KipPolicy *present = kip_agreements_get_policy (kip_store_get_agreements (kip_what_if_window_get_store (self)), policy, 0);

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

void
kip_what_if_window_install_step_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "what-if.undo", NULL, undo_action);
  gtk_widget_class_install_action (klass, "what-if.redo", NULL, redo_action);
  gtk_widget_class_install_action (klass, "what-if.reset", NULL, reset_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "what-if.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "what-if.redo", NULL);
}
