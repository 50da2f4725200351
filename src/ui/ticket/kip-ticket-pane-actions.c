/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-pane-private.h"

#include "kip-conflicts.h"
#include "kip-resolve-dialog.h"
#include "kip-survey-dialog.h"
#include "kip-ticket-chooser.h"
#include "kip-ticket-window.h"
#include "kip-work-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Every action is about the ticket that is open: without one none is enabled. */
static KipTicket *
ticket_of (KipTicketPane *self)
{
  return self->kase != NULL ? kip_case_get_ticket (self->kase) : NULL;
}

static KipStore *
store_of (KipTicketPane *self)
{
  return kip_case_get_store (self->kase);
}

/* ---- writing ---- */

static void
compose (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  static const struct
  {
    const char    *name;
    KipMessageKind kind;
  } kinds[] = {
    { "ticket.reply", KIP_MESSAGE_REPLY }, { "ticket.call", KIP_MESSAGE_CALL },
    { "ticket.note", KIP_MESSAGE_NOTE }, { "ticket.incoming", KIP_MESSAGE_INCOMING },
  };
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  gtk_toggle_button_set_active (self->talk_toggle, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      kip_composer_focus (self->composer, kinds[i].kind);
}

static void
attach (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  kip_composer_choose_files (KIP_TICKET_PANE (widget)->composer);
}

/* ---- the header's fields ---- */

static void
edit_field (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  static const struct
  {
    const char *name;
    void (*open) (KipTicketHeader *header);
  } fields[] = {
    { "ticket.subject", kip_ticket_header_edit_subject }, { "ticket.status", kip_ticket_header_open_status },
    { "ticket.priority", kip_ticket_header_open_priority }, { "ticket.assignee", kip_ticket_header_open_assignee },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, name) == 0)
      fields[i].open (KIP_TICKET_PANE (widget)->header);
}

/* ---- working on it ---- */

static void
take (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);
  KipTicket *ticket = ticket_of (self);

  kip_case_do (self->kase, kip_command_take (store_of (self), &ticket->id, &ticket->phase, 1), _("Taken"));
}

static void
ask (GtkWidget  *widget,
     const char *name,
     GVariant   *parameter)
{
  static const struct
  {
    const char *name;
    void (*present) (GtkWidget *widget,
                     KipCase   *kase);
  } dialogs[] = {
    { "ticket.resolve", kip_resolve_dialog_run },
    { "ticket.work", kip_work_dialog_present },
    { "ticket.survey", kip_survey_dialog_present },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (strcmp (dialogs[i].name, name) == 0)
      dialogs[i].present (widget, KIP_TICKET_PANE (widget)->kase);
}

static void
reopen (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  kip_case_do (self->kase, kip_command_reopen (store_of (self), &ticket_of (self)->id, 1), _("Reopened"));
}

static void
explain (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  kip_promises_explain (KIP_TICKET_PANE (widget)->promises);
}

/* ---- other tickets ---- */

static void
tie (GtkWidget  *widget,
     const char *name,
     GVariant   *parameter)
{
  KipChoosePurpose purpose = KIP_CHOOSE_LINK;

  if (strcmp (name, "ticket.merge") == 0)
    purpose = KIP_CHOOSE_MERGE;
  else if (strcmp (name, "ticket.parent") == 0)
    purpose = KIP_CHOOSE_PARENT;
  kip_ticket_chooser_present (widget, KIP_TICKET_PANE (widget)->kase, purpose);
}

static void
unmerge (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  kip_case_do (self->kase, kip_command_unmerge (store_of (self), ticket_of (self)->id), _("Merge taken back"));
}

static void
open_other (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  kip_ticket_pane_open_other (KIP_TICKET_PANE (widget), g_variant_get_uint64 (parameter));
}

static void
open_merged (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  kip_ticket_pane_open_other (self, ticket_of (self)->merged_into);
}

static void
open_window (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  kip_ticket_window_present (GTK_WINDOW (gtk_widget_get_root (widget)), kip_case_get_session (self->kase),
                             ticket_of (self)->id);
}

/* ---- putting away ---- */

static void
mark_spam (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);
  gboolean spam = strcmp (name, "ticket.spam") == 0;
  KipValue *value = spam ? kip_value_int (1) : kip_value_none ();

  kip_case_do (self->kase,
               kip_command_set_field (store_of (self), &ticket_of (self)->id, 1, KIP_FIELD_SPAM, value),
               spam ? _("Marked as spam") : _("No longer spam"));
}

