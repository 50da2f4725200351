/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

#include "kip-config.h"
#include "kip-find.h"
#include "kip-name-dialog.h"
#include "kip-ticket-keys.h"

#include <glib/gi18n-lib.h>

/* Below this width the ticket takes the place of the list. */
#define NARROW 1000

/* The narrowest window still shows something. */
#define MIN_WIDTH 340

G_DEFINE_FINAL_TYPE (KipDesk, kip_desk, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LAYOUT_CHANGED,
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- layout ---- */

static void
arrange (KipDesk *self)
{
  gtk_widget_set_visible (self->sidebar_box, !self->narrow && self->sidebar_visible);
  gtk_widget_set_visible (self->list_box, !self->narrow || !self->shows_ticket);
  gtk_widget_set_visible (GTK_WIDGET (self->ticket_stack), !self->narrow || self->shows_ticket);
  g_signal_emit (self, signals[SIGNAL_LAYOUT_CHANGED], 0);
}

static void
restore_widths (KipDesk *self)
{
  gtk_paned_set_position (self->outer, self->sidebar_width);
  gtk_paned_set_position (self->inner, self->list_width);
}

/* A divider that moves while its paned stays as wide as it was: a person moves it. */
static void
moved_cb (KipDesk    *self,
          GParamSpec *pspec,
          GtkPaned   *paned)
{
  if (self->narrow)
    return;
  if (paned == self->outer && gtk_widget_get_width (GTK_WIDGET (paned)) == self->outer_width && self->sidebar_visible)
    self->sidebar_width = gtk_paned_get_position (paned);
  if (paned == self->inner && gtk_widget_get_width (GTK_WIDGET (paned)) == self->inner_width)
    self->list_width = gtk_paned_get_position (paned);
}

static gboolean
arrange_cb (gpointer data)
{
  KipDesk *self = data;

  self->layout_source = 0;
  self->narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW;
  arrange (self);
  if (!self->narrow)
    restore_widths (self); /* in the narrow window they were squeezed */
  return G_SOURCE_REMOVE;
}

static void
kip_desk_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  KipDesk *self = KIP_DESK (widget);

  gtk_widget_measure (GTK_WIDGET (self->outer), orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MIN_WIDTH);
}

/* What is too wide for the moment is cut off: it is arranged anew right after. */
static void
kip_desk_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  KipDesk *self = KIP_DESK (widget);
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->outer), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->outer), MAX (width, minimum), height, baseline, NULL);
  self->outer_width = gtk_widget_get_width (GTK_WIDGET (self->outer));
  self->inner_width = gtk_widget_get_width (GTK_WIDGET (self->inner));
  if ((width < NARROW) != self->narrow && self->layout_source == 0)
    self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange_cb, self, NULL);
}

static gboolean
kip_desk_grab_focus (GtkWidget *widget)
{
  KipDesk *self = KIP_DESK (widget);

  self->wants_focus = !gtk_widget_grab_focus (GTK_WIDGET (self->tickets));
  return TRUE;
}

/* ---- the ticket ---- */

static void
pane_opens_cb (KipDesk *self,
               guint64  id)
{
  kip_desk_show_ticket (self, id);
}

/* Made when first needed: the list comes first. */
static void
ensure_pane (KipDesk *self)
{
  if (self->pane != NULL)
    return;
  self->pane = KIP_TICKET_PANE (kip_ticket_pane_new (self->session));
  g_signal_connect_object (self->pane, "open-ticket", G_CALLBACK (pane_opens_cb), self, G_CONNECT_SWAPPED);
  kip_ticket_keys_add (GTK_WIDGET (self->pane));
  gtk_stack_add_named (self->ticket_stack, GTK_WIDGET (self->pane), "ticket");
}

/* Passing over many rows with the arrow keys reads the last one only. */
static gboolean
show_ticket_cb (gpointer data)
{
  KipDesk *self = data;

  self->ticket_source = 0;
  if (self->session == NULL)
    return G_SOURCE_REMOVE;
  if (self->ticket != KIP_ID_NONE)
    {
      ensure_pane (self);
      kip_ticket_pane_set_ticket (self->pane, self->ticket);
    }
  gtk_stack_set_visible_child_name (self->ticket_stack, self->ticket != KIP_ID_NONE ? "ticket" : "none");
  return G_SOURCE_REMOVE;
}

void
kip_desk_set_ticket (KipDesk *self,
                     KipId    ticket)
{
  if (self->ticket == ticket)
    return;
  self->ticket = ticket;
  if (self->ticket_source == 0)
    self->ticket_source = g_idle_add (show_ticket_cb, self);
}

