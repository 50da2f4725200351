/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-exporter.h"

#include "kip-clock.h"
#include "kip-export-columns.h"

#define PAGE 256

/* An export under way. */
typedef struct
{
  KipStore      *store;
  KipExportRow   row;        /* what its rows share */
  KipOffice     *office;     /* (owned) */
  KipAgreements *agreements; /* (owned) */
  GTimeZone     *zone;       /* (owned) */
  KipCsvWriter  *writer;     /* (owned) (nullable) */
  GString       *cell;       /* (owned) */
  guint          n;
  GCancellable  *cancellable;
} Export;

static void
export_init (Export        *export,
             KipStore      *store,
             KipExportFlags flags,
             KipInstant     now,
             GCancellable  *cancellable)
{
  KipCalendar *calendar;

  export->store = store;
  export->office = kip_store_dup_office (store);
  export->agreements = kip_store_dup_agreements (store);
  calendar = kip_agreements_get_office_calendar (export->agreements);
  export->zone = calendar != NULL ? g_time_zone_ref (kip_calendar_get_zone (calendar)) : g_time_zone_new_local ();
  export->cell = g_string_new (NULL);
  export->cancellable = cancellable;
  export->row.office = export->office;
  export->row.agreements = export->agreements;
  export->row.zone = export->zone;
  export->row.now = now;
  export->row.for_people = (flags & KIP_EXPORT_FOR_PEOPLE) != 0;
}

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->writer, kip_csv_writer_free);
  kip_office_unref (export->office);
  kip_agreements_unref (export->agreements);
  g_time_zone_unref (export->zone);
  g_string_free (export->cell, TRUE);
}

static KipCsvWriteFlags
write_flags (KipExportFlags flags)
{
  return (flags & KIP_EXPORT_BOM ? KIP_CSV_WRITE_BOM : 0) | (flags & KIP_EXPORT_SAFE ? KIP_CSV_WRITE_SAFE : 0);
}

static gboolean
write_header (Export  *export,
              GError **error)
{
  for (guint i = 0; i < kip_export_n_columns (); i++)
    kip_csv_writer_cell (export->writer, kip_export_column_name (i, export->row.for_people));
  return kip_csv_writer_end_row (export->writer, export->cancellable, error);
}

static gboolean
write_row (Export             *export,
           const KipTicketRow *row,
           GError            **error)
{
  g_autoptr (KipTicket) ticket = kip_store_ticket (export->store, row->id, error);

  if (ticket == NULL)
    return FALSE;
  export->row.row = row;
  export->row.ticket = ticket;
  for (guint i = 0; i < kip_export_n_columns (); i++)
    {
      g_string_truncate (export->cell, 0);
      kip_export_cell (&export->row, i, export->cell);
      kip_csv_writer_cell (export->writer, export->cell->str);
    }
  export->n++;
  return kip_csv_writer_end_row (export->writer, export->cancellable, error);
}

static gboolean
write_page (Export      *export,
            const KipId *ids,
            guint        n,
            GError     **error)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (export->store, ids, n, error);

  if (rows == NULL || g_cancellable_set_error_if_cancelled (export->cancellable, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] != NULL && !write_row (export, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_all (Export        *export,
           GArray        *ids,
           GFile         *file,
           KipExportFlags flags,
           GError       **error)
{
  export->writer = kip_csv_writer_open (file, 0, write_flags (flags), export->cancellable, error);
  if (export->writer == NULL || !write_header (export, error))
    return FALSE;
  for (guint from = 0; from < ids->len; from += PAGE)
    if (!write_page (export, &g_array_index (ids, KipId, from), MIN (PAGE, ids->len - from), error))
      return FALSE;
  return kip_csv_writer_close (export->writer, export->cancellable, error);
}

gboolean
kip_exporter_run_ids (KipStore      *store,
                      GArray        *ids,
                      KipInstant     now,
                      GFile         *file,
                      KipExportFlags flags,
                      guint         *n,
                      GCancellable  *cancellable,
                      GError       **error)
{
  Export export = { 0 };
  gboolean ok;

  export_init (&export, store, flags, now, cancellable);
  ok = write_all (&export, ids, file, flags, error);
  if (ok && n != NULL)
    *n = export.n;
  export_clear (&export);
  return ok;
}

gboolean
kip_exporter_run (KipStore       *store,
                  const KipQuery *query,
                  KipSort         sort,
                  gboolean        descending,
                  KipInstant      now,
                  GFile          *file,
                  KipExportFlags  flags,
                  guint          *n,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr (GArray) ids = kip_store_list (store, query, sort, descending, now, cancellable, error);

  return ids != NULL && kip_exporter_run_ids (store, ids, now, file, flags, n, cancellable, error);
}

/* ---- in a thread ---- */

typedef struct
{
  GArray        *ids;  /* (owned) of KipId */
  GFile         *file; /* (owned) */
  KipExportFlags flags;
  guint          n;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->ids);
  g_object_unref (job->file);
  g_free (job);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (kip_exporter_run_ids (source, job->ids, kip_clock_now (), job->file, job->flags, &job->n, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_exporter_run_async (KipStore           *store,
                        GArray             *ids,
                        GFile              *file,
                        KipExportFlags      flags,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->ids = g_array_copy (ids);
  job->file = g_object_ref (file);
  job->flags = flags;
  g_task_set_source_tag (task, kip_exporter_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_thread);
}

gboolean
kip_exporter_run_finish (KipStore     *store,
                         GAsyncResult *result,
                         guint        *n,
                         GError      **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  job = g_task_get_task_data (G_TASK (result));
  if (n != NULL)
    *n = job->n;
  return g_task_propagate_boolean (G_TASK (result), error);
}
