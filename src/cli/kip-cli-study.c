/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-study.h"

#include "kip-clock.h"
#include "kip-query-time.h"

#include <glib/gi18n.h>

#define USUAL_DAYS 30

void
kip_cli_range_clear (KipCliRange *range)
{
  g_clear_pointer (&range->from, g_free);
  g_clear_pointer (&range->to, g_free);
}

static gboolean
resolve (KipCli     *cli,
         const char *text,
         KipInstant  now,
         GTimeZone  *zone,
         KipRange   *span)
{
  if (kip_query_resolve_time (text, KIP_QUERY_PAST, now, zone, &span->from, &span->to))
    return TRUE;
  kip_cli_fail_text (cli, _("“%s” is no day. Write 2026-10-01, 2026-10, last-month or 30d."), text);
  return FALSE;
}

/* Whole days: from the beginning of the first to the end of the last. */
gboolean
kip_cli_range_make (KipCli            *cli,
                    const KipCliRange *asked,
                    int                days,
                    KipInstant         now,
                    GTimeZone         *zone,
                    KipRange          *range)
{
  KipRange span;

  *range = kip_range_last_days (days, now, zone);
  if (asked->from != NULL)
    {
      if (!resolve (cli, asked->from, now, zone, &span))
        return FALSE;
      range->from = kip_day_start (span.from, zone);
    }
  if (asked->to != NULL)
    {
      if (!resolve (cli, asked->to, now, zone, &span))
        return FALSE;
      range->to = kip_day_start (span.to - 1, zone);
      *range = (KipRange) { range->from, kip_range_last_days (1, range->to, zone).to };
    }
  if (range->from < range->to)
    return TRUE;
  kip_cli_fail_text (cli, _("The first day is after the last."));
  return FALSE;
}

KipStudy *
kip_cli_study (KipCli            *cli,
               const KipCliRange *asked,
               char             **words)
{
  KipInstant now = kip_clock_now ();
  g_autofree char *text = g_strjoinv (" ", words);
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (KipFactTable) table = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  KipStudy *study;
  KipRange range;

  if (!kip_cli_open (cli) || kip_cli_say_mistakes (cli, query) != KIP_CLI_OK)
    return NULL;
  zone = kip_office_zone (cli->store);
  if (!kip_cli_range_make (cli, asked, USUAL_DAYS, now, zone, &range))
    return NULL;
  table = kip_facts_load (cli->store, NULL, &error);
  study = table != NULL ? kip_study_new (cli->store, table, NULL, query, &range, asked->elapsed, now, NULL, &error) : NULL;
  if (study == NULL)
    kip_cli_fail (cli, error);
  return study;
}