static void
flush_ticket (KipDesk *self)
{
  if (self->ticket_source == 0)
    return;
  g_clear_handle_id (&self->ticket_source, g_source_remove);
  show_ticket_cb (self);
}

static void ensure_bulk (KipDesk *self);

static void
show_ticket_side (KipDesk *self,
                  gboolean shows_ticket)
{
  if (self->shows_ticket == shows_ticket)
    return;
  self->shows_ticket = shows_ticket;
  arrange (self);
}

static void
selection_changed_cb (KipDesk *self)
{
  KipTicketSelection *selection = kip_ticket_view_get_selection (self->tickets);
  KipId id = selection != NULL ? kip_ticket_selection_get_single (selection) : KIP_ID_NONE;

  if (id != KIP_ID_NONE)
    kip_desk_set_ticket (self, id);
  if (selection != NULL && self->bulk == NULL && kip_ticket_selection_get_size (selection) > 1)
    ensure_bulk (self);
}

static void
activated_cb (KipDesk *self,
              guint64  id,
              gboolean own_window)
{
  kip_desk_set_ticket (self, id);
  if (self->search != NULL && kip_desk_is_searching (self))
    kip_search_entry_remember (self->search);
  if (own_window)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-window", NULL);
      return;
    }
  show_ticket_side (self, TRUE);
  flush_ticket (self);
  if (self->pane != NULL)
    kip_ticket_pane_focus_reply (self->pane);
}

/* Made when several tickets are selected for the first time. */
static void
ensure_bulk (KipDesk *self)
{
  if (self->bulk != NULL || self->session == NULL)
    return;
  self->bulk = g_object_new (KIP_TYPE_BULK_BAR, NULL);
  gtk_box_append (self->page, GTK_WIDGET (self->bulk));
  kip_bulk_bar_set_selection (self->bulk, self->session, kip_ticket_view_get_list (self->tickets),
                              kip_ticket_view_get_selection (self->tickets));
}

static void
delete_cb (KipDesk *self)
{
  ensure_bulk (self);
  if (self->bulk != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->bulk), "bulk.delete", NULL);
}

static void
radar_opens_cb (KipDesk *self,
                guint64  id)
{
  kip_desk_show_ticket (self, id);
}

static void
ensure_radar (KipDesk *self)
{
  if (self->radar != NULL)
    return;
  self->radar = g_object_new (KIP_TYPE_RADAR_PAGE, NULL);
  g_signal_connect_object (self->radar, "opened", G_CALLBACK (radar_opens_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->middle, GTK_WIDGET (self->radar), "radar");
  kip_radar_page_set_session (self->radar, self->session);
}

/* ---- views ---- */

gboolean
kip_desk_is_searching (KipDesk *self)
{
  return self->search != NULL && *kip_search_entry_get_text (self->search) != '\0';
}

static void
show_middle (KipDesk *self)
{
  gboolean radar = !kip_desk_is_searching (self) && g_strcmp0 (self->view, KIP_SIDEBAR_RADAR) == 0;

  if (radar)
    ensure_radar (self);
  gtk_stack_set_visible_child_name (self->middle, radar ? "radar" : "list");
  kip_sidebar_mark (self->sidebar, kip_desk_get_shown (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

static void
chosen_cb (KipDesk    *self,
           const char *key)
{
  kip_desk_show_view (self, key);
  show_ticket_side (self, FALSE);
}

/* ---- searching ---- */

static void
search_cb (KipDesk *self)
{
  show_middle (self);
  if (kip_desk_is_searching (self))
    show_ticket_side (self, FALSE);
  kip_desk_ask (self);
}

static void
edited_cb (KipDesk    *self,
           const char *text)
{
  if (self->search != NULL)
    kip_search_entry_set_text (self->search, text);
}

static void
mend_cb (KipDesk *self)
{
  if (self->search != NULL)
    kip_search_entry_mend (self->search);
}

static void
leave_cb (KipDesk *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tickets));
  if (kip_ticket_view_get_selection (self->tickets) != NULL &&
      kip_ticket_selection_get_size (kip_ticket_view_get_selection (self->tickets)) == 0)
    kip_ticket_view_move (self->tickets, 0);
}

/* ---- saving a view ---- */

static void
name_given_cb (const char *name,
               gpointer    data)
{
  KipDesk *self = data;
  g_autofree char *label = NULL;
  KipChange *change;

  if (self->session == NULL)
    return;
  change = kip_view_list_save (self->views, name, kip_search_entry_get_text (self->search), NULL);
  label = g_strdup_printf (_("View “%s” saved"), name);
  kip_session_do (self->session, change, label, NULL, NULL);
}

void
kip_desk_save_view (KipDesk *self)
{
  g_return_if_fail (KIP_IS_DESK (self));

  if (self->session == NULL || !kip_desk_is_searching (self))
    return;
  kip_search_entry_remember (self->search);
  kip_ask_name (GTK_WIDGET (self), _("Save Search as View"), _("It stands in the sidebar, with the number of its tickets."),
                _("Name"), NULL, _("_Save"), name_given_cb, g_object_ref (self), g_object_unref);
}

/* ---- class ---- */

static void
drop_session (KipDesk *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  kip_sidebar_set_views (self->sidebar, NULL, NULL);
  if (self->bulk != NULL)
    kip_bulk_bar_set_selection (self->bulk, NULL, NULL, NULL);
  if (self->radar != NULL)
    kip_radar_page_set_session (self->radar, NULL);
  kip_ticket_view_set_store (self->tickets, NULL);
  if (self->search != NULL)
    kip_search_entry_set_store (self->search, NULL);
  g_clear_handle_id (&self->ticket_source, g_source_remove);
  self->ticket = KIP_ID_NONE;
  if (self->pane != NULL)
    gtk_stack_remove (self->ticket_stack, GTK_WIDGET (self->pane));
  self->pane = NULL;
  g_clear_object (&self->views);
  g_clear_object (&self->session);
}

static void
kip_desk_dispose (GObject *object)
{
  KipDesk *self = KIP_DESK (object);

  g_clear_handle_id (&self->layout_source, g_source_remove);
  if (self->outer != NULL)
    drop_session (self);
  g_clear_pointer ((GtkWidget **) &self->outer, gtk_widget_unparent);
  g_clear_object (&self->search);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->view, g_free);
  g_clear_pointer (&self->asked, kip_query_unref);
  G_OBJECT_CLASS (kip_desk_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipDesk, outer);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, inner);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, list_box);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, middle);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, chips);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, mistake_revealer);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, mistake_label);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, mend_button);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, list_stack);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, tickets);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, page);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, ticket_stack);
}

