/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-policy-page.h"

#include <glib/gi18n-lib.h>

#include "kip-pick-rows.h"
#include "kip-condition-row.h"
#include "kip-policy-edit.h"
#include "kip-review-page.h"
#include "kip-save-bar.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"
#include "kip-switch-row.h"
#include "kip-target-grid.h"
#include "kip-text-row.h"
#include "kip-version-drafts.h"
#include "kip-version-group.h"
#include "kip-what-if-window.h"

#define N_PAUSES 5 /* by KipPause; the first is none */

struct _KipPolicyPage
{
  AdwBin parent_instance;

  KipSession    *session; /* (owned) */
  KipId          id;
  gboolean       is_new;
  gboolean       is_default; /* as it is saved */
  gboolean       quiet;      /* the program fills the form, not the person */
  KipPolicySpec *spec;       /* (owned) as edited */
  KipPolicySpec *saved;      /* (owned) the newest version; of a new policy what it began with */
  guint          version;    /* of saved */
  KipEventId     draft;      /* the one in the form; seq 0: none */

  KipTextRow      *name_row;
  KipSwitchRow    *default_row;
  GtkWidget       *condition_group;
  KipConditionRow *condition_row;
  KipTargetGrid   *targets;
  GtkWidget       *what_if_button;
  KipPickRow    *calendar_row;
  AdwExpanderRow  *pauses_row;
  KipSwitchRow    *pause_rows[N_PAUSES];
  KipPickRow    *reopen_row;
  KipPickRow    *change_row;
  KipTextRow      *warnings_row;
  KipSwitchRow    *notify_row;
  KipVersionGroup *versions;
  KipSaveBar      *save_bar;
};

G_DEFINE_FINAL_TYPE (KipPolicyPage, kip_policy_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipPolicyPage *self)
{
  return kip_session_get_store (self->session);
}

static KipAgreements *
agreements_of (KipPolicyPage *self)
{
  return kip_store_get_agreements (store_of (self));
}

/* ---- what is wrong, what is unsaved ---- */

static char *
find_problem (KipPolicyPage *self)
{
  g_autofree char *warnings = kip_text_row_dup_text (self->warnings_row);
  g_autoptr (GArray) percents = NULL;
  g_autoptr (GError) error = NULL;
  KipInstant effective;

  if (kip_target_grid_get_problem (self->targets) != NULL)
    return g_strdup (kip_target_grid_get_problem (self->targets));
  if (gtk_widget_get_visible (self->condition_group) && kip_condition_row_get_problem (self->condition_row) != NULL)
    return g_strdup (kip_condition_row_get_problem (self->condition_row));
  percents = kip_warnings_parse (warnings, &error);
  if (percents != NULL && kip_policy_spec_check (self->spec, &error)
      && kip_version_group_get_effective (self->versions, &effective, &error))
    return NULL;
  return g_strdup (error->message);
}

static gboolean
is_unsaved (KipPolicyPage *self)
{
  return !kip_policy_spec_same (self->spec, self->saved)
         || kip_target_grid_get_problem (self->targets) != NULL
         || kip_switch_row_get_value (self->default_row) != self->is_default;
}

static void
update_bar (KipPolicyPage *self)
{
  gboolean unsaved = is_unsaved (self);
  g_autofree char *problem = find_problem (self);

  kip_save_bar_show (self->save_bar, unsaved || self->is_new, unsaved || self->is_new ? problem : NULL);
  kip_settings_set_unsaved (GTK_WIDGET (self), unsaved);
  gtk_widget_set_visible (self->condition_group, !kip_switch_row_get_value (self->default_row));
}

/* ---- between the form and the spec ---- */

