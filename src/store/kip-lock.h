/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The lock of a data folder: whoever writes or checkpoints holds it, so that of
 * several processes only one does either.  (SQLite up to 3.51.2 can lose a commit
 * when one connection checkpoints while another writes.)  It dies with its process. */
typedef struct _KipLock KipLock;

#define KIP_LOCK_WRITE "kip.lock" /* to write */
#define KIP_LOCK_USE "kip.use"    /* shared by all who have the office open; alone: nobody has */

KipLock *kip_lock_open (const char *dir,
                        const char *name,
                        GError    **error);
void     kip_lock_close (KipLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipLock, kip_lock_close)

/* Waits its turn; BUSY after @patience milliseconds. */
gboolean kip_lock_take (KipLock *lock,
                        guint    patience,
                        GError **error);
gboolean kip_lock_share (KipLock *lock,
                         GError **error);
void     kip_lock_give (KipLock *lock);

G_END_DECLS
