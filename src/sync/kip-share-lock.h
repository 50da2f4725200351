/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-share-fs.h"

G_BEGIN_DECLS

/* The lock beside a shared file: "Office.kip.lock", made by O_EXCL, which says who holds it
 * by a random token, and, where the mount has them, a byte lock on the file itself.
 *
 * It keeps machines from writing at once nearly always; nothing is lost when it does not, for
 * every writer reads back what it wrote.  Whoever finds the lock with the same bytes in it
 * for KIP_CARRIER_STALE of its own time moves it away by rename, reads what it caught, and
 * puts it back (by O_EXCL, so that a third one is not pushed out) if that is another one by now. */
typedef struct _KipShareLock KipShareLock;

/* Of the file @name on @fs, both borrowed for as long as it lives. */
KipShareLock *kip_share_lock_new (KipShareFs *fs,
                                  const char *name);
void          kip_share_lock_free (KipShareLock *lock); /* gives it back */

/* As kip_carrier_lock().  @has_byte_locks: as the place says. */
gboolean kip_share_lock_take (KipShareLock *lock,
                              guint32       device,
                              const char   *purpose,
                              gboolean      has_byte_locks,
                              guint         patience_ms,
                              gint64       *share_offset_ms,
                              GCancellable *cancellable,
                              GError      **error);
gboolean kip_share_lock_keep (KipShareLock *lock,
                              GError      **error);
/* Keeps it when the last time was @age ms ago. */
gboolean kip_share_lock_keep_at_times (KipShareLock *lock,
                                       gint64        age,
                                       GError      **error);
void     kip_share_lock_give (KipShareLock *lock);

/* Held, and for no longer than KIP_CARRIER_LOCK_AGE since it was taken or kept: BUSY. */
gboolean kip_share_lock_check (KipShareLock *lock,
                               GError      **error);

/* Lets go of the byte lock alone, whose descriptor would be in the way of a rename on some servers. */
void kip_share_lock_release_file (KipShareLock *lock);

/* Takes whatever lies there whole, up to @max bytes; ENOENT …; EFBIG when there is more. (transfer full) */
int kip_share_load (KipShareFs *fs,
                    const char *name,
                    gsize       max,
                    GBytes    **bytes);

/* A new file of these bytes, on the disk when 0 is answered.  EEXIST, or anything else: @name
 * may then exist, with all of the bytes or some; @made (nullable): this call made it for sure. */
int kip_share_save (KipShareFs   *fs,
                    const char   *name,
                    gconstpointer data,
                    gsize         length,
                    KipShareStat *stat,
                    gboolean     *made);

G_END_DECLS
