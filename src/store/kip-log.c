/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-log.h"

#include "kip-clock.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_STATIC_ASSERT (KIP_HASH_SIZE == KIP_CHANGE_HASH_SIZE);

/* ---- the end ---- */

gboolean
kip_log_read_end (KipDb   *db,
                  guint32  device,
                  guint64 *seq,
                  guint8  *end_hash,
                  GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT seq, hash FROM changeset WHERE device = ?1 ORDER BY seq DESC LIMIT 1",
                               "i", (gint64) device);
  gconstpointer hash;
  gsize length;

  *seq = 0;
  memset (end_hash, 0, KIP_HASH_SIZE);
  if (kip_rows_next (&rows))
    {
      *seq = (guint64) kip_rows_int (&rows, 0);
      hash = kip_rows_blob (&rows, 1, &length);
      if (length == KIP_HASH_SIZE)
        memcpy (end_hash, hash, length);
    }
  return kip_rows_end (&rows, error);
}

gboolean
kip_log_read_hash (KipDb  *db,
                   guint32 device,
                   guint64 seq,
                   guint8 *hash)
{
  KipRows rows = kip_db_query (db, "SELECT hash FROM changeset WHERE device = ?1 AND seq = ?2", "ii", (gint64) device, (gint64) seq);
  gsize length = 0;

  if (kip_rows_next (&rows))
    {
      gconstpointer bytes = kip_rows_blob (&rows, 0, &length);

      if (length == KIP_HASH_SIZE)
        memcpy (hash, bytes, length);
    }
  return kip_rows_end (&rows, NULL) && length == KIP_HASH_SIZE;
}

/* How far ahead another machine's clock may be before ours does not follow it. */
#define MAX_AHEAD (10 * KIP_MS_PER_MINUTE)

static gboolean
is_far_ahead (guint64 hlc)
{
  gint64 now = kip_clock_now ();

  return now > 0 && (gint64) (hlc >> 16) > now + MAX_AHEAD;
}

static gboolean
read_clock (KipDb      *db,
            guint       device,
            KipLogHead *head,
            GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT c.header FROM (SELECT DISTINCT device FROM device_key) AS d JOIN changeset AS c"
                               " ON c.device = d.device AND c.seq = (SELECT max(seq) FROM changeset WHERE device = d.device)", "");

  head->hlc = 0;
  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer header = kip_rows_blob (&rows, 0, &length);
      g_autoptr (KipStamp) stamp = kip_stamp_decode (header, length, NULL, NULL, NULL);

      if (stamp != NULL && (stamp->device == device || !is_far_ahead (stamp->hlc)))
        head->hlc = MAX (head->hlc, stamp->hlc);
    }
  return kip_rows_end (&rows, error);
}

gboolean
kip_log_read_head (KipDb      *db,
                   guint       device,
                   KipLogHead *head,
                   GError    **error)
{
  return kip_db_get_int (db, 0, &head->row, error, "SELECT max(row) FROM changeset", "")
         && kip_db_get_int (db, 0, &head->event, error, "SELECT max(id) FROM event", "")
         && kip_log_read_end (db, device, &head->seq, head->hash, error)
         && read_clock (db, device, head, error);
}

/* ---- writing ---- */

/* The hybrid clock never goes back, whatever the wall clock does. */
static guint64
next_clock (guint64 last)
{
  gint64 now = kip_clock_now ();

  return MAX (last + 1, now > 0 ? (guint64) now << 16 : 0);
}

static void
fill_stamp (KipStamp   *stamp,
            guint       device,
            KipLogHead *head)
{
  stamp->device = device;
  stamp->seq = head->seq + 1;
  stamp->hlc = next_clock (head->hlc);
  stamp->row = head->row + 1;
}

static void
fill_event (KipEvent *event,
            KipStamp *stamp,
            guint     index)
{
  event->id = (KipEventId) { stamp->device, index, stamp->seq };
  g_clear_pointer (&event->stamp, kip_stamp_unref);
  event->stamp = kip_stamp_ref (stamp);
}

