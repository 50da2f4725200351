/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment in time: milliseconds since 1970-01-01T00:00Z, as UTC.  Never a
 * local time, never a floating-point number. */
typedef gint64 KipInstant;

/* No moment: "has not happened", "no deadline". */
#define KIP_INSTANT_NONE G_MININT64

#define KIP_MS_PER_SECOND G_GINT64_CONSTANT (1000)
#define KIP_MS_PER_MINUTE (60 * KIP_MS_PER_SECOND)
#define KIP_MS_PER_HOUR (60 * KIP_MS_PER_MINUTE)
#define KIP_MS_PER_DAY (24 * KIP_MS_PER_HOUR)

/* Parses ISO 8601 with a date, a time and a zone ("2026-11-20T16:30:00+07:00",
 * "…Z"); seconds and zone may be left out, a missing zone means @fallback
 * (nullable: UTC).  Returns FALSE and leaves @out alone when @text is not one. */
gboolean kip_instant_parse (const char *text,
                            GTimeZone  *fallback,
                            KipInstant *out);

/* "2026-11-20T09:30:00Z", with ".250" only where there are milliseconds. */
char *kip_instant_to_iso (KipInstant instant);

/* The local wall-clock time of @instant in @zone.  (transfer full) */
GDateTime *kip_instant_to_local (KipInstant instant,
                                 GTimeZone *zone);

KipInstant kip_instant_from_date_time (GDateTime *when);

/* Whether it lies in the years 1900–2199 (UTC): calendars hold no working time before
 * and after, so nothing there could ever fall due. */
gboolean kip_instant_is_countable (KipInstant instant);

G_END_DECLS
