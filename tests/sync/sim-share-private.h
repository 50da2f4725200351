/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sim-share.h"

G_BEGIN_DECLS

/* One file on the server, with or without a name. */
typedef struct
{
  guint       refs;
  guint64     inode;
  GByteArray *bytes;     /* (owned) */
  GArray     *sizes;     /* (owned) of guint64: how long it was, each time it changed */
  gint64      mtime;     /* world ms */
  guint       n_open;
  gpointer    locker;    /* (nullable) the handle that has the byte lock … */
  gint64      lock_ends; /* … or when the lock of a machine that is gone ends, world ms */
} SimFile;

/* What names there are: on the share, or on a machine's own disk beneath the mount point. */
typedef struct
{
  GHashTable *files;   /* (owned) char * → SimFile */
  GHashTable *folders; /* (owned) of char * */
} SimTree;

struct _SimShare
{
  SimWorld   *world;      /* (borrowed) */
  SimTree    *tree;       /* (owned) */
  SimFile    *older;      /* (owned) (nullable) what a rename took the name from last */
  GPtrArray  *mounts;     /* (owned) of SimMount */
  GHashTable *written;    /* (owned) of char *: every name that was made, replaced or deleted */
  GHashTable *overwrites; /* (owned) char * → number */
  guint       rates[SIM_N_FAULTS];
  guint64     counts[SIM_N_FAULTS];
  guint       least, most; /* latency, ms */
  guint64     room;
  guint64     n_inodes;
  gboolean    is_read_only;
};

typedef struct
{
  guint64  at;      /* the call */
  SimFault fault;
} SimInjection;

struct _SimMount
{
  SimShare    *share;     /* (borrowed) */
  SimTree     *own;       /* (owned) the folder beneath the mount point */
  KipShareKind kind;
  gboolean     has_locks;
  SimPresence  presence;
  gint64       clock;     /* ms */
  guint        generation; /* of tables: a crash ends those of before */
  GPtrArray   *handles;   /* (owned) of SimHandle or NULL, by number */
  GHashTable  *seen;      /* (owned) inode → size, when this machine looked last */
  GHashTable  *missed;    /* (owned) char * → world ms, when it was looked up in vain */
  GArray      *injections; /* (owned) of SimInjection */
  guint64      n_calls, n_read, n_written;
};

SimTree *sim_tree_new (void);
void     sim_tree_free (SimTree *tree);
SimFile *sim_tree_find (SimTree    *tree,
                        const char *name);

SimFile *sim_file_new (SimShare *share);
SimFile *sim_file_ref (SimFile *file);
void     sim_file_unref (SimFile *file);
/* What is written arrives: 0 or ENOSPC. */
int      sim_file_write (SimShare     *share,
                         SimFile      *file,
                         guint64       offset,
                         gconstpointer data,
                         gsize         length);
void     sim_file_flip (SimShare *share,
                        SimFile  *file);

void     sim_mount_free (gpointer mount);

G_END_DECLS
