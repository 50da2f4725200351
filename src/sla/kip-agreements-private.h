/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-condition.h"

G_BEGIN_DECLS

typedef struct
{
  KipPolicy      base;      /* what is public */
  KipPolicySpec *spec;      /* (owned) */
  KipCondition  *condition; /* (owned) (nullable) none: every ticket */
} KipPolicyVersion;

typedef struct
{
  KipId      id;
  KipEntity *entity;   /* (owned) */
  GPtrArray *versions; /* (owned) of KipPolicyVersion, by the time of publishing */
} KipPolicyEntry;

typedef struct
{
  KipId      id;
  KipEntity *entity;   /* (owned) */
  GPtrArray *versions; /* (owned) of KipCalendarVersion, by the time of publishing */
} KipCalendarEntry;

typedef struct
{
  KipOutage     base;
  KipEntity    *entity; /* (owned) */
  KipCondition *scope;  /* (owned) (nullable) none: every ticket */
} KipOutageEntry;

/* The policies as they stood from one publication to the next. */
typedef struct
{
  KipInstant at;
  GPtrArray *order;           /* (owned) of KipPolicyEntry, borrowed; the default one last */
  KipId      office_calendar;
} KipRules;

struct _KipAgreements
{
  gatomicrefcount refs;
  KipOffice  *office;          /* (owned) */
  KipPast    *past;            /* (owned) */
  GPtrArray  *entities;        /* (owned) of KipEntity: policies, calendars, outages, the office */
  KipEntity  *self;            /* (nullable) the office's, borrowed of entities */
  GPtrArray  *policies;        /* (owned) of KipPolicyEntry */
  GPtrArray  *calendars;       /* (owned) of KipCalendarEntry */
  GPtrArray  *outages;         /* (owned) of KipOutageEntry, by start */
  GPtrArray  *withdrawn;       /* (owned) of KipOutageEntry, by start: those put away */
  GPtrArray  *rules;           /* (owned) of KipRules by at, at least one */
  gboolean    has_conditions;  /* some policy asks about the facts of a ticket */
  GPtrArray  *newest_policies; /* (owned) of KipPolicy, borrowed of versions */
  GPtrArray  *newest_calendars; /* (owned) of KipCalendarVersion, borrowed of versions */
  KipCalendarVersion usual;    /* (owned calendar) for an office without any */
};

/* What rules one ticket from some instant on. */
typedef struct
{
  KipInstant at;
  const KipPolicyVersion   *policy;   /* (nullable) nothing is promised */
  const KipCalendarVersion *calendar; /* never NULL */
  int        priority;
} KipRule;

/* The rules as they stood at @at: the first ones for anything before. */
const KipRules *kip_agreements_rules_at (KipAgreements *agreements,
                                         KipInstant     at);

/* What rules a ticket received at @received by @rules and @facts; rule->at is left alone. */
void kip_agreements_resolve (KipAgreements  *agreements,
                             const KipRules *rules,
                             const KipFacts *facts,
                             KipInstant      received,
                             KipRule        *rule);

/* kip-agreements-read.c: fills an entry from its entity; NULL: an outage without a time. */
KipPolicyEntry   *kip_policy_entry_new (KipEntity *entity,
                                        KipOffice *office,
                                        KipPast   *past);
KipCalendarEntry *kip_calendar_entry_new (KipEntity *entity);
KipOutageEntry   *kip_outage_entry_new (KipEntity *entity,
                                        KipOffice *office,
                                        KipPast   *past);
gboolean kip_entity_is_archived (KipEntity *entity);
void kip_policy_entry_free (KipPolicyEntry *entry);
void kip_calendar_entry_free (KipCalendarEntry *entry);
void kip_outage_entry_free (KipOutageEntry *entry);

/* As kip_agreements_new(), with a past of its own. */
KipAgreements *kip_agreements_new_with_past (GPtrArray *entities,
                                             KipOffice *office,
                                             KipPast   *past);

G_END_DECLS
