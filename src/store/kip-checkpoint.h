/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"

G_BEGIN_DECLS

/* Brings what is in the write-ahead log into the database, on a thread and a connection of its
 * own: that takes the disk tens of milliseconds, for which no edit should wait.  All of it is
 * called by whoever writes. */
typedef struct _KipCheckpoint KipCheckpoint;

/* Follows the commits of @db, which must live longer. */
KipCheckpoint *kip_checkpoint_new (KipDb *db);

/* Waits for what was begun. */
void kip_checkpoint_free (KipCheckpoint *checkpoint);

/* Begins when enough was committed since the last time. */
void kip_checkpoint_begin_if_due (KipCheckpoint *checkpoint);

/* So much was committed without a pause that the log could not be begun anew. */
gboolean kip_checkpoint_is_overdue (KipCheckpoint *checkpoint);

/* All of it, here and now, as far as no reader needs the log. */
gboolean kip_checkpoint_catch_up (KipCheckpoint *checkpoint,
                                  GError       **error);

/* Waits for what was begun: the database is nobody's but ours then. */
void kip_checkpoint_wait (KipCheckpoint *checkpoint);

G_END_DECLS
