/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer-private.h"

#include "kip-draft.h"
#include "kip-resolve-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is said once it is kept, by kind. */
static const char *const done_words[] = {
  [KIP_MESSAGE_REPLY] = N_("Reply saved"),
  [KIP_MESSAGE_CALL] = N_("Call logged"),
  [KIP_MESSAGE_NOTE] = N_("Note saved"),
  [KIP_MESSAGE_INCOMING] = N_("Message logged")
};

typedef struct
{
  KipComposer   *self;   /* (owned) */
  KipStore      *store;  /* (owned) */
  KipId          ticket;
  KipMessageKind kind;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->self);
  g_object_unref (sending->store);
  g_free (sending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* Only what is durable is taken out of the text. */
static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Sending) sending = data;
  KipComposer *self = sending->self;
  gboolean sent = kip_session_do_finish (KIP_SESSION (source), result, NULL, NULL);

  if (sent)
    kip_draft_save (sending->store, sending->ticket, sending->kind, "", 0);
  if (self->write_box == NULL)
    return;
  gtk_widget_set_sensitive (self->write_box, TRUE);
  if (sent && self->ticket == sending->ticket && self->kind == sending->kind)
    {
      kip_composer_load_draft (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
    }
}

static void
send_change (KipComposer *self,
             KipChange   *change)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (self);
  sending->store = g_object_ref (kip_case_get_store (kase));
  sending->ticket = self->ticket;
  sending->kind = self->kind;
  gtk_widget_set_sensitive (self->write_box, FALSE);
  kip_session_do (kip_case_get_session (kase), change, _(done_words[self->kind]), sent_cb, sending);
}

static KipChange *
message_change (KipComposer     *self,
                const KipStatus *then)
{
  g_autofree char *text = g_strstrip (kip_composer_dup_text (self));

  return kip_command_message (kip_case_widget_get_store (KIP_CASE_WIDGET (self)),
                              kip_case_widget_get_ticket (KIP_CASE_WIDGET (self)), self->kind, text, then);
}

static const KipStatus *
status_for (KipComposer *self,
            KipSendThen  then)
{
  KipOffice *office = kip_case_widget_get_office (KIP_CASE_WIDGET (self));

  if (then == KIP_SEND_AND_WAIT)
    return kip_office_status_for (office, KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER);
  if (then == KIP_SEND_AND_RESOLVE)
    return kip_office_status_for (office, KIP_PHASE_RESOLVED, KIP_PAUSE_NONE);
  return NULL;
}

/* The message and the resolution are one change-set: one undo takes both back. */
static void
resolved_cb (KipId       ticket,
             const char *cause,
             const char *done,
             gpointer    data)
{
  KipComposer *self = data;
  KipChange *change;

  if (kip_case_widget_get_ticket (KIP_CASE_WIDGET (self)) == NULL || ticket != self->ticket || kip_composer_is_empty (self))
    return;
  change = message_change (self, status_for (self, KIP_SEND_AND_RESOLVE));
  kip_resolve_add (change, ticket, cause, done);
  send_change (self, change);
}

void
kip_composer_send (KipComposer *self,
                   KipSendThen  then)
{
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  g_autofree char *text = NULL;

  g_return_if_fail (KIP_IS_COMPOSER (self));

  if (ticket == NULL || ticket->id != self->ticket || kip_composer_is_empty (self) || !gtk_widget_get_sensitive (self->write_box))
    return;
  self->held_then = then;
  kip_composer_show_guard (self);
  if (kip_composer_is_held_back (self))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (then == KIP_SEND_AND_RESOLVE)
    {
      text = g_strstrip (kip_composer_dup_text (self));
      kip_resolve_dialog_present (GTK_WIDGET (self), kip_case_widget_get_case (KIP_CASE_WIDGET (self)), text,
                                  resolved_cb, self);
      return;
    }
  send_change (self, message_change (self, status_for (self, then)));
}

static void
send_cb (KipComposer *self)
{
  kip_composer_send (self, KIP_SEND_ONLY);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipSendThen then = KIP_SEND_ONLY;

  if (strcmp (name, "composer.send-and-wait") == 0)
    then = KIP_SEND_AND_WAIT;
  else if (strcmp (name, "composer.send-and-resolve") == 0)
    then = KIP_SEND_AND_RESOLVE;
  kip_composer_send (KIP_COMPOSER (widget), then);
}

void
kip_composer_bind_send (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-and-wait", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-and-resolve", NULL, send_action);
}
