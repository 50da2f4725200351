/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-presence.h"

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-share-blob.h"
#include "kip-store-attached.h"
#include "kip-sync-engine-private.h"

#include <string.h>

/* The note is a CBOR list [1, line, …], a line [device, count, at, ticket, doing, [hash, …]]; more items at the end
 * of a line are a newer Kip's. */
#define NAME "desks"
#define FORMAT 1
#define N_ITEMS 6
#define MAX_LINES 64

/* A line that was there before we came counts at once when it was written about now, by whatever clock. */
#define RECENT (2 * 60 * 1000)

/* What has not changed for so long is left out by whoever writes next, ms. */
#define FORGOTTEN (5 * 60 * 1000)

typedef struct
{
  KipDeskNote is;
  gint64      count;
  gint64      at;    /* UTC ms, by that machine's clock */
  GPtrArray  *lacks; /* (owned) of GBytes */
} Line;

typedef struct
{
  gint64 count;
  gint64 changed; /* by our clock, ms */
  gboolean is_old; /* it was there when we came, and has not changed since */
} Seen;

struct _KipPresence
{
  KipSyncEngine *engine;   /* (borrowed) */
  GPtrArray     *lines;    /* (owned) of Line, as they were read last, ours too */
  GHashTable    *seen;     /* (owned) device → Seen (owned) */
  gboolean       has_read; /* before */
  KipDeskNote    own;
  GPtrArray     *own_lacks; /* (owned) of GBytes */
  gint64         count;
  gint64         beat_at;  /* ms: when our line was written last; 0: never */
  gint64         rest;     /* ms: not before then again */
};

/* ---- lines ---- */

static void
line_free (gpointer data)
{
  Line *line = data;

  g_ptr_array_unref (line->lacks);
  g_free (line);
}

static Line *
line_new (void)
{
  Line *line = g_new0 (Line, 1);

  line->lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return line;
}

static gboolean
get_lacks (KipCborReader *reader,
           Line          *line)
{
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n > KIP_PRESENCE_LACKS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const guint8 *hash;
      gsize length;

      if (!kip_cbor_get_bytes (reader, &hash, &length) || length != KIP_ATTACHED_HASH_SIZE)
        return FALSE;
      g_ptr_array_add (line->lacks, g_bytes_new (hash, length));
    }
  return TRUE;
}

static gboolean
get_line (KipCborReader *reader,
          Line          *line)
{
  guint n;
  gint64 device, ticket, doing;

  if (!kip_cbor_get_list (reader, &n) || n < N_ITEMS || !kip_cbor_get_int (reader, &device)
      || !kip_cbor_get_int (reader, &line->count) || !kip_cbor_get_int (reader, &line->at)
      || !kip_cbor_get_int (reader, &ticket) || !kip_cbor_get_int (reader, &doing) || !get_lacks (reader, line)
      || device <= 0 || device > G_MAXUINT32)
    return FALSE;
  for (guint i = N_ITEMS; i < n; i++)
    if (!kip_cbor_skip (reader))
      return FALSE;
  line->is.device = (guint32) device;
  line->is.ticket = (KipId) ticket;
  line->is.doing = doing == KIP_DOING_LOOKING || doing == KIP_DOING_WRITING ? (KipDoing) doing : KIP_DOING_NOTHING;
  return TRUE;
}

/* What cannot be read is as if nobody told anything. */
static void
parse (KipPresence *presence,
       GBytes      *body)
{
  KipCborReader reader;
  gsize length;
  gconstpointer data = g_bytes_get_data (body, &length);
  gint64 format;
  guint n;

  g_ptr_array_set_size (presence->lines, 0);
  kip_cbor_reader_init (&reader, data, length);
  if (!kip_cbor_get_list (&reader, &n) || n == 0 || n > MAX_LINES + 1 || !kip_cbor_get_int (&reader, &format) || format != FORMAT)
    return;
  for (guint i = 1; i < n; i++)
    {
      Line *line = line_new ();

      g_ptr_array_add (presence->lines, line);
      if (!get_line (&reader, line))
        {
          g_ptr_array_set_size (presence->lines, 0);
          return;
        }
    }
}

static void
put_line (const Line *line,
          GByteArray *out)
{
  kip_cbor_put_list (out, N_ITEMS);
  kip_cbor_put_int (out, line->is.device);
  kip_cbor_put_int (out, line->count);
  kip_cbor_put_int (out, line->at);
  kip_cbor_put_int (out, (gint64) line->is.ticket);
  kip_cbor_put_int (out, line->is.doing);
  kip_cbor_put_list (out, line->lacks->len);
  for (guint i = 0; i < line->lacks->len; i++)
    kip_cbor_put_bytes (out, g_bytes_get_data (g_ptr_array_index (line->lacks, i), NULL), KIP_ATTACHED_HASH_SIZE);
}

