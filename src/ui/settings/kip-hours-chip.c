/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-hours-chip.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"

struct _KipHoursChip
{
  GtkWidget parent_instance;

  int        shown_from, shown_to; /* minutes */
  GtkEntry  *from;
  GtkEntry  *to;
  GtkButton *remove;
};

G_DEFINE_FINAL_TYPE (KipHoursChip, kip_hours_chip, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TYPED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_time (GtkEntry *entry,
           int       minutes)
{
  g_autofree char *text = kip_hours_format_time (minutes);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), NULL);
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
}

static gboolean
differs (GtkEntry *entry,
         int       shown)
{
  g_autofree char *text = kip_hours_format_time (shown);

  return g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (entry))) != 0;
}

static void
activate_cb (KipHoursChip *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

static void
leave_cb (KipHoursChip *self)
{
  if (differs (self->from, self->shown_from) || differs (self->to, self->shown_to))
    g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

static void
remove_cb (KipHoursChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
kip_hours_chip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_hours_chip_parent_class)->dispose (object);
}

static void
kip_hours_chip_class_init (KipHoursChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_hours_chip_dispose;
  signals[SIGNAL_TYPED] = g_signal_new ("typed", KIP_TYPE_HOURS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", KIP_TYPE_HOURS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-hours-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KipHoursChip, from);
  gtk_widget_class_bind_template_child (widget_class, KipHoursChip, to);
  gtk_widget_class_bind_template_child (widget_class, KipHoursChip, remove);
}

/* Both times are read when the focus leaves the two of them: halfway they may make no sense. */
static void
kip_hours_chip_init (KipHoursChip *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->from, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->to, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static void
name_part (GtkWidget  *widget,
           const char *format,
           const char *day)
{
  g_autoptr (GString) label = g_string_new (format);

  g_string_replace (label, "%s", day, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

/* ---- public ---- */

GtkWidget *
kip_hours_chip_new (const char *day)
{
  KipHoursChip *self = g_object_new (KIP_TYPE_HOURS_CHIP, NULL);

  /* Translators: what a screen reader says; %s is a weekday. */
  name_part (GTK_WIDGET (self->from), _("%s, from"), day);
  name_part (GTK_WIDGET (self->to), _("%s, until"), day);
  name_part (GTK_WIDGET (self->remove), _("%s, remove these hours"), day);
  return GTK_WIDGET (self);
}

void
kip_hours_chip_show (KipHoursChip *self,
                     int           from,
                     int           to)
{
  self->shown_from = from;
  self->shown_to = to;
  show_time (self->from, from);
  show_time (self->to, to);
}

void
kip_hours_chip_parse (KipHoursChip *self,
                      int          *from,
                      int          *to)
{
  kip_hours_parse_time (gtk_editable_get_text (GTK_EDITABLE (self->from)), from);
  kip_hours_parse_time (gtk_editable_get_text (GTK_EDITABLE (self->to)), to);
}

void
kip_hours_chip_refuse (KipHoursChip *self,
                       const char   *sentence)
{
  GtkEntry *entries[] = { self->from, self->to };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      gtk_widget_add_css_class (GTK_WIDGET (entries[i]), "error");
      gtk_widget_set_tooltip_text (GTK_WIDGET (entries[i]), sentence);
      gtk_accessible_update_state (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
}
