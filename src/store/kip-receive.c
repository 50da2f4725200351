/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-receive.h"

#include "kip-membership.h"
#include "kip-purge.h"

#include <string.h>

/* One change-set that came, or that waited. */
typedef struct
{
  KipRawChange *raw;    /* (owned) */
  KipChange    *change; /* (owned) */
  guint8        hash[KIP_HASH_SIZE];
  guint8        previous[KIP_HASH_SIZE];
  gboolean      is_astray; /* what it builds on is not here */
  gboolean     *held;      /* (nullable) to be told when it is in the log */
} Item;

/* The change-sets of one device, and where its log ends. */
typedef struct
{
  guint32     device;
  guint64     seq;
  guint8      hash[KIP_HASH_SIZE];
  GHashTable *items; /* (owned) hash → Item, not taken up yet */
} Line;

typedef struct
{
  KipTurn     *turn;
  KipBook     *book;
  KipReceived *received;
  KipMembers  *members; /* (owned) as the log has them now */
  GPtrArray   *lines;   /* (owned) of Line */
  GPtrArray   *twins;   /* (owned) of Item: what came more than once */
  gboolean     is_news_of_members;
} Receiving;

/* ---- items ---- */

static void
item_free (gpointer data)
{
  Item *item = data;

  if (item == NULL)
    return;
  kip_raw_change_unref (item->raw);
  kip_change_free (item->change);
  g_free (item);
}

static guint
hash_hash (gconstpointer key)
{
  guint number;

  memcpy (&number, key, sizeof number);
  return number;
}

static gboolean
hash_equal (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, KIP_HASH_SIZE) == 0;
}

/* (transfer full) (nullable) what cannot be read was signed by nobody of ours */
static Item *
item_new (KipRawChange *raw)
{
  g_autoptr (KipChange) change = NULL;
  Item *item = g_new0 (Item, 1);
  gsize length;
  gconstpointer data = g_bytes_get_data (raw->bytes, &length);

  change = kip_raw_change_decode (raw, item->previous, NULL);
  if (change == NULL)
    {
      g_free (item);
      return NULL;
    }
  item->raw = kip_raw_change_ref (raw);
  item->change = g_steal_pointer (&change);
  /* Of what somebody was forgotten in only the hash is known that it had. */
  if (raw->is_redacted)
    memcpy (item->hash, raw->hash, KIP_HASH_SIZE);
  else
    kip_hash_bytes (data, length, item->hash);
  return item;
}

/* ---- lines ---- */

static void
line_free (gpointer data)
{
  Line *line = data;

  g_hash_table_unref (line->items);
  g_free (line);
}

static Line *
line_new (KipDb   *db,
          guint32  device,
          GError **error)
{
  Line *line = g_new0 (Line, 1);

  line->device = device;
  line->items = g_hash_table_new_full (hash_hash, hash_equal, NULL, item_free);
  if (kip_log_read_end (db, device, &line->seq, line->hash, error))
    return line;
  line_free (line);
  return NULL;
}

static Line *
line_for (Receiving *receiving,
          guint32    device,
          GError   **error)
{
  Line *line;

  for (guint i = 0; i < receiving->lines->len; i++)
    {
      line = g_ptr_array_index (receiving->lines, i);
      if (line->device == device)
        return line;
    }
  line = line_new (receiving->book->db, device, error);
  if (line != NULL)
    g_ptr_array_add (receiving->lines, line);
  return line;
}

/* FALSE: it is there already, and this one still the caller's. */
static gboolean
line_add (Line *line,
          Item *item)
{
  if (g_hash_table_contains (line->items, item->hash))
    return FALSE;
  g_hash_table_insert (line->items, item->hash, item);
  return TRUE;
}

/* ---- what waited ---- */

static KipRawChange *
read_raw (KipRows *rows)
{
  gsize length, signature_length, hash_length;
  gconstpointer bytes = kip_rows_blob (rows, 0, &length);
  const guint8 *signature = kip_rows_blob (rows, 1, &signature_length), *hash = kip_rows_blob (rows, 2, &hash_length);
  g_autoptr (GBytes) copy = g_bytes_new (bytes, length);
  guint8 computed[KIP_HASH_SIZE];

  if (signature_length != KIP_RAW_SIGNATURE_SIZE)
    signature = NULL;
  kip_hash_bytes (bytes, length, computed);
  if (hash_length == sizeof computed && memcmp (hash, computed, sizeof computed) != 0)
    return kip_raw_change_new_redacted (copy, hash, signature, NULL);
  return kip_raw_change_new (copy, signature, NULL);
}

