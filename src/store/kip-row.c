/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-row.h"

#include "kip-cbor.h"

KipTicketRow *
kip_ticket_row_ref (KipTicketRow *row)
{
  g_atomic_ref_count_inc (&row->refs);
  return row;
}

void
kip_ticket_row_unref (KipTicketRow *row)
{
  if (!g_atomic_ref_count_dec (&row->refs))
    return;
  g_free (row->subject);
  g_free (row->external);
  g_free (row);
}

int
kip_row_get_hidden (const KipTicketRow *row)
{
  return (row->deleted ? KIP_HIDDEN_DELETED : 0) | (row->spam ? KIP_HIDDEN_SPAM : 0)
         | (row->merged_into != KIP_ID_NONE ? KIP_HIDDEN_MERGED : 0);
}

int
kip_row_clock_state (const KipClock *clock)
{
  if (clock->state == KIP_CLOCK_PAUSED && clock->was_late && !clock->by_hand)
    return KIP_CLOCK_PAUSED_LATE;
  return (int) clock->state;
}

/* ---- encoding ----
 * Which members there are and in which order is said once, for both ways. */

#define CLOCK_INSTANTS(X) \
  X (started) X (stopped) X (due) X (breached) X (since) X (held) X (first_stopped)
#define CLOCK_NUMBERS(X) \
  X (target, gint64) X (used, gint64) X (paused, gint64) X (by_hand, gboolean) X (was_late, gboolean) \
  X (policy, KipId) X (version, guint) X (calendar, KipId) X (calendar_version, guint) X (since_used, gint64) \
  X (pause, KipPause) X (outage, gboolean) X (on_line, gboolean) X (n_met, guint) X (n_missed, guint) X (first_used, gint64)

#define ROW_INSTANTS(X) \
  X (received) X (updated) X (resolved) X (closed) X (first_response) X (next_due)
#define ROW_NUMBERS(X) \
  X (id, KipId) X (number, gint64) X (requester, KipId) X (assignee, KipId) X (team, KipId) X (category, KipId) \
  X (status, KipId) X (parent, KipId) X (merged_into, KipId) X (phase, KipPhase) X (pause, KipPause) \
  X (channel, KipChannel) X (priority, int) X (vip, gboolean) X (conflict, gboolean) X (deleted, gboolean) \
  X (spam, gboolean) X (unanswered, gboolean) X (n_messages, guint) X (n_attachments, guint) X (next_clock, KipClockKind)

static void
put_instant (GByteArray *out,
             KipInstant  instant)
{
  if (instant == KIP_INSTANT_NONE)
    kip_cbor_put_none (out);
  else
    kip_cbor_put_int (out, instant);
}

#define PUT_INSTANT(member) put_instant (out, from->member);
#define PUT_NUMBER(member, Type) kip_cbor_put_int (out, (gint64) from->member);

static void
put_clock (GByteArray     *out,
           const KipClock *from)
{
  kip_cbor_put_int (out, from->state);
  if (from->state == KIP_CLOCK_OFF && from->n_met == 0 && from->n_missed == 0)
    {
      kip_cbor_put_none (out);
      return;
    }
  kip_cbor_put_int (out, 1);
  CLOCK_INSTANTS (PUT_INSTANT)
  CLOCK_NUMBERS (PUT_NUMBER)
}

static void
put_numbers (GByteArray         *out,
             const KipTicketRow *from)
{
  ROW_INSTANTS (PUT_INSTANT)
  ROW_NUMBERS (PUT_NUMBER)
}

GByteArray *
kip_row_encode (const KipTicketRow *row)
{
  GByteArray *out = g_byte_array_sized_new (256);

  kip_cbor_put_text (out, row->subject);
  kip_cbor_put_text (out, row->external != NULL ? row->external : "");
  put_numbers (out, row);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    put_clock (out, &row->clocks[i]);
  return out;
}

static char *
get_text (KipCborReader *reader)
{
  const char *text;
  gsize length;

  return kip_cbor_get_text (reader, &text, &length) ? g_strndup (text, length) : NULL;
}

static gboolean
is_none (KipCborReader *reader)
{
  static const guint8 none = 0xf6; /* RFC 8949, 3.3: null */

  if (reader->failed || reader->at >= reader->end || *reader->at != none)
    return FALSE;
  reader->at++;
  return TRUE;
}

static KipInstant
get_instant (KipCborReader *reader)
{
  gint64 number = KIP_INSTANT_NONE;

  if (!is_none (reader))
    kip_cbor_get_int (reader, &number);
  return number;
}

static gint64
get_number (KipCborReader *reader)
{
  gint64 number = 0;

  kip_cbor_get_int (reader, &number);
  return number;
}

#define GET_INSTANT(member) to->member = get_instant (reader);
#define GET_NUMBER(member, Type) to->member = (Type) get_number (reader);
#define NO_INSTANT(member) to->member = KIP_INSTANT_NONE;

static void
get_clock (KipCborReader *reader,
           KipClock      *to)
{
  to->state = (KipClockState) get_number (reader);
  if (is_none (reader))
    {
      CLOCK_INSTANTS (NO_INSTANT)
      to->first_used = -1;
      return;
    }
  get_number (reader);
  CLOCK_INSTANTS (GET_INSTANT)
  CLOCK_NUMBERS (GET_NUMBER)
}

static void
get_numbers (KipCborReader *reader,
             KipTicketRow  *to)
{
  ROW_INSTANTS (GET_INSTANT)
  ROW_NUMBERS (GET_NUMBER)
}

KipTicketRow *
kip_row_decode (gconstpointer data,
                gsize         length)
{
  g_autoptr (KipTicketRow) row = g_new0 (KipTicketRow, 1);
  KipCborReader reader;

  g_atomic_ref_count_init (&row->refs);
  kip_cbor_reader_init (&reader, data, length);
  row->subject = get_text (&reader);
  row->external = get_text (&reader);
  if (row->external != NULL && *row->external == '\0')
    g_clear_pointer (&row->external, g_free);
  get_numbers (&reader, row);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    get_clock (&reader, &row->clocks[i]);
  return kip_cbor_at_end (&reader) ? g_steal_pointer (&row) : NULL;
}
