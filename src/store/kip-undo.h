/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* The change-set that takes @change back: earlier values are put back where they
 * were not changed again since, entries are hidden, what it created is put away.
 * CONFLICT when it was undone already or nothing of it is left to undo.
 * (transfer full) */
KipChange *kip_undo_new (KipBook          *book,
                         const KipEventId *change,
                         KipId             author,
                         GError          **error);

/* The same as part of undoing a whole batch: of what the batch created, only the
 * creating change-set matters.  May come out without events. */
KipChange *kip_undo_new_in_batch (KipBook          *book,
                                  const KipEventId *change,
                                  guint64           batch,
                                  KipId             author,
                                  GError          **error);

G_END_DECLS
