/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-details.h"

#include "kip-conflict-mark.h"
#include "kip-field-row.h"
#include "kip-format.h"
#include "kip-office-choices.h"
#include "kip-picker.h"
#include "kip-relations-group.h"
#include "kip-requester-card.h"
#include "kip-tags-row.h"
#include "kip-text-group.h"
#include "kip-time-popover.h"

#include <glib/gi18n-lib.h>

struct _KipTicketDetails
{
  KipCaseWidget   parent_instance;
  KipCaseWidget  *requester_card;
  KipFieldRow    *category_row;
  KipFieldRow    *team_row;
  KipFieldRow    *channel_row;
  KipFieldRow    *received_row;
  KipTimePopover *received_popover;
  KipFieldRow    *due_row;
  KipTimePopover *due_popover;
  KipFieldRow    *asset_row;
  KipPicker      *asset_picker;
  AdwEntryRow    *external_row;
  KipCaseWidget  *tags_row;
  KipCaseWidget  *description_group;
  GtkLabel       *work_label;
  KipCaseWidget  *relations_group;
  GtkWidget      *resolution_group;
  AdwEntryRow    *cause_row;
  KipCaseWidget  *done_group;
  GPtrArray      *marks; /* (owned) of KipConflictMark, borrowed */
  KipTicket      *seen;  /* (owned) (nullable) as it was when nobody was typing here last */
};

G_DEFINE_FINAL_TYPE (KipTicketDetails, kip_ticket_details, KIP_TYPE_CASE_WIDGET)

/* ---- saving ---- */

static void
set_field (KipTicketDetails *self,
           KipField          field,
           KipValue         *value)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);

  if (ticket == NULL)
    {
      kip_value_unref (value);
      return;
    }
  kip_case_widget_do (widget, kip_command_set_field (kip_case_widget_get_store (widget), &ticket->id, 1, field, value),
                      "");
}

static void
set_id (KipTicketDetails *self,
        KipField          field,
        KipChoiceItem    *item)
{
  KipId id = kip_choice_item_get_id (item);

  set_field (self, field, id != KIP_ID_NONE ? kip_value_int ((gint64) id) : kip_value_none ());
}

static void
set_text (KipTicketDetails *self,
          KipField          field,
          AdwEntryRow      *row)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);
  KipChange *change;

  if (ticket == NULL)
    return;
  change = kip_command_set_field (kip_case_widget_get_store (widget), &ticket->id, 1, field,
                                  kip_value_text (gtk_editable_get_text (GTK_EDITABLE (row))));
  if (self->seen != NULL && self->seen->id == ticket->id)
    kip_command_as_seen (change, self->seen);
  kip_case_widget_do (widget, change, "");
}

/* ---- choices ---- */

static KipOffice *
office_of (KipTicketDetails *self)
{
  return kip_case_widget_get_office (KIP_CASE_WIDGET (self));
}

static void
fill_categories_cb (KipTicketDetails *self,
                    GListStore       *choices)
{
  kip_office_choices_categories (office_of (self), choices);
}

static void
fill_teams_cb (KipTicketDetails *self,
               GListStore       *choices)
{
  kip_office_choices_teams (office_of (self), choices);
}

static void
fill_channels_cb (KipTicketDetails *self,
                  GListStore       *choices)
{
  kip_office_choices_channels (choices);
}

static void
fill_assets_cb (KipTicketDetails *self,
                GListStore       *choices)
{
  kip_office_choices_assets (office_of (self), choices);
}

static void
category_picked_cb (KipTicketDetails *self,
                    KipChoiceItem    *item)
{
  set_id (self, KIP_FIELD_CATEGORY, item);
}

static void
team_picked_cb (KipTicketDetails *self,
                KipChoiceItem    *item)
{
  set_id (self, KIP_FIELD_TEAM, item);
}

static void
channel_picked_cb (KipTicketDetails *self,
                   KipChoiceItem    *item)
{
  set_id (self, KIP_FIELD_CHANNEL, item);
}

