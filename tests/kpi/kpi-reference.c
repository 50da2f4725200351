/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kpi-reference.h"

#include <math.h>

#define DAY KIP_MS_PER_DAY

typedef struct
{
  const KipScope *scope;
  KipMeasure measure;
  KipBy      by;
  KipId      key;
  KipRange   span;
  GArray    *values; /* of double: what is averaged, sorted or summed */
  double     whole;
  guint      n;
} Asking;

static gboolean
in_span (const Asking *asking,
         KipInstant    at)
{
  return at != KIP_INSTANT_NONE && at >= asking->span.from && at < asking->span.to;
}

static gboolean
is_mine (const Asking *asking,
         guint         row,
         KipId         agent)
{
  const KipFactTable *t = asking->scope->table;

  if (asking->by == KIP_BY_AGENT)
    return agent == asking->key;
  if (asking->by == KIP_BY_TEAM)
    return t->team[row] == asking->key;
  if (asking->by == KIP_BY_CATEGORY)
    return t->category[row] == asking->key;
  if (asking->by == KIP_BY_PRIORITY)
    return t->priority[row] == asking->key;
  return TRUE;
}

static void
count (Asking    *asking,
       guint      row,
       KipInstant at,
       KipId      agent,
       double     value)
{
  if (!in_span (asking, at) || !is_mine (asking, row, agent))
    return;
  g_array_append_val (asking->values, value);
  asking->n++;
}

static const KipFactResolution *
nth_resolution (const KipFactTable *t,
                guint               row,
                guint               nth)
{
  guint i = t->first_resolution[row] + nth;

  return i < KIP_FACT_END (t, resolutions, first_resolution, row) ? &g_array_index (t->resolutions, KipFactResolution, i) : NULL;
}

static const KipFactResolution *
final_resolution (const KipFactTable *t,
                  guint               row)
{
  const KipFactResolution *resolution = NULL;

  for (guint i = 0; nth_resolution (t, row, i) != NULL; i++)
    resolution = nth_resolution (t, row, i);
  return resolution != NULL && resolution->reopened == KIP_INSTANT_NONE ? resolution : NULL;
}

static gboolean
was_open (const KipFactTable *t,
          guint               row,
          KipInstant          at)
{
  gboolean open = t->received[row] < at;

  for (guint i = 0; nth_resolution (t, row, i) != NULL; i++)
    {
      const KipFactResolution *resolution = nth_resolution (t, row, i);

      if (resolution->at < at)
        open = resolution->reopened != KIP_INSTANT_NONE && resolution->reopened < at;
    }
  return open;
}

static gboolean
soon (const KipFactResolution *resolution)
{
  return resolution->reopened != KIP_INSTANT_NONE && resolution->reopened <= resolution->at + 7 * DAY;
}

/* ---- a ticket ---- */

static void
ask_promise (Asking             *asking,
             guint               row,
             const KipFactClock *clock,
             KipId               agent)
{
  if (clock->state == KIP_CLOCK_MET)
    count (asking, row, clock->stopped, agent, 1);
  else if (clock->state == KIP_CLOCK_MISSED)
    count (asking, row, clock->stopped, agent, 0);
  else if (clock->state == KIP_CLOCK_PAUSED && clock->was_late)
    count (asking, row, clock->breached, agent, 0);
  else if (clock->state == KIP_CLOCK_RUNNING && clock->breached != KIP_INSTANT_NONE && clock->breached < asking->scope->now)
    count (asking, row, clock->breached, agent, 0);
}

static void
ask_update (Asking *asking,
            guint   row)
{
  const KipFactTable *t = asking->scope->table;
  const KipFactClock *clock = &t->update[row];
  KipInstant at = clock->stopped != KIP_INSTANT_NONE ? clock->stopped : t->responded[row];

  for (guint i = 0; i < clock->n_met; i++)
    count (asking, row, at, t->assignee[row], 1);
  for (guint i = 0; i < clock->n_missed; i++)
    count (asking, row, at, t->assignee[row], 0);
  if (clock->state != KIP_CLOCK_MET && clock->state != KIP_CLOCK_MISSED)
    ask_promise (asking, row, clock, t->assignee[row]);
}

/* Each time it was resolved, but once for a group of time or a whole range. */
static void
ask_resolved (Asking *asking,
              guint   row)
{
  const KipFactTable *t = asking->scope->table;
  const KipFactResolution *last = NULL;

  for (guint i = 0; nth_resolution (t, row, i) != NULL; i++)
    if (in_span (asking, nth_resolution (t, row, i)->at))
      last = nth_resolution (t, row, i);
  if (last != NULL)
    count (asking, row, last->at, last->by, 0);
}

