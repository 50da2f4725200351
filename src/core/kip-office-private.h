/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-office.h"

G_BEGIN_DECLS

typedef struct
{
  KipKind kind;
  KipId   id;
} KipOfficeKey;

struct _KipOffice
{
  gatomicrefcount refs;
  GPtrArray  *entities;   /* (owned) keeps every text alive */
  KipEntity  *self;       /* (nullable) borrowed from entities */
  KipMatrix   matrix;
  GPtrArray  *causes;     /* (owned) of const char * */
  GPtrArray  *people, *agents, *teams, *categories, *statuses, *canned, *views, *assets, *goals, *reviews; /* (owned) */
  gsize       people_sorted; /* once */
  GHashTable *by_id;      /* (owned) KipOfficeKey → borrowed from the lists */
};

/* kip-office-parts.c: one of each, as its entity has it */
void kip_office_make_lists (KipOffice *office);
void kip_office_add (KipOffice *office,
                     KipEntity *entity);

/* Never NULL. */
const char *kip_office_name_of (KipEntity *entity);

/* kip-office-order.c: what stands before what */
void kip_office_sort (KipOffice *office);        /* all but the people */
void kip_office_sort_people (KipOffice *office); /* unless they are; any thread */
void kip_office_arrange_categories (KipOffice *office);

G_END_DECLS
