/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-private.h"

#include "kip-cbor.h"
#include "kip-clock.h"
#include "kip-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>

#define FORMAT 1
#define FORMAT_SLOTS 2

/* A passphrase is all that stands between a stranger on the share and the office. */
#define SHORTEST 8

static gboolean uses_child;

/* ---- where it is kept: a CBOR list [1, path, keys], or [2, path, keys, slots] ---- */

static char *
key_path (const char *dir)
{
  return g_build_filename (dir, KIP_STORE_SHARE_FILE, NULL);
}

gboolean
kip_sharing_save (const char         *dir,
                  const char         *path,
                  const KipShareKeys *keys,
                  GError            **error)
{
  g_autofree char *to = key_path (dir);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const KipShareSlots *slots = kip_share_keys_get_slots (keys);
  g_autoptr (GBytes) bytes = kip_share_keys_to_bytes (keys);
  g_autoptr (GBytes) more = slots != NULL ? kip_share_slots_to_bytes (slots) : NULL;

  kip_cbor_put_list (out, slots != NULL ? 4 : 3);
  kip_cbor_put_int (out, slots != NULL ? FORMAT_SLOTS : FORMAT);
  kip_cbor_put_text (out, path);
  kip_cbor_put_bytes (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (slots != NULL)
    kip_cbor_put_bytes (out, g_bytes_get_data (more, NULL), g_bytes_get_size (more));
  if (g_file_set_contents_full (to, (const char *) out->data, (gssize) out->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
    return TRUE;
  g_set_error (error, KIP_ERROR, errno == ENOSPC || errno == EDQUOT ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
               _("Kip could not write “%s”. Nothing else was changed. See whether the disk is full or may not be written."), to);
  return FALSE;
}

static gboolean
parse_slots (KipCborReader *reader,
             KipShareKeys  *keys)
{
  g_autoptr (KipShareSlots) slots = NULL;
  const guint8 *data;
  gsize length;

  if (!kip_cbor_get_bytes (reader, &data, &length))
    return FALSE;
  slots = kip_share_slots_from_bytes (data, length);
  if (slots != NULL)
    kip_share_keys_set_slots (keys, slots);
  return slots != NULL;
}

static KipSharing *
parse (gconstpointer data,
       gsize         length,
       GError      **error)
{
  g_autoptr (KipSharing) sharing = g_new0 (KipSharing, 1);
  KipCborReader reader;
  const guint8 *bytes;
  const char *path;
  gsize path_length, bytes_length;
  gint64 format;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  if (kip_cbor_get_list (&reader, &n) && kip_cbor_get_int (&reader, &format)
      && ((format == FORMAT && n == 3) || (format == FORMAT_SLOTS && n == 4))
      && kip_cbor_get_text (&reader, &path, &path_length) && kip_cbor_get_bytes (&reader, &bytes, &bytes_length))
    {
      g_autoptr (GBytes) keys = g_bytes_new (bytes, bytes_length);

      sharing->path = g_strndup (path, path_length);
      sharing->keys = kip_share_keys_from_bytes (keys, NULL);
      if (sharing->keys != NULL && format == FORMAT_SLOTS && !parse_slots (&reader, sharing->keys))
        g_clear_pointer (&sharing->keys, kip_share_keys_free);
    }
  if (sharing->keys != NULL)
    return g_steal_pointer (&sharing);
  g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT,
               _("The file “%s” in the data folder is damaged, so the office cannot be shared now. Everything is kept on this computer. Join the office again."), KIP_STORE_SHARE_FILE);
  return NULL;
}

KipSharing *
kip_sharing_load (const char *dir,
                  GError    **error)
{
  g_autofree char *path = key_path (dir);
  g_autofree char *data = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return parse (data, length, error);
}

void
kip_sharing_free (KipSharing *sharing)
{
  g_clear_pointer (&sharing->keys, kip_share_keys_free);
  g_free (sharing->path);
  g_free (sharing);
}

const char *
kip_sharing_get_path (KipSharing *sharing)
{
  return sharing->path;
}

const KipShareKeys *
kip_sharing_get_keys (KipSharing *sharing)
{
  return sharing->keys;
}

/* ---- engines ---- */

void
kip_sharing_use_child (void)
{
  uses_child = TRUE;
}

KipCarrier *
kip_sharing_new_carrier (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (uses_child)
    return kip_carrier_new_child (NULL, path);
  return kip_carrier_new_share (kip_share_fs_new_posix (folder), path);
}

/* The key that came with a code is known to whoever made that: this machine makes one of its own. */
static void
replace_key (KipStore *store)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  guint32 device = kip_store_get_device (store);
  g_autoptr (GBytes) given = kip_store_get_share_state (store, KIP_SHARING_GIVEN_KEY);

  if (given == NULL || device == 0 || kip_store_get_me (store) == KIP_ID_NONE
      || !kip_members_has (members, device, G_MAXUINT64 - 1))
    return;
  if (kip_store_replace_signing_key (store, NULL))
    kip_store_set_share_state (store, KIP_SHARING_GIVEN_KEY, NULL, NULL);
}

/* Who came by a code says what its computer is called as soon as it can. */
static void
tell_name (KipStore *store)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  guint32 device = kip_store_get_device (store);
  const KipMember *member = device != 0 ? kip_members_find (members, device) : NULL;
  g_autoptr (GBytes) name = NULL;
  g_autofree char *text = NULL;
  KipChange *change;

  if (member == NULL || member->keys->len == 0 || member->name != NULL || kip_store_get_me (store) == KIP_ID_NONE)
    return;
  name = kip_store_get_share_state (store, "machine");
  text = name != NULL ? g_strndup (g_bytes_get_data (name, NULL), g_bytes_get_size (name)) : g_strdup (g_get_host_name ());
  change = kip_change_new (kip_store_get_me (store), "share");
  kip_change_set_text (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_NAME, text);
  kip_store_append (store, change, NULL, NULL);
}