static void
ask_each_resolution (Asking *asking,
                     guint   row)
{
  const KipFactResolution *resolution;

  for (guint i = 0; (resolution = nth_resolution (asking->scope->table, row, i)) != NULL; i++)
    {
      if (asking->measure == KIP_MEASURE_REOPENED)
        count (asking, row, resolution->at, resolution->by, soon (resolution));
      else if (asking->measure == KIP_MEASURE_CSAT_ANSWERS)
        count (asking, row, resolution->at, resolution->by, resolution->score != 0);
      else if (resolution->score != 0)
        count (asking, row, resolution->at, resolution->by, resolution->score > 3);
    }
}

static void
ask_touched (Asking *asking,
             guint   row)
{
  const KipFactTable *t = asking->scope->table;
  guint end = KIP_FACT_END (t, touches, first_touch, row);

  for (guint i = t->first_touch[row]; i < end; i++)
    {
      const KipFactTouch *touch = &g_array_index (t->touches, KipFactTouch, i);

      count (asking, row, touch->at, touch->by, 0);
      if (asking->by != KIP_BY_AGENT)
        break;
    }
}

static void
ask_first (Asking *asking,
           guint   row)
{
  const KipFactTable *t = asking->scope->table;
  const KipFactResolution *first = nth_resolution (t, row, 0);
  double value;

  if (first == NULL)
    return;
  if (asking->measure == KIP_MEASURE_FCR_NET
      && (asking->scope->first_contact == NULL || !g_hash_table_contains (asking->scope->first_contact, &t->category[row])))
    return;
  if (asking->measure == KIP_MEASURE_FCR_GROSS || asking->measure == KIP_MEASURE_FCR_NET)
    value = t->n_answers[row] == 1 && t->n_assignees[row] < 2 && t->n_teams[row] < 2 && !soon (first);
  else
    value = (double) (asking->scope->elapsed ? t->first_elapsed[row] : t->first_work[row]);
  count (asking, row, first->at, first->by, value);
}

static double
paused_of (const Asking *asking,
           guint         row,
           KipId         resolver)
{
  const KipFactTable *t = asking->scope->table;
  double sum = 0;

  for (guint i = t->first_pause[row]; i < KIP_FACT_END (t, pauses, first_pause, row); i++)
    {
      const KipFactPause *pause = &g_array_index (t->pauses, KipFactPause, i);
      gboolean right = asking->measure == KIP_MEASURE_PAUSED
                       || (asking->measure == KIP_MEASURE_PAUSED_REQUESTER && pause->pause == KIP_PAUSE_REQUESTER)
                       || (asking->measure == KIP_MEASURE_PAUSED_SUPPLIER && pause->pause == KIP_PAUSE_SUPPLIER);

      if (right && (asking->by != KIP_BY_AGENT || pause->by == resolver))
        sum += (double) (asking->scope->elapsed ? pause->elapsed : pause->work);
    }
  return sum;
}

static void
ask_final (Asking *asking,
           guint   row)
{
  const KipFactTable *t = asking->scope->table;
  const KipFactResolution *last = final_resolution (t, row);
  double value;
  guint before = asking->n;

  if (last == NULL)
    return;
  if (asking->measure == KIP_MEASURE_ESCALATED)
    value = t->n_moves[row] != 0;
  else if (asking->measure == KIP_MEASURE_HANDOVERS)
    value = t->n_handovers[row];
  else if (asking->measure == KIP_MEASURE_FULL_MEDIAN || asking->measure == KIP_MEASURE_FULL_P90
           || asking->measure == KIP_MEASURE_FULL_MEAN)
    value = (double) (asking->scope->elapsed ? t->full_elapsed[row] : t->full_work[row]);
  else
    value = paused_of (asking, row, last->by);
  count (asking, row, last->at, last->by, value);
  if (asking->n > before)
    asking->whole += (double) (asking->scope->elapsed ? t->total_elapsed[row] : t->total_work[row]);
}

/* Was one like it received in the thirty days before it? */
static gboolean
repeats (const KipFactTable *t,
         guint               row)
{
  for (guint i = 0; i < t->n; i++)
    {
      gboolean earlier = t->received[i] < t->received[row] || (t->received[i] == t->received[row] && i < row);

      if (!earlier || t->received[i] < t->received[row] - 30 * DAY || t->category[i] != t->category[row])
        continue;
      if ((t->asset[row] != 0 && t->asset[i] == t->asset[row]) || (t->requester[row] != 0 && t->requester[i] == t->requester[row]))
        return TRUE;
    }
  return FALSE;
}

