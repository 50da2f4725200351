/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-share-fs.h"

G_BEGIN_DECLS

/* The transport: bytes at places in one file that several machines append to.  It knows
 * nothing of frames, keys and change-sets.  Every function may block as long as the share
 * does and may be called from one thread at a time, never the main one.
 *
 * Two implementations: kip_carrier_new_share() talks to a KipShareFs in this process
 * (inside the child process, and in tests); kip_carrier_new_child() has a child process do it, and
 * its calls return with KIP_ERROR_OFFLINE as soon as @cancellable is cancelled, however
 * long the child hangs in a system call: that child is then left behind and a new one started
 * by the next call.  What it held (the lock, a new file being written) is forgotten with it.
 *
 * Errors: KIP_ERROR_OFFLINE (the share is not there, or the call was cancelled; nothing was
 * found out about the file), NOT_FOUND (the folder is there and the file is not), BUSY
 * (somebody holds the lock), CONFLICT (the file is not as long as was expected), NO_SPACE, READ_ONLY,
 * IO (any other answer of the share: try again), FAILED.  Each message says what is safe.
 *
 * The names that a carrier writes, all beside the file "Office.kip": Office.kip.lock,
 * Office.kip.lock.XXXXXXXX.stale (a lock moved away), Office.kip.XXXXXXXX.tmp (a new file before
 * it takes the place of the old), Office.kip.damaged, .damaged.2, .empty …, and Office.kip.files/. */
typedef struct _KipCarrier KipCarrier;

/* The most that one call reads, appends or puts. */
#define KIP_CARRIER_MAX (16 * 1024 * 1024)

/* How old a lock may be when something is appended under it (step 5), and after which time
 * without a change others take it for abandoned, in ms. */
#define KIP_CARRIER_LOCK_AGE 5000
#define KIP_CARRIER_STALE 45000
#define KIP_CARRIER_STALE_COMPACT 120000

/* @path: of the file, "…/Office.kip". Takes @fs (of its folder). */
KipCarrier *kip_carrier_new_share (KipShareFs *fs,
                                   const char *path);

/* Does it in a child process, which is started by the first call.  @argv (nullable): what to start; by default
 * this same program with KIP_CARRIER_CHILD_ARGUMENT.  It talks on descriptor KIP_CARRIER_CHILD_FD. */
KipCarrier *kip_carrier_new_child (const char *const *argv,
                                   const char        *path);
void        kip_carrier_free (KipCarrier *carrier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCarrier, kip_carrier_free)

typedef struct
{
  KipSharePlace place;
  gboolean      has_file;
  guint64       size;   /* of the file, by a fresh descriptor */
} KipCarrierLook;

/* How long the share may take to answer one call (60 s, and more for much data and patience) before it counts as
 * OFFLINE and its child as lost.  Of no consequence without a child. */
void kip_carrier_set_limit (KipCarrier *carrier,
                            guint       ms);

/* Looks what is there now. OFFLINE when the folder is not; a missing file is no error here. */
gboolean kip_carrier_look (KipCarrier     *carrier,
                           KipCarrierLook *look,
                           GCancellable   *cancellable,
                           GError        **error);

/* What the engine believes the share to be (from an earlier look): from now on the lock is refused
 * with OFFLINE wherever another file system lies there.  NULL: anything goes. */
void kip_carrier_expect_place (KipCarrier          *carrier,
                               const KipSharePlace *place);

/* Up to @max bytes (and KIP_CARRIER_MAX) from @offset by a fresh descriptor; fewer, or none, at the end.
 * @size (nullable): of the file then.  NOT_FOUND. */
GBytes *kip_carrier_read (KipCarrier   *carrier,
                          guint64       offset,
                          gsize         max,
                          guint64      *size,
                          GCancellable *cancellable,
                          GError      **error);

/* Steps 1 and 2 of appending: Office.kip.lock by O_EXCL with a random token, and the byte lock
 * where the mount has it.  Backs off 50 ms → 2 s with jitter for up to @patience_ms; BUSY
 * after that.  A lock whose token has not changed for 45 s (120 s for @purpose "compact") by our own
 * clock is taken over as sync.md says (src/DESIGN.md repeats it).
 * @share_offset_ms (nullable): the share's clock minus ours, from the lock's mtime. */
