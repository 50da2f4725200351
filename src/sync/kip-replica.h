/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store-forks.h"
#include "kip-store-share.h"

G_BEGIN_DECLS

/* What the rounds of sync need of the machine's own data: a table, so that a simulation of
 * many machines can put something light in the place of a store.  The functions mean what those of the
 * same names in kip-store-share.h do.  Never called on the main thread. */
typedef struct _KipReplica KipReplica;

typedef struct
{
  guint32 (*device)(KipReplica *replica);  /* 0: not let in yet */
  gboolean (*signing_key)(KipReplica *replica,
                          guint8     *public_key,
                          guint8     *secret_key,
                          GError    **error);
  KipMembers *(*dup_members)(KipReplica * replica);
  GArray *(*holdings)(KipReplica * replica,
                      GError **error);
  GPtrArray *(*changes_since)(KipReplica * replica,
                              GArray *since,
                              gsize max_bytes,
                              GError **error);
  gboolean (*receive)(KipReplica          *replica,
                      GPtrArray           *changes,
                      const KipStateMaker *state,
                      KipReceived         *received,
                      gboolean            *held,
                      GError             **error);
  gboolean (*find_forks)(KipReplica *replica,
                         KipForks   *forks,
                         GError    **error);
  gboolean (*give_way)(KipReplica    *replica,
                       const KipFork *fork,
                       GError       **error);
  GArray *(*purges)(KipReplica * replica, /* kip_store_list_purges () */
                    GError **error);
  KipRawChange *(*clean)(KipReplica * replica,   /* (transfer full) as it may be kept */
                         KipRawChange *raw,
                         GError **error);
  GBytes *(*get_state)(KipReplica * replica,
                       const char *key);
  gboolean (*set_state)(KipReplica *replica,
                        const char *key,
                        GBytes     *state,
                        GError    **error);
  void (*free)(KipReplica *replica);
  gboolean (*show_early)(KipReplica *replica, /* (nullable) nobody looks */
                         GPtrArray  *changes, /* (nullable) */
                         GError    **error);
} KipReplicaClass;

struct _KipReplica
{
  const KipReplicaClass *class;
};

/* Over @store, which is kept alive. */
KipReplica *kip_replica_new (KipStore *store);
/* The same, for a second file beside the office's own: what is kept of it is kept under other names. */
KipReplica *kip_replica_new_beside (KipStore   *store,
                                    const char *prefix);
void        kip_replica_free (KipReplica *replica);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipReplica, kip_replica_free)

G_END_DECLS