/* ---- reading ---- */

static void
note_seen (KipPresence *presence,
           const Line  *line,
           gint64       now_ms,
           gint64       wall_ms)
{
  Seen *seen = g_hash_table_lookup (presence->seen, GUINT_TO_POINTER (line->is.device));

  if (seen != NULL && seen->count == line->count)
    return;
  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      seen->is_old = !presence->has_read && ABS (wall_ms - line->at) > RECENT;
      g_hash_table_insert (presence->seen, GUINT_TO_POINTER (line->is.device), seen);
    }
  else
    {
      seen->is_old = FALSE;
    }
  seen->count = line->count;
  seen->changed = now_ms;
}

/* FALSE: it could not be asked for.  That there is none, or junk, is an answer. */
static gboolean
read_note (KipPresence  *presence,
           gint64        now_ms,
           gint64        wall_ms,
           guint64      *bytes,
           GCancellable *cancellable,
           GError      **error)
{
  KipSyncEngine *engine = presence->engine;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) blob = kip_carrier_get_blob (engine->carrier, NAME, cancellable, &trouble);
  g_autoptr (GBytes) body = NULL;

  if (blob == NULL && !g_error_matches (trouble, KIP_ERROR, KIP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (bytes != NULL && blob != NULL)
    *bytes += g_bytes_get_size (blob);
  g_ptr_array_set_size (presence->lines, 0);
  if (blob != NULL && g_bytes_get_size (blob) <= KIP_PRESENCE_MAX)
    body = kip_share_blob_open (engine->keys, NAME, blob, NULL);
  /* A large one is none of ours: it is not read at every poll. */
  else if (blob != NULL)
    presence->rest = now_ms + FORGOTTEN;
  if (body != NULL)
    parse (presence, body);
  for (guint i = 0; i < presence->lines->len; i++)
    note_seen (presence, g_ptr_array_index (presence->lines, i), now_ms, wall_ms);
  presence->has_read = TRUE;
  return TRUE;
}

/* ---- writing ---- */

static guint32
own_device (KipPresence *presence)
{
  return presence->engine->replica->class->device (presence->engine->replica);
}

static Line *
find_own (KipPresence *presence)
{
  for (guint i = 0; i < presence->lines->len; i++)
    {
      Line *line = g_ptr_array_index (presence->lines, i);

      if (line->is.device == own_device (presence))
        return line;
    }
  return NULL;
}

static gboolean
has_something (KipPresence *presence)
{
  return presence->own.doing != KIP_DOING_NOTHING || presence->own_lacks->len > 0;
}

static gboolean
same_lacks (GPtrArray *a,
            GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_bytes_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/* There is somebody who could read it. */
static gboolean
has_company (KipPresence *presence)
{
  g_autoptr (KipMembers) members = presence->engine->replica->class->dup_members (presence->engine->replica);
  GPtrArray *all = kip_members_get_all (members);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      n += member->keys->len > 0 && member->last == G_MAXUINT64;
    }
  return n > 1;
}

static gboolean
must_write (KipPresence *presence,
            gint64       now_ms)
{
  const Line *own = find_own (presence);

  if (own_device (presence) == 0 || kip_share_keys_get_newest (presence->engine->keys) == 0)
    return FALSE;
  if (!has_something (presence))
    return own != NULL;
  if (!has_company (presence))
    return FALSE;
  return own == NULL || own->count != presence->count || own->is.ticket != presence->own.ticket
         || own->is.doing != presence->own.doing || !same_lacks (own->lacks, presence->own_lacks)
         || now_ms - presence->beat_at >= KIP_PRESENCE_BEAT;
}

static Line *
make_own (KipPresence *presence,
          gint64       wall_ms)
{
  Line *line = line_new ();

  line->is = presence->own;
  line->is.device = own_device (presence);
  line->count = presence->count;
  line->at = wall_ms;
  g_ptr_array_extend (line->lacks, presence->own_lacks, (GCopyFunc) g_bytes_ref, NULL);
  return line;
}

static gboolean
is_forgotten (KipPresence *presence,
              const Line  *line,
              gint64       now_ms)
{
  const Seen *seen = g_hash_table_lookup (presence->seen, GUINT_TO_POINTER (line->is.device));

  return line->is.device == own_device (presence) || seen == NULL || now_ms - seen->changed >= FORGOTTEN;
}

static GBytes *
make_body (KipPresence *presence)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, presence->lines->len + 1);
  kip_cbor_put_int (out, FORMAT);
  for (guint i = 0; i < presence->lines->len; i++)
    put_line (g_ptr_array_index (presence->lines, i), out);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
