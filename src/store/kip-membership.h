/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"
#include "kip-members.h"

G_BEGIN_DECLS

/* The members as the log has them, in the tables that the fold asks: which device
 * signs with which key, whose change-sets end where, which events were said by somebody who may not. */

/* Under this the number of this machine is kept in the share's table when it is not among the others any more: what was said
 * of its end counts for them, and not for the copy that stays here. */
#define KIP_MEMBERSHIP_ALONE "alone"

/* Reads the events of machines and roles and weighs them. (transfer full) */
KipMembers *kip_membership_read (KipDb   *db,
                                 GError **error);

/* Brings the tables up to @members.  @tickets gets those whose events count now and did
 * not before, or the other way round; TRUE in @office_changed when other entities do. */
gboolean kip_membership_write (KipDb      *db,
                               KipMembers *members,
                               GArray     *tickets, /* of KipId */
                               gboolean   *office_changed,
                               GError    **error);

/* The founder's key: kept with a copy, or the first of device 1. */
gboolean kip_membership_founder_key (KipDb   *db,
                                     guint8  *key,
                                     GError **error);

G_END_DECLS
