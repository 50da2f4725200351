/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-tiding.h"

G_BEGIN_DECLS

/* What is known of a ticket beside its fold: what was learnt of it from other machines, and what was done
 * here and does not count. */
typedef struct
{
  KipId      ticket;
  GArray    *tidings; /* (owned) of KipTiding, the oldest first */
  GPtrArray *refused; /* (owned) of KipEvent */
} KipCaseTidings;

void kip_case_tidings_free (KipCaseTidings *tidings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCaseTidings, kip_case_tidings_free)

/* Reads them in the background. */
void            kip_case_tidings_read_async (KipStore           *store,
                                             KipId               ticket,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            data);
KipCaseTidings *kip_case_tidings_read_finish (GAsyncResult *result,
                                              GError      **error);

/* Whether both say the same. */
gboolean kip_case_tidings_equal (const KipCaseTidings *a,  /* (nullable): nothing */
                                 const KipCaseTidings *b); /* (nullable) */

G_END_DECLS
