/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-presence.h"
#include "kip-share-files.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* What an open window needs of that which goes beside the shared file: attachments, and who is where.  All of this is for
 * the main thread, answers from memory and never waits.
 *
 * Signals of KipSync: "files-changed" (): what kip_sync_file_status() says; "presence-changed" (): kip_sync_who_is_at(). */

/* FALSE: nothing is known of such a file, or the office is not shared. */
gboolean kip_sync_file_status (KipSync       *sync,
                               const guint8  *hash,
                               KipFileStatus *status);

/* Somebody looks at it: fetched before all others, as soon as the share is there; or not any more. */
void kip_sync_want_file (KipSync      *sync,
                         const guint8 *hash);
void kip_sync_unwant_file (KipSync      *sync,
                           const guint8 *hash);

/* How many files are on their way; zeros: none.  Of problem (nullable): a sentence about why they are not, borrowed until
 * asked again. */
typedef struct
{
  guint       n_to_put, n_to_fetch;
  guint64     to_put, to_fetch; /* bytes */
  const char *problem;
} KipSyncFiles;

void kip_sync_get_files (KipSync      *sync,
                         KipSyncFiles *files);

/* This person has @ticket before them and does something, or looks; to be said again whenever they touch anything, as who does not
 * for a quarter of an hour is not there.  DOING_NOTHING: not at that one any more. */
void kip_sync_be_at (KipSync *sync,
                     KipId    ticket,
                     KipDoing doing);

/* Other people at @ticket. (transfer full) GArray of KipDeskNote */
GArray *kip_sync_who_is_at (KipSync *sync,
                            KipId    ticket);

/* The switch in the settings, this machine's own: tells the others where we are, and us where they are. */
gboolean kip_sync_get_tells_presence (KipSync *sync);
void     kip_sync_set_tells_presence (KipSync *sync,
                                      gboolean tells);

/* "Lan is writing here"; NULL: nobody is. @notes: as kip_sync_who_is_at() gave them. (transfer full) (nullable) */
char *kip_sync_presence_words (KipStore *store,
                               GArray   *notes);
/* "Lan’s computer": the person at @device, or its name. (transfer full) */
char *kip_sync_device_words (KipStore *store,
                             guint32   device);

G_END_DECLS
