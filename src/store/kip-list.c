/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list.h"

#include "kip-search.h"
#include "kip-where.h"

/* ---- by what to sort ---- */

/* A column, and for ids the order of the names that they stand for. */
typedef struct
{
  const char *column;
  GPtrArray *(*list)(KipOffice *office); /* (nullable) things in order; their first member is the id */
  gboolean    has_likes; /* many tickets share a value: those by what is due */
} SortColumn;

static SortColumn
column_of (KipQueryField field)
{
  switch ((guint) field)
    {
    case KIP_QUERY_NUMBER:
      return (SortColumn) { "t.number", NULL, FALSE };
    case KIP_QUERY_PRIORITY:
      return (SortColumn) { "t.priority", NULL, TRUE };
    case KIP_QUERY_REQUESTER:
      return (SortColumn) { "t.requester", kip_office_get_people, TRUE };
    case KIP_QUERY_AGENT:
      return (SortColumn) { "t.assignee", kip_office_get_people, TRUE };
    case KIP_QUERY_TEAM:
      return (SortColumn) { "t.team", kip_office_get_teams, TRUE };
    case KIP_QUERY_CATEGORY:
      return (SortColumn) { "t.category", kip_office_get_categories, TRUE };
    case KIP_QUERY_STATUS:
      return (SortColumn) { "t.status", kip_office_get_statuses, TRUE };
    case KIP_QUERY_RECEIVED:
    case KIP_QUERY_AGE:
      return (SortColumn) { "t.received", NULL, FALSE };
    case KIP_QUERY_UPDATED:
      return (SortColumn) { "t.updated", NULL, FALSE };
    case KIP_QUERY_RESOLVED:
      return (SortColumn) { "t.resolved", NULL, FALSE };
    case KIP_QUERY_CLOSED:
      return (SortColumn) { "t.closed", NULL, FALSE };
    default:
      return (SortColumn) { "t.due_sort", NULL, FALSE };
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

/* The order that is asked for: at most two keys. */
typedef struct
{
  KipQueryField fields[2];
  gboolean      descending[2];
  SortColumn    columns[2];
  GHashTable   *ranks[2]; /* (owned) (nullable) id → rank, both gint64 */
} Order;

static GHashTable *
rank_all (GPtrArray *things)
{
  GHashTable *ranks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < things->len; i++)
    {
      gint64 rank = i;

      g_hash_table_insert (ranks, g_memdup2 (g_ptr_array_index (things, i), sizeof (KipId)), g_memdup2 (&rank, sizeof rank));
    }
  return ranks;
}

static void
order_init (Order                *order,
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
    order->columns[1].column = "0";
}

static void
order_clear (Order *order)
{
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&order->ranks[i], g_hash_table_unref);
}

/* What is empty comes last, whatever the direction. */
static gint64
key_of (Order   *order,
        guint    i,
        KipRows *rows,
        int      column)
{
  gint64 key = kip_rows_instant (rows, column);
  const gint64 *rank;

  if (key == KIP_INSTANT_NONE)
    return G_MAXINT64;
  if (order->ranks[i] != NULL)
    {
      rank = g_hash_table_lookup (order->ranks[i], &key);
      if (rank == NULL)
        return G_MAXINT64;
      key = *rank;
    }
  return order->descending[i] ? ~key : key;
}

/* ---- reading ---- */

/* Of tickets that are alike the older one is first, or last where the order is turned round. */
static KipId
turn_id (const Order *order,
         KipId        id)
{
  return order->descending[0] ? ~id : id;
}

