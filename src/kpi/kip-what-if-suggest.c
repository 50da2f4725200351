/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if.h"

#include <math.h>

#include "kip-parallel.h"

/* A promise so long that nobody breaks it: ten years of working days.  Under it every
 * clock runs, and its use is the time that it took. */
#define LONGEST (gint64) (2000 * 10 * 3600)

#define PIECE 512

typedef struct
{
  gint64 seconds;
  gboolean open; /* it ran for seconds so far */
} Span;

/* ---- everything promised, and nothing ever broken ---- */

static KipValue *
promise_everything (KipKind         kind,
                    KipId           id,
                    const KipValue *version,
                    gpointer        data)
{
  g_autoptr (KipPolicySpec) spec = NULL;

  if (kind != KIP_KIND_POLICY)
    return NULL;
  spec = kip_policy_spec_from_value (version);
  for (guint priority = 0; priority < KIP_N_PRIORITIES; priority++)
    for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
      spec->targets[priority][clock] = LONGEST;
  return kip_policy_spec_to_value (spec);
}

/* ---- collecting ---- */

typedef struct
{
  const KipWhatIfPast *past;
  KipAgreements       *agreements;
  GMutex               mutex;
  GArray *spans[KIP_N_CLOCKS][KIP_N_PRIORITIES]; /* (mutex mutex) (owned) of Span */
} Collection;

/* The least target, in whole seconds, under which a stopped clock would have been kept: what
 * it used, or a second more where it was used up before the end: by a part of a second, or
 * at a closing, with the end or the pause that lasted until then after it. */
static gint64
least_target (const KipClock *clock,
              KipAgreements  *agreements)
{
  KipCalendar *calendar = kip_agreements_get_calendar (agreements, clock->calendar, clock->calendar_version);
  gint64 rest = clock->used * KIP_MS_PER_SECOND - clock->since_used;
  gboolean was_held = clock->held == clock->since;
  gboolean in_time = was_held ? kip_calendar_prev_close (calendar, clock->held) == clock->held
                              : kip_calendar_add_ms (calendar, clock->since, rest) >= clock->stopped;

  return rest >= 0 && in_time ? clock->used : clock->used + 1;
}

/* What the target was raised by when it was given anew does not count. */
static gboolean
span_of (const KipClock   *clock,
         const Collection *collection,
         Span             *span)
{
  KipClockReading reading;

  if (clock->on_line || clock->started == KIP_INSTANT_NONE || clock->started < collection->past->range.from
      || clock->started >= collection->past->range.to)
    return FALSE;
  span->open = clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED;
  if (span->open)
    {
      kip_clock_read (clock, collection->agreements, collection->past->now, &reading);
      span->seconds = reading.used;
    }
  else
    span->seconds = least_target (clock, collection->agreements);
  if (!clock->by_hand && clock->target > LONGEST)
    span->seconds -= clock->target - LONGEST;
  span->seconds = MAX (span->seconds, 0);
  return TRUE;
}

static void
collect_ticket (const Collection *collection,
                const KipTicket  *ticket,
                GArray           *spans[KIP_N_CLOCKS][KIP_N_PRIORITIES])
{
  int row = CLAMP (ticket->priority, 1, KIP_N_PRIORITIES) - 1;

  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    {
      g_autoptr (GArray) rounds = kip_ticket_clock_rounds (ticket, collection->agreements, (KipClockKind) kind);

      for (guint i = 0; i < rounds->len; i++)
        {
          Span span;

          if (span_of (&g_array_index (rounds, KipClock, i), collection, &span))
            g_array_append_val (spans[kind][row], span);
        }
    }
}

static void
make_spans (GArray *spans[KIP_N_CLOCKS][KIP_N_PRIORITIES])
{
  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    for (guint row = 0; row < KIP_N_PRIORITIES; row++)
      spans[kind][row] = g_array_new (FALSE, FALSE, sizeof (Span));
}

static void
clear_spans (GArray *spans[KIP_N_CLOCKS][KIP_N_PRIORITIES])
{
  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    for (guint row = 0; row < KIP_N_PRIORITIES; row++)
      g_array_unref (spans[kind][row]);
}

