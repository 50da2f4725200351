/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const KipMeasureInfo infos[KIP_N_MEASURES] = {
  [KIP_MEASURE_RECEIVED] = { "received", N_("Received"),
                             N_("Tickets received in the period."), KIP_UNIT_COUNT, 0 },
  [KIP_MEASURE_RESOLVED] = { "resolved", N_("Resolved"),
                             N_("Tickets resolved in the period; by agent: who resolved them."), KIP_UNIT_COUNT, 1 },
  [KIP_MEASURE_OPEN] = { "open", N_("Open"),
                         N_("Tickets that were not resolved at the end of the period, told from their events."), KIP_UNIT_COUNT, -1 },
  [KIP_MEASURE_BACKLOG_DAYS] = { "backlog-days", N_("Backlog in days"),
                                 N_("Tickets open at the end of a day ÷ tickets received a day, both on average: how many days of work are waiting."), KIP_UNIT_SCORE, -1 },
  [KIP_MEASURE_BACKLOG_RATE] = { "backlog-rate", N_("Backlog rate"),
                                 N_("Tickets open at the end ÷ (open at the start + received in the period)."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_WAITING] = { "waiting", N_("Waiting for a first response"),
                            N_("Tickets received in the period that are open and have had no answer yet."), KIP_UNIT_COUNT, -1 },
  [KIP_MEASURE_RESPONSE_MEDIAN] = { "response-median", N_("First response, median"),
                                    N_("From received to the first reply or call: half of the tickets were answered faster. Those answered at once on the line are counted apart, those not answered yet are not counted."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_RESPONSE_P90] = { "response-p90", N_("First response, 90 %"),
                                 N_("From received to the first reply or call: 90 of 100 tickets were answered within this time."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_RESPONSE_MEAN] = { "response-mean", N_("First response, mean"),
                                  N_("From received to the first reply or call, on average; a few very slow ones weigh much."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_RESPONSE_AT_ONCE] = { "response-at-once", N_("Answered at once"),
                                     N_("Share of the first responses given while the requester was on the line."), KIP_UNIT_PERCENT, 0 },
  [KIP_MEASURE_FIRST_MEDIAN] = { "first-resolution-median", N_("First resolution, median"),
                                 N_("From received to resolved for the first time, less pauses: half of the tickets were faster."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_FIRST_P90] = { "first-resolution-p90", N_("First resolution, 90 %"),
                              N_("From received to resolved for the first time, less pauses: 90 of 100 tickets took no longer."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_FIRST_MEAN] = { "first-resolution-mean", N_("First resolution, mean"),
                               N_("From received to resolved for the first time, less pauses, on average."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_FULL_MEDIAN] = { "resolution-median", N_("Resolution, median"),
                                N_("From received to resolved for the last time, less pauses: half of the tickets were faster."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_FULL_P90] = { "resolution-p90", N_("Resolution, 90 %"),
                             N_("From received to resolved for the last time, less pauses: 90 of 100 tickets took no longer."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_FULL_MEAN] = { "resolution-mean", N_("Resolution, mean"),
                              N_("From received to resolved for the last time, less pauses, on average."), KIP_UNIT_DURATION, -1 },
  [KIP_MEASURE_SLA_RESPONSE] = { "sla-response", N_("First response kept"),
                                 N_("Promises of a first response that were kept ÷ (kept + broken). Broken: answered late, or still not answered and already late."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_SLA_UPDATE] = { "sla-update", N_("Updates kept"),
                               N_("Promises of a next update that were kept ÷ (kept + broken). Broken: answered late, or still waiting and already late."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_SLA_RESOLUTION] = { "sla-resolution", N_("Resolution kept"),
                                   N_("Promises of a resolution that were kept ÷ (kept + broken). Broken: resolved late, or still open and already late."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_FCR_GROSS] = { "fcr-gross", N_("First contact resolution"),
                              N_("Resolved with one answer by one agent of one team and not reopened within 7 days ÷ all resolved."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_FCR_NET] = { "fcr-net", N_("First contact resolution, net"),
                            N_("Resolved at first contact ÷ resolved in categories that can be solved so."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_CSAT] = { "csat", N_("Satisfaction"),
                         N_("Answers of 4 and 5 ÷ all answers, by the resolution that they judge."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_CSAT_ANSWERS] = { "csat-answers", N_("Response rate of surveys"),
                                 N_("Resolutions that were judged ÷ all resolutions."), KIP_UNIT_PERCENT, 1 },
  [KIP_MEASURE_TOUCHED] = { "touched", N_("Touched"),
                            N_("Tickets in which somebody had a hand: answered, noted, changed the status or logged work."), KIP_UNIT_COUNT, 0 },
  [KIP_MEASURE_REOPENED] = { "reopened", N_("Reopened"),
                             N_("Resolutions of the period that were reopened within 7 days ÷ all resolutions of the period."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_ESCALATED] = { "escalated", N_("Escalated"),
                              N_("Resolved tickets that went from one team to another ÷ all resolved."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_HANDOVERS] = { "handovers", N_("Hand-overs"),
                              N_("How often a resolved ticket went from one agent to another, on average."), KIP_UNIT_SCORE, -1 },
  [KIP_MEASURE_PAUSED] = { "paused", N_("Paused"),
                           N_("Time in pauses and outages ÷ all time from received to resolved. By agent: of the tickets they resolved, the time they paused themselves."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_PAUSED_REQUESTER] = { "paused-requester", N_("Waited for requesters"),
                                     N_("Time waiting for the requester ÷ all time from received to resolved."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_PAUSED_SUPPLIER] = { "paused-supplier", N_("Waited for suppliers"),
                                    N_("Time waiting for a supplier ÷ all time from received to resolved."), KIP_UNIT_PERCENT, -1 },
  [KIP_MEASURE_RECURRED] = { "recurred", N_("Recurring"),
                             N_("Tickets of the same category and the same asset or requester as one received in the 30 days before ÷ all received that have a category."), KIP_UNIT_PERCENT, -1 },
};

const KipMeasureInfo *
kip_measure_info (KipMeasure measure)
{
  return &infos[measure];
}

gboolean
kip_measure_find (const char *key,
                  KipMeasure *measure)
{
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    if (strcmp (infos[i].key, key) == 0)
      {
        *measure = (KipMeasure) i;
        return TRUE;
      }
  return FALSE;
}
