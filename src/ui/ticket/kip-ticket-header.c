/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-header.h"

#include "kip-clock.h"
#include "kip-conflict-mark.h"
#include "kip-edit-label.h"
#include "kip-format.h"
#include "kip-office-choices.h"
#include "kip-picker.h"
#include "kip-priority-popover.h"
#include "kip-work-timer.h"
#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _KipTicketHeader
{
  KipCaseWidget       parent_instance;
  GtkButton          *number_button;
  GtkLabel           *state_label;
  KipEditLabel       *subject;
  GtkWidget          *requester_box;
  GtkWidget          *vip_icon;
  GtkLabel           *requester_label;
  GtkWidget          *notice_box;
  GtkLabel           *notice_label;
  GtkWidget          *notice_open;
  GtkButton          *notice_back;
  GtkWidget          *quick_box;
  GtkMenuButton      *status_button;
  GtkMenuButton      *priority_button;
  KipPriorityPopover *priority_popover;
  GtkMenuButton      *assignee_button;
  GtkWidget          *take_button;
  GtkButton          *timer_button;
  GtkWidget          *resolve_button;
  GtkWidget          *reopen_button;
  KipCaseWidget      *subject_mark, *status_mark, *priority_mark, *assignee_mark;
  KipTicket          *seen;  /* (owned) (nullable) as it was when the subject was shown last, or began to be edited */
  guint               timer; /* 0: not shown */
};

G_DEFINE_FINAL_TYPE (KipTicketHeader, kip_ticket_header, KIP_TYPE_CASE_WIDGET)

/* ---- doing ---- */

static KipId
ticket_id (KipTicketHeader *self)
{
  return kip_case_get_id (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
}

static KipStore *
store_of (KipTicketHeader *self)
{
  return kip_case_widget_get_store (KIP_CASE_WIDGET (self));
}

static void
act (KipTicketHeader *self,
     KipChange       *change,
     const char      *label)
{
  kip_case_widget_do (KIP_CASE_WIDGET (self), change, label);
}

static void
subject_edited_cb (KipTicketHeader *self,
                   const char      *text)
{
  KipId id = ticket_id (self);

  KipChange *change = kip_command_set_field (store_of (self), &id, 1, KIP_FIELD_SUBJECT, kip_value_text (text));

  if (self->seen != NULL && self->seen->id == id)
    kip_command_as_seen (change, self->seen);
  act (self, change, "");
}

/* ---- status ---- */

static void
fill_statuses_cb (KipTicketHeader *self,
                  GListStore      *choices)
{
  kip_office_choices_statuses (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), choices);
}

/* Resolving asks what was done, wherever it comes from. */
static void
status_picked_cb (KipTicketHeader *self,
                  KipChoiceItem   *item)
{
  const KipStatus *status = kip_office_status (kip_case_widget_get_office (KIP_CASE_WIDGET (self)),
                                               kip_choice_item_get_id (item));
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  g_autofree char *label = NULL;

  if (status == NULL || ticket == NULL || status->id == ticket->status)
    return;
  if (status->phase == KIP_PHASE_RESOLVED && kip_phase_is_open (ticket->phase))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "ticket.resolve", NULL);
      return;
    }
  label = g_strdup_printf (_("Status: %s"), status->name);
  act (self, kip_command_set_status (store_of (self), &ticket->id, 1, status), label);
}

/* ---- priority ---- */

static void
show_priority_cb (KipTicketHeader *self)
{
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  KipOffice *office = kip_case_widget_get_office (KIP_CASE_WIDGET (self));

  kip_priority_popover_show (self->priority_popover, kip_office_get_matrix (office), ticket);
}

static void
levels_cb (KipTicketHeader *self,
           int              impact,
           int              urgency)
{
  KipId id = ticket_id (self);
  KipChange *change = kip_command_set_field (store_of (self), &id, 1, KIP_FIELD_IMPACT, kip_value_int (impact));

  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_URGENCY, urgency);
  act (self, change, "");
}

static void
override_cb (KipTicketHeader *self,
             int              priority,
             const char      *reason)
{
  KipId id = ticket_id (self);

  act (self, kip_command_set_priority (store_of (self), &id, 1, priority, reason), "");
}

static void
back_to_matrix_cb (KipTicketHeader *self)
{
  KipId id = ticket_id (self);

  act (self, kip_command_set_priority (store_of (self), &id, 1, 0, NULL), "");
}

/* ---- assignee ---- */

static void
fill_agents_cb (KipTicketHeader *self,
                GListStore      *choices)
{
  kip_office_choices_agents (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), kip_store_get_me (store_of (self)),
                             choices);
}

static void
assignee_picked_cb (KipTicketHeader *self,
                    KipChoiceItem   *item)
{
  KipId id = ticket_id (self);
  KipId agent = kip_choice_item_get_id (item);
  g_autofree char *label = agent != KIP_ID_NONE
                           ? g_strdup_printf (_("Assigned to %s"), kip_choice_item_get_title (item))
                           : g_strdup (_("Assigned to nobody"));

  act (self, kip_command_assign (store_of (self), &id, 1, agent), label);
}

