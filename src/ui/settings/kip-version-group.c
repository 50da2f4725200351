/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-version-group.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-pick-row.h"
#include "kip-clock.h"
#include "kip-date-button.h"
#include "kip-format.h"

struct _KipVersionGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray      *rows; /* (owned) of GtkWidget in history_row, borrowed */
  KipPickRow   *choice_row;
  KipTextRow     *date_row;
  AdwExpanderRow *history_row;
};

G_DEFINE_FINAL_TYPE (KipVersionGroup, kip_version_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

enum
{
  ALL_TICKETS,
  FROM_NOW,
  FROM_DATE
};

static guint signals[N_SIGNALS];

static void
changed_cb (KipVersionGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->date_row), kip_pick_row_get_value (self->choice_row) == FROM_DATE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Midnight of a day where this person is. */
static KipInstant
start_of_day (KipDay day)
{
  g_autoptr (GDateTime) start = NULL;
  int year, month, of_month;

  kip_day_to_ymd (day, &year, &month, &of_month);
  start = g_date_time_new_local (year, month, of_month, 0, 0, 0);
  return kip_instant_from_date_time (start);
}

gboolean
kip_version_group_get_effective (KipVersionGroup *self,
                                 KipInstant      *effective,
                                 GError         **error)
{
  g_autofree char *text = kip_text_row_dup_text (self->date_row);
  KipDay day;

  switch (kip_pick_row_get_value (self->choice_row))
    {
    case FROM_NOW:
      *effective = kip_clock_now ();
      return TRUE;
    case FROM_DATE:
      if (!kip_day_from_typed (text, kip_clock_now (), &day, error))
        return FALSE;
      *effective = start_of_day (day);
      return TRUE;
    default:
      *effective = KIP_INSTANT_NONE;
      return TRUE;
    }
}

/* ---- object ---- */

static void
kip_version_group_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_VERSION_GROUP (object)->rows);
  G_OBJECT_CLASS (kip_version_group_parent_class)->finalize (object);
}

static void
kip_version_group_class_init (KipVersionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_version_group_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_VERSION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-version-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, choice_row);
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, date_row);
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, history_row);
}

static void
kip_version_group_init (KipVersionGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_pick_row_begin (self->choice_row);
  kip_pick_row_add (self->choice_row, ALL_TICKETS, _("All tickets"));
  kip_pick_row_add (self->choice_row, FROM_NOW, _("Tickets from now on"));
  kip_pick_row_add (self->choice_row, FROM_DATE, _("Tickets from a day on"));
  kip_pick_row_end (self->choice_row);
  kip_pick_row_set_value (self->choice_row, ALL_TICKETS);
  kip_text_row_add_calendar (self->date_row);
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), FALSE);
  g_signal_connect_swapped (self->choice_row, "commit", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->date_row, "changed", G_CALLBACK (changed_cb), self);
}

/* ---- versions ---- */

void
kip_version_group_clear (KipVersionGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->history_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), FALSE);
}

void
kip_version_group_add (KipVersionGroup *self,
                       guint            version,
                       KipInstant       published,
                       KipInstant       effective)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (_("Version %u"), version);
  g_autofree char *saved = kip_format_instant (published, NULL);
  g_autofree char *from = kip_format_instant (effective, NULL);
  g_autofree char *subtitle = effective == KIP_INSTANT_NONE
    ? g_strdup_printf (_("Saved %s, for all tickets"), saved)
    : g_strdup_printf (_("Saved %1$s, for tickets received from %2$s on"), saved, from);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (self->history_row, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), TRUE);
}