static void
read_form (KipPolicyPage *self)
{
  g_autofree char *warnings = kip_text_row_dup_text (self->warnings_row);
  g_autofree char *condition = kip_condition_row_dup_text (self->condition_row);
  GArray *percents = kip_warnings_parse (warnings, NULL);

  kip_target_grid_read (self->targets, self->spec);
  g_free (self->spec->condition);
  self->spec->condition = *condition != '\0' ? g_steal_pointer (&condition) : NULL;
  self->spec->calendar = (KipId) kip_pick_row_get_value (self->calendar_row);
  self->spec->reopen = (KipReopen) kip_pick_row_get_value (self->reopen_row);
  self->spec->on_change = (KipOnChange) kip_pick_row_get_value (self->change_row);
  self->spec->notify_always = kip_switch_row_get_value (self->notify_row);
  for (guint pause = 1; pause < N_PAUSES; pause++)
    if (kip_switch_row_get_value (self->pause_rows[pause]))
      self->spec->pauses |= 1u << pause;
    else
      self->spec->pauses &= ~(1u << pause);
  if (percents == NULL)
    return;
  g_array_unref (self->spec->warnings);
  self->spec->warnings = percents;
}

static void
show_pauses (KipPolicyPage *self)
{
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint pause = 1; pause < N_PAUSES; pause++)
    {
      const KipChoice *choice = kip_choice_find (kip_schema_pauses (), (int) pause);

      kip_switch_row_set_value (self->pause_rows[pause], (self->spec->pauses & 1u << pause) != 0);
      if (self->spec->pauses & 1u << pause)
        g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? " · " : "", _(choice->label));
    }
  adw_expander_row_set_subtitle (self->pauses_row, kinds->len > 0 ? kinds->str : _("Nothing but outages"));
}

static void
show_form (KipPolicyPage *self)
{
  g_autofree char *warnings = kip_warnings_to_text (self->spec->warnings);

  self->quiet = TRUE;
  kip_target_grid_show (self->targets, self->spec);
  kip_condition_row_set_text (self->condition_row, self->spec->condition);
  kip_pick_row_set_value (self->calendar_row, (gint64) self->spec->calendar);
  kip_pick_row_fill_calendars (self->calendar_row, agreements_of (self), _("The office's"));
  kip_pick_row_set_value (self->reopen_row, self->spec->reopen);
  kip_pick_row_set_value (self->change_row, self->spec->on_change);
  kip_text_row_set_value (self->warnings_row, warnings);
  kip_switch_row_set_value (self->notify_row, self->spec->notify_always);
  show_pauses (self);
  self->quiet = FALSE;
  update_bar (self);
}

static void
edited_cb (KipPolicyPage *self)
{
  if (self->quiet)
    return;
  read_form (self);
  show_pauses (self);
  update_bar (self);
}

static void
warnings_cb (KipPolicyPage *self)
{
  g_autofree char *text = kip_text_row_dup_text (self->warnings_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) percents = kip_warnings_parse (text, &error);
  g_autofree char *tidy = percents != NULL ? kip_warnings_to_text (percents) : NULL;

  edited_cb (self);
  if (percents == NULL)
    kip_text_row_refuse (self->warnings_row, error->message);
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->warnings_row), tidy);
      kip_text_row_set_value (self->warnings_row, tidy);
    }
}

/* ---- what is saved ---- */

static void
show_versions (KipPolicyPage *self)
{
  GPtrArray *versions = kip_agreements_get_policy_versions (agreements_of (self), self->id);

  kip_version_group_clear (self->versions);
  for (guint i = versions->len; i > 0; i--)
    {
      const KipPolicy *policy = g_ptr_array_index (versions, i - 1);

      kip_version_group_add (self->versions, policy->version, policy->published, policy->spec->effective_from);
    }
}

/* ---- drafts ---- */

static void
show_drafts (KipPolicyPage *self)
{
  kip_version_drafts_show (self->versions, store_of (self), KIP_KIND_POLICY, self->id, &self->draft);
}

static void
open_draft_cb (KipPolicyPage    *self,
               const KipEventId *entry)
{
  g_autoptr (KipValue) version = kip_version_drafts_find (store_of (self), KIP_KIND_POLICY, self->id, entry);

  if (version == NULL)
    return;
  self->draft = *entry;
  kip_policy_spec_free (self->spec);
  self->spec = kip_policy_spec_from_value (version);
  show_drafts (self);
  show_form (self);
}

static void
drop_draft_cb (KipPolicyPage    *self,
               const KipEventId *entry)
{
  kip_version_drafts_drop (self->session, KIP_KIND_POLICY, self->id, entry);
}

/* ---- following ---- */