static void
introduce (KipStore *store)
{
  tell_name (store);
  replace_key (store);
}

/* Where an engine keeps its keys: the file may lie elsewhere by now.  An office that is not shared any more needs none. */
static gboolean
keep_cb (const KipShareKeys *keys,
         gpointer            data,
         GError            **error)
{
  const char *dir = data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (dir, &problem);

  if (sharing != NULL)
    return kip_sharing_save (dir, sharing->path, keys, error);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

KipSyncEngine *
kip_sharing_new_engine (KipSharing           *sharing,
                        KipStore             *store,
                        const KipSyncOptions *options)
{
  KipSyncEngine *engine;

  introduce (store);
  engine = kip_sync_engine_new (kip_sharing_new_carrier (sharing->path), kip_replica_new (store),
                                kip_share_keys_copy (sharing->keys), options);
  kip_sync_engine_set_keeper (engine, keep_cb, g_strdup (kip_store_get_dir (store)), g_free);
  return engine;
}

/* So often in a row nothing may move before it is given up. */
#define MAX_STILL 3

static gboolean
is_well (const KipSyncRound *round)
{
  return round->state == KIP_SYNC_DONE || round->state == KIP_SYNC_MORE || round->state == KIP_SYNC_BUSY;
}

gboolean
kip_sync_engine_settle (KipSyncEngine  *engine,
                        KipSyncRound   *round,
                        KipSyncProgress progress,
                        gpointer        data,
                        GError        **problem,
                        GCancellable   *cancellable,
                        GError        **error)
{
  KipSyncRound all = { 0 };
  guint still = 0;

  do
    {
      g_clear_error (problem);
      if (!kip_sync_engine_round (engine, g_get_monotonic_time () / 1000, kip_clock_now (), round, problem, cancellable, error))
        return FALSE;
      still = round->n_received + round->n_sent > 0 ? 0 : still + 1;
      all.n_received += round->n_received;
      all.n_sent += round->n_sent;
      if (progress != NULL)
        progress (round, data);
    }
  while (is_well (round) && round->state != KIP_SYNC_DONE && still < MAX_STILL);
  round->n_received = all.n_received;
  round->n_sent = all.n_sent;
  return TRUE;
}

/* ---- beginning ---- */

static gboolean
check_passphrase (const char *passphrase,
                  GError    **error)
{
  if (g_utf8_validate (passphrase, -1, NULL) && g_utf8_strlen (passphrase, -1) >= SHORTEST)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("The passphrase is too short: it takes at least %d letters. Nothing was changed. Three or four words are easy to keep in mind."), SHORTEST);
  return FALSE;
}

/* From now on the founder's machine is named in the log, with its key, by which a copy knows it. */
static gboolean
name_founder (KipStore   *store,
              const char *machine,
              GError    **error)
{
  KipId entity = KIP_ID_MACHINE (kip_store_get_device (store));
  KipChange *change = kip_change_new (kip_store_get_me (store), "share");
  guint8 public_key[32], secret_key[64];
  gboolean ok = kip_store_get_signing_key (store, public_key, secret_key, error);

  sodium_memzero (secret_key, sizeof secret_key);
  kip_change_set_text (change, KIP_KIND_MACHINE, entity, KIP_FIELD_NAME, machine);
  kip_change_set_int (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_PERSON, (gint64) kip_store_get_me (store));
  kip_change_set (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_KEY, kip_value_bytes (public_key, sizeof public_key));
  if (ok)
    return kip_store_append (store, change, NULL, error);
  kip_change_free (change);
  return FALSE;
}

