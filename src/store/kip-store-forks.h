/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fork.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* Two computers that write as one, because a data folder was copied or an older one put back.  Not on the main thread. */
typedef struct
{
  KipFork own;       /* of this machine's device; device 0: there is none */
  guint32 cloned;    /* another device of which there are two lines; 0: none */
  guint   n_dropped; /* lines that were taken out of the log, since a twin said them again */
} KipForks;

/* What is known of such by what was read so far.  Lines that were given up by who wrote them are dropped; the others of the same
 * device are to be read again. */
gboolean kip_store_find_forks (KipStore *store,
                               KipForks *forks,
                               GError  **error);

/* This machine gives way in @fork, which is its own: what it wrote since is said again by a new device, which it is from now on.  In one
 * transaction, and for the same fork always the same. CONFLICT: it has not the key by which the line was signed. */
gboolean kip_store_give_way (KipStore      *store,
                             const KipFork *fork,
                             GError       **error);

G_END_DECLS
