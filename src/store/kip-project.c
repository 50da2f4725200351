/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-project.h"

#include <string.h>

/* The slot that the ticket has; 0: none yet. */
static gboolean
find_slot (KipBook *book,
           KipId    ticket,
           gint64  *slot,
           GError **error)
{
  return kip_db_get_int (book->db, 0, slot, error, "SELECT slot FROM ticket WHERE id = ?1", "i", (gint64) ticket);
}

/* ---- the table that lists read ----
 * Most edits change a few columns.  Only those are written: SQLite renews every
 * index of a column that is set, whether its value is another or not. */

/* In the order of the columns of SELECT_TICKET. */
enum
{
  AT_ID, AT_HIDDEN, AT_PHASE, AT_PAUSE, AT_STATUS, AT_PRIORITY, AT_IMPACT, AT_URGENCY, AT_CHANNEL,
  AT_REQUESTER, AT_ASSIGNEE, AT_TEAM, AT_CATEGORY, AT_DUE_SORT, AT_NEXT_DUE, AT_RECEIVED, AT_UPDATED,
  AT_RESOLVED, AT_CLOSED, AT_FIRST_RESPONSE, AT_RESPONSE_STATE, AT_RESPONSE_DUE, AT_UPDATE_STATE, AT_UPDATE_DUE,
  AT_RESOLUTION_STATE, AT_RESOLUTION_DUE, AT_VIP, AT_CONFLICT, AT_UNANSWERED, AT_REOPENED, AT_BY_HAND, AT_LATE_PAUSE,
  AT_ATTACHMENTS, AT_WORK, AT_SURVEY, AT_NUMBER, AT_ASSET, AT_PARENT, AT_MERGED_INTO, N_NUMBERS
};

static const char *const column_names[N_NUMBERS] = {
  "id", "hidden", "phase", "pause", "status", "priority", "impact", "urgency", "channel",
  "requester", "assignee", "team", "category", "due_sort", "next_due", "received", "updated",
  "resolved", "closed", "first_response", "response_state", "response_due", "update_state", "update_due",
  "resolution_state", "resolution_due", "vip", "conflict", "unanswered", "reopened", "by_hand", "late_pause",
  "attachments", "work", "survey", "number", "asset", "parent", "merged_into",
};

#define SELECT_TICKET \
  "SELECT id, hidden, phase, pause, status, priority, impact, urgency, channel," \
  " requester, assignee, team, category, due_sort, next_due, received, updated," \
  " resolved, closed, first_response, response_state, response_due, update_state, update_due," \
  " resolution_state, resolution_due, vip, conflict, unanswered, reopened, by_hand, late_pause," \
  " attachments, work, survey, number, asset, parent, merged_into, external FROM ticket WHERE slot = ?1"

#define INSERT_TICKET \
  "INSERT INTO ticket (id, hidden, phase, pause, status, priority, impact, urgency, channel," \
  " requester, assignee, team, category, due_sort, next_due, received, updated," \
  " resolved, closed, first_response, response_state, response_due, update_state, update_due," \
  " resolution_state, resolution_due, vip, conflict, unanswered, reopened, by_hand, late_pause," \
  " attachments, work, survey, number, asset, parent, merged_into, external, slot)" \
  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

static void
fill_clock (gint64         *numbers,
            guint           state_at,
            const KipClock *clock)
{
  numbers[state_at] = kip_row_clock_state (clock);
  numbers[state_at + 1] = clock->due;
}