/* ---- showing ---- */

static void
add_link (GString    *out,
          const char *scheme,
          const char *text)
{
  g_autofree char *escaped = NULL;
  g_autofree char *target = NULL;

  if (text == NULL || *text == '\0')
    return;
  escaped = g_markup_escape_text (text, -1);
  target = g_uri_escape_string (text, "+@", TRUE);
  g_string_append_printf (out, " · <a href=\"%s:%s\">%s</a>", scheme, target, escaped);
}

static void
add_text (GString    *out,
          const char *text)
{
  g_autofree char *escaped = text != NULL && *text != '\0' ? g_markup_escape_text (text, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (out, " · %s", escaped);
}

static void
show_requester (KipTicketHeader *self,
                KipTicket       *ticket)
{
  const KipPerson *person = kip_office_person (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), ticket->requester);
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->requester_box, person != NULL);
  gtk_widget_set_visible (self->vip_icon, person != NULL && person->vip);
  if (person == NULL)
    return;
  name = g_markup_escape_text (person->name, -1);
  g_string_append_printf (markup, "<b>%s</b>", name);
  add_text (markup, person->department);
  add_link (markup, "tel", person->phone);
  add_link (markup, "mailto", person->mail);
  gtk_label_set_markup (self->requester_label, markup->str);
}

static void
name_button (GtkMenuButton *button,
             const char    *field,
             const char    *value)
{
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), field, value);

  gtk_menu_button_set_label (button, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_quick (KipTicketHeader *self,
            KipTicket       *ticket)
{
  KipOffice *office = kip_case_widget_get_office (KIP_CASE_WIDGET (self));
  const KipStatus *status = kip_office_status (office, ticket->status);
  const KipChoice *phase = kip_choice_find (kip_schema_phases (), (int) ticket->phase);
  g_autofree char *priority = g_strdup_printf ("%s %s", kip_priority_mark (ticket->priority),
                                               kip_priority_label (ticket->priority));
  g_autofree char *assignee = kip_format_person (office, ticket->assignee, _("Nobody"));
  gboolean open = kip_phase_is_open (ticket->phase);

  name_button (self->status_button, _("Status"), status != NULL ? status->name : phase != NULL ? _(phase->label) : "");
  name_button (self->priority_button, _("Priority"), priority);
  name_button (self->assignee_button, _("Assignee"), assignee);
  gtk_widget_set_visible (self->take_button, open && ticket->assignee != kip_store_get_me (store_of (self)));
  gtk_widget_set_visible (self->resolve_button, open);
  gtk_widget_set_visible (self->reopen_button, !open);
}

/* ---- the stop watch, and how long ago it was ---- */

static void
show_timer (KipTicketHeader *self,
            KipTicket       *ticket)
{
  KipInstant started = kip_work_timer_get (store_of (self), ticket->id);
  g_autofree char *elapsed = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->timer_button), started != KIP_INSTANT_NONE);
  if (started == KIP_INSTANT_NONE)
    return;
  elapsed = kip_format_countdown ((kip_clock_now () - started) / KIP_MS_PER_SECOND);
  text = g_strdup_printf ("⏱ %s", elapsed);
  if (g_strcmp0 (text, gtk_button_get_label (self->timer_button)) != 0)
    gtk_button_set_label (self->timer_button, text);
}

static char *
format_state (KipTicket *ticket)
{
  KipInstant now = kip_clock_now ();
  g_autofree char *received = kip_format_when (ticket->received, now, NULL);
  const KipChoice *channel = kip_choice_find (kip_schema_channels (), (int) ticket->channel);

  if (channel == NULL)
    return g_strdup_printf (_("received %s"), received);
  /* Translators: when a request was received, and by which channel: "received today 16:20 · Phone" */
  return g_strdup_printf (_("received %s · %s"), received, _(channel->label));
}

static void
show_notice (KipTicketHeader *self,
             const char      *text,
             const char      *back,
             const char      *action,
             gboolean         can_open)
{
  gtk_widget_set_visible (self->notice_box, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (self->notice_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_back), back != NULL);
  gtk_button_set_label (self->notice_back, back != NULL ? back : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_back), action);
  gtk_widget_set_visible (self->notice_open, can_open);
}

