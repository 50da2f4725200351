/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-private.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-frame-keys.h"
#include "kip-keys.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* Read at once: enough for any frame to be whole in it. */
#define WINDOW (2 * KIP_FRAME_MAX)

/* Of the end of a long file. */
#define ENDING (256 * 1024)

/* What is being found out about the file before there is a copy. */
typedef struct
{
  KipCarrier     *carrier;
  KipShareHeader *header;  /* (owned) */
  const KipJoining *joining;
  KipShareKeys   *keys;    /* (owned) (nullable) */
  KipInvitation  *invitation; /* (owned) (nullable) */
  guint8          first_hash[KIP_HASH_SIZE]; /* of the office's first change-set */
  gboolean        has_first;
  guint8          founder_key[KIP_MEMBER_KEY_SIZE];
  gboolean        has_founder;
  GPtrArray      *key_frames; /* (owned) (nullable) of GBytes */
  guint16         newest_seen; /* the highest generation that seals a frame */
  gboolean        is_recovery; /* it came by a printed code: */
  guint8          secret_key[64];
  guint           n_walks; /* over the file, that are over */
  GCancellable   *cancellable;
} Reading;

/* So often the file is walked over at most: for its keys and its founder; by a code that opens nothing in it, for an invitation before. */
#define WALKS_BY_PASSPHRASE 2
#define WALKS_BY_CODE 3

/* ---- walking over the file ---- */

typedef void (*FrameFunc) (Reading        *reading,
                           const KipFound *found,
                           GBytes         *bytes, /* of the whole frame */
                           gboolean       *done);

static void
walk_window (Reading            *reading,
             const KipShareKeys *keys,
             GBytes             *bytes,
             gboolean            is_all,
             guint64             base,
             guint64            *at,
             FrameFunc           func,
             gboolean           *done)
{
  gboolean go_on = TRUE;

  while (go_on && !*done)
    {
      KipFound found;

      kip_frame_find (keys, bytes, base, (gsize) (*at - base), is_all, &found);
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      if (found.kind == KIP_FOUND_FRAME || found.kind == KIP_FOUND_SEALED)
        {
          g_autoptr (GBytes) frame = g_bytes_new_from_bytes (bytes, (gsize) (found.offset - base), (gsize) found.length);

          func (reading, &found, frame, done);
        }
      if (go_on)
        *at = found.offset + found.length;
      kip_found_clear (&found);
    }
}

static void
tell_progress (Reading *reading,
               guint64  at,
               guint64  size)
{
  const KipJoining *joining = reading->joining;
  guint n = joining->code != NULL ? WALKS_BY_CODE : WALKS_BY_PASSPHRASE;

  if (joining->progress != NULL && size > 0)
    joining->progress ((reading->n_walks + (double) MIN (at, size) / (double) size) / n, joining->progress_data);
}

static gboolean
walk (Reading            *reading,
      const KipShareKeys *keys,
      FrameFunc           func,
      GError            **error)
{
  guint64 at = KIP_SHARE_HEADER_SIZE, size = 0;
  gboolean done = FALSE, is_all = FALSE;

  while (!done && !is_all)
    {
      guint64 base = at;
      g_autoptr (GBytes) bytes = kip_carrier_read (reading->carrier, base, WINDOW, &size, reading->cancellable, error);

      if (bytes == NULL)
        return FALSE;
      is_all = base + g_bytes_get_size (bytes) >= size;
      walk_window (reading, keys, bytes, is_all, base, &at, func, &done);
      tell_progress (reading, at, size);
    }
  reading->n_walks++;
  return TRUE;
}

/* ---- by a code ---- */

static void
try_invitation (Reading        *reading,
                const KipFound *found,
                GBytes         *bytes,
                gboolean       *done)
{
  if (found->type != KIP_FRAME_INVITE)
    return;
  reading->invitation = kip_invitation_open (&kip_share_header_get_info (reading->header)->identity, bytes, reading->joining->code, NULL);
  *done = reading->invitation != NULL;
}

