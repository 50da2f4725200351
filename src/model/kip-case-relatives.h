/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* The rows of the tickets that have to do with one ticket: parent, children,
 * links, those merged into it or that it was merged into, the requester's others.
 * Read in the background; only the newest question is answered.
 *
 * Signal "changed" (): they are read. */
#define KIP_TYPE_CASE_RELATIVES (kip_case_relatives_get_type ())
G_DECLARE_FINAL_TYPE (KipCaseRelatives, kip_case_relatives, KIP, CASE_RELATIVES, GObject)

KipCaseRelatives *kip_case_relatives_new (KipStore *store);

/* Begins to read those of @ticket (nullable: forgets them). */
void kip_case_relatives_read (KipCaseRelatives *self,
                              KipTicket        *ticket);

const KipTicketRow *kip_case_relatives_get_row (KipCaseRelatives *self,
                                                KipId             id);
GPtrArray  *kip_case_relatives_get_children (KipCaseRelatives *self);
GPtrArray  *kip_case_relatives_get_of_requester (KipCaseRelatives *self);
GHashTable *kip_case_relatives_get_names (KipCaseRelatives *self); /* gint64 id → "A-214" */

G_END_DECLS