static void
collect_piece (guint    from,
               guint    to,
               gpointer data)
{
  Collection *collection = data;
  GArray *spans[KIP_N_CLOCKS][KIP_N_PRIORITIES];

  make_spans (spans);
  for (guint i = from; i < to; i++)
    collect_ticket (collection, g_array_index (collection->past->cases, KipWhatIfCase, i).ticket, spans);
  g_mutex_lock (&collection->mutex);
  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    for (guint row = 0; row < KIP_N_PRIORITIES; row++)
      g_array_append_vals (collection->spans[kind][row], spans[kind][row]->data, spans[kind][row]->len);
  g_mutex_unlock (&collection->mutex);
  clear_spans (spans);
}

/* ---- estimating ---- */

/* Of equal times those that ended come first: the others ran longer. */
static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *x = a, *y = b;

  if (x->seconds != y->seconds)
    return x->seconds < y->seconds ? -1 : 1;
  return (int) x->open - (int) y->open;
}

/* The share in percent that ended within @limit, and the least time by which @percent
 * had: whichever is asked for.  Up to the first that is still open the share is a whole
 * number divided by another, and taken so, that no rounding moves a percentile. */
static double
follow (const GArray *spans,
        int           percent,
        gint64        limit,
        gint64       *exact)
{
  double running = 1;
  guint ended = 0;
  gboolean censored = FALSE;

  *exact = -1;
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (span->seconds > limit)
        break;
      censored |= span->open;
      if (span->open)
        continue;
      ended++;
      running *= 1 - 1.0 / (spans->len - i);
      if (censored ? 100 * (1 - running) >= percent - 1e-9 : (guint64) ended * 100 >= (guint64) percent * spans->len)
        {
          if (*exact < 0)
            *exact = span->seconds;
        }
    }
  return censored ? 100 * (1 - running) : 100.0 * ended / MAX (spans->len, 1);
}

gint64
kip_target_round_up (gint64 seconds)
{
  static const struct
  {
    gint64 upto, step;
  } steps[] = { { 3600, 300 }, { 4 * 3600, 900 }, { 8 * 3600, 1800 }, { 40 * 3600, 3600 } };
  gint64 step = 8 * 3600;

  for (guint i = G_N_ELEMENTS (steps); i > 0; i--)
    if (seconds <= steps[i - 1].upto)
      step = steps[i - 1].step;
  return MAX ((seconds + step - 1) / step, 1) * step;
}

static gint64
present_target (KipAgreements *agreements,
                int            priority,
                KipClockKind   clock)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements);
  const KipPolicy *policy = policies->len > 0 ? g_ptr_array_index (policies, policies->len - 1) : NULL;

  return policy != NULL ? kip_policy_spec_get_target (policy->spec, priority, clock) : 0;
}

static void
add_suggestion (GArray              *suggestions,
                const KipWhatIfPast *past,
                KipClockKind         clock,
                int                  priority,
                GArray              *spans,
                int                  percent)
{
  KipSuggestion suggestion = { clock, priority, spans->len, 0, present_target (past->agreements, priority, clock), -1, -1, NAN };
  gint64 unused;

  if (spans->len == 0)
    return;
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    suggestion.n_open += g_array_index (spans, Span, i).open;
  follow (spans, percent, G_MAXINT64, &suggestion.exact);
  if (suggestion.exact >= 0)
    {
      suggestion.rounded = kip_target_round_up (suggestion.exact);
      suggestion.held = follow (spans, percent, suggestion.rounded, &unused);
    }
  g_array_append_val (suggestions, suggestion);
}

GArray *
kip_what_if_suggest (KipWhatIfPast     *past,
                     const KipScenario *scenario,
                     int                percent,
                     GCancellable      *cancellable)
{
  GArray *suggestions = g_array_new (FALSE, FALSE, sizeof (KipSuggestion));
  g_autoptr (KipAgreements) changed = scenario != NULL ? kip_scenario_apply (scenario, past->agreements)
                                                       : kip_agreements_ref (past->agreements);
  g_autoptr (KipAgreements) endless = kip_agreements_vary (changed, promise_everything, NULL);
  Collection collection = { .past = past, .agreements = endless };

  g_mutex_init (&collection.mutex);
  make_spans (collection.spans);
  if (kip_parallel (past->cases->len, PIECE, collect_piece, &collection, cancellable))
    for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
      for (int priority = 1; priority <= KIP_N_PRIORITIES; priority++)
        add_suggestion (suggestions, past, (KipClockKind) kind, priority, collection.spans[kind][priority - 1], percent);
  clear_spans (collection.spans);
  g_mutex_clear (&collection.mutex);
  return suggestions;
}
