/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-holdings.h"
#include "kip-membership.h"
#include "kip-receive.h"
#include "kip-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- states ---- */

static GBytes *
read_state (KipDb      *db,
            const char *key,
            GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT value FROM share WHERE key = ?1", "t", key);
  GBytes *state = NULL;

  if (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer bytes = kip_rows_blob (&rows, 0, &length);

      state = g_bytes_new (bytes, length);
    }
  if (kip_rows_end (&rows, error))
    return state;
  g_clear_pointer (&state, g_bytes_unref);
  return NULL;
}

static gboolean
put_state (KipDb        *db,
           const char   *key,
           gconstpointer bytes,
           gsize         length,
           GError      **error)
{
  return kip_db_run (db, error, "INSERT OR REPLACE INTO share (key, value) VALUES (?1, ?2)", "tB", key, bytes, length);
}

GBytes *
kip_store_get_share_state (KipStore   *store,
                           const char *key)
{
  KipDb *db = kip_pool_take (store->pool, NULL, NULL);
  GBytes *state;

  if (db == NULL)
    return NULL;
  state = read_state (db, key, NULL);
  kip_pool_give (store->pool, db);
  return state;
}

typedef struct
{
  const char *key;
  GBytes     *state;
} Keeping;

static gboolean
write_state (KipTurn *turn,
             KipBook *book,
             gpointer data,
             GError **error)
{
  Keeping *keeping = data;
  gsize length;
  gconstpointer bytes;

  if (keeping->state == NULL)
    {
      book->is_restored &= !g_str_equal (keeping->key, KIP_STORE_RESTORED);
      return kip_db_run (book->db, error, "DELETE FROM share WHERE key = ?1", "t", keeping->key);
    }
  bytes = g_bytes_get_data (keeping->state, &length);
  return put_state (book->db, keeping->key, bytes, length, error);
}

gboolean
kip_store_set_share_state (KipStore   *store,
                           const char *key,
                           GBytes     *state,
                           GError    **error)
{
  Keeping keeping = { key, state };

  return kip_writer_write (store->writer, write_state, &keeping, error);
}

/* ---- the office among others ---- */

typedef struct
{
  guint8 id[KIP_OFFICE_ID_BYTES];
  guint8 founder_key[KIP_MEMBER_KEY_SIZE];
} Identity;

/* Nobody can make another office with this id: it is the hash of its beginning. */
static gboolean
compute_id (KipDb    *db,
            Identity *identity,
            GError  **error)
{
  KipRows rows = kip_db_query (db, "SELECT hash FROM changeset WHERE device = 1 AND seq = 1", "");
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 hash[KIP_HASH_SIZE];
  gsize length;

  g_byte_array_append (all, identity->founder_key, sizeof identity->founder_key);
  if (kip_rows_next (&rows))
    {
      gconstpointer first = kip_rows_blob (&rows, 0, &length);

      g_byte_array_append (all, first, (guint) length);
    }
  kip_hash_bytes (all->data, all->len, hash);
  memcpy (identity->id, hash, sizeof identity->id);
  return kip_rows_end (&rows, error);
}

static gboolean
write_identity (KipTurn *turn,
                KipBook *book,
                gpointer data,
                GError **error)
{
  Identity *identity = data;
  g_autoptr (GBytes) kept = read_state (book->db, "office-id", NULL);

  if (!kip_membership_founder_key (book->db, identity->founder_key, error))
    return FALSE;
  if (kept != NULL && g_bytes_get_size (kept) == sizeof identity->id)
    {
      memcpy (identity->id, g_bytes_get_data (kept, NULL), sizeof identity->id);
      return TRUE;
    }
  return compute_id (book->db, identity, error)
         && put_state (book->db, "office-id", identity->id, sizeof identity->id, error)
         && put_state (book->db, "founder-key", identity->founder_key, sizeof identity->founder_key, error);
}

gboolean
kip_store_get_office_id (KipStore *store,
                         guint8   *id,
                         guint8   *founder_key,
                         GError  **error)
{
  Identity identity;

  if (!kip_writer_write (store->writer, write_identity, &identity, error))
    return FALSE;
  memcpy (id, identity.id, sizeof identity.id);
  if (founder_key != NULL)
    memcpy (founder_key, identity.founder_key, sizeof identity.founder_key);
  return TRUE;
}

