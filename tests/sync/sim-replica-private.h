/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-keys.h"
#include "sim-replica.h"

G_BEGIN_DECLS

typedef struct
{
  guint32    device;
  GPtrArray *raws; /* (owned) of KipRawChange: number 1 first */
  guint8     hash[KIP_HASH_SIZE]; /* of the last */
} SimLine;

typedef struct
{
  KipRawChange *raw; /* (owned) */
  guint8        hash[KIP_HASH_SIZE], previous[KIP_HASH_SIZE];
} SimWaiting;

struct _SimDisk
{
  gboolean    has_author;
  Device      author;
  guint8      founder_key[KIP_MEMBER_KEY_SIZE];
  SimTaken    taken;
  gpointer    data;
  GPtrArray  *lines;   /* (owned) of SimLine, by device */
  GPtrArray  *waiting; /* (owned) of SimWaiting */
  GPtrArray  *said;    /* (owned) of KipChange: what was said of members */
  KipMembers *members; /* (owned) */
  GHashTable *purged;  /* (owned) of KipId: tickets whose texts are to be forgotten */
  GArray     *purges;  /* (owned) of KipHolding: who said so */
  GHashTable *states;  /* (owned) char * → GBytes */
};

void     sim_disk_count_members (SimDisk *disk);
SimLine *sim_disk_find_line (SimDisk *disk,
                             guint32  device);

/* As it was signed. */
void     sim_raw_hash (KipRawChange *raw,
                       guint8       *hash);
void     sim_disk_take_in (SimDisk     *disk,
                           GPtrArray   *changes,
                           KipReceived *received);

/* ---- sim-forks.c ---- */
void     sim_disk_find_forks (SimDisk  *disk,
                              KipForks *forks);
void     sim_disk_give_way (SimDisk       *disk,
                            const KipFork *fork);

G_END_DECLS
