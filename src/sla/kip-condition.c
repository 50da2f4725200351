/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-condition.h"

#include <glib/gi18n-lib.h>

#include "kip-query-office.h"
#include "kip-query-plan.h"
#include "kip-text.h"

struct _KipCondition
{
  KipPast      *past;   /* (owned) */
  KipQuery     *query;  /* (owned) */
  KipQueryPlan *plan;   /* (owned) */
};

/* What a look at one ticket needs besides its facts. */
typedef struct
{
  const KipPast *past;
  GString       *text; /* the last answer of get_text() */
} Look;

/* The office's names, and those of the past after them. */
typedef struct
{
  KipQueryResolver base;
  KipQueryResolver office;
  const KipPast   *past;
} Resolver;

static void
tell_names (const KipQueryResolver *base,
            KipQueryNames           names,
            KipQueryNameFunc        func,
            gpointer                data)
{
  const Resolver *resolver = (const Resolver *) base;

  resolver->office.names (&resolver->office, names, func, data);
  kip_past_tell_names (resolver->past, names, func, data);
}

KipCondition *
kip_condition_new (const char *text,
                   KipOffice  *office,
                   KipPast    *past)
{
  KipCondition *condition = g_new0 (KipCondition, 1);
  Resolver resolver = { .past = past };

  kip_query_resolver_init (&resolver.office, office, KIP_ID_NONE);
  resolver.base = resolver.office;
  resolver.base.names = tell_names;
  condition->past = kip_past_ref (past);
  condition->query = kip_query_parse (text);
  condition->plan = kip_query_plan_new (condition->query, &resolver.base, 0, NULL);
  return condition;
}

void
kip_condition_free (KipCondition *condition)
{
  kip_query_plan_unref (condition->plan);
  kip_query_unref (condition->query);
  kip_past_unref (condition->past);
  g_free (condition);
}

/* ---- reading the facts ---- */

static gint64
id_or_none (KipId id)
{
  return id != KIP_ID_NONE ? (gint64) id : KIP_QUERY_NO_INT;
}

static gint64
get_int (gconstpointer ticket,
         KipQueryField field,
         gpointer      data)
{
  const KipFacts *facts = ticket;

  switch (field)
    {
    case KIP_QUERY_PRIORITY:
      return facts->priority;
    case KIP_QUERY_IMPACT:
      return facts->ticket->impact;
    case KIP_QUERY_URGENCY:
      return facts->ticket->urgency;
    case KIP_QUERY_CHANNEL:
      return facts->ticket->channel != 0 ? (gint64) facts->ticket->channel : KIP_QUERY_NO_INT;
    case KIP_QUERY_AGENT:
      return id_or_none (facts->assignee);
    case KIP_QUERY_TEAM:
      return id_or_none (facts->team);
    case KIP_QUERY_REQUESTER:
      return id_or_none (facts->requester);
    case KIP_QUERY_CATEGORY:
      return id_or_none (facts->category);
    case KIP_QUERY_ASSET:
      return id_or_none (facts->ticket->asset);
    default:
      return KIP_QUERY_NO_INT;
    }
}

static void
add_folded (GString    *out,
            const char *text)
{
  g_autofree char *folded = text != NULL ? kip_text_fold (text) : NULL;

  if (folded == NULL || *folded == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, folded);
}

static const char *
get_text (gconstpointer ticket,
          KipQueryField field,
          gpointer      data)
{
  const KipFacts *facts = ticket;
  Look *look = data;

  g_string_truncate (look->text, 0);
  switch (field)
    {
    case KIP_QUERY_TAG:
      for (guint i = 0; facts->tags != NULL && i < facts->tags->len; i++)
        add_folded (look->text, g_ptr_array_index (facts->tags, i));
      break;
    case KIP_QUERY_DEPARTMENT:
      add_folded (look->text, kip_value_get_text (kip_past_person_field (look->past, facts->requester,
                                                                         KIP_FIELD_DEPARTMENT, facts->at)));
      break;
    case KIP_QUERY_SUBJECT:
      add_folded (look->text, facts->ticket->subject);
      break;
    case KIP_QUERY_TEXT:
      add_folded (look->text, facts->ticket->subject);
      add_folded (look->text, facts->ticket->description);
      break;
    case KIP_QUERY_EXTERNAL:
      add_folded (look->text, facts->ticket->external);
      break;
    default:
      break;
    }
  return look->text->str;
}

