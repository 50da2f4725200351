/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-pane.h"
#include "ui-fixture.h"

G_BEGIN_DECLS

/* A pane with a ticket in it. */
typedef struct
{
  Desk           desk;
  KipTicketPane *pane;
  KipId          ticket;
} Editor;

void editor_init (Editor *editor);
void editor_clear (Editor *editor); /* and fails when something of the pane stays behind */

/* Another pane on the ticket, as a restart of the program shows it. */
void open_pane (Editor *editor);

/* The ticket that the pane shows. */
KipTicket *shown (Editor *editor);

void act (Editor     *editor,
          const char *action);

/* The text view of the composer; and fails when something else stands there. */
GtkWidget *writing (Editor *editor);
void       assert_writing (Editor     *editor,
                           const char *expected);

G_END_DECLS
