/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-day-row.h"

#include <glib/gi18n-lib.h>

#include "kip-hours-editor.h"

struct _KipDayRow
{
  GtkListBoxRow parent_instance;

  KipHoursEditor *editor;
  GtkWidget      *copy;
};

G_DEFINE_FINAL_TYPE (KipDayRow, kip_day_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFUSED,
  SIGNAL_COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (KipDayRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
refused_cb (KipDayRow  *self,
            const char *sentence)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, sentence);
}

static void
copy_cb (KipDayRow *self)
{
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
kip_day_row_class_init (KipDayRowClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_DAY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", KIP_TYPE_DAY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_COPIED] = g_signal_new ("copied", KIP_TYPE_DAY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
kip_day_row_init (KipDayRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
make_copy_button (KipDayRow  *self,
                  const char *day)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *label = g_strdup_printf (_("Give every working day the hours of %s"), day);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (copy_cb), self);
  return button;
}

GtkWidget *
kip_day_row_new (const char *day)
{
  KipDayRow *self = g_object_new (KIP_TYPE_DAY_ROW, NULL);
  GtkWidget *editor = kip_hours_editor_new (day);

  self->editor = KIP_HOURS_EDITOR (editor);
  self->copy = make_copy_button (self, day);
  kip_hours_editor_add_button (self->editor, self->copy);
  gtk_widget_set_margin_start (editor, 12);
  gtk_widget_set_margin_end (editor, 6);
  gtk_widget_set_margin_top (editor, 6);
  gtk_widget_set_margin_bottom (editor, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), editor);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->editor, "refused", G_CALLBACK (refused_cb), self);
  return GTK_WIDGET (self);
}

void
kip_day_row_show (KipDayRow    *self,
                  const GArray *hours)
{
  kip_hours_editor_show (self->editor, hours);
  gtk_widget_set_sensitive (self->copy, hours->len > 0);
}

const GArray *
kip_day_row_get_hours (KipDayRow *self)
{
  return kip_hours_editor_get_hours (self->editor);
}
