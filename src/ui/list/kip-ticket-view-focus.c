/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-view-private.h"

/* GTK keeps the focus of a list at a place, whatever ticket stands there by now; here
 * it goes to the ticket that is selected. */

static GtkWidget *
find_list_view (KipTicketView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;
  return NULL;
}

void
kip_ticket_view_scroll_to (KipTicketView *self,
                           guint          position)
{
  GtkWidget *list_view = find_list_view (self);

  if (list_view != NULL)
    gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
}

gboolean
kip_ticket_view_has_focus (KipTicketView *self)
{
  GtkWidget *list_view = find_list_view (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return list_view != NULL && focus != NULL && gtk_widget_is_ancestor (focus, list_view);
}

/* Rows are no widgets of ours; what a column put into their cells is. */
static GtkWidget *
find_row (GtkWidget *list_view,
          guint      position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list_view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = gtk_widget_get_first_child (row);

      if (cell != NULL && kip_column_cell_position (gtk_widget_get_first_child (cell)) == position)
        return row;
    }
  return NULL;
}

gboolean
kip_ticket_view_focus_row (KipTicketView *self,
                           guint          position)
{
  GtkWidget *list_view = find_list_view (self);
  GtkWidget *row = list_view != NULL ? find_row (list_view, position) : NULL;

  if (list_view != NULL && row == NULL)
    {
      kip_ticket_view_scroll_to (self, position); /* GTK makes rows near by */
      row = find_row (list_view, position);
    }
  return row != NULL && gtk_widget_grab_focus (row);
}

static gboolean
is_in_sight (KipTicketView *self,
             GtkWidget     *row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds) && bounds.size.height > 0 &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

gboolean
kip_ticket_view_focus_selected (KipTicketView *self)
{
  KipId id = self->selection != NULL ? kip_ticket_selection_get_single (self->selection) : KIP_ID_NONE;
  guint position = id != KIP_ID_NONE ? kip_ticket_list_find (self->list, id) : G_MAXUINT;
  GtkWidget *list_view = find_list_view (self);
  GtkWidget *row = list_view != NULL && position != G_MAXUINT ? find_row (list_view, position) : NULL;

  return row != NULL && is_in_sight (self, row) && gtk_widget_grab_focus (row);
}

gboolean
kip_ticket_view_grab_focus (GtkWidget *widget)
{
  KipTicketView *self = KIP_TICKET_VIEW (widget);
  GtkWidget *list_view = find_list_view (self);

  if (list_view == NULL)
    return FALSE;
  if (kip_ticket_view_focus_selected (self))
    return TRUE;
  if (gtk_widget_get_focus_child (list_view) != NULL)
    return gtk_widget_grab_focus (gtk_widget_get_focus_child (list_view));
  return gtk_widget_child_focus (list_view, GTK_DIR_TAB_FORWARD);
}
