/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-time-popover.h"

#include "kip-clock.h"
#include "kip-format.h"

struct _KipTimePopover
{
  GtkPopover   parent_instance;
  GtkCalendar *calendar;
  GtkEntry    *date_entry;
  GtkEntry    *time_entry;
  GtkWidget   *clear_button;
  GtkWidget   *set_button;
  gboolean     filling; /* we are writing into the entries ourselves */
};

G_DEFINE_FINAL_TYPE (KipTimePopover, kip_time_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  SIGNAL_CLEARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What stands in the entries; KIP_INSTANT_NONE: no moment. */
static KipInstant
read_entries (KipTimePopover *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) when = NULL;
  int year, month, day, minutes;

  if (!kip_parse_date (gtk_editable_get_text (GTK_EDITABLE (self->date_entry)), kip_clock_now (), zone, &year, &month,
                       &day))
    return KIP_INSTANT_NONE;
  if (!kip_parse_time_of_day (gtk_editable_get_text (GTK_EDITABLE (self->time_entry)), &minutes))
    return KIP_INSTANT_NONE;
  when = g_date_time_new (zone, year, month, day, minutes / 60, minutes % 60, 0);
  return when != NULL ? kip_instant_from_date_time (when) : KIP_INSTANT_NONE;
}

static void
entry_changed_cb (KipTimePopover *self)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) when = NULL;
  KipInstant at = read_entries (self);

  gtk_widget_set_sensitive (self->set_button, at != KIP_INSTANT_NONE);
  if (self->filling || at == KIP_INSTANT_NONE)
    return;
  zone = g_time_zone_new_local ();
  when = kip_instant_to_local (at, zone);
  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, when);
  self->filling = FALSE;
}

static void
write_date (KipTimePopover *self,
            GDateTime      *when)
{
  g_autofree char *text = g_date_time_format (when, "%-d/%-m/%Y");

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->date_entry), text);
  self->filling = FALSE;
}

static void
day_selected_cb (KipTimePopover *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  if (!self->filling)
    write_date (self, day);
}

static void
set_cb (KipTimePopover *self)
{
  KipInstant at = read_entries (self);

  if (at == KIP_INSTANT_NONE)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, at);
}

static void
clear_cb (KipTimePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CLEARED], 0);
}

static void
kip_time_popover_class_init (KipTimePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-time-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTimePopover, calendar);
  gtk_widget_class_bind_template_child (widget_class, KipTimePopover, date_entry);
  gtk_widget_class_bind_template_child (widget_class, KipTimePopover, time_entry);
  gtk_widget_class_bind_template_child (widget_class, KipTimePopover, clear_button);
  gtk_widget_class_bind_template_child (widget_class, KipTimePopover, set_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);

  signals[SIGNAL_PICKED] = g_signal_new ("picked", KIP_TYPE_TIME_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CLEARED] = g_signal_new ("cleared", KIP_TYPE_TIME_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
kip_time_popover_init (KipTimePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_time_popover_set_instant (self, KIP_INSTANT_NONE);
}

void
kip_time_popover_set_instant (KipTimePopover *self,
                              KipInstant      at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (KIP_IS_TIME_POPOVER (self));

  if (at == KIP_INSTANT_NONE)
    at = (kip_clock_now () / KIP_MS_PER_HOUR + 1) * KIP_MS_PER_HOUR;
  when = kip_instant_to_local (at, zone);
  time = kip_format_time (at, zone);
  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, when);
  gtk_editable_set_text (GTK_EDITABLE (self->time_entry), time);
  write_date (self, when);
  self->filling = FALSE;
}

void
kip_time_popover_set_clearable (KipTimePopover *self,
                                gboolean        clearable)
{
  g_return_if_fail (KIP_IS_TIME_POPOVER (self));

  gtk_widget_set_visible (self->clear_button, clearable);
}
