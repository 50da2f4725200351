/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A row of facts as bytes.  A million of them are read when somebody looks at a long
 * time, so they are short and plain: numbers of seven bits a byte, the least first,
 * the sign in the lowest bit; instants as their distance from the one before, lists
 * with their length in front.  This is no event: it can always be computed again. */

#include "kip-fact-private.h"

#include <string.h>

#define EDITION 1

/* ---- writing ---- */

static void
put (GByteArray *out,
     gint64      number)
{
  guint64 bits = ((guint64) number << 1) ^ (guint64) (number >> 63);
  guint8 bytes[10];
  guint n = 0;

  while (bits >= 0x80)
    {
      bytes[n++] = (guint8) (bits | 0x80);
      bits >>= 7;
    }
  bytes[n++] = (guint8) bits;
  g_byte_array_append (out, bytes, n);
}

static inline guint64
origin (KipInstant base)
{
  return base != KIP_INSTANT_NONE ? (guint64) base : 0;
}

/* One more than the distance, from which none is told by 0. */
static void
put_instant (GByteArray *out,
             KipInstant  at,
             KipInstant  base)
{
  gint64 distance = (gint64) ((guint64) at - origin (base));

  put (out, at == KIP_INSTANT_NONE ? 0 : distance >= 0 ? distance + 1 : distance);
}

static void
put_clock (GByteArray         *out,
           const KipFactClock *clock,
           KipInstant          base)
{
  put (out, clock->state | clock->was_late << 4);
  put_instant (out, clock->stopped, base);
  put_instant (out, clock->breached, clock->stopped != KIP_INSTANT_NONE ? clock->stopped : base);
  put (out, clock->n_met);
  put (out, clock->n_missed);
}

static void
put_phases (GByteArray    *out,
            const KipFact *fact)
{
  guint n = fact->phases != NULL ? MIN (fact->phases->len, KIP_FACT_MOST_PARTS) : 0;
  KipInstant base = fact->received;

  put (out, n);
  for (guint i = 0; i < n; i++)
    {
      const KipFactPhase *phase = &g_array_index (fact->phases, KipFactPhase, i);

      put_instant (out, phase->at, base);
      put (out, phase->phase | phase->pause << 4);
      base = phase->at;
    }
}

static void
put_resolutions (GByteArray    *out,
                 const KipFact *fact)
{
  guint n = fact->resolutions != NULL ? MIN (fact->resolutions->len, KIP_FACT_MOST_PARTS) : 0;
  KipInstant base = fact->received;

  put (out, n);
  for (guint i = 0; i < n; i++)
    {
      const KipFactResolution *resolution = &g_array_index (fact->resolutions, KipFactResolution, i);

      put_instant (out, resolution->at, base);
      put_instant (out, resolution->reopened, resolution->at);
      put (out, (gint64) resolution->by);
      put (out, resolution->score);
      base = resolution->at;
    }
}

static void
put_pauses (GByteArray    *out,
            const KipFact *fact)
{
  guint n = fact->pauses != NULL ? MIN (fact->pauses->len, KIP_FACT_MOST_PARTS) : 0;

  put (out, n);
  for (guint i = 0; i < n; i++)
    {
      const KipFactPause *pause = &g_array_index (fact->pauses, KipFactPause, i);

      put (out, (gint64) pause->by);
      put (out, pause->pause);
      put (out, pause->work);
      put (out, pause->elapsed);
    }
}

static void
put_touches (GByteArray    *out,
             const KipFact *fact)
{
  guint n = fact->touches != NULL ? MIN (fact->touches->len, KIP_FACT_MOST_PARTS) : 0;

  put (out, n);
  for (guint i = 0; i < n; i++)
    {
      const KipFactTouch *touch = &g_array_index (fact->touches, KipFactTouch, i);

      put (out, (gint64) touch->by);
      put_instant (out, touch->at, fact->received);
    }
}

