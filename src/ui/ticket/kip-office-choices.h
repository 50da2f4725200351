/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-choice-item.h"

G_BEGIN_DECLS

/* What a picker offers for a field of a ticket: each appends KipChoiceItems to
 * @choices.  Deleted things are left out. */
void kip_office_choices_agents (KipOffice  *office,
                                KipId       me,
                                GListStore *choices);
void kip_office_choices_people (KipOffice  *office,
                                GListStore *choices);
void kip_office_choices_teams (KipOffice  *office,
                               GListStore *choices);
void kip_office_choices_categories (KipOffice  *office,
                                    GListStore *choices);
void kip_office_choices_assets (KipOffice  *office,
                                GListStore *choices);
void kip_office_choices_statuses (KipOffice  *office,
                                  GListStore *choices);
void kip_office_choices_canned (KipOffice  *office,
                                GListStore *choices);
void kip_office_choices_channels (GListStore *choices); /* ids: KipChannel */

G_END_DECLS
