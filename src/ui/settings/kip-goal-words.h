/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-verdict.h"

G_BEGIN_DECLS

/* "At most 4 h, judged over a month"  (transfer full) */
char *kip_goal_version_title (KipMeasure            measure,
                              const KipGoalVersion *version);

/* "From 1 Oct 2026 until 31 Dec 2026 · because …"  (transfer full) */
char *kip_goal_version_words (const KipGoalVersion *version,
                              GTimeZone            *zone);

/* N_(): what is asked for: "Time, such as 4 h or 1 h 30 min". */
const char *kip_goal_amount_hint (KipMeasure measure);

G_END_DECLS