/* KIP_INSTANT_NONE stands for null. */
static void
fill_numbers (const KipComputed *computed,
              gint64            *numbers)
{
  const KipTicketRow *row = computed->row;
  const gint64 all[N_NUMBERS] = {
    [AT_ID] = (gint64) row->id, [AT_HIDDEN] = kip_row_get_hidden (row), [AT_PHASE] = row->phase, [AT_PAUSE] = row->pause,
    [AT_STATUS] = (gint64) row->status, [AT_PRIORITY] = row->priority, [AT_IMPACT] = computed->impact,
    [AT_URGENCY] = computed->urgency, [AT_CHANNEL] = row->channel, [AT_REQUESTER] = (gint64) row->requester,
    [AT_ASSIGNEE] = (gint64) row->assignee, [AT_TEAM] = (gint64) row->team, [AT_CATEGORY] = (gint64) row->category,
    [AT_DUE_SORT] = computed->due_sort, [AT_NEXT_DUE] = row->next_due, [AT_RECEIVED] = row->received,
    [AT_UPDATED] = row->updated, [AT_RESOLVED] = row->resolved, [AT_CLOSED] = row->closed,
    [AT_FIRST_RESPONSE] = row->first_response, [AT_VIP] = row->vip, [AT_CONFLICT] = row->conflict,
    [AT_UNANSWERED] = row->unanswered, [AT_REOPENED] = computed->reopened, [AT_BY_HAND] = computed->by_hand,
    [AT_LATE_PAUSE] = computed->late_pause, [AT_ATTACHMENTS] = row->n_attachments, [AT_WORK] = computed->work,
    [AT_SURVEY] = computed->survey, [AT_NUMBER] = row->number, [AT_ASSET] = (gint64) computed->asset,
    [AT_PARENT] = (gint64) row->parent, [AT_MERGED_INTO] = (gint64) row->merged_into,
  };

  memcpy (numbers, all, sizeof all);
  fill_clock (numbers, AT_RESPONSE_STATE, &row->clocks[KIP_CLOCK_RESPONSE]);
  fill_clock (numbers, AT_UPDATE_STATE, &row->clocks[KIP_CLOCK_UPDATE]);
  fill_clock (numbers, AT_RESOLUTION_STATE, &row->clocks[KIP_CLOCK_RESOLUTION]);
}

static gboolean
insert_ticket (KipBook           *book,
               gint64             slot,
               const KipComputed *computed,
               GError           **error)
{
  gint64 numbers[N_NUMBERS];
  KipRows rows = kip_db_query (book->db, INSERT_TICKET, "");

  fill_numbers (computed, numbers);
  for (int i = 0; i < N_NUMBERS; i++)
    kip_rows_bind_instant (&rows, i + 1, numbers[i]);
  kip_rows_bind_text (&rows, N_NUMBERS + 1, computed->external);
  kip_rows_bind_instant (&rows, N_NUMBERS + 2, slot);
  kip_rows_next (&rows);
  return kip_rows_end (&rows, error);
}

/* Which columns are others now, as a bit each; the last is that of external. */
static gboolean
find_changes (KipBook      *book,
              gint64        slot,
              const gint64 *numbers,
              const char   *external,
              guint64      *changes,
              GError      **error)
{
  KipRows rows = kip_db_query (book->db, SELECT_TICKET, "i", slot);

  *changes = 0;
  if (kip_rows_next (&rows))
    {
      for (int i = 0; i < N_NUMBERS; i++)
        if (kip_rows_instant (&rows, i) != numbers[i])
          *changes |= G_GUINT64_CONSTANT (1) << i;
      if (g_strcmp0 (kip_rows_text (&rows, N_NUMBERS), external) != 0)
        *changes |= G_GUINT64_CONSTANT (1) << N_NUMBERS;
    }
  return kip_rows_end (&rows, error);
}

static char *
update_sql (guint64 changes)
{
  GString *sql = g_string_new ("UPDATE ticket SET ");

  for (guint i = 0; i <= N_NUMBERS; i++)
    if ((changes >> i & 1) != 0)
      {
        g_string_append (sql, i < N_NUMBERS ? column_names[i] : "external");
        g_string_append (sql, (changes >> i) > 1 ? " = ?, " : " = ?");
      }
  g_string_append (sql, " WHERE slot = ?");
  return g_string_free (sql, FALSE);
}

static gboolean
update_ticket (KipBook           *book,
               gint64             slot,
               const KipComputed *computed,
               GError           **error)
{
  gint64 numbers[N_NUMBERS];
  g_autofree char *sql = NULL;
  guint64 changes;
  int parameter = 1;
  KipRows rows;

  fill_numbers (computed, numbers);
  if (!find_changes (book, slot, numbers, computed->external, &changes, error))
    return FALSE;
  if (changes == 0)
    return TRUE;
  sql = update_sql (changes);
  rows = kip_db_query_once (book->db, sql);
  for (guint i = 0; i < N_NUMBERS; i++)
    if ((changes >> i & 1) != 0)
      kip_rows_bind_instant (&rows, parameter++, numbers[i]);
  if ((changes >> N_NUMBERS & 1) != 0)
    kip_rows_bind_text (&rows, parameter++, computed->external);
  kip_rows_bind_instant (&rows, parameter, slot);
  kip_rows_next (&rows);
  return kip_rows_end (&rows, error);
}

