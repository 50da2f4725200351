/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-date.h"

G_BEGIN_DECLS

/* The offsets of a time zone over a span of days, laid out for turning a great
 * many local times into instants.  Private to the compiler of calendars. */
typedef struct
{
  gint64 from;   /* UTC seconds; valid until the next one's from */
  gint64 offset; /* seconds to add to UTC for local time */
} KipZoneSpan;

typedef struct
{
  GArray *spans; /* (owned) of KipZoneSpan, sorted, at least one */
  guint   hint;  /* where the last question was answered */
} KipZone;

/* Covers every local time of the days @first … @last. */
void kip_zone_init (KipZone   *zone,
                    GTimeZone *rules,
                    KipDay     first,
                    KipDay     last);
void kip_zone_clear (KipZone *zone);

/* UTC seconds of a local time given as seconds since 1970-01-01 00:00 local.  A
 * time that does not exist is moved forward by the gap; an ambiguous one is the first. */
gint64 kip_zone_to_utc (KipZone *zone,
                        gint64   local);

G_END_DECLS
