/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer-private.h"

#include "kip-clock.h"
#include "kip-draft.h"
#include "kip-format.h"
#include "kip-office-choices.h"
#include "kip-resolve-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (KipComposer, kip_composer, KIP_TYPE_CASE_WIDGET)

/* ---- the text ---- */

static char *
dup_text (KipComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

gboolean
kip_composer_is_empty (KipComposer *self)
{
  g_autofree char *text = g_strstrip (dup_text (self));

  return *text == '\0';
}

/* Not to be undone: it is another text, not an edit of this one. */
static void
set_text (KipComposer *self,
          const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->filling = FALSE;
}

/* ---- as little of it as needed ---- */

static void
show_tools (KipComposer *self)
{
  gboolean focused = (gtk_widget_get_state_flags (self->write_box) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  gboolean shown = !self->compact || focused || !kip_composer_is_empty (self);

  gtk_widget_set_visible (self->kinds_box, shown);
  gtk_widget_set_visible (self->tools_box, shown);
}

static void
focus_changed_cb (GtkEventControllerFocus *controller)
{
  GtkWidget *box = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  show_tools (KIP_COMPOSER (gtk_widget_get_parent (box)));
}

void
kip_composer_set_compact (KipComposer *self,
                          gboolean     compact)
{
  g_return_if_fail (KIP_IS_COMPOSER (self));

  self->compact = compact;
  show_tools (self);
}

/* ---- what is said about it ---- */

gboolean
kip_composer_answers (KipMessageKind kind)
{
  return kind == KIP_MESSAGE_REPLY || kind == KIP_MESSAGE_CALL;
}

static const char *
hint_for (KipMessageKind kind)
{
  switch (kind)
    {
    case KIP_MESSAGE_CALL:
      return _("What was said on the phone?");
    case KIP_MESSAGE_NOTE:
      return _("Only colleagues will see this.");
    case KIP_MESSAGE_INCOMING:
      return _("What did the requester write or say?");
    case KIP_MESSAGE_REPLY:
    case KIP_MESSAGE_AUTOMATIC:
    default:
      return _("Answer the requester.");
    }
}

static const char *
send_label_for (KipMessageKind kind)
{
  switch (kind)
    {
    case KIP_MESSAGE_CALL:
      return _("_Log Call");
    case KIP_MESSAGE_NOTE:
      return _("_Save Note");
    case KIP_MESSAGE_INCOMING:
      return _("_Log Message");
    case KIP_MESSAGE_REPLY:
    case KIP_MESSAGE_AUTOMATIC:
    default:
      return _("_Send Reply");
    }
}

static const char *
done_label_for (KipMessageKind kind)
{
  switch (kind)
    {
    case KIP_MESSAGE_CALL:
      return _("Call logged");
    case KIP_MESSAGE_NOTE:
      return _("Note saved");
    case KIP_MESSAGE_INCOMING:
      return _("Message logged");
    case KIP_MESSAGE_REPLY:
    case KIP_MESSAGE_AUTOMATIC:
    default:
      return _("Reply saved");
    }
}

void
kip_composer_show_status (KipComposer *self)
{
  gboolean empty = kip_composer_is_empty (self);
  const char *status = empty ? "" : _("Draft saved");

  show_tools (self);
  if (self->n_attaching > 0)
    status = _("Keeping the file…");
  gtk_label_set_label (self->status_label, status);
  gtk_spinner_set_spinning (self->spinner, self->n_attaching > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->n_attaching > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), empty);
  gtk_label_set_label (self->hint_label, hint_for (self->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, hint_for (self->kind),
                                  -1);
  adw_split_button_set_label (self->send_button, send_label_for (self->kind));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-wait", !empty && kip_composer_answers (self->kind));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-resolve", !empty);
}

/* ---- drafts ---- */

void
kip_composer_save_draft (KipComposer *self)
{
  g_autofree char *text = dup_text (self);

  if (self->ticket != KIP_ID_NONE)
    kip_draft_save (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), self->ticket, self->kind, text, self->seen);
}

static void
begin_draft (KipComposer *self)
{
  self->seen = kip_case_count_answers (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
  self->confirmed = FALSE;
}

static void
changed_cb (KipComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  if (!self->filling && self->ticket != KIP_ID_NONE)
    {
      if (gtk_widget_get_visible (GTK_WIDGET (self->hint_label)) || gtk_text_buffer_get_char_count (buffer) == 0)
        begin_draft (self);
      kip_composer_save_draft (self);
      kip_composer_show_guard (self);
      g_signal_emit_by_name (self, "written");
    }
  kip_composer_show_status (self);
}

static void
load_draft (KipComposer *self)
{
  g_autofree char *text = NULL;

  begin_draft (self);
  text = kip_draft_load (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), self->ticket, self->kind, &self->seen);
  set_text (self, text);
  kip_composer_show_guard (self);
  kip_composer_show_status (self);
}

/* ---- kinds ---- */

static GtkWidget *
toggle_for (KipComposer   *self,
            KipMessageKind kind)
{
  switch (kind)
    {
    case KIP_MESSAGE_CALL:
      return self->call_toggle;
    case KIP_MESSAGE_NOTE:
      return self->note_toggle;
    case KIP_MESSAGE_INCOMING:
      return self->incoming_toggle;
    case KIP_MESSAGE_REPLY:
    case KIP_MESSAGE_AUTOMATIC:
    default:
      return self->reply_toggle;
    }
}

