/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-plan.h"

#include <glib/gi18n-lib.h>

#include "kip-priority.h"
#include "kip-query-plan-private.h"
#include "kip-schema.h"
#include "kip-text.h"

static const KipQueryField clocks[] = { KIP_QUERY_RESPONSE, KIP_QUERY_UPDATE, KIP_QUERY_RESOLUTION };

/* ---- small conditions ---- */

static KipQueryTest *
empty (KipQueryField field,
       gboolean      negated)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_EMPTY, field);

  return negated ? kip_query_test_not (test) : test;
}

static KipQueryTest *
text_test (KipQueryTestKind kind,
           KipQueryField    field,
           const char      *text,
           gboolean         prefix)
{
  KipQueryTest *test = kip_query_test_new (kind, field);

  test->text = kip_text_fold (text);
  test->prefix = prefix;
  return test;
}

static KipQueryTest *
number_test (guint  device,
             gint64 counter)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_NUMBER, KIP_QUERY_NUMBER);

  test->device = device;
  test->counter = counter;
  return test;
}

/* ---- who is asking ---- */

static KipQueryTest *
mine (KipQueryMaker       *maker,
      KipQueryField        field,
      const KipQueryValue *value)
{
  if (maker->resolver == NULL)
    return kip_query_test_new (KIP_QUERY_TEST_IN, field);
  if (maker->resolver->me != KIP_ID_NONE)
    return kip_query_test_in (field, (gint64) maker->resolver->me);
  kip_query_mistake_add (maker->plan->mistakes, KIP_QUERY_MISTAKE_NAME, kip_query_get_text (maker->plan->query),
                         value->start, value->end, g_strdup (_("Kip does not know who you are.")),
                         g_strdup (_("Say in the settings which person works at this machine.")), NULL);
  return NULL;
}

static KipQueryTest *
my_teams (KipQueryMaker *maker)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_IN, KIP_QUERY_TEAM);
  g_autoptr (GArray) teams = g_array_new (FALSE, FALSE, sizeof (KipId));

  if (maker->resolver != NULL && maker->resolver->my_teams != NULL)
    maker->resolver->my_teams (maker->resolver, teams);
  for (guint i = 0; i < teams->len; i++)
    kip_query_test_add_value (test, (gint64) g_array_index (teams, KipId, i));
  return test;
}

/* ---- is: and has: ---- */

static KipQueryTest *
phases (KipPhase first,
        KipPhase last)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_IN, KIP_QUERY_PHASE);

  for (gint64 phase = first; phase <= (gint64) last; phase++)
    kip_query_test_add_value (test, phase);
  return test;
}

static KipQueryTest *
plain_flag (KipQueryMaker *maker,
            KipQueryFlag   flag)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_FLAG, KIP_QUERY_IS);

  test->flag = flag;
  maker->plan->asks_deleted |= flag == KIP_QUERY_FLAG_DELETED;
  maker->plan->asks_spam |= flag == KIP_QUERY_FLAG_SPAM;
  maker->plan->asks_merged |= flag == KIP_QUERY_FLAG_MERGED;
  if (flag == KIP_QUERY_FLAG_OVERDUE)
    kip_query_maker_runs (maker);
  return test;
}

