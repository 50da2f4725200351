/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-replica.h"
#include "sim-share.h"
#include "sync-fixture.h"

G_BEGIN_DECLS

/* A machine's own data in memory: what it wrote and took in, checked as the store checks it (the chain of
 * hashes, signatures, membership), and what sync keeps.  It survives the machine's crashes. */
typedef struct _SimDisk SimDisk;

/* Every change-set that is taken up, written here or received. */
typedef void (*SimTaken) (KipRawChange *raw,
                          gpointer      data);

/* @author (nullable): of this machine, copied; without one it only reads.  @founder_key: of device 1. */
SimDisk *sim_disk_new (const Device *author,
                       const guint8 *founder_key,
                       SimTaken      taken,
                       gpointer      data);
void     sim_disk_free (SimDisk *disk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimDisk, sim_disk_free)

/* As it is now, for a second machine that goes on from there, or to be put back later. @data: for what it takes from then on. */
SimDisk *sim_disk_copy (SimDisk *disk,
                        gpointer data);

/* The numbers of twins, which are drawn from so few that in many worlds two would be the same: each world begins anew. */
void     sim_disks_begin (void);

/* Called with each change-set in the log. */
void     sim_disk_each (SimDisk *disk,
                        void ( *func )(KipChange *change, gpointer data),
                        gpointer data);

/* What the person at this machine does: signed, chained and kept at once. Takes @change. */
void     sim_disk_write (SimDisk   *disk,
                         KipChange *change);
Device  *sim_disk_get_author (SimDisk *disk);

/* Of @device up to which number, and in all. */
guint64  sim_disk_count (SimDisk *disk,
                         guint32  device);
guint64  sim_disk_count_all (SimDisk *disk); /* that count */
guint    sim_disk_count_waiting (SimDisk *disk); /* without those of machines that were out by then */

/* Who takes part, by what is here. Borrowed. */
KipMembers *sim_disk_get_members (SimDisk *disk);

/* Of tickets that somebody said are to be forgotten no text is left; whether @text is anywhere. */
guint    sim_disk_count_purges (SimDisk *disk);
gboolean sim_disk_says (SimDisk    *disk,
                        const char *text);

/* The same change-sets, as they were signed; of machines that are out as far as they count. */
gboolean sim_disk_equal (SimDisk *a,
                         SimDisk *b);

/* @disk, as the program on @mount sees it until the machine crashes: then every call fails and does
 * nothing.  So many of a million calls are crashes, before or after what they do. */
KipReplica *sim_replica_new (SimDisk  *disk,
                             SimWorld *world,
                             SimMount *mount,
                             guint     crashes);
/* The same, keeping what it keeps under names of its own. */
KipReplica *sim_replica_new_beside (SimDisk    *disk,
                                    SimWorld   *world,
                                    SimMount   *mount,
                                    const char *prefix);

G_END_DECLS