static KipMessageKind
kind_of (KipComposer *self,
         GtkWidget   *toggle)
{
  if (toggle == self->call_toggle)
    return KIP_MESSAGE_CALL;
  if (toggle == self->note_toggle)
    return KIP_MESSAGE_NOTE;
  return toggle == self->incoming_toggle ? KIP_MESSAGE_INCOMING : KIP_MESSAGE_REPLY;
}

/* What was typed comes along, unless the other kind has a draft of its own: then
 * that one is shown and this one waits where it is. */
static void
change_kind (KipComposer   *self,
             KipMessageKind kind)
{
  KipStore *store = kip_case_widget_get_store (KIP_CASE_WIDGET (self));
  g_autofree char *text = dup_text (self);
  g_autofree char *other = kip_draft_load (store, self->ticket, kind, NULL);

  if (*other == '\0' && *text != '\0')
    {
      kip_draft_save (store, self->ticket, self->kind, "", 0);
      kip_draft_save (store, self->ticket, kind, text, self->seen);
    }
  self->kind = kind;
  load_draft (self);
}

static void
kind_toggled_cb (KipComposer *self,
                 GtkWidget   *toggle)
{
  KipMessageKind kind = kind_of (self, toggle);

  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)) || kind == self->kind)
    return;
  if (self->ticket != KIP_ID_NONE)
    change_kind (self, kind);
  else
    self->kind = kind;
}

/* ---- sending ---- */

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
      load_draft (self);
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
  kip_session_do (kip_case_get_session (kase), change, done_label_for (self->kind), sent_cb, sending);
}

static KipChange *
message_change (KipComposer     *self,
                const KipStatus *then)
{
  g_autofree char *text = g_strstrip (dup_text (self));

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
      text = g_strstrip (dup_text (self));
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

/* ---- canned replies ---- */

static void
fill_canned_cb (KipComposer *self,
                GListStore  *choices)
{
  kip_office_choices_canned (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), choices);
}

static char *
format_due (KipComposer *self)
{
  KipClockKind kind;
  KipInstant due = KIP_INSTANT_NONE;

  kip_clocks_next (kip_case_get_clocks (kip_case_widget_get_case (KIP_CASE_WIDGET (self))), &kind, &due);
  return kip_format_instant (due, NULL);
}

static void
canned_picked_cb (KipComposer   *self,
                  KipChoiceItem *item)
{
  const KipCanned *canned = kip_office_canned (kip_case_widget_get_office (KIP_CASE_WIDGET (self)),
                                               kip_choice_item_get_id (item));
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  g_autofree char *due = NULL;
  g_autofree char *filled = NULL;

  if (canned == NULL || canned->text == NULL || ticket == NULL)
    return;
  due = format_due (self);
  filled = kip_canned_fill (canned->text, kip_case_widget_get_store (KIP_CASE_WIDGET (self)), ticket, due);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->text), filled, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* ---- showing ---- */

static void
show_other (KipComposer *self,
            KipTicket   *ticket)
{
  KipMessageKind kind = kip_draft_find (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), ticket->id);

  self->ticket = KIP_ID_NONE;
  self->kind = kind != 0 ? kind : KIP_MESSAGE_REPLY;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle_for (self, self->kind)), TRUE);
  self->ticket = ticket->id;
  load_draft (self);
}

static void
kip_composer_update (KipCaseWidget *widget,
                     KipTicket     *ticket)
{
  KipComposer *self = KIP_COMPOSER (widget);

  if (ticket == NULL)
    {
      self->ticket = KIP_ID_NONE;
      set_text (self, "");
      gtk_widget_set_visible (self->guard_box, FALSE);
      kip_composer_show_status (self);
    }
  else if (ticket->id != self->ticket)
    show_other (self, ticket);
  else
    kip_composer_show_guard (self);
}

void
kip_composer_focus (KipComposer   *self,
                    KipMessageKind kind)
{
  g_return_if_fail (KIP_IS_COMPOSER (self));

  if (kind != 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle_for (self, kind)), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* ---- object ---- */

static gboolean
kip_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KIP_COMPOSER (widget)->text));
}

static void
kip_composer_dispose (GObject *object)
{
  KIP_COMPOSER (object)->write_box = NULL;
  G_OBJECT_CLASS (kip_composer_parent_class)->dispose (object);
}

static gboolean
paste_stop (KipComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return TRUE;
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
         !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipComposer) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    kip_composer_attach_value (self, value);
}

/* A screenshot or a copied file becomes an attachment; text is pasted as text. */
static void
paste_cb (KipComposer *self,
          GtkTextView *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  gboolean files = gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST);

  if (!paste_stop (self))
    return;
  g_signal_stop_emission_by_name (text, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE, G_PRIORITY_DEFAULT, NULL,
                                  pasted_cb, g_object_ref (self));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, KipComposer, reply_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, call_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, note_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, incoming_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, guard_box);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, guard_label);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, guard_text);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, text);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, hint_label);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, status_label);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, spinner);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, write_box);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, kinds_box);
  gtk_widget_class_bind_template_child (widget_class, KipComposer, tools_box);
  gtk_widget_class_bind_template_callback (widget_class, focus_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  kip_composer_bind_guard (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_canned_cb);
  gtk_widget_class_bind_template_callback (widget_class, canned_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, kip_composer_choose_files);
}

static void
kip_composer_class_init (KipComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_composer_dispose;
  widget_class->grab_focus = kip_composer_grab_focus;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_composer_update;

  g_type_ensure (KIP_TYPE_PICKER);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-and-wait", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-and-resolve", NULL, send_action);
  g_signal_new ("written", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_composer_init (KipComposer *self)
{
  self->kind = KIP_MESSAGE_REPLY;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  kip_composer_accept_drops (self, GTK_WIDGET (self));
  kip_composer_show_status (self);
}
