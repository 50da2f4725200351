/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-page.h"

#include <glib/gi18n-lib.h>

#include "kip-agreement-words.h"
#include "kip-calendar-edit.h"
#include "kip-calendar-lists.h"
#include "kip-clock.h"
#include "kip-day-row.h"
#include "kip-format.h"
#include "kip-holiday-page.h"
#include "kip-office-fields.h"
#include "kip-review-page.h"
#include "kip-save-bar.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"
#include "kip-shift-page.h"
#include "kip-text-row.h"
#include "kip-version-drafts.h"
#include "kip-version-group.h"
#include "kip-week-picture.h"

struct _KipCalendarPage
{
  AdwBin parent_instance;

  KipSession      *session; /* (owned) */
  KipId            id;
  gboolean         is_new;
  KipCalendarSpec *spec;    /* (owned) as edited */
  KipCalendarSpec *saved;   /* (owned) the newest version; of a new calendar what it began with */
  guint            version; /* of saved */
  KipEventId       draft;   /* the one in the form; seq 0: none */
  char            *problem; /* (owned) (nullable) hours that were typed and refused */
  KipDayRow       *day_rows[7];
  KipCalendarLists *lists;  /* (owned) */

  KipTextRow      *name_row;
  KipTextRow      *zone_row;
  KipWeekPicture  *picture;
  GtkListBox      *days;
  AdwPreferencesGroup *week_group;
  AdwExpanderRow  *public_row;
  AdwExpanderRow  *own_row;
  AdwExpanderRow  *shifts_row;
  AdwExpanderRow  *year_row;
  KipVersionGroup *versions;
  KipSaveBar      *save_bar;
};

G_DEFINE_FINAL_TYPE (KipCalendarPage, kip_calendar_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipCalendarPage *self)
{
  return kip_session_get_store (self->session);
}

/* ---- what is wrong, what is unsaved ---- */