static gboolean
write_device (KipTurn *turn,
              KipBook *book,
              gpointer data,
              GError **error)
{
  const gint64 *numbers = data;

  if (book->device != 0 && book->device != numbers[0])
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CONFLICT,
                           _("This computer takes part in the office already. Nothing was changed."));
      return FALSE;
    }
  return kip_db_run (book->db, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('device', ?1), ('me', ?2)",
                     "ii", numbers[0], numbers[1]);
}

gboolean
kip_store_become_device (KipStore *store,
                         guint32   device,
                         KipId     me,
                         GError  **error)
{
  gint64 numbers[] = { device, (gint64) me };

  return kip_writer_write (store->writer, write_device, numbers, error);
}

static gboolean
write_alone (KipTurn *turn,
             KipBook *book,
             gpointer data,
             GError **error)
{
  gboolean is_alone = GPOINTER_TO_INT (data);
  g_autofree char *device = g_strdup_printf ("%u", book->device);
  gboolean ok = is_alone ? put_state (book->db, KIP_MEMBERSHIP_ALONE, device, strlen (device), error)
                         : kip_db_run (book->db, error, "DELETE FROM share WHERE key = ?1", "t", KIP_MEMBERSHIP_ALONE);

  /* Whoever was removed may write again, here. */
  return ok && (!is_alone || kip_book_read_members (book, error));
}

/* @last: G_MAXINT64: it is back. */
static gboolean
say_end (KipStore *store,
         gint64    last,
         GError  **error)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "share");

  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (kip_store_get_device (store)), KIP_FIELD_MACHINE_LAST, last);
  return kip_store_append (store, change, NULL, error);
}

static gboolean
find_next_seq (KipStore *store,
               gint64   *next,
               GError  **error)
{
  g_autoptr (GArray) holdings = kip_store_holdings (store, error);

  *next = 1;
  for (guint i = 0; holdings != NULL && i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == kip_store_get_device (store))
      *next = (gint64) g_array_index (holdings, KipHolding, i).seq + 1;
  return holdings != NULL;
}

gboolean
kip_store_go_alone (KipStore *store,
                    GError  **error)
{
  gint64 next;

  return find_next_seq (store, &next, error)
         && kip_store_set_share_state (store, KIP_STORE_RESTORED, NULL, error)
         && kip_writer_write (store->writer, write_alone, GINT_TO_POINTER (TRUE), error)
         && say_end (store, next, error);
}

gboolean
kip_store_is_alone (KipStore *store)
{
  g_autoptr (GBytes) alone = kip_store_get_share_state (store, KIP_MEMBERSHIP_ALONE);

  return alone != NULL;
}

gboolean
kip_store_come_back (KipStore *store,
                     GError  **error)
{
  return say_end (store, G_MAXINT64, error)
         && kip_writer_write (store->writer, write_alone, GINT_TO_POINTER (FALSE), error);
}

typedef struct
{
  guint8 *public_key;
  guint8 *secret_key;
} KeyPair;

static gboolean
copy_keys (KipBook *book,
           KipNews *news,
           gpointer data,
           GError **error)
{
  KeyPair *pair = data;

  memcpy (pair->public_key, kip_keys_get_public (book->keys), KIP_PUBLIC_KEY_SIZE);
  kip_keys_copy_secret (book->keys, pair->secret_key);
  return TRUE;
}

gboolean
kip_store_get_signing_key (KipStore *store,
                           guint8   *public_key,
                           guint8   *secret_key,
                           GError  **error)
{
  KeyPair pair = { public_key, secret_key };

  return kip_writer_run (store->writer, copy_keys, &pair, error);
}

KipMembers *
kip_store_dup_members (KipStore *store)
{
  KipMembers *members;

  g_mutex_lock (&store->mutex);
  members = kip_members_ref (store->snapshot->members);
  g_mutex_unlock (&store->mutex);
  return members;
}

/* ---- giving ---- */

GArray *
kip_store_holdings (KipStore *store,
                    GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  GArray *holdings;

  if (db == NULL)
    return NULL;
  holdings = kip_holdings_read (db, error);
  kip_pool_give (store->pool, db);
  return holdings;
}

