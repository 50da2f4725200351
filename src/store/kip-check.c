/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-check.h"

#include "kip-files.h"
#include "kip-log.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

void
kip_check_note (KipCheck   *check,
                const char *format,
                ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (check->report, g_strdup_vprintf (format, args));
  va_end (args);
}

/* After so many, one knows. */
#define MANY 100

void
kip_check_complain (KipCheck   *check,
                    const char *format,
                    ...)
{
  va_list args;

  if (++check->n_problems > MANY)
    return;
  va_start (args, format);
  g_ptr_array_add (check->report, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
go_on (KipCheck *check,
       double    fraction,
       GError  **error)
{
  if (check->progress != NULL)
    check->progress (fraction, check->data);
  return !g_cancellable_set_error_if_cancelled (check->cancellable, error);
}

/* ---- pages ---- */

gboolean
kip_check_pages (KipCheck *check,
                 GError  **error)
{
  KipRows rows = kip_db_query (check->db, "PRAGMA integrity_check", "");
  guint before = check->n_problems;

  while (kip_rows_next (&rows))
    if (g_strcmp0 (kip_rows_text (&rows, 0), "ok") != 0)
      kip_check_complain (check, _("The database is damaged: %s"), kip_rows_text (&rows, 0));
  if (!kip_rows_end (&rows, error))
    return FALSE;
  if (check->n_problems == before)
    kip_check_note (check, _("The database file is whole."));
  return TRUE;
}

/* ---- the log ---- */

typedef struct
{
  guint64 from_seq;
  guint8  key[KIP_PUBLIC_KEY_SIZE];
} SigningKey;

/* One device's chain while it is followed. */
typedef struct
{
  KipCheck *check;
  guint     device;
  guint64   seq;       /* of the last one seen */
  guint8    hash[KIP_HASH_SIZE];
  gboolean  is_signed; /* the last one */
  GArray   *keys;      /* (owned) of SigningKey, rising */
  guint64   n_changes, n_events;
} Chain;

static gboolean
read_keys (Chain   *chain,
           GError **error)
{
  KipRows rows = kip_db_query (chain->check->db, "SELECT from_seq, public_key FROM device_key WHERE device = ?1 ORDER BY from_seq",
                               "i", (gint64) chain->device);

  g_array_set_size (chain->keys, 0);
  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer bytes = kip_rows_blob (&rows, 1, &length);
      SigningKey key = { (guint64) kip_rows_int (&rows, 0), { 0 } };

      if (length != sizeof key.key)
        continue;
      memcpy (key.key, bytes, length);
      g_array_append_val (chain->keys, key);
    }
  return kip_rows_end (&rows, error);
}

static const guint8 *
key_for (Chain  *chain,
         guint64 seq)
{
  const guint8 *key = NULL;

  for (guint i = 0; i < chain->keys->len; i++)
    if (g_array_index (chain->keys, SigningKey, i).from_seq <= seq)
      key = g_array_index (chain->keys, SigningKey, i).key;
  return key;
}

static char *
name_change (Chain *chain)
{
  g_autofree char *letters = kip_id_device_letters (chain->device);

  return g_strdup_printf ("%s/%" G_GUINT64_FORMAT, letters, chain->seq);
}

/* The bytes of a change-set's events, as the table has them; what stands beside
 * them for quick access must be what they say. */
static GPtrArray *
read_bodies (Chain   *chain,
             gint64   row,
             gint64   first,
             gint64   n,
             GError **error)
{
  KipRows rows = kip_db_query (chain->check->db, "SELECT body, kind, entity FROM event WHERE id BETWEEN ?1 AND ?2 AND changeset = ?3 ORDER BY id",
                               "iii", first, first + n - 1, row);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 0, &length);
      g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);

      g_ptr_array_add (bodies, g_bytes_new (body, length));
      if (event != NULL && event->kind == (KipKind) kip_rows_int (&rows, 1) && event->entity == (KipId) kip_rows_int (&rows, 2))
        continue;
      g_autofree char *name = name_change (chain);

      kip_check_complain (chain->check, _("Change %s: an event is not what the table says of it."), name);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&bodies) : NULL;
}

