/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"
#include "kip-goal.h"
#include "kip-priority.h"
#include "kip-review.h"

G_BEGIN_DECLS

/* The office as everybody reads it: people, teams, categories, statuses, canned
 * replies, views, assets, its name and matrix.  An immutable snapshot, reference
 * counted, made anew by the store when one of them changes.  Threads: any. */

typedef struct
{
  KipId       id;
  const char *name;       /* never NULL */
  char       *folded;     /* (owned) name, phone, mail, department, folded for search */
  const char *phone, *mail, *department, *note; /* (nullable) */
  gboolean    vip;
  gboolean    deleted;
  KipRole     role;
  KipId       calendar;
  GArray     *teams;      /* of KipId */
} KipPerson;

typedef struct
{
  KipId       id;
  const char *name;
  gboolean    deleted;
  gint64      position;
} KipTeam;

typedef struct
{
  KipId       id;
  KipId       parent;        /* cycles are cut: then KIP_ID_NONE */
  const char *name;
  char       *path;          /* (owned) "Network › Wi-Fi" */
  char       *folded;        /* (owned) of the path */
  KipId       team;
  gboolean    first_contact;
  gboolean    deleted;
  gint64      position;
} KipCategory;

typedef struct
{
  KipId       id;
  const char *name;
  const char *key;
  KipPhase    phase;
  KipPause    pause;
  gboolean    deleted;
  gint64      position;
} KipStatus;

typedef struct
{
  KipId       id;
  const char *name;
  const char *text; /* placeholders: {requester} {number} {subject} {agent} {office} {due} */
  gboolean    deleted;
  gint64      position;
} KipCanned;

typedef struct
{
  KipId       id;
  const char *name;
  const char *query;
  KipId       owner;
  gboolean    deleted;
  gint64      position;
} KipView;

typedef struct
{
  KipId       id;
  const char *name;
  const char *serial;
  char       *folded; /* (owned) */
  KipId       owner;
  gboolean    deleted;
} KipAsset;

typedef struct _KipOffice KipOffice;

/* @entities: of KipEntity of any kinds; those it does not know are left alone. */
KipOffice *kip_office_new (GPtrArray *entities);
KipOffice *kip_office_ref (KipOffice *office);
void       kip_office_unref (KipOffice *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipOffice, kip_office_unref)

const char *kip_office_get_name (KipOffice *office);
const char *kip_office_get_language (KipOffice *office);
KipId       kip_office_get_calendar (KipOffice *office);
const KipMatrix *kip_office_get_matrix (KipOffice *office);
GPtrArray  *kip_office_get_causes (KipOffice *office); /* of const char * */

/* All of a kind, deleted ones included, by position and then name. Borrowed, of KipPerson … */
GPtrArray *kip_office_get_people (KipOffice *office);
GPtrArray *kip_office_get_agents (KipOffice *office); /* role agent or manager, not deleted */
GPtrArray *kip_office_get_teams (KipOffice *office);
GPtrArray *kip_office_get_categories (KipOffice *office); /* parents before children */
GPtrArray *kip_office_get_statuses (KipOffice *office);
GPtrArray *kip_office_get_canned (KipOffice *office);
GPtrArray *kip_office_get_views (KipOffice *office);
GPtrArray *kip_office_get_assets (KipOffice *office);
GPtrArray  *kip_office_get_goals (KipOffice *office);   /* of KipGoal */
GPtrArray  *kip_office_get_reviews (KipOffice *office); /* of KipReview, the newest period first */

/* One by id (nullable), deleted ones too: history names them. */
const KipPerson   *kip_office_person (KipOffice *office,
                                      KipId      id);
const KipTeam     *kip_office_team (KipOffice *office,
                                    KipId      id);
const KipCategory *kip_office_category (KipOffice *office,
                                        KipId      id);
const KipStatus   *kip_office_status (KipOffice *office,
                                      KipId      id);
const KipCanned   *kip_office_canned (KipOffice *office,
                                      KipId      id);
const KipAsset    *kip_office_asset (KipOffice *office,
                                     KipId      id);
const KipGoal     *kip_office_goal (KipOffice *office,
                                    KipId      id);
const KipReview   *kip_office_review (KipOffice *office,
                                      KipId      id);

/* The first status, by position, of a phase (and of a pause kind unless NONE). (nullable) */
const KipStatus *kip_office_status_for (KipOffice *office,
                                        KipPhase   phase,
                                        KipPause   pause);
const KipStatus *kip_office_status_by_key (KipOffice  *office,
                                           const char *key);

/* People whose name, phone, mail or department matches folded @text, best first,
 * at most @limit.  (transfer container) of KipPerson. */
GPtrArray *kip_office_find_people (KipOffice  *office,
                                   const char *text,
                                   guint       limit);

G_END_DECLS
