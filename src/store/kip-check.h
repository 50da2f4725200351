/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What is looked through, and what was found. */
typedef struct
{
  KipDb        *db;
  KipProgress   progress;    /* (nullable) */
  gpointer      data;
  GCancellable *cancellable; /* (nullable) */
  GPtrArray    *report;      /* of char *: lines for a person */
  guint         n_problems;
} KipCheck;

/* Each adds to the report.  FALSE: it could not be done to the end. */

/* The pages of the database. */
gboolean kip_check_pages (KipCheck *check,
                          GError  **error);

/* Hashes, signatures and sequences of the log. */
gboolean kip_check_log (KipCheck *check,
                        GError  **error);

/* The files that attachments name. */
gboolean kip_check_files (KipCheck   *check,
                          const char *dir,
                          GError    **error);

void kip_check_note (KipCheck   *check,
                     const char *format,
                     ...) G_GNUC_PRINTF (2, 3);
void kip_check_complain (KipCheck   *check,
                         const char *format,
                         ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
