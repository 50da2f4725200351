/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-shift-page.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-clock.h"
#include "kip-date-button.h"
#include "kip-hours-editor.h"
#include "kip-settings-window.h"

struct _KipShiftPage
{
  AdwBin parent_instance;

  KipHoursEditor *editor;
  KipTextRow     *date_row;
  KipTextRow     *name_row;
  GtkListBox     *hours_box;
  GtkLabel       *message;
  GtkWidget      *add_button;
};

G_DEFINE_FINAL_TYPE (KipShiftPage, kip_shift_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (KipShiftPage *self,
     const char   *text,
     gboolean      wrong)
{
  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
  gtk_widget_set_sensitive (self->add_button, !wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

static void
update (KipShiftPage *self)
{
  g_autofree char *typed = kip_text_row_dup_text (self->date_row);
  g_autofree char *day_text = NULL;
  g_autofree char *hours = kip_hours_describe (kip_hours_editor_get_hours (self->editor));
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KipDay day;

  if (!kip_day_from_typed (typed, kip_clock_now (), &day, &error))
    {
      say (self, *typed != '\0' ? error->message : "", TRUE);
      return;
    }
  day_text = kip_day_describe (day);
  text = g_strdup_printf ("%s: %s", day_text, hours);
  say (self, text, FALSE);
}

static void
refused_cb (KipShiftPage *self,
            const char   *sentence)
{
  say (self, sentence, TRUE);
}

static void
add_cb (KipShiftPage *self)
{
  g_autofree char *typed = kip_text_row_dup_text (self->date_row);
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  KipDay day;

  if (!kip_day_from_typed (typed, kip_clock_now (), &day, NULL))
    return;
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, day, kip_hours_editor_get_hours (self->editor), name);
  kip_settings_pop (GTK_WIDGET (self));
}

static void
kip_shift_page_class_init (KipShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_ADDED] = g_signal_new ("added", KIP_TYPE_SHIFT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_POINTER, G_TYPE_STRING);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-shift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipShiftPage, date_row);
  gtk_widget_class_bind_template_child (widget_class, KipShiftPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipShiftPage, hours_box);
  gtk_widget_class_bind_template_child (widget_class, KipShiftPage, message);
  gtk_widget_class_bind_template_child (widget_class, KipShiftPage, add_button);
}

static void
add_editor (KipShiftPage *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *editor = kip_hours_editor_new (_("That day"));
  g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (KipHours));

  kip_hours_add_next (hours);
  kip_hours_add_next (hours);
  self->editor = KIP_HOURS_EDITOR (editor);
  kip_hours_editor_show (self->editor, hours);
  gtk_widget_set_margin_start (editor, 12);
  gtk_widget_set_margin_end (editor, 12);
  gtk_widget_set_margin_top (editor, 6);
  gtk_widget_set_margin_bottom (editor, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), editor);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->hours_box, row);
}

static void
kip_shift_page_init (KipShiftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_editor (self);
  kip_text_row_add_calendar (self->date_row);
  g_signal_connect_swapped (self->date_row, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->editor, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  update (self);
}

GtkWidget *
kip_shift_page_new (void)
{
  return g_object_new (KIP_TYPE_SHIFT_PAGE, NULL);
}