write_note (KipPresence  *presence,
            gint64        now_ms,
            gint64        wall_ms,
            GCancellable *cancellable,
            GError      **error)
{
  KipSyncEngine *engine = presence->engine;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) blob = NULL;

  for (guint i = presence->lines->len; i > 0; i--)
    if (is_forgotten (presence, g_ptr_array_index (presence->lines, i - 1), now_ms))
      g_ptr_array_remove_index (presence->lines, i - 1);
  /* Another life of this machine may have counted further: what is new must be seen to be new. */
  presence->count = MAX (presence->count + 1, wall_ms);
  if (has_something (presence) && presence->lines->len < MAX_LINES)
    g_ptr_array_add (presence->lines, make_own (presence, wall_ms));
  body = make_body (presence);
  if (g_bytes_get_size (body) + KIP_BLOB_OVERHEAD > KIP_PRESENCE_MAX)
    return TRUE;
  blob = kip_share_blob_seal (engine->keys, NAME, body);
  presence->beat_at = now_ms;
  return kip_carrier_put_blob (engine->carrier, NAME, blob, cancellable, error);
}

/* After the share refused something, ms. */
#define REST 30000

gboolean
kip_presence_poll (KipPresence  *presence,
                   gint64        now_ms,
                   gint64        wall_ms,
                   guint64      *bytes,
                   GCancellable *cancellable,
                   GError      **error)
{
  if (now_ms < presence->rest)
    return TRUE;
  if (read_note (presence, now_ms, wall_ms, bytes, cancellable, error)
      && (!must_write (presence, now_ms) || write_note (presence, now_ms, wall_ms, cancellable, error)))
    return TRUE;
  presence->rest = now_ms + REST;
  return FALSE;
}

void
kip_presence_tell (KipPresence *presence,
                   KipId        ticket,
                   KipDoing     doing,
                   GPtrArray   *lacks)
{
  presence->own.ticket = doing != KIP_DOING_NOTHING ? ticket : KIP_ID_NONE;
  presence->own.doing = ticket != KIP_ID_NONE ? doing : KIP_DOING_NOTHING;
  g_ptr_array_set_size (presence->own_lacks, 0);
  for (guint i = 0; lacks != NULL && i < MIN (lacks->len, KIP_PRESENCE_LACKS); i++)
    g_ptr_array_add (presence->own_lacks, g_bytes_ref (g_ptr_array_index (lacks, i)));
}

/* ---- what the others tell ---- */

/* Of a machine that is in, and not long ago. */
static gboolean
counts (KipPresence *presence,
        KipMembers  *members,
        const Line  *line,
        gint64       now_ms)
{
  const Seen *seen = g_hash_table_lookup (presence->seen, GUINT_TO_POINTER (line->is.device));

  return line->is.device != own_device (presence) && kip_members_has (members, line->is.device, G_MAXUINT64 - 1)
         && seen != NULL && !seen->is_old && now_ms - seen->changed < KIP_PRESENCE_LASTS;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const KipDeskNote *x = a, *y = b;

  return (x->device > y->device) - (x->device < y->device);
}

GArray *
kip_presence_list (KipPresence *presence,
                   gint64       now_ms)
{
  g_autoptr (KipMembers) members = presence->engine->replica->class->dup_members (presence->engine->replica);
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (KipDeskNote));

  for (guint i = 0; i < presence->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (presence->lines, i);

      if (line->is.doing != KIP_DOING_NOTHING && counts (presence, members, line, now_ms))
        g_array_append_val (notes, line->is);
    }
  g_array_sort (notes, compare_notes);
  return notes;
}

GPtrArray *
kip_presence_lacks (KipPresence *presence,
                    gint64       now_ms)
{
  g_autoptr (KipMembers) members = presence->engine->replica->class->dup_members (presence->engine->replica);
  GPtrArray *lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < presence->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (presence->lines, i);

      if (counts (presence, members, line, now_ms))
        g_ptr_array_extend (lacks, line->lacks, (GCopyFunc) g_bytes_ref, NULL);
    }
  return lacks;
}

/* ---- life ---- */

KipPresence *
kip_presence_new (KipSyncEngine *engine)
{
  KipPresence *presence = g_new0 (KipPresence, 1);

  presence->engine = engine;
  presence->lines = g_ptr_array_new_with_free_func (line_free);
  presence->seen = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  presence->own_lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return presence;
}

void
kip_presence_free (KipPresence *presence)
{
  g_ptr_array_unref (presence->own_lacks);
  g_hash_table_unref (presence->seen);
  g_ptr_array_unref (presence->lines);
  g_free (presence);
}