static void
check_signature (Chain        *chain,
                 const guint8 *hash,
                 gconstpointer signature,
                 gsize         length)
{
  const guint8 *key = key_for (chain, chain->seq);
  g_autofree char *name = NULL;

  chain->is_signed = signature != NULL;
  if (signature == NULL || (key != NULL && length == KIP_SIGNATURE_SIZE && kip_keys_verify (key, hash, signature)))
    return;
  name = name_change (chain);
  kip_check_complain (chain->check, _("Change %s: its signature is not that of this machine."), name);
}

static void
check_header (Chain        *chain,
              gconstpointer header,
              gsize         length,
              gint64        n_events)
{
  guint8 previous[KIP_HASH_SIZE];
  guint n;
  g_autoptr (KipStamp) stamp = kip_stamp_decode (header, length, previous, &n, NULL);
  g_autofree char *name = name_change (chain);

  if (stamp == NULL)
    kip_check_complain (chain->check, _("Change %s: its head cannot be read."), name);
  else if (stamp->device != chain->device || stamp->seq != chain->seq || n != (guint64) n_events)
    kip_check_complain (chain->check, _("Change %s: its head is not what the table says of it."), name);
  else if (memcmp (previous, chain->hash, sizeof previous) != 0)
    kip_check_complain (chain->check, _("Change %s does not follow the one before it."), name);
}

/* Columns: device, seq, row, first_event, n_events, header, hash, signature, hash of what is left (null: all). */
static gboolean
check_change (Chain   *chain,
              KipRows *rows,
              GError **error)
{
  gsize header_length, hash_length, signature_length;
  gconstpointer header = kip_rows_blob (rows, 5, &header_length);
  gconstpointer hash = kip_rows_blob (rows, 6, &hash_length);
  gconstpointer signature = kip_rows_blob (rows, 7, &signature_length);
  gint64 n_events = kip_rows_int (rows, 4);
  g_autoptr (GPtrArray) bodies = read_bodies (chain, kip_rows_int (rows, 2), kip_rows_int (rows, 3), n_events, error);
  gsize rest_length;
  gconstpointer rest = kip_rows_blob (rows, 8, &rest_length); /* of what is left, where somebody was forgotten */
  gconstpointer expected = rest != NULL ? rest : hash;
  guint8 computed[KIP_HASH_SIZE];

  if (bodies == NULL)
    return FALSE;
  check_header (chain, header, header_length, n_events);
  kip_log_hash (header, header_length, bodies, computed);
  if (bodies->len != (guint64) n_events || hash_length != sizeof computed || memcmp (expected, computed, sizeof computed) != 0)
    {
      g_autofree char *name = name_change (chain);

      kip_check_complain (chain->check, _("Change %s was altered after it was written."), name);
    }
  if (rest != NULL && hash_length == sizeof computed)
    memcpy (computed, hash, sizeof computed);
  memcpy (chain->hash, computed, sizeof computed);
  check_signature (chain, computed, signature, signature_length);
  chain->n_changes++;
  chain->n_events += (guint64) n_events;
  return TRUE;
}

static void
end_chain (Chain *chain)
{
  g_autofree char *name = name_change (chain);

  if (chain->seq > 0 && !chain->is_signed)
    kip_check_complain (chain->check, _("Change %s, the last of its machine, is not signed."), name);
}

static gboolean
begin_chain (Chain   *chain,
             guint    device,
             GError **error)
{
  end_chain (chain);
  chain->device = device;
  chain->seq = 0;
  memset (chain->hash, 0, sizeof chain->hash);
  return read_keys (chain, error);
}

/* What sees to it that nothing is missing between two. */
static gboolean
follow (Chain   *chain,
        KipRows *rows,
        GError **error)
{
  guint device = (guint) kip_rows_int (rows, 0);
  guint64 seq = (guint64) kip_rows_int (rows, 1);

  if ((device != chain->device || chain->n_changes == 0) && !begin_chain (chain, device, error))
    return FALSE;
  if (seq != chain->seq + 1)
    {
      g_autofree char *name = name_change (chain);

      kip_check_complain (chain->check, _("Something is missing after change %s."), name);
    }
  chain->seq = seq;
  return check_change (chain, rows, error);
}

