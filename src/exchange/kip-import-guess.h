/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-map.h"

G_BEGIN_DECLS

/* The first rows of a file, to show to a person and to guess from. */
typedef struct
{
  char     **header;    /* (owned) */
  GPtrArray *rows;      /* (owned) of char ** as long as the header */
  guint      n_refused; /* rows among the first that made no sense */
  char       delimiter;
  char      *encoding;  /* (owned) */
  gboolean   compressed;
} KipImportSample;

/* Reads at most @max_rows rows.  @options (nullable): NULL finds out.  Synchronous. */
KipImportSample *kip_import_sample_read (GFile               *file,
                                         const KipCsvOptions *options,
                                         guint                max_rows,
                                         GCancellable        *cancellable,
                                         GError             **error);
void kip_import_sample_free (KipImportSample *sample);

/* The same in a thread of its own. */
void             kip_import_sample_read_async (GFile              *file,
                                               KipImportMap       *map,  /* (nullable): how to read */
                                               guint               max_rows,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            data);
KipImportSample *kip_import_sample_read_finish (GAsyncResult *result,
                                                GError      **error);

/* A mapping for @sample: one that ships with Kip and recognises the columns, else
 * one guessed from the names of the columns (English, Vietnamese, and as ServiceNow,
 * Zammad, GLPI, osTicket, Jira and Freshservice call them) and from what the cells
 * look like.  Always a mapping; kip_import_map_check() says what it lacks. (transfer full) */
KipImportMap *kip_import_guess (KipImportSample *sample);

/* The distinct texts that @field gets from the sample, most frequent first; those
 * for which kip_import_map_lookup() gives NULL are what a person should look at.
 * Empty when @field has no column.  (transfer full) of char * */
GPtrArray *kip_import_sample_values (KipImportSample *sample,
                                     KipImportMap    *map,
                                     KipImportField   field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportSample, kip_import_sample_free)

G_END_DECLS
