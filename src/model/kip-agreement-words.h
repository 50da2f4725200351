/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"

G_BEGIN_DECLS

/* A line about a calendar, a policy or an outage for a list.  (transfer full) unless
 * borrowed is said. */

/* "40 h a week · Asia/Ho_Chi_Minh" */
char *kip_calendar_describe (const KipCalendarVersion *calendar);

/* "requester:an… · resolution 4 h, 8 h, 24 h, 40 h" (critical to low) */
char *kip_policy_describe (const KipPolicy *policy);

/* Its reason, else its name, else "Outage".  Borrowed. */
const char *kip_outage_get_title (const KipOutage *outage);

/* "Fri 6 Mar 2026, 10:00 – 12:00 · every ticket" */
char *kip_outage_describe (const KipOutage *outage);

/* "40 h", "37 h 30 min" of minutes. */
char *kip_week_hours_to_text (int minutes);

G_END_DECLS
