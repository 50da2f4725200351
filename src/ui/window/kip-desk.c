/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

#include "kip-config.h"
#include "kip-name-dialog.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (KipDesk, kip_desk, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LAYOUT_CHANGED,
  SIGNAL_VIEW_CHANGED,
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
kip_desk_grab_focus (GtkWidget *widget)
{
  KipDesk *self = KIP_DESK (widget);

  self->wants_focus = !gtk_widget_grab_focus (GTK_WIDGET (self->tickets));
  return TRUE;
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
    kip_desk_ensure_radar (self);
  gtk_stack_set_visible_child_name (self->middle, radar ? "radar" : "list");
  kip_sidebar_mark (self->sidebar, kip_desk_get_shown (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

static void
chosen_cb (KipDesk    *self,
           const char *key)
{
  kip_desk_show_view (self, key);
  kip_desk_show_ticket_side (self, FALSE);
}

/* ---- searching ---- */

static void
search_cb (KipDesk *self)
{
  show_middle (self);
  if (kip_desk_is_searching (self))
    kip_desk_show_ticket_side (self, FALSE);
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
  KipTicketSelection *selection = kip_ticket_view_get_selection (self->tickets);

  gtk_widget_grab_focus (GTK_WIDGET (self->tickets));
  if (selection == NULL)
    return;
  self->wants_mark = kip_ticket_list_is_waiting (kip_ticket_view_get_list (self->tickets));
  if (kip_ticket_selection_get_size (selection) <= 1)
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
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KIP_TYPE_CHIP_BAR);
  g_type_ensure (KIP_TYPE_SIDEBAR);
  g_type_ensure (KIP_TYPE_TICKET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-desk.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, mend_cb);
  gtk_widget_class_bind_template_callback (widget_class, kip_desk_delete);
  gtk_widget_class_bind_template_callback (widget_class, kip_desk_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, kip_desk_activated);
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
  kip_desk_restore_widths (self);
  g_signal_connect_object (self->outer, "notify::position", G_CALLBACK (kip_desk_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inner, "notify::position", G_CALLBACK (kip_desk_moved), self, G_CONNECT_SWAPPED);
  kip_desk_arrange (self);
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
  kip_desk_find_last_ticket (self);
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

void
kip_desk_save_state (KipDesk *self)
{
  g_return_if_fail (KIP_IS_DESK (self));

  g_settings_set_int (self->settings, "sidebar-width", MAX (120, self->sidebar_width));
  g_settings_set_int (self->settings, "list-width", MAX (240, self->list_width));
  g_settings_set_boolean (self->settings, "sidebar-visible", self->sidebar_visible);
  g_settings_set_string (self->settings, "last-view", self->view);
  kip_ticket_view_save_state (self->tickets);
  kip_desk_save_last_ticket (self);
}
