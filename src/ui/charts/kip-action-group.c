/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-action-group.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-clock.h"
#include "kip-date-button.h"
#include "kip-error.h"
#include "kip-pick-row.h"

struct _KipActionGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget   *what;  /* AdwEntryRow */
  KipPickRow  *who;
  KipTextRow  *until;
};

G_DEFINE_FINAL_TYPE (KipActionGroup, kip_action_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (KipActionGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (KipActionGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static guint
add_signal (GObjectClass *klass,
            const char   *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_action_group_class_init (KipActionGroupClass *klass)
{
  signals[SIGNAL_CHANGED] = add_signal (G_OBJECT_CLASS (klass), "changed");
  signals[SIGNAL_REMOVE] = add_signal (G_OBJECT_CLASS (klass), "remove");
}

static void
add_remove_button (KipActionGroup *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Leave this action out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Leave this action out"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);
}

static void
kip_action_group_init (KipActionGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->what = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->what), _("What is to be done"));
  self->who = KIP_PICK_ROW (kip_pick_row_new (_("Who")));
  self->until = KIP_TEXT_ROW (kip_text_row_new (_("Until which day")));
  kip_text_row_add_calendar (self->until);
  adw_preferences_group_add (group, self->what);
  adw_preferences_group_add (group, GTK_WIDGET (self->who));
  adw_preferences_group_add (group, GTK_WIDGET (self->until));
  add_remove_button (self);
  g_signal_connect_swapped (self->what, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->who, "commit", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->until, "changed", G_CALLBACK (changed_cb), self);
}

/* ---- public ---- */

GtkWidget *
kip_action_group_new (KipOffice *office)
{
  KipActionGroup *self = g_object_new (KIP_TYPE_ACTION_GROUP, NULL);
  GPtrArray *agents = kip_office_get_agents (office);

  kip_pick_row_begin (self->who);
  kip_pick_row_add (self->who, 0, _("Nobody yet"));
  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *agent = g_ptr_array_index (agents, i);

      kip_pick_row_add (self->who, (gint64) agent->id, agent->name);
    }
  kip_pick_row_end (self->who);
  kip_pick_row_set_value (self->who, 0);
  return GTK_WIDGET (self);
}

void
kip_action_group_set_number (KipActionGroup *self,
                             guint           number)
{
  g_autofree char *title = g_strdup_printf (_("Action %u"), number);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
}

void
kip_action_group_get_typed (KipActionGroup *self,
                            char          **what,
                            KipId          *who,
                            char          **until)
{
  *what = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->what))));
  *who = (KipId) kip_pick_row_get_value (self->who);
  *until = kip_text_row_dup_text (self->until);
}

void
kip_action_group_set_typed (KipActionGroup *self,
                            const char     *what,
                            KipId           who,
                            const char     *until)
{
  gtk_editable_set_text (GTK_EDITABLE (self->what), what);
  kip_pick_row_set_value (self->who, (gint64) who);
  kip_text_row_set_value (self->until, until);
}

gboolean
kip_action_group_is_empty (KipActionGroup *self)
{
  g_autofree char *what = NULL;
  g_autofree char *until = NULL;
  KipId who;

  kip_action_group_get_typed (self, &what, &who, &until);
  return *what == '\0' && who == KIP_ID_NONE && *until == '\0';
}

gboolean
kip_action_group_read (KipActionGroup  *self,
                       KipCalendar     *calendar,
                       KipReviewAction *action,
                       GError         **error)
{
  g_autofree char *what = NULL;
  g_autofree char *until = NULL;
  KipId who;
  KipDay day;

  kip_action_group_get_typed (self, &what, &who, &until);
  if (*what == '\0')
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("Write what is to be done, or leave the action out."));
      return FALSE;
    }
  action->until = KIP_INSTANT_NONE;
  if (*until != '\0')
    {
      if (!kip_day_from_typed (until, kip_clock_now (), &day, error))
        return FALSE;
      action->until = kip_review_due (calendar, day);
    }
  action->who = who;
  action->what = g_steal_pointer (&what);
  return TRUE;
}
