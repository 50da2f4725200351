/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-priority.h"
#include "kip-value.h"

G_BEGIN_DECLS

/* Which promise a clock watches. */
typedef enum
{
  KIP_CLOCK_RESPONSE = 0,   /* first response */
  KIP_CLOCK_UPDATE = 1,     /* next update */
  KIP_CLOCK_RESOLUTION = 2
} KipClockKind;

#define KIP_N_CLOCKS 3

/* ASCII key ("response", "update", "resolution") and translated name; static. */
const char *kip_clock_kind_key (KipClockKind kind);
const char *kip_clock_kind_label (KipClockKind kind);

/* The numbers below are written into events: never renumber. */

/* What reopening does to the resolution clock. */
typedef enum
{
  KIP_REOPEN_CONTINUE = 0, /* it goes on; the time spent resolved is left out */
  KIP_REOPEN_RESTART = 1   /* it begins anew at the reopening */
} KipReopen;

/* What a change of priority or policy does to running clocks. */
typedef enum
{
  KIP_ON_CHANGE_KEEP = 0,     /* the new target counts from the same start, with all used time */
  KIP_ON_CHANGE_FROM_NOW = 1, /* the new target is given on top of the time used until then */
  KIP_ON_CHANGE_RESTART = 2   /* the clock begins anew at the change */
} KipOnChange;

/* One version of a policy: what it promises and how it counts.  Plain data. */
typedef struct
{
  KipInstant  effective_from; /* rules tickets received from then on; NONE: always */
  KipId       calendar;       /* KIP_ID_NONE: the office's */
  char       *condition;      /* (owned) (nullable) query text; NULL: every ticket */
  gint64      targets[KIP_N_PRIORITIES][KIP_N_CLOCKS]; /* [priority - 1][clock]: working seconds; 0: no promise */
  GArray     *warnings;       /* (owned) of int: percent of the target, rising */
  KipReopen   reopen;
  KipOnChange on_change;
  guint       pauses;         /* bit 1 << KipPause for each kind of pause that stops the clocks */
  gboolean    notify_always;  /* notifies outside a person's working hours too */
} KipPolicySpec;

/* No promises; warnings at 50, 75, 90, 100, 125, 150, 175, 200; every kind pauses. */
KipPolicySpec *kip_policy_spec_new (void);

/* The promises an office begins with: first response 30 min, 1 h, 4 h, 8 h; next
 * update 2, 4, 8, 16 h; resolution 4, 8, 24, 40 h, by priority. */
KipPolicySpec *kip_policy_spec_new_default (void);
KipPolicySpec *kip_policy_spec_copy (const KipPolicySpec *spec);
void           kip_policy_spec_free (KipPolicySpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipPolicySpec, kip_policy_spec_free)

/* Unknown priorities count as normal. */
gint64 kip_policy_spec_get_target (const KipPolicySpec *spec,
                                   int                  priority,
                                   KipClockKind         clock);

/* Whether it may be saved: KIP_ERROR_INVALID with a sentence for the form. */
gboolean kip_policy_spec_check (const KipPolicySpec *spec,
                                GError             **error);

/* The value of a KIP_FIELD_POLICY_VERSION entry: a map {1: effective from, 2: calendar,
 * 3: condition, 4: twelve targets priority by priority, 5: warnings, 6: reopen,
 * 7: on change, 8: pauses, 9: notify always}.  Reading forgives. */
KipValue      *kip_policy_spec_to_value (const KipPolicySpec *spec);
KipPolicySpec *kip_policy_spec_from_value (const KipValue *value);

G_END_DECLS