/* One that nobody wrote down before becomes one of the office's. */
static void
add_asset (KipTicketDetails *self,
           const char       *name)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);
  KipStore *store = kip_case_widget_get_store (widget);
  KipId asset = kip_store_new_id (store);
  KipChange *change;

  if (ticket == NULL)
    return;
  change = kip_command_set_field (store, &ticket->id, 1, KIP_FIELD_ASSET, kip_value_int ((gint64) asset));
  kip_change_set_text (change, KIP_KIND_ASSET, asset, KIP_FIELD_NAME, name);
  kip_case_widget_do (widget, change, "");
}

static void
asset_picked_cb (KipTicketDetails *self,
                 KipChoiceItem    *item)
{
  if (kip_choice_item_is_unknown (item))
    add_asset (self, kip_choice_item_get_text (item));
  else
    set_id (self, KIP_FIELD_ASSET, item);
}

/* ---- moments ---- */

static void
show_received_cb (KipTicketDetails *self)
{
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));

  if (ticket != NULL)
    kip_time_popover_set_instant (self->received_popover, ticket->received);
}

static void
received_picked_cb (KipTicketDetails *self,
                    gint64            at)
{
  set_field (self, KIP_FIELD_RECEIVED, kip_value_int (at));
}

static void
show_due_cb (KipTicketDetails *self)
{
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));

  if (ticket == NULL)
    return;
  kip_time_popover_set_instant (self->due_popover, ticket->due_by_hand);
  kip_time_popover_set_clearable (self->due_popover, ticket->due_by_hand != KIP_INSTANT_NONE);
}

static void
due_picked_cb (KipTicketDetails *self,
               gint64            at)
{
  set_field (self, KIP_FIELD_DUE, kip_value_int (at));
}

static void
due_cleared_cb (KipTicketDetails *self)
{
  set_field (self, KIP_FIELD_DUE, kip_value_none ());
}

/* ---- texts ---- */

static void
external_applied_cb (KipTicketDetails *self)
{
  set_text (self, KIP_FIELD_EXTERNAL, self->external_row);
}

static void
cause_applied_cb (KipTicketDetails *self)
{
  set_text (self, KIP_FIELD_CAUSE, self->cause_row);
}

static gboolean
is_typing (AdwEntryRow *row)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
note_seen (KipTicketDetails *self,
           KipTicket        *ticket)
{
  if (self->seen != NULL && self->seen->id == ticket->id && (is_typing (self->external_row) || is_typing (self->cause_row)))
    return;
  g_clear_pointer (&self->seen, kip_ticket_unref);
  self->seen = kip_ticket_ref (ticket);
}

/* What somebody is typing is not overwritten by what comes in meanwhile. */
static void
show_text (AdwEntryRow *row,
           const char  *text)
{
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (row));

  if (!is_typing (row) && g_strcmp0 (shown, text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* ---- showing ---- */

static void
show_id (KipTicketDetails *self,
         KipFieldRow      *row,
         KipField          field,
         KipId             id)
{
  const KipWords *words = kip_case_get_words (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
  g_autoptr (KipValue) value = id != KIP_ID_NONE ? kip_value_int ((gint64) id) : kip_value_none ();
  g_autofree char *text = kip_format_value (words, KIP_KIND_TICKET, field, value);

  kip_field_row_set_value (row, text);
}

static void
show_instant (KipFieldRow *row,
              KipInstant   at)
{
  g_autofree char *text = kip_format_instant (at, NULL);

  kip_field_row_set_value (row, text);
}

static void
show_work (KipTicketDetails *self,
           KipTicket        *ticket)
{
  g_autofree char *text = NULL;
  gint64 seconds = 0;

  for (guint i = 0; i < ticket->works->len; i++)
    seconds += g_array_index (ticket->works, KipWork, i).seconds;
  text = seconds > 0 ? kip_format_duration (seconds) : g_strdup (C_ ("field", "none"));
  gtk_label_set_label (self->work_label, text);
}

static void
show_children (KipTicketDetails *self)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));

  kip_case_widget_set_case (self->requester_card, kase);
  kip_case_widget_set_case (self->tags_row, kase);
  kip_case_widget_set_case (self->description_group, kase);
  kip_case_widget_set_case (self->relations_group, kase);
  kip_case_widget_set_case (self->done_group, kase);
  for (guint i = 0; i < self->marks->len; i++)
    kip_case_widget_set_case (g_ptr_array_index (self->marks, i), kase);
}