/* ---- what rows show ---- */

static gboolean
insert_row (KipBook           *book,
            gint64             slot,
            const KipComputed *computed,
            GByteArray        *body,
            GError           **error)
{
  return kip_db_run (book->db, error,
                     "INSERT INTO ticket_row (slot, id, hidden, subject, cause, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                     "iidttB", slot, (gint64) computed->row->id, kip_row_get_hidden (computed->row), computed->subject,
                     computed->cause, body->data, (gsize) body->len);
}

static gboolean
update_row (KipBook           *book,
            gint64             slot,
            const KipComputed *computed,
            GByteArray        *body,
            GError           **error)
{
  gint64 same;

  if (!kip_db_get_int (book->db, 0, &same, error, "SELECT subject = ?2 AND hidden = ?3 FROM ticket_row WHERE slot = ?1",
                       "itd", slot, computed->subject, kip_row_get_hidden (computed->row)))
    return FALSE;
  if (same != 0)
    return kip_db_run (book->db, error, "UPDATE ticket_row SET cause = ?2, body = ?3 WHERE slot = ?1",
                       "itB", slot, computed->cause, body->data, (gsize) body->len);
  return kip_db_run (book->db, error, "UPDATE ticket_row SET hidden = ?2, subject = ?3, cause = ?4, body = ?5 WHERE slot = ?1",
                     "idttB", slot, kip_row_get_hidden (computed->row), computed->subject, computed->cause,
                     body->data, (gsize) body->len);
}

/* ---- tags and thresholds ---- */

static gboolean
insert_tags (KipBook           *book,
             gint64             slot,
             const KipComputed *computed,
             GError           **error)
{
  for (guint i = 0; i < computed->tags->len; i++)
    if (!kip_db_run (book->db, error, "INSERT INTO ticket_tag (tag, slot) VALUES (?1, ?2)",
                     "ti", g_ptr_array_index (computed->tags, i), slot))
      return FALSE;
  return TRUE;
}

/* percent and instant, turn by turn. */
static GByteArray *
encode_thresholds (GPtrArray *thresholds)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, thresholds->len * 2);
  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *threshold = g_ptr_array_index (thresholds, i);

      kip_cbor_put_int (out, threshold->percent);
      kip_cbor_put_int (out, threshold->at);
    }
  return out;
}

GArray *
kip_project_read_thresholds (gconstpointer data,
                             gsize         length)
{
  GArray *thresholds = g_array_new (FALSE, FALSE, sizeof (KipThreshold));
  KipCborReader reader;
  guint n = 0;

  kip_cbor_reader_init (&reader, data, length);
  kip_cbor_get_list (&reader, &n);
  for (guint i = 0; i + 1 < n; i += 2)
    {
      KipThreshold threshold = { 0 };
      gint64 percent;

      if (!kip_cbor_get_int (&reader, &percent) || !kip_cbor_get_int (&reader, &threshold.at))
        break;
      threshold.percent = (int) percent;
      g_array_append_val (thresholds, threshold);
    }
  return thresholds;
}

static gboolean
write_clock (KipBook   *book,
             gint64     slot,
             guint      clock,
             GPtrArray *thresholds,
             GError   **error)
{
  g_autoptr (GByteArray) bytes = encode_thresholds (thresholds);
  const KipThreshold *first = g_ptr_array_index (thresholds, 0);
  const KipThreshold *last = g_ptr_array_index (thresholds, thresholds->len - 1);

  return kip_db_run (book->db, error, "INSERT INTO running (slot, clock, first, last, thresholds) VALUES (?1, ?2, ?3, ?4, ?5)",
                     "iiiiB", slot, (gint64) clock, first->at, last->at, bytes->data, (gsize) bytes->len);
}

static gboolean
insert_running (KipBook           *book,
                gint64             slot,
                const KipComputed *computed,
                GError           **error)
{
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    if (computed->thresholds[i] != NULL && !write_clock (book, slot, i, computed->thresholds[i], error))
      return FALSE;
  return TRUE;
}

