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
  GPtrArray      *draft_rows; /* (owned) of GtkWidget in drafts_row, borrowed */
  KipPickRow   *choice_row;
  KipTextRow     *date_row;
  AdwExpanderRow *drafts_row;
  AdwExpanderRow *history_row;
};

G_DEFINE_FINAL_TYPE (KipVersionGroup, kip_version_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_OPEN_DRAFT,
  SIGNAL_DROP_DRAFT,
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
  g_ptr_array_unref (KIP_VERSION_GROUP (object)->draft_rows);
  G_OBJECT_CLASS (kip_version_group_parent_class)->finalize (object);
}

static void
kip_version_group_class_init (KipVersionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_version_group_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_VERSION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_OPEN_DRAFT] = g_signal_new ("open-draft", KIP_TYPE_VERSION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_DROP_DRAFT] = g_signal_new ("drop-draft", KIP_TYPE_VERSION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-version-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, choice_row);
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, date_row);
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, drafts_row);
  gtk_widget_class_bind_template_child (widget_class, KipVersionGroup, history_row);
}

static void
kip_version_group_init (KipVersionGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->draft_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_pick_row_begin (self->choice_row);
  kip_pick_row_add (self->choice_row, ALL_TICKETS, _("All tickets"));
  kip_pick_row_add (self->choice_row, FROM_NOW, _("Tickets from now on"));
  kip_pick_row_add (self->choice_row, FROM_DATE, _("Tickets from a day on"));
  kip_pick_row_end (self->choice_row);
  kip_pick_row_set_value (self->choice_row, ALL_TICKETS);
  kip_text_row_add_calendar (self->date_row);
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_row), FALSE);
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

/* ---- drafts ---- */

static void
emit (GtkWidget       *button,
      KipVersionGroup *self,
      guint            signal)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  KipEventId entry = *(KipEventId *) g_object_get_data (G_OBJECT (row), "kip-entry");

  g_signal_emit (self, signals[signal], 0, &entry);
}

static void
open_cb (GtkWidget       *button,
         KipVersionGroup *self)
{
  emit (button, self, SIGNAL_OPEN_DRAFT);
}

static void
drop_cb (GtkWidget       *button,
         KipVersionGroup *self)
{
  emit (button, self, SIGNAL_DROP_DRAFT);
}

void
kip_version_group_clear_drafts (KipVersionGroup *self)
{
  for (guint i = 0; i < self->draft_rows->len; i++)
    adw_expander_row_remove (self->drafts_row, g_ptr_array_index (self->draft_rows, i));
  g_ptr_array_set_size (self->draft_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_row), FALSE);
}

static void
add_buttons (KipVersionGroup *self,
             GtkWidget       *row,
             const char      *title,
             gboolean         is_open)
{
  GtkWidget *open = gtk_button_new_with_label (is_open ? _("Opened") : _("Open"));
  GtkWidget *drop = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *open_words = g_strdup_printf (_("Open %s"), title);
  g_autofree char *drop_words = g_strdup_printf (_("Throw away %s"), title);

  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (open, !is_open);
  gtk_widget_add_css_class (drop, "flat");
  gtk_widget_set_tooltip_text (drop, _("Throw this draft away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, open_words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, drop_words, -1);
  g_signal_connect (open, "clicked", G_CALLBACK (open_cb), self);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), open);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
}

void
kip_version_group_add_draft (KipVersionGroup  *self,
                             const KipEventId *entry,
                             const char       *note,
                             KipInstant        made,
                             const char       *author,
                             gboolean          is_open)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *at = kip_format_instant (made, NULL);
  g_autofree char *who = author != NULL ? g_strdup_printf (_("Draft of %1$s, %2$s"), author, at) : g_strdup_printf (_("Draft of %s"), at);
  g_autofree char *title = g_markup_escape_text (who, -1);
  g_autofree char *subtitle = note != NULL ? g_markup_escape_text (note, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), "kip-entry", g_memdup2 (entry, sizeof *entry), g_free);
  add_buttons (self, row, who, is_open);
  adw_expander_row_add_row (self->drafts_row, row);
  g_ptr_array_add (self->draft_rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_row), TRUE);
}
