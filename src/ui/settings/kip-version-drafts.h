/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-session.h"
#include "kip-version-group.h"

G_BEGIN_DECLS

/* The drafts of a policy or calendar in its editor. */

/* Lists them in @group.  @open: the one in the form; its seq becomes 0 when it is gone. */
void kip_version_drafts_show (KipVersionGroup *group,
                              KipStore        *store,
                              KipKind          kind,
                              KipId            id,
                              KipEventId      *open);

/* What a draft says, as the value of a version; NULL: it is gone. (transfer full) */
KipValue *kip_version_drafts_find (KipStore         *store,
                                   KipKind           kind,
                                   KipId             id,
                                   const KipEventId *entry);

void kip_version_drafts_drop (KipSession       *session,
                              KipKind           kind,
                              KipId             id,
                              const KipEventId *entry);

G_END_DECLS