static KipQueryTest *
flag_test (KipQueryMaker       *maker,
           const KipQueryValue *value)
{
  switch ((KipQueryFlag) value->number)
    {
    case KIP_QUERY_FLAG_OPEN:
      return phases (KIP_PHASE_NEW, KIP_PHASE_SCHEDULED);
    case KIP_QUERY_FLAG_NEW:
      return phases (KIP_PHASE_NEW, KIP_PHASE_NEW);
    case KIP_QUERY_FLAG_WAITING:
      return phases (KIP_PHASE_WAITING, KIP_PHASE_WAITING);
    case KIP_QUERY_FLAG_RESOLVED:
      return phases (KIP_PHASE_RESOLVED, KIP_PHASE_RESOLVED);
    case KIP_QUERY_FLAG_CLOSED:
      return phases (KIP_PHASE_CLOSED, KIP_PHASE_CLOSED);
    case KIP_QUERY_FLAG_UNASSIGNED:
      return empty (KIP_QUERY_AGENT, FALSE);
    case KIP_QUERY_FLAG_MINE:
      return mine (maker, KIP_QUERY_AGENT, value);
    case KIP_QUERY_FLAG_SURVEY:
      return empty (KIP_QUERY_SURVEY, TRUE);
    case KIP_QUERY_FLAG_WORK:
      return empty (KIP_QUERY_WORK, TRUE);
    default:
      return plain_flag (maker, (KipQueryFlag) value->number);
    }
}

/* ---- the clocks ---- */

static KipQueryTest *
all_clocks (KipQueryTestKind   kind,
            KipQueryClockState state)
{
  KipQueryTest *test = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    test = kip_query_test_join (kind, test, kip_query_test_in (clocks[i], state));
  return test;
}

static KipQueryTest *
clock_test (KipQueryMaker     *maker,
            KipQueryField      field,
            KipQueryClockState state)
{
  if (state == KIP_QUERY_CLOCK_RUNNING || state == KIP_QUERY_CLOCK_MISSED || field == KIP_QUERY_SLA)
    kip_query_maker_runs (maker);
  if (field != KIP_QUERY_SLA)
    return kip_query_test_in (field, state);
  if (state == KIP_QUERY_CLOCK_OFF)
    return all_clocks (KIP_QUERY_TEST_AND, state);
  if (state != KIP_QUERY_CLOCK_MET)
    return all_clocks (KIP_QUERY_TEST_OR, state);
  return kip_query_test_join (KIP_QUERY_TEST_AND, all_clocks (KIP_QUERY_TEST_OR, state),
                              kip_query_test_not (all_clocks (KIP_QUERY_TEST_OR, KIP_QUERY_CLOCK_MISSED)));
}

/* ---- ranks and measures ---- */

/* The smaller number is the higher rank: priority>=high is 1 and 2. */
static KipQueryTest *
rank_test (const KipQueryFieldInfo *field,
           KipQueryOp               op,
           const KipQueryValue     *value)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_IN, field->field);
  gint64 lowest = field->set == KIP_QUERY_SET_PRIORITY ? KIP_PRIORITY_LOW : KIP_LEVEL_LOW;
  gint64 first = value->number, last = value->number;

  if (value->is_range)
    {
      gint64 one = value->has_low ? value->number : lowest;
      gint64 other = value->has_high ? value->high : 1;

      first = MIN (one, other);
      last = MAX (one, other);
    }
  else if (op == KIP_QUERY_OP_GT || op == KIP_QUERY_OP_GE)
    {
      first = 1;
      last -= op == KIP_QUERY_OP_GT ? 1 : 0;
    }
  else if (op == KIP_QUERY_OP_LT || op == KIP_QUERY_OP_LE)
    {
      first += op == KIP_QUERY_OP_LT ? 1 : 0;
      last = lowest;
    }
  for (; first <= last; first++)
    kip_query_test_add_value (test, first);
  return test;
}

static KipQueryTest *
measure_test (KipQueryField        field,
              KipQueryOp           op,
              const KipQueryValue *value)
{
  gint64 low = value->number;

  if (value->is_range && value->has_low && value->has_high)
    return kip_query_test_range (field, MIN (low, value->high), MAX (low, value->high) + 1);
  if (value->is_range)
    return value->has_low ? kip_query_test_range (field, low, G_MAXINT64)
                          : kip_query_test_range (field, G_MININT64, value->high + 1);
  switch (op)
    {
    case KIP_QUERY_OP_LT:
      return kip_query_test_range (field, G_MININT64, low);
    case KIP_QUERY_OP_LE:
      return kip_query_test_range (field, G_MININT64, low + 1);
    case KIP_QUERY_OP_GT:
      return kip_query_test_range (field, low + 1, G_MAXINT64);
    case KIP_QUERY_OP_GE:
      return kip_query_test_range (field, low, G_MAXINT64);
    case KIP_QUERY_OP_IS:
    default:
      return kip_query_test_range (field, low, low + 1);
    }
}

