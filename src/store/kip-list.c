/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-order.h"

#include "kip-search.h"
#include "kip-where.h"

/* ---- reading ---- */

/* Of tickets that are alike the older one is first, or last where the order is turned round. */
static KipId
turn_id (const KipListOrder *order,
         KipId               id)
{
  return order->descending[0] ? ~id : id;
}

static GArray *
ids_of (GArray             *items,
        const KipListOrder *order)
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
take_item (GArray       *items,
           KipListOrder *order,
           KipRows      *rows)
{
  gint64 second = order->columns[1].column != NULL ? kip_list_order_key (order, 1, rows, 2) : 0;
  KipOrdered item = { { kip_list_order_key (order, 0, rows, 1), second }, turn_id (order, (KipId) kip_rows_int (rows, 0)) };

  g_array_append_val (items, item);
}

static char *
select_keys (const KipListOrder *order,
             const char         *where)
{
  const char *second = order->columns[1].column;

  return g_strconcat ("SELECT t.id, ", order->columns[0].column, second != NULL ? ", " : "", second != NULL ? second : "",
                      " FROM ticket AS t WHERE ", where, NULL);
}

/* Tickets that hold, in no order yet. */
static gboolean
read_items (KipDb        *db,
            KipWhere     *where,
            KipListOrder *order,
            GArray       *items,
            GError      **error)
{
  g_autofree char *sql = select_keys (order, where->sql->str);
  KipRows rows = kip_db_query_values (db, sql, where->values);

  while (kip_rows_next (&rows))
    take_item (items, order, &rows);
  return kip_rows_end (&rows, error);
}

static gboolean
read_slots (KipDb        *db,
            GArray       *slots,
            KipListOrder *order,
            GArray       *items,
            GError      **error)
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

/* By the index of the usual order, which has the phase too: however many hold. */
static GArray *
read_by_due (KipDb              *db,
             KipWhere           *where,
             const KipListOrder *order,
             GError            **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ticket AS t WHERE ", where->sql->str,
                                      order->descending[0] ? " ORDER BY t.due_sort DESC, t.id DESC" : " ORDER BY t.due_sort, t.id", NULL);
  KipRows rows = kip_db_query_values (db, sql, where->values);

  return read_ids (&rows, error);
}

/* Subjects are texts; they alone are sorted by SQLite. */
static GArray *
read_by_subject (KipDb              *db,
                 KipWhere           *where,
                 const KipListOrder *order,
                 GError            **error)
{
  g_autofree char *sql = g_strconcat ("SELECT t.id FROM ticket AS t JOIN ticket_row AS s ON s.slot = t.slot WHERE ", where->sql->str,
                                      order->descending[0] ? " ORDER BY s.subject DESC, s.id DESC" : " ORDER BY s.subject, s.id", NULL);
  KipRows rows = kip_db_query_values (db, sql, where->values);

  return read_ids (&rows, error);
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

/* Out of which tickets texts are to be found; @among: out, (nullable): all that are not hidden. */
static gboolean
find_among (KipDb                *db,
            const KipListRequest *request,
            GPtrArray            *others,
            KipBits             **among,
            GError              **error)
{
  g_autoptr (KipWhere) where = NULL;

  if (others->len == 0 && !asks_hidden (request->plan))
    return TRUE;
  where = kip_where_new (db, request->office, request->plan, others, error);
  return where != NULL && (*among = read_among (db, where, error)) != NULL;
}

static gboolean
search (KipDb                *db,
        const KipListRequest *request,
        GPtrArray            *words,
        GPtrArray            *others,
        GArray              **slots,
        GError              **error)
{
  g_autoptr (KipBits) among = NULL;

  if (!find_among (db, request, others, &among, error))
    return FALSE;
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
list_by_subject_of_slots (KipDb              *db,
                          GArray             *slots,
                          const KipListOrder *order,
                          GError            **error)
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

static gboolean
is_of_phase (const KipQueryTest *test)
{
  return test->kind == KIP_QUERY_TEST_IN && test->field == KIP_QUERY_PHASE;
}

static gboolean
asks_only_phase (GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++)
    if (!is_of_phase (g_ptr_array_index (others, i)))
      return FALSE;
  return TRUE;
}

/* Open tickets are few, and their index has nearly everything. */
static gboolean
asks_open (GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++)
    {
      const KipQueryTest *test = g_ptr_array_index (others, i);

      if (is_of_phase (test) && kip_where_are_open (test))
        return TRUE;
    }
  return FALSE;
}

/* What is selected with what it is sorted by, and sorted here. */
static GArray *
sort_selected (KipDb        *db,
               KipWhere     *where,
               KipListOrder *order,
               GError      **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (KipOrdered));

  if (!read_items (db, where, order, items, error))
    return NULL;
  kip_order (items);
  return ids_of (items, order);
}