static gboolean
open_by_code (Reading *reading,
              GError **error)
{
  const KipShareIdentity *identity = &kip_share_header_get_info (reading->header)->identity;
  g_autoptr (KipShareKeys) none = kip_share_keys_new (identity->office);

  kip_share_keys_set_file (none, identity);
  if (!walk (reading, none, try_invitation, error))
    return FALSE;
  if (reading->invitation == NULL || reading->invitation->until < kip_clock_now ())
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("That join code does not open this office, or it has run out. Nothing was changed. Look whether it is typed right, or ask for a new one."));
      return FALSE;
    }
  reading->keys = kip_share_keys_from_bytes (reading->invitation->keys, error);
  memcpy (reading->founder_key, reading->invitation->founder_key, sizeof reading->founder_key);
  reading->has_founder = TRUE;
  return reading->keys != NULL;
}

/* ---- by the passphrase ---- */

/* What a key looks like among the bytes of an event, as the hash does in the header: to take all apart would take seconds. */
static gboolean
may_say_key (KipRawChange *raw)
{
  static const guint8 begin[] = { 0x58, KIP_MEMBER_KEY_SIZE };
  gsize length;
  const guint8 *data = g_bytes_get_data (raw->bytes, &length), *end = data + length;
  const guint8 *hash = memmem (data, length, begin, sizeof begin);

  return hash != NULL && memmem (hash + 1, (gsize) (end - hash) - 1, begin, sizeof begin) != NULL;
}

/* The founder's key is said in the log, and holds if the office's id is made of it. */
static void
look_for_founder (Reading      *reading,
                  KipRawChange *raw)
{
  gboolean is_worth_it = raw->device == 1 && (raw->seq == 1 || may_say_key (raw));
  g_autoptr (KipChange) change = is_worth_it ? kip_raw_change_decode (raw, NULL, NULL) : NULL;
  gsize length;

  if (change == NULL)
    return;
  if (raw->seq == 1)
    {
      gconstpointer data = g_bytes_get_data (raw->bytes, &length);

      kip_hash_bytes (data, length, reading->first_hash);
      reading->has_first = TRUE;
    }
  for (guint i = 0; i < change->events->len && !reading->has_founder; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);
      const guint8 *key = event->kind == KIP_KIND_MACHINE && event->entity == KIP_ID_MACHINE (1)
                          && event->field == KIP_FIELD_MACHINE_KEY ? kip_value_get_bytes (event->value, &length) : NULL;

      if (key == NULL || length != sizeof reading->founder_key)
        continue;
      memcpy (reading->founder_key, key, length);
      reading->has_founder = TRUE;
    }
}

static void
read_founder (Reading        *reading,
              const KipFound *found,
              GBytes         *bytes,
              gboolean       *done)
{
  g_autoptr (GPtrArray) changes = found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_CHANGES
                                  ? kip_frame_unpack_changes (found->body, NULL) : NULL;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    look_for_founder (reading, g_ptr_array_index (changes, i));
  *done = reading->has_first && reading->has_founder;
}

static gboolean
is_true_founder (Reading *reading)
{
  guint8 both[KIP_MEMBER_KEY_SIZE + KIP_HASH_SIZE], hash[KIP_HASH_SIZE];

  if (!reading->has_first || !reading->has_founder)
    return FALSE;
  memcpy (both, reading->founder_key, KIP_MEMBER_KEY_SIZE);
  memcpy (both + KIP_MEMBER_KEY_SIZE, reading->first_hash, KIP_HASH_SIZE);
  kip_hash_bytes (both, sizeof both, hash);
  return memcmp (hash, kip_share_header_get_info (reading->header)->identity.office, KIP_OFFICE_ID_SIZE) == 0;
}

/* ---- frames of keys ---- */

/* Argon2id is tried with so many different salts at most: the file may be full of them. */
#define MAX_SALTS 4

