/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-columns.h"
#include "kip-ticket-view.h"

G_BEGIN_DECLS

struct _KipTicketView
{
  GtkWidget           parent_instance;

  GSettings          *settings;  /* (owned) */
  KipTicketList      *list;      /* (owned) (nullable) */
  KipTicketSelection *selection; /* (owned) (nullable) */
  KipColumnContext    context;
  KipSort             sort;
  gboolean            descending;
  GMenuModel         *header_menu; /* (owned) which columns are shown */
  GStrv               put_away; /* (owned) (nullable) the columns there were, while only the most needed have room */
  gboolean            answered; /* since there is a store */
  guint               tick_source, ticks, fit_source, hold;

  GtkScrolledWindow  *scroller;
  GtkColumnView      *column_view;
};

/* kip-ticket-view-columns.c: adds the columns of the settings, in their order, the
 * menu of their headers, and sorts by what it was sorted by. */
void kip_ticket_view_add_columns (KipTicketView *self);

/* In a narrow list there is less room for all but the subject, and in the narrowest for what
 * each ticket is called and when it is due. */
void kip_ticket_view_fit_columns (KipTicketView *self,
                                  int            width);
gboolean kip_ticket_view_fits (KipTicketView *self,
                               int            width); /* as it is */

/* kip-ticket-view-focus.c: which row has it. */
void     kip_ticket_view_scroll_to (KipTicketView *self,
                                    guint          position);
gboolean kip_ticket_view_has_focus (KipTicketView *self);
gboolean kip_ticket_view_focus_row (KipTicketView *self,
                                    guint          position);

/* The one that is selected, if it is in sight. */
gboolean kip_ticket_view_focus_selected (KipTicketView *self);
gboolean kip_ticket_view_grab_focus (GtkWidget *widget);

G_END_DECLS
