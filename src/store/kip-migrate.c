/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-migrate.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* What is true for ever: the log.  Rows are only ever added.  changeset.row and
 * event.id give the order in which this machine learnt of things. */
static const char schema_log[] =
  "CREATE TABLE changeset ("
  "  row INTEGER PRIMARY KEY,"
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  undo_device INTEGER NOT NULL,"
  "  undo_seq INTEGER NOT NULL,"
  "  batch INTEGER NOT NULL,"
  "  first_event INTEGER NOT NULL," /* its events are first_event … + n_events - 1 */
  "  n_events INTEGER NOT NULL,"
  "  header BLOB NOT NULL,"         /* as kip_stamp_encode() wrote it */
  "  hash BLOB NOT NULL,"
  "  signature BLOB,"               /* null: a later one of the same device vouches for it */
  "  UNIQUE (device, seq)"
  ") STRICT;"
  "CREATE INDEX changeset_undo ON changeset (undo_device, undo_seq) WHERE undo_seq <> 0;"
  "CREATE INDEX changeset_batch ON changeset (batch) WHERE batch <> 0;"
  "CREATE TABLE event ("
  "  id INTEGER PRIMARY KEY,"
  "  changeset INTEGER NOT NULL REFERENCES changeset (row),"
  "  kind INTEGER NOT NULL,"
  "  entity INTEGER NOT NULL,"
  "  body BLOB NOT NULL" /* as kip_event_encode() wrote it */
  ") STRICT;"
  "CREATE INDEX event_entity ON event (entity, kind);"
  "CREATE INDEX event_office ON event (kind, entity) WHERE kind <> 2;"
  "CREATE TABLE device_key ("
  "  device INTEGER NOT NULL,"
  "  from_seq INTEGER NOT NULL," /* it signs with this key from here on */
  "  public_key BLOB NOT NULL,"
  "  PRIMARY KEY (device, from_seq)"
  ") STRICT, WITHOUT ROWID;";

/* This machine's own, not shared and not computed. */
static const char schema_local[] =
  "CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE counter (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE draft ("
  "  ticket INTEGER NOT NULL,"
  "  slot TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  PRIMARY KEY (ticket, slot)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE said ("
  "  ticket INTEGER NOT NULL,"
  "  clock INTEGER NOT NULL,"
  "  percent INTEGER NOT NULL,"
  "  at INTEGER NOT NULL,"
  "  PRIMARY KEY (ticket, clock, percent, at)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE snooze (ticket INTEGER PRIMARY KEY, until INTEGER NOT NULL) STRICT;"
  /* Tickets whose projection is behind the office's agreements. */
  "CREATE TABLE stale (ticket INTEGER PRIMARY KEY) STRICT;"
  /* Tickets whose document is. */
  "CREATE TABLE reindex (ticket INTEGER PRIMARY KEY) STRICT;";

/* What is computed from the log.  ticket holds only what lists select and sort
 * by; slot is the order in which tickets first appeared in this machine's log.
 * hidden: 1 deleted, 2 spam, 4 merged.  The clocks' states are KipClockState, and
 * 5 for paused after the deadline. */
