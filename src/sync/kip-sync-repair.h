/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync.h"

G_BEGIN_DECLS

/* What is the matter with the share, for a person: what happened, what is safe, and the one thing to do. */

typedef enum
{
  KIP_REPAIR_TRY_AGAIN,   /* a round */
  KIP_REPAIR_WRITE_AGAIN, /* kip_sync_mend_async () */
  KIP_REPAIR_CHOOSE,      /* another file */
  KIP_REPAIR_SAVE_COPY,   /* of what is on this machine */
  KIP_REPAIR_SETTINGS     /* where the office is shared */
} KipRepairStep;

typedef struct
{
  const char   *title;
  const char   *text;  /* whole sentences */
  KipRepairStep step;
  const char   *label; /* of its button, with a key */
} KipRepair;

/* All static and translated.  FALSE: nothing is the matter that a person could do something about. */
gboolean kip_repair_for_state (KipSyncState state,
                               KipRepair   *repair);
gboolean kip_repair_for (const KipSyncStatus *status,
                         KipRepair           *repair);

G_END_DECLS
