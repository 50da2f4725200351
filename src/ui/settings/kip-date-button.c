/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-date-button.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-format.h"

char *
kip_day_to_typed (KipDay day)
{
  int year, month, of_month;

  kip_day_to_ymd (day, &year, &month, &of_month);
  return g_strdup_printf ("%d/%d/%d", of_month, month, year);
}

static void
selected_cb (GtkCalendar *calendar,
             GtkWidget   *row)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER);
  g_autofree char *text = kip_day_to_typed (kip_day_from_ymd (g_date_time_get_year (date),
                                                              g_date_time_get_month (date),
                                                              g_date_time_get_day_of_month (date)));

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_popover_popdown (GTK_POPOVER (popover));
  g_signal_emit_by_name (row, "entry-activated");
}

/* The calendar opens on the day that is typed, else on today. */
static void
show_cb (GtkWidget   *popover,
         GtkCalendar *calendar)
{
  GtkWidget *row = gtk_widget_get_ancestor (popover, KIP_TYPE_TEXT_ROW);
  g_autofree char *text = kip_text_row_dup_text (KIP_TEXT_ROW (row));
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  if (kip_parse_date (text, kip_clock_now (), NULL, &year, &month, &day))
    date = g_date_time_new_local (year, month, day, 12, 0, 0);
  else
    {
      g_autoptr (GTimeZone) here = g_time_zone_new_local ();

      date = kip_instant_to_local (kip_clock_now (), here);
    }
  g_signal_handlers_block_by_func (calendar, selected_cb, row);
  gtk_calendar_select_day (calendar, date);
  g_signal_handlers_unblock_by_func (calendar, selected_cb, row);
}

void
kip_text_row_add_calendar (KipTextRow *row)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a day"), -1);
  g_signal_connect (calendar, "day-selected", G_CALLBACK (selected_cb), row);
  g_signal_connect (popover, "show", G_CALLBACK (show_cb), calendar);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}
