/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-bulk-bar.h"
#include "kip-chip-bar.h"
#include "kip-desk.h"
#include "kip-empty-page.h"
#include "kip-radar-page.h"
#include "kip-sidebar.h"
#include "kip-ticket-pane.h"
#include "kip-ticket-view.h"

G_BEGIN_DECLS

struct _KipDesk
{
  GtkWidget       parent_instance;

  GSettings      *settings;     /* (owned) */
  KipSession     *session;      /* (owned) (nullable) */
  KipViewList    *views;        /* (owned) (nullable) */
  char           *view;         /* (owned) key of the view, or KIP_SIDEBAR_RADAR */
  KipQuery       *asked;        /* (owned) (nullable) what the list was asked last */
  KipId           ticket;       /* shown in the pane */
  gboolean        jumping;      /* select the ticket whose number was typed */
  gboolean        unmarked;     /* its place may be in the part of the list that is not known yet */
  gboolean        sought;       /* it was shown before the list had it, as one that was just logged */
  gboolean        wants_mark;   /* somebody went to the list before the answer was there */
  gboolean        wants_focus;  /* as soon as there is something to focus */
  gboolean        narrow, shows_ticket, sidebar_visible;
  int             sidebar_width, list_width; /* px, as the person wants them */
  int             outer_width, inner_width;  /* px, of the paneds when last arranged */
  guint           layout_source, ticket_source;
  GCancellable   *finding;      /* (owned) (nullable) a number */
  KipSearchEntry *search;       /* (nullable) of the window */

  GtkPaned       *outer;
  GtkPaned       *inner;
  GtkWidget      *sidebar_box;
  KipSidebar     *sidebar;
  GtkWidget      *list_box;
  GtkStack       *middle;
  KipChipBar     *chips;
  GtkRevealer    *mistake_revealer;
  GtkLabel       *mistake_label;
  GtkButton      *mend_button;
  GtkStack       *list_stack;
  KipTicketView  *tickets;
  KipEmptyPage   *empty_page;   /* (nullable) until the list is empty */
  GtkBox         *page;
  KipBulkBar     *bulk;         /* (nullable) until several are selected */
  KipRadarPage   *radar;        /* (nullable) until somebody looks */
  GtkStack       *ticket_stack;
  KipTicketPane  *pane;         /* (nullable) until it is needed, or there is time */
};

/* kip-desk-search.c */
void kip_desk_ask (KipDesk *self);
void kip_desk_show_mistake (KipDesk *self);
void kip_desk_go (KipDesk *self);
void kip_desk_answered (KipDesk *self,
                        gboolean fresh);

/* kip-desk-layout.c: what stands beside what at which width */
void kip_desk_arrange (KipDesk *self);
void kip_desk_restore_widths (KipDesk *self);
void kip_desk_moved (KipDesk    *self,
                     GParamSpec *pspec,
                     GtkPaned   *paned);
void kip_desk_show_ticket_side (KipDesk *self,
                                gboolean shows_ticket);
void kip_desk_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline);
void kip_desk_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline);

/* kip-desk-ticket.c: the ticket at the right, and what is made when it is needed */
void kip_desk_set_ticket (KipDesk *self,
                          KipId    ticket);
void kip_desk_ensure_bulk (KipDesk *self);
void kip_desk_ensure_radar (KipDesk *self);
void kip_desk_selection_changed (KipDesk *self);
void kip_desk_activated (KipDesk *self,
                         guint64  id,
                         gboolean own_window);
void kip_desk_delete (KipDesk *self);
void kip_desk_find_last_ticket (KipDesk *self);
void kip_desk_save_last_ticket (KipDesk *self);

/* kip-desk.c */
gboolean kip_desk_is_searching (KipDesk *self);

G_END_DECLS
