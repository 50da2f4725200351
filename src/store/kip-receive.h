/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store-share.h"
#include "kip-turn.h"

G_BEGIN_DECLS

/* Within a transaction: takes up those of @changes that hold, together with those that
 * waited for them, and keeps the others waiting. */
gboolean kip_receive (KipTurn     *turn,
                      KipBook     *book,
                      GPtrArray   *changes, /* of KipRawChange */
                      KipReceived *received,
                      gboolean    *held,    /* (nullable) out, for each of @changes: it is in the log now */
                      GError     **error);

G_END_DECLS