/* Keeps the frames of keys, and which generation seals what is written now. */
static void
gather (Reading        *reading,
        const KipFound *found,
        GBytes         *bytes,
        gboolean       *done)
{
  if (found->generation != 0)
    reading->newest_seen = MAX (reading->newest_seen, found->generation);
  else if (found->type == KIP_FRAME_KEYS)
    g_ptr_array_add (reading->key_frames, g_bytes_ref (bytes));
}

static gboolean
gather_all (Reading *reading,
            GError **error)
{
  const KipShareIdentity *identity = &kip_share_header_get_info (reading->header)->identity;
  g_autoptr (KipShareKeys) none = kip_share_keys_new (identity->office);

  kip_share_keys_set_file (none, identity);
  if (reading->key_frames == NULL)
    reading->key_frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_set_size (reading->key_frames, 0);
  return walk (reading, none, gather, error);
}

static void
take_ring (Reading    *reading,
           KipKeyring *ring)
{
  reading->keys = kip_share_keys_copy (ring->keys);
  kip_keyring_free (ring);
}

/* The last frames first: they give the most. */
static void
try_passphrase (Reading *reading)
{
  const KipShareIdentity *file = &kip_share_header_get_info (reading->header)->identity;
  const char *salts[MAX_SALTS];
  guint n_salts = 0;

  for (guint i = reading->key_frames->len; i > 0 && reading->keys == NULL && n_salts < MAX_SALTS; i--)
    {
      GBytes *frame = g_ptr_array_index (reading->key_frames, i - 1);
      const char *salt = kip_frame_keys_get_salt (file, frame);
      gboolean is_known = salt == NULL;
      KipKeyring *ring;

      for (guint j = 0; j < n_salts && !is_known; j++)
        is_known = memcmp (salts[j], salt, KIP_SLOT_SALT_SIZE) == 0;
      if (is_known)
        continue;
      salts[n_salts++] = salt;
      ring = kip_frame_keys_open_passphrase (file, frame, reading->joining->passphrase);
      if (ring != NULL)
        take_ring (reading, ring);
    }
}

static gboolean
check_newest (Reading *reading,
              GError **error)
{
  if (kip_share_keys_get_newest (reading->keys) >= reading->newest_seen)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       reading->joining->passphrase != NULL
                       ? _("This was the passphrase of the office, and is not any more: the key was changed. Nothing was changed here. Ask a manager for the new passphrase or a join code.")
                       : _("This code opened the office once, and does not any more: the key was changed. Nothing was changed here. Ask a manager for a join code."));
  return FALSE;
}

/* An office that was shared when it was large says the key where that began, which is near the end of a file that was made
 * then. */
static gboolean
look_at_end (Reading *reading,
             GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gboolean done = FALSE;
  guint64 size, base, at;
  KipCarrierLook look;

  if (!kip_carrier_look (reading->carrier, &look, reading->cancellable, error))
    return FALSE;
  size = look.size;
  if (size < KIP_SHARE_HEADER_SIZE + WINDOW)
    return TRUE;
  at = base = size - ENDING;
  bytes = kip_carrier_read (reading->carrier, base, ENDING, &size, reading->cancellable, error);
  if (bytes == NULL)
    return FALSE;
  walk_window (reading, reading->keys, bytes, TRUE, base, &at, read_founder, &done);
  return TRUE;
}

/* Reads who founded the office by the keys that were found, and looks whether they are of today. */
static gboolean
look_inside (Reading *reading,
             GError **error)
{
  kip_share_keys_set_file (reading->keys, &kip_share_header_get_info (reading->header)->identity);
  if (!check_newest (reading, error) || !look_at_end (reading, error) || !walk (reading, reading->keys, read_founder, error))
    return FALSE;
  if (is_true_founder (reading))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("The shared file does not show who founded the office: it is damaged, or somebody altered it. Nothing was changed. Ask whoever shares the office to look at it."));
  return FALSE;
}

