/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-order.h"

/* How an index has all tickets that count in order. */
typedef struct
{
  KipQueryField field;
  const char   *table;
  const char   *column;
  gboolean      has_likes;   /* those of one value side by side, among themselves by what is due */
  gboolean      may_be_null; /* where it is, behind the rest */
} Whole;

static const Whole wholes[] = {
  { KIP_QUERY_SUBJECT, "ticket_row", "subject", FALSE, FALSE },
  { KIP_QUERY_DUE, "ticket", "due_sort", FALSE, FALSE },
  { KIP_QUERY_RECEIVED, "ticket", "received", FALSE, FALSE },
  { KIP_QUERY_UPDATED, "ticket", "updated", FALSE, FALSE },
  { KIP_QUERY_RESOLVED, "ticket", "resolved", FALSE, TRUE },
  { KIP_QUERY_NUMBER, "ticket", "number", FALSE, FALSE },
  { KIP_QUERY_PRIORITY, "ticket", "priority", TRUE, FALSE },
  { KIP_QUERY_STATUS, "ticket", "status", TRUE, FALSE },
  { KIP_QUERY_REQUESTER, "ticket", "requester", TRUE, FALSE },
  { KIP_QUERY_AGENT, "ticket", "assignee", TRUE, FALSE },
  { KIP_QUERY_TEAM, "ticket", "team", TRUE, FALSE },
  { KIP_QUERY_CATEGORY, "ticket", "category", TRUE, FALSE },
};

static const Whole *
find_whole (KipQueryField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (wholes[i].field == field)
      return &wholes[i];
  return NULL;
}

/* Any of all, or only those of @among. */
static gboolean
is_among (const KipBits *among,
          KipRows       *rows,
          int            column)
{
  return among == NULL || kip_bits_has (among, (guint64) kip_rows_int (rows, column));
}

/* ---- in one order ---- */

/* The slot costs as much to read as the id: only where it is wanted. */
static gboolean
read_ids (KipDb         *db,
          const char    *from,
          const KipBits *among,
          GArray        *ids,
          GError       **error)
{
  g_autofree char *sql = g_strconcat (among != NULL ? "SELECT id, slot" : "SELECT id", from, NULL);
  KipRows rows = kip_db_query (db, sql, "");

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      if (is_among (among, &rows, 1))
        g_array_append_val (ids, id);
    }
  return kip_rows_end (&rows, error);
}

static GArray *
read_ordered (KipDb         *db,
              const Whole   *whole,
              gboolean       descending,
              const KipBits *among,
              GError       **error)
{
  g_autofree char *from = g_strconcat (" FROM ", whole->table, " WHERE hidden = 0",
                                       whole->may_be_null ? " AND resolved IS NOT NULL" : "",
                                       " ORDER BY ", whole->column, descending ? " DESC, id DESC" : ", id", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  if (!read_ids (db, from, among, ids, error)
      || (whole->may_be_null
          && !read_ids (db, " FROM ticket WHERE hidden = 0 AND resolved IS NULL ORDER BY id", among, ids, error)))
    return NULL;
  return g_steal_pointer (&ids);
}

/* ---- in groups ---- */

/* Those who share a value: where they stand in the list as it was read. */
typedef struct
{
  gint64 key;
  guint  begin, end;
} Run;

static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* Takes @ids apart into its runs and puts them together in their order. */
static GArray *
arrange_runs (GArray *ids,
              GArray *runs)
{
  GArray *arranged = g_array_sized_new (FALSE, FALSE, sizeof (KipId), ids->len);

  g_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      g_array_append_vals (arranged, &g_array_index (ids, KipId, run->begin), run->end - run->begin);
    }
  return arranged;
}

static GArray *
read_grouped (KipDb         *db,
              const Whole   *whole,
              KipListOrder  *order,
              const KipBits *among,
              GError       **error)
{
  g_autofree char *sql = g_strconcat ("SELECT id, ", whole->column, among != NULL ? ", slot" : "", " FROM ticket WHERE hidden = 0 ORDER BY ",
                                      whole->column, ", due_sort, id", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  KipRows rows = kip_db_query (db, sql, "");
  gint64 last = 0;

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);
      gint64 value = kip_rows_int (&rows, 1);
      Run run = { 0, ids->len, 0 };

      if (!is_among (among, &rows, 2))
        continue;
      if (runs->len == 0 || value != last)
        {
          last = value;
          run.key = kip_list_order_key (order, 0, &rows, 1);
          g_array_append_val (runs, run);
        }
      g_array_append_val (ids, id);
      g_array_index (runs, Run, runs->len - 1).end = ids->len;
    }
  return kip_rows_end (&rows, error) ? arrange_runs (ids, runs) : NULL;
}

GArray *
kip_list_whole (KipDb         *db,
                KipListOrder  *order,
                const KipBits *among,
                GError       **error)
{
  const Whole *whole = find_whole (order->fields[0]);

  if (whole == NULL)
    return NULL;
  return whole->has_likes ? read_grouped (db, whole, order, among, error)
                          : read_ordered (db, whole, order->descending[0], among, error);
}