static const char schema_ticket[] =
  "CREATE TABLE ticket ("
  "  slot INTEGER PRIMARY KEY,"
  "  id INTEGER NOT NULL,"
  "  hidden INTEGER NOT NULL,"
  "  phase INTEGER NOT NULL,"
  "  pause INTEGER NOT NULL,"
  "  status INTEGER NOT NULL,"
  "  priority INTEGER NOT NULL,"
  "  impact INTEGER NOT NULL,"
  "  urgency INTEGER NOT NULL,"
  "  channel INTEGER NOT NULL,"
  "  requester INTEGER NOT NULL,"
  "  assignee INTEGER NOT NULL,"
  "  team INTEGER NOT NULL,"
  "  category INTEGER NOT NULL,"
  "  due_sort INTEGER NOT NULL,"
  "  next_due INTEGER,"
  "  received INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL,"
  "  resolved INTEGER,"
  "  closed INTEGER,"
  "  first_response INTEGER,"
  "  response_state INTEGER NOT NULL,"
  "  response_due INTEGER,"
  "  update_state INTEGER NOT NULL,"
  "  update_due INTEGER,"
  "  resolution_state INTEGER NOT NULL,"
  "  resolution_due INTEGER,"
  "  vip INTEGER NOT NULL,"
  "  conflict INTEGER NOT NULL,"
  "  unanswered INTEGER NOT NULL,"
  "  reopened INTEGER NOT NULL,"
  "  by_hand INTEGER NOT NULL,"
  "  late_pause INTEGER NOT NULL," /* a clock was paused after its deadline */
  "  attachments INTEGER NOT NULL,"
  "  work INTEGER NOT NULL,"   /* seconds */
  "  survey INTEGER NOT NULL," /* the latest score; 0: none */
  "  number INTEGER NOT NULL,"
  "  asset INTEGER NOT NULL,"
  "  parent INTEGER NOT NULL,"
  "  merged_into INTEGER NOT NULL,"
  "  external TEXT" /* folded */
  ") STRICT;"
  /* What list rows show and lists do not select by. */
  "CREATE TABLE ticket_row ("
  "  slot INTEGER PRIMARY KEY,"
  "  id INTEGER NOT NULL,"
  "  hidden INTEGER NOT NULL,"
  "  subject TEXT NOT NULL," /* folded, its beginning */
  "  cause TEXT,"            /* folded */
  "  body BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE ticket_tag ("
  "  tag TEXT NOT NULL," /* folded */
  "  slot INTEGER NOT NULL,"
  "  PRIMARY KEY (tag, slot)"
  ") STRICT, WITHOUT ROWID;"
  /* What was merged into what, as written; it may lead on, or in a circle. */
  "CREATE TABLE merge ("
  "  source INTEGER PRIMARY KEY,"
  "  target INTEGER NOT NULL,"
  "  tl INTEGER NOT NULL," /* tl to place: when it was written, in fold order */
  "  hlc INTEGER NOT NULL,"
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  place INTEGER NOT NULL"
  ") STRICT;"
  /* A running clock with a deadline: when which share of its target is used up. */
  "CREATE TABLE running ("
  "  slot INTEGER NOT NULL,"
  "  clock INTEGER NOT NULL,"
  "  first INTEGER NOT NULL," /* the first and the last threshold */
  "  last INTEGER NOT NULL,"
  "  thresholds BLOB NOT NULL,"
  "  PRIMARY KEY (slot, clock)"
  ") STRICT, WITHOUT ROWID;";

/* What figures need to know of a ticket that counts, as kip_fact_encode() wrote it. */
static const char schema_fact[] =
  "CREATE TABLE fact (slot INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;";

/* What folding looks things up by. */
static const char schema_ticket_lookups[] =
  "CREATE UNIQUE INDEX ticket_id ON ticket (id);"
  "CREATE INDEX merge_target ON merge (target);"
  "CREATE INDEX ticket_tag_slot ON ticket_tag (slot);";

/* Each list order has an index that holds the answer (ids in order) by itself; that
 * of the open tickets, which are few and asked for most, holds all that views and
 * orders ask for. */
static const char schema_ticket_indexes[] =
  "CREATE INDEX ticket_open ON ticket (due_sort, id, hidden, phase, pause, status, assignee, team, priority, category, requester,"
  "  next_due, late_pause) WHERE hidden = 0 AND phase < 5;"
  "CREATE INDEX ticket_next_due ON ticket (next_due, id, hidden, due_sort) WHERE next_due IS NOT NULL;"
  "CREATE INDEX ticket_late_pause ON ticket (late_pause) WHERE late_pause <> 0;"
  "CREATE INDEX ticket_due ON ticket (due_sort, id, hidden, phase) WHERE hidden = 0;"
  "CREATE INDEX ticket_number ON ticket (number, id, hidden);"
  "CREATE INDEX ticket_received ON ticket (received, id, hidden, due_sort) WHERE hidden = 0;"
  "CREATE INDEX ticket_updated ON ticket (updated, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_resolved ON ticket (resolved, id, hidden, due_sort) WHERE hidden = 0;"
  "CREATE INDEX ticket_priority ON ticket (priority, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_status ON ticket (status, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_requester ON ticket (requester, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_assignee ON ticket (assignee, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_team ON ticket (team, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_category ON ticket (category, due_sort, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX ticket_external ON ticket (external) WHERE external IS NOT NULL;"
  "CREATE INDEX ticket_parent ON ticket (parent) WHERE parent <> 0;"
  "CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into <> 0;"
  "CREATE INDEX ticket_hidden ON ticket (hidden) WHERE hidden <> 0;"
  "CREATE INDEX ticket_subject ON ticket_row (subject, id, hidden) WHERE hidden = 0;"
  "CREATE INDEX running_last ON running (last, first);";

/* What SQLite's planner is to think of their sizes, the same in every office: as if
 * ANALYZE had seen a hundred thousand tickets, two thousand of them open.
 * https://www.sqlite.org/fileformat2.html#stat1tab */
