/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-new-ticket-window.h"

#include "kip-clock.h"
#include "kip-field-row.h"
#include "kip-form-draft.h"
#include "kip-format.h"
#include "kip-office-choices.h"
#include "kip-picker.h"
#include "kip-priority-popover.h"
#include "kip-suggest-row.h"
#include "kip-time-popover.h"

#include <glib/gi18n-lib.h>

#define FORM "new-ticket"
#define MAX_CHOICES 8

struct _KipNewTicketWindow
{
  AdwWindow           parent_instance;
  GtkWidget          *form;
  GtkWidget          *restored_box;
  KipSuggestRow      *requester_row;
  AdwEntryRow        *subject_row;
  GtkTextView        *description_text;
  KipFieldRow        *category_row;
  KipFieldRow        *channel_row;
  KipFieldRow        *received_row;
  KipTimePopover     *received_popover;
  GtkWidget          *voice_row;
  GtkSwitch          *voice_switch;
  KipFieldRow        *priority_row;
  KipPriorityPopover *priority_popover;
  KipFieldRow        *assignee_row;
  KipFieldRow        *team_row;
  KipFieldRow        *asset_row;
  KipFieldRow        *due_row;
  KipTimePopover     *due_popover;
  AdwEntryRow        *tags_row;
  AdwEntryRow        *external_row;

  KipSession         *session; /* (owned) */
  KipStore           *store;   /* (owned) */
  KipNewTicket        ticket;  /* what was picked; its texts are in the rows */
  KipId               asset;
  KipInstant          due;     /* KIP_INSTANT_NONE: by the policy */
  KipId               logged;  /* the ticket on its way to the disk */
  gboolean            filling; /* the form is being filled by us */
};

G_DEFINE_FINAL_TYPE (KipNewTicketWindow, kip_new_ticket_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_LOGGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_description (KipNewTicketWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description_text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static KipOffice *
office_of (KipNewTicketWindow *self)
{
  return kip_store_get_office (self->store);
}

/* ---- the texts are kept from the first letter ---- */

static void
save_draft (KipNewTicketWindow *self)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *description = dup_description (self);

  g_hash_table_insert (fields, (gpointer) "requester", (gpointer) text_of (self->requester_row));
  g_hash_table_insert (fields, (gpointer) "subject", (gpointer) text_of (self->subject_row));
  g_hash_table_insert (fields, (gpointer) "description", description);
  g_hash_table_insert (fields, (gpointer) "tags", (gpointer) text_of (self->tags_row));
  g_hash_table_insert (fields, (gpointer) "external", (gpointer) text_of (self->external_row));
  kip_form_draft_save (self->store, FORM, fields);
}

static void
changed_cb (KipNewTicketWindow *self)
{
  if (self->filling)
    return;
  save_draft (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.log", *text_of (self->subject_row) != '\0');
}

static void
restore_draft (KipNewTicketWindow *self)
{
  g_autoptr (GHashTable) fields = kip_form_draft_load (self->store, FORM);

  self->filling = TRUE;
  kip_suggest_row_set_choice (self->requester_row, KIP_ID_NONE, kip_form_draft_get (fields, "requester"));
  gtk_editable_set_text (GTK_EDITABLE (self->subject_row), kip_form_draft_get (fields, "subject"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description_text),
                            kip_form_draft_get (fields, "description"), -1);
  gtk_editable_set_text (GTK_EDITABLE (self->tags_row), kip_form_draft_get (fields, "tags"));
  gtk_editable_set_text (GTK_EDITABLE (self->external_row), kip_form_draft_get (fields, "external"));
  self->filling = FALSE;
  gtk_widget_set_visible (self->restored_box, fields != NULL && g_hash_table_size (fields) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.log", *text_of (self->subject_row) != '\0');
}

static void
afresh_cb (KipNewTicketWindow *self)
{
  kip_form_draft_clear (self->store, FORM);
  restore_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->requester_row));
}

/* ---- requester ---- */

static GPtrArray *
suggest_people (const char *text,
                gpointer    data)
{
  return kip_choices_people (office_of (data), text, MAX_CHOICES);
}

static void
requester_picked_cb (KipNewTicketWindow *self)
{
  save_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->subject_row));
}

/* ---- choices ---- */

static void
fill_categories_cb (KipNewTicketWindow *self,
                    GListStore         *choices)
{
  kip_office_choices_categories (office_of (self), choices);
}

