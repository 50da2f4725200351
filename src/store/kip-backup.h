/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* A backup is one SQLite file: the office's database with two tables more, the
 * attachments in pieces and some words about itself. */
typedef struct
{
  KipDb        *db;   /* to be copied; it is read in one transaction */
  const char   *dir;  /* with files/ */
  const char   *path; /* of the backup */
  KipProgress   progress;    /* (nullable) */
  gpointer      data;
  GCancellable *cancellable; /* (nullable) */
} KipBackup;

/* Writes it beside @path, checks it, and renames it. */
gboolean kip_backup_write (const KipBackup *backup,
                           GError         **error);

/* Everything that can be checked about one: pages, log, attachments.  CORRUPT,
 * NEWER, NOT_FOUND. */
gboolean kip_backup_check (const char   *path,
                           GCancellable *cancellable,
                           GError      **error);

/* Copies @from page by page over what is in @to. */
gboolean kip_backup_copy (KipDb        *from,
                          KipDb        *to,
                          KipProgress   progress, /* (nullable) */
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error);

G_END_DECLS
