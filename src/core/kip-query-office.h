/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-office.h"
#include "kip-query-plan.h"

G_BEGIN_DECLS

/* Finds the names of @office: people by name, phone and mail, teams, categories by
 * name and path, statuses by name and key, assets by name and serial number.
 * Borrows @office, which must live as long as @resolver is used. */
void kip_query_resolver_init (KipQueryResolver *resolver,
                              KipOffice        *office,
                              KipId             me);

G_END_DECLS
