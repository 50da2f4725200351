/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sim-share-private.h"

G_BEGIN_DECLS

/* What a fault can befall. */
typedef enum
{
  CALL_PLACE = 1 << 0,
  CALL_OPEN_READ = 1 << 1,
  CALL_OPEN_EXCLUSIVE = 1 << 2,
  CALL_OPEN_WRITE = 1 << 3,
  CALL_OPEN_APPEND = 1 << 4,
  CALL_CLOSE = 1 << 5,
  CALL_READ = 1 << 6,
  CALL_WRITE = 1 << 7,
  CALL_SYNC = 1 << 8,
  CALL_STAT = 1 << 9,
  CALL_STAT_NAME = 1 << 10,
  CALL_LOCK = 1 << 11,
  CALL_RENAME = 1 << 12,
  CALL_UNLINK = 1 << 13,
  CALL_MAKE_FOLDER = 1 << 14,
  CALL_SYNC_FOLDER = 1 << 15,
  CALL_LIST = 1 << 16,
  CALL_ANY = (1 << 17) - 1
} Call;

#define CALL_OPEN_ANY (CALL_OPEN_READ | CALL_OPEN_EXCLUSIVE | CALL_OPEN_WRITE | CALL_OPEN_APPEND)
#define CALL_OPEN_OLD (CALL_OPEN_READ | CALL_OPEN_WRITE | CALL_OPEN_APPEND)
#define CALL_CHANGE (CALL_OPEN_EXCLUSIVE | CALL_WRITE | CALL_SYNC | CALL_CLOSE | CALL_RENAME | CALL_UNLINK | CALL_MAKE_FOLDER)

/* Written, and not with the server yet. */
typedef struct
{
  guint64 offset;
  GBytes *data; /* (owned) */
} Piece;

typedef struct
{
  SimFile    *file;    /* (owned) */
  char       *name;    /* (owned) */
  KipOpenMode mode;
  gboolean    is_own;  /* on the machine's own disk */
  guint64     end;     /* an older version ends here; G_MAXUINT64 */
  guint64     at;      /* KIP_OPEN_APPEND: where the next bytes go */
  GArray     *pieces;  /* (owned) of Piece */
} SimHandle;

typedef struct
{
  KipShareFs base;
  SimMount  *mount;     /* (borrowed) */
  guint      generation;
} SimFs;

/* One call on its way. */
typedef struct
{
  SimMount *mount;
  SimFs    *fs;
  Call      call;
  SimFault  fault;
  gboolean  hangs_after;
} Errand;

void       sim_handle_free (gpointer handle);
/* One more write of this handle reaches the server. */
int        sim_handle_put (SimMount  *mount,
                           SimHandle *handle,
                           guint64    offset,
                           GBytes    *data);
/* What is not with the server yet goes there. */
int        sim_handle_flush (SimMount  *mount,
                             SimHandle *handle);

int        sim_mount_add_handle (SimMount   *mount,
                                 const char *name,
                                 SimFile    *file,
                                 KipOpenMode mode);
SimHandle *sim_mount_find_handle (SimMount *mount,
                                  int       number);
void       sim_mount_note_written (SimMount   *mount,
                                   const char *name);
SimTree   *sim_mount_get_tree (SimMount *mount);
gboolean   sim_mount_is_forbidden (SimMount *mount);

/* Its machine crashed since it was opened. */
gboolean   sim_fs_is_dead (SimFs *fs);

/* Counts the fault as having befallen. */
void       sim_errand_befall (Errand *errand);
/* An errno when the call is over already. */
int        sim_errand_set_out (Errand     *errand,
                               KipShareFs *table,
                               Call        call);
/* What the caller is told. */
int        sim_errand_come_back (Errand *errand,
                                 int     failure);

G_END_DECLS