/* age>3d is received>3d: longer ago than that. */
static KipQueryTest *
age_test (KipQueryMaker       *maker,
          KipQueryOp           op,
          const KipQueryValue *value)
{
  KipQueryValue since = *value;

  since.time = (KipQueryTime) { .kind = KIP_QUERY_TIME_DURATION, .seconds = value->number };
  since.time_to = (KipQueryTime) { .kind = KIP_QUERY_TIME_DURATION, .seconds = value->high };
  return kip_query_maker_time (maker, KIP_QUERY_RECEIVED, op, &since);
}

/* ---- values ---- */

static KipQueryTest *
keyword_test (KipQueryMaker           *maker,
              const KipQueryFieldInfo *field,
              KipQueryOp               op,
              const KipQueryValue     *value)
{
  switch (value->number)
    {
    case KIP_QUERY_VALUE_NONE:
    case KIP_QUERY_VALUE_ANY:
      return empty (field->field, value->number == KIP_QUERY_VALUE_ANY);
    case KIP_QUERY_VALUE_ME:
      return mine (maker, field->field, value);
    case KIP_QUERY_VALUE_MINE:
      return my_teams (maker);
    default:
      break;
    }
  switch (field->set)
    {
    case KIP_QUERY_SET_PHASE:
      return kip_query_test_in (KIP_QUERY_PHASE, value->number);
    case KIP_QUERY_SET_PRIORITY:
    case KIP_QUERY_SET_LEVEL:
      return rank_test (field, op, value);
    case KIP_QUERY_SET_CLOCK:
      return clock_test (maker, field->field, (KipQueryClockState) value->number);
    case KIP_QUERY_SET_IS:
    case KIP_QUERY_SET_HAS:
      return flag_test (maker, value);
    default:
      return kip_query_test_in (field->field, value->number);
    }
}

static KipQueryTest *
value_test (KipQueryMaker           *maker,
            const KipQueryFieldInfo *field,
            KipQueryOp               op,
            const KipQueryValue     *value)
{
  switch (value->kind)
    {
    case KIP_QUERY_VALUE_KEYWORD:
      return keyword_test (maker, field, op, value);
    case KIP_QUERY_VALUE_NAMED:
      return kip_query_maker_named (maker, field, value);
    case KIP_QUERY_VALUE_WORDS:
      return text_test (field->type == KIP_QUERY_TYPE_WHOLE ? KIP_QUERY_TEST_WHOLE : KIP_QUERY_TEST_WORDS,
                        field->field, value->text, value->prefix);
    case KIP_QUERY_VALUE_TIME:
      return kip_query_maker_time (maker, field->field, op, value);
    case KIP_QUERY_VALUE_DURATION:
      return field->field == KIP_QUERY_AGE ? age_test (maker, op, value) : measure_test (field->field, op, value);
    case KIP_QUERY_VALUE_COUNT:
      return measure_test (field->field, op, value);
    case KIP_QUERY_VALUE_TICKET:
      return number_test ((guint) (value->number >> KIP_TICKET_NUMBER_BITS),
                          value->number & (KIP_TICKET_NUMBER (1, 0) - 1));
    case KIP_QUERY_VALUE_WRONG:
    default:
      return NULL;
    }
}

/* ---- nodes ---- */