static void
ask (Asking *asking,
     guint   row)
{
  const KipFactTable *t = asking->scope->table;

  switch (asking->measure)
    {
    case KIP_MEASURE_RECEIVED:
      count (asking, row, t->received[row], t->assignee[row], 0);
      break;
    case KIP_MEASURE_WAITING:
      if (t->responded[row] == KIP_INSTANT_NONE && final_resolution (t, row) == NULL)
        count (asking, row, t->received[row], t->assignee[row], 0);
      break;
    case KIP_MEASURE_RESOLVED:
      ask_resolved (asking, row);
      break;
    case KIP_MEASURE_TOUCHED:
      ask_touched (asking, row);
      break;
    case KIP_MEASURE_RESPONSE_MEDIAN:
    case KIP_MEASURE_RESPONSE_P90:
    case KIP_MEASURE_RESPONSE_MEAN:
      if (!t->on_line[row])
        count (asking, row, t->responded[row], t->responder[row],
               (double) (asking->scope->elapsed ? t->response_elapsed[row] : t->response_work[row]));
      break;
    case KIP_MEASURE_RESPONSE_AT_ONCE:
      count (asking, row, t->responded[row], t->responder[row], t->on_line[row]);
      break;
    case KIP_MEASURE_SLA_RESPONSE:
      ask_promise (asking, row, &t->response[row], t->responder[row] != 0 ? t->responder[row] : t->assignee[row]);
      break;
    case KIP_MEASURE_SLA_UPDATE:
      ask_update (asking, row);
      break;
    case KIP_MEASURE_SLA_RESOLUTION:
      ask_promise (asking, row, &t->resolution[row],
                   final_resolution (t, row) != NULL ? final_resolution (t, row)->by : t->assignee[row]);
      break;
    case KIP_MEASURE_CSAT:
    case KIP_MEASURE_CSAT_ANSWERS:
    case KIP_MEASURE_REOPENED:
      ask_each_resolution (asking, row);
      break;
    case KIP_MEASURE_RECURRED:
      if (t->category[row] != 0)
        count (asking, row, t->received[row], t->assignee[row], repeats (t, row));
      break;
    case KIP_MEASURE_FIRST_MEDIAN:
    case KIP_MEASURE_FIRST_P90:
    case KIP_MEASURE_FIRST_MEAN:
    case KIP_MEASURE_FCR_GROSS:
    case KIP_MEASURE_FCR_NET:
      ask_first (asking, row);
      break;
    case KIP_MEASURE_OPEN:
      if (was_open (t, row, asking->by == KIP_BY_NOTHING || kip_by_is_time (asking->by)
                              ? asking->span.to : MIN (asking->span.to, asking->scope->now)))
        count (asking, row, asking->span.to - 1, t->assignee[row], 0);
      break;
    default:
      ask_final (asking, row);
      break;
    }
}

/* ---- the end ---- */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
sum_of (const GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);
  return sum;
}

static double
conclude (Asking *asking)
{
  GArray *values = asking->values;
  const double *sorted;

  g_array_sort (values, compare_doubles);
  sorted = (const double *) (gpointer) values->data;
  switch (asking->measure)
    {
    case KIP_MEASURE_RECEIVED:
    case KIP_MEASURE_RESOLVED:
    case KIP_MEASURE_OPEN:
    case KIP_MEASURE_WAITING:
    case KIP_MEASURE_TOUCHED:
      return asking->n;
    case KIP_MEASURE_RESPONSE_MEDIAN:
    case KIP_MEASURE_FIRST_MEDIAN:
    case KIP_MEASURE_FULL_MEDIAN:
      return asking->n == 0 ? NAN : (sorted[(asking->n - 1) / 2] + sorted[asking->n / 2]) / 2;
    case KIP_MEASURE_RESPONSE_P90:
    case KIP_MEASURE_FIRST_P90:
    case KIP_MEASURE_FULL_P90:
      return asking->n == 0 ? NAN : sorted[(guint) ceil (asking->n * 9 / 10.0) - 1];
    case KIP_MEASURE_RESPONSE_MEAN:
    case KIP_MEASURE_FIRST_MEAN:
    case KIP_MEASURE_FULL_MEAN:
    case KIP_MEASURE_HANDOVERS:
      return asking->n == 0 ? NAN : sum_of (values) / asking->n;
    case KIP_MEASURE_PAUSED:
    case KIP_MEASURE_PAUSED_REQUESTER:
    case KIP_MEASURE_PAUSED_SUPPLIER:
      return asking->n == 0 || asking->whole <= 0 ? NAN : 100 * sum_of (values) / asking->whole;
    default:
      return asking->n == 0 ? NAN : 100 * sum_of (values) / asking->n;
    }
}

Reference
reference_figure (KipMeasure      measure,
                  const KipScope *scope,
                  KipBy           by,
                  KipId           key,
                  const KipRange *span)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  Asking asking = { scope, measure, by, key, *span, values, 0, 0 };
  Reference reference;

  for (guint i = 0; i < scope->table->n; i++)
    if (scope->mask == NULL || scope->mask[i])
      ask (&asking, i);
  reference.n = asking.n;
  reference.value = conclude (&asking);
  return reference;
}

guint
reference_open (const KipScope *scope,
                KipBy           by,
                KipId           key,
                KipInstant      at)
{
  Asking asking = { scope, KIP_MEASURE_OPEN, by, key, scope->range, NULL, 0, 0 };
  guint n = 0;

  for (guint i = 0; i < scope->table->n; i++)
    if ((scope->mask == NULL || scope->mask[i]) && was_open (scope->table, i, at) && is_mine (&asking, i, scope->table->assignee[i]))
      n++;
  return n;
}
