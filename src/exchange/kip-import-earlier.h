/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* What people, teams, categories and assets were ever called, those that were put away
 * included: a file imported again means the same ones whatever became of their names. */
typedef struct
{
  KipKind  kind;
  KipId    id;
  char    *name; /* (owned) of a category its path; NULL: only the mail */
  char    *mail; /* (owned) (nullable) */
} KipImportEarlier;

/* All but what went with an undone import.  Reads the history of each: to be asked only
 * when a name is not known otherwise.  (transfer full) of KipImportEarlier */
GPtrArray *kip_import_earlier_read (KipStore  *store,
                                    KipOffice *office);

G_END_DECLS