/* What comes from others is news from the first on. */
static gboolean
note_caught_up (KipStore *store,
                GError  **error)
{
  g_autoptr (GBytes) mark = g_bytes_new_static ("1", 1);

  return kip_store_set_share_state (store, KIP_STATE_CAUGHT_UP, mark, error);
}

gboolean
kip_sharing_begin (KipStore             *store,
                   const char           *path,
                   const char           *passphrase,
                   const char           *machine,
                   const KipSyncOptions *options,
                   GCancellable         *cancellable,
                   GError              **error)
{
  g_autoptr (KipShareKeys) keys = NULL;
  g_autoptr (KipSyncEngine) engine = NULL;
  guint8 id[KIP_OFFICE_ID_SIZE];

  if (!check_passphrase (passphrase, error) || !kip_store_get_office_id (store, id, NULL, error)
      || (kip_store_is_alone (store) && !kip_store_come_back (store, error)) || !name_founder (store, machine, error))
    return FALSE;
  keys = kip_share_keys_new (id);
  kip_share_keys_begin_generation (keys);
  engine = kip_sync_engine_new (kip_sharing_new_carrier (path), kip_replica_new (store), kip_share_keys_copy (keys), options);
  return kip_sync_engine_create (engine, passphrase, kip_clock_now (), cancellable, error)
         && note_caught_up (store, error)
         && kip_sharing_save (kip_store_get_dir (store), path, kip_sync_engine_get_keys (engine), error);
}

/* ---- leaving ---- */

/* Who was removed has nothing to say any more. */
static gboolean
say_farewell (KipStore      *store,
              KipSyncEngine *engine,
              gboolean      *told,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  guint32 device = kip_store_get_device (store);
  gboolean is_in = kip_members_has (members, device, G_MAXUINT64 - 1);
  g_autoptr (GError) problem = NULL;
  KipSyncRound round;

  *told = FALSE;
  if (device == 0 || kip_store_get_me (store) == KIP_ID_NONE)
    return TRUE;
  if (!kip_store_go_alone (store, error))
    return FALSE;
  if (is_in && engine != NULL && kip_sync_engine_settle (engine, &round, NULL, NULL, &problem, cancellable, NULL))
    *told = problem == NULL && round.n_to_send == 0;
  return TRUE;
}

gboolean
kip_sharing_leave (KipStore      *store,
                   KipSyncEngine *engine,
                   gboolean      *told,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *path = key_path (kip_store_get_dir (store));

  if (!say_farewell (store, engine, told, cancellable, error) || !kip_store_set_share_state (store, "cursor", NULL, error))
    return FALSE;
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_READ_ONLY, _("Kip could not remove “%s”. The office is still shared. Make the folder writable for you and try again."), path);
  return FALSE;
}

char *
kip_sharing_removed_sentence (KipStore  *store,
                              GTimeZone *zone)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  const KipMember *member = kip_members_find (members, kip_store_get_device (store));
  const KipPerson *person;
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *when = NULL;

  if (member == NULL || member->ended == KIP_INSTANT_NONE)
    return NULL;
  person = kip_office_person (kip_store_get_office (store), member->ended_by);
  at = kip_instant_to_local (member->ended, zone);
  when = g_date_time_format (at, "%x %H:%M");
  /* Translators: who, and when */
  return g_strdup_printf (_("%s removed this computer from the office on %s. Everything that it had up to then is kept here and can be read. To go on working with it, leave the shared office: the copy is yours alone then. To take part again, ask a manager for a join code."),
                          person != NULL ? person->name : "—", when);
}

/* ---- members ---- */

static gboolean
check_manager (KipStore   *store,
               KipMembers *members,
               GError    **error)
{
  if (kip_members_is_manager (members, kip_store_get_device (store)))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("Only a manager decides which computers take part. Nothing was changed."));
  return FALSE;
}

static gboolean
let_in (KipStore     *store,
        guint32       device,
        const guint8 *key,
        KipId         person,
        const char   *machine,
        GError      **error)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "admit");
  KipId entity = KIP_ID_MACHINE (device);

  if (machine != NULL)
    kip_change_set_text (change, KIP_KIND_MACHINE, entity, KIP_FIELD_NAME, machine);
  kip_change_set_int (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_PERSON, (gint64) person);
  kip_change_set (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_KEY, kip_value_bytes (key, KIP_MEMBER_KEY_SIZE));
  return kip_store_append (store, change, NULL, error);
}

