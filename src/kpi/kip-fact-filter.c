/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fact-filter.h"

#include "kip-parallel.h"

#define PIECE 65536 /* rows */

/* ---- what can be asked ---- */

static gboolean
is_column (KipQueryField field)
{
  switch (field)
    {
    case KIP_QUERY_AGENT:
    case KIP_QUERY_TEAM:
    case KIP_QUERY_REQUESTER:
    case KIP_QUERY_CATEGORY:
    case KIP_QUERY_ASSET:
    case KIP_QUERY_PRIORITY:
    case KIP_QUERY_CHANNEL:
    case KIP_QUERY_RECEIVED:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
can_answer (const KipQueryTest *test)
{
  switch (test->kind)
    {
    case KIP_QUERY_TEST_AND:
    case KIP_QUERY_TEST_OR:
    case KIP_QUERY_TEST_NOT:
      for (guint i = 0; i < test->children->len; i++)
        if (!can_answer (g_ptr_array_index (test->children, i)))
          return FALSE;
      return TRUE;
    case KIP_QUERY_TEST_IN:
    case KIP_QUERY_TEST_RANGE:
    case KIP_QUERY_TEST_EMPTY:
      return is_column (test->field);
    case KIP_QUERY_TEST_ALL:
    case KIP_QUERY_TEST_NUMBER:
      return TRUE;
    case KIP_QUERY_TEST_WORDS:
    case KIP_QUERY_TEST_WHOLE:
    case KIP_QUERY_TEST_FLAG:
    default:
      return FALSE;
    }
}

/* ---- reading a row ---- */

static gint64
filled (guint64 value)
{
  return value != 0 ? (gint64) value : KIP_QUERY_NO_INT;
}

static gint64
get_int (gconstpointer row,
         KipQueryField field,
         gpointer      data)
{
  const KipFactTable *table = data;
  guint i = GPOINTER_TO_UINT (row);

  switch (field)
    {
    case KIP_QUERY_AGENT:
      return filled (table->assignee[i]);
    case KIP_QUERY_TEAM:
      return filled (table->team[i]);
    case KIP_QUERY_REQUESTER:
      return filled (table->requester[i]);
    case KIP_QUERY_CATEGORY:
      return filled (table->category[i]);
    case KIP_QUERY_ASSET:
      return filled (table->asset[i]);
    case KIP_QUERY_CHANNEL:
      return filled (table->channel[i]);
    case KIP_QUERY_PRIORITY:
      return table->priority[i];
    case KIP_QUERY_RECEIVED:
      return table->received[i];
    default:
      return KIP_QUERY_NO_INT;
    }
}

static gint64
get_number (gconstpointer row,
            gpointer      data)
{
  return ((const KipFactTable *) data)->number[GPOINTER_TO_UINT (row)];
}

/* ---- all ---- */

typedef struct
{
  const KipQueryTest *root;
  KipQueryAccess access;
  guint8        *mask;
} Filter;

static void
filter_rows (guint    from,
             guint    to,
             gpointer data)
{
  Filter *filter = data;

  for (guint i = from; i < to; i++)
    filter->mask[i] = (guint8) kip_query_test_matches (filter->root, &filter->access, GUINT_TO_POINTER (i));
}

guint8 *
kip_fact_filter (const KipFactTable *table,
                 const KipQueryPlan *plan)
{
  Filter filter = { plan->root, { get_int, NULL, NULL, get_number, (gpointer) table }, NULL };

  if (plan->asks_deleted || plan->asks_spam || plan->asks_merged || !can_answer (plan->root))
    return NULL;
  filter.mask = g_new0 (guint8, table->n + 1);
  kip_parallel (table->n, PIECE, filter_rows, &filter, NULL);
  return filter.mask;
}
