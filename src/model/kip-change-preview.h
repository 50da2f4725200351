/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Before a policy, a calendar or an outage is saved: which deadlines of open tickets
 * would move, and from when to when. */
typedef struct
{
  guint      n_open;   /* tickets looked at */
  guint      n_moved;  /* of them with at least one move */
  GArray    *moves;    /* (owned) of KipClockMove, by old deadline */
  GPtrArray *subjects; /* (owned) of char *, one for each move */
} KipChangePreview;

void kip_change_preview_free (KipChangePreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChangePreview, kip_change_preview_free)

/* What @change would do, computed in a thread; @change itself is left as it is. */
void              kip_change_preview_async (KipStore           *store,
                                            const KipChange    *change,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            data);
KipChangePreview *kip_change_preview_finish (KipStore     *store,
                                             GAsyncResult *result,
                                             GError      **error);

/* "12 of 140 open tickets get another deadline", "No open ticket moves".  (transfer full) */
char *kip_change_preview_summary (const KipChangePreview *preview);

/* "Resolution: Mon 16:30 → Tue 10:00", or "→ paused", "→ no deadline".  (transfer full) */
char *kip_clock_move_describe (const KipClockMove *move,
                               KipInstant          now);

G_END_DECLS
