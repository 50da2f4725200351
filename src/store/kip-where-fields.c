/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a query tests, by the columns of the table ticket. */

#include "kip-where-private.h"

#include "kip-row.h"
#include "kip-text.h"

/* ---- columns ---- */

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

/* ---- clocks ---- */

/* The state at this moment: late is missed, though it may still run or wait.  What
 * is paused in time is paused; it has a deadline only if that was set by hand. */
static void
say_clock_state (KipWhereWriter *writer,
                 const char     *state,
                 const char     *due)
{
  kip_where_say (writer, "(CASE WHEN ");
  kip_where_say (writer, state);
  kip_where_say (writer, " = 5 OR (");
  kip_where_say (writer, state);
  kip_where_say (writer, " IN (1, 2) AND ");
  kip_where_say (writer, due);
  kip_where_say (writer, " < ");
  kip_where_say_int (writer, writer->plan->now);
  kip_where_say (writer, ") THEN 4 ELSE ");
  kip_where_say (writer, state);
  kip_where_say (writer, " END)");
}

static gboolean
say_clock (KipWhereWriter     *writer,
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
  kip_where_say_among (writer, "", test->values);
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

void
kip_where_say_in (KipWhereWriter     *writer,
                  const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (say_clock (writer, test))
    return;
  if (column == NULL)
    {
      kip_where_say (writer, "0");
      return;
    }
  /* The index of open tickets wants to hear that they are. */
  if (test->field == KIP_QUERY_PHASE && kip_where_are_open (test))
    kip_where_say (writer, "t.phase < 5 AND ");
  if (column->empty == EMPTY_ZERO)
    {
      kip_where_say (writer, column->column);
      kip_where_say (writer, " <> 0 AND ");
    }
  kip_where_say_among (writer, column->column, test->values);
}

void
kip_where_say_range (KipWhereWriter     *writer,
                     const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (column == NULL)
    {
      kip_where_say (writer, "0");
      return;
    }
  kip_where_say (writer, column->column);
  kip_where_say (writer, column->empty == EMPTY_ZERO ? " <> 0" : " IS NOT NULL");
  if (test->min != G_MININT64)
    {
      kip_where_say (writer, " AND ");
      kip_where_say (writer, column->column);
      kip_where_say (writer, " >= ");
      kip_where_say_int (writer, test->min);
    }
  if (test->max != G_MAXINT64)
    {
      kip_where_say (writer, " AND ");
      kip_where_say (writer, column->column);
      kip_where_say (writer, " < ");
      kip_where_say_int (writer, test->max);
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
say_requesters (KipWhereWriter *writer,
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
  g_array_sort (ids, kip_where_compare_numbers);
  kip_where_say_among (writer, "t.requester", ids);
}

void
kip_where_say_department (KipWhereWriter     *writer,
                          const KipQueryTest *test)
{
  say_requesters (writer, is_in_department, test);
}

void
kip_where_say_empty (KipWhereWriter     *writer,
                     const KipQueryTest *test)
{
  const Column *column = find_column (test->field);

  if (test->field == KIP_QUERY_TAG)
    {
      kip_where_say (writer, "NOT EXISTS (SELECT 1 FROM ticket_tag AS g WHERE g.slot = t.slot)");
    }
  else if (test->field == KIP_QUERY_CAUSE)
    {
      kip_where_say (writer, "NOT EXISTS (SELECT 1 FROM ticket_row AS r WHERE r.slot = t.slot AND r.cause IS NOT NULL)");
    }
  else if (test->field == KIP_QUERY_DEPARTMENT)
    {
      kip_where_say (writer, "NOT ");
      say_requesters (writer, has_department, NULL);
    }
  else if (column != NULL && column->empty != EMPTY_NEVER)
    {
      kip_where_say (writer, column->column);
      kip_where_say (writer, column->empty == EMPTY_ZERO ? " = 0" : " IS NULL");
    }
  else
    {
      kip_where_say (writer, "0");
    }
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

void
kip_where_say_flag (KipWhereWriter     *writer,
                    const KipQueryTest *test)
{
  if (test->flag == KIP_QUERY_FLAG_OVERDUE)
    {
      kip_where_say (writer, "(t.next_due < ");
      kip_where_say_int (writer, writer->plan->now);
      kip_where_say (writer, " OR t.late_pause <> 0)");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (flag_columns); i++)
    if (flag_columns[i].flag == test->flag)
      {
        kip_where_say (writer, flag_columns[i].sql);
        return;
      }
  kip_where_say (writer, "0");
}
