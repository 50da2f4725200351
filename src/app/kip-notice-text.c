/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-notice-text.h"

#include "kip-format.h"

#include <glib/gi18n.h>

#define MOST_LINES 5

char *
kip_notice_title (const KipTicketRow *row)
{
  g_autofree char *number = NULL;

  if (row == NULL)
    return g_strdup ("");
  number = kip_ticket_number_format (row->number);
  return g_strdup_printf ("%s %s", number, row->subject);
}

char *
kip_notice_line (const KipAlert     *alert,
                 const KipTicketRow *row,
                 KipAgreements      *agreements,
                 KipInstant          now)
{
  const char *name = kip_format_clock_name (alert->threshold.clock);
  const KipClock *clock;
  KipClockReading reading;
  g_autofree char *words = NULL;

  if (row == NULL)
    return g_strdup (name);
  clock = &row->clocks[alert->threshold.clock];
  kip_clock_read (clock, agreements, now, &reading);
  words = kip_format_clock (clock, &reading, row->pause);
  if (alert->escalated)
    /* Translators: a clock's name and state, told to a manager. */
    return g_strdup_printf (_("Escalated · %s: %s"), name, words);
  /* Translators: "Resolution: 41 min left". */
  return g_strdup_printf (_("%s: %s"), name, words);
}

char *
kip_notice_summary (guint    n,
                    gboolean summary)
{
  if (summary)
    return g_strdup_printf (ngettext ("While you were away: %u promise",
                                      "While you were away: %u promises", n), n);
  return g_strdup_printf (ngettext ("%u promise needs you", "%u promises need you", n), n);
}

char *
kip_notice_body (GArray        *alerts,
                 GPtrArray     *rows,
                 KipAgreements *agreements,
                 KipInstant     now)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < alerts->len && i < MOST_LINES; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (rows, i);
      g_autofree char *title = kip_notice_title (row);
      g_autofree char *line = kip_notice_line (&g_array_index (alerts, KipAlert, i), row, agreements, now);
      g_autofree char *escaped = g_markup_printf_escaped ("%s · %s", title, line);

      g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", escaped);
    }
  if (alerts->len > MOST_LINES)
    {
      guint more = alerts->len - MOST_LINES;

      g_string_append_printf (body, ngettext ("\nand %u more", "\nand %u more", more), more);
    }
  return g_string_free (body, FALSE);
}

char *
kip_notice_query (GPtrArray *rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (rows, i);
      char *number = row != NULL ? kip_ticket_number_format (row->number) : NULL;

      if (number != NULL && !g_hash_table_contains (seen, number))
        g_string_append_printf (query, "%s%s", query->len > 0 ? "," : "number:", number);
      if (number != NULL)
        g_hash_table_add (seen, number);
    }
  return g_string_free (query, FALSE);
}