static gboolean
open_by_passphrase (Reading *reading,
                    GError **error)
{
  if (!gather_all (reading, error))
    return FALSE;
  try_passphrase (reading);
  if (reading->keys == NULL)
    reading->keys = kip_share_header_open_passphrase (reading->header, reading->joining->passphrase, error);
  return reading->keys != NULL && look_inside (reading, error);
}

/* ---- by a recovery code ---- */

/* The code is a key pair, of a machine that a manager let in beforehand. */
static void
try_recovery (Reading *reading)
{
  const KipShareIdentity *file = &kip_share_header_get_info (reading->header)->identity;
  guint8 public_key[32];

  if (!kip_recovery_code_keys (reading->joining->code, file->office, public_key, reading->secret_key))
    return;
  for (guint i = reading->key_frames->len; i > 0 && reading->keys == NULL; i--)
    {
      KipKeyring *ring = kip_frame_keys_open_device (file, g_ptr_array_index (reading->key_frames, i - 1), public_key, reading->secret_key);

      if (ring != NULL)
        take_ring (reading, ring);
    }
  if (reading->keys == NULL)
    reading->keys = kip_share_header_open_device (reading->header, public_key, reading->secret_key, NULL);
  reading->is_recovery = reading->keys != NULL;
}

static gboolean
open_by_recovery (Reading *reading,
                  GError **error)
{
  if (!gather_all (reading, error))
    return FALSE;
  try_recovery (reading);
  if (reading->keys != NULL)
    return look_inside (reading, error);
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("That join code does not open this office, or it has run out. Nothing was changed. Look whether it is typed right, or ask for a new one."));
  return FALSE;
}

