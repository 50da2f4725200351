/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-office.h"
#include "kip-what-if-scenario.h"

G_BEGIN_DECLS

/* What would be different, in rows: the targets, pauses and calendar of one policy, the
 * hours of that calendar, the agents of every team.
 *
 * Signals:
 * "changed" (): the person changed something that makes sense.
 *
 * Action: form.suggest (percent). */
#define KIP_TYPE_WHAT_IF_FORM (kip_what_if_form_get_type ())
G_DECLARE_FINAL_TYPE (KipWhatIfForm, kip_what_if_form, KIP, WHAT_IF_FORM, AdwBin)

/* The office as it is; the scenario and the chosen policy stay. */
void kip_what_if_form_set_office (KipWhatIfForm *self,
                                  KipAgreements *agreements);

/* Chooses the policy that is shown. */
void  kip_what_if_form_set_policy (KipWhatIfForm *self,
                                   KipId          policy);
KipId kip_what_if_form_get_policy (KipWhatIfForm *self);

/* Shows a copy of @scenario, without "changed". */
void kip_what_if_form_set_scenario (KipWhatIfForm     *self,
                                    const KipScenario *scenario);

/* As the rows say it now.  Borrowed. */
const KipScenario *kip_what_if_form_get_scenario (KipWhatIfForm *self);

G_END_DECLS
