/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* What the writer does when nobody waits for it; the lock is held. */

/* One piece of some milliseconds.  @more: FALSE when nothing is left.  CANCELLED by the
 * book's way: nothing of the piece was done, and @news still holds what others did. */
gboolean kip_background_step (KipBook  *book,
                              KipNews  *news,
                              gboolean *more,
                              GError  **error);

/* Brings the index up to date, if no more than about @limit tickets (0: however
 * many) wait for it.  @more: it is behind still. */
gboolean kip_background_catch_up (KipBook  *book,
                                  KipNews  *news,
                                  guint     limit,
                                  gboolean *more,
                                  GError  **error);

/* What of it is quickly done, before closing; the rest waits for the next one. */
void kip_background_finish (KipBook *book);

G_END_DECLS
