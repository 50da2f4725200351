/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-pane.h"

#include "kip-composer.h"
#include "kip-presence-hint.h"
#include "kip-promises.h"
#include "kip-ticket-details.h"
#include "kip-ticket-header.h"
#include "kip-timeline-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _KipTicketPane
{
  GtkWidget         parent_instance;
  GtkStack         *stack;
  AdwStatusPage    *failed_page;
  KipTicketHeader  *header;
  KipCaseWidget    *conflicts;
  KipPromises      *promises;
  KipPresenceHint  *presence;
  KipTimelineView  *timeline;
  KipComposer      *composer;
  KipTicketDetails *details;
  GtkStack         *view_stack;      /* conversation, details */
  GtkWidget        *switch_box;
  GtkToggleButton  *talk_toggle;
  GtkToggleButton  *details_toggle;
  GtkToggleButton  *messages_toggle;
  AdwBin           *narrow_bin;      /* holds the details where there is no room beside */
  AdwBin           *wide_bin;        /* holds them where there is */
  GtkWidget        *wide_separator;
  KipCase          *kase;            /* (owned) (nullable) */
  gboolean          wide;
  gboolean          low;             /* little height */
  guint             relayout;        /* idle source; 0: none */
};

/* ---- kip-ticket-pane-actions.c ---- */

void kip_ticket_pane_install_actions (GtkWidgetClass *klass);
void kip_ticket_pane_update_actions (KipTicketPane *self);

/* ---- kip-ticket-pane.c ---- */

void kip_ticket_pane_open_other (KipTicketPane *self,
                                 KipId          ticket);

G_END_DECLS