static char *
find_problem (KipCalendarPage *self)
{
  g_autoptr (GError) error = NULL;
  KipInstant effective;

  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (kip_calendar_spec_check (self->spec, &error)
      && kip_version_group_get_effective (self->versions, &effective, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
update_bar (KipCalendarPage *self)
{
  gboolean unsaved = self->is_new || !kip_calendar_spec_equal (self->spec, self->saved);
  g_autofree char *problem = unsaved ? find_problem (self) : NULL;

  kip_save_bar_show (self->save_bar, unsaved, problem);
  kip_settings_set_unsaved (GTK_WIDGET (self), unsaved && (!self->is_new || !kip_calendar_spec_equal (self->spec, self->saved)));
}

/* ---- showing ---- */

static void
show_week (KipCalendarPage *self)
{
  g_autofree char *hours = kip_week_hours_to_text (kip_calendar_spec_week_minutes (self->spec));

  for (guint day = 0; day < 7; day++)
    kip_day_row_show (self->day_rows[day], self->spec->weekly[day]);
  kip_week_picture_show (self->picture, self->spec);
  adw_preferences_group_set_title (self->week_group, hours);
}

static void
show_spec (KipCalendarPage *self)
{
  kip_text_row_set_value (self->zone_row, self->spec->zone);
  show_week (self);
  kip_calendar_lists_show (self->lists, self->spec);
  update_bar (self);
}

static const KipCalendarVersion *
newest (KipCalendarPage *self)
{
  GPtrArray *versions = kip_agreements_get_calendar_versions (kip_store_get_agreements (store_of (self)), self->id);

  return versions->len > 0 ? g_ptr_array_index (versions, versions->len - 1) : NULL;
}

static void
show_versions (KipCalendarPage *self)
{
  GPtrArray *versions = kip_agreements_get_calendar_versions (kip_store_get_agreements (store_of (self)), self->id);

  kip_version_group_clear (self->versions);
  for (guint i = versions->len; i > 0; i--)
    {
      const KipCalendarVersion *version = g_ptr_array_index (versions, i - 1);

      kip_version_group_add (self->versions, version->version, version->published, version->effective_from);
    }
}

/* ---- drafts ---- */

static void
show_drafts (KipCalendarPage *self)
{
  kip_version_drafts_show (self->versions, store_of (self), KIP_KIND_CALENDAR, self->id, &self->draft);
}

static void
open_draft_cb (KipCalendarPage  *self,
               const KipEventId *entry)
{
  g_autoptr (KipValue) version = kip_version_drafts_find (store_of (self), KIP_KIND_CALENDAR, self->id, entry);

  if (version == NULL)
    return;
  self->draft = *entry;
  kip_calendar_spec_free (self->spec);
  self->spec = kip_calendar_version_spec (version);
  show_drafts (self);
  show_spec (self);
}

static void
drop_draft_cb (KipCalendarPage  *self,
               const KipEventId *entry)
{
  kip_version_drafts_drop (self->session, KIP_KIND_CALENDAR, self->id, entry);
}

/* What somebody else saved is shown, unless this person is editing. */
static void
refresh (KipCalendarPage *self)
{
  const KipCalendarVersion *version = newest (self);

  if (self->is_new || version == NULL)
    return;
  kip_text_row_set_value (self->name_row, version->name);
  show_drafts (self);
  if (version->version != self->version)
    {
      gboolean editing = self->version != 0 && !kip_calendar_spec_equal (self->spec, self->saved);

      g_clear_pointer (&self->saved, kip_calendar_spec_free);
      self->saved = kip_calendar_spec_copy (kip_calendar_get_spec (version->calendar));
      self->version = version->version;
      show_versions (self);
      if (!editing)
        {
          kip_calendar_spec_free (self->spec);
          self->spec = kip_calendar_spec_copy (self->saved);
        }
    }
  show_spec (self);
}

/* ---- the week ---- */

static void
day_changed_cb (KipDayRow       *row,
                KipCalendarPage *self)
{
  for (guint day = 0; day < 7; day++)
    if (self->day_rows[day] == row)
      {
        const GArray *hours = kip_day_row_get_hours (row);

        g_array_set_size (self->spec->weekly[day], 0);
        if (hours->len > 0)
          g_array_append_vals (self->spec->weekly[day], hours->data, hours->len);
      }
  g_clear_pointer (&self->problem, g_free);
  show_spec (self);
}

static void
day_refused_cb (KipDayRow       *row,
                const char      *sentence,
                KipCalendarPage *self)
{
  g_free (self->problem);
  self->problem = g_strdup (sentence);
  kip_save_bar_show (self->save_bar, TRUE, sentence);
}

static void
day_copied_cb (KipDayRow       *row,
               KipCalendarPage *self)
{
  for (guint day = 0; day < 7; day++)
    if (self->day_rows[day] == row)
      kip_calendar_spec_copy_day (self->spec, day);
  show_spec (self);
}

static void
add_days (KipCalendarPage *self)
{
  for (guint day = 0; day < 7; day++)
    {
      self->day_rows[day] = KIP_DAY_ROW (kip_day_row_new (kip_format_weekday ((int) day + 1)));
      g_signal_connect (self->day_rows[day], "changed", G_CALLBACK (day_changed_cb), self);
      g_signal_connect (self->day_rows[day], "refused", G_CALLBACK (day_refused_cb), self);
      g_signal_connect (self->day_rows[day], "copied", G_CALLBACK (day_copied_cb), self);
      gtk_list_box_append (self->days, GTK_WIDGET (self->day_rows[day]));
    }
}

/* ---- name and zone ---- */

static void
name_cb (KipCalendarPage *self)
{
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  g_autofree char *label = kip_settings_say_done (kip_settings_words (KIP_KIND_CALENDAR)->changed, name);

  if (!self->is_new && self->session != NULL)
    kip_session_do (self->session,
                    kip_command_setting (store_of (self), KIP_KIND_CALENDAR, self->id, KIP_FIELD_NAME,
                                         kip_value_text (name)),
                    label, NULL, NULL);
}

static void
zone_cb (KipCalendarPage *self)
{
  g_autofree char *zone = kip_text_row_dup_text (self->zone_row);
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (zone);

  if (known == NULL)
    {
      kip_text_row_refuse (self->zone_row, _("This time zone is not known here. Write one such as Asia/Ho_Chi_Minh."));
      return;
    }
  g_free (self->spec->zone);
  self->spec->zone = g_strdup (zone);
  show_spec (self);
}

/* ---- holidays and single days ---- */

static void
holiday_added_cb (KipHolidayPage  *page,
                  KipHoliday      *holiday,
                  KipCalendarPage *self)
{
  g_ptr_array_add (self->spec->holidays, kip_holiday_copy (holiday));
  show_spec (self);
  adw_expander_row_set_expanded (self->own_row, TRUE);
}

static void
add_holiday (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GtkWidget *page = kip_holiday_page_new ();

  g_signal_connect_object (page, "added", G_CALLBACK (holiday_added_cb), widget, 0);
  kip_settings_push (widget, page, _("New Holiday"));
}

static void
shift_added_cb (KipShiftPage    *page,
                KipDay           day,
                GArray          *hours,
                const char      *name,
                KipCalendarPage *self)
{
  kip_calendar_spec_put_shift (self->spec, day, hours, name);
  show_spec (self);
  adw_expander_row_set_expanded (self->shifts_row, TRUE);
}

static void
add_shift (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  GtkWidget *page = kip_shift_page_new ();

  g_signal_connect_object (page, "added", G_CALLBACK (shift_added_cb), widget, 0);
  kip_settings_push (widget, page, _("New Single Day"));
}

/* ---- saving ---- */

static void
save_cb (KipCalendarPage *self)
{
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  g_autofree char *label = NULL;
  const KipSettingsWords *words = kip_settings_words (KIP_KIND_CALENDAR);
  KipInstant effective;
  KipChange *change;

  if (*name == '\0')
    {
      kip_text_row_refuse (self->name_row, _("Give it a name first."));
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return;
    }
  if (!kip_version_group_get_effective (self->versions, &effective, NULL))
    return;
  change = kip_command_settings (store_of (self));
  if (self->is_new)
    {
      GPtrArray *all = kip_agreements_get_calendars (kip_store_get_agreements (store_of (self)));

      kip_change_set_text (change, KIP_KIND_CALENDAR, self->id, KIP_FIELD_NAME, name);
      kip_change_set_int (change, KIP_KIND_CALENDAR, self->id, KIP_FIELD_POSITION, all->len + 1);
    }
  kip_change_entry (change, KIP_KIND_CALENDAR, self->id, KIP_FIELD_CALENDAR_VERSION,
                    kip_calendar_version_to_value (effective, self->spec));
  if (self->draft.seq != 0)
    kip_change_retract (change, KIP_KIND_CALENDAR, self->id, KIP_FIELD_CALENDAR_DRAFT, &self->draft);
  label = kip_settings_say_done (self->is_new ? words->added : words->changed, name);
  kip_settings_review (GTK_WIDGET (self), self->session, change, label);
}

/* ---- object ---- */

static void
kip_calendar_page_dispose (GObject *object)
{
  KipCalendarPage *self = KIP_CALENDAR_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->lists);
  G_OBJECT_CLASS (kip_calendar_page_parent_class)->dispose (object);
}

static void
kip_calendar_page_finalize (GObject *object)
{
  KipCalendarPage *self = KIP_CALENDAR_PAGE (object);

  kip_calendar_spec_free (self->spec);
  kip_calendar_spec_free (self->saved);
  g_free (self->problem);
  G_OBJECT_CLASS (kip_calendar_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, zone_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, picture);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, days);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, week_group);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, public_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, own_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, shifts_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, year_row);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, versions);
  gtk_widget_class_bind_template_child (widget_class, KipCalendarPage, save_bar);
}

