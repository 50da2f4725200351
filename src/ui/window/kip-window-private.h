/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-desk.h"
#include "kip-notice.h"
#include "kip-sidebar.h"
#include "kip-start-page.h"
#include "kip-sync-button.h"
#include "kip-trouble-page.h"
#include "kip-window.h"

G_BEGIN_DECLS

struct _KipWindow
{
  AdwApplicationWindow parent_instance;

  GSettings  *settings;        /* (owned) */
  GPowerProfileMonitor *power; /* (owned) (nullable) until it matters */
  KipSession *session;         /* (owned) (nullable) */
  KipId       wanted;          /* ticket to show as soon as there is a desk */
  guint       spinner_source;
  guint       clock_source;
  guint       hold;
  guint       first_hold;      /* until it was painted for the first time */
  gboolean    is_ready;        /* it has something to show */

  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkSpinner      *spinner;
  GtkWidget       *opening_box;
  KipStartPage    *start_page;   /* (nullable) made when needed, as are */
  KipTroublePage  *trouble_page; /* (nullable) */
  KipSidebar      *views_list;   /* (nullable) in the popover of a narrow window, and the menu */
  GtkMenuButton   *menu_button;
  GMenuModel      *main_menu;
  GtkBox          *notices;
  GMenu           *undo_section;
  KipNotice       *clock_notice, *disk_notice, *alarm_notice, *sample_notice, *share_notice;
  GtkWidget       *new_button;
  AdwButtonContent *new_content;
  GtkWidget       *back_button;
  GtkMenuButton   *views_button;
  KipSearchEntry  *search;
  KipSyncButton   *sync_button;
  KipDesk         *desk;
};

/* kip-window-notices.c: what stays across the window until it is no longer so. */
void kip_window_add_notices (KipWindow *self);
void kip_window_watch_store (KipWindow *self,
                             KipStore  *store); /* (nullable) */

/* kip-window-view.c: how often the share is looked at for it. */
void kip_window_watch_view (KipWindow *self);
void kip_window_update_view (KipWindow *self);

void kip_window_install_actions (GtkWidgetClass *klass);

/* Which actions can be used now, and the words of Undo and Redo. */
void kip_window_update_actions (KipWindow *self);

G_END_DECLS