/* The bytes of a change-set: its header, then each event; @ends gets where each part ends. */
static GByteArray *
encode_change (KipChange    *change,
               const guint8 *previous_hash,
               GArray       *ends)
{
  GByteArray *all = g_byte_array_new ();

  kip_stamp_encode (change->stamp, previous_hash, change->events->len, all);
  g_array_append_val (ends, all->len);
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      fill_event (event, change->stamp, i);
      kip_event_encode (event, change->stamp->at, all);
      g_array_append_val (ends, all->len);
    }
  return all;
}

static gboolean
insert_change (KipDb          *db,
               const KipStamp *stamp,
               gint64          first_event,
               const guint8   *all,
               GArray         *ends,
               const guint8   *hash,
               const guint8   *signature, /* (nullable) */
               GError        **error)
{
  return kip_db_run (db, error,
                     "INSERT INTO changeset (row, device, seq, undo_device, undo_seq, batch, first_event, n_events, header, hash, signature)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                     signature != NULL ? "iiiiiiiiBBB" : "iiiiiiiiBBn", stamp->row, (gint64) stamp->device, (gint64) stamp->seq,
                     (gint64) stamp->undo_device, (gint64) stamp->undo_seq, (gint64) (stamp->batch & G_MAXINT64),
                     first_event, (gint64) ends->len - 1, all, (gsize) g_array_index (ends, guint, 0),
                     hash, (gsize) KIP_HASH_SIZE, signature, (gsize) KIP_SIGNATURE_SIZE);
}

/* An edit is a handful of events, an import many thousands: so many go in with one
 * statement, which takes SQLite little more than half the time. */
#define TOGETHER 32
#define ONE_EVENT "(?, ?, ?, ?, ?)"
#define FOUR_EVENTS ONE_EVENT ", " ONE_EVENT ", " ONE_EVENT ", " ONE_EVENT
#define SIXTEEN_EVENTS FOUR_EVENTS ", " FOUR_EVENTS ", " FOUR_EVENTS ", " FOUR_EVENTS
#define INSERT_EVENTS "INSERT INTO event (id, changeset, kind, entity, body) VALUES "

/* Those from the place @at in @change on, @n of them: one, or TOGETHER. */
static gboolean
insert_some (KipDb        *db,
             KipChange    *change,
             gint64        first_event,
             const guint8 *all,
             GArray       *ends,
             guint         at,
             guint         n,
             GError      **error)
{
  KipRows rows = kip_db_query (db, n == 1 ? INSERT_EVENTS ONE_EVENT : INSERT_EVENTS SIXTEEN_EVENTS ", " SIXTEEN_EVENTS, "");
  int parameter = 1;

  for (guint i = at; i < at + n; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);
      guint begin = g_array_index (ends, guint, i);

      kip_rows_bind_instant (&rows, parameter++, first_event + i);
      kip_rows_bind_instant (&rows, parameter++, change->stamp->row);
      kip_rows_bind_instant (&rows, parameter++, event->kind);
      kip_rows_bind_instant (&rows, parameter++, (gint64) event->entity);
      kip_rows_bind_bytes (&rows, parameter++, all + begin, g_array_index (ends, guint, i + 1) - begin);
    }
  kip_rows_next (&rows);
  return kip_rows_end (&rows, error);
}

static gboolean
insert_events (KipDb        *db,
               KipChange    *change,
               gint64        first_event,
               const guint8 *all,
               GArray       *ends,
               GError      **error)
{
  guint n = change->events->len;

  for (guint i = 0; i < n;)
    {
      guint some = n - i >= TOGETHER ? TOGETHER : 1;

      if (!insert_some (db, change, first_event, all, ends, i, some, error))
        return FALSE;
      i += some;
    }
  return TRUE;
}

static void
move_head (KipLogHead   *head,
           KipChange    *change,
           const guint8 *hash)
{
  head->row = change->stamp->row;
  head->event += change->events->len;
  head->seq = change->stamp->seq;
  head->hlc = change->stamp->hlc;
  memcpy (head->hash, hash, KIP_HASH_SIZE);
}