static Item *
read_item (KipRows *rows)
{
  g_autoptr (KipRawChange) raw = read_raw (rows);

  return raw != NULL ? item_new (raw) : NULL;
}

GPtrArray *
kip_receive_read_waiting (KipDb   *db,
                          guint32  device,
                          GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT bytes, signature, hash FROM waiting WHERE device = ?1", "i", (gint64) device);
  g_autoptr (GPtrArray) raws = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);

  while (kip_rows_next (&rows))
    {
      KipRawChange *raw = read_raw (&rows);

      if (raw != NULL)
        g_ptr_array_add (raws, raw);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&raws) : NULL;
}

/* NULL in @found: it does not wait here either. */
static gboolean
find_waiting (KipDb        *db,
              Line         *line,
              guint64       seq,
              const guint8 *hash,
              Item        **found,
              GError      **error)
{
  KipRows rows = kip_db_query (db, "SELECT bytes, signature, hash FROM waiting WHERE device = ?1 AND seq = ?2 AND hash = ?3",
                               "iiB", (gint64) line->device, (gint64) seq, hash, (gsize) KIP_HASH_SIZE);

  *found = kip_rows_next (&rows) ? read_item (&rows) : NULL;
  if (*found != NULL && !line_add (line, *found))
    g_clear_pointer (found, item_free);
  return kip_rows_end (&rows, error);
}

/* So many ends of what waits are looked at a time: forged ones must not hold up the others for ever. */
#define MAX_ENDS 64

static gboolean
read_waiting_ends (KipDb   *db,
                   Line    *line,
                   GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT bytes, signature, hash FROM waiting WHERE device = ?1 AND seq > ?2 AND signature IS NOT NULL"
                               " ORDER BY seq DESC LIMIT ?3", "iid", (gint64) line->device, (gint64) line->seq, MAX_ENDS);

  while (kip_rows_next (&rows))
    {
      Item *item = read_item (&rows);

      if (item != NULL && !line_add (line, item))
        item_free (item);
    }
  return kip_rows_end (&rows, error);
}

/* Lines of all devices of which something waits. */
static gboolean
read_waiting (Receiving *receiving,
              GError   **error)
{
  KipRows rows = kip_db_query (receiving->book->db, "SELECT DISTINCT device FROM waiting", "");
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (guint32));

  while (kip_rows_next (&rows))
    {
      guint32 device = (guint32) kip_rows_int (&rows, 0);

      g_array_append_val (devices, device);
    }
  if (!kip_rows_end (&rows, error))
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      Line *line = line_for (receiving, g_array_index (devices, guint32, i), error);

      if (line == NULL || !read_waiting_ends (receiving->book->db, line, error))
        return FALSE;
    }
  return TRUE;
}

/* What a machine wrote after it was removed comes to nothing, and what a twin said again is waited for no more. */
static gboolean
may_count (Receiving  *receiving,
           const Item *item)
{
  const KipMember *member = kip_members_find (receiving->members, item->raw->device);

  return member == NULL || (item->raw->seq <= member->last && !kip_members_has_heir (receiving->members, item->raw->device));
}

static gboolean
keep_beside (Receiving  *receiving,
             const Item *item,
             GError    **error)
{
  KipDb *db = receiving->book->db;
  g_autoptr (KipRawChange) clean = NULL;
  gsize length;
  gconstpointer bytes;

  if (!kip_purge_clean (db, item->raw, item->hash, &clean, error))
    return FALSE;
  bytes = g_bytes_get_data (clean != NULL ? clean->bytes : item->raw->bytes, &length);
  receiving->received->n_to_forget += clean != NULL;
  return kip_db_run (db, error, "INSERT OR IGNORE INTO waiting (device, seq, hash, bytes, signature) VALUES (?1, ?2, ?3, ?4, ?5)",
                     item->raw->is_signed ? "iiBBB" : "iiBBn", (gint64) item->raw->device, (gint64) item->raw->seq,
                     item->hash, (gsize) KIP_HASH_SIZE, bytes, length, item->raw->signature, sizeof item->raw->signature);
}

static gboolean
keep_waiting (Receiving  *receiving,
              const Item *item,
              GError    **error)
{
  receiving->received->n_waiting += may_count (receiving, item);
  return keep_beside (receiving, item, error);
}

