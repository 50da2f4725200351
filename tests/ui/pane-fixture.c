/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pane-fixture.h"

#include "kip-composer.h"

void
open_pane (Editor *editor)
{
  editor->pane = KIP_TICKET_PANE (kip_ticket_pane_new (editor->desk.session));
  desk_show (&editor->desk, GTK_WIDGET (editor->pane), 460, 800);
  kip_ticket_pane_set_ticket (editor->pane, editor->ticket);
  UNTIL (kip_case_get_ticket (kip_ticket_pane_get_case (editor->pane)) != NULL);
  find (editor->pane, KIP_TYPE_COMPOSER, NULL);
}

void
editor_init (Editor *editor)
{
  KipNewTicket ticket = {
    .subject = "Printer jams", .description = "Every other page", .requester_name = "Lan Anh",
    .channel = KIP_CHANNEL_MAIL, .received = KIP_INSTANT_NONE
  };

  desk_init (&editor->desk);
  append (editor->desk.office.store, kip_command_new_ticket (editor->desk.office.store, &ticket, &editor->ticket));
  open_pane (editor);
}

/* Nothing of a pane stays behind when its window is closed. */
void
editor_clear (Editor *editor)
{
  gpointer pane = editor->pane, kase = kip_ticket_pane_get_case (editor->pane);

  g_object_add_weak_pointer (pane, &pane);
  g_object_add_weak_pointer (kase, &kase);
  desk_hide (&editor->desk);
  UNTIL (pane == NULL && kase == NULL);
  desk_clear (&editor->desk);
}

KipTicket *
shown (Editor *editor)
{
  return kip_case_get_ticket (kip_ticket_pane_get_case (editor->pane));
}

void
act (Editor     *editor,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (editor->pane), action, NULL));
  settle ();
}

GtkWidget *
writing (Editor *editor)
{
  return find (find (editor->pane, KIP_TYPE_COMPOSER, NULL), GTK_TYPE_TEXT_VIEW, NULL);
}

void
assert_writing (Editor     *editor,
                const char *expected)
{
  g_autofree char *text = get_text (writing (editor));

  g_assert_cmpstr (text, ==, expected);
}
