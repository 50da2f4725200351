/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* A part of the editor that shows a KipCase: told to update itself when another
 * case is set and whenever its ticket changes.  Its children are in one bin. */
#define KIP_TYPE_CASE_WIDGET (kip_case_widget_get_type ())
G_DECLARE_DERIVABLE_TYPE (KipCaseWidget, kip_case_widget, KIP, CASE_WIDGET, GtkWidget)

struct _KipCaseWidgetClass
{
  GtkWidgetClass parent_class;

  /* The ticket changed; @ticket is NULL while there is none. */
  void (*update)(KipCaseWidget *self,
                 KipTicket     *ticket);

  /* Its relatives became known, or changed. (nullable) */
  void (*update_related)(KipCaseWidget *self,
                         KipTicket     *ticket);
};

void kip_case_widget_set_case (KipCaseWidget *self,
                               KipCase       *kase);

/* (nullable) borrowed */
KipCase   *kip_case_widget_get_case (KipCaseWidget *self);
KipTicket *kip_case_widget_get_ticket (KipCaseWidget *self);

/* Those of the case, which must be set. */
KipStore  *kip_case_widget_get_store (KipCaseWidget *self);
KipOffice *kip_case_widget_get_office (KipCaseWidget *self);

/* Does @change (taken) in the session of the case; see kip_session_do(). */
void kip_case_widget_do (KipCaseWidget *self,
                         KipChange     *change,
                         const char    *label);

/* Calls the update function as if the ticket had changed. */
void kip_case_widget_update (KipCaseWidget *self);

G_END_DECLS