static gboolean
keep_rest (Receiving *receiving,
           GError   **error)
{
  KipDb *db = receiving->book->db;

  for (guint i = 0; i < receiving->lines->len; i++)
    {
      Line *line = g_ptr_array_index (receiving->lines, i);
      GHashTableIter iter;
      gpointer item;

      g_hash_table_iter_init (&iter, line->items);
      while (g_hash_table_iter_next (&iter, NULL, &item))
        if (!keep_waiting (receiving, item, error))
          return FALSE;
      /* Another line of the device stays (kip-fork.h). */
      if (!kip_db_run (db, error, "DELETE FROM waiting WHERE device = ?1 AND seq <= ?2 AND EXISTS (SELECT 1 FROM changeset AS c"
                       " WHERE c.device = ?1 AND c.seq = waiting.seq AND c.hash = waiting.hash)", "ii", (gint64) line->device, (gint64) line->seq))
        return FALSE;
    }
  return TRUE;
}

/* ---- who vouches ---- */

/* A copy of a machine comes in by what it says first. */
static gboolean
is_twin (Receiving  *receiving,
         const Item *item)
{
  guint8 key[KIP_MEMBER_KEY_SIZE];

  return item->raw->seq == 1 && item->change->events->len > 0
         && kip_members_let_in (receiving->members, g_ptr_array_index (item->change->events, 0), key)
         && kip_keys_verify (key, item->hash, item->raw->signature);
}

/* Also by who is out: what it said may decide who is (kip-members.h), and only the fold knows what counts of it. */
static gboolean
is_vouched_for (Receiving  *receiving,
                const Item *item)
{
  const guint8 *key = kip_members_key (receiving->members, item->raw->device, item->raw->seq);

  if (!item->raw->is_signed)
    return FALSE;
  return key != NULL ? kip_keys_verify (key, item->hash, item->raw->signature) : is_twin (receiving, item);
}

/* From @last back to the end of the log; NULL in @path when something between is not here.
 * @path: (transfer full) of Item, borrowed, the last one first. */
static gboolean
trace (Receiving  *receiving,
       Line       *line,
       Item       *last,
       GPtrArray **path,
       GError    **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  Item *item = last;

  *path = NULL;
  while (item != NULL && !item->is_astray && item->raw->seq > line->seq)
    {
      Item *before;

      g_ptr_array_add (items, item);
      if (item->raw->seq == line->seq + 1)
        {
          if (memcmp (item->previous, line->hash, KIP_HASH_SIZE) == 0)
            *path = g_steal_pointer (&items);
          break;
        }
      before = g_hash_table_lookup (line->items, item->previous);
      if (before == NULL && !find_waiting (receiving->book->db, line, item->raw->seq - 1, item->previous, &before, error))
        return FALSE;
      item = before != NULL && before->raw->seq == item->raw->seq - 1 ? before : NULL;
    }
  for (guint i = 0; *path == NULL && i < items->len; i++)
    ((Item *) g_ptr_array_index (items, i))->is_astray = TRUE;
  return TRUE;
}

/* ---- taking up ---- */

static gboolean
does_count (Receiving  *receiving,
            const Item *item)
{
  return kip_members_has (receiving->members, item->raw->device, item->raw->seq);
}

static gboolean
speaks_of_members (KipChange *change)
{
  for (guint i = 0; i < change->events->len; i++)
    if (kip_members_is_of_them (g_ptr_array_index (change->events, i)))
      return TRUE;
  return FALSE;
}

static void
tell_held (const Item *item)
{
  if (item->held != NULL)
    *item->held = TRUE;
}

/* What is left of a change-set in our log; FALSE in @is_less: all of it. */
static gboolean
find_rest (KipDb      *db,
           const Item *item,
           gboolean   *is_less,
           gboolean   *is_proven,
           guint8     *hash,
           GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT hash, proven FROM redacted WHERE device = ?1 AND seq = ?2",
                               "ii", (gint64) item->raw->device, (gint64) item->raw->seq);

  *is_less = kip_rows_next (&rows);
  *is_proven = TRUE;
  if (*is_less)
    {
      gsize length;
      gconstpointer bytes = kip_rows_blob (&rows, 0, &length);

      memcpy (hash, bytes, MIN (length, KIP_HASH_SIZE));
      *is_proven = kip_rows_int (&rows, 1) != 0;
    }
  return kip_rows_end (&rows, error);
}

/* The same change-set as one in our log, by the hash that was signed.  The whole of one of which we hardly knew
 * what is left, or a rest that somebody who may vouches for, takes its place.  A whole of which texts were to go
 * shows that the file has them still. */
