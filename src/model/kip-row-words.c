/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-row-words.h"

#include <glib/gi18n-lib.h>

static gboolean
is_in (const KipTicketRow *row,
       KipClockKind        kind,
       KipClockState       state)
{
  return row->clocks[kind].state == state;
}

KipClockKind
kip_row_shown_clock (const KipTicketRow *row)
{
  if (row->next_due != KIP_INSTANT_NONE)
    return row->next_clock;
  if (is_in (row, KIP_CLOCK_RESOLUTION, KIP_CLOCK_PAUSED))
    return KIP_CLOCK_RESOLUTION;
  if (is_in (row, KIP_CLOCK_UPDATE, KIP_CLOCK_PAUSED))
    return KIP_CLOCK_UPDATE;
  if (is_in (row, KIP_CLOCK_RESPONSE, KIP_CLOCK_PAUSED))
    return KIP_CLOCK_RESPONSE;
  if (is_in (row, KIP_CLOCK_RESOLUTION, KIP_CLOCK_OFF) && !is_in (row, KIP_CLOCK_RESPONSE, KIP_CLOCK_OFF))
    return KIP_CLOCK_RESPONSE;
  return KIP_CLOCK_RESOLUTION;
}

void
kip_row_promise_read (KipRowPromise      *promise,
                      const KipTicketRow *row,
                      KipAgreements      *agreements,
                      KipInstant          now)
{
  KipClockReading reading;
  const KipClock *clock;

  promise->kind = kip_row_shown_clock (row);
  clock = &row->clocks[promise->kind];
  if (clock->state == KIP_CLOCK_OFF)
    {
      promise->tone = KIP_TONE_OFF;
      promise->fraction = 0;
      promise->text = g_strdup ("");
      return;
    }
  kip_clock_read (clock, agreements, now, &reading);
  promise->tone = kip_clock_tone (clock, &reading);
  promise->fraction = CLAMP (reading.fraction, 0.0, 1.0);
  /* The mark beside it says "paused" already, and the column is narrow. */
  promise->text = promise->tone == KIP_TONE_PAUSED ? kip_format_clock_short (clock, &reading, row->pause)
                                                   : kip_format_clock (clock, &reading, row->pause);
}

void
kip_row_promise_clear (KipRowPromise *promise)
{
  g_clear_pointer (&promise->text, g_free);
}

static void
append_clock (GString        *text,
              KipClockKind    kind,
              const KipClock *clock,
              KipPause        pause,
              KipAgreements  *agreements,
              KipInstant      now)
{
  KipClockReading reading;
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;

  kip_clock_read (clock, agreements, now, &reading);
  words = kip_format_clock (clock, &reading, pause);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: a clock and how it stands: "Resolution: 41 min left". */
  g_string_append_printf (text, _("%s: %s"), kip_format_clock_name (kind), words);
  if (clock->due == KIP_INSTANT_NONE)
    return;
  when = kip_format_instant (clock->due, NULL);
  /* Translators: when a promise falls due; %s is a date and time. */
  g_string_append_printf (text, _(" (due %s)"), when);
}

char *
kip_row_promises_text (const KipTicketRow *row,
                       KipAgreements      *agreements,
                       KipInstant          now)
{
  GString *text = g_string_new (NULL);

  for (KipClockKind kind = 0; kind < KIP_N_CLOCKS; kind++)
    if (row->clocks[kind].state != KIP_CLOCK_OFF)
      append_clock (text, kind, &row->clocks[kind], row->pause, agreements, now);
  return g_string_free (text, FALSE);
}
