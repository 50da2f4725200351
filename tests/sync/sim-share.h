/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-fs.h"
#include "sim-world.h"

G_BEGIN_DECLS

/* A share in memory and the mounts of several machines on it, each a KipShareFs, with all
 * that network shares were seen to do.  A fault is either drawn (a rate for each call that it
 * can befall) or put before a given call of a given mount.
 *
 * Every call takes some virtual milliseconds, in which other machines go on, and then happens at once.
 * Written bytes of a new file are only with the server after sync or close, as on a real client. */
typedef enum
{
  /* Refused, nothing done. */
  SIM_EIO,
  SIM_ENOSPC,
  SIM_EINTR,
  SIM_ESTALE,
  SIM_EACCES,
  SIM_ETIMEDOUT,
  SIM_RENAME_EEXIST,
  SIM_UNLINK_EBUSY,
  /* Answered wrongly. */
  SIM_DONE_ALL_THE_SAME, /* done, and EIO answered */
  SIM_SHORT_WRITE,
  SIM_LATE_NAME,         /* a name looked up in vain within the last 30 s is still not there */
  SIM_STALE_SIZE,        /* as this mount saw it last */
  SIM_STALE_READ,        /* what this mount had not seen yet is not there, or zeros */
  SIM_READ_FLIP,         /* one bit of what is read */
  SIM_OLDER,             /* the file as it was some time ago */
  /* Slow. */
  SIM_HANG,              /* 60 s, before it happens or after */
  SIM_CRASH,             /* the machine stops before the call … */
  SIM_CRASH_AFTER,       /* … or behind it, unflushed bytes being lost in part */
  /* Harmful to what others wrote: excused only by reading back and publishing again. */
  SIM_LOST,              /* acknowledged, and not there later: not at all, or zeros */
  SIM_ZERO_TAIL,         /* acknowledged, the last bytes zeros */
  SIM_STALE_PAGE,        /* old bytes are put back around what is written */
  SIM_BROKEN_EXCLUSIVE,  /* O_EXCL succeeds although the name is taken */
  SIM_ROT,               /* one bit of a file on the server */
  SIM_N_FAULTS,
  SIM_NO_FAULT = SIM_N_FAULTS
} SimFault;

/* The last one that costs at most a retry. */
#define SIM_LAST_HARMLESS SIM_CRASH_AFTER

const char *sim_fault_get_name (SimFault fault);

/* ---- the share ---- */

typedef struct _SimShare SimShare;

SimShare *sim_share_new (SimWorld *world);
void      sim_share_free (SimShare *share); /* after all its mounts' file systems */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimShare, sim_share_free)

/* So many of a million calls that @fault can befall. */
void sim_share_set_rate (SimShare *share,
                         SimFault  fault,
                         guint     per_million);
void sim_share_set_rates (SimShare *share,
                          SimFault  first,
                          SimFault  last,
                          guint     per_million);

/* How long a call takes, ms, at random between these (1 to 20). */
void sim_share_set_latency (SimShare *share,
                            guint     least,
                            guint     most);
/* Bytes that fit on it (without end). */
void sim_share_set_room (SimShare *share,
                         guint64   room);
/* May nobody write? */
void sim_share_set_read_only (SimShare *share,
                              gboolean  is_read_only);

/* By the server's hand, without latency and fault.  _get: NULL when there is none. (transfer full) */
GBytes    *sim_share_get (SimShare   *share,
                          const char *name);
void       sim_share_put (SimShare   *share,
                          const char *name,
                          GBytes     *data);   /* NULL deletes it */
GPtrArray *sim_share_list (SimShare *share);   /* of char *, sorted; in folders as "folder/name" */

/* A backup of the whole share, and putting it back. */
typedef struct _SimBackup SimBackup;

SimBackup *sim_share_back_up (SimShare *share);
void       sim_share_restore (SimShare        *share,
                              const SimBackup *backup);
void       sim_backup_free (SimBackup *backup);

/* What happened so far: names written that are none of the file @name's own (I12), writes to @name that
 * began below its end, and how often each fault befell a call. */
guint   sim_share_count_foreign (SimShare   *share,
                                 const char *name);
guint   sim_share_count_overwrites (SimShare   *share,
                                    const char *name);
guint64 sim_share_count_fault (SimShare *share,
                               SimFault  fault);

/* ---- a machine's mount ---- */

typedef struct _SimMount SimMount;

/* Owned by the share. */
SimMount *sim_share_mount (SimShare *share);

/* SMB with working locks unless said otherwise.  KIP_SHARE_GVFS behaves as gvfs does. */
void sim_mount_set_kind (SimMount    *mount,
                         KipShareKind kind,
                         gboolean     has_locks);
/* This machine's clock minus the share's, ms. */
void sim_mount_set_clock (SimMount *mount,
                          gint64    offset);

typedef enum
{
  SIM_THERE,
  SIM_FROZEN,    /* calls hang until it is there again */
  SIM_GONE,      /* ENOTCONN */
  SIM_UNMOUNTED  /* an empty folder of the machine's own disk */
} SimPresence;

void sim_mount_set_presence (SimMount   *mount,
                             SimPresence presence);

/* A new table for the carrier, which owns it, and must not outlive the share. */
KipShareFs *sim_mount_open (SimMount *mount);

/* @fault befalls the @k-th call from now (1 is the next), if it can befall a call of that kind; else the call is as
 * it always is.  Crashes befall any. */
void    sim_mount_inject (SimMount *mount,
                          guint64   k,
                          SimFault  fault);
guint64 sim_mount_count_calls (SimMount *mount);

/* Switches the machine off, as a crash does: from now on every table opened before fails in
 * everything, at once and without an effect, so that the program above comes to an end and can be
 * freed.  sim_mount_open() is the machine started again. */
void     sim_mount_crash (SimMount *mount);
/* How often it crashed. */
guint    sim_mount_count_crashes (SimMount *mount);

/* Bytes moved so far. */
guint64  sim_mount_count_read (SimMount *mount);
guint64  sim_mount_count_written (SimMount *mount);

G_END_DECLS
