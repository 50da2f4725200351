/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-lists.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-clock.h"
#include "kip-switch-row.h"

#define YEAR_DAYS 365

struct _KipCalendarLists
{
  GObject parent_instance;

  KipCalendarSpec *spec;        /* (nullable) borrowed */
  AdwExpanderRow  *public_row;  /* borrowed, as all of these */
  AdwExpanderRow  *own_row;
  AdwExpanderRow  *shifts_row;
  AdwExpanderRow  *year_row;
  GPtrArray       *public_rows; /* (owned) of KipSwitchRow */
  GPtrArray       *own_rows;    /* (owned) of GtkWidget */
  GPtrArray       *shift_rows;  /* (owned) of GtkWidget */
  GPtrArray       *year_rows;   /* (owned) of GtkWidget */
};

G_DEFINE_FINAL_TYPE (KipCalendarLists, kip_calendar_lists, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- rows ---- */

static GtkWidget *
add_row (AdwExpanderRow *to,
         GPtrArray      *rows,
         const char     *title,
         const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (to, row);
  g_ptr_array_add (rows, row);
  return row;
}

static void
clear_rows (AdwExpanderRow *of,
            GPtrArray      *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (of, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
add_remove_button (GtkWidget        *row,
                   const char       *what,
                   GCallback         callback,
                   KipCalendarLists *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove “%s”"), what);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "kip-row", row);
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_empty (AdwExpanderRow *row,
            guint           n,
            const char     *subtitle)
{
  gboolean was_expanded = adw_expander_row_get_expanded (row);

  adw_expander_row_set_subtitle (row, subtitle);
  adw_expander_row_set_enable_expansion (row, n > 0); /* which expands it */
  adw_expander_row_set_expanded (row, was_expanded && n > 0);
}

/* ---- public holidays ---- */

static void
public_cb (KipSwitchRow     *row,
           KipCalendarLists *self)
{
  const KipPublicHoliday *holiday = g_object_get_data (G_OBJECT (row), "kip-holiday");

  kip_calendar_spec_set_public (self->spec, holiday, kip_switch_row_get_value (row));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_public_rows (KipCalendarLists *self)
{
  guint n;
  const KipPublicHoliday *holidays = kip_public_holidays (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *when = kip_holiday_describe (&holidays[i].rule);
      GtkWidget *row = kip_switch_row_new (kip_public_holiday_get_name (&holidays[i]), when);

      g_object_set_data (G_OBJECT (row), "kip-holiday", (gpointer) &holidays[i]);
      g_signal_connect_object (row, "commit", G_CALLBACK (public_cb), self, 0);
      adw_expander_row_add_row (self->public_row, row);
      g_ptr_array_add (self->public_rows, row);
    }
}

static void
show_public (KipCalendarLists *self)
{
  g_autofree char *subtitle = NULL;
  guint kept = 0;

  for (guint i = 0; i < self->public_rows->len; i++)
    {
      KipSwitchRow *row = g_ptr_array_index (self->public_rows, i);
      gboolean on = kip_calendar_spec_has_public (self->spec, g_object_get_data (G_OBJECT (row), "kip-holiday"));

      kip_switch_row_set_value (row, on);
      kept += on;
    }
  subtitle = g_strdup_printf (_("%1$u of %2$u are days off"), kept, self->public_rows->len);
  adw_expander_row_set_subtitle (self->public_row, subtitle);
}

/* ---- the office's own ---- */

/* The @index-th holiday that is none of the public ones, as a place among all. */
static guint
own_place (KipCalendarLists *self,
           guint             index)
{
  guint i = 0;

  for (; i < self->spec->holidays->len; i++)
    if (!kip_holiday_is_public (g_ptr_array_index (self->spec->holidays, i)) && index-- == 0)
      break;
  return i;
}

static void
own_removed_cb (GtkButton        *button,
                KipCalendarLists *self)
{
  guint index, place;

  if (!g_ptr_array_find (self->own_rows, g_object_get_data (G_OBJECT (button), "kip-row"), &index))
    return;
  place = own_place (self, index);
  if (place < self->spec->holidays->len)
    g_ptr_array_remove_index (self->spec->holidays, place);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_own (KipCalendarLists *self)
{
  g_autofree char *subtitle = NULL;

  clear_rows (self->own_row, self->own_rows);
  for (guint i = 0; i < self->spec->holidays->len; i++)
    {
      const KipHoliday *holiday = g_ptr_array_index (self->spec->holidays, i);
      g_autofree char *when = kip_holiday_describe (holiday);
      const char *name = holiday->name != NULL ? holiday->name : _("Holiday");

      if (!kip_holiday_is_public (holiday))
        add_remove_button (add_row (self->own_row, self->own_rows, name, when), name,
                           G_CALLBACK (own_removed_cb), self);
    }
  subtitle = self->own_rows->len == 0 ? g_strdup (_("none"))
                                      : g_strdup_printf (ngettext ("%u holiday", "%u holidays", self->own_rows->len),
                                                         self->own_rows->len);
  show_empty (self->own_row, self->own_rows->len, subtitle);
}

/* ---- single days ---- */

static void
shift_removed_cb (GtkButton        *button,
                  KipCalendarLists *self)
{
  guint index;

  if (!g_ptr_array_find (self->shift_rows, g_object_get_data (G_OBJECT (button), "kip-row"), &index))
    return;
  g_ptr_array_remove_index (self->spec->shifts, index);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_shifts (KipCalendarLists *self)
{
  g_autofree char *subtitle = NULL;
  guint n = self->spec->shifts->len;

  clear_rows (self->shifts_row, self->shift_rows);
  for (guint i = 0; i < n; i++)
    {
      const KipDatedHours *shift = g_ptr_array_index (self->spec->shifts, i);
      g_autofree char *day = kip_day_describe (shift->day);
      g_autofree char *hours = kip_hours_describe (shift->hours);
      g_autofree char *about = shift->name != NULL ? g_strdup_printf ("%s · %s", hours, shift->name)
                                                   : g_strdup (hours);

      add_remove_button (add_row (self->shifts_row, self->shift_rows, day, about), day,
                         G_CALLBACK (shift_removed_cb), self);
    }
  subtitle = n == 0 ? g_strdup (_("none")) : g_strdup_printf (ngettext ("%u day", "%u days", n), n);
  show_empty (self->shifts_row, n, subtitle);
}

/* ---- the year to come ---- */

static char *
when_text (const KipSpecialDay *day)
{
  g_autofree char *first = kip_day_describe (day->first);
  g_autofree char *last = kip_day_describe (day->last);

  return day->first == day->last ? g_strdup (first) : g_strdup_printf (_("%1$s to %2$s"), first, last);
}

static char *
what_text (const KipSpecialDay *day)
{
  g_autofree char *hours = day->hours != NULL ? kip_hours_describe (day->hours) : NULL;
  g_autoptr (GString) text = g_string_new (*day->name != '\0' ? day->name : NULL);

  if (hours != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", hours);
  if (day->no_effect)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("changes nothing on that day"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static KipDay
today (void)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (kip_clock_now (), here);

  return kip_day_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
}

static void
show_year (KipCalendarLists *self)
{
  g_autoptr (GArray) days = kip_calendar_spec_special_days (self->spec, today (), YEAR_DAYS);
  guint working = kip_calendar_spec_working_days (self->spec, today (), YEAR_DAYS);
  g_autofree char *title = g_strdup_printf (ngettext ("%u working day", "%u working days", working), working);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u holiday or other day", "%u holidays and other days",
                                                         days->len), days->len);

  clear_rows (self->year_row, self->year_rows);
  for (guint i = 0; i < days->len; i++)
    {
      const KipSpecialDay *day = &g_array_index (days, KipSpecialDay, i);
      g_autofree char *when = when_text (day);
      g_autofree char *what = what_text (day);
      GtkWidget *row = add_row (self->year_row, self->year_rows, when, what);

      if (day->no_effect)
        gtk_widget_add_css_class (row, "dim-label");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->year_row), title);
  show_empty (self->year_row, days->len, subtitle);
}

/* ---- object ---- */

static void
kip_calendar_lists_finalize (GObject *object)
{
  KipCalendarLists *self = KIP_CALENDAR_LISTS (object);

  g_ptr_array_unref (self->public_rows);
  g_ptr_array_unref (self->own_rows);
  g_ptr_array_unref (self->shift_rows);
  g_ptr_array_unref (self->year_rows);
  G_OBJECT_CLASS (kip_calendar_lists_parent_class)->finalize (object);
}

static void
kip_calendar_lists_class_init (KipCalendarListsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_calendar_lists_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_CALENDAR_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
kip_calendar_lists_init (KipCalendarLists *self)
{
  self->public_rows = g_ptr_array_new ();
  self->own_rows = g_ptr_array_new ();
  self->shift_rows = g_ptr_array_new ();
  self->year_rows = g_ptr_array_new ();
}

KipCalendarLists *
kip_calendar_lists_new (AdwExpanderRow *public_row,
                        AdwExpanderRow *own_row,
                        AdwExpanderRow *shifts_row,
                        AdwExpanderRow *year_row)
{
  KipCalendarLists *self = g_object_new (KIP_TYPE_CALENDAR_LISTS, NULL);

  self->public_row = public_row;
  self->own_row = own_row;
  self->shifts_row = shifts_row;
  self->year_row = year_row;
  add_public_rows (self);
  return self;
}

void
kip_calendar_lists_show (KipCalendarLists *self,
                         KipCalendarSpec  *spec)
{
  self->spec = spec;
  show_public (self);
  show_own (self);
  show_shifts (self);
  show_year (self);
}
