/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-ticket.h"
#include "kip-importer.h"

G_BEGIN_DECLS

/* An import under way.  Private to the importer. */

/* Reading is this share of the work, as the progress shows it. */
#define KIP_IMPORT_READING 0.25

typedef struct
{
  KipStore        *store;
  KipImportMap    *map;
  KipImportReport *report;  /* (owned) */
  KipImportTable  *table;   /* (owned) */
  KipImportNames  *names;   /* (owned) */
  KipImportBuilder builder;
  GArray          *ids;     /* (owned) of KipId: of each group; NONE: not made */
  gboolean         has_written;
  KipProgress      progress;
  gpointer         data;
  GCancellable    *cancellable;
} KipImport;

/* Everything that can be wrong before anything is written. */
gboolean kip_import_begin (KipImport *import,
                           GFile     *file,
                           guint64    max_rows,
                           GError   **error);
void     kip_import_clear (KipImport *import);

const KipImportGroup *kip_import_group (KipImport *import,
                                        guint      n);

/* ---- kip-import-known.c ---- */

/* The tickets that the office has for @n groups from @from on, and those that
 * somebody deleted (out, transfer full); of KipId, NONE where there is none. */
GArray *kip_import_find_known (KipImport *import,
                               guint      from,
                               guint      n,
                               GArray   **deleted,
                               GError   **error);

/* Says in the report that the ticket of group @n was deleted and stays so. */
void kip_import_note_deleted (KipImport *import,
                              guint      n,
                              KipId      deleted);

/* Adds to @change what the rows of group @n tell of @ticket that no earlier import
 * did; @has_news out. */
gboolean kip_import_add_known (KipImport *import,
                               guint      n,
                               KipId      ticket,
                               KipChange *change,
                               gboolean  *has_news,
                               GError   **error);

/* The same of one @event (taken) of a ticket that was known before this import. */
gboolean kip_import_add_event (KipImport *import,
                               KipEvent  *event,
                               KipChange *change,
                               GError   **error);

G_END_DECLS
