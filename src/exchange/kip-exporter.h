/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-csv-writer.h"
#include "kip-store.h"

G_BEGIN_DECLS

typedef enum
{
  /* For people: the columns' names in their language, names for values, local times
   * as spreadsheets read them.  Without it: stable ASCII keys, ISO 8601 with the zone. */
  KIP_EXPORT_FOR_PEOPLE = 1 << 0,
  KIP_EXPORT_BOM = 1 << 1, /* a byte order mark, for Excel */
  KIP_EXPORT_SAFE = 1 << 2 /* no cell that a spreadsheet would compute */
} KipExportFlags;

/* Writes the tickets that @query (nullable: every counted one) selects, in its order, one a row, to
 * @file: beside it first and renamed when whole, so that a failure leaves the old file as it was.
 * How many is returned in @n (nullable).  KIP_ERROR: NO_SPACE, READ_ONLY, IO. */
gboolean kip_exporter_run (KipStore       *store,
                           const KipQuery *query,
                           KipSort         sort,
                           gboolean        descending,
                           KipInstant      now,
                           GFile          *file,
                           KipExportFlags  flags,
                           guint          *n,
                           GCancellable   *cancellable,
                           GError        **error);

/* The same for tickets that somebody picked: @ids, of KipId, in their order. */
gboolean kip_exporter_run_ids (KipStore      *store,
                               GArray        *ids,
                               KipInstant     now,
                               GFile         *file,
                               KipExportFlags flags,
                               guint         *n, /* (nullable) */
                               GCancellable  *cancellable,
                               GError       **error);

/* The same in a thread; @ids are copied. */
void     kip_exporter_run_async (KipStore           *store,
                                 GArray             *ids,
                                 GFile              *file,
                                 KipExportFlags      flags,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);
gboolean kip_exporter_run_finish (KipStore     *store,
                                  GAsyncResult *result,
                                  guint        *n, /* (nullable) */
                                  GError      **error);

G_END_DECLS
