/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"
#include "kip-office.h"

G_BEGIN_DECLS

/* What the office has promised: its policies in their explicit order, its
 * calendars, its outages.  An immutable snapshot, reference counted, made anew
 * by the store when one of them changes.  Threads: any. */
typedef struct _KipAgreements KipAgreements;

/* @entities: of KipEntity of any kinds; it takes what it knows.  @office: for
 * resolving names in the conditions of policies and outages. */
KipAgreements *kip_agreements_new (GPtrArray *entities,
                                   KipOffice *office);
KipAgreements *kip_agreements_ref (KipAgreements *agreements);
void           kip_agreements_unref (KipAgreements *agreements);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipAgreements, kip_agreements_unref)

G_END_DECLS