char *
kip_sharing_invite (KipStore      *store,
                    KipSyncEngine *engine,
                    KipId          person,
                    gint64         until,
                    GError       **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autofree char *code = kip_join_code_new ();
  KipInvitation invitation = { .device = kip_members_draw_number (members, kip_store_get_device (store)), .until = until };
  guint8 id[KIP_OFFICE_ID_SIZE], public_key[32];
  gboolean ok;

  if (!check_manager (store, members, error) || !kip_store_get_office_id (store, id, invitation.founder_key, error))
    return NULL;
  crypto_sign_keypair (public_key, invitation.secret_key);
  ok = let_in (store, invitation.device, public_key, person, NULL, error)
       && kip_sync_engine_invite (engine, &invitation, code, error);
  sodium_memzero (invitation.secret_key, sizeof invitation.secret_key);
  return ok ? g_steal_pointer (&code) : NULL;
}

gboolean
kip_sharing_confirm (KipSyncEngine *engine,
                     GCancellable  *cancellable)
{
  g_autoptr (GError) problem = NULL;
  KipSyncRound round;

  kip_sync_engine_give_slots (engine);
  return kip_sync_engine_settle (engine, &round, NULL, NULL, &problem, cancellable, NULL)
         && problem == NULL && round.state == KIP_SYNC_DONE && kip_sync_engine_has_given_slots (engine);
}

char *
kip_sharing_make_recovery (KipStore *store,
                           GError  **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autofree char *code = kip_join_code_new ();
  guint32 device = kip_members_draw_number (members, kip_store_get_device (store));
  KipId entity = KIP_ID_MACHINE (device), me = kip_store_get_me (store);
  guint8 id[KIP_OFFICE_ID_SIZE], public_key[32], secret_key[64];
  KipChange *change;

  if (!check_manager (store, members, error) || !kip_store_get_office_id (store, id, NULL, error)
      || !kip_recovery_code_keys (code, id, public_key, secret_key))
    return NULL;
  sodium_memzero (secret_key, sizeof secret_key);
  change = kip_change_new (me, "recovery");
  kip_change_set_int (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_PERSON, (gint64) me);
  kip_change_set_int (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_RECOVERY, 1);
  kip_change_set (change, KIP_KIND_MACHINE, entity, KIP_FIELD_MACHINE_KEY, kip_value_bytes (public_key, sizeof public_key));
  return kip_store_append (store, change, NULL, error) ? g_steal_pointer (&code) : NULL;
}

gboolean
kip_sharing_change_key (KipStore      *store,
                        KipSyncEngine *engine,
                        GError       **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  if (!check_manager (store, members, error))
    return FALSE;
  kip_sync_engine_rotate (engine);
  return TRUE;
}

gboolean
kip_sharing_set_passphrase (KipStore      *store,
                            KipSyncEngine *engine,
                            const char    *passphrase,
                            GError       **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  return check_manager (store, members, error)
         && (passphrase == NULL || check_passphrase (passphrase, error))
         && kip_sync_engine_set_passphrase (engine, passphrase, error);
}

gboolean
kip_sharing_admit (KipStore       *store,
                   const KipKnock *knock,
                   KipId           person,
                   GError        **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  return check_manager (store, members, error)
         && let_in (store, kip_members_draw_number (members, kip_store_get_device (store)), knock->public_key, person, knock->machine, error);
}

static guint64
last_of (GArray *holdings,
         guint32 device)
{
  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == device)
      return g_array_index (holdings, KipHolding, i).seq;
  return 0;
}

/* Copies of it that this machine knows of stay; any other could be of whoever has it now (kip-members.h). */
static void
speak_of_copies (KipChange  *change,
                 KipMembers *members,
                 guint32     device)
{
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->twin_of == device && member->last == G_MAXUINT64)
        kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (member->device), KIP_FIELD_MACHINE_PERSON, (gint64) member->person);
    }
}

gboolean
kip_sharing_remove (KipStore *store,
                    guint32   device,
                    GError  **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autoptr (GArray) holdings = kip_store_holdings (store, error);
  KipChange *change;

  if (holdings == NULL || !check_manager (store, members, error))
    return FALSE;
  if (kip_members_find (members, device) == NULL || device == kip_store_get_device (store))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("No other computer of this office has that number. Nothing was changed."));
      return FALSE;
    }
  change = kip_change_new (kip_store_get_me (store), "remove");
  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_LAST, (gint64) last_of (holdings, device));
  speak_of_copies (change, members, device);
  return kip_store_append (store, change, NULL, error);
}