static void
put_text (GByteArray *out,
          const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  put (out, (gint64) length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

static void
put_ids (GByteArray    *out,
         const KipFact *fact)
{
  const KipId ids[] = { fact->id, fact->requester, fact->asset, fact->category, fact->team, fact->assignee, fact->responder };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    put (out, (gint64) ids[i]);
  put (out, fact->number);
}

static void
put_durations (GByteArray    *out,
               const KipFact *fact)
{
  const gint64 seconds[] = { fact->response_work, fact->response_elapsed, fact->first_work, fact->first_elapsed,
                             fact->full_work, fact->full_elapsed, fact->total_work, fact->total_elapsed };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    put (out, seconds[i]);
}

static void
put_counts (GByteArray    *out,
            const KipFact *fact)
{
  put (out, fact->priority);
  put (out, fact->channel | fact->on_line << 5);
  put (out, fact->n_answers);
  put (out, fact->n_assignees);
  put (out, fact->n_teams);
  put (out, fact->n_handovers);
  put (out, fact->n_moves);
}

void
kip_fact_encode (const KipFact *fact,
                 GByteArray    *out)
{
  guint8 edition = EDITION;

  g_byte_array_append (out, &edition, 1);
  put_ids (out, fact);
  put (out, fact->received);
  put_instant (out, fact->responded, fact->received);
  put_counts (out, fact);
  put_durations (out, fact);
  put_clock (out, &fact->response, fact->received);
  put_clock (out, &fact->update, fact->received);
  put_clock (out, &fact->resolution, fact->received);
  put_phases (out, fact);
  put_resolutions (out, fact);
  put_pauses (out, fact);
  put_touches (out, fact);
  put_text (out, fact->cause);
}

/* ---- reading ---- */

typedef struct
{
  const guint8 *at, *end; /* at NULL: damaged */
} Reader;

static inline gint64
get (Reader *reader)
{
  guint64 bits = 0;

  for (guint shift = 0; reader->at != NULL && reader->at < reader->end && shift < 64; shift += 7)
    {
      guint8 byte = *reader->at++;

      bits |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return (gint64) (bits >> 1) ^ -(gint64) (bits & 1);
    }
  reader->at = NULL;
  return 0;
}

static inline KipInstant
get_instant (Reader    *reader,
             KipInstant base)
{
  gint64 distance = get (reader);

  return distance == 0 ? KIP_INSTANT_NONE : (KipInstant) (origin (base) + (guint64) (distance > 0 ? distance - 1 : distance));
}

/* How many come; no more than bytes are left. */
static guint
get_length (Reader *reader)
{
  gint64 n = get (reader);

  if (reader->at != NULL && n >= 0 && n <= reader->end - reader->at && n <= KIP_FACT_MOST_PARTS)
    return (guint) n;
  reader->at = NULL;
  return 0;
}

static KipFactClock
get_clock (Reader    *reader,
           KipInstant base)
{
  gint64 state = get (reader);
  KipFactClock clock = { (guint8) (state & 15), state >> 4 & 1, KIP_INSTANT_NONE, KIP_INSTANT_NONE, 0, 0 };

  clock.stopped = get_instant (reader, base);
  clock.breached = get_instant (reader, clock.stopped != KIP_INSTANT_NONE ? clock.stopped : base);
  clock.n_met = (guint) get (reader);
  clock.n_missed = (guint) get (reader);
  return clock;
}

static void
get_phases (Reader    *reader,
            KipInstant base,
            GArray    *phases)
{
  for (guint n = get_length (reader); n > 0; n--)
    {
      KipFactPhase phase = { get_instant (reader, base), 0, 0 };
      gint64 both = get (reader);

      phase.phase = (guint8) (both & 15);
      phase.pause = (guint8) (both >> 4);
      base = phase.at;
      g_array_append_val (phases, phase);
    }
}

static void
get_resolutions (Reader    *reader,
                 KipInstant base,
                 GArray    *resolutions)
{
  for (guint n = get_length (reader); n > 0; n--)
    {
      KipFactResolution resolution = { get_instant (reader, base), KIP_INSTANT_NONE, 0, 0 };

      resolution.reopened = get_instant (reader, resolution.at);
      resolution.by = (KipId) get (reader);
      resolution.score = (int) get (reader);
      base = resolution.at;
      g_array_append_val (resolutions, resolution);
    }
}

static void
get_pauses (Reader *reader,
            GArray *pauses)
{
  for (guint n = get_length (reader); n > 0; n--)
    {
      KipFactPause pause = { (KipId) get (reader), 0, 0, 0 };

      pause.pause = (int) get (reader);
      pause.work = get (reader);
      pause.elapsed = get (reader);
      g_array_append_val (pauses, pause);
    }
}

static void
get_touches (Reader    *reader,
             KipInstant base,
             GArray    *touches)
{
  for (guint n = get_length (reader); n > 0; n--)
    {
      KipFactTouch touch = { (KipId) get (reader), KIP_INSTANT_NONE };

      touch.at = get_instant (reader, base);
      g_array_append_val (touches, touch);
    }
}

static char *
get_text (Reader *reader)
{
  gint64 length = get (reader);
  g_autofree char *text = NULL;

  if (reader->at == NULL || length < 0 || length != reader->end - reader->at)
    {
      reader->at = NULL;
      return NULL;
    }
  if (length == 0)
    return NULL;
  text = g_strndup ((const char *) reader->at, (gsize) length);
  reader->at = reader->end;
  return g_ref_string_new_intern (text);
}

static void
get_ids (Reader  *reader,
         KipFact *fact)
{
  KipId *const ids[] = { &fact->id, &fact->requester, &fact->asset, &fact->category, &fact->team, &fact->assignee, &fact->responder };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    *ids[i] = (KipId) get (reader);
  fact->number = get (reader);
}

static void
get_counts (Reader  *reader,
            KipFact *fact)
{
  gint64 both;

  fact->priority = (guint8) get (reader);
  both = get (reader);
  fact->channel = (guint8) (both & 31);
  fact->on_line = (guint8) (both >> 5 & 1);
  fact->n_answers = (guint16) get (reader);
  fact->n_assignees = (guint16) get (reader);
  fact->n_teams = (guint16) get (reader);
  fact->n_handovers = (guint16) get (reader);
  fact->n_moves = (guint16) get (reader);
}

static void
get_durations (Reader  *reader,
               KipFact *fact)
{
  gint64 *const seconds[] = { &fact->response_work, &fact->response_elapsed, &fact->first_work, &fact->first_elapsed,
                              &fact->full_work, &fact->full_elapsed, &fact->total_work, &fact->total_elapsed };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    *seconds[i] = get (reader);
}

static void
get_fact (Reader  *reader,
          KipFact *fact)
{
  get_ids (reader, fact);
  fact->received = get (reader);
  fact->responded = get_instant (reader, fact->received);
  get_counts (reader, fact);
  get_durations (reader, fact);
  fact->response = get_clock (reader, fact->received);
  fact->update = get_clock (reader, fact->received);
  fact->resolution = get_clock (reader, fact->received);
  get_phases (reader, fact->received, fact->phases);
  get_resolutions (reader, fact->received, fact->resolutions);
  get_pauses (reader, fact->pauses);
  get_touches (reader, fact->received, fact->touches);
  fact->cause = get_text (reader);
}

gboolean
kip_fact_table_add_encoded (KipFactTable *table,
                            gconstpointer data,
                            gsize         length)
{
  Reader reader = { data, (const guint8 *) data + length };
  KipFact fact = { .cause = NULL };

  if (length == 0 || *reader.at++ != EDITION)
    return FALSE;
  kip_fact_table_begin (table, &fact);
  get_fact (&reader, &fact);
  kip_fact_table_end (table, &fact, reader.at != NULL);
  g_clear_pointer (&fact.cause, g_ref_string_release);
  return reader.at != NULL;
}