static guint64
held (GArray *since,
      guint32 device)
{
  for (guint i = 0; since != NULL && i < since->len; i++)
    if (g_array_index (since, KipHolding, i).device == device)
      return g_array_index (since, KipHolding, i).seq;
  return 0;
}

/* A change-set whose events are being read row by row. */
typedef struct
{
  GByteArray *bytes;     /* (owned) */
  guint8      signature[KIP_RAW_SIGNATURE_SIZE];
  gboolean    is_signed;
  guint8      hash[KIP_HASH_SIZE]; /* that was signed */
  gboolean    is_redacted;
  gboolean    is_doubtful; /* what is left of it nobody has vouched for */
  guint64     seq;       /* 0: none yet */
  gsize       size;      /* of all that were read */
  GPtrArray  *changes;   /* of KipRawChange */
} Giving;

static gboolean
give (Giving  *giving,
      GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (giving->bytes->data, giving->bytes->len);
  const guint8 *signature = giving->is_signed ? giving->signature : NULL;
  KipRawChange *raw;

  if (giving->seq == 0)
    return TRUE;
  if (giving->is_doubtful)
    {
      giving->seq = 0;
      return TRUE;
    }
  raw = giving->is_redacted ? kip_raw_change_new_redacted (bytes, giving->hash, signature, error) : kip_raw_change_new (bytes, signature, error);
  if (raw == NULL)
    return FALSE;
  giving->size += giving->bytes->len;
  giving->seq = 0;
  g_ptr_array_add (giving->changes, raw);
  return TRUE;
}

static void
begin_giving (Giving  *giving,
              KipRows *rows,
              guint64  seq)
{
  gsize length;
  gconstpointer bytes = kip_rows_blob (rows, 1, &length);

  g_byte_array_set_size (giving->bytes, 0);
  g_byte_array_append (giving->bytes, bytes, (guint) length);
  giving->seq = seq;
  bytes = kip_rows_blob (rows, 2, &length);
  giving->is_signed = length == sizeof giving->signature;
  if (giving->is_signed)
    memcpy (giving->signature, bytes, length);
  giving->is_redacted = kip_rows_instant (rows, 5) != KIP_INSTANT_NONE;
  giving->is_doubtful = giving->is_redacted && kip_rows_int (rows, 5) == 0;
  bytes = kip_rows_blob (rows, 4, &length);
  memcpy (giving->hash, bytes, MIN (length, sizeof giving->hash));
}

/* Columns: seq, header, signature, body (null: it has no events), hash, whether what is left is proven (null: all is). */
static gboolean
give_row (Giving  *giving,
          KipRows *rows,
          GError **error)
{
  guint64 seq = (guint64) kip_rows_int (rows, 0);
  gsize length;
  gconstpointer body;

  if (seq != giving->seq)
    {
      if (!give (giving, error))
        return FALSE;
      begin_giving (giving, rows, seq);
    }
  body = kip_rows_blob (rows, 3, &length);
  if (length > 0)
    g_byte_array_append (giving->bytes, body, (guint) length);
  return TRUE;
}

/* Ends with a whole change-set once @max_bytes are there. */
static gboolean
give_device (KipDb   *db,
             Giving  *giving,
             guint32  device,
             guint64  after,
             gsize    max_bytes,
             GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT c.seq, c.header, c.signature, e.body, c.hash, x.proven FROM changeset AS c LEFT JOIN event AS e"
                               " ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1"
                               " LEFT JOIN redacted AS x ON x.device = c.device AND x.seq = c.seq WHERE c.device = ?1 AND c.seq > ?2 ORDER BY c.seq, e.id", "ii", (gint64) device, (gint64) after);
  gboolean ok = TRUE;

  while (ok && giving->size + giving->bytes->len < max_bytes && kip_rows_next (&rows))
    ok = give_row (giving, &rows, error);
  /* The last one may be there in part only. */
  while (ok && giving->seq != 0 && giving->size + giving->bytes->len >= max_bytes && kip_rows_next (&rows)
         && (guint64) kip_rows_int (&rows, 0) == giving->seq)
    ok = give_row (giving, &rows, error);
  ok = kip_rows_end (&rows, ok ? error : NULL) && ok;
  return ok && give (giving, error);
}