/* A backup of an older Kip has no table of what is left of change-sets. */
static const char *
choose_columns (KipDb *db)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, NULL, "SELECT count(*) FROM sqlite_schema WHERE name = 'redacted'", "") || n == 0)
    return "SELECT device, seq, row, first_event, n_events, header, hash, signature, NULL FROM changeset ORDER BY device, seq";
  return "SELECT c.device, c.seq, c.row, c.first_event, c.n_events, c.header, c.hash, c.signature, x.hash"
         " FROM changeset AS c LEFT JOIN redacted AS x ON x.device = c.device AND x.seq = c.seq"
         " ORDER BY c.device, c.seq";
}

static gboolean
check_chains (Chain   *chain,
              gint64   total,
              GError **error)
{
  KipRows rows = kip_db_query (chain->check->db, choose_columns (chain->check->db), "");
  gboolean ok = TRUE;

  while (ok && kip_rows_next (&rows))
    ok = (chain->n_changes % 1000 != 0 || go_on (chain->check, (double) chain->n_changes / MAX (total, 1), error))
         && follow (chain, &rows, error);
  ok = kip_rows_end (&rows, ok ? error : NULL) && ok;
  end_chain (chain);
  return ok;
}

gboolean
kip_check_log (KipCheck *check,
               GError  **error)
{
  Chain chain = { .check = check };
  guint before = check->n_problems;
  gint64 total, n_events;
  gboolean ok;

  chain.keys = g_array_new (FALSE, FALSE, sizeof (SigningKey));
  ok = kip_db_get_int (check->db, 0, &total, error, "SELECT count(*) FROM changeset", "")
       && kip_db_get_int (check->db, 0, &n_events, error, "SELECT count(*) FROM event", "")
       && check_chains (&chain, total, error);
  g_array_unref (chain.keys);
  if (!ok)
    return FALSE;
  if (chain.n_events != (guint64) n_events)
    kip_check_complain (check, _("There are events in the log that belong to no change."));
  if (check->n_problems == before)
    kip_check_note (check, ngettext ("The log is whole: %lu change, hash by hash and signed.",
                                     "The log is whole: %lu changes, hash by hash and signed.", (gulong) total), (gulong) total);
  return TRUE;
}

/* ---- files ---- */

typedef struct
{
  guint n;      /* looked at */
  guint n_away; /* attached on another computer, and not fetched yet */
} Attachments;

static void
check_attachment (KipCheck       *check,
                  const char     *dir,
                  const KipEvent *event,
                  gboolean        is_own,
                  GHashTable     *seen,
                  Attachments    *counts)
{
  gsize length;
  const guint8 *hash = kip_value_get_bytes (kip_value_lookup (event->value, 3), &length);
  g_autofree char *path = NULL;
  g_autoptr (GError) problem = NULL;

  if (length != KIP_HASH_SIZE || !g_hash_table_add (seen, kip_hash_to_text (hash)))
    return;
  path = kip_files_path (dir, hash);
  if (kip_files_check (path, hash, &problem))
    counts->n++;
  else if (!is_own && g_error_matches (problem, KIP_ERROR, KIP_ERROR_NOT_FOUND))
    counts->n_away++;
  else
    kip_check_complain (check, _("Attachment “%s”: %s"), kip_value_map_text (event->value, 1), problem->message);
}

gboolean
kip_check_files (KipCheck   *check,
                 const char *dir,
                 GError    **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KipRows rows = kip_db_query (check->db, "SELECT e.body, c.device = (SELECT value FROM counter WHERE key = 'device') FROM ticket AS t"
                               " JOIN event AS e ON e.entity = t.id AND e.kind = 2 JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE t.attachments > 0", "");
  Attachments counts = { 0, 0 };
  guint before = check->n_problems;

  while (!g_cancellable_is_cancelled (check->cancellable) && kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 0, &length);
      g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);

      if (event != NULL && event->field == KIP_FIELD_ATTACHMENT && event->verb == KIP_VERB_ENTRY)
        check_attachment (check, dir, event, kip_rows_int (&rows, 1) != 0, seen, &counts);
    }
  if (!kip_rows_end (&rows, error) || g_cancellable_set_error_if_cancelled (check->cancellable, error))
    return FALSE;
  if (check->n_problems == before)
    kip_check_note (check, ngettext ("%u attachment is whole.", "%u attachments are whole.", counts.n), counts.n);
  if (counts.n_away > 0)
    kip_check_note (check, ngettext ("%u attachment of another computer was not fetched yet.",
                                     "%u attachments of other computers were not fetched yet.", counts.n_away), counts.n_away);
  return TRUE;
}
