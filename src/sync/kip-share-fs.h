/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The system calls that the shared file needs, and the clock and dice beside them: one
 * table, so that tests can put a share of their own beneath (kip-share-fs-posix.c is the
 * real one).  Names are those of files in the share's folder, or in one folder of it
 * ("Office.kip.files/…"); anything else is EINVAL.  Every call may block for minutes, and
 * answers 0 or an errno.  Nothing here can shorten a file. */

typedef enum
{
  KIP_OPEN_READ,      /* O_RDONLY, cache dropped (POSIX_FADV_DONTNEED) */
  KIP_OPEN_EXCLUSIVE, /* O_WRONLY | O_CREAT | O_EXCL */
  KIP_OPEN_WRITE,     /* O_RDWR | O_DSYNC, an existing file, cache dropped */
  KIP_OPEN_APPEND     /* O_WRONLY | O_APPEND: for mounts that refuse KIP_OPEN_WRITE */
} KipOpenMode;

typedef struct
{
  guint64 size;
  gint64  mtime_ms; /* by the clock of the share */
  guint64 inode;
} KipShareStat;

typedef enum
{
  KIP_SHARE_LOCAL,  /* a disk of this machine, or one whose kind we do not know */
  KIP_SHARE_SMB,
  KIP_SHARE_NFS,
  KIP_SHARE_GVFS,   /* a mount that the desktop made: only close() publishes, no rename over an open file */
  KIP_SHARE_FUSE    /* another file system in user space */
} KipShareKind;

/* What lies at the folder, compared with last time before anything is believed absent:
 * an unmounted share is an empty local folder. */
typedef struct
{
  KipShareKind kind;
  guint64      type;      /* statfs f_type */
  guint64      id;        /* statfs f_fsid, or a hash of the mount's source where that is 0 */
  gboolean     has_locks; /* byte locks reach the other machines: no nolock, local_lock, nobrl */
} KipSharePlace;

typedef struct _KipShareFs KipShareFs;

typedef struct
{
  int (*place)(KipShareFs    *fs,
               KipSharePlace *place);
  int (*open)(KipShareFs *fs,
              const char *name,
              KipOpenMode mode,
              int        *handle);
  int (*close)(KipShareFs *fs,
               int         handle);  /* the handle is gone whatever it answers */
  int (*read)(KipShareFs *fs,
              int         handle,
              guint64     offset,
              gpointer    buffer,
              gsize       length,
              gsize      *n_read);  /* short only at the end */
  int (*write)(KipShareFs   *fs,
               int           handle,
               guint64       offset,  /* ignored by KIP_OPEN_APPEND */
               gconstpointer data,
               gsize         length,
               gsize        *n_written);  /* may be short */
  int (*sync)(KipShareFs *fs,
              int         handle);
  int (*stat_handle)(KipShareFs   *fs,
                     int           handle,
                     KipShareStat *out);  /* statx with AT_STATX_FORCE_SYNC */
  int (*stat)(KipShareFs   *fs,
              const char   *name,
              KipShareStat *out);
  int (*lock_byte)(KipShareFs *fs,
                   int         handle);  /* an OFD lock on the byte at 2^40, without waiting: EAGAIN */
  int (*rename)(KipShareFs *fs,
                const char *from,
                const char *to);
  int (*unlink)(KipShareFs *fs,
                const char *name);
  int (*make_folder)(KipShareFs *fs,
                     const char *name);
  int (*sync_folder)(KipShareFs *fs,
                     const char *name);  /* "": the share's; EINVAL and ENOTSUP are answered as 0 */
  int (*list)(KipShareFs *fs,
              const char *folder,
              GPtrArray  *names);  /* of char *, owned */

  gint64 (*boot_ms)(KipShareFs *fs);   /* CLOCK_BOOTTIME */
  gint64 (*now_ms)(KipShareFs *fs);    /* this machine's idea of UTC */
  void (*wait_ms)(KipShareFs *fs,
                  guint       ms);     /* a virtual one only moves its clock */
  void (*random)(KipShareFs *fs,
                 gpointer    bytes,
                 gsize       length);
  void (*free)(KipShareFs *fs);
} KipShareFsClass;

struct _KipShareFs
{
  const KipShareFsClass *class;
};

/* The real one, in @folder. */
KipShareFs *kip_share_fs_new_posix (const char *folder);
void        kip_share_fs_free (KipShareFs *fs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShareFs, kip_share_fs_free)

G_END_DECLS