static void
kip_desk_class_init (KipDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_desk_dispose;
  widget_class->measure = kip_desk_measure;
  widget_class->size_allocate = kip_desk_size_allocate;
  widget_class->grab_focus = kip_desk_grab_focus;

  signals[SIGNAL_LAYOUT_CHANGED] =
    g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_VIEW_CHANGED] =
    g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KIP_TYPE_CHIP_BAR);
  g_type_ensure (KIP_TYPE_SIDEBAR);
  g_type_ensure (KIP_TYPE_TICKET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-desk.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, mend_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, kip_desk_ask);
  gtk_widget_class_bind_template_callback (widget_class, kip_desk_answered);
}

static void
kip_desk_init (KipDesk *self)
{
  self->settings = g_settings_new (APP_ID);
  self->view = g_settings_get_string (self->settings, "last-view");
  self->sidebar_visible = g_settings_get_boolean (self->settings, "sidebar-visible");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sidebar_width = g_settings_get_int (self->settings, "sidebar-width");
  self->list_width = g_settings_get_int (self->settings, "list-width");
  restore_widths (self);
  g_signal_connect_object (self->outer, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inner, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  arrange (self);
}

/* ---- starting ---- */

static void
found_last_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (KipDesk) self = data;
  KipId id = kip_find_number_finish (KIP_STORE (source), result, NULL);

  if (id != KIP_ID_NONE && self->ticket == KIP_ID_NONE && self->session != NULL)
    kip_desk_set_ticket (self, id);
}

/* The ticket that was open when the window was closed. */
static void
find_last_ticket (KipDesk *self)
{
  g_autofree char *number = g_settings_get_string (self->settings, "last-ticket");

  if (*number == '\0')
    return;
  self->finding = g_cancellable_new ();
  kip_find_number_async (kip_session_get_store (self->session), number, self->finding, found_last_cb, g_object_ref (self));
}

static void
save_last_ticket (KipDesk *self)
{
  KipTicketList *list = kip_ticket_view_get_list (self->tickets);
  KipTicketRow *row = NULL;
  g_autofree char *number = NULL;

  if (list == NULL)
    return;
  if (self->ticket != KIP_ID_NONE)
    row = kip_ticket_list_peek_row (list, self->ticket);
  if (row != NULL)
    number = kip_ticket_number_format (row->number);
  if (row != NULL || self->ticket == KIP_ID_NONE)
    g_settings_set_string (self->settings, "last-ticket", number != NULL ? number : "");
}