static gboolean
is_default_now (KipPolicyPage *self)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements_of (self));

  for (guint i = 0; i < policies->len; i++)
    if (((KipPolicy *) g_ptr_array_index (policies, i))->id == self->id)
      return ((KipPolicy *) g_ptr_array_index (policies, i))->is_default;
  return FALSE;
}

/* What somebody else saved is shown, unless this person is editing. */
static void
refresh (KipPolicyPage *self)
{
  const KipPolicy *policy = kip_agreements_get_policy (agreements_of (self), self->id, 0);

  if (self->is_new || policy == NULL)
    return;
  kip_text_row_set_value (self->name_row, policy->name);
  if (self->is_default != is_default_now (self))
    {
      self->is_default = is_default_now (self);
      kip_switch_row_set_value (self->default_row, self->is_default);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->default_row), !self->is_default);
  show_drafts (self);
  if (policy->version != self->version)
    {
      gboolean editing = self->version != 0 && is_unsaved (self);

      g_clear_pointer (&self->saved, kip_policy_spec_free);
      self->saved = kip_policy_spec_copy (policy->spec);
      self->version = policy->version;
      show_versions (self);
      if (!editing)
        {
          kip_policy_spec_free (self->spec);
          self->spec = kip_policy_spec_copy (self->saved);
        }
    }
  show_form (self);
}

static void
name_cb (KipPolicyPage *self)
{
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  g_autofree char *label = kip_settings_say_done (kip_settings_words (KIP_KIND_POLICY)->changed, name);

  if (!self->is_new && self->session != NULL)
    kip_session_do (self->session,
                    kip_command_setting (store_of (self), KIP_KIND_POLICY, self->id, KIP_FIELD_NAME,
                                         kip_value_text (name)),
                    label, NULL, NULL);
}

/* Exactly one is the default: the others stop being it. */
static void
put_default (KipPolicyPage *self,
             KipChange     *change)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements_of (self));

  for (guint i = 0; i < policies->len; i++)
    {
      const KipPolicy *other = g_ptr_array_index (policies, i);

      if (other->id != self->id && other->is_default)
        kip_change_clear (change, KIP_KIND_POLICY, other->id, KIP_FIELD_IS_DEFAULT);
    }
  kip_change_set_int (change, KIP_KIND_POLICY, self->id, KIP_FIELD_IS_DEFAULT, 1);
}

static KipChange *
make_change (KipPolicyPage *self,
             const char    *name)
{
  KipChange *change = kip_command_settings (store_of (self));

  if (self->is_new)
    {
      GPtrArray *all = kip_agreements_get_policies (agreements_of (self));

      kip_change_set_text (change, KIP_KIND_POLICY, self->id, KIP_FIELD_NAME, name);
      kip_change_set_int (change, KIP_KIND_POLICY, self->id, KIP_FIELD_POSITION, all->len + 1);
    }
  if (self->is_new || !kip_policy_spec_same (self->spec, self->saved))
    kip_change_entry (change, KIP_KIND_POLICY, self->id, KIP_FIELD_POLICY_VERSION, kip_policy_spec_to_value (self->spec));
  if (self->draft.seq != 0)
    kip_change_retract (change, KIP_KIND_POLICY, self->id, KIP_FIELD_POLICY_DRAFT, &self->draft);
  if (kip_switch_row_get_value (self->default_row) && !self->is_default)
    put_default (self, change);
  return change;
}

static void
save_cb (KipPolicyPage *self)
{
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  const KipSettingsWords *words = kip_settings_words (KIP_KIND_POLICY);
  g_autofree char *label = kip_settings_say_done (self->is_new ? words->added : words->changed, name);

  if (*name == '\0')
    {
      kip_text_row_refuse (self->name_row, _("Give it a name first."));
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return;
    }
  read_form (self);
  if (!kip_version_group_get_effective (self->versions, &self->spec->effective_from, NULL))
    return;
  kip_settings_review (GTK_WIDGET (self), self->session, make_change (self, name), label);
}

static void
what_if_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KipPolicyPage *self = KIP_POLICY_PAGE (widget);

  kip_what_if_window_present (gtk_window_get_application (GTK_WINDOW (gtk_widget_get_root (widget))), self->session, NULL, NULL, self->id);
}

/* ---- object ---- */

