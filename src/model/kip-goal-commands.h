/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-settings-commands.h"

G_BEGIN_DECLS

/* Setting and changing targets, each as a change-set.  (transfer full) */

/* The target for @measure (its key) of @team or @agent (both NONE: everybody's) that
 * is not put away, whether in force or not. (nullable) */
const KipGoal *kip_goal_of (KipOffice  *office,
                            const char *measure,
                            KipId       team,
                            KipId       agent);

/* One more version of the target for that measure and of those people; where there is
 * none yet it is made.  number and published of @version are not looked at. */
KipChange *kip_command_set_goal (KipStore             *store,
                                 const char           *measure,
                                 KipId                 team,
                                 KipId                 agent,
                                 const KipGoalVersion *version);

/* A sentence when @version may not be saved: it ends before it begins, or says
 * nothing.  NULL: it may.  (transfer full) */
char *kip_goal_version_check (const KipGoalVersion *version);

G_END_DECLS