static GArray *
slots_of (const KipBits *bits)
{
  GArray *slots = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) bits->count);

  for (gint64 slot = 0; slot < (gint64) bits->n; slot++)
    if (kip_bits_has (bits, (guint64) slot))
      g_array_append_val (slots, slot);
  return slots;
}

static GArray *
sort_slots (KipDb        *db,
            GArray       *slots,
            KipListOrder *order,
            GError      **error)
{
  g_autoptr (GArray) items = NULL;

  if (order->fields[0] == KIP_QUERY_SUBJECT)
    return list_by_subject_of_slots (db, slots, order, error);
  items = g_array_new (FALSE, FALSE, sizeof (KipOrdered));
  if (!read_slots (db, slots, order, items, error))
    return NULL;
  kip_order (items);
  return ids_of (items, order);
}

/* Looking one up takes as long as passing over so many in the whole list, which an index
 * has in order. */
#define PASSED_OVER 12

/* For orders that the selecting index does not have: first which, then in what order. */
static GArray *
order_selected (KipDb        *db,
                KipWhere     *where,
                KipListOrder *order,
                GError      **error)
{
  g_autoptr (KipBits) among = read_among (db, where, error);
  g_autoptr (GArray) slots = NULL;
  g_autoptr (GError) problem = NULL;
  GArray *ids;

  if (among == NULL)
    return NULL;
  if (among->count * PASSED_OVER <= among->n)
    {
      slots = slots_of (among);
      return sort_slots (db, slots, order, error);
    }
  ids = kip_list_whole (db, order, among, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (ids == NULL)
    ids = sort_selected (db, where, order, error);
  return ids;
}

static GArray *
list_selected (KipDb                *db,
               const KipListRequest *request,
               GPtrArray            *others,
               KipListOrder         *order,
               GError              **error)
{
  g_autoptr (KipWhere) where = kip_where_new (db, request->office, request->plan, others, error);
  gboolean by_due = order->fields[0] == KIP_QUERY_DUE && order->columns[1].column == NULL;
  guint n_sorts;

  if (where == NULL)
    return NULL;
  kip_query_get_sort (request->plan->query, &n_sorts);
  if (by_due && asks_only_phase (others))
    return read_by_due (db, where, order, error);
  if (!by_due && n_sorts < 2 && !asks_open (others) && !asks_hidden (request->plan))
    return order_selected (db, where, order, error);
  return order->fields[0] == KIP_QUERY_SUBJECT ? read_by_subject (db, where, order, error)
                                               : sort_selected (db, where, order, error);
}

static GArray *
list_found (KipDb                *db,
            const KipListRequest *request,
            GPtrArray            *words,
            GPtrArray            *others,
            KipListOrder         *order,
            GError              **error)
{
  g_autoptr (GArray) slots = NULL;

  return search (db, request, words, others, &slots, error) ? sort_slots (db, slots, order, error) : NULL;
}

/* Every ticket that counts, by one key. */
static gboolean
is_whole (const KipListRequest *request,
          GPtrArray            *words,
          GPtrArray            *others)
{
  guint n_sorts;

  kip_query_get_sort (request->plan->query, &n_sorts);
  return words->len == 0 && others->len == 0 && n_sorts < 2 && !asks_hidden (request->plan);
}

static GArray *
list_in_order (KipDb                *db,
               const KipListRequest *request,
               KipListOrder         *order,
               GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GError) problem = NULL;
  GArray *ids = NULL;

  split_tests (request, words, others);
  if (words->len > 0)
    return list_found (db, request, words, others, order, error);
  if (is_whole (request, words, others))
    ids = kip_list_whole (db, order, NULL, &problem);
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
  KipListOrder order;
  GArray *ids;

  kip_list_order_init (&order, request);
  ids = list_in_order (db, request, &order, error);
  kip_list_order_clear (&order);
  return ids;
}

GArray *
kip_list_run_first (KipDb                *db,
                    const KipListRequest *request,
                    guint                 n,
                    GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  KipListOrder order;
  GArray *ids;

  split_tests (request, words, others);
  if (!is_whole (request, words, others))
    return NULL;
  kip_list_order_init (&order, request);
  ids = kip_list_first (db, &order, n, error);
  kip_list_order_clear (&order);
  return ids;
}

/* ---- without an order ---- */

KipBits *
kip_list_select (KipDb                *db,
                 const KipListRequest *request,
                 GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (KipWhere) where = NULL;
  g_autoptr (KipBits) among = NULL;

  split_tests (request, words, others);
  if (words->len > 0)
    return find_among (db, request, others, &among, error) ? kip_search_select (db, words, among, error) : NULL;
  where = kip_where_new (db, request->office, request->plan, others, error);
  return where != NULL ? read_among (db, where, error) : NULL;
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