static gboolean
give_all (KipDb   *db,
          Giving  *giving,
          GArray  *since,
          gsize    max_bytes,
          GError **error)
{
  g_autoptr (GArray) holdings = kip_holdings_read (db, error);

  for (guint i = 0; holdings != NULL && i < holdings->len; i++)
    {
      const KipHolding *holding = &g_array_index (holdings, KipHolding, i);
      guint64 after = held (since, holding->device);

      g_byte_array_set_size (giving->bytes, 0);
      if (after < holding->seq && giving->size < max_bytes
          && !give_device (db, giving, holding->device, after, max_bytes, error))
        return FALSE;
    }
  return holdings != NULL;
}

GPtrArray *
kip_store_changes_since (KipStore *store,
                         GArray   *since,
                         gsize     max_bytes,
                         GError  **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Giving giving = { .bytes = bytes, .changes = changes };
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gboolean ok;

  if (db == NULL)
    return NULL;
  ok = kip_db_exec (db, "BEGIN", error) && give_all (db, &giving, since, max_bytes, error);
  kip_db_exec (db, "COMMIT", NULL);
  kip_pool_give (store->pool, db);
  return ok ? g_steal_pointer (&changes) : NULL;
}

/* ---- taking ---- */

/* About how many change-sets are taken in by one transaction: between two of them others may write. */
#define BATCH 8000

/* Change-sets of one transaction. */
typedef struct
{
  GPtrArray           *items; /* (owned) as kip_receive_prepare() made them */
  const KipStateMaker *state; /* (nullable) */
  KipReceived          received;
} Taking;

static gboolean
keep_state (KipTurn             *turn,
            KipBook             *book,
            const KipStateMaker *state,
            GError             **error)
{
  g_autoptr (GBytes) made = state->make (state->data);
  Keeping keeping = { state->key, made };

  return write_state (turn, book, &keeping, error);
}

static gboolean
write_received (KipTurn *turn,
                KipBook *book,
                gpointer data,
                GError **error)
{
  Taking *taking = data;

  return kip_receive (turn, book, taking->items, &taking->received, error)
         && (taking->state == NULL || keep_state (turn, book, taking->state, error));
}

/* Ends with one that is signed, if there is any: what no signature vouches for would have to wait. */
static guint
batch_end (GPtrArray *changes,
           guint      from)
{
  guint end = MIN (from + BATCH, changes->len);

  while (end < changes->len && !((KipRawChange *) g_ptr_array_index (changes, end - 1))->is_signed)
    end++;
  return end;
}

static void
add_received (KipReceived       *all,
              const KipReceived *received)
{
  all->n_new += received->n_new;
  all->n_events += received->n_events;
  all->n_known += received->n_known;
  all->n_waiting = MAX (all->n_waiting, received->n_waiting);
  all->n_refused += received->n_refused;
  all->n_conflicts += received->n_conflicts;
  all->n_to_forget += received->n_to_forget;
  all->forgot |= received->forgot;
}

gboolean
kip_store_receive (KipStore            *store,
                   GPtrArray           *changes,
                   const KipStateMaker *state,
                   KipReceived         *received,
                   gboolean            *held,
                   GError             **error)
{
  guint from = 0, end = batch_end (changes, 0);
  g_autoptr (GPtrArray) next = kip_receive_prepare (changes, 0, end, held);
  gboolean ok = TRUE;

  memset (received, 0, sizeof *received);
  while (ok && next != NULL)
    {
      g_autoptr (GPtrArray) items = g_steal_pointer (&next);
      gboolean is_last = end == changes->len;
      Taking taking = { items, is_last ? state : NULL, { 0 } };
      KipWriting *writing = kip_writer_begin_alone (store->writer, write_received, &taking);

      /* While the one is written, the next is taken apart. */
      from = end;
      end = batch_end (changes, from);
      if (!is_last)
        next = kip_receive_prepare (changes, from, end - from, held);
      ok = kip_writer_end (store->writer, writing, error);
      if (ok)
        add_received (received, &taking.received);
    }
  return ok;
}
