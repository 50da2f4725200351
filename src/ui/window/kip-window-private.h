/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-desk.h"
#include "kip-sidebar.h"
#include "kip-window.h"

G_BEGIN_DECLS

struct _KipWindow
{
  AdwApplicationWindow parent_instance;

  GSettings  *settings;        /* (owned) */
  KipSession *session;         /* (owned) (nullable) */
  KipId       wanted;          /* ticket to show as soon as there is a desk */
  guint       spinner_source;
  guint       clock_source;

  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkSpinner      *spinner;
  GtkWidget       *opening_box;
  AdwStatusPage   *trouble_page;
  GtkWidget       *clock_bar;
  GtkLabel        *clock_label;
  GtkWidget       *new_button;
  AdwButtonContent *new_content;
  GtkWidget       *back_button;
  GtkMenuButton   *views_button;
  GtkPopover      *views_popover;
  KipSidebar      *views_list;
  KipSearchEntry  *search;
  GtkWidget       *kept_label;
  KipDesk         *desk;
};

void kip_window_install_actions (GtkWidgetClass *klass);

/* Which actions can be used now, and the words of Undo and Redo. */
void kip_window_update_actions (KipWindow *self);

G_END_DECLS
