/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

#include "kip-text-scale.h"

/* Below this width, for text of the usual size, the ticket takes the place of the list. */
#define NARROW 1000

/* The smallest window still shows something. */
#define MIN_WIDTH 340
#define MIN_HEIGHT 240

/* ---- layout ---- */

static gboolean
is_narrow (KipDesk *self,
           int      width)
{
  return width < NARROW *kip_text_scale (GTK_WIDGET (self));
}

void
kip_desk_arrange (KipDesk *self)
{
  gtk_widget_set_visible (self->sidebar_box, !self->narrow && self->sidebar_visible);
  gtk_widget_set_visible (self->list_box, !self->narrow || !self->shows_ticket);
  gtk_widget_set_visible (GTK_WIDGET (self->ticket_stack), !self->narrow || self->shows_ticket);
  g_signal_emit_by_name (self, "layout-changed");
}

void
kip_desk_restore_widths (KipDesk *self)
{
  gtk_paned_set_position (self->outer, self->sidebar_width);
  gtk_paned_set_position (self->inner, self->list_width);
}

/* A divider that moves while its paned stays as wide as it was: a person moves it. */
void
kip_desk_moved (KipDesk    *self,
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
  self->narrow = is_narrow (self, gtk_widget_get_width (GTK_WIDGET (self)));
  kip_desk_arrange (self);
  if (!self->narrow)
    kip_desk_restore_widths (self); /* in the narrow window they were squeezed */
  return G_SOURCE_REMOVE;
}

void
kip_desk_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  KipDesk *self = KIP_DESK (widget);

  /* Of a window that is not seen yet, with a size of its own, nobody asks how small
   * it may become; to measure its rows for that would take as long as painting them. */
  if (!gtk_widget_get_mapped (widget))
    {
      *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
      return;
    }
  gtk_widget_measure (GTK_WIDGET (self->outer), orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MIN_WIDTH);
}

/* What is too wide for the moment is cut off: it is arranged anew right after. */
void
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
  if (is_narrow (self, width) != self->narrow && self->layout_source == 0)
    self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange_cb, self, NULL);
}

void
kip_desk_show_ticket_side (KipDesk *self,
                           gboolean shows_ticket)
{
  if (self->shows_ticket == shows_ticket)
    return;
  self->shows_ticket = shows_ticket;
  kip_desk_arrange (self);
}

/* ---- public ---- */

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

  kip_desk_show_ticket_side (self, FALSE);
}

void
kip_desk_set_sidebar_visible (KipDesk *self,
                              gboolean visible)
{
  g_return_if_fail (KIP_IS_DESK (self));

  self->sidebar_visible = visible;
  kip_desk_arrange (self);
}

gboolean
kip_desk_get_sidebar_visible (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), FALSE);

  return self->sidebar_visible;
}