/* An invitation is looked for first; a recovery code looks the same. */
static gboolean
open_by_any_code (Reading *reading,
                  GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (open_by_code (reading, &problem))
    return TRUE;
  if (g_error_matches (problem, KIP_ERROR, KIP_ERROR_NOT_ALLOWED) && reading->invitation == NULL)
    return open_by_recovery (reading, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- the copy ---- */

/* How long the lock is waited for, in milliseconds, and how often it is tried. */
#define PATIENCE 10000
#define TRIES 3

/* One frame at the end of the file, read back. */
static gboolean
append_once (Reading  *reading,
             GBytes   *frame,
             gboolean *there,
             GError  **error)
{
  g_autoptr (GBytes) back = NULL;
  KipCarrierLook look;
  gboolean ok;

  if (!kip_carrier_lock (reading->carrier, 0, "append", PATIENCE, NULL, reading->cancellable, error))
    return FALSE;
  ok = kip_carrier_look (reading->carrier, &look, reading->cancellable, error)
       && kip_carrier_append (reading->carrier, frame, look.size, reading->cancellable, error);
  kip_carrier_unlock (reading->carrier);
  if (ok)
    back = kip_carrier_read (reading->carrier, look.size, g_bytes_get_size (frame), NULL, reading->cancellable, error);
  *there = back != NULL && g_bytes_equal (back, frame);
  return back != NULL;
}

static GBytes *
make_knock (KipStore *store,
            Reading  *reading,
            GError  **error)
{
  KipKnock knock = { { 0 }, kip_clock_now (), (char *) reading->joining->person, (char *) reading->joining->machine };
  g_autoptr (GBytes) body = NULL;
  guint8 secret_key[64];

  if (!kip_store_get_signing_key (store, knock.public_key, secret_key, error))
    return NULL;
  body = kip_frame_pack_knock (&knock, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
  return kip_frame_seal (reading->keys, KIP_FRAME_KNOCK, 0, body, error);
}

/* Asks to be let in, before anything is read: what an office holds comes while one looks at it. */
static gboolean
knock (KipStore *store,
       Reading  *reading,
       GError  **error)
{
  g_autoptr (GBytes) frame = make_knock (store, reading, error);
  gboolean there = FALSE;

  for (guint i = 0; frame != NULL && i < TRIES && !there; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (append_once (reading, frame, &there, &problem) || (i + 1 < TRIES && g_error_matches (problem, KIP_ERROR, KIP_ERROR_CONFLICT)))
        continue;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (frame != NULL && !there)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_IO,
                         _("The share did not give back what was just written to it. Nothing was changed on this computer. Try again."));
  return there;
}

static gboolean
keep_name (KipStore   *store,
           const char *machine,
           GError    **error)
{
  g_autoptr (GBytes) name = machine != NULL ? g_bytes_new (machine, strlen (machine)) : NULL;

  return kip_store_set_share_state (store, "machine", name, error);
}

static gboolean
keep_given (KipStore *store,
            GError  **error)
{
  g_autoptr (GBytes) yes = g_bytes_new_static ("1", 1);

  return kip_store_set_share_state (store, KIP_SHARING_GIVEN_KEY, yes, error);
}

static gboolean
make_copy (const char *dir,
           Reading    *reading,
           GError    **error)
{
  KipReplicaSetup setup = { kip_share_header_get_info (reading->header)->identity.office, reading->founder_key, 0, NULL };
  g_autoptr (KipStore) store = NULL;
  gboolean ok;

  if (reading->invitation != NULL)
    {
      setup.device = reading->invitation->device;
      setup.secret_key = reading->invitation->secret_key;
    }
  else if (reading->is_recovery)
    {
      setup.secret_key = reading->secret_key;
    }
  store = kip_store_create_replica (dir, &setup, error);
  if (store == NULL)
    return FALSE;
  ok = kip_sharing_save (dir, reading->joining->path, reading->keys, error)
       && keep_name (store, reading->joining->machine, error)
       && (reading->joining->code == NULL || keep_given (store, error))
       && (reading->joining->code != NULL || knock (store, reading, error));
  kip_store_close (store);
  return ok;
}

static gboolean
read_header (Reading *reading,
             GError **error)
{
  g_autoptr (GBytes) bytes = kip_carrier_read (reading->carrier, 0, KIP_SHARE_HEADER_SIZE, NULL, reading->cancellable, error);

  reading->header = bytes != NULL ? kip_share_header_read (bytes, error) : NULL;
  return reading->header != NULL;
}

gboolean
kip_sharing_join (const char       *dir,
                  const KipJoining *joining,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_autoptr (KipCarrier) carrier = kip_sharing_new_carrier (joining->path);
  Reading reading = { .carrier = carrier, .joining = joining, .cancellable = cancellable };
  gboolean ok = read_header (&reading, error)
                && (joining->code != NULL ? open_by_any_code (&reading, error) : open_by_passphrase (&reading, error))
                && make_copy (dir, &reading, error);

  sodium_memzero (reading.secret_key, sizeof reading.secret_key);
  g_clear_pointer (&reading.key_frames, g_ptr_array_unref);
  g_clear_pointer (&reading.invitation, kip_invitation_free);
  g_clear_pointer (&reading.keys, kip_share_keys_free);
  g_clear_pointer (&reading.header, kip_share_header_free);
  return ok;
}

/* ---- coming in ---- */

static const KipMember *
find_own (KipMembers   *members,
          const guint8 *key)
{
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      for (guint j = 0; j < member->keys->len; j++)
        if (memcmp (g_array_index (member->keys, KipMemberKey, j).key, key, KIP_MEMBER_KEY_SIZE) == 0)
          return member;
    }
  return NULL;
}

gboolean
kip_sharing_come_in (KipStore *store,
                     GError  **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  guint8 public_key[32], secret_key[64];
  const KipMember *member;

  if (kip_store_get_device (store) != 0 && kip_store_get_me (store) != KIP_ID_NONE)
    return FALSE;
  if (!kip_store_get_signing_key (store, public_key, secret_key, error))
    return FALSE;
  sodium_memzero (secret_key, sizeof secret_key);
  member = find_own (members, public_key);
  return member != NULL && kip_store_become_device (store, member->device, member->person, error);
}