static gboolean
take_known (Receiving  *receiving,
            const Item *item,
            GError    **error)
{
  KipDb *db = receiving->book->db;
  guint8 rest[KIP_HASH_SIZE] = { 0 }, came[KIP_HASH_SIZE];
  gboolean is_less, is_proven;

  if (!find_rest (db, item, &is_less, &is_proven, rest, error))
    return FALSE;
  receiving->received->n_known++;
  if (!item->raw->is_redacted)
    {
      receiving->received->n_to_forget += is_less;
      if (!is_proven && !kip_turn_fill_raw (receiving->turn, item->raw, item->hash, item->change, error))
        return FALSE;
      tell_held (item);
      return TRUE;
    }
  kip_hash_bytes (g_bytes_get_data (item->raw->bytes, NULL), g_bytes_get_size (item->raw->bytes), came);
  if (is_less && memcmp (came, rest, sizeof rest) == 0)
    {
      if (is_proven)
        tell_held (item);
      return TRUE;
    }
  return is_proven || kip_turn_fill_raw (receiving->turn, item->raw, item->hash, item->change, error);
}

static gboolean
speaks_of_purge (KipChange *change)
{
  for (guint i = 0; i < change->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (change->events, i))->kind == KIP_KIND_PURGE)
      return TRUE;
  return FALSE;
}

/* Of a rest that was taken up just now: it is held when it counts. */
static gboolean
note_rest (Receiving  *receiving,
           const Item *item,
           GError    **error)
{
  guint8 rest[KIP_HASH_SIZE];
  gboolean is_less, is_proven;

  if (!find_rest (receiving->book->db, item, &is_less, &is_proven, rest, error))
    return FALSE;
  if (is_proven)
    tell_held (item);
  return TRUE;
}

static gboolean
take_item (Receiving *receiving,
           Line      *line,
           Item      *item,
           GError   **error)
{
  receiving->is_news_of_members |= speaks_of_members (item->change);
  receiving->received->forgot |= speaks_of_purge (item->change);
  if (!item->raw->is_redacted)
    tell_held (item);
  receiving->received->n_new++;
  receiving->received->n_events += item->change->events->len;
  line->seq = item->raw->seq;
  memcpy (line->hash, item->hash, sizeof line->hash);
  return kip_turn_add_raw (receiving->turn, item->raw, item->hash, item->change, does_count (receiving, item), error)
         && (!item->raw->is_redacted || note_rest (receiving, item, error));
}

/* Takes the path up and out of the line. */
static gboolean
take_path (Receiving *receiving,
           Line      *line,
           GPtrArray *path,
           GError   **error)
{
  for (guint i = path->len; i > 0; i--)
    {
      Item *item = g_ptr_array_index (path, i - 1);

      if (!take_item (receiving, line, item, error))
        return FALSE;
      g_hash_table_remove (line->items, item->hash);
    }
  return TRUE;
}

static int
compare_last_first (gconstpointer a,
                    gconstpointer b)
{
  const Item *x = *(Item *const *) a, *y = *(Item *const *) b;

  if (x->raw->seq != y->raw->seq)
    return x->raw->seq < y->raw->seq ? 1 : -1;
  return memcmp (x->hash, y->hash, KIP_HASH_SIZE);
}

static GPtrArray *
signed_items (Line *line)
{
  GPtrArray *items = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, line->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      ((Item *) item)->is_astray = FALSE;
      if (((Item *) item)->raw->is_signed)
        g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_last_first);
  return items;
}

