/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Forgetting a person for good, as the law of many countries has it.  There is no way back.
 *
 * What goes, here and on every machine as it syncs: the person's name, phone, mail, department and notes; of all tickets that
 * the person is the requester of every text: subject, messages, notes, tags, causes, attachments, drafts.  What stays: that
 * there were such tickets, their numbers, times, states, priorities and people who worked on them, so that clocks and
 * figures stay what they were; what is said about the person in tickets of others; and what lies outside of
 * Kip.  Open tickets are put away.  Automatic backups and what restoring has set aside are deleted. */
typedef struct
{
  guint n_tickets, n_open;
  guint n_messages, n_attachments;
  guint n_backups; /* automatic ones, and offices set aside, on this machine */
} KipPurgeCount;

/* Both wait for the disk: never on the main thread.  NOT_FOUND: there is no such person. */
gboolean kip_store_count_purge (KipStore      *store,
                                KipId          person,
                                KipPurgeCount *count,
                                GError       **error);

/* NOT_ALLOWED: this machine is no manager's.  INVALID: it is who works at it.  When it answers TRUE, nothing is left on this machine. */
gboolean kip_store_purge (KipStore *store,
                          KipId     person,
                          GError  **error);

void     kip_store_count_purge_async (KipStore           *store,
                                      KipId               person,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            data);
gboolean kip_store_count_purge_finish (KipStore      *store,
                                       GAsyncResult  *result,
                                       KipPurgeCount *count,
                                       GError       **error);
void     kip_store_purge_async (KipStore           *store,
                                KipId               person,
                                GAsyncReadyCallback callback,
                                gpointer            data);
gboolean kip_store_purge_finish (KipStore     *store,
                                 GAsyncResult *result,
                                 GError      **error);

/* The change-sets that say who is to be forgotten, as far as they count. (transfer full) GArray of KipHolding */
GArray *kip_store_list_purges (KipStore *store,
                               GError  **error);

/* What is still to be done of it on this machine, because of what others said or because Kip ended. */
gboolean kip_store_scrub (KipStore *store,
                          GError  **error);

/* Says what is left of change-sets of which others cannot compute it, if this machine may say so. */
gboolean kip_store_vouch_for_rests (KipStore *store,
                                    GError  **error);

G_END_DECLS
