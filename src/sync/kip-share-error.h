/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Says what an errno of the share means to a person.  Both return FALSE. */
gboolean kip_share_fail_read (GError    **error,
                              const char *name,
                              int         failure);
gboolean kip_share_fail_write (GError    **error,
                               const char *name,
                               int         failure);

/* Without an errno. */
gboolean kip_share_fail_offline (GError **error);
gboolean kip_share_fail_busy (GError **error);
gboolean kip_share_fail_late (GError **error);     /* the lock is not held, or for too long */
gboolean kip_share_fail_conflict (GError **error); /* somebody was faster */
gboolean kip_share_fail_too_big (GError **error);

/* FALSE, with OFFLINE, once @cancellable (nullable) is cancelled. */
gboolean kip_share_go_on (GCancellable *cancellable,
                          GError      **error);

/* The errno says that the share cannot be reached. */
gboolean kip_share_is_away (int failure);

G_END_DECLS