/* ---- facts ---- */

static gboolean
put_fact (KipBook           *book,
          gint64             slot,
          const KipComputed *computed,
          GError           **error)
{
  if (computed->fact == NULL)
    return kip_db_run (book->db, error, "DELETE FROM fact WHERE slot = ?1", "i", slot);
  return kip_db_run (book->db, error, "INSERT OR REPLACE INTO fact (slot, body) VALUES (?1, ?2)", "iB", slot,
                     computed->fact->data, (gsize) computed->fact->len);
}

static gboolean
add_ticket (KipBook           *book,
            const KipComputed *computed,
            GByteArray        *body,
            GError           **error)
{
  gint64 slot = ++book->slot;

  return insert_ticket (book, slot, computed, error)
         && insert_row (book, slot, computed, body, error)
         && insert_tags (book, slot, computed, error)
         && insert_running (book, slot, computed, error)
         && (computed->fact == NULL || put_fact (book, slot, computed, error));
}

static gboolean
change_ticket (KipBook           *book,
               gint64             slot,
               const KipComputed *computed,
               GByteArray        *body,
               GError           **error)
{
  return update_ticket (book, slot, computed, error)
         && update_row (book, slot, computed, body, error)
         && kip_db_run (book->db, error, "DELETE FROM ticket_tag WHERE slot = ?1", "i", slot)
         && insert_tags (book, slot, computed, error)
         && kip_db_run (book->db, error, "DELETE FROM running WHERE slot = ?1", "i", slot)
         && insert_running (book, slot, computed, error)
         && put_fact (book, slot, computed, error);
}

/* ---- before the log has come to it ----
 * Rows with slots below zero: those of others are as if these had never been there. */

gboolean
kip_project_early (KipBook           *book,
                   const KipComputed *computed,
                   guint              number,
                   GError           **error)
{
  g_autoptr (GByteArray) body = NULL;
  gint64 slot;

  if (!find_slot (book, computed->row->id, &slot, error))
    return FALSE;
  if (slot != 0)
    return TRUE;
  body = kip_row_encode (computed->row);
  slot = -(gint64) number;
  return insert_ticket (book, slot, computed, error)
         && insert_row (book, slot, computed, body, error)
         && insert_tags (book, slot, computed, error);
}

static gboolean
drop_slots (KipDb   *db,
            gint64   from,
            gint64   to,
            GError **error)
{
  return kip_db_run (db, error, "DELETE FROM ticket WHERE slot BETWEEN ?1 AND ?2", "ii", from, to)
         && kip_db_run (db, error, "DELETE FROM ticket_row WHERE slot BETWEEN ?1 AND ?2", "ii", from, to)
         && kip_db_run (db, error, "DELETE FROM ticket_tag WHERE slot BETWEEN ?1 AND ?2", "ii", from, to);
}

gboolean
kip_project_drop_early (KipDb   *db,
                        GError **error)
{
  return drop_slots (db, G_MININT64, -1, error);
}

/* It gets its place with its first event in the log. */
static gboolean
leave_early (KipBook *book,
             KipId    ticket,
             gint64  *slot,
             GError **error)
{
  gint64 is_in;

  if (!kip_db_get_int (book->db, 0, &is_in, error, "SELECT EXISTS (SELECT 1 FROM event WHERE entity = ?1 AND kind = ?2)",
                       "id", (gint64) ticket, KIP_KIND_TICKET))
    return FALSE;
  if (!is_in)
    return TRUE;
  if (!drop_slots (book->db, *slot, *slot, error))
    return FALSE;
  *slot = 0;
  return TRUE;
}

gboolean
kip_project_ticket (KipBook           *book,
                    const KipComputed *computed,
                    GError           **error)
{
  g_autoptr (GByteArray) body = kip_row_encode (computed->row);
  gint64 slot;

  if (!find_slot (book, computed->row->id, &slot, error) || (slot < 0 && !leave_early (book, computed->row->id, &slot, error)))
    return FALSE;
  if (slot < 0)
    return TRUE;
  return slot == 0 ? add_ticket (book, computed, body, error) : change_ticket (book, slot, computed, body, error);
}
