/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-order.h"

#include "kip-priority.h"

/* Appends what @rows have until there are @n. */
static gboolean
take_some (KipRows *rows,
           GArray  *ids,
           guint    n,
           GError **error)
{
  while (ids->len < n && kip_rows_next (rows))
    {
      KipId id = (KipId) kip_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  return kip_rows_end (rows, error);
}

static void
put_in_order (GArray             *values,
              const KipListOrder *order,
              guint               rank,
              gint64              value)
{
  g_array_index (values, gint64, order->descending[0] ? values->len - 1 - rank : rank) = value;
}

/* The values of the first key in their order, without what is empty. (transfer full) of gint64 */
static GArray *
values_in_order (const KipListOrder *order)
{
  GHashTable *ranks = order->ranks[0];
  GArray *values = g_array_new (FALSE, TRUE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value, rank;

  g_array_set_size (values, ranks != NULL ? g_hash_table_size (ranks) : KIP_PRIORITY_LOW);
  for (guint i = 0; ranks == NULL && i < values->len; i++)
    put_in_order (values, order, i, KIP_PRIORITY_CRITICAL + i);
  if (ranks == NULL)
    return values;
  g_hash_table_iter_init (&iter, ranks);
  while (g_hash_table_iter_next (&iter, &value, &rank))
    put_in_order (values, order, GPOINTER_TO_UINT (rank) - 1, *(const gint64 *) value);
  return values;
}

static gboolean
read_groups (KipDb              *db,
             const KipListOrder *order,
             GArray             *ids,
             guint               n,
             GError            **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ticket AS t WHERE t.hidden = 0 AND ", order->columns[0].column,
                                      " = ?1 ORDER BY t.due_sort, t.id", NULL);
  g_autoptr (GArray) values = values_in_order (order);

  for (guint i = 0; i < values->len && ids->len < n; i++)
    {
      KipRows rows = kip_db_query (db, sql, "i", g_array_index (values, gint64, i));

      if (!take_some (&rows, ids, n, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_ordered (KipDb              *db,
              const KipListOrder *order,
              GArray             *ids,
              guint               n,
              GError            **error)
{
  gboolean by_subject = order->fields[0] == KIP_QUERY_SUBJECT;
  const char *column = by_subject ? "t.subject" : order->columns[0].column;
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ", by_subject ? "ticket_row" : "ticket", " AS t WHERE t.hidden = 0 AND ", column,
                                      " IS NOT NULL ORDER BY ", column, order->descending[0] ? " DESC, t.id DESC" : ", t.id", NULL);
  KipRows rows = kip_db_query (db, sql, "");

  return take_some (&rows, ids, n, error);
}

GArray *
kip_list_first (KipDb              *db,
                const KipListOrder *order,
                guint               n,
                GError            **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  gboolean ok;

  if (order->fields[0] == KIP_QUERY_CLOSED)
    return NULL; /* no index has it */
  ok = order->columns[0].has_likes ? read_groups (db, order, ids, n, error) : read_ordered (db, order, ids, n, error);
  return ok && ids->len == n ? g_steal_pointer (&ids) : NULL;
}
