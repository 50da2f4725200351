/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What a new office begins with, in one language.  These are the office's words
 * from then on, to be edited by it: they are data and not translated by gettext. */
typedef struct
{
  const char *name;
  gboolean    first_contact; /* usually solved at once */
  gboolean    is_child;      /* of the last one that is none */
} KipSeedCategory;

typedef struct
{
  const char *name;
  const char *text;
} KipSeedText;

typedef struct
{
  const char *team;
  const char *calendar;
  const char *policy;
  const char *statuses[7]; /* new, open, waiting-requester, waiting-supplier, scheduled, resolved, closed */
  const KipSeedCategory *categories; /* ends with a NULL name */
  const char *const     *causes;     /* ends with NULL */
  const KipSeedText     *canned;     /* ends with a NULL name */
  const KipSeedText     *views;      /* name and query; ends with a NULL name */
} KipOfficeSeed;

extern const KipOfficeSeed kip_office_seed_en;
extern const KipOfficeSeed kip_office_seed_vi;

typedef KipId (*KipSeedId) (gpointer data);

/* The first change-set of an office.  @me out: the person at this machine. */
KipChange *kip_office_seed_change (const KipOfficeSetup *setup,
                                   KipSeedId             new_id,
                                   gpointer              data,
                                   KipId                *me);

/* What that change-set says the person did; it cannot be undone. */
#define KIP_ACTION_BEGIN "begin"

G_END_DECLS
