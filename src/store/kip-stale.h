/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* When the office changes, tickets that were computed by what it said before must
 * be computed again.  Which ones is kept on disk (the table stale, and a counter
 * that runs down over all of them), so that a crash loses nothing of it. */

/* @changed: of KipPending, folded: what is no ticket and changed. */
gboolean kip_stale_note (KipBook   *book,
                         GPtrArray *changed,
                         GError   **error);

/* Moves the stale tickets to @ids if they are few enough to be done at once. */
gboolean kip_stale_take_few (KipDb   *db,
                             GArray  *ids,
                             GError **error);

/* Moves up to @n of them to @ids; none: nothing is stale. */
gboolean kip_stale_take (KipDb   *db,
                         guint    n,
                         GArray  *ids,
                         GError **error);

G_END_DECLS
