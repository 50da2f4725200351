/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-replica.h"

#include "kip-store-early.h"
#include "kip-store-purge.h"

typedef struct
{
  KipReplica replica;
  KipStore  *store;  /* (owned) */
  char      *prefix; /* (owned) of what is kept */
} StoreReplica;

#define STORE(replica) (((StoreReplica *) (replica))->store)
#define PREFIX(replica) (((StoreReplica *) (replica))->prefix)

static guint32
get_device (KipReplica *replica)
{
  return kip_store_get_device (STORE (replica));
}

static gboolean
get_signing_key (KipReplica *replica,
                 guint8     *public_key,
                 guint8     *secret_key,
                 GError    **error)
{
  return kip_store_get_signing_key (STORE (replica), public_key, secret_key, error);
}

static KipMembers *
dup_members (KipReplica *replica)
{
  return kip_store_dup_members (STORE (replica));
}

static GArray *
get_holdings (KipReplica *replica,
              GError    **error)
{
  return kip_store_holdings (STORE (replica), error);
}

static GPtrArray *
get_changes_since (KipReplica *replica,
                   GArray     *since,
                   gsize       max_bytes,
                   GError    **error)
{
  return kip_store_changes_since (STORE (replica), since, max_bytes, error);
}

static gboolean
receive (KipReplica          *replica,
         GPtrArray           *changes,
         const KipStateMaker *state,
         KipReceived         *received,
         gboolean            *held,
         GError             **error)
{
  g_autofree char *name = state != NULL ? g_strconcat (PREFIX (replica), state->key, NULL) : NULL;
  const KipStateMaker named = { name, state != NULL ? state->make : NULL, state != NULL ? state->data : NULL };

  if (!kip_store_receive (STORE (replica), changes, state != NULL ? &named : NULL, received, held, error))
    return FALSE;
  /* What this machine left out of change-sets of its own others cannot compute. */
  if (received->n_new > 0)
    kip_store_vouch_for_rests (STORE (replica), NULL);
  return TRUE;
}

static gboolean
find_forks (KipReplica *replica,
            KipForks   *forks,
            GError    **error)
{
  return kip_store_find_forks (STORE (replica), forks, error);
}

static gboolean
give_way (KipReplica    *replica,
          const KipFork *fork,
          GError       **error)
{
  return kip_store_give_way (STORE (replica), fork, error);
}

static GArray *
list_purges (KipReplica *replica,
             GError    **error)
{
  return kip_store_list_purges (STORE (replica), error);
}

static KipRawChange *
clean (KipReplica   *replica,
       KipRawChange *raw,
       GError      **error)
{
  return kip_store_clean_change (STORE (replica), raw, error);
}

static GBytes *
get_state (KipReplica *replica,
           const char *key)
{
  g_autofree char *name = g_strconcat (PREFIX (replica), key, NULL);

  return kip_store_get_share_state (STORE (replica), name);
}

static gboolean
set_state (KipReplica *replica,
           const char *key,
           GBytes     *state,
           GError    **error)
{
  g_autofree char *name = g_strconcat (PREFIX (replica), key, NULL);

  return kip_store_set_share_state (STORE (replica), name, state, error);
}

static void
free_replica (KipReplica *replica)
{
  g_object_unref (STORE (replica));
  g_free (PREFIX (replica));
  g_free (replica);
}

/* Of a file that is left the newest is of yesterday. */
static gboolean
show_early (KipReplica *replica,
            GPtrArray  *changes,
            GError    **error)
{
  return *PREFIX (replica) != '\0' || kip_store_show_early (STORE (replica), changes, error);
}

static const KipReplicaClass store_class = {
  get_device, get_signing_key, dup_members, get_holdings, get_changes_since, receive, find_forks, give_way, list_purges, clean, get_state, set_state, free_replica,
  show_early
};

KipReplica *
kip_replica_new (KipStore *store)
{
  return kip_replica_new_beside (store, "");
}

KipReplica *
kip_replica_new_beside (KipStore   *store,
                        const char *prefix)
{
  StoreReplica *self = g_new0 (StoreReplica, 1);

  self->replica.class = &store_class;
  self->store = g_object_ref (store);
  self->prefix = g_strdup (prefix);
  return &self->replica;
}

void
kip_replica_free (KipReplica *replica)
{
  replica->class->free (replica);
}