static const char schema_statistics[] =
  "ANALYZE sqlite_schema;"
  "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES"
  "  ('ticket', 'ticket_id', '100000 1'),"
  "  ('ticket', 'ticket_open', '2000 2 1 1 1 1 1 1 1 1 1 1 1 1'),"
  "  ('ticket', 'ticket_next_due', '2000 2 1 1 1'),"
  "  ('ticket', 'ticket_late_pause', '100 100'),"
  "  ('ticket', 'ticket_due', '100000 2 1 1 1'),"
  "  ('ticket', 'ticket_number', '100000 1 1 1'),"
  "  ('ticket', 'ticket_received', '100000 2 1 1 1'),"
  "  ('ticket', 'ticket_updated', '100000 2 1 1'),"
  "  ('ticket', 'ticket_resolved', '100000 2 1 1 1'),"
  "  ('ticket', 'ticket_priority', '100000 25000 2 1 1'),"
  "  ('ticket', 'ticket_status', '100000 14000 2 1 1'),"
  "  ('ticket', 'ticket_requester', '100000 20 2 1 1'),"
  "  ('ticket', 'ticket_assignee', '100000 2000 2 1 1'),"
  "  ('ticket', 'ticket_team', '100000 2000 2 1 1'),"
  "  ('ticket', 'ticket_category', '100000 2000 2 1 1'),"
  "  ('ticket', 'ticket_external', '100000 1'),"
  "  ('ticket', 'ticket_parent', '1000 2'),"
  "  ('ticket', 'ticket_merged', '500 2'),"
  "  ('ticket', 'ticket_hidden', '1000 300'),"
  "  ('ticket_row', 'ticket_subject', '100000 2 1 1'),"
  "  ('ticket_tag', 'ticket_tag_slot', '50000 2'),"
  "  ('event', 'event_entity', '1000000 10 10'),"
  "  ('event', 'event_office', '5000 500 5');";

/* Search.  A document's id is slot << 16 | part: part 0 is what can change (it
 * keeps its text, to be taken out again exactly), the others are messages. */
static const char schema_search[] =
  "CREATE TABLE document ("
  "  id INTEGER PRIMARY KEY,"
  "  event INTEGER NOT NULL," /* of a message; 0: part 0 */
  "  subject TEXT,"
  "  text TEXT"
  ") STRICT;"
  "CREATE INDEX document_event ON document (event) WHERE event <> 0;"
  "CREATE VIRTUAL TABLE search USING fts5 ("
  "  subject, text, content = '', columnsize = 0, prefix = '1 2 3 4',"
  "  tokenize = 'unicode61 remove_diacritics 0');";

static const char *const version_1[] = {
  schema_log, schema_local, schema_ticket, schema_ticket_lookups, schema_ticket_indexes, schema_search, schema_statistics,
  "PRAGMA application_id = 1265201231;" /* KIP_APPLICATION_OFFICE */
  "PRAGMA user_version = 1;",
  NULL
};

/* The office on several machines.  waiting: change-sets that came before what they build on.
 * ended and refused: what of the log does not count, as kip-members.h weighs it. */
static const char schema_share[] =
  "CREATE TABLE share (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE waiting ("
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  hash BLOB NOT NULL,"
  "  bytes BLOB NOT NULL,"
  "  signature BLOB,"
  "  PRIMARY KEY (device, seq, hash)"
  ") STRICT;"
  "CREATE TABLE ended (device INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL) STRICT;"
  "CREATE TABLE refused ("
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  place INTEGER NOT NULL,"
  "  PRIMARY KEY (device, seq, place)"
  ") STRICT, WITHOUT ROWID;";

static const char *const version_2[] = { schema_share, "PRAGMA user_version = 2;", NULL };

/* The facts of what is there are computed in the background, like all that is stale. */
static const char *const version_3[] = {
  schema_fact,
  "INSERT OR REPLACE INTO counter (key, value) SELECT 'stale-slot', max(slot) FROM ticket HAVING max(slot) > 0;"
  "PRAGMA user_version = 3;",
  NULL
};

/* Who was forgotten (kip-purge.h).  redacted: of which change-sets something is left out; hash: of what is
 * left.  proof: what somebody who may has said that hash is. */
static const char schema_purge[] =
  "CREATE TABLE purged (kind INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (entity, kind)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE redacted ("
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  hash BLOB NOT NULL,"
  "  proven INTEGER NOT NULL,"
  "  PRIMARY KEY (device, seq)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE proof ("
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  hash BLOB NOT NULL,"
  "  was BLOB NOT NULL," /* the hash that was signed; behind the key, where SQLite 3.40 looks for it */
  "  PRIMARY KEY (device, seq, hash)"
  ") STRICT, WITHOUT ROWID;";

