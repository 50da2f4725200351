/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli.h"
#include "kip-study.h"

G_BEGIN_DECLS

/* What kpi and chart ask in common: --from, --to, --elapsed and a query. */
typedef struct
{
  char    *from, *to; /* (owned) (nullable) times of the query language */
  gboolean elapsed;
} KipCliRange;

#define KIP_CLI_RANGE_ENTRIES(range) \
  { "from", 0, 0, G_OPTION_ARG_STRING, &(range).from, N_("First day: 2026-10-01, last-month, 30d (30 days ago)"), N_("DAY") }, \
  { "to", 0, 0, G_OPTION_ARG_STRING, &(range).to, N_("Last day, itself included (today)"), N_("DAY") }, \
  { "elapsed", 0, 0, G_OPTION_ARG_NONE, &(range).elapsed, N_("Durations by the clock on the wall, not in working time"), NULL }

void kip_cli_range_clear (KipCliRange *range);

/* The whole days that were asked for; @days up to today where nothing was.  FALSE: said why. */
gboolean kip_cli_range_make (KipCli            *cli,
                             const KipCliRange *asked,
                             int                days,
                             KipInstant         now,
                             GTimeZone         *zone,
                             KipRange          *range);

/* Opens the office and reads its facts; the remaining arguments are the query.
 * NULL: said why. (transfer full) */
KipStudy *kip_cli_study (KipCli            *cli,
                         const KipCliRange *range,
                         char             **words);

G_END_DECLS
