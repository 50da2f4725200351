/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer-private.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

static const KipMessage *
newer_answer (KipComposer *self)
{
  if (!kip_composer_answers (self->kind) || self->confirmed || kip_composer_is_empty (self))
    return NULL;
  return kip_case_newer_answer (kip_case_widget_get_case (KIP_CASE_WIDGET (self)), self->seen);
}

gboolean
kip_composer_is_held_back (KipComposer *self)
{
  return newer_answer (self) != NULL;
}

void
kip_composer_show_guard (KipComposer *self)
{
  const KipMessage *message = newer_answer (self);
  g_autofree char *name = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->guard_box, message != NULL);
  if (message == NULL)
    return;
  name = kip_format_person (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), message->author, "Kip");
  when = kip_format_when (message->at, kip_clock_now (), NULL);
  /* Translators: the name of a colleague, and when ("5 min ago") */
  text = g_strdup_printf (_("%s answered %s, while you were writing. Your text is kept."), name, when);
  gtk_label_set_label (self->guard_label, text);
  gtk_label_set_label (self->guard_text, message->text);
}

static void
send_anyway_cb (KipComposer *self)
{
  self->confirmed = TRUE;
  kip_composer_send (self, self->held_then);
}

/* The answer was read: the text goes on from here, until the next one comes. */
static void
edit_cb (KipComposer *self)
{
  self->seen = kip_case_count_answers (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
  kip_composer_save_draft (self);
  kip_composer_show_guard (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* As if it had been deleted by hand: Ctrl+Z in the text brings it back. */
static void
discard_cb (KipComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

void
kip_composer_bind_guard (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, send_anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
}