static const char *const version_4[] = { schema_purge, "PRAGMA user_version = 4;", NULL };

/* What this machine learnt from others, for whoever sits at it (kip-tiding.h). */
static const char schema_tidings[] =
  "CREATE TABLE tiding ("
  "  id INTEGER PRIMARY KEY,"
  "  kind INTEGER NOT NULL,"
  "  at INTEGER NOT NULL,"
  "  entity_kind INTEGER NOT NULL,"
  "  entity INTEGER NOT NULL,"
  "  device INTEGER NOT NULL,"
  "  seq INTEGER NOT NULL,"
  "  place INTEGER NOT NULL,"
  "  clock INTEGER NOT NULL,"
  "  before INTEGER NOT NULL,"
  "  after INTEGER NOT NULL,"
  "  who INTEGER NOT NULL,"
  "  happened INTEGER NOT NULL,"
  "  field INTEGER NOT NULL,"
  "  detail INTEGER NOT NULL,"
  "  told INTEGER NOT NULL,"
  "  UNIQUE (entity, entity_kind, kind, device, seq, place, clock, after)"
  ") STRICT;"
  "CREATE INDEX tiding_untold ON tiding (told) WHERE told = 0;";

static const char *const version_5[] = { schema_tidings, "PRAGMA user_version = 5;", NULL };

/* Each is run once, in order; what has been released is never edited again. */
static const char *const *const migrations[KIP_SCHEMA_VERSION] = { version_1, version_2, version_3, version_4, version_5 };

static gboolean
run_all (KipDb             *db,
         const char *const *statements,
         GError           **error)
{
  for (guint i = 0; statements[i] != NULL; i++)
    if (!kip_db_exec (db, statements[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
run_migration (KipDb             *db,
               const char *const *statements,
               GError           **error)
{
  if (!kip_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (run_all (db, statements, error) && kip_db_exec (db, "COMMIT", error))
    return TRUE;
  kip_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
migrate_to (KipDb   *db,
            gint64   from,
            gint64   to,
            GError **error)
{
  for (gint64 i = from; i < to; i++)
    if (!run_migration (db, migrations[i], error))
      return FALSE;
  return TRUE;
}

gboolean
kip_migrate (KipDb   *db,
             GError **error)
{
  gint64 version;

  if (!kip_db_get_int (db, 0, &version, error, "PRAGMA user_version", ""))
    return FALSE;
  if (version > KIP_SCHEMA_VERSION)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NEWER,
                           _("The data of this office was written by a newer Kip. Nothing was changed. Update Kip on this machine and open it again."));
      return FALSE;
    }
  return migrate_to (db, version, KIP_SCHEMA_VERSION, error);
}

/* Names and texts of all that our migrations make; what FTS5 adds by itself is its own matter. */
static GHashTable *
read_schema (KipDb   *db,
             GError **error)
{
  g_autoptr (GHashTable) schema = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  KipRows rows = kip_db_query (db, "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'search\\_%' ESCAPE '\\'"
                               " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", "");

  while (kip_rows_next (&rows))
    g_hash_table_insert (schema, g_strdup (kip_rows_text (&rows, 0)), g_strdup (kip_rows_text (&rows, 1)));
  return kip_rows_end (&rows, error) ? g_steal_pointer (&schema) : NULL;
}

static gboolean
has_all (GHashTable *schema,
         GHashTable *expected)
{
  GHashTableIter iter;
  gpointer name, sql;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    if (g_strcmp0 (g_hash_table_lookup (schema, name), sql) != 0)
      return FALSE;
  return TRUE;
}

gboolean
kip_migrate_check (KipDb   *db,
                   GError **error)
{
  g_autoptr (KipDb) fresh = kip_db_open (":memory:", KIP_DB_CREATE, error);
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GHashTable) schema = NULL;
  gint64 version;

  if (fresh == NULL || !kip_db_get_int (db, 0, &version, error, "PRAGMA user_version", "")
      || !migrate_to (fresh, 0, MIN (version, KIP_SCHEMA_VERSION), error)
      || (expected = read_schema (fresh, error)) == NULL
      || (schema = read_schema (db, error)) == NULL)
    return FALSE;
  if (has_all (schema, expected))
    return TRUE;
  kip_db_set_error (NULL, SQLITE_CORRUPT, error);
  return FALSE;
}

gboolean
kip_migrate_projections (KipDb   *db,
                         GError **error)
{
  static const char *const parts[] = { schema_ticket, schema_ticket_lookups, schema_fact, NULL };

  return run_migration (db, parts, error);
}