gboolean kip_carrier_lock (KipCarrier   *carrier,
                           guint32       device,
                           const char   *purpose,
                           guint         patience_ms,
                           gint64       *share_offset_ms,
                           GCancellable *cancellable,
                           GError      **error);

/* Writes a heartbeat into the lock, which counts as new from then on; FALSE (BUSY) when it is no longer ours. */
gboolean kip_carrier_keep_lock (KipCarrier   *carrier,
                                GCancellable *cancellable,
                                GError      **error);

/* Gives it back if it still has our token.  Never fails; a child does it in its own time. */
void kip_carrier_unlock (KipCarrier *carrier);

/* Steps 3 and 5 to 7: one write of @data at the end of the file, which must be @expected_size long
 * (CONFLICT when somebody was faster: read on and try again), fsync, close, both checked.
 * BUSY when the lock is not held or older than 5 s.  After an error the bytes may be there or not. */
gboolean kip_carrier_append (KipCarrier   *carrier,
                             GBytes       *data,
                             guint64       expected_size,
                             GCancellable *cancellable,
                             GError      **error);

/* Under the lock, which is kept meanwhile: writes a whole new file beside, piece by piece, and puts
 * it in the place of the old by rename.  begin → add … → read … → end; adding may go on after
 * reading.  What was written is to be verified with read: end only sees that the size and the
 * beginning are right.  On any error the old file is as it was, and drop takes the new one away.
 * @set_aside (nullable): first the old file gets this ending ("damaged", "empty"; or .damaged.2 …).
 * @create: only when there is no file (EXISTS).  FAILED on a gvfs mount, which can only create. */
gboolean kip_carrier_replace_begin (KipCarrier   *carrier,
                                    GCancellable *cancellable,
                                    GError      **error);
gboolean kip_carrier_replace_add (KipCarrier   *carrier,
                                  GBytes       *data,
                                  GCancellable *cancellable,
                                  GError      **error);
GBytes  *kip_carrier_replace_read (KipCarrier   *carrier, /* from the new file, fresh */
                                   guint64       offset,
                                   gsize         max,
                                   GCancellable *cancellable,
                                   GError      **error);
gboolean kip_carrier_replace_end (KipCarrier   *carrier,
                                  const char   *set_aside,
                                  gboolean      create,
                                  GCancellable *cancellable,
                                  GError      **error);
void     kip_carrier_replace_drop (KipCarrier *carrier);

/* Deletes the old files that were set aside, whoever did that; there may be none. */
gboolean kip_carrier_drop_aside (KipCarrier   *carrier,
                                 GCancellable *cancellable,
                                 GError      **error);

/* Small files beside: attachments and presence, in Office.kip.files/.  Written as
 * tmp, fsync, rename (on gvfs: delete and rename).  @name: ASCII letters, digits, - and .; what a machine left behind
 * that stopped meanwhile, NAME.XXXXXXXX.tmp, is listed and can be dropped, too. */
gboolean   kip_carrier_put_blob (KipCarrier   *carrier,
                                 const char   *name,
                                 GBytes       *data,
                                 GCancellable *cancellable,
                                 GError      **error);
GBytes    *kip_carrier_get_blob (KipCarrier   *carrier, /* NOT_FOUND */
                                 const char   *name,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean   kip_carrier_drop_blob (KipCarrier   *carrier,
                                  const char   *name,
                                  GCancellable *cancellable,
                                  GError      **error);
GPtrArray *kip_carrier_list_blobs (KipCarrier   *carrier, /* of char *, owned */
                                   GCancellable *cancellable,
                                   GError      **error);

/* ---- the child ---- */

#define KIP_CARRIER_CHILD_ARGUMENT "--share-child"
#define KIP_CARRIER_CHILD_FD 3

/* For main (), before anything else: if (kip_carrier_is_child (argc, argv)) return kip_carrier_serve (KIP_CARRIER_CHILD_FD); */
gboolean kip_carrier_is_child (int    argc,
                               char **argv);

/* Answers requests on @fd until the other end goes; exits by itself.  _on: on other file systems, for tests. */
int kip_carrier_serve (int fd);
int kip_carrier_serve_on (int fd,
                          KipShareFs *(*make_fs)(const char *folder));

G_END_DECLS