static void
fill_choices (KipPolicyPage *self)
{
  kip_pick_row_begin (self->reopen_row);
  kip_pick_row_add (self->reopen_row, KIP_REOPEN_CONTINUE, _("The clock goes on"));
  kip_pick_row_add (self->reopen_row, KIP_REOPEN_RESTART, _("The clock restarts"));
  kip_pick_row_end (self->reopen_row);
  kip_pick_row_begin (self->change_row);
  kip_pick_row_add (self->change_row, KIP_ON_CHANGE_KEEP, _("Keep the used time"));
  kip_pick_row_add (self->change_row, KIP_ON_CHANGE_FROM_NOW, _("Count from now"));
  kip_pick_row_add (self->change_row, KIP_ON_CHANGE_RESTART, _("Restart"));
  kip_pick_row_end (self->change_row);
  for (guint pause = 1; pause < N_PAUSES; pause++)
    {
      const KipChoice *choice = kip_choice_find (kip_schema_pauses (), (int) pause);

      self->pause_rows[pause] = KIP_SWITCH_ROW (kip_switch_row_new (_(choice->label), NULL));
      adw_expander_row_add_row (self->pauses_row, GTK_WIDGET (self->pause_rows[pause]));
      g_signal_connect_swapped (self->pause_rows[pause], "commit", G_CALLBACK (edited_cb), self);
    }
}

static void
connect_rows (KipPolicyPage *self)
{
  g_signal_connect_swapped (self->name_row, "commit", G_CALLBACK (name_cb), self);
  g_signal_connect_swapped (self->default_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->condition_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->targets, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->calendar_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->reopen_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->change_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->warnings_row, "commit", G_CALLBACK (warnings_cb), self);
  g_signal_connect_swapped (self->warnings_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->notify_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->versions, "changed", G_CALLBACK (update_bar), self);
  g_signal_connect_swapped (self->versions, "open-draft", G_CALLBACK (open_draft_cb), self);
  g_signal_connect_swapped (self->versions, "drop-draft", G_CALLBACK (drop_draft_cb), self);
  g_signal_connect_swapped (self->save_bar, "save", G_CALLBACK (save_cb), self);
}

static void
kip_policy_page_dispose (GObject *object)
{
  KIP_POLICY_PAGE (object)->quiet = TRUE;
  g_clear_object (&KIP_POLICY_PAGE (object)->session);
  G_OBJECT_CLASS (kip_policy_page_parent_class)->dispose (object);
}

static void
kip_policy_page_finalize (GObject *object)
{
  KipPolicyPage *self = KIP_POLICY_PAGE (object);

  kip_policy_spec_free (self->spec);
  kip_policy_spec_free (self->saved);
  G_OBJECT_CLASS (kip_policy_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, default_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, condition_group);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, condition_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, targets);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, what_if_button);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, calendar_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, pauses_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, reopen_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, change_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, warnings_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, notify_row);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, versions);
  gtk_widget_class_bind_template_child (widget_class, KipPolicyPage, save_bar);
}

static void
kip_policy_page_class_init (KipPolicyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_policy_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_policy_page_finalize;
  gtk_widget_class_install_action (widget_class, "policy.what-if", NULL, what_if_action);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_CONDITION_ROW);
  g_type_ensure (KIP_TYPE_SAVE_BAR);
  g_type_ensure (KIP_TYPE_SWITCH_ROW);
  g_type_ensure (KIP_TYPE_TARGET_GRID);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  g_type_ensure (KIP_TYPE_VERSION_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-policy-page.ui");
  bind_children (widget_class);
}

static void
kip_policy_page_init (KipPolicyPage *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  connect_rows (self);
}

GtkWidget *
kip_policy_page_new (KipSession *session,
                     KipId       id)
{
  KipPolicyPage *self = g_object_new (KIP_TYPE_POLICY_PAGE, NULL);

  self->session = g_object_ref (session);
  self->is_new = id == KIP_ID_NONE;
  self->id = self->is_new ? kip_store_new_id (store_of (self)) : id;
  self->saved = kip_policy_spec_new_default ();
  self->spec = kip_policy_spec_copy (self->saved);
  kip_condition_row_set_title (self->condition_row, _("Search"));
  kip_condition_row_set_store (self->condition_row, store_of (self));
  show_form (self);
  refresh (self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