static gboolean
get_flag (gconstpointer ticket,
          KipQueryFlag  flag,
          gpointer      data)
{
  const KipFacts *facts = ticket;
  const Look *look = data;

  switch (flag)
    {
    case KIP_QUERY_FLAG_VIP:
      return kip_value_get_int (kip_past_person_field (look->past, facts->requester, KIP_FIELD_VIP, facts->at), 0) != 0;
    case KIP_QUERY_FLAG_CHILD:
      return facts->ticket->parent != KIP_ID_NONE;
    default:
      return FALSE;
    }
}

static gint64
get_number (gconstpointer ticket,
            gpointer      data)
{
  return ((const KipFacts *) ticket)->ticket->number;
}

gboolean
kip_condition_matches (const KipCondition *condition,
                       const KipFacts     *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Look look = { condition->past, text };
  const KipQueryAccess access = { get_int, get_text, get_flag, get_number, &look };

  /* A search leaves out what it does not understand; a promise to some must not
   * become one to everybody because a name is not known any more. */
  if (condition->plan->mistakes->len > 0)
    return FALSE;
  return kip_query_matches (condition->plan, &access, facts);
}

/* ---- may it be used? ---- */

/* TRUE for what stays the same however late it gets. */
static gboolean
field_is_timeless (KipQueryField field)
{
  static const KipQueryField fields[] = {
    KIP_QUERY_TEXT, KIP_QUERY_PRIORITY, KIP_QUERY_IMPACT, KIP_QUERY_URGENCY, KIP_QUERY_AGENT, KIP_QUERY_TEAM,
    KIP_QUERY_REQUESTER, KIP_QUERY_DEPARTMENT, KIP_QUERY_CATEGORY, KIP_QUERY_TAG, KIP_QUERY_CHANNEL,
    KIP_QUERY_SUBJECT, KIP_QUERY_ASSET, KIP_QUERY_NUMBER, KIP_QUERY_EXTERNAL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i] == field)
      return TRUE;
  return FALSE;
}

static gboolean
test_is_timeless (const KipQueryTest *test)
{
  switch (test->kind)
    {
    case KIP_QUERY_TEST_ALL:
    case KIP_QUERY_TEST_NUMBER:
      return TRUE;
    case KIP_QUERY_TEST_AND:
    case KIP_QUERY_TEST_OR:
    case KIP_QUERY_TEST_NOT:
      for (guint i = 0; i < test->children->len; i++)
        if (!test_is_timeless (g_ptr_array_index (test->children, i)))
          return FALSE;
      return TRUE;
    case KIP_QUERY_TEST_FLAG:
      return test->flag == KIP_QUERY_FLAG_VIP || test->flag == KIP_QUERY_FLAG_CHILD;
    case KIP_QUERY_TEST_IN:
    case KIP_QUERY_TEST_RANGE:
    case KIP_QUERY_TEST_EMPTY:
    case KIP_QUERY_TEST_WORDS:
    case KIP_QUERY_TEST_WHOLE:
    default:
      return field_is_timeless (test->field);
    }
}

char *
kip_condition_check (const KipCondition *condition)
{
  GPtrArray *mistakes = condition->plan->mistakes;

  if (mistakes->len > 0)
    return g_strdup (((KipQueryMistake *) g_ptr_array_index (mistakes, 0))->message);
  if (!test_is_timeless (condition->plan->root))
    return g_strdup (_("An agreement cannot depend on dates, statuses or clocks. Ask about priority, category, "
                       "team, requester, department, channel or tags."));
  return NULL;
}