static void
fill_channels_cb (KipNewTicketWindow *self,
                  GListStore         *choices)
{
  kip_office_choices_channels (choices);
}

static void
fill_agents_cb (KipNewTicketWindow *self,
                GListStore         *choices)
{
  kip_office_choices_agents (office_of (self), kip_store_get_me (self->store), choices);
}

static void
fill_teams_cb (KipNewTicketWindow *self,
               GListStore         *choices)
{
  kip_office_choices_teams (office_of (self), choices);
}

static void
fill_assets_cb (KipNewTicketWindow *self,
                GListStore         *choices)
{
  kip_office_choices_assets (office_of (self), choices);
}

/* A voice mail is one by phone; the other channels never answer at once. */
static void
show_voice (KipNewTicketWindow *self)
{
  gtk_widget_set_visible (self->voice_row, self->ticket.channel == KIP_CHANNEL_PHONE ||
                          self->ticket.channel == KIP_CHANNEL_WALK_IN);
}

static void
take_choice (KipNewTicketWindow *self,
             KipFieldRow        *row,
             KipId               id)
{
  if (row == self->category_row)
    self->ticket.category = id;
  else if (row == self->channel_row)
    self->ticket.channel = (KipChannel) id;
  else if (row == self->assignee_row)
    self->ticket.assignee = id;
  else if (row == self->team_row)
    self->ticket.team = id;
  else if (row == self->asset_row)
    self->asset = id;
}

static void
picked_cb (KipNewTicketWindow *self,
           KipChoiceItem      *item,
           GtkWidget          *picker)
{
  KipFieldRow *row = KIP_FIELD_ROW (gtk_widget_get_ancestor (picker, KIP_TYPE_FIELD_ROW));
  KipId id = kip_choice_item_get_id (item);

  take_choice (self, row, id);
  kip_field_row_set_value (row, id != KIP_ID_NONE ? kip_choice_item_get_title (item) : NULL);
  show_voice (self);
}

/* ---- priority ---- */

static void
levels_cb (KipNewTicketWindow *self,
           int                 impact,
           int                 urgency)
{
  KipPriority priority = kip_matrix_get (kip_office_get_matrix (office_of (self)), impact, urgency);
  g_autofree char *text = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));

  self->ticket.impact = impact;
  self->ticket.urgency = urgency;
  kip_field_row_set_value (self->priority_row, text);
}

/* ---- moments ---- */

static void
received_picked_cb (KipNewTicketWindow *self,
                    gint64              at)
{
  g_autofree char *text = kip_format_instant (at, NULL);

  self->ticket.received = at;
  kip_field_row_set_value (self->received_row, text);
  kip_time_popover_set_clearable (self->received_popover, TRUE);
}

static void
received_cleared_cb (KipNewTicketWindow *self)
{
  self->ticket.received = KIP_INSTANT_NONE;
  kip_field_row_set_value (self->received_row, _("just now"));
  kip_time_popover_set_clearable (self->received_popover, FALSE);
}

static void
due_picked_cb (KipNewTicketWindow *self,
               gint64              at)
{
  g_autofree char *text = kip_format_instant (at, NULL);

  self->due = at;
  kip_field_row_set_value (self->due_row, text);
  kip_time_popover_set_clearable (self->due_popover, TRUE);
}

static void
due_cleared_cb (KipNewTicketWindow *self)
{
  self->due = KIP_INSTANT_NONE;
  kip_field_row_set_value (self->due_row, NULL);
  kip_time_popover_set_clearable (self->due_popover, FALSE);
}

/* ---- logging ---- */

static void
logged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipNewTicketWindow) self = data;

  if (!kip_session_do_finish (KIP_SESSION (source), result, NULL, NULL))
    {
      gtk_widget_set_sensitive (self->form, TRUE);
      return;
    }
  kip_form_draft_clear (self->store, FORM);
  g_signal_emit (self, signals[SIGNAL_LOGGED], 0, self->logged);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_tags (KipChange  *change,
          KipId       ticket,
          const char *typed)
{
  g_auto (GStrv) tags = g_strsplit (typed, ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    if (*g_strstrip (tags[i]) != '\0')
      kip_change_add (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (tags[i]));
}

/* What the command for a new ticket does not know of. */
static void
add_others (KipNewTicketWindow *self,
            KipChange          *change,
            KipId               ticket)
{
  if (self->asset != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ASSET, (gint64) self->asset);
  if (self->due != KIP_INSTANT_NONE)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_DUE, self->due);
  if (*text_of (self->external_row) != '\0')
    kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_EXTERNAL, text_of (self->external_row));
  add_tags (change, ticket, text_of (self->tags_row));
}

