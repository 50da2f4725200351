/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store-share.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* Several machines of one office that hand each other what they wrote, in any order. */
#define MACHINES 3

typedef struct
{
  char     *dirs[MACHINES];   /* (owned) */
  KipStore *stores[MACHINES]; /* (owned) device i + 1: a manager's, An's, Bình's */
  GRand    *rand;             /* (owned) */
  KipInstant now;
  GArray   *tickets;          /* (owned) of KipId */
} Office;

void office_init (Office *office,
                  guint32 seed);
void office_clear (Office *office);

/* A number below @n. */
guint pick (Office *office,
            guint   n);

/* What @from has and @to lacks.  (transfer full) of KipRawChange */
GPtrArray *lacking (KipStore *from,
                    KipStore *to,
                    gsize     max_bytes);
KipReceived receive (KipStore  *store,
                     GPtrArray *changes);

/* Another machine of the office of @founder, in @dir, at which somebody of that name works. (transfer full) */
KipStore *join_office (KipStore   *founder,
                       const char *dir,
                       guint       device,
                       const char *name);

/* Everybody gets everything. */
void exchange_all (Office *office);
void exchange (KipStore *from,
               KipStore *to);

G_END_DECLS
