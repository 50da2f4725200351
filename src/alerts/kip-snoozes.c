/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-snoozes.h"

#include <stdio.h>

static gboolean
parse_one (const char *text,
           KipSnooze  *snooze)
{
  guint64 ticket;
  gint64 until;
  int clock, percent, used = 0;

  if (sscanf (text, "%" G_GUINT64_FORMAT " %d %d %" G_GINT64_FORMAT "%n", &ticket, &clock, &percent, &until, &used) < 4)
    return FALSE;
  if (text[used] != '\0' || clock < 0 || clock >= KIP_N_CLOCKS)
    return FALSE;
  snooze->what = (KipThreshold) { .ticket = ticket, .clock = (KipClockKind) clock, .percent = percent };
  snooze->until = until;
  return TRUE;
}

GArray *
kip_snoozes_parse (const char *text)
{
  GArray *snoozes = g_array_new (FALSE, FALSE, sizeof (KipSnooze));
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      KipSnooze snooze;

      if (parse_one (parts[i], &snooze))
        g_array_append_val (snoozes, snooze);
    }
  return snoozes;
}

char *
kip_snoozes_format (GArray *snoozes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < snoozes->len; i++)
    {
      const KipSnooze *snooze = &g_array_index (snoozes, KipSnooze, i);

      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT " %d %d %" G_GINT64_FORMAT, i > 0 ? ";" : "",
                              snooze->what.ticket, snooze->what.clock, snooze->what.percent, snooze->until);
    }
  return g_string_free (text, FALSE);
}

void
kip_snoozes_put (GArray             *snoozes,
                 const KipThreshold *what,
                 KipInstant          until)
{
  KipSnooze snooze = { *what, until };

  for (guint i = snoozes->len; i > 0; i--)
    if (g_array_index (snoozes, KipSnooze, i - 1).what.ticket == what->ticket)
      g_array_remove_index (snoozes, i - 1);
  g_array_append_val (snoozes, snooze);
}

GArray *
kip_snoozes_take_due (GArray    *snoozes,
                      KipInstant now)
{
  GArray *due = g_array_new (FALSE, FALSE, sizeof (KipSnooze));

  for (guint i = 0; i < snoozes->len;)
    {
      KipSnooze snooze = g_array_index (snoozes, KipSnooze, i);

      if (snooze.until > now)
        {
          i++;
          continue;
        }
      g_array_append_val (due, snooze);
      g_array_remove_index (snoozes, i);
    }
  return due;
}

KipInstant
kip_snoozes_next (GArray *snoozes)
{
  KipInstant next = KIP_INSTANT_NONE;

  for (guint i = 0; i < snoozes->len; i++)
    {
      KipInstant until = g_array_index (snoozes, KipSnooze, i).until;

      if (next == KIP_INSTANT_NONE || until < next)
        next = until;
    }
  return next;
}
