/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store-share.h"
#include "kip-turn.h"

G_BEGIN_DECLS

/* Takes @n of @changes (of KipRawChange) from @from on apart, which needs no transaction.  @held (nullable): as many as
 * @changes; kip_receive() tells there which are in the log.  (transfer full) for kip_receive() */
GPtrArray *kip_receive_prepare (GPtrArray *changes,
                                guint      from,
                                guint      n,
                                gboolean  *held);

/* Within a transaction: takes up those of @items that hold, together with those that
 * waited for them, and keeps the others waiting.  @items is empty afterwards. */
gboolean kip_receive (KipTurn     *turn,
                      KipBook     *book,
                      GPtrArray   *items,
                      KipReceived *received,
                      GError     **error);

/* What of @device is kept beside the log: it waits, or is of another line than the one in the log. (transfer full) of KipRawChange */
GPtrArray *kip_receive_read_waiting (KipDb   *db,
                                     guint32  device,
                                     GError **error);

G_END_DECLS
