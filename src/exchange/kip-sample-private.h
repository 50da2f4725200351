/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-names.h"
#include "kip-sample-words.h"
#include "kip-sample.h"

G_BEGIN_DECLS

/* The sample office while it is being written. */
typedef struct
{
  KipStore             *store;
  const KipSampleWords *words;
  KipImportNames       *names;      /* (owned) */
  KipAgreements        *agreements; /* (owned) */
  KipCalendar          *calendar;   /* borrowed */
  const KipPolicySpec  *policy;     /* borrowed */
  KipPolicySpec        *own_policy; /* (owned) (nullable) where the office has none */
  GRand                *rand;       /* (owned) */
  KipInstant            now;
  KipInstant            start;      /* three months before */
  guint64               batch;
  GPtrArray            *changes;    /* (owned) of KipChange, in any order */
  KipId                 me;
  GArray               *people;     /* (owned) of KipId, as words->people */
  GArray               *agents;     /* (owned) of KipId, me first */
  GArray               *gear[KIP_SAMPLE_N_GEAR]; /* (owned) of KipId */
  KipId                 teams[2];   /* specialists */
  KipId                 desk;       /* the office's first team; KIP_ID_NONE: it has none */
} KipSample;

/* How a ticket is to go. */
typedef enum
{
  KIP_SAMPLE_USUAL,       /* all the way, as far as now allows */
  KIP_SAMPLE_UNTOUCHED,   /* nobody has looked at it */
  KIP_SAMPLE_IN_WORK,     /* answered, being worked on */
  KIP_SAMPLE_WAITING,     /* for the requester */
  KIP_SAMPLE_ORDERED,     /* waiting for a supplier */
  KIP_SAMPLE_PLANNED,
  KIP_SAMPLE_UNANSWERED   /* the requester wrote last */
} KipSampleEnd;

/* One more ticket, received at @received; @issue (nullable): any, as often as it happens;
 * @mine: I have it.  Its id. */
KipId kip_sample_tell (KipSample            *sample,
                       const KipSampleIssue *issue,
                       KipInstant            received,
                       KipSampleEnd          end,
                       gboolean              mine);

/* A trouble that hits many: one ticket and others that belong to it. */
void kip_sample_tell_outage (KipSample            *sample,
                             const KipSampleIssue *issue,
                             KipInstant            received);

/* The working seconds promised for the resolution, or the response, of @issue. */
gint64 kip_sample_target (KipSample            *sample,
                          const KipSampleIssue *issue,
                          KipClockKind          clock);

gint64 kip_sample_promise (KipSample   *sample,
                           int          impact,
                           int          urgency,
                           KipClockKind clock);

/* Whom @issue happens to, those who need help often more often; @index out: their place
 * in the table. */
const KipSamplePerson *kip_sample_pick_person (KipSample            *sample,
                                               const KipSampleIssue *issue,
                                               guint                *index);

/* One of @texts. */
const char *kip_sample_pick (KipSample         *sample,
                             const char *const *texts);

/* An issue that @wanted (nullable: any) accepts, as often as it happens. */
const KipSampleIssue *kip_sample_pick_issue (KipSample  *sample,
                                             gboolean ( *wanted ) (const KipSampleIssue *issue));

/* An empty change-set of the sample, kept; @author did it at @at. */
KipChange *kip_sample_change (KipSample  *sample,
                              KipId       author,
                              const char *action,
                              KipInstant  at);

/* 0 … n - 1; TRUE once in so many hundred. */
guint    kip_sample_roll (KipSample *sample,
                          guint      n);
gboolean kip_sample_chance (KipSample *sample,
                            guint      percent);

G_END_DECLS
