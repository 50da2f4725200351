/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Shows the newest tickets of an office that is coming in (kip-early.h), which can be read and changed like all others, until
 * the log has come to them: @changes (of KipRawChange) are what was written last.  NULL: the log is whole, what
 * is shown is by it alone from now on.  Never on the main thread. */
gboolean kip_store_show_early (KipStore  *store,
                               GPtrArray *changes, /* (nullable) */
                               GError   **error);

G_END_DECLS