static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  KipNewTicketWindow *self = KIP_NEW_TICKET_WINDOW (widget);
  g_autofree char *subject = g_strstrip (g_strdup (text_of (self->subject_row)));
  g_autofree char *description = g_strstrip (dup_description (self));
  g_autofree char *requester = g_strstrip (g_strdup (text_of (self->requester_row)));
  g_autofree char *label = g_strdup_printf (_("“%s” logged"), subject);
  KipNewTicket ticket = self->ticket;
  KipChange *change;

  if (*subject == '\0' || !gtk_widget_get_sensitive (self->form))
    return;
  ticket.subject = subject;
  ticket.description = description;
  ticket.requester = kip_suggest_row_get_id (self->requester_row);
  if (ticket.requester == KIP_ID_NONE)
    ticket.requester = kip_choices_person_called (office_of (self), requester);
  ticket.requester_name = requester;
  ticket.not_on_line = gtk_switch_get_active (self->voice_switch);
  gtk_widget_set_sensitive (self->form, FALSE);
  change = kip_command_new_ticket (self->store, &ticket, &self->logged);
  add_others (self, change, self->logged);
  kip_session_do (self->session, change, label, logged_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
kip_new_ticket_window_dispose (GObject *object)
{
  KipNewTicketWindow *self = KIP_NEW_TICKET_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_new_ticket_window_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (KIP_TYPE_FIELD_ROW);
  g_type_ensure (KIP_TYPE_PICKER);
  g_type_ensure (KIP_TYPE_PRIORITY_POPOVER);
  g_type_ensure (KIP_TYPE_SUGGEST_ROW);
  g_type_ensure (KIP_TYPE_TIME_POPOVER);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, form);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, restored_box);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, requester_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, subject_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, description_text);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, category_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, channel_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, received_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, received_popover);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, voice_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, voice_switch);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, priority_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, priority_popover);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, assignee_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, team_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, asset_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, due_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, due_popover);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, tags_row);
  gtk_widget_class_bind_template_child (widget_class, KipNewTicketWindow, external_row);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, afresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, requester_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_categories_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_channels_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_agents_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_teams_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_assets_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, levels_cb);
  gtk_widget_class_bind_template_callback (widget_class, received_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, received_cleared_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_cleared_cb);
}

static void
kip_new_ticket_window_class_init (KipNewTicketWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_new_ticket_window_dispose;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-new-ticket-window.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "form.log", NULL, log_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[SIGNAL_LOGGED] = g_signal_new ("logged", KIP_TYPE_NEW_TICKET_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
kip_new_ticket_window_init (KipNewTicketWindow *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  self->due = KIP_INSTANT_NONE;
  self->ticket.received = KIP_INSTANT_NONE;
  self->ticket.channel = KIP_CHANNEL_PHONE;
  kip_suggest_row_set_source (self->requester_row, suggest_people, self);
  kip_time_popover_set_instant (self->received_popover, kip_clock_now ());
  g_signal_connect_object (gtk_text_view_get_buffer (self->description_text), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_defaults (KipNewTicketWindow *self)
{
  const KipChoice *channel = kip_choice_find (kip_schema_channels (), (int) self->ticket.channel);

  kip_field_row_set_value (self->channel_row, _(channel->label));
  kip_field_row_set_value (self->received_row, _("just now"));
  kip_priority_popover_show (self->priority_popover, kip_office_get_matrix (office_of (self)), NULL);
  kip_priority_popover_set_levels (self->priority_popover, KIP_LEVEL_MEDIUM, KIP_LEVEL_MEDIUM);
  levels_cb (self, KIP_LEVEL_MEDIUM, KIP_LEVEL_MEDIUM);
}

GtkWidget *
kip_new_ticket_window_new (GtkWindow  *parent,
                           KipSession *session)
{
  KipNewTicketWindow *self = g_object_new (KIP_TYPE_NEW_TICKET_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->store = g_object_ref (kip_session_get_store (session));
  show_defaults (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->requester_row));
  restore_draft (self);
  return GTK_WIDGET (self);
}
