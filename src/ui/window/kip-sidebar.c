/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sidebar.h"

#include "kip-name-dialog.h"
#include "kip-sidebar-row.h"

#include <glib/gi18n-lib.h>

struct _KipSidebar
{
  GtkWidget    parent_instance;
  KipSession  *session; /* (owned) (nullable) */
  KipViewList *views;   /* (owned) (nullable) */
  char        *marked;  /* (owned) (nullable) key of what is shown */
  char        *menu_key; /* (owned) (nullable) of the row that has its menu open */
  guint        forget_source;

  GtkWidget   *scroller;
  GtkListBox  *list;
  GMenuModel  *view_menu;
  GtkPopover  *popover;  /* (nullable) until a menu is opened */
};

G_DEFINE_FINAL_TYPE (KipSidebar, kip_sidebar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- rows ---- */

static KipSidebarRow *
row_at (KipSidebar *self,
        int         index)
{
  return (KipSidebarRow *) gtk_list_box_get_row_at_index (self->list, index);
}

static KipSidebarRow *
find_row (KipSidebar *self,
          const char *key)
{
  KipSidebarRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    if (g_strcmp0 (kip_sidebar_row_get_key (row), key) == 0)
      return row;
  return NULL;
}

static gboolean
is_saved (KipSidebarRow *row)
{
  KipViewItem *view = row != NULL ? kip_sidebar_row_get_view (row) : NULL;

  return view != NULL && kip_view_item_get_id (view) != KIP_ID_NONE;
}

static void
show_mark (KipSidebar *self)
{
  KipSidebarRow *row = self->marked != NULL ? find_row (self, self->marked) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    gtk_list_box_select_row (self->list, NULL); /* unselect_all() does nothing in a list that browses */
}

static void
header_func (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       data)
{
  gboolean saved = is_saved (KIP_SIDEBAR_ROW (row));
  gboolean first = before != NULL && saved != is_saved (KIP_SIDEBAR_ROW (before));
  GtkWidget *header;

  if (!first)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  header = saved ? gtk_label_new (_("Saved Views")) : gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (header, saved ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_add_css_class (header, saved ? "caption-heading" : "spacer");
  gtk_widget_add_css_class (header, "kip-sidebar-header");
  gtk_list_box_row_set_header (row, header);
}

/* ---- the menu of a saved view ---- */

static KipSidebarRow *
focused_row (KipSidebar *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (KIP_IS_SIDEBAR_ROW (focus))
    return KIP_SIDEBAR_ROW (focus);
  return (KipSidebarRow *) gtk_list_box_get_selected_row (self->list);
}

/* What the open menu, else the focus, is about; NULL unless it is a saved view. */
static KipViewItem *
acted_on (KipSidebar *self)
{
  KipSidebarRow *row = self->menu_key != NULL ? find_row (self, self->menu_key) : focused_row (self);

  return is_saved (row) ? kip_sidebar_row_get_view (row) : NULL;
}

static gboolean
forget_menu_cb (gpointer data)
{
  KipSidebar *self = data;

  self->forget_source = 0;
  g_clear_pointer (&self->menu_key, g_free);
  return G_SOURCE_REMOVE;
}

static void
menu_closed_cb (KipSidebar *self)
{
  /* The action that was chosen runs after this. */
  if (self->forget_source == 0)
    self->forget_source = g_idle_add (forget_menu_cb, self);
}

static void
ensure_popover (KipSidebar *self)
{
  if (self->popover != NULL)
    return;
  self->popover = GTK_POPOVER (gtk_popover_menu_new_from_model (self->view_menu));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
}

static void
open_menu (KipSidebar    *self,
           KipSidebarRow *row)
{
  graphene_rect_t bounds;

  if (!is_saved (row) || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return;
  ensure_popover (self);
  g_free (self->menu_key);
  self->menu_key = g_strdup (kip_sidebar_row_get_key (row));
  gtk_popover_set_pointing_to (self->popover, &(GdkRectangle) { bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  gtk_popover_popup (self->popover);
}

static void
pressed_cb (KipSidebar *self,
            int         n_press,
            double      x,
            double      y)
{
  open_menu (self, (KipSidebarRow *) gtk_list_box_get_row_at_y (self->list, (int) y));
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  KipSidebar *self = KIP_SIDEBAR (widget);

  open_menu (self, focused_row (self));
  return TRUE;
}

typedef struct
{
  KipSidebar  *sidebar; /* (owned) */
  KipViewItem *view;    /* (owned) */
} Renaming;

static void
renaming_free (gpointer data)
{
  Renaming *renaming = data;

  g_object_unref (renaming->sidebar);
  g_object_unref (renaming->view);
  g_free (renaming);
}

static void
renamed_cb (const char *name,
            gpointer    data)
{
  Renaming *renaming = data;
  KipSidebar *self = renaming->sidebar;

  if (self->session != NULL)
    kip_session_do (self->session, kip_view_list_rename (self->views, renaming->view, name), _("View renamed"), NULL, NULL);
}

static void
rename_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  KipSidebar *self = KIP_SIDEBAR (widget);
  KipViewItem *view = acted_on (self);
  Renaming *renaming;

  if (view == NULL)
    return;
  renaming = g_new0 (Renaming, 1);
  renaming->sidebar = g_object_ref (self);
  renaming->view = g_object_ref (view);
  kip_ask_name (widget, _("Rename View"), NULL, _("Name"), kip_view_item_get_name (view), _("_Rename"),
                renamed_cb, renaming, renaming_free);
}

static void
remove_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  KipSidebar *self = KIP_SIDEBAR (widget);
  KipViewItem *view = acted_on (self);
  g_autofree char *label = NULL;

  if (view == NULL || self->session == NULL)
    return;
  label = g_strdup_printf (_("View “%s” removed"), kip_view_item_get_name (view));
  kip_session_do (self->session, kip_view_list_remove (self->views, view), label, NULL, NULL);
}

static void
edit_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  KipViewItem *view = acted_on (KIP_SIDEBAR (widget));

  if (view != NULL)
    g_signal_emit (widget, signals[SIGNAL_EDIT], 0, kip_query_get_text (kip_view_item_get_query (view)));
}

static void
move_before (KipSidebar  *self,
             KipViewItem *view,
             KipViewItem *before)
{
  if (self->session != NULL && view != before)
    kip_session_do (self->session, kip_view_list_move (self->views, view, before), "", NULL, NULL);
}

static void
move_by (KipSidebar *self,
         int         steps)
{
  KipViewItem *view = acted_on (self);
  KipSidebarRow *row = view != NULL ? find_row (self, kip_view_item_get_key (view)) : NULL;
  KipSidebarRow *other, *next;
  int index;

  if (row == NULL)
    return;
  index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  other = row_at (self, index + steps);
  if (!is_saved (other))
    return;
  next = row_at (self, index + 2);
  if (steps < 0)
    move_before (self, view, kip_sidebar_row_get_view (other));
  else
    move_before (self, view, is_saved (next) ? kip_sidebar_row_get_view (next) : NULL);
}

static void
move_up (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  move_by (KIP_SIDEBAR (widget), -1);
}

static void
move_down (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  move_by (KIP_SIDEBAR (widget), 1);
}

/* ---- dragging ---- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 KipSidebarRow *row)
{
  return is_saved (row) ? gdk_content_provider_new_typed (KIP_TYPE_VIEW_ITEM, kip_sidebar_row_get_view (row)) : NULL;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         KipSidebar    *self)
{
  KipSidebarRow *row = KIP_SIDEBAR_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));

  if (!is_saved (row))
    return FALSE;
  move_before (self, g_value_get_object (value), kip_sidebar_row_get_view (row));
  return TRUE;
}

static void
make_movable (KipSidebar *self,
              GtkWidget  *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (KIP_TYPE_VIEW_ITEM, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* ---- what there is ---- */

static void
fill (KipSidebar *self)
{
  GtkListBoxRow *row;
  guint n = self->views != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->views)) : 0;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KipViewItem) view = g_list_model_get_item (G_LIST_MODEL (self->views), i);
      GtkWidget *child = kip_sidebar_row_new (view);

      if (kip_view_item_get_id (view) != KIP_ID_NONE)
        make_movable (self, child);
      gtk_list_box_append (self->list, child);
    }
  if (n > 0)
    gtk_list_box_append (self->list, kip_sidebar_row_new_plain (KIP_SIDEBAR_RADAR, "kip-radar-symbolic", _("Radar")));
  show_mark (self);
}

