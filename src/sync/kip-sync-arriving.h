/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* An office that comes in by its shared file, part by part, while somebody works with what is there. */

/* "42 % arrived, 12345 tickets". (transfer full) */
char *kip_sync_arriving_words (guint64 read,
                               guint64 size, /* bytes of the file */
                               guint   n_tickets);

/* How many tickets there are by now.  Not on the main thread. */
guint kip_sync_count_arrived (KipStore *store);

G_END_DECLS
