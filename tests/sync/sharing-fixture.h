/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sharing.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* Offices in real folders and one real file. */
#define PASSPHRASE "bốn từ dễ nhớ"

/* The least that Argon2id takes: the program's own values are for people who wait. */
extern const KipSyncOptions sharing_options;

typedef struct
{
  Fixture  founder;
  char    *share; /* (owned) folder */
  char    *path;  /* (owned) of the file */
} Office;

/* A machine that takes part. */
typedef struct
{
  char          *dir;    /* (owned) */
  KipStore      *store;  /* (owned) */
  KipSyncEngine *engine; /* (owned) */
} Desk;

/* Shared already, by PASSPHRASE. */
void office_init (Office *office);
void office_clear (Office *office);

void desk_open (Desk     *desk,
                KipStore *store);
void desk_clear (Desk *desk);

/* Rounds until all is done, which must come without a problem. */
KipSyncRound settle (Desk *desk);

/* One round at a time of the caller's choosing. */
KipSyncRound round_at (Desk  *desk,
                       gint64 now_ms);

/* After kip_sharing_join () in @dir. */
void come_in (Fixture    *fixture,
              Desk       *desk,
              const char *dir);
void reopen (Fixture *fixture,
             Desk    *desk);

/* Joins in a folder of its own as a new person @name, and may write then. */
void join_by_code (Office     *office,
                   Desk       *founder,
                   Fixture    *fixture,
                   Desk       *desk,
                   const char *name);

G_END_DECLS
