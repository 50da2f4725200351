/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"
#include "kip-query-plan.h"

G_BEGIN_DECLS

/* What people, teams, categories and assets were called, and what people were, in
 * the past: so that renaming a category does not end a policy that names it, and
 * making somebody a VIP does not change what was promised last year.
 * Immutable, reference counted.  Private to sla/. */
typedef struct _KipPast KipPast;

KipPast *kip_past_new (GPtrArray *entities);
KipPast *kip_past_ref (KipPast *past);
void     kip_past_unref (KipPast *past);

/* Tells the names that entities of @names had once and nobody has now. */
void kip_past_tell_names (const KipPast   *past,
                          KipQueryNames    names,
                          KipQueryNameFunc func,
                          gpointer         data);

/* The value of a person's register at @at.  NULL: empty, or no such person. Borrowed. */
const KipValue *kip_past_person_field (const KipPast *past,
                                       KipId          person,
                                       KipField       field,
                                       KipInstant     at);

/* Appends the instants at which a person's VIP mark or department was set. */
void kip_past_add_instants (const KipPast *past,
                            KipId          person,
                            GArray        *instants);

/* The value of a register as it stood at @at; what was written first for anything
 * before.  NULL: empty. Borrowed. */
const KipValue *kip_register_at (KipEntity *entity,
                                 KipField   field,
                                 KipInstant at);

G_END_DECLS