static GArray *
ids_of (GArray      *items,
        const Order *order)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (KipId), items->len);

  for (guint i = 0; i < items->len; i++)
    {
      KipId id = turn_id (order, g_array_index (items, KipOrdered, i).id);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
take_item (GArray  *items,
           Order   *order,
           KipRows *rows)
{
  KipOrdered item = { { key_of (order, 0, rows, 1), key_of (order, 1, rows, 2) }, turn_id (order, (KipId) kip_rows_int (rows, 0)) };

  g_array_append_val (items, item);
}

static char *
select_keys (const Order *order,
             const char  *where)
{
  return g_strconcat ("SELECT t.id, ", order->columns[0].column, ", ", order->columns[1].column,
                      " FROM ticket AS t WHERE ", where, NULL);
}

/* Tickets that hold, in no order yet. */
static gboolean
read_items (KipDb    *db,
            KipWhere *where,
            Order    *order,
            GArray   *items,
            GError  **error)
{
  g_autofree char *sql = select_keys (order, where->sql->str);
  KipRows rows = kip_db_query_values (db, sql, where->values);

  while (kip_rows_next (&rows))
    take_item (items, order, &rows);
  return kip_rows_end (&rows, error);
}

static gboolean
read_slots (KipDb   *db,
            GArray  *slots,
            Order   *order,
            GArray  *items,
            GError **error)
{
  g_autofree char *sql = select_keys (order, "t.slot = ?1");

  for (guint i = 0; i < slots->len; i++)
    {
      KipRows rows = kip_db_query (db, sql, "i", g_array_index (slots, gint64, i));

      if (kip_rows_next (&rows))
        take_item (items, order, &rows);
      if (!kip_rows_end (&rows, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- orders that an index has ---- */

static GArray *
read_ids (KipRows *rows,
          GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  while (kip_rows_next (rows))
    {
      KipId id = (KipId) kip_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  return kip_rows_end (rows, error) ? g_steal_pointer (&ids) : NULL;
}

/* Subjects are texts; they alone are sorted by SQLite. */
static GArray *
read_by_subject (KipDb       *db,
                 KipWhere    *where,
                 const Order *order,
                 GError     **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ticket AS t JOIN ticket_row AS s ON s.slot = t.slot WHERE ", where->sql->str,
                                      order->descending[0] ? " ORDER BY s.subject DESC, s.id DESC" : " ORDER BY s.subject, s.id", NULL);
  KipRows rows = kip_db_query_values (db, sql, where->values);

  return read_ids (&rows, error);
}

/* The whole list in an order that an index has; NULL: none has it. */
static const char *
whole_list_sql (const Order *order)
{
  switch ((guint) order->fields[0])
    {
    case KIP_QUERY_SUBJECT:
      return order->descending[0] ? "SELECT id FROM ticket_row WHERE hidden = 0 ORDER BY subject DESC, id DESC"
                                  : "SELECT id FROM ticket_row WHERE hidden = 0 ORDER BY subject, id";
    case KIP_QUERY_DUE:
      return order->descending[0] ? "SELECT id FROM ticket WHERE hidden = 0 ORDER BY due_sort DESC, id DESC"
                                  : "SELECT id FROM ticket WHERE hidden = 0 ORDER BY due_sort, id";
    case KIP_QUERY_RECEIVED:
      return order->descending[0] ? "SELECT id FROM ticket WHERE hidden = 0 ORDER BY received DESC, id DESC"
                                  : "SELECT id FROM ticket WHERE hidden = 0 ORDER BY received, id";
    case KIP_QUERY_UPDATED:
      return order->descending[0] ? "SELECT id FROM ticket WHERE hidden = 0 ORDER BY updated DESC, id DESC"
                                  : "SELECT id FROM ticket WHERE hidden = 0 ORDER BY updated, id";
    case KIP_QUERY_RESOLVED:
      return order->descending[0] ? "SELECT id FROM ticket WHERE hidden = 0 AND resolved IS NOT NULL ORDER BY resolved DESC, id DESC"
                                  : "SELECT id FROM ticket WHERE hidden = 0 AND resolved IS NOT NULL ORDER BY resolved, id";
    case KIP_QUERY_NUMBER:
      return order->descending[0] ? "SELECT id FROM ticket WHERE hidden = 0 ORDER BY number DESC, id DESC"
                                  : "SELECT id FROM ticket WHERE hidden = 0 ORDER BY number, id";
    default:
      return NULL;
    }
}

/* The whole list, those of one assignee (team, …) side by side and in order among
 * themselves, as an index has them; NULL: none has. */
static const char *
grouped_list_sql (const Order *order)
{
  switch ((guint) order->fields[0])
    {
    case KIP_QUERY_PRIORITY:
      return "SELECT id, priority FROM ticket WHERE hidden = 0 ORDER BY priority, due_sort, id";
    case KIP_QUERY_STATUS:
      return "SELECT id, status FROM ticket WHERE hidden = 0 ORDER BY status, due_sort, id";
    case KIP_QUERY_REQUESTER:
      return "SELECT id, requester FROM ticket WHERE hidden = 0 ORDER BY requester, due_sort, id";
    case KIP_QUERY_AGENT:
      return "SELECT id, assignee FROM ticket WHERE hidden = 0 ORDER BY assignee, due_sort, id";
    case KIP_QUERY_TEAM:
      return "SELECT id, team FROM ticket WHERE hidden = 0 ORDER BY team, due_sort, id";
    case KIP_QUERY_CATEGORY:
      return "SELECT id, category FROM ticket WHERE hidden = 0 ORDER BY category, due_sort, id";
    default:
      return NULL;
    }
}

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
read_grouped (KipDb      *db,
              const char *sql,
              Order      *order,
              GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  KipRows rows = kip_db_query (db, sql, "");
  gint64 value = 0;

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);
      Run run = { 0, ids->len, 0 };

      if (runs->len == 0 || kip_rows_int (&rows, 1) != value)
        {
          value = kip_rows_int (&rows, 1);
          run.key = key_of (order, 0, &rows, 1);
          g_array_append_val (runs, run);
        }
      g_array_append_val (ids, id);
      g_array_index (runs, Run, runs->len - 1).end = ids->len;
    }
  return kip_rows_end (&rows, error) ? arrange_runs (ids, runs) : NULL;
}

/* What is empty in that column, behind the rest. */
static gboolean
append_empty (KipDb       *db,
              const Order *order,
              GArray      *ids,
              GError     **error)
{
  KipRows rows;

  if (order->fields[0] != KIP_QUERY_RESOLVED)
    return TRUE;
  rows = kip_db_query (db, "SELECT id FROM ticket WHERE hidden = 0 AND resolved IS NULL ORDER BY id", "");
  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (ids, id);
    }
  return kip_rows_end (&rows, error);
}

/* NULL without an error: no index has this order. */
static GArray *
read_whole_list (KipDb   *db,
                 Order   *order,
                 GError **error)
{
  const char *sql = whole_list_sql (order);
  g_autoptr (GArray) ids = NULL;
  KipRows rows;

  if (sql == NULL)
    {
      sql = grouped_list_sql (order);
      return sql != NULL ? read_grouped (db, sql, order, error) : NULL;
    }
  rows = kip_db_query (db, sql, "");
  ids = read_ids (&rows, error);
  if (ids == NULL || !append_empty (db, order, ids, error))
    return NULL;
  return g_steal_pointer (&ids);
}

/* ---- lists ---- */

/* The tests that must all hold, those for the index of texts apart. */
static void
split_tests (const KipListRequest *request,
             GPtrArray            *words,
             GPtrArray            *others)
{
  const KipQueryTest *root = request->plan->root;
  guint n = root->kind == KIP_QUERY_TEST_AND ? root->children->len : 1;

  for (guint i = 0; i < n; i++)
    {
      const KipQueryTest *test = root->kind == KIP_QUERY_TEST_AND ? g_ptr_array_index (root->children, i) : root;

      if (test->kind != KIP_QUERY_TEST_ALL)
        g_ptr_array_add (kip_search_can (test) ? words : others, (gpointer) test);
    }
}

static gboolean
asks_hidden (const KipQueryPlan *plan)
{
  return plan->asks_deleted || plan->asks_spam || plan->asks_merged;
}

/* Where the rest of the query holds. */
static KipBits *
read_among (KipDb    *db,
            KipWhere *where,
            GError  **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.slot FROM ticket AS t WHERE ", where->sql->str, NULL);
  g_autoptr (KipBits) bits = NULL;
  guint64 n;
  KipRows rows;

  if (!kip_where_count_slots (db, &n, error))
    return NULL;
  bits = kip_bits_new (n);
  rows = kip_db_query_values (db, sql, where->values);
  while (kip_rows_next (&rows))
    kip_bits_add (bits, (guint64) kip_rows_int (&rows, 0));
  return kip_rows_end (&rows, error) ? g_steal_pointer (&bits) : NULL;
}

static gboolean
search (KipDb                *db,
        const KipListRequest *request,
        GPtrArray            *words,
        GPtrArray            *others,
        GArray              **slots,
        GError              **error)
{
  g_autoptr (KipWhere) where = NULL;
  g_autoptr (KipBits) among = NULL;

  if (others->len > 0 || asks_hidden (request->plan))
    {
      where = kip_where_new (db, request->office, request->plan, others, error);
      if (where == NULL || (among = read_among (db, where, error)) == NULL)
        return FALSE;
    }
  *slots = kip_search_newest (db, words, among, request->limit, error);
  return *slots != NULL;
}

static int
compare_slots (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static GArray *
list_by_subject_of_slots (KipDb       *db,
                          GArray      *slots,
                          const Order *order,
                          GError     **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ticket AS t JOIN ticket_row AS s ON s.slot = t.slot WHERE kip_among (?, t.slot)",
                                      " AND t.slot BETWEEN ? AND ?",
                                      order->descending[0] ? " ORDER BY s.subject DESC, s.id DESC" : " ORDER BY s.subject, s.id", NULL);
  g_autoptr (GArray) values = kip_db_values_new ();
  KipRows rows;

  if (slots->len == 0)
    return g_array_new (FALSE, FALSE, sizeof (KipId));
  g_array_sort (slots, compare_slots);
  kip_db_values_add_pointer (values, slots, "kip-ids");
  kip_db_values_add_int (values, g_array_index (slots, gint64, 0));
  kip_db_values_add_int (values, g_array_index (slots, gint64, slots->len - 1));
  rows = kip_db_query_values (db, sql, values);
  return read_ids (&rows, error);
}

static GArray *
list_found (KipDb                *db,
            const KipListRequest *request,
            GPtrArray            *words,
            GPtrArray            *others,
            Order                *order,
            GError              **error)
{
  g_autoptr (GArray) slots = NULL;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (KipOrdered));

  if (!search (db, request, words, others, &slots, error))
    return NULL;
  if (order->fields[0] == KIP_QUERY_SUBJECT)
    return list_by_subject_of_slots (db, slots, order, error);
  if (!read_slots (db, slots, order, items, error))
    return NULL;
  kip_order (items);
  return ids_of (items, order);
}

static GArray *
list_selected (KipDb                *db,
               const KipListRequest *request,
               GPtrArray            *others,
               Order                *order,
               GError              **error)
{
  g_autoptr (KipWhere) where = kip_where_new (db, request->office, request->plan, others, error);
  g_autoptr (GArray) items = NULL;

  if (where == NULL)
    return NULL;
  if (order->fields[0] == KIP_QUERY_SUBJECT)
    return read_by_subject (db, where, order, error);
  items = g_array_new (FALSE, FALSE, sizeof (KipOrdered));
  if (!read_items (db, where, order, items, error))
    return NULL;
  kip_order (items);
  return ids_of (items, order);
}

static GArray *
list_in_order (KipDb                *db,
               const KipListRequest *request,
               Order                *order,
               GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GError) problem = NULL;
  GArray *ids = NULL;
  guint n_sorts;

  split_tests (request, words, others);
  if (words->len > 0)
    return list_found (db, request, words, others, order, error);
  kip_query_get_sort (request->plan->query, &n_sorts);
  if (others->len == 0 && n_sorts < 2 && !asks_hidden (request->plan))
    ids = read_whole_list (db, order, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (ids == NULL)
    ids = list_selected (db, request, others, order, error);
  return ids;
}

GArray *
kip_list_run (KipDb                *db,
              const KipListRequest *request,
              GError              **error)
{
  Order order;
  GArray *ids;

  order_init (&order, request);
  ids = list_in_order (db, request, &order, error);
  order_clear (&order);
  return ids;
}

/* ---- counts ---- */

static gboolean
count_selected (KipDb                *db,
                const KipListRequest *request,
                GPtrArray            *others,
                guint                *count,
                GError              **error)
{
  g_autoptr (KipWhere) where = kip_where_new (db, request->office, request->plan, others, error);
  g_autofree char *sql = NULL;
  KipRows rows;

  if (where == NULL)
    return FALSE;
  sql = g_strconcat ("SELECT count(*) FROM ticket AS t WHERE ", where->sql->str, NULL);
  rows = kip_db_query_values (db, sql, where->values);
  *count = kip_rows_next (&rows) ? (guint) kip_rows_int (&rows, 0) : 0;
  return kip_rows_end (&rows, error);
}

gboolean
kip_list_count (KipDb                *db,
                const KipListRequest *request,
                guint                *count,
                GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GArray) slots = NULL;

  split_tests (request, words, others);
  if (words->len == 0)
    return count_selected (db, request, others, count, error);
  if (!search (db, request, words, others, &slots, error))
    return FALSE;
  *count = slots->len;
  return TRUE;
}
