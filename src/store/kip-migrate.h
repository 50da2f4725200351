/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"

G_BEGIN_DECLS

/* "KipO" and "KipB": an office's database, and a backup of one. */
#define KIP_APPLICATION_OFFICE 0x4b69704fu
#define KIP_APPLICATION_BACKUP 0x4b697042u

/* The last migration that this program knows. */
#define KIP_SCHEMA_VERSION 5

/* Runs, each in a transaction of its own, the numbered migrations that @db has
 * not seen.  NEWER when it has seen more than we know. */
gboolean kip_migrate (KipDb   *db,
                      GError **error);

/* Whether the tables and indexes are those that the migrations made: a bit that
 * flipped in what SQLite keeps of them can give a column another name.  CORRUPT. */
gboolean kip_migrate_check (KipDb   *db,
                            GError **error);

/* Makes only the tables that are computed from the log, for folding it again
 * beside the ones in use. */
gboolean kip_migrate_projections (KipDb   *db,
                                  GError **error);

G_END_DECLS
