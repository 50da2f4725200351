/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-pick-row.h"
#include "kip-office-fields.h"

G_BEGIN_DECLS

/* What a choice row offers, filled anew from a snapshot. */

void kip_pick_row_fill_choices (KipPickRow      *row,
                                const KipChoice *choices);

/* Those of @kind that are not put away, and the one that is chosen even if it is.
 * @none: (nullable) a first choice with the number 0.  @not_below: a category that
 * is left out with all below it, or KIP_ID_NONE. */
void kip_pick_row_fill_items (KipPickRow *row,
                              KipOffice  *office,
                              KipKind     kind,
                              const char *none,
                              KipId       not_below);

void kip_pick_row_fill_agents (KipPickRow *row,
                               KipOffice  *office);

/* @none: (nullable) */
void kip_pick_row_fill_calendars (KipPickRow    *row,
                                  KipAgreements *agreements,
                                  const char    *none);

/* Everybody (0), the teams (by id) and the agents (by their id below zero). */
void kip_pick_row_fill_whose (KipPickRow *row,
                              KipOffice  *office);

G_END_DECLS