static void
row_activated_cb (KipSidebar    *self,
                  KipSidebarRow *row)
{
  g_free (self->marked);
  self->marked = g_strdup (kip_sidebar_row_get_key (row));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->marked);
}

/* ---- class ---- */

static void
kip_sidebar_dispose (GObject *object)
{
  KipSidebar *self = KIP_SIDEBAR (object);

  kip_sidebar_set_views (self, NULL, NULL);
  g_clear_handle_id (&self->forget_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->marked, g_free);
  g_clear_pointer (&self->menu_key, g_free);
  self->list = NULL;
  G_OBJECT_CLASS (kip_sidebar_parent_class)->dispose (object);
}

static void
kip_sidebar_class_init (KipSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sidebar_dispose;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_EDIT] =
    g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, KipSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, KipSidebar, view_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "view.rename", NULL, rename_view);
  gtk_widget_class_install_action (widget_class, "view.remove", NULL, remove_view);
  gtk_widget_class_install_action (widget_class, "view.edit", NULL, edit_view);
  gtk_widget_class_install_action (widget_class, "view.move-up", NULL, move_up);
  gtk_widget_class_install_action (widget_class, "view.move-down", NULL, move_down);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "view.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "view.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "view.move-down", NULL);
}

static void
kip_sidebar_init (KipSidebar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}

/* ---- public ---- */

GtkWidget *
kip_sidebar_new (void)
{
  return g_object_new (KIP_TYPE_SIDEBAR, NULL);
}

void
kip_sidebar_set_views (KipSidebar  *self,
                       KipSession  *session,
                       KipViewList *views)
{
  g_return_if_fail (KIP_IS_SIDEBAR (self));

  if (self->views != NULL)
    g_signal_handlers_disconnect_by_func (self->views, fill, self);
  g_set_object (&self->session, session);
  g_set_object (&self->views, views);
  if (self->list == NULL)
    return;
  if (views != NULL)
    g_signal_connect_object (views, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

void
kip_sidebar_mark (KipSidebar *self,
                  const char *key)
{
  g_return_if_fail (KIP_IS_SIDEBAR (self));

  g_free (self->marked);
  self->marked = g_strdup (key);
  show_mark (self);
}