static void
kip_calendar_page_class_init (KipCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_calendar_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_calendar_page_finalize;
  g_type_ensure (KIP_TYPE_SAVE_BAR);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  g_type_ensure (KIP_TYPE_VERSION_GROUP);
  g_type_ensure (KIP_TYPE_WEEK_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-calendar-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "calendar.add-holiday", NULL, add_holiday);
  gtk_widget_class_install_action (widget_class, "calendar.add-shift", NULL, add_shift);
}

static void
kip_calendar_page_init (KipCalendarPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_days (self);
  self->lists = kip_calendar_lists_new (self->public_row, self->own_row, self->shifts_row, self->year_row);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (show_spec), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->name_row, "commit", G_CALLBACK (name_cb), self);
  g_signal_connect_swapped (self->zone_row, "commit", G_CALLBACK (zone_cb), self);
  g_signal_connect_swapped (self->versions, "changed", G_CALLBACK (update_bar), self);
  g_signal_connect_swapped (self->versions, "open-draft", G_CALLBACK (open_draft_cb), self);
  g_signal_connect_swapped (self->versions, "drop-draft", G_CALLBACK (drop_draft_cb), self);
  g_signal_connect_swapped (self->save_bar, "save", G_CALLBACK (save_cb), self);
}

GtkWidget *
kip_calendar_page_new (KipSession *session,
                       KipId       id)
{
  KipCalendarPage *self = g_object_new (KIP_TYPE_CALENDAR_PAGE, NULL);

  self->session = g_object_ref (session);
  self->is_new = id == KIP_ID_NONE;
  self->id = self->is_new ? kip_store_new_id (store_of (self)) : id;
  self->saved = kip_calendar_spec_new_vietnam ();
  self->spec = kip_calendar_spec_copy (self->saved);
  gtk_widget_set_visible (GTK_WIDGET (self->versions), !self->is_new);
  show_spec (self);
  refresh (self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
