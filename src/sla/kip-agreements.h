/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar.h"
#include "kip-change.h"
#include "kip-entity.h"
#include "kip-office.h"
#include "kip-policy.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* What the office has promised: its policies in their explicit order, its
 * calendars, its outages.  An immutable snapshot, reference counted, made anew
 * by the store when one of them changes.  Threads: any.
 *
 * Versions.  A policy and a calendar are lists of versions, each an entry that was
 * published at the event's instant and is in force for tickets received from its
 * own effective_from on.  A ticket is bound to the version in force when it was
 * received, as published so far; a clock that has stopped keeps what was published
 * when it stopped.  What was stopped before anything was published (an import) is
 * judged by what was published first.
 *
 * Order.  Policies are tried by KIP_FIELD_POSITION, then id; the first whose condition
 * holds rules.  The default one (KIP_FIELD_IS_DEFAULT; of several the first, of none
 * the last in order) is tried last and needs no condition.
 *
 * Of what a condition asks, priority, category, team, assignee, tags, the requester and
 * what the requester was are taken as they were at the time; the rest as it is now.
 * Names are found by what they were called once, too. */
typedef struct _KipAgreements KipAgreements;

/* @entities: of KipEntity of any kinds; it takes what it knows.  @office: for
 * resolving names in the conditions of policies and outages. */
KipAgreements *kip_agreements_new (GPtrArray *entities,
                                   KipOffice *office);
KipAgreements *kip_agreements_ref (KipAgreements *agreements);
void           kip_agreements_unref (KipAgreements *agreements);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipAgreements, kip_agreements_unref)

KipOffice *kip_agreements_get_office (KipAgreements *agreements);

/* ---- policies ---- */

typedef struct
{
  KipId       id;
  const char *name;       /* never NULL; the newest name, whatever the version */
  guint       version;    /* 1, 2, … by the time of publishing */
  KipInstant  published;
  gboolean    is_default;
  const KipPolicySpec *spec;
} KipPolicy;

/* The policies as they stand, in order, the default one last; each with the version
 * published last.  Borrowed, of KipPolicy. */
GPtrArray *kip_agreements_get_policies (KipAgreements *agreements);

/* Every version of one, oldest first. Borrowed, of KipPolicy; empty when unknown. */
GPtrArray *kip_agreements_get_policy_versions (KipAgreements *agreements,
                                               KipId          policy);

/* The policy that a KipClock names; version 0: the newest. (nullable) */
const KipPolicy *kip_agreements_get_policy (KipAgreements *agreements,
                                            KipId          policy,
                                            guint          version);

/* ---- calendars ---- */

typedef struct
{
  KipId        id;
  const char  *name;
  guint        version;
  KipInstant   published;
  KipInstant   effective_from; /* NONE: always */
  KipCalendar *calendar;
} KipCalendarVersion;

/* All that are not put away, by position and name, each with its newest version.
 * Borrowed, of KipCalendarVersion. */
GPtrArray *kip_agreements_get_calendars (KipAgreements *agreements);
GPtrArray *kip_agreements_get_calendar_versions (KipAgreements *agreements,
                                                 KipId          calendar);

/* The calendar that a KipClock names; version 0: the newest; an unknown one, and
 * KIP_ID_NONE: the office's.  Never NULL. Borrowed. */
KipCalendar *kip_agreements_get_calendar (KipAgreements *agreements,
                                          KipId          calendar,
                                          guint          version);

/* The newest version of the office's own calendar; the Vietnamese one when it has none. */
KipCalendar *kip_agreements_get_office_calendar (KipAgreements *agreements);

/* The value of a KIP_FIELD_CALENDAR_VERSION entry: {1: effective from, 2: definition}.
 * @effective_from: KIP_INSTANT_NONE for always, which is right for an added holiday. */
KipValue *kip_calendar_version_to_value (KipInstant             effective_from,
                                         const KipCalendarSpec *spec);

