/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-chooser.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_SHOWN 30

#define KIP_TYPE_TICKET_CHOOSER (kip_ticket_chooser_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketChooser, kip_ticket_chooser, KIP, TICKET_CHOOSER, AdwWindow)

struct _KipTicketChooser
{
  AdwWindow        parent_instance;
  AdwWindowTitle  *window_title;
  GtkSearchEntry  *search;
  GtkStack        *stack;
  AdwStatusPage   *nothing_page;
  GtkListBox      *list;
  GtkLabel        *preview_label;
  GtkButton       *choose_button;
  KipCase         *kase;        /* (owned) */
  KipId            ticket;      /* the one that is to be tied */
  KipChoosePurpose purpose;
  GCancellable    *cancellable; /* (owned) (nullable) of the search under way */
};

G_DEFINE_FINAL_TYPE (KipTicketChooser, kip_ticket_chooser, ADW_TYPE_WINDOW)

/* ---- what it is for ---- */

static const char *
title_for (KipChoosePurpose purpose)
{
  switch (purpose)
    {
    case KIP_CHOOSE_MERGE:
      return _("Merge into Another Ticket");
    case KIP_CHOOSE_PARENT:
      return _("Make It Part of Another Ticket");
    case KIP_CHOOSE_LINK:
    default:
      return _("Link to Another Ticket");
    }
}

static const char *
button_for (KipChoosePurpose purpose)
{
  switch (purpose)
    {
    case KIP_CHOOSE_MERGE:
      return _("_Merge");
    case KIP_CHOOSE_PARENT:
      return _("_Make Part");
    case KIP_CHOOSE_LINK:
    default:
      return _("_Link");
    }
}

static KipChange *
change_for (KipTicketChooser   *self,
            const KipTicketRow *other)
{
  KipStore *store = kip_case_get_store (self->kase);

  switch (self->purpose)
    {
    case KIP_CHOOSE_MERGE:
      return kip_command_merge (store, &self->ticket, 1, other->id);
    case KIP_CHOOSE_PARENT:
      return kip_command_set_parent (store, self->ticket, other->id);
    case KIP_CHOOSE_LINK:
    default:
      return kip_command_link (store, self->ticket, other->id, TRUE);
    }
}

static char *
done_label_for (KipChoosePurpose    purpose,
                const KipTicketRow *other)
{
  g_autofree char *number = kip_ticket_number_format (other->number);

  switch (purpose)
    {
    case KIP_CHOOSE_MERGE:
      return g_strdup_printf (_("Merged into %s"), number);
    case KIP_CHOOSE_PARENT:
      return g_strdup_printf (_("Now part of %s"), number);
    case KIP_CHOOSE_LINK:
    default:
      return g_strdup_printf (_("Linked to %s"), number);
    }
}

/* Says before it is done what a merge will do. */
static char *
preview_for (KipTicketChooser   *self,
             const KipTicketRow *other)
{
  KipTicket *ticket = kip_case_get_ticket (self->kase);
  g_autofree char *number = kip_ticket_number_format (other->number);
  g_autofree char *own = NULL;
  g_autofree char *oldest = NULL;

  if (self->purpose != KIP_CHOOSE_MERGE || ticket == NULL)
    return NULL;
  own = kip_ticket_number_format (ticket->number);
  oldest = kip_format_instant (MIN (ticket->received, other->received), NULL);
  return g_strdup_printf (_("%s will stop counting; its messages, files and work time show in %s, which then counts "
                            "as received %s. Undo brings everything back."), own, number, oldest);
}

/* ---- choosing ---- */

static const KipTicketRow *
row_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "ticket") : NULL;
}

static void
selected_cb (KipTicketChooser *self,
             GtkListBoxRow    *row)
{
  const KipTicketRow *other = row_of (row);
  g_autofree char *preview = other != NULL ? preview_for (self, other) : NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), other != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_label), preview != NULL);
  gtk_label_set_label (self->preview_label, preview != NULL ? preview : "");
}

static void
choose_cb (KipTicketChooser *self)
{
  const KipTicketRow *other = row_of (gtk_list_box_get_selected_row (self->list));
  g_autofree char *label = NULL;

  if (other == NULL)
    return;
  label = done_label_for (self->purpose, other);
  kip_case_do (self->kase, change_for (self, other), label);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Up and Down choose while one goes on typing. */
static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        state,
               gpointer               data)
{
  GtkWidget *search = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  KipTicketChooser *self = KIP_TICKET_CHOOSER (gtk_widget_get_ancestor (search, KIP_TYPE_TICKET_CHOOSER));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int step = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 0;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + step);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return GDK_EVENT_STOP;
}