static void
delete (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);
  gboolean gone = strcmp (name, "ticket.delete") == 0;

  kip_case_do (self->kase, kip_command_delete (store_of (self), &ticket_of (self)->id, 1, gone),
               gone ? _("Deleted") : _("Restored"));
}

/* ---- the pane ---- */

static void
copy_number (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *number = kip_ticket_number_format (ticket_of (KIP_TICKET_PANE (widget))->number);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), number);
}

static void
undo_change (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  guint32 device;
  guint64 seq;

  g_variant_get (parameter, "(ut)", &device, &seq);
  kip_session_undo_change (kip_case_get_session (KIP_TICKET_PANE (widget)->kase), device, seq, _("Change undone"));
}

static void
details (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  if (gtk_toggle_button_get_active (self->details_toggle) && !self->wide)
    gtk_toggle_button_set_active (self->talk_toggle, TRUE);
  else
    {
      gtk_toggle_button_set_active (self->details_toggle, TRUE);
      gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
    }
}

static void
settle (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  kip_conflicts_focus_next (KIP_CONFLICTS (KIP_TICKET_PANE (widget)->conflicts));
}

static void
messages_only (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);

  gtk_toggle_button_set_active (self->messages_toggle, !gtk_toggle_button_get_active (self->messages_toggle));
}

/* ---- the table ---- */

typedef struct
{
  const char                 *name;
  const char                 *parameter; /* (nullable) */
  GtkWidgetActionActivateFunc func;
} Action;

static const Action actions[] = {
  { "ticket.assignee", NULL, edit_field },
  { "ticket.attach", NULL, attach },
  { "ticket.call", NULL, compose },
  { "ticket.copy-number", NULL, copy_number },
  { "ticket.delete", NULL, delete },
  { "ticket.details", NULL, details },
  { "ticket.explain", NULL, explain },
  { "ticket.incoming", NULL, compose },
  { "ticket.link", NULL, tie },
  { "ticket.merge", NULL, tie },
  { "ticket.messages-only", NULL, messages_only },
  { "ticket.not-spam", NULL, mark_spam },
  { "ticket.note", NULL, compose },
  { "ticket.open", "t", open_other },
  { "ticket.open-merged", NULL, open_merged },
  { "ticket.open-window", NULL, open_window },
  { "ticket.parent", NULL, tie },
  { "ticket.priority", NULL, edit_field },
  { "ticket.reopen", NULL, reopen },
  { "ticket.reply", NULL, compose },
  { "ticket.resolve", NULL, ask },
  { "ticket.restore", NULL, delete },
  { "ticket.settle", NULL, settle },
  { "ticket.spam", NULL, mark_spam },
  { "ticket.status", NULL, edit_field },
  { "ticket.subject", NULL, edit_field },
  { "ticket.survey", NULL, ask },
  { "ticket.take", NULL, take },
  { "ticket.undo-change", "(ut)", undo_change },
  { "ticket.unmerge", NULL, unmerge },
  { "ticket.work", NULL, ask },
};

void
kip_ticket_pane_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, actions[i].parameter, actions[i].func);
}

/* Whether an action makes sense for @ticket as it is. */
static gboolean
is_enabled (KipTicketPane *self,
            KipTicket     *ticket,
            const char    *action)
{
  gboolean open = kip_phase_is_open (ticket->phase);

  if (strcmp (action, "ticket.take") == 0)
    return open && ticket->assignee != kip_store_get_me (store_of (self));
  if (strcmp (action, "ticket.settle") == 0)
    return ticket->conflict;
  if (strcmp (action, "ticket.resolve") == 0)
    return open;
  if (strcmp (action, "ticket.reopen") == 0 || strcmp (action, "ticket.survey") == 0)
    return !open;
  if (strcmp (action, "ticket.merge") == 0)
    return ticket->merged_into == KIP_ID_NONE;
  if (strcmp (action, "ticket.unmerge") == 0 || strcmp (action, "ticket.open-merged") == 0)
    return ticket->merged_into != KIP_ID_NONE;
  if (strcmp (action, "ticket.spam") == 0 || strcmp (action, "ticket.not-spam") == 0)
    return ticket->spam == (strcmp (action, "ticket.not-spam") == 0);
  if (strcmp (action, "ticket.delete") == 0 || strcmp (action, "ticket.restore") == 0)
    return ticket->deleted == (strcmp (action, "ticket.restore") == 0);
  return TRUE;
}

void
kip_ticket_pane_update_actions (KipTicketPane *self)
{
  KipTicket *ticket = ticket_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   ticket != NULL && is_enabled (self, ticket, actions[i].name));
}