gboolean
kip_log_append (KipDb      *db,
                guint       device,
                KipLogHead *head,
                KipChange  *change,
                GError    **error)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) all = NULL;
  guint8 hash[KIP_HASH_SIZE];

  fill_stamp (change->stamp, device, head);
  all = encode_change (change, head->hash, ends);
  kip_hash_bytes (all->data, all->len, hash);
  if (!insert_change (db, change->stamp, head->event + 1, all->data, ends, hash, NULL, error)
      || !insert_events (db, change, head->event + 1, all->data, ends, error))
    return FALSE;
  move_head (head, change, hash);
  return TRUE;
}

static void
move_head_raw (KipLogHead   *head,
               guint         device,
               KipChange    *change,
               const guint8 *hash)
{
  const KipStamp *stamp = change->stamp;

  head->row = stamp->row;
  head->event += change->events->len;
  if (stamp->device == device || !is_far_ahead (stamp->hlc))
    head->hlc = MAX (head->hlc, stamp->hlc);
  if (stamp->device != device)
    return;
  head->seq = stamp->seq;
  memcpy (head->hash, hash, KIP_HASH_SIZE);
}

gboolean
kip_log_append_raw (KipDb        *db,
                    guint         device,
                    KipLogHead   *head,
                    KipRawChange *raw,
                    const guint8 *hash,
                    KipChange    *change,
                    GError      **error)
{
  g_autoptr (GArray) ends = kip_raw_change_ends (raw);
  const guint8 *all = g_bytes_get_data (raw->bytes, NULL);

  change->stamp->row = head->row + 1;
  if (!insert_change (db, change->stamp, head->event + 1, all, ends, hash, raw->is_signed ? raw->signature : NULL, error)
      || !insert_events (db, change, head->event + 1, all, ends, error))
    return FALSE;
  move_head_raw (head, device, change, hash);
  return TRUE;
}

gboolean
kip_log_replace_raw (KipDb        *db,
                     KipRawChange *raw,
                     GError      **error)
{
  g_autoptr (GArray) ends = kip_raw_change_ends (raw);
  const guint8 *data = g_bytes_get_data (raw->bytes, NULL);
  gint64 first;

  if (!kip_db_get_int (db, 0, &first, error, "SELECT first_event FROM changeset WHERE device = ?1 AND seq = ?2",
                       "ii", (gint64) raw->device, (gint64) raw->seq))
    return FALSE;
  for (guint i = 0; i + 1 < ends->len; i++)
    {
      guint begin = g_array_index (ends, guint, i);

      if (!kip_db_run (db, error, "UPDATE event SET body = ?2 WHERE id = ?1", "iB", first + i, data + begin,
                       (gsize) (g_array_index (ends, guint, i + 1) - begin)))
        return FALSE;
    }
  return TRUE;
}

gboolean
kip_log_sign (KipDb            *db,
              KipKeys          *keys,
              const KipLogHead *head,
              GError          **error)
{
  guint8 signature[KIP_SIGNATURE_SIZE];

  kip_keys_sign (keys, head->hash, signature);
  return kip_db_run (db, error, "UPDATE changeset SET signature = ?2 WHERE row = ?1", "iB", head->row, signature, sizeof signature);
}

void
kip_log_hash (gconstpointer header,
              gsize         length,
              GPtrArray    *bodies,
              guint8       *hash)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, header, (guint) length);
  for (guint i = 0; i < bodies->len; i++)
    {
      gsize size;
      gconstpointer body = g_bytes_get_data (g_ptr_array_index (bodies, i), &size);

      g_byte_array_append (all, body, (guint) size);
    }
  kip_hash_bytes (all->data, all->len, hash);
}

/* ---- reading ---- */

/* Every query for events gives these columns, events of one change-set side by side. */
#define EVENT_COLUMNS "e.id, e.body, c.row, c.first_event, c.header"

/* What is said by a machine after its end, or by one that may not say it, does not count; nor does what is
 * said to be left of a change-set, before somebody who may has said the same (kip-purge.h). */
#define COUNTS " AND NOT EXISTS (SELECT 1 FROM ended AS n WHERE n.device = c.device AND c.seq > n.last_seq)" \
  " AND NOT EXISTS (SELECT 1 FROM refused AS r WHERE r.device = c.device AND r.seq = c.seq AND r.place = e.id - c.first_event)" \
  " AND NOT EXISTS (SELECT 1 FROM redacted AS x WHERE x.device = c.device AND x.seq = c.seq AND x.proven = 0)"