/* A twin has said it again. */
static gboolean
is_given_up (Receiving *receiving,
             GPtrArray *path)
{
  for (guint i = 0; i < path->len; i++)
    {
      const Item *item = g_ptr_array_index (path, i);

      if (kip_members_find_heir (receiving->members, item->raw->device, item->hash) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* As far as a signature vouches for; TRUE in @progress when that was somewhere. */
static gboolean
take_line (Receiving *receiving,
           Line      *line,
           gboolean  *progress,
           GError   **error)
{
  g_autoptr (GPtrArray) ends = signed_items (line);

  for (guint i = 0; i < ends->len; i++)
    {
      g_autoptr (GPtrArray) path = NULL;

      if (!trace (receiving, line, g_ptr_array_index (ends, i), &path, error))
        return FALSE;
      if (path == NULL || !is_vouched_for (receiving, g_ptr_array_index (ends, i)) || is_given_up (receiving, path))
        continue;
      *progress = TRUE;
      return take_path (receiving, line, path, error);
    }
  return TRUE;
}

static gboolean
look_at_members (Receiving *receiving,
                 GError   **error)
{
  g_clear_pointer (&receiving->members, kip_members_unref);
  receiving->is_news_of_members = FALSE;
  receiving->members = kip_membership_read (receiving->book->db, error);
  return receiving->members != NULL;
}

/* Until nothing leads on: who was let in by one line may go on in another. */
static gboolean
take_lines (Receiving *receiving,
            GError   **error)
{
  gboolean progress = TRUE;

  while (progress)
    {
      progress = FALSE;
      for (guint i = 0; i < receiving->lines->len; i++)
        if (!take_line (receiving, g_ptr_array_index (receiving->lines, i), &progress, error)
            || (receiving->is_news_of_members && !look_at_members (receiving, error)))
          return FALSE;
    }
  return TRUE;
}

/* ---- what came ---- */

/* FALSE: who let it in may come after it, as for a folder that was put back from before it had read that. */
static gboolean
has_key (Receiving  *receiving,
         const Item *item)
{
  return kip_members_key (receiving->members, item->raw->device, item->raw->seq) != NULL;
}

/* One of a number that we have: the same again, or a fork of its device. */
static gboolean
look_at_known (Receiving  *receiving,
               const Item *item,
               GError    **error)
{
  gint64 is_same;

  if (!kip_db_get_int (receiving->book->db, 0, &is_same, error, "SELECT hash = ?3 FROM changeset WHERE device = ?1 AND seq = ?2",
                       "iiB", (gint64) item->raw->device, (gint64) item->raw->seq, item->hash, (gsize) KIP_HASH_SIZE))
    return FALSE;
  if (is_same)
    return take_known (receiving, item, error);
  if (!item->raw->is_signed || !has_key (receiving, item) || (is_vouched_for (receiving, item) && does_count (receiving, item)))
    return keep_beside (receiving, item, error);
  receiving->received->n_refused++;
  return TRUE;
}

/* Takes @item. */
static gboolean
add_item (Receiving *receiving,
          Item      *item,
          GError   **error)
{
  Line *line = line_for (receiving, item->raw->device, error);
  gboolean ok = line != NULL;

  if (ok && item->raw->seq > line->seq)
    {
      if (!line_add (line, item))
        g_ptr_array_add (receiving->twins, item);
      return TRUE;
    }
  ok = ok && look_at_known (receiving, item, error);
  item_free (item);
  return ok;
}

static gboolean
add_items (Receiving *receiving,
           GPtrArray *items,
           GError   **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < items->len; i++)
    {
      Item *item = g_steal_pointer (&g_ptr_array_index (items, i));

      if (item != NULL)
        ok = add_item (receiving, item, error);
      else
        receiving->received->n_refused++;
    }
  return ok;
}

/* What was taken up is known by now; of two that had one hash something may have been left out of one. */
static gboolean
tell_twins (Receiving *receiving,
            GError   **error)
{
  for (guint i = 0; i < receiving->twins->len; i++)
    {
      const Item *twin = g_ptr_array_index (receiving->twins, i);
      const Line *line = line_for (receiving, twin->raw->device, error);

      if (line == NULL)
        return FALSE;
      if (twin->raw->seq <= line->seq && !look_at_known (receiving, twin, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
kip_receive_prepare (GPtrArray *changes,
                     guint      from,
                     guint      n,
                     gboolean  *held)
{
  GPtrArray *items = g_ptr_array_new_full (n, item_free);

  for (guint i = from; i < from + n; i++)
    {
      Item *item = item_new (g_ptr_array_index (changes, i));

      if (held != NULL)
        held[i] = FALSE;
      if (item != NULL && held != NULL)
        item->held = &held[i];
      g_ptr_array_add (items, item);
    }
  return items;
}

gboolean
kip_receive (KipTurn     *turn,
             KipBook     *book,
             GPtrArray   *items,
             KipReceived *received,
             GError     **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) twins = g_ptr_array_new_with_free_func (item_free);
  /* As the log has them before this: others are read only when it speaks of them. */
  Receiving receiving = { turn, book, received, kip_members_ref (book->members), lines, twins, FALSE };
  gboolean ok;

  memset (received, 0, sizeof *received);
  kip_turn_count_conflicts (turn, &received->n_conflicts);
  ok = add_items (&receiving, items, error)
       && read_waiting (&receiving, error)
       && take_lines (&receiving, error)
       && tell_twins (&receiving, error)
       && keep_rest (&receiving, error);
  g_clear_pointer (&receiving.members, kip_members_unref);
  return ok;
}