/* ---- public ---- */

void
kip_desk_set_search (KipDesk        *self,
                     KipSearchEntry *search)
{
  g_return_if_fail (KIP_IS_DESK (self));
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (search));
  g_return_if_fail (self->search == NULL);

  self->search = g_object_ref (search);
  kip_search_entry_capture (search, GTK_WIDGET (self->tickets));
  g_signal_connect_object (search, "search", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "go", G_CALLBACK (kip_desk_go), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "mistake", G_CALLBACK (kip_desk_show_mistake), self, G_CONNECT_SWAPPED);
}

void
kip_desk_set_session (KipDesk    *self,
                      KipSession *session)
{
  KipStore *store;

  g_return_if_fail (KIP_IS_DESK (self));

  drop_session (self);
  if (session == NULL)
    return;
  store = kip_session_get_store (session);
  self->session = g_object_ref (session);
  self->views = kip_view_list_new (store);
  kip_ticket_view_set_store (self->tickets, store);
  if (self->search != NULL)
    kip_search_entry_set_store (self->search, store);
  if (self->bulk != NULL)
    kip_bulk_bar_set_selection (self->bulk, session, kip_ticket_view_get_list (self->tickets),
                                kip_ticket_view_get_selection (self->tickets));
  kip_sidebar_set_views (self->sidebar, session, self->views);
  if (self->radar != NULL)
    kip_radar_page_set_session (self->radar, session);
  kip_desk_show_view (self, self->view);
  find_last_ticket (self);
}

KipViewList *
kip_desk_get_views (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), NULL);

  return self->views;
}

const char *
kip_desk_get_shown (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), NULL);

  return kip_desk_is_searching (self) ? NULL : self->view;
}

void
kip_desk_show_view (KipDesk    *self,
                    const char *key)
{
  g_autofree char *wanted = g_strdup (key);

  g_return_if_fail (KIP_IS_DESK (self));

  if (self->views != NULL && g_strcmp0 (wanted, KIP_SIDEBAR_RADAR) != 0 &&
      kip_view_list_find (self->views, wanted) == NULL)
    {
      g_free (wanted);
      wanted = g_strdup ("my-queue");
    }
  g_free (self->view);
  self->view = g_steal_pointer (&wanted);
  if (kip_desk_is_searching (self))
    kip_search_entry_set_text (self->search, ""); /* asks the view */
  else
    {
      show_middle (self);
      kip_desk_ask (self);
    }
}

void
kip_desk_show_ticket (KipDesk *self,
                      KipId    ticket)
{
  g_return_if_fail (KIP_IS_DESK (self));

  kip_ticket_view_select (self->tickets, ticket);
  kip_desk_set_ticket (self, ticket);
  show_ticket_side (self, TRUE);
}

KipId
kip_desk_get_ticket (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), KIP_ID_NONE);

  return self->ticket;
}

KipSort
kip_desk_get_sort (KipDesk  *self,
                   gboolean *descending)
{
  g_return_val_if_fail (KIP_IS_DESK (self), KIP_SORT_DUE);

  return kip_ticket_view_get_sort (self->tickets, descending);
}

void
kip_desk_step (KipDesk *self,
               int      steps)
{
  g_return_if_fail (KIP_IS_DESK (self));

  kip_ticket_view_move (self->tickets, steps);
}

gboolean
kip_desk_is_narrow (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), FALSE);

  return self->narrow;
}

gboolean
kip_desk_shows_ticket (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), FALSE);

  return self->narrow && self->shows_ticket;
}

void
kip_desk_show_list (KipDesk *self)
{
  g_return_if_fail (KIP_IS_DESK (self));

  show_ticket_side (self, FALSE);
}

void
kip_desk_set_sidebar_visible (KipDesk *self,
                              gboolean visible)
{
  g_return_if_fail (KIP_IS_DESK (self));

  self->sidebar_visible = visible;
  arrange (self);
}

gboolean
kip_desk_get_sidebar_visible (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), FALSE);

  return self->sidebar_visible;
}

void
kip_desk_save_state (KipDesk *self)
{
  g_return_if_fail (KIP_IS_DESK (self));

  g_settings_set_int (self->settings, "sidebar-width", MAX (120, self->sidebar_width));
  g_settings_set_int (self->settings, "list-width", MAX (240, self->list_width));
  g_settings_set_boolean (self->settings, "sidebar-visible", self->sidebar_visible);
  g_settings_set_string (self->settings, "last-view", self->view);
  kip_ticket_view_save_state (self->tickets);
  save_last_ticket (self);
}
