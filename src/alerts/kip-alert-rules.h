/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar.h"
#include "kip-office.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* Who hears of a threshold, and when.  Pure rules, no clock of their own:
 *
 *   whom   the assignee; while nobody has the ticket, the agents of its team (all
 *          agents where it has no team); managers from the breach on (escalation)
 *   what   steady     every threshold, the early ones gently, and an agenda in the morning
 *          countdown  from 75 % on, urgent from 90 % on
 *          quiet      breaches of one's own tickets
 *   when   at the threshold within the person's working hours, otherwise when they
 *          next begin; a policy that notifies round the clock does not wait
 *   once   of several thresholds of one clock that were passed, only the highest */

typedef enum
{
  KIP_ALERT_STEADY = 0,
  KIP_ALERT_COUNTDOWN = 1,
  KIP_ALERT_QUIET = 2
} KipAlertStyle;

/* Keys as in the settings: "steady", "countdown", "quiet"; STEADY for anything else. */
KipAlertStyle kip_alert_style_from_key (const char *key);

typedef enum
{
  KIP_ALERT_LOW,
  KIP_ALERT_NORMAL,
  KIP_ALERT_CRITICAL
} KipAlertUrgency;

/* The person at this machine. */
typedef struct
{
  KipId         me;
  KipAlertStyle style;
  KipCalendar  *hours; /* (nullable: always at work) borrowed */
} KipAlertReader;

typedef struct
{
  KipThreshold    threshold;
  KipAlertUrgency urgency;
  gboolean        escalated; /* told as a manager, not as its agent */
} KipAlert;

gboolean kip_alert_concerns (const KipThreshold *threshold,
                             KipOffice          *office,
                             KipId               me,
                             gboolean           *escalated); /* (nullable) out */

gboolean kip_alert_is_wanted (KipAlertStyle       style,
                              const KipThreshold *threshold,
                              KipId               me);

KipAlertUrgency kip_alert_urgency (KipAlertStyle style,
                                   int           percent);

/* When @reader may be told of what happens at @at. */
KipInstant kip_alert_when (const KipAlertReader *reader,
                           KipInstant            at,
                           gboolean              round_the_clock);

/* The next moment after @now at which the morning's agenda is due: the beginning
 * of a day's first working time.  KIP_INSTANT_NONE: this style has none. */
KipInstant kip_alert_next_agenda (const KipAlertReader *reader,
                                  KipInstant            now);

/* Keeps, of several thresholds of one ticket and clock, the highest: @thresholds
 * (of KipThreshold) → the indices of those to say and those only to tick off. */
void kip_alert_split (GArray  *thresholds,
                      GArray **say,       /* (transfer full) of guint */
                      GArray **tick_off); /* (transfer full) of guint */

G_END_DECLS