static void
kip_ticket_details_update (KipCaseWidget *widget,
                           KipTicket     *ticket)
{
  KipTicketDetails *self = KIP_TICKET_DETAILS (widget);
  gboolean resolved;

  show_children (self);
  if (ticket == NULL)
    return;
  note_seen (self, ticket);
  show_id (self, self->category_row, KIP_FIELD_CATEGORY, ticket->category);
  show_id (self, self->team_row, KIP_FIELD_TEAM, ticket->team);
  show_id (self, self->channel_row, KIP_FIELD_CHANNEL, (KipId) ticket->channel);
  show_id (self, self->asset_row, KIP_FIELD_ASSET, ticket->asset);
  show_instant (self->received_row, ticket->received);
  show_instant (self->due_row, ticket->due_by_hand);
  show_text (self->external_row, ticket->external);
  show_text (self->cause_row, ticket->cause);
  show_work (self, ticket);
  resolved = !kip_phase_is_open (ticket->phase) || ticket->cause != NULL || ticket->done != NULL;
  gtk_widget_set_visible (self->resolution_group, resolved);
  gtk_widget_set_visible (GTK_WIDGET (self->done_group), resolved);
}

/* ---- object ---- */

static void
ensure_types (void)
{
  g_type_ensure (KIP_TYPE_FIELD_ROW);
  g_type_ensure (KIP_TYPE_PICKER);
  g_type_ensure (KIP_TYPE_RELATIONS_GROUP);
  g_type_ensure (KIP_TYPE_REQUESTER_CARD);
  g_type_ensure (KIP_TYPE_TAGS_ROW);
  g_type_ensure (KIP_TYPE_TEXT_GROUP);
  g_type_ensure (KIP_TYPE_TIME_POPOVER);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, requester_card);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, category_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, team_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, channel_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, received_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, received_popover);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, due_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, due_popover);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, asset_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, asset_picker);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, external_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, tags_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, description_group);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, work_label);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, relations_group);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, resolution_group);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, cause_row);
  gtk_widget_class_bind_template_child (widget_class, KipTicketDetails, done_group);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, fill_categories_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_teams_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_channels_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_assets_cb);
  gtk_widget_class_bind_template_callback (widget_class, category_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, team_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, channel_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, asset_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_received_cb);
  gtk_widget_class_bind_template_callback (widget_class, received_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_due_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_cleared_cb);
  gtk_widget_class_bind_template_callback (widget_class, external_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, cause_applied_cb);
}

static void
add_mark (KipTicketDetails *self,
          AdwActionRow     *row,
          KipField          field)
{
  GtkWidget *mark = kip_conflict_mark_new (field);

  g_ptr_array_add (self->marks, mark);
  adw_action_row_add_prefix (row, mark);
}

static void
kip_ticket_details_dispose (GObject *object)
{
  KipTicketDetails *self = KIP_TICKET_DETAILS (object);

  g_clear_pointer (&self->seen, kip_ticket_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  G_OBJECT_CLASS (kip_ticket_details_parent_class)->dispose (object);
}

static void
kip_ticket_details_class_init (KipTicketDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_ticket_details_dispose;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_ticket_details_update;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-details.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
kip_ticket_details_init (KipTicketDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->description_group, "field", KIP_FIELD_DESCRIPTION, NULL);
  g_object_set (self->done_group, "field", KIP_FIELD_DONE, NULL);
  kip_picker_set_new_format (self->asset_picker, _("New asset “%s”"));
  self->marks = g_ptr_array_new ();
  add_mark (self, ADW_ACTION_ROW (self->category_row), KIP_FIELD_CATEGORY);
  add_mark (self, ADW_ACTION_ROW (self->team_row), KIP_FIELD_TEAM);
  add_mark (self, ADW_ACTION_ROW (self->channel_row), KIP_FIELD_CHANNEL);
  add_mark (self, ADW_ACTION_ROW (self->received_row), KIP_FIELD_RECEIVED);
  add_mark (self, ADW_ACTION_ROW (self->due_row), KIP_FIELD_DUE);
  add_mark (self, ADW_ACTION_ROW (self->asset_row), KIP_FIELD_ASSET);
}
