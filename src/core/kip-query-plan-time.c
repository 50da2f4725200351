/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-plan-private.h"

/* A time as a condition needs it: its span, and whether it is counted back from
 * now, so that "more" means earlier. */
typedef struct
{
  KipInstant from, to;
  gboolean   backwards;
} Span;

void
kip_query_maker_moves (KipQueryMaker *maker,
                       KipInstant     at)
{
  if (maker->plan->moves_at == KIP_INSTANT_NONE || at < maker->plan->moves_at)
    maker->plan->moves_at = at;
}

void
kip_query_maker_runs (KipQueryMaker *maker)
{
  kip_query_maker_moves (maker, maker->plan->now + KIP_MS_PER_MINUTE);
}

/* Until when @time keeps its meaning: words for days, until midnight. */
static void
note_movement (KipQueryMaker      *maker,
               const KipQueryTime *time)
{
  const KipQueryTime today = { .kind = KIP_QUERY_TIME_MOMENT, .moment = KIP_QUERY_TODAY };
  KipInstant from, to;

  if (time->kind == KIP_QUERY_TIME_DURATION || time->kind == KIP_QUERY_TIME_OFFSET
      || (time->kind == KIP_QUERY_TIME_MOMENT && time->moment == KIP_QUERY_NOW))
    kip_query_maker_runs (maker);
  else if (time->kind == KIP_QUERY_TIME_MOMENT || time->kind == KIP_QUERY_TIME_CLOCK
           || (time->kind == KIP_QUERY_TIME_DAY && time->year == 0))
    {
      kip_query_time_resolve (&today, KIP_QUERY_PAST, maker->plan->now, maker->zone, &from, &to);
      kip_query_maker_moves (maker, to);
    }
}

static Span
span_of (KipQueryMaker      *maker,
         KipQueryField       field,
         const KipQueryTime *time)
{
  KipQueryDirection direction = field == KIP_QUERY_DUE ? KIP_QUERY_FUTURE : KIP_QUERY_PAST;
  Span span = { .backwards = direction == KIP_QUERY_PAST && time->kind == KIP_QUERY_TIME_DURATION };

  kip_query_time_resolve (time, direction, maker->plan->now, maker->zone, &span.from, &span.to);
  note_movement (maker, time);
  return span;
}

/* "received:3d", "due:2h": between now and then. */
static KipQueryTest *
at_time (KipQueryMaker      *maker,
         KipQueryField       field,
         const KipQueryTime *time)
{
  Span span = span_of (maker, field, time);

  if (time->kind == KIP_QUERY_TIME_DURATION || time->kind == KIP_QUERY_TIME_OFFSET)
    {
      span.from = MIN (span.from, maker->plan->now);
      span.to = MAX (span.to, maker->plan->now + 1);
    }
  return kip_query_test_range (field, span.from, span.to);
}

static KipQueryOp
turned (KipQueryOp op)
{
  switch (op)
    {
    case KIP_QUERY_OP_LT:
      return KIP_QUERY_OP_GT;
    case KIP_QUERY_OP_LE:
      return KIP_QUERY_OP_GE;
    case KIP_QUERY_OP_GT:
      return KIP_QUERY_OP_LT;
    case KIP_QUERY_OP_GE:
      return KIP_QUERY_OP_LE;
    case KIP_QUERY_OP_IS:
    default:
      return op;
    }
}

static KipQueryTest *
compared (KipQueryField field,
          KipQueryOp    op,
          const Span   *span)
{
  switch (span->backwards ? turned (op) : op)
    {
    case KIP_QUERY_OP_LT:
      return kip_query_test_range (field, G_MININT64, span->from);
    case KIP_QUERY_OP_LE:
      return kip_query_test_range (field, G_MININT64, span->to);
    case KIP_QUERY_OP_GT:
      return kip_query_test_range (field, span->to, G_MAXINT64);
    case KIP_QUERY_OP_GE:
    case KIP_QUERY_OP_IS:
    default:
      return kip_query_test_range (field, span->from, G_MAXINT64);
    }
}

/* Both ends belong to it; ends the wrong way round are turned. */
static KipQueryTest *
between (KipQueryMaker       *maker,
         KipQueryField        field,
         const KipQueryValue *value)
{
  Span low = { 0 }, high = { 0 };

  if (value->has_low)
    low = span_of (maker, field, &value->time);
  if (!value->has_high)
    return compared (field, KIP_QUERY_OP_GE, &low);
  high = span_of (maker, field, &value->time_to);
  if (!value->has_low)
    return compared (field, KIP_QUERY_OP_LE, &high);
  return kip_query_test_range (field, MIN (low.from, high.from), MAX (low.to, high.to));
}

KipQueryTest *
kip_query_maker_time (KipQueryMaker       *maker,
                      KipQueryField        field,
                      KipQueryOp           op,
                      const KipQueryValue *value)
{
  Span span;

  if (value->is_range)
    return between (maker, field, value);
  if (op == KIP_QUERY_OP_IS)
    return at_time (maker, field, &value->time);
  span = span_of (maker, field, &value->time);
  return compared (field, op, &span);
}
