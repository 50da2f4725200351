/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer-private.h"

#include "kip-draft.h"
#include "kip-format.h"
#include "kip-office-choices.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (KipComposer, kip_composer, KIP_TYPE_CASE_WIDGET)

/* ---- the text ---- */

char *
kip_composer_dup_text (KipComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

gboolean
kip_composer_is_empty (KipComposer *self)
{
  g_autofree char *text = g_strstrip (kip_composer_dup_text (self));

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

/* By kind of message. */
typedef struct
{
  const char *hint; /* while nothing is written */
  const char *send; /* on the button */
} KindWords;

static const KindWords *
words_for (KipMessageKind kind)
{
  static const KindWords words[] = {
    [KIP_MESSAGE_REPLY] = { N_("Answer the requester."), N_("_Send Reply") },
    [KIP_MESSAGE_CALL] = { N_("What was said on the phone?"), N_("_Log Call") },
    [KIP_MESSAGE_NOTE] = { N_("Only colleagues will see this."), N_("_Save Note") },
    [KIP_MESSAGE_INCOMING] = { N_("What did the requester write or say?"), N_("_Log Message") }
  };

  return &words[kind];
}

void
kip_composer_show_status (KipComposer *self)
{
  gboolean empty = kip_composer_is_empty (self);
  const KindWords *words = words_for (self->kind);
  const char *status = empty ? "" : _("Draft saved");

  show_tools (self);
  if (self->n_attaching > 0)
    status = _("Keeping the file…");
  gtk_label_set_label (self->status_label, status);
  gtk_spinner_set_spinning (self->spinner, self->n_attaching > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->n_attaching > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), empty);
  gtk_label_set_label (self->hint_label, _(words->hint));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words->hint), -1);
  adw_split_button_set_label (self->send_button, _(words->send));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-wait", !empty && kip_composer_answers (self->kind));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-and-resolve", !empty);
}

/* ---- drafts ---- */

void
kip_composer_save_draft (KipComposer *self)
{
  g_autofree char *text = kip_composer_dup_text (self);

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

void
kip_composer_load_draft (KipComposer *self)
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
  g_autofree char *text = kip_composer_dup_text (self);
  g_autofree char *other = kip_draft_load (store, self->ticket, kind, NULL);

  if (*other == '\0' && *text != '\0')
    {
      kip_draft_save (store, self->ticket, self->kind, "", 0);
      kip_draft_save (store, self->ticket, kind, text, self->seen);
    }
  self->kind = kind;
  kip_composer_load_draft (self);
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
  kip_composer_load_draft (self);
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
  kip_composer_bind_send (widget_class);
  kip_composer_bind_files (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, fill_canned_cb);
  gtk_widget_class_bind_template_callback (widget_class, canned_picked_cb);
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