typedef struct
{
  KipStamp *stamp; /* (owned) (nullable) of the change-set read last */
  gint64    first_event;
} Reader;

static gboolean
read_stamp (Reader  *reader,
            KipRows *rows,
            GError **error)
{
  gint64 row = kip_rows_int (rows, 2);
  gsize length;
  gconstpointer header;

  if (reader->stamp != NULL && reader->stamp->row == row)
    return TRUE;
  g_clear_pointer (&reader->stamp, kip_stamp_unref);
  header = kip_rows_blob (rows, 4, &length);
  reader->stamp = kip_stamp_decode (header, length, NULL, NULL, error);
  if (reader->stamp == NULL)
    return FALSE;
  reader->stamp->row = row;
  reader->first_event = kip_rows_int (rows, 3);
  return TRUE;
}

static KipEvent *
read_event (Reader  *reader,
            KipRows *rows,
            GError **error)
{
  KipEvent *event;
  gsize length;
  gconstpointer body;

  if (!read_stamp (reader, rows, error))
    return NULL;
  body = kip_rows_blob (rows, 1, &length);
  event = kip_event_decode (body, length, reader->stamp->at, error);
  if (event != NULL)
    fill_event (event, reader->stamp, (guint) (kip_rows_int (rows, 0) - reader->first_event));
  return event;
}

static GPtrArray *
read_events (KipRows *rows,
             GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  g_autoptr (GError) problem = NULL;
  Reader reader = { NULL, 0 };

  while (problem == NULL && kip_rows_next (rows))
    {
      KipEvent *event = read_event (&reader, rows, &problem);

      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  g_clear_pointer (&reader.stamp, kip_stamp_unref);
  if (!kip_rows_end (rows, problem == NULL ? error : NULL))
    return NULL;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&events);
}

GPtrArray *
kip_log_read_entity (KipDb   *db,
                     KipKind  kind,
                     KipId    entity,
                     GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.entity = ?1 AND e.kind = ?2" COUNTS " ORDER BY e.id",
                               "id", (gint64) entity, (int) kind);

  return read_events (&rows, error);
}

GPtrArray *
kip_log_read_uncounted (KipDb   *db,
                        KipKind  kind,
                        KipId    entity,
                        GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.entity = ?1 AND e.kind = ?2 ORDER BY e.id",
                               "id", (gint64) entity, (int) kind);

  return read_events (&rows, error);
}

GPtrArray *
kip_log_read_refused (KipDb   *db,
                      guint32  device,
                      KipKind  kind,
                      KipId    entity,
                      GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.entity = ?1 AND e.kind = ?2 AND c.device = ?3"
                               " AND (EXISTS (SELECT 1 FROM ended AS n WHERE n.device = c.device AND c.seq > n.last_seq)"
                               " OR EXISTS (SELECT 1 FROM refused AS r WHERE r.device = c.device AND r.seq = c.seq AND r.place = e.id - c.first_event))"
                               " ORDER BY e.id", "idi", (gint64) entity, (int) kind, (gint64) device);

  return read_events (&rows, error);
}

GPtrArray *
kip_log_read_office (KipDb   *db,
                     GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.kind <> 2" COUNTS " ORDER BY e.id", "");

  return read_events (&rows, error);
}

GPtrArray *
kip_log_read_said (KipDb   *db,
                   GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.kind IN (1, 3, 6, 8, 9, 13, 15, 16) ORDER BY e.id", "");

  return read_events (&rows, error);
}

GPtrArray *
kip_log_read_purges (KipDb   *db,
                     GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.kind = 16" COUNTS " ORDER BY e.id", "");

  return read_events (&rows, error);
}

static KipStamp *
find_stamp (KipDb   *db,
            guint    device,
            guint64  seq,
            gint64  *row,
            GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT row, header FROM changeset WHERE device = ?1 AND seq = ?2",
                               "ii", (gint64) device, (gint64) seq);
  g_autoptr (KipStamp) stamp = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean found = kip_rows_next (&rows);

  if (found)
    {
      gsize length;
      gconstpointer header = kip_rows_blob (&rows, 1, &length);

      *row = kip_rows_int (&rows, 0);
      stamp = kip_stamp_decode (header, length, NULL, NULL, &problem);
    }
  if (!kip_rows_end (&rows, problem == NULL ? error : NULL))
    return NULL;
  if (!found)
    g_set_error_literal (&problem, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("There is no such change in this office."));
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return g_steal_pointer (&stamp);
}

