/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-where.h"

#include "kip-row.h"
#include "kip-search.h"
#include "kip-text.h"

#include <string.h>

/* ---- functions of ours in SQL ---- */

#define BITS_TYPE "kip-bits"
#define IDS_TYPE "kip-ids"

/* kip_has (bits, slot) */
static void
has_func (sqlite3_context *context,
          int              n,
          sqlite3_value  **args)
{
  const KipBits *bits = sqlite3_value_pointer (args[0], BITS_TYPE);

  sqlite3_result_int (context, bits != NULL && kip_bits_has (bits, (guint64) sqlite3_value_int64 (args[1])));
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* kip_among (ids, id): a long list, sorted */
static void
among_func (sqlite3_context *context,
            int              n,
            sqlite3_value  **args)
{
  GArray *ids = sqlite3_value_pointer (args[0], IDS_TYPE);
  gint64 id = sqlite3_value_int64 (args[1]);

  sqlite3_result_int (context, ids != NULL && g_array_binary_search (ids, &id, compare_numbers, NULL));
}

/* kip_words (text, words, prefix): both folded */
static void
words_func (sqlite3_context *context,
            int              n,
            sqlite3_value  **args)
{
  const char *text = (const char *) sqlite3_value_text (args[0]);
  const char *words = (const char *) sqlite3_value_text (args[1]);

  sqlite3_result_int (context, text != NULL && words != NULL
                      && kip_text_matches_phrase (text, words, sqlite3_value_int (args[2]) != 0));
}

gboolean
kip_where_register (KipDb   *db,
                    GError **error)
{
  sqlite3 *handle = kip_db_handle (db);
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  int rc = sqlite3_create_function_v2 (handle, "kip_has", 2, flags, NULL, has_func, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2 (handle, "kip_among", 2, flags, NULL, among_func, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2 (handle, "kip_words", 3, flags, NULL, words_func, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    kip_db_set_error (db, rc, error);
  return rc == SQLITE_OK;
}

gboolean
kip_where_count_slots (KipDb   *db,
                       guint64 *n,
                       GError **error)
{
  gint64 last;

  if (!kip_db_get_int (db, 0, &last, error, "SELECT max(slot) FROM ticket", ""))
    return FALSE;
  *n = (guint64) last + 1;
  return TRUE;
}

/* ---- writing the condition ---- */

typedef struct
{
  KipWhere  *where;
  KipDb     *db;
  KipOffice *office;
  const KipQueryPlan *plan;
  guint64    n_slots;
} Writer;

typedef enum
{
  EMPTY_NEVER,
  EMPTY_ZERO,
  EMPTY_NULL
} Emptiness;

/* The column of a field, and how it looks when empty. */
typedef struct
{
  KipQueryField field;
  const char   *column;
  Emptiness     empty;
} Column;

static const Column columns[] = {
  { KIP_QUERY_STATUS, "t.status", EMPTY_ZERO },
  { KIP_QUERY_PHASE, "t.phase", EMPTY_NEVER },
  { KIP_QUERY_PRIORITY, "t.priority", EMPTY_NEVER },
  { KIP_QUERY_IMPACT, "t.impact", EMPTY_NEVER },
  { KIP_QUERY_URGENCY, "t.urgency", EMPTY_NEVER },
  { KIP_QUERY_AGENT, "t.assignee", EMPTY_ZERO },
  { KIP_QUERY_TEAM, "t.team", EMPTY_ZERO },
  { KIP_QUERY_REQUESTER, "t.requester", EMPTY_ZERO },
  { KIP_QUERY_CATEGORY, "t.category", EMPTY_ZERO },
  { KIP_QUERY_CHANNEL, "t.channel", EMPTY_ZERO },
  { KIP_QUERY_ASSET, "t.asset", EMPTY_ZERO },
  { KIP_QUERY_EXTERNAL, "t.external", EMPTY_NULL },
  { KIP_QUERY_RECEIVED, "t.received", EMPTY_NEVER },
  { KIP_QUERY_DUE, "t.next_due", EMPTY_NULL },
  { KIP_QUERY_UPDATED, "t.updated", EMPTY_NEVER },
  { KIP_QUERY_RESOLVED, "t.resolved", EMPTY_NULL },
  { KIP_QUERY_CLOSED, "t.closed", EMPTY_NULL },
  { KIP_QUERY_WORK, "t.work", EMPTY_ZERO },
  { KIP_QUERY_SURVEY, "t.survey", EMPTY_ZERO },
};

static const Column *
find_column (KipQueryField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].field == field)
      return &columns[i];
  return NULL;
}

static void
say (Writer     *writer,
     const char *sql)
{
  g_string_append (writer->where->sql, sql);
}

static void
say_int (Writer *writer,
         gint64  number)
{
  say (writer, "?");
  kip_db_values_add_int (writer->where->values, number);
}

static void
say_text (Writer     *writer,
          const char *text)
{
  say (writer, "?");
  kip_db_values_add_text (writer->where->values, text);
}

/* Takes @bits. */
static void
say_bits (Writer  *writer,
          KipBits *bits)
{
  say (writer, "kip_has (?, t.slot)");
  kip_db_values_add_pointer (writer->where->values, bits, BITS_TYPE);
  g_ptr_array_add (writer->where->bits, bits);
}

/* Up to so many values stand in the SQL; more are looked up by a function. */
#define SHORT_LIST 100

static void
say_among (Writer     *writer,
           const char *expression,
           GArray     *ids)
{
  GArray *copy;

  if (ids->len <= SHORT_LIST)
    {
      say (writer, expression);
      for (guint i = 0; i < ids->len; i++)
        {
          say (writer, i == 0 ? " IN (" : ", ");
          say_int (writer, g_array_index (ids, gint64, i));
        }
      say (writer, ids->len > 0 ? ")" : " IN ()");
      return;
    }
  copy = g_array_copy (ids);
  g_ptr_array_add (writer->where->lists, copy);
  say (writer, "kip_among (?, ");
  kip_db_values_add_pointer (writer->where->values, copy, IDS_TYPE);
  say (writer, expression);
  say (writer, ")");
}

/* ---- clocks ---- */

/* The state at this moment: late is missed, though it may still run or wait.  What
 * is paused in time is paused; it has a deadline only if that was set by hand. */
static void
say_clock_state (Writer     *writer,
                 const char *state,
                 const char *due)
{
  say (writer, "(CASE WHEN ");
  say (writer, state);
  say (writer, " = 5 OR (");
  say (writer, state);
  say (writer, " IN (1, 2) AND ");
  say (writer, due);
  say (writer, " < ");
  say_int (writer, writer->plan->now);
  say (writer, ") THEN 4 ELSE ");
  say (writer, state);
  say (writer, " END)");
}

static gboolean
say_clock (Writer             *writer,
           const KipQueryTest *test)
{
  if (test->field == KIP_QUERY_RESPONSE)
    say_clock_state (writer, "t.response_state", "t.response_due");
  else if (test->field == KIP_QUERY_UPDATE)
    say_clock_state (writer, "t.update_state", "t.update_due");
  else if (test->field == KIP_QUERY_RESOLUTION)
    say_clock_state (writer, "t.resolution_state", "t.resolution_due");
  else
    return FALSE;
  say_among (writer, "", test->values);
  return TRUE;
}

/* ---- values and ranges ---- */

gboolean
kip_where_are_open (const KipQueryTest *test)
{
  for (guint i = 0; i < test->values->len; i++)
    if (!kip_phase_is_open ((KipPhase) g_array_index (test->values, gint64, i)))
      return FALSE;
  return TRUE;
}

static void
say_in (Writer             *writer,
        const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (say_clock (writer, test))
    return;
  if (column == NULL)
    {
      say (writer, "0");
      return;
    }
  /* The index of open tickets wants to hear that they are. */
  if (test->field == KIP_QUERY_PHASE && kip_where_are_open (test))
    say (writer, "t.phase < 5 AND ");
  if (column->empty == EMPTY_ZERO)
    {
      say (writer, column->column);
      say (writer, " <> 0 AND ");
    }
  say_among (writer, column->column, test->values);
}

static void
say_range (Writer             *writer,
           const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (column == NULL)
    {
      say (writer, "0");
      return;
    }
  say (writer, column->column);
  say (writer, column->empty == EMPTY_ZERO ? " <> 0" : " IS NOT NULL");
  if (test->min != G_MININT64)
    {
      say (writer, " AND ");
      say (writer, column->column);
      say (writer, " >= ");
      say_int (writer, test->min);
    }
  if (test->max != G_MAXINT64)
    {
      say (writer, " AND ");
      say (writer, column->column);
      say (writer, " < ");
      say_int (writer, test->max);
    }
}

static gboolean
has_department (gconstpointer person,
                gconstpointer unused)
{
  const char *department = ((const KipPerson *) person)->department;

  return department != NULL && *department != '\0';
}

static gboolean
is_in_department (gconstpointer person,
                  gconstpointer data)
{
  const KipQueryTest *test = data;
  g_autofree char *folded = kip_text_fold (((const KipPerson *) person)->department);

  return kip_text_matches_phrase (folded, test->text, test->prefix);
}

/* Requesters for whom @func holds. */
static void
say_requesters (Writer *writer,
                gboolean ( *func )(gconstpointer person, gconstpointer data),
                gconstpointer data)
{
  GPtrArray *people = kip_office_get_people (writer->office);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < people->len; i++)
    {
      gint64 id = (gint64) ((KipPerson *) g_ptr_array_index (people, i))->id;

      if (func (g_ptr_array_index (people, i), data))
        g_array_append_val (ids, id);
    }
  g_array_sort (ids, compare_numbers);
  say_among (writer, "t.requester", ids);
}

static void
say_empty (Writer             *writer,
           const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (test->field == KIP_QUERY_TAG)
    {
      say (writer, "NOT EXISTS (SELECT 1 FROM ticket_tag AS g WHERE g.slot = t.slot)");
    }
  else if (test->field == KIP_QUERY_CAUSE)
    {
      say (writer, "NOT EXISTS (SELECT 1 FROM ticket_row AS r WHERE r.slot = t.slot AND r.cause IS NOT NULL)");
    }
  else if (test->field == KIP_QUERY_DEPARTMENT)
    {
      say (writer, "NOT ");
      say_requesters (writer, has_department, NULL);
    }
  else if (column != NULL && column->empty != EMPTY_NEVER)
    {
      say (writer, column->column);
      say (writer, column->empty == EMPTY_ZERO ? " = 0" : " IS NULL");
    }
  else
    {
      say (writer, "0");
    }
}

/* ---- texts ---- */

static gboolean
say_words (Writer             *writer,
           const KipQueryTest *test,
           GError            **error)
{
  KipBits *bits;

  if (test->field == KIP_QUERY_DEPARTMENT)
    {
      say_requesters (writer, is_in_department, test);
      return TRUE;
    }
  if (test->field == KIP_QUERY_CAUSE)
    {
      say (writer, "EXISTS (SELECT 1 FROM ticket_row AS r WHERE r.slot = t.slot AND kip_words (r.cause, ");
      say_text (writer, test->text);
      say (writer, test->prefix ? ", 1))" : ", 0))");
      return TRUE;
    }
  bits = kip_search_all (writer->db, test, writer->n_slots, error);
  if (bits == NULL)
    return FALSE;
  say_bits (writer, bits);
  return TRUE;
}

/* The whole text, or what begins with it: up to the largest character there is. */
static void
say_whole_text (Writer             *writer,
                const char         *column,
                const KipQueryTest *test)
{
  g_autofree char *end = g_strconcat (test->text, "\xf4\x8f\xbf\xbf", NULL);

  say (writer, column);
  say (writer, test->prefix ? " >= " : " = ");
  say_text (writer, test->text);
  if (!test->prefix)
    return;
  say (writer, " AND ");
  say (writer, column);
  say (writer, " < ");
  say_text (writer, end);
}

static void
say_whole (Writer             *writer,
           const KipQueryTest *test)
{
  if (test->field != KIP_QUERY_TAG)
    {
      say_whole_text (writer, "t.external", test);
      return;
    }
  say (writer, "t.slot IN (SELECT g.slot FROM ticket_tag AS g WHERE ");
  say_whole_text (writer, "g.tag", test);
  say (writer, ")");
}

static void
say_number (Writer             *writer,
            const KipQueryTest *test)
{
  if (test->device != 0)
    {
      say (writer, "t.number = ");
      say_int (writer, KIP_TICKET_NUMBER (test->device, test->counter));
      return;
    }
  say (writer, "t.number IN (SELECT device << ");
  say_int (writer, KIP_TICKET_NUMBER_BITS);
  say (writer, " | ");
  say_int (writer, test->counter);
  say (writer, " FROM device_key)");
}

/* ---- flags ---- */

typedef struct
{
  KipQueryFlag flag;
  const char  *sql;
} FlagColumn;

static const FlagColumn flag_columns[] = {
  { KIP_QUERY_FLAG_PAUSED, "t.pause <> 0" },
  { KIP_QUERY_FLAG_VIP, "t.vip <> 0" },
  { KIP_QUERY_FLAG_CONFLICT, "t.conflict <> 0" },
  { KIP_QUERY_FLAG_MERGED, "t.hidden & 4 <> 0" },
  { KIP_QUERY_FLAG_REOPENED, "t.reopened <> 0" },
  { KIP_QUERY_FLAG_ANSWERED, "t.first_response IS NOT NULL" },
  { KIP_QUERY_FLAG_UNANSWERED, "t.unanswered <> 0" },
  { KIP_QUERY_FLAG_CHILD, "t.parent <> 0" },
  { KIP_QUERY_FLAG_PARENT, "EXISTS (SELECT 1 FROM ticket AS c WHERE c.parent = t.id AND c.parent <> 0)" },
  { KIP_QUERY_FLAG_DRAFT, "t.id IN (SELECT ticket FROM draft)" },
  { KIP_QUERY_FLAG_BY_HAND, "t.by_hand <> 0" },
  { KIP_QUERY_FLAG_SPAM, "t.hidden & 2 <> 0" },
  { KIP_QUERY_FLAG_DELETED, "t.hidden & 1 <> 0" },
  { KIP_QUERY_FLAG_ATTACHMENT, "t.attachments <> 0" },
};

static void
say_flag (Writer             *writer,
          const KipQueryTest *test)
{
  if (test->flag == KIP_QUERY_FLAG_OVERDUE)
    {
      say (writer, "(t.next_due < ");
      say_int (writer, writer->plan->now);
      say (writer, " OR t.late_pause <> 0)");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (flag_columns); i++)
    if (flag_columns[i].flag == test->flag)
      {
        say (writer, flag_columns[i].sql);
        return;
      }
  say (writer, "0");
}

/* ---- tests ---- */

static gboolean say_test (Writer             *writer,
                          const KipQueryTest *test,
                          GError            **error);

static gboolean
say_children (Writer             *writer,
              const KipQueryTest *test,
              GError            **error)
{
  for (guint i = 0; i < test->children->len; i++)
    {
      if (i > 0)
        say (writer, test->kind == KIP_QUERY_TEST_AND ? " AND " : " OR ");
      if (!say_test (writer, g_ptr_array_index (test->children, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
say_inside (Writer             *writer,
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
      say_in (writer, test);
      break;
    case KIP_QUERY_TEST_RANGE:
      say_range (writer, test);
      break;
    case KIP_QUERY_TEST_EMPTY:
      say_empty (writer, test);
      break;
    case KIP_QUERY_TEST_WHOLE:
      say_whole (writer, test);
      break;
    case KIP_QUERY_TEST_NUMBER:
      say_number (writer, test);
      break;
    case KIP_QUERY_TEST_FLAG:
      say_flag (writer, test);
      break;
    case KIP_QUERY_TEST_ALL:
    default:
      say (writer, "1");
      break;
    }
  return TRUE;
}

/* An empty column makes a comparison null: that is FALSE, and the NOT of it TRUE. */
static gboolean
say_test (Writer             *writer,
          const KipQueryTest *test,
          GError            **error)
{
  say (writer, "(");
  if (!say_inside (writer, test, error))
    return FALSE;
  say (writer, test->kind == KIP_QUERY_TEST_NOT ? ") IS NOT TRUE" : ")");
  return TRUE;
}

/* What no list shows unless it is asked for. */
static void
say_visible (Writer *writer)
{
  int left_out = (writer->plan->asks_deleted ? 0 : KIP_HIDDEN_DELETED) | (writer->plan->asks_spam ? 0 : KIP_HIDDEN_SPAM)
                 | (writer->plan->asks_merged ? 0 : KIP_HIDDEN_MERGED);

  if (left_out == (KIP_HIDDEN_DELETED | KIP_HIDDEN_SPAM | KIP_HIDDEN_MERGED))
    {
      say (writer, "t.hidden = 0");
      return;
    }
  say (writer, "t.hidden & ");
  say_int (writer, left_out);
  say (writer, " = 0");
}

KipWhere *
kip_where_new (KipDb              *db,
               KipOffice          *office,
               const KipQueryPlan *plan,
               GPtrArray          *tests,
               GError            **error)
{
  g_autoptr (KipWhere) where = g_new0 (KipWhere, 1);
  Writer writer = { where, db, office, plan, 0 };

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
      say (&writer, " AND ");
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
