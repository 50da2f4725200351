/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bulk-bar.h"
#include "kip-pick-popover.h"

G_BEGIN_DECLS

struct _KipBulkBar
{
  GtkWidget           parent_instance;
  KipSession         *session;   /* (owned) (nullable) */
  KipTicketList      *list;      /* (owned) (nullable) */
  KipTicketSelection *selection; /* (owned) (nullable) */
  GArray             *resolving; /* (owned) (nullable) of KipId: wait for what was done */
  GHashTable         *answers;   /* (owned) (nullable) set of pointers to KipId: those of them that get it */
  KipId               resolved;  /* the status they are to have */

  GtkRevealer        *bar;
  GtkLabel           *count;
  GtkMenuButton      *assign;
  GtkMenuButton      *status;
  GtkMenuButton      *priority;
  GtkWidget          *more;
  GtkWidget          *category; /* popovers that open from more */
  GtkWidget          *team;
  GtkWidget          *merge;
};

/* kip-bulk-bar.c */
KipStore    *kip_bulk_bar_store (KipBulkBar *self);
KipOffice   *kip_bulk_bar_office (KipBulkBar *self);
GArray      *kip_bulk_bar_dup_ids (KipBulkBar *self); /* what is selected now */
const KipId *kip_bulk_bar_ids (GArray *ids);

/* Does @change (taken) and says @label (taken). */
void kip_bulk_bar_finish (KipBulkBar *self,
                          KipChange  *change,
                          char       *label);

/* "12 tickets: Lan" (transfer full) */
char *kip_bulk_bar_label (guint       n,
                          const char *what);

/* What the menus offer, and what a choice does; kip-bulk-fields.c and kip-bulk-status.c */
void kip_bulk_fill_agents (KipBulkBar     *self,
                           KipPickPopover *popover);
void kip_bulk_fill_statuses (KipBulkBar     *self,
                             KipPickPopover *popover);
void kip_bulk_fill_priorities (KipBulkBar     *self,
                               KipPickPopover *popover);
void kip_bulk_fill_categories (KipBulkBar     *self,
                               KipPickPopover *popover);
void kip_bulk_fill_teams (KipBulkBar     *self,
                          KipPickPopover *popover);
void kip_bulk_agent_picked (KipBulkBar *self,
                            guint64     id);
void kip_bulk_status_picked (KipBulkBar *self,
                             guint64     id);
void kip_bulk_priority_picked (KipBulkBar *self,
                               guint64     id);
void kip_bulk_category_picked (KipBulkBar *self,
                               guint64     id);
void kip_bulk_team_picked (KipBulkBar *self,
                           guint64     id);

G_END_DECLS
