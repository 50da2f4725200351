/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* What a form does to an outage: its start and end as a day and a time of day in this
 * machine's zone. */

/* An empty end, day and time, is KIP_INSTANT_NONE: it still lasts.  An end with only a time
 * is on the first day.  KIP_ERROR_INVALID and a sentence when something makes no sense;
 * then @start and @end are untouched. */
gboolean kip_outage_times_from_typed (const char *start_day,
                                      const char *start_time,
                                      const char *end_day,
                                      const char *end_time,
                                      KipInstant  now,
                                      KipInstant *start,
                                      KipInstant *end,
                                      GError    **error);

/* "30/4/2026" and "08:30"; both "" for KIP_INSTANT_NONE.  (transfer full) */
void kip_instant_to_typed (KipInstant at,
                           char     **day,
                           char     **time);

G_END_DECLS
