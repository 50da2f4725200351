/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* Who looks at or writes on which ticket just now, and which files a machine lacks: one small sealed note beside the shared
 * file, in which each desk keeps a line of its own.  Whoever writes it takes over the lines of the others as they
 * stand; where two write at once one line is lost, which its desk sees with the next poll and writes it again.
 *
 * It is a hint: anybody who has the key could write anything into it, so nothing rests on it.  A line counts for as long as
 * it changes (each desk counts up every half a minute), by the clock of whoever reads it.  Nothing of it is kept.
 *
 * It uses the engine's carrier and keys between two rounds, in the same thread, and has no clock of its own. */
typedef struct _KipPresence KipPresence;

typedef enum
{
  KIP_DOING_NOTHING,
  KIP_DOING_LOOKING,
  KIP_DOING_WRITING
} KipDoing;

/* A line that does not change counts for so long, ms. */
#define KIP_PRESENCE_LASTS 75000
/* Each desk's line changes this often, ms. */
#define KIP_PRESENCE_BEAT 30000
/* So many missing files are told at most. */
#define KIP_PRESENCE_LACKS 8
/* The longest note that is read, bytes. */
#define KIP_PRESENCE_MAX 4096

typedef struct
{
  guint32  device;
  KipId    ticket;
  KipDoing doing;
} KipDeskNote;

/* Borrows @engine. */
KipPresence *kip_presence_new (KipSyncEngine *engine);
void         kip_presence_free (KipPresence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipPresence, kip_presence_free)

/* What is to be told of this desk. @lacks (nullable): of GBytes, hashes, the first few of which are told. */
void kip_presence_tell (KipPresence *presence,
                        KipId        ticket,
                        KipDoing     doing,
                        GPtrArray   *lacks);

/* Reads what the others tell and writes where our line is not as it should be.  FALSE: the share did not let us, which is of no
 * consequence.  @bytes (nullable): so many were read. */
gboolean kip_presence_poll (KipPresence  *presence,
                            gint64        now_ms,
                            gint64        wall_ms,
                            guint64      *bytes,
                            GCancellable *cancellable,
                            GError      **error);

/* Which other desks are where, at @now_ms. (transfer full) GArray of KipDeskNote, by device */
GArray *kip_presence_list (KipPresence *presence,
                           gint64       now_ms);
/* The hashes of files that other desks lack. (transfer full) of GBytes */
GPtrArray *kip_presence_lacks (KipPresence *presence,
                               gint64       now_ms);

G_END_DECLS
