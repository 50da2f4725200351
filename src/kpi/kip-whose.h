/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-plan.h"

G_BEGIN_DECLS

/* Whose tickets a query selects: everybody's, just one team's or agent's, or some
 * other choice, of which no target speaks. */
typedef struct
{
  gboolean some;  /* another choice */
  KipId    team;  /* NONE, and */
  KipId    agent; /* NONE: everybody's */
} KipWhose;

/* @query: (nullable) everybody's. */
KipWhose kip_whose_of_query (const KipQuery         *query,
                             const KipQueryResolver *resolver,
                             KipInstant              now);

G_END_DECLS
