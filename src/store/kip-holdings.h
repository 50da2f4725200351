/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"
#include "kip-store-share.h"

G_BEGIN_DECLS

/* The last change-set of every device in the log. (transfer full) of KipHolding, by device */
GArray *kip_holdings_read (KipDb   *db,
                           GError **error);

G_END_DECLS