static void
stop_cb (KipTicketChooser *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- showing what was found ---- */

static char *
format_detail (KipTicketChooser   *self,
               const KipTicketRow *ticket)
{
  KipOffice *office = kip_case_get_office (self->kase);
  const KipStatus *status = kip_office_status (office, ticket->status);
  g_autofree char *requester = kip_format_person (office, ticket->requester, "");
  g_autofree char *when = kip_format_when (ticket->received, kip_clock_now (), NULL);

  return g_strjoin (" · ", status != NULL ? status->name : "", when, *requester != '\0' ? requester : NULL, NULL);
}

static void
add_row (KipTicketChooser *self,
         KipTicketRow     *ticket)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *title = g_strdup_printf ("%s  %s", number, ticket->subject);
  g_autofree char *detail = format_detail (self, ticket);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  gtk_widget_add_css_class (row, "numeric");
  g_object_set_data_full (G_OBJECT (row), "ticket", kip_ticket_row_ref (ticket),
                          (GDestroyNotify) kip_ticket_row_unref);
  gtk_list_box_append (self->list, row);
}

static void
clear_list (KipTicketChooser *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
}

static void
show_rows (KipTicketChooser *self,
           GPtrArray        *rows)
{
  guint shown = 0;

  clear_list (self);
  for (guint i = 0; rows != NULL && i < rows->len && shown < MAX_SHOWN; i++)
    {
      KipTicketRow *row = g_ptr_array_index (rows, i);

      if (row == NULL || row->id == self->ticket)
        continue;
      add_row (self, row);
      shown++;
    }
  adw_status_page_set_title (self->nothing_page, _("No Such Ticket"));
  adw_status_page_set_description (self->nothing_page, _("Try its number, or fewer words."));
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "list" : "nothing");
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  selected_cb (self, gtk_list_box_get_selected_row (self->list));
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipTicketChooser) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, &error);

  if (rows != NULL && self->kase != NULL)
    show_rows (self, rows);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipTicketChooser) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list_finish (KIP_STORE (source), result, &error);

  if (ids == NULL || self->kase == NULL)
    return;
  kip_store_rows_async (KIP_STORE (source), (const KipId *) (gpointer) ids->data, MIN (ids->len, MAX_SHOWN + 1),
                        self->cancellable, rows_cb, g_object_ref (self));
}

/* Newest first; without words, those that changed last. */
static void
search_changed_cb (KipTicketChooser *self)
{
  g_autoptr (KipQuery) query = kip_query_parse (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kip_store_list_async (kip_case_get_store (self->kase), query, KIP_SORT_UPDATED, TRUE, kip_clock_now (),
                        self->cancellable, found_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
kip_ticket_chooser_dispose (GObject *object)
{
  KipTicketChooser *self = KIP_TICKET_CHOOSER (object);

  /* A list that is taken apart unselects its rows one by one. */
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->kase);
  G_OBJECT_CLASS (kip_ticket_chooser_parent_class)->dispose (object);
}

static void
kip_ticket_chooser_class_init (KipTicketChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_ticket_chooser_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, window_title);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, search);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, list);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, preview_label);
  gtk_widget_class_bind_template_child (widget_class, KipTicketChooser, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_ticket_chooser_init (KipTicketChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kip_ticket_chooser_present (GtkWidget       *widget,
                            KipCase         *kase,
                            KipChoosePurpose purpose)
{
  KipTicket *ticket = kip_case_get_ticket (kase);
  g_autofree char *number = NULL;
  g_autofree char *subtitle = NULL;
  KipTicketChooser *self;

  if (ticket == NULL)
    return;
  self = g_object_new (KIP_TYPE_TICKET_CHOOSER, "transient-for", gtk_widget_get_root (widget), NULL);
  self->kase = g_object_ref (kase);
  self->ticket = ticket->id;
  self->purpose = purpose;
  number = kip_ticket_number_format (ticket->number);
  subtitle = g_strdup_printf ("%s  %s", number, ticket->subject);
  adw_window_title_set_title (self->window_title, title_for (purpose));
  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title_for (purpose));
  gtk_button_set_label (self->choose_button, button_for (purpose));
  search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_window_present (GTK_WINDOW (self));
}