/* A number may be that of a ticket, or a part of any text. */
static KipQueryTest *
words_test (const KipQueryNode *node)
{
  KipQueryTest *test = text_test (KIP_QUERY_TEST_WORDS, KIP_QUERY_TEXT, node->text, node->prefix);
  guint device;
  gint64 counter;

  if (node->prefix && kip_ticket_number_parse (node->text, &device, &counter))
    test = kip_query_test_join (KIP_QUERY_TEST_OR, test, number_test (device, counter));
  return test;
}

static KipQueryTest *
term_test (KipQueryMaker      *maker,
           const KipQueryNode *node)
{
  const KipQueryFieldInfo *field = kip_query_field_info (node->field);
  KipQueryTest *test = NULL;

  for (guint i = 0; i < node->values->len; i++)
    test = kip_query_test_join (KIP_QUERY_TEST_OR, test,
                                value_test (maker, field, node->op, g_ptr_array_index (node->values, i)));
  return test;
}

/* NULL: no condition. */
static KipQueryTest *
node_test (KipQueryMaker      *maker,
           const KipQueryNode *node)
{
  KipQueryTestKind kind = node->kind == KIP_QUERY_NODE_AND ? KIP_QUERY_TEST_AND : KIP_QUERY_TEST_OR;
  KipQueryTest *test = NULL;

  switch (node->kind)
    {
    case KIP_QUERY_NODE_AND:
    case KIP_QUERY_NODE_OR:
      for (guint i = 0; i < node->children->len; i++)
        test = kip_query_test_join (kind, test, node_test (maker, g_ptr_array_index (node->children, i)));
      return test;
    case KIP_QUERY_NODE_NOT:
      return kip_query_test_not (node_test (maker, g_ptr_array_index (node->children, 0)));
    case KIP_QUERY_NODE_WORDS:
      return words_test (node);
    case KIP_QUERY_NODE_TERM:
      return term_test (maker, node);
    case KIP_QUERY_NODE_WRONG:
    default:
      return NULL;
    }
}

/* ---- the plan ---- */

static gpointer
copy_mistake (gconstpointer source,
              gpointer      unused)
{
  KipQueryMistake *mistake = g_memdup2 (source, sizeof *mistake);

  mistake->message = g_strdup (mistake->message);
  mistake->hint = g_strdup (mistake->hint);
  mistake->replacement = g_strdup (mistake->replacement);
  return mistake;
}

static GPtrArray *
copy_mistakes (GPtrArray *mistakes)
{
  GPtrArray *copies = g_ptr_array_copy (mistakes, copy_mistake, NULL);

  g_ptr_array_set_free_func (copies, (GDestroyNotify) kip_query_mistake_free);
  return copies;
}

KipQueryPlan *
kip_query_plan_new (const KipQuery         *query,
                    const KipQueryResolver *resolver,
                    KipInstant              now,
                    GTimeZone              *zone)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  KipQueryPlan *plan = g_new0 (KipQueryPlan, 1);
  KipQueryMaker maker = { .plan = plan, .resolver = resolver, .zone = zone != NULL ? zone : utc };
  const KipQueryNode *root = kip_query_get_root (query);

  g_atomic_ref_count_init (&plan->refs);
  plan->query = kip_query_ref (query);
  plan->mistakes = copy_mistakes (kip_query_get_mistakes (query));
  plan->now = now;
  plan->moves_at = KIP_INSTANT_NONE;
  if (root != NULL)
    plan->root = node_test (&maker, root);
  if (plan->root == NULL)
    plan->root = kip_query_test_new (KIP_QUERY_TEST_ALL, KIP_QUERY_TEXT);
  kip_query_mistakes_sort (plan->mistakes);
  return plan;
}

KipQueryPlan *
kip_query_plan_ref (KipQueryPlan *plan)
{
  g_atomic_ref_count_inc (&plan->refs);
  return plan;
}

void
kip_query_plan_unref (KipQueryPlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->refs))
    return;
  kip_query_test_free (plan->root);
  g_ptr_array_unref (plan->mistakes);
  kip_query_unref (plan->query);
  g_free (plan);
}
