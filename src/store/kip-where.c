/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-where-private.h"

#include "kip-row.h"
#include "kip-search.h"

gboolean
kip_where_count_slots (KipDb   *db,
                       guint64 *n,
                       GError **error)
{
  gint64 last;

  if (!kip_db_get_int (db, 0, &last, error, "SELECT max(slot) FROM ticket WHERE slot > 0", ""))
    return FALSE;
  *n = (guint64) last + 1;
  return TRUE;
}

/* ---- texts ---- */

static gboolean
say_words (KipWhereWriter     *writer,
           const KipQueryTest *test,
           GError            **error)
{
  KipBits *bits;

  if (test->field == KIP_QUERY_DEPARTMENT)
    {
      kip_where_say_department (writer, test);
      return TRUE;
    }
  if (test->field == KIP_QUERY_CAUSE)
    {
      kip_where_say (writer, "EXISTS (SELECT 1 FROM ticket_row AS r WHERE r.slot = t.slot AND kip_words (r.cause, ");
      kip_where_say_text (writer, test->text);
      kip_where_say (writer, test->prefix ? ", 1))" : ", 0))");
      return TRUE;
    }
  bits = kip_search_all (writer->db, test, writer->n_slots, error);
  if (bits == NULL)
    return FALSE;
  kip_where_say_bits (writer, bits);
  return TRUE;
}

/* The whole text, or what begins with it: up to the largest character there is. */
static void
say_whole_text (KipWhereWriter     *writer,
                const char         *column,
                const KipQueryTest *test)
{
  g_autofree char *end = g_strconcat (test->text, "\xf4\x8f\xbf\xbf", NULL);

  kip_where_say (writer, column);
  kip_where_say (writer, test->prefix ? " >= " : " = ");
  kip_where_say_text (writer, test->text);
  if (!test->prefix)
    return;
  kip_where_say (writer, " AND ");
  kip_where_say (writer, column);
  kip_where_say (writer, " < ");
  kip_where_say_text (writer, end);
}

static void
say_whole (KipWhereWriter     *writer,
           const KipQueryTest *test)
{
  if (test->field != KIP_QUERY_TAG)
    {
      say_whole_text (writer, "t.external", test);
      return;
    }
  kip_where_say (writer, "t.slot IN (SELECT g.slot FROM ticket_tag AS g WHERE ");
  say_whole_text (writer, "g.tag", test);
  kip_where_say (writer, ")");
}

static void
say_number (KipWhereWriter     *writer,
            const KipQueryTest *test)
{
  if (test->device != 0)
    {
      kip_where_say (writer, "t.number = ");
      kip_where_say_int (writer, KIP_TICKET_NUMBER (test->device, test->counter));
      return;
    }
  kip_where_say (writer, "t.number IN (SELECT device << ");
  kip_where_say_int (writer, KIP_TICKET_NUMBER_BITS);
  kip_where_say (writer, " | ");
  kip_where_say_int (writer, test->counter);
  kip_where_say (writer, " FROM device_key)");
}

/* ---- tests ---- */

static gboolean say_test (KipWhereWriter     *writer,
                          const KipQueryTest *test,
                          GError            **error);

static gboolean
say_children (KipWhereWriter     *writer,
              const KipQueryTest *test,
              GError            **error)
{
  for (guint i = 0; i < test->children->len; i++)
    {
      if (i > 0)
        kip_where_say (writer, test->kind == KIP_QUERY_TEST_AND ? " AND " : " OR ");
      if (!say_test (writer, g_ptr_array_index (test->children, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
say_inside (KipWhereWriter     *writer,
            const KipQueryTest *test,
            GError            **error)
{
  switch (test->kind)
    {
    case KIP_QUERY_TEST_AND:
    case KIP_QUERY_TEST_OR:
    case KIP_QUERY_TEST_NOT:
      return say_children (writer, test, error);
    case KIP_QUERY_TEST_WORDS:
      return say_words (writer, test, error);
    case KIP_QUERY_TEST_IN:
      kip_where_say_in (writer, test);
      break;
    case KIP_QUERY_TEST_RANGE:
      kip_where_say_range (writer, test);
      break;
    case KIP_QUERY_TEST_EMPTY:
      kip_where_say_empty (writer, test);
      break;
    case KIP_QUERY_TEST_WHOLE:
      say_whole (writer, test);
      break;
    case KIP_QUERY_TEST_NUMBER:
      say_number (writer, test);
      break;
    case KIP_QUERY_TEST_FLAG:
      kip_where_say_flag (writer, test);
      break;
    case KIP_QUERY_TEST_ALL:
    default:
      kip_where_say (writer, "1");
      break;
    }
  return TRUE;
}

/* An empty column makes a comparison null: that is FALSE, and the NOT of it TRUE. */
static gboolean
say_test (KipWhereWriter     *writer,
          const KipQueryTest *test,
          GError            **error)
{
  kip_where_say (writer, "(");
  if (!say_inside (writer, test, error))
    return FALSE;
  kip_where_say (writer, test->kind == KIP_QUERY_TEST_NOT ? ") IS NOT TRUE" : ")");
  return TRUE;
}

/* What no list shows unless it is asked for. */
static void
say_visible (KipWhereWriter *writer)
{
  int left_out = (writer->plan->asks_deleted ? 0 : KIP_HIDDEN_DELETED) | (writer->plan->asks_spam ? 0 : KIP_HIDDEN_SPAM)
                 | (writer->plan->asks_merged ? 0 : KIP_HIDDEN_MERGED);

  if (left_out == (KIP_HIDDEN_DELETED | KIP_HIDDEN_SPAM | KIP_HIDDEN_MERGED))
    {
      kip_where_say (writer, "t.hidden = 0");
      return;
    }
  kip_where_say (writer, "t.hidden & ");
  kip_where_say_int (writer, left_out);
  kip_where_say (writer, " = 0");
}

KipWhere *
kip_where_new (KipDb              *db,
               KipOffice          *office,
               const KipQueryPlan *plan,
               GPtrArray          *tests,
               GError            **error)
{
  g_autoptr (KipWhere) where = g_new0 (KipWhere, 1);
  KipWhereWriter writer = { where, db, office, plan, 0 };

  where->sql = g_string_new (NULL);
  where->values = kip_db_values_new ();
  where->bits = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_bits_free);
  where->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  if (!kip_where_count_slots (db, &writer.n_slots, error))
    return NULL;
  say_visible (&writer);
  for (guint i = 0; i < tests->len; i++)
    {
      const KipQueryTest *test = g_ptr_array_index (tests, i);

      if (test->kind == KIP_QUERY_TEST_ALL)
        continue;
      kip_where_say (&writer, " AND ");
      if (!say_test (&writer, test, error))
        return NULL;
    }
  return g_steal_pointer (&where);
}

void
kip_where_free (KipWhere *where)
{
  g_string_free (where->sql, TRUE);
  g_array_unref (where->values);
  g_ptr_array_unref (where->bits);
  g_ptr_array_unref (where->lists);
  g_free (where);
}
