/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-order.h"

static KipSortColumn
column_of (KipQueryField field)
{
  switch ((guint) field)
    {
    case KIP_QUERY_NUMBER:
      return (KipSortColumn) { "t.number", NULL, FALSE };
    case KIP_QUERY_PRIORITY:
      return (KipSortColumn) { "t.priority", NULL, TRUE };
    case KIP_QUERY_REQUESTER:
      return (KipSortColumn) { "t.requester", kip_office_get_people, TRUE };
    case KIP_QUERY_AGENT:
      return (KipSortColumn) { "t.assignee", kip_office_get_people, TRUE };
    case KIP_QUERY_TEAM:
      return (KipSortColumn) { "t.team", kip_office_get_teams, TRUE };
    case KIP_QUERY_CATEGORY:
      return (KipSortColumn) { "t.category", kip_office_get_categories, TRUE };
    case KIP_QUERY_STATUS:
      return (KipSortColumn) { "t.status", kip_office_get_statuses, TRUE };
    case KIP_QUERY_RECEIVED:
    case KIP_QUERY_AGE:
      return (KipSortColumn) { "t.received", NULL, FALSE };
    case KIP_QUERY_UPDATED:
      return (KipSortColumn) { "t.updated", NULL, FALSE };
    case KIP_QUERY_RESOLVED:
      return (KipSortColumn) { "t.resolved", NULL, FALSE };
    case KIP_QUERY_CLOSED:
      return (KipSortColumn) { "t.closed", NULL, FALSE };
    default:
      return (KipSortColumn) { "t.due_sort", NULL, FALSE };
    }
}

static KipQueryField
field_of (KipSort sort)
{
  static const KipQueryField fields[] = {
    [KIP_SORT_DUE] = KIP_QUERY_DUE,
    [KIP_SORT_NUMBER] = KIP_QUERY_NUMBER,
    [KIP_SORT_SUBJECT] = KIP_QUERY_SUBJECT,
    [KIP_SORT_REQUESTER] = KIP_QUERY_REQUESTER,
    [KIP_SORT_PRIORITY] = KIP_QUERY_PRIORITY,
    [KIP_SORT_STATUS] = KIP_QUERY_STATUS,
    [KIP_SORT_ASSIGNEE] = KIP_QUERY_AGENT,
    [KIP_SORT_TEAM] = KIP_QUERY_TEAM,
    [KIP_SORT_CATEGORY] = KIP_QUERY_CATEGORY,
    [KIP_SORT_RECEIVED] = KIP_QUERY_RECEIVED,
    [KIP_SORT_UPDATED] = KIP_QUERY_UPDATED,
    [KIP_SORT_RESOLVED] = KIP_QUERY_RESOLVED,
  };

  return (guint) sort < G_N_ELEMENTS (fields) ? fields[sort] : KIP_QUERY_DUE;
}

/* Ranks from 1 on; the ids are those of the things, which the request keeps. */
static GHashTable *
rank_all (GPtrArray *things)
{
  GHashTable *ranks = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < things->len; i++)
    g_hash_table_insert (ranks, g_ptr_array_index (things, i), GUINT_TO_POINTER (i + 1));
  return ranks;
}

void
kip_list_order_init (KipListOrder         *order,
                     const KipListRequest *request)
{
  guint n;
  const KipQuerySort *sorts = kip_query_get_sort (request->plan->query, &n);

  order->fields[0] = n > 0 ? sorts[0].field : field_of (request->sort);
  order->descending[0] = n > 0 ? sorts[0].descending : request->descending;
  order->fields[1] = n > 1 ? sorts[1].field : KIP_QUERY_DUE;
  order->descending[1] = n > 1 && sorts[1].descending;
  for (guint i = 0; i < 2; i++)
    {
      order->columns[i] = column_of (order->fields[i]);
      order->ranks[i] = order->columns[i].list != NULL ? rank_all (order->columns[i].list (request->office)) : NULL;
    }
  if (n < 2 && !order->columns[0].has_likes)
    order->columns[1].column = NULL;
}

void
kip_list_order_clear (KipListOrder *order)
{
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&order->ranks[i], g_hash_table_unref);
}

gint64
kip_list_order_key (KipListOrder *order,
                    guint         i,
                    KipRows      *rows,
                    int           column)
{
  gint64 key = kip_rows_instant (rows, column);
  guint rank;

  if (key == KIP_INSTANT_NONE)
    return G_MAXINT64;
  if (order->ranks[i] != NULL)
    {
      rank = GPOINTER_TO_UINT (g_hash_table_lookup (order->ranks[i], &key));
      if (rank == 0)
        return G_MAXINT64;
      key = rank;
    }
  return order->descending[i] ? ~key : key;
}