static void
show_notices (KipTicketHeader *self,
              KipTicket       *ticket)
{
  const KipWords *words = kip_case_get_words (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
  g_autofree char *number = NULL;
  g_autofree char *merged = NULL;

  if (ticket->newer)
    show_notice (self, _("Written by a newer Kip: here it can only be read. Update Kip to change it."), NULL, NULL, FALSE);
  else if (ticket->merged_into != KIP_ID_NONE)
    {
      number = kip_format_ticket (words, ticket->merged_into);
      merged = g_strdup_printf (_("Merged into %s; it goes on there."), number);
      show_notice (self, merged, _("_Take It Back Out"), "ticket.unmerge", TRUE);
    }
  else if (ticket->deleted)
    show_notice (self, _("Deleted: in no list and no figure."), _("_Restore"), "ticket.restore", FALSE);
  else if (ticket->spam)
    show_notice (self, _("Marked as spam: in no list and no figure."), _("_Not Spam"), "ticket.not-spam", FALSE);
  else
    show_notice (self, NULL, NULL, NULL, FALSE);
}

static gboolean
tick_cb (gpointer data)
{
  KipTicketHeader *self = data;
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  g_autofree char *state = ticket != NULL ? format_state (ticket) : NULL;

  if (ticket == NULL)
    return G_SOURCE_CONTINUE;
  if (g_strcmp0 (state, gtk_label_get_label (self->state_label)) != 0)
    gtk_label_set_label (self->state_label, state);
  show_timer (self, ticket);
  return G_SOURCE_CONTINUE;
}

static void
kip_ticket_header_map (GtkWidget *widget)
{
  KipTicketHeader *self = KIP_TICKET_HEADER (widget);

  GTK_WIDGET_CLASS (kip_ticket_header_parent_class)->map (widget);
  tick_cb (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, tick_cb, self);
}

static void
kip_ticket_header_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&KIP_TICKET_HEADER (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (kip_ticket_header_parent_class)->unmap (widget);
}

static void
note_seen (KipTicketHeader *self,
           KipTicket       *ticket)
{
  g_clear_pointer (&self->seen, kip_ticket_unref);
  self->seen = kip_ticket_ref (ticket);
}

static void
show_marks (KipTicketHeader *self)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));

  kip_case_widget_set_case (self->subject_mark, kase);
  kip_case_widget_set_case (self->status_mark, kase);
  kip_case_widget_set_case (self->priority_mark, kase);
  kip_case_widget_set_case (self->assignee_mark, kase);
}

static void
kip_ticket_header_update (KipCaseWidget *widget,
                          KipTicket     *ticket)
{
  KipTicketHeader *self = KIP_TICKET_HEADER (widget);
  g_autofree char *number = NULL;

  show_marks (self);
  if (ticket == NULL)
    return;
  if (!kip_edit_label_is_editing (self->subject))
    note_seen (self, ticket);
  number = kip_ticket_number_format (ticket->number);
  gtk_button_set_label (self->number_button, number);
  tick_cb (self);
  kip_edit_label_set_text (self->subject, *ticket->subject != '\0' ? ticket->subject : _("(no subject)"));
  show_requester (self, ticket);
  show_quick (self, ticket);
  show_notices (self, ticket);
}

static void
kip_ticket_header_update_related (KipCaseWidget *widget,
                                  KipTicket     *ticket)
{
  if (ticket != NULL)
    show_notices (KIP_TICKET_HEADER (widget), ticket);
}

/* ---- object ---- */

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, number_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, state_label);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, subject);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, requester_box);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, vip_icon);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, requester_label);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, notice_box);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, notice_label);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, notice_open);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, notice_back);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, quick_box);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, status_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, priority_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, priority_popover);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, assignee_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, take_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, timer_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, resolve_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, subject_mark);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, status_mark);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, priority_mark);
  gtk_widget_class_bind_template_child (widget_class, KipTicketHeader, assignee_mark);
}

static void
kip_ticket_header_dispose (GObject *object)
{
  g_clear_handle_id (&KIP_TICKET_HEADER (object)->timer, g_source_remove);
  g_clear_pointer (&KIP_TICKET_HEADER (object)->seen, kip_ticket_unref);
  G_OBJECT_CLASS (kip_ticket_header_parent_class)->dispose (object);
}

static void
kip_ticket_header_class_init (KipTicketHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_ticket_header_dispose;
  widget_class->map = kip_ticket_header_map;
  widget_class->unmap = kip_ticket_header_unmap;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_ticket_header_update;
  KIP_CASE_WIDGET_CLASS (klass)->update_related = kip_ticket_header_update_related;

  g_type_ensure (KIP_TYPE_CONFLICT_MARK);
  g_type_ensure (KIP_TYPE_EDIT_LABEL);
  g_type_ensure (KIP_TYPE_PICKER);
  g_type_ensure (KIP_TYPE_PRIORITY_POPOVER);
  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-header.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, subject_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_statuses_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_priority_cb);
  gtk_widget_class_bind_template_callback (widget_class, levels_cb);
  gtk_widget_class_bind_template_callback (widget_class, override_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_to_matrix_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_agents_cb);
  gtk_widget_class_bind_template_callback (widget_class, assignee_picked_cb);
}

static void
kip_ticket_header_init (KipTicketHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kip_ticket_header_edit_subject (KipTicketHeader *self)
{
  kip_edit_label_start (self->subject);
}

void
kip_ticket_header_open_status (KipTicketHeader *self)
{
  gtk_menu_button_popup (self->status_button);
}

void
kip_ticket_header_open_priority (KipTicketHeader *self)
{
  gtk_menu_button_popup (self->priority_button);
}

void
kip_ticket_header_open_assignee (KipTicketHeader *self)
{
  gtk_menu_button_popup (self->assignee_button);
}
