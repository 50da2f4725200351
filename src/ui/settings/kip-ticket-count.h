/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* How many tickets a search finds, asked in the background; only the newest question
 * is answered, and none after the object is gone.
 *
 * Signals:
 * "counted" (guint n) */
#define KIP_TYPE_TICKET_COUNT (kip_ticket_count_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketCount, kip_ticket_count, KIP, TICKET_COUNT, GObject)

KipTicketCount *kip_ticket_count_new (KipStore *store);

void kip_ticket_count_ask (KipTicketCount *count,
                           const char     *query);

/* Those whose @field ("status", "category", …) is the one called @name. */
void kip_ticket_count_ask_name (KipTicketCount *count,
                                const char     *field,
                                const char     *name);

G_END_DECLS