/* The definition in such a value.  (transfer full) */
KipCalendarSpec *kip_calendar_version_spec (const KipValue *version);

/* ---- outages ---- */

typedef struct
{
  KipId       id;
  const char *name;   /* (nullable) */
  const char *reason; /* (nullable) */
  const char *scope;  /* (nullable) query text */
  KipInstant  start;
  KipInstant  end;    /* NONE: still going on */
} KipOutage;

/* Those not withdrawn, by start. Borrowed, of KipOutage. */
GPtrArray *kip_agreements_get_outages (KipAgreements *agreements);

/* ---- what was put away ---- */

/* What is deleted of a kind, as the lists above show the rest: of KipCalendarVersion,
 * KipPolicy or KipOutage.  (transfer container) */
GPtrArray *kip_agreements_get_archived (KipAgreements *agreements,
                                        KipKind        kind);

/* ---- before something is saved ---- */

/* The agreements as they would be with one more version of @id (of kind KIP_KIND_POLICY or
 * KIP_KIND_CALENDAR), published at @published.  An unknown @id is a new policy or
 * calendar.  (transfer full) */
KipAgreements *kip_agreements_propose (KipAgreements  *agreements,
                                       KipKind         kind,
                                       KipId           id,
                                       const KipValue *version,
                                       KipInstant      published);

/* The same for any change to policies, calendars, outages and the office, as it would
 * be after it was appended.  @change is left as it is.  (transfer full) */
KipAgreements *kip_agreements_propose_change (KipAgreements   *agreements,
                                              const KipChange *change);

/* What a version of a policy or calendar (the value of its entry) would be instead;
 * NULL: it stays. @id: KIP_ID_NONE for the calendar of an office that has none.
 * (transfer full) */
typedef KipValue *(*KipVaryFunc) (KipKind         kind,
                                  KipId           id,
                                  const KipValue *version,
                                  gpointer        data);

/* What would have been agreed had every version said what @func makes of it; when each
 * was published and from when it ruled stays.  With a function that changes nothing,
 * every clock stays as it is.  (transfer full) */
KipAgreements *kip_agreements_vary (KipAgreements *agreements,
                                    KipVaryFunc    func,
                                    gpointer       data);

/* ---- drafts: versions that no clock uses until they are put in force ---- */

/* Keys of a draft's value, KIP_FIELD_POLICY_DRAFT and KIP_FIELD_CALENDAR_DRAFT. */
enum
{
  KIP_VERSION_DRAFT_VERSION = 1, /* as the value of a version */
  KIP_VERSION_DRAFT_NOTE = 2     /* what it was drafted for */
};

typedef struct
{
  KipEventId  entry;   /* to be retracted when it is put in force or thrown away */
  KipKind     kind;    /* KIP_KIND_POLICY or KIP_KIND_CALENDAR */
  KipId       id;
  const char *name;    /* of the policy or calendar; never NULL */
  KipInstant  made;
  KipId       author;
  const char *note;    /* (nullable) */
  const KipValue *version;
} KipVersionDraft;

/* (transfer full) */
KipValue *kip_version_draft_to_value (const KipValue *version,
                                      const char     *note);
KipField  kip_version_draft_field (KipKind kind);

/* The drafts of one policy or calendar, or of all of @kind with @id KIP_ID_NONE, newest
 * first.  Their texts and values live as long as @agreements.
 * (transfer full) GArray of KipVersionDraft */
GArray *kip_agreements_get_drafts (KipAgreements *agreements,
                                   KipKind        kind,
                                   KipId          id);

/* The value of the version that puts it in force for what is received from
 * @effective_from on.  (transfer full) */
KipValue *kip_version_draft_publish (const KipVersionDraft *draft,
                                     KipInstant             effective_from);

/* A text for a policy's condition or an outage's scope: NULL when it can be used,
 * else a translated sentence.  (transfer full) (nullable) */
char *kip_agreements_check_condition (KipAgreements *agreements,
                                      const char    *condition);

G_END_DECLS
