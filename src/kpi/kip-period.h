/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* What figures are grouped by. */
typedef enum
{
  KIP_BY_NOTHING,
  KIP_BY_DAY,
  KIP_BY_WEEK, /* from Monday */
  KIP_BY_MONTH,
  KIP_BY_AGENT,
  KIP_BY_TEAM,
  KIP_BY_CATEGORY,
  KIP_BY_PRIORITY
} KipBy;

/* "day", "week", … as kipctl takes them; FALSE: none of them. */
gboolean kip_by_parse (const char *text,
                       KipBy      *by);
gboolean kip_by_is_time (KipBy by);

/* A span of whole local days, [from, to). */
typedef struct
{
  KipInstant from;
  KipInstant to;
} KipRange;

/* The local midnights at which a new day, week or month begins, with both ends of
 * @range around them: one more than there are bins.  Days with a clock change are
 * one day.  (transfer full) GArray of KipInstant */
GArray *kip_range_cut (const KipRange *range,
                       KipBy           by,
                       GTimeZone      *zone);

/* The bin of @at in what kip_range_cut() gave; −1: outside. */
int kip_range_find (const GArray *cuts,
                    KipInstant    at);

/* The same where it is asked very often: bins are about equally long, so it is known
 * about where to look. */
typedef struct
{
  const KipInstant *cuts; /* borrowed */
  guint  n;               /* bins */
  double per_ms;
} KipBins;

void kip_bins_init (KipBins      *bins,
                    const GArray *cuts);

static inline int
kip_bins_find (const KipBins *bins,
               KipInstant     at)
{
  guint i;

  if (at < bins->cuts[0] || at >= bins->cuts[bins->n])
    return -1;
  i = MIN ((guint) ((double) (at - bins->cuts[0]) * bins->per_ms), bins->n - 1);
  while (at < bins->cuts[i])
    i--;
  while (at >= bins->cuts[i + 1])
    i++;
  return (int) i;
}

/* The range so many steps of its own length later (negative: earlier): months for
 * whole months, else days. */
KipRange kip_range_shift (const KipRange *range,
                          int             steps,
                          GTimeZone      *zone);

/* The @days days that end with the one of @now. */
KipRange kip_range_last_days (int        days,
                              KipInstant now,
                              GTimeZone *zone);

/* The local midnight that begins the day of @at. */
KipInstant kip_day_start (KipInstant at,
                          GTimeZone *zone);

/* How many local days it has. */
int kip_range_count_days (const KipRange *range,
                          GTimeZone      *zone);

/* Days up to a month, weeks up to half a year, else months. */
KipBy kip_range_choose_by (const KipRange *range,
                           GTimeZone      *zone);

G_END_DECLS
