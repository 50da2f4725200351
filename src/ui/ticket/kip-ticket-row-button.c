/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-row-button.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

static char *
format_state (KipOffice          *office,
              const KipTicketRow *ticket)
{
  const KipStatus *status = kip_office_status (office, ticket->status);
  const KipChoice *phase = kip_choice_find (kip_schema_phases (), (int) ticket->phase);
  const char *word = status != NULL ? status->name : phase != NULL ? _(phase->label) : "";
  g_autofree char *when = kip_format_when (ticket->updated, kip_clock_now (), NULL);

  return g_strdup_printf ("%s · %s", word, when);
}

GtkWidget *
kip_ticket_row_button_new (KipOffice          *office,
                           const KipTicketRow *ticket)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *title = g_strdup_printf ("%s  %s", number, ticket->subject);
  g_autofree char *state = format_state (office, ticket);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "ticket.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "t", ticket->id);
  gtk_widget_add_css_class (row, "numeric");
  return row;
}
