/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-cbor.h"

/* Kept under this name: [generation, wall clock at which this machine first saw that it takes the place of others]. */
#define KEY "replaced"

/* Who has not been heard of for so long, by our own clock, is waited for no longer. */
#define WAIT_FOR_ALL (G_GINT64_CONSTANT (90) * 24 * 60 * 60 * 1000)

/* ---- since when ---- */

static gboolean
read_since (GBytes *state,
            guint16 generation,
            gint64 *since)
{
  KipCborReader reader;
  guint64 number;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (state, NULL), g_bytes_get_size (state));
  return kip_cbor_get_list (&reader, &n) && n == 2 && kip_cbor_get_uint (&reader, &number) && number == generation
         && kip_cbor_get_int (&reader, since);
}

static gboolean
write_since (KipSyncEngine *engine,
             guint16        generation,
             GError       **error)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) state = NULL;

  kip_cbor_put_list (out, 2);
  kip_cbor_put_int (out, generation);
  kip_cbor_put_int (out, engine->wall);
  state = g_byte_array_free_to_bytes (out);
  return kip_sync_own (engine, engine->replica->class->set_state (engine->replica, KEY, state, error));
}

static gboolean
find_since (KipSyncEngine *engine,
            guint16        generation,
            gint64        *since,
            GError       **error)
{
  g_autoptr (GBytes) state = engine->replica->class->get_state (engine->replica, KEY);

  if (state != NULL && read_since (state, generation, since))
    return TRUE;
  *since = engine->wall;
  return write_since (engine, generation, error);
}

/* ---- who has heard of it ---- */

static guint64
number_of (GArray *holdings,
           guint32 device)
{
  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == device)
      return g_array_index (holdings, KipHolding, i).seq;
  return 0;
}

static const KipHave *
find_have (KipSyncEngine *engine,
           guint32        device)
{
  for (guint i = 0; i < engine->haves->len; i++)
    if (((KipHave *) g_ptr_array_index (engine->haves, i))->device == device)
      return g_ptr_array_index (engine->haves, i);
  return NULL;
}

/* Of those who are in; one that was let in and never came has nothing to give up. */
static gboolean
is_waited_for (KipSyncEngine   *engine,
               const KipMember *member,
               GArray          *holdings)
{
  return member->keys->len > 0 && member->last == G_MAXUINT64 && !member->is_recovery
         && member->device != engine->replica->class->device (engine->replica)
         && (number_of (holdings, member->device) > 0 || find_have (engine, member->device) != NULL);
}

static gboolean
has_all (const KipHave *have,
         GArray        *purges)
{
  for (guint i = 0; have != NULL && i < purges->len; i++)
    if (number_of (have->holdings, g_array_index (purges, KipHolding, i).device) < g_array_index (purges, KipHolding, i).seq)
      return FALSE;
  return have != NULL;
}

static gboolean
have_all_heard (KipSyncEngine *engine,
                gboolean      *all,
                GError       **error)
{
  g_autoptr (GArray) purges = engine->replica->class->purges (engine->replica, error);
  g_autoptr (GArray) holdings = purges != NULL ? engine->replica->class->holdings (engine->replica, error) : NULL;
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  GPtrArray *list = kip_members_get_all (members);

  if (!kip_sync_own (engine, holdings != NULL))
    return FALSE;
  *all = TRUE;
  for (guint i = 0; *all && i < list->len; i++)
    {
      const KipMember *member = g_ptr_array_index (list, i);

      *all = !is_waited_for (engine, member, holdings) || has_all (find_have (engine, member->device), purges);
    }
  return TRUE;
}

/* ---- doing it ---- */

static gboolean
is_time (KipSyncEngine *engine,
         guint16        generation,
         gboolean      *is_it,
         GError       **error)
{
  gint64 since;

  if (!find_since (engine, generation, &since, error) || !have_all_heard (engine, is_it, error))
    return FALSE;
  *is_it = engine->resealed == generation && (*is_it || engine->wall - since >= WAIT_FOR_ALL);
  return TRUE;
}

/* Once no frame needs them, no attachment does, and everybody knows. */
static gboolean
destroy_if_due (KipSyncEngine *engine,
                GError       **error)
{
  guint16 generation = kip_sync_keys_get_replacing (engine->ring);
  gboolean is_due, done;

  if (generation == 0 || !kip_sync_is_member (engine) || engine->place.kind == KIP_SHARE_GVFS)
    return TRUE;
  if (!is_time (engine, generation, &is_due, error))
    return FALSE;
  if (!is_due)
    return TRUE;
  if (!kip_sync_keys_seals_all (engine->ring, generation))
    return kip_sync_write_anew (engine, &engine->retire_since, &done, error);
  return kip_sync_own (engine, kip_sync_keys_destroy_older (engine->ring, generation, error));
}

gboolean
kip_sync_retire_keys (KipSyncEngine *engine,
                      GError       **error)
{
  gboolean done;

  if (!destroy_if_due (engine, error))
    return FALSE;
  if (!kip_sync_keys_has_destroyed (engine->ring))
    {
      engine->retire_since = 0;
      return TRUE;
    }
  return kip_sync_write_anew (engine, &engine->retire_since, &done, error);
}