KipChange *
kip_log_read_change (KipDb   *db,
                     guint    device,
                     guint64  seq,
                     GError **error)
{
  gint64 row = 0;
  g_autoptr (KipStamp) stamp = find_stamp (db, device, seq, &row, error);
  g_autoptr (GPtrArray) events = NULL;
  KipChange *change;
  KipRows rows;

  if (stamp == NULL)
    return NULL;
  rows = kip_db_query (db, "SELECT " EVENT_COLUMNS " FROM changeset AS c"
                       " JOIN event AS e ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1"
                       " WHERE c.row = ?1 ORDER BY e.id", "i", row);
  events = read_events (&rows, error);
  if (events == NULL)
    return NULL;
  change = kip_change_new (KIP_ID_NONE, "");
  kip_stamp_unref (change->stamp);
  change->stamp = g_steal_pointer (&stamp);
  change->stamp->row = row;
  g_ptr_array_unref (change->events);
  change->events = g_steal_pointer (&events);
  return change;
}

static GArray *
read_ids (KipRows *rows,
          GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipEventId));

  while (kip_rows_next (rows))
    {
      KipEventId id = { (guint32) kip_rows_int (rows, 0), 0, (guint64) kip_rows_int (rows, 1) };

      g_array_append_val (ids, id);
    }
  return kip_rows_end (rows, error) ? g_steal_pointer (&ids) : NULL;
}

/* Undos of undos are few; a forged circle of them must not hang us. */
#define MAX_UNDO_DEPTH 1000

static gboolean
is_undone (KipDb            *db,
           const KipEventId *change,
           const KipEventId *but,
           guint             depth,
           gboolean         *undone,
           GError          **error)
{
  KipRows rows = kip_db_query (db, "SELECT device, seq FROM changeset WHERE undo_device = ?1 AND undo_seq = ?2 AND undo_seq <> 0",
                               "ii", (gint64) change->device, (gint64) change->seq);
  g_autoptr (GArray) undos = read_ids (&rows, error);

  *undone = FALSE;
  if (undos == NULL)
    return FALSE;
  for (guint i = 0; i < undos->len && !*undone && depth < MAX_UNDO_DEPTH; i++)
    {
      const KipEventId *undo = &g_array_index (undos, KipEventId, i);
      gboolean undo_undone;

      if (but != NULL && kip_event_id_equal (undo, but))
        continue;
      if (!is_undone (db, undo, but, depth + 1, &undo_undone, error))
        return FALSE;
      *undone = !undo_undone;
    }
  return TRUE;
}

gboolean
kip_log_is_undone (KipDb            *db,
                   const KipEventId *change,
                   const KipEventId *but,
                   gboolean         *undone,
                   GError          **error)
{
  return is_undone (db, change, but, 0, undone, error);
}

gboolean
kip_log_find_origin (KipDb      *db,
                     KipKind     kind,
                     KipId       entity,
                     KipEventId *origin,
                     guint64    *batch,
                     GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT c.device, c.seq, c.batch FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.entity = ?1 AND e.kind = ?2 ORDER BY e.id LIMIT 1",
                               "id", (gint64) entity, (int) kind);

  *origin = (KipEventId) { 0 };
  *batch = 0;
  if (kip_rows_next (&rows))
    {
      origin->device = (guint32) kip_rows_int (&rows, 0);
      origin->seq = (guint64) kip_rows_int (&rows, 1);
      *batch = (guint64) kip_rows_int (&rows, 2);
    }
  return kip_rows_end (&rows, error);
}

GArray *
kip_log_find_batch (KipDb   *db,
                    guint64  batch,
                    GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT device, seq FROM changeset WHERE batch = ?1 AND batch <> 0 ORDER BY row DESC",
                               "i", (gint64) batch);

  return read_ids (&rows, error);
}
