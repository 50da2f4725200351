/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-column.h"
#include "kip-import-guess.h"

void
kip_import_sample_free (KipImportSample *sample)
{
  g_strfreev (sample->header);
  g_ptr_array_unref (sample->rows);
  g_free (sample->encoding);
  g_free (sample);
}

static char **
copy_cells (const KipCsvRow *row)
{
  char **cells = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    cells[i] = g_strdup (row->cells[i]);
  return cells;
}

static gboolean
read_rows (KipCsvReader    *reader,
           KipImportSample *sample,
           guint            max_rows,
           GCancellable    *cancellable,
           GError         **error)
{
  while (sample->rows->len < max_rows)
    {
      const KipCsvRow *row;
      KipCsvResult result = kip_csv_reader_next (reader, &row, cancellable, error);

      if (result == KIP_CSV_ROW)
        g_ptr_array_add (sample->rows, copy_cells (row));
      else if (result == KIP_CSV_REFUSED)
        sample->n_refused++;
      else
        return result == KIP_CSV_END;
    }
  return TRUE;
}

KipImportSample *
kip_import_sample_read (GFile               *file,
                        const KipCsvOptions *options,
                        guint                max_rows,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr (KipCsvReader) reader = kip_csv_reader_open (file, options, cancellable, error);
  g_autoptr (KipImportSample) sample = NULL;
  const char *const *header;

  if (reader == NULL)
    return NULL;
  header = kip_csv_reader_get_header (reader, cancellable, error);
  if (header == NULL)
    return NULL;
  sample = g_new0 (KipImportSample, 1);
  sample->header = g_strdupv ((char **) header);
  sample->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!read_rows (reader, sample, max_rows, cancellable, error))
    return NULL;
  sample->delimiter = kip_csv_reader_get_delimiter (reader);
  sample->encoding = g_strdup (kip_csv_reader_get_encoding (reader));
  sample->compressed = kip_csv_reader_is_compressed (reader);
  return g_steal_pointer (&sample);
}

/* ---- in a thread ---- */

typedef struct
{
  KipImportMap *map; /* (owned) (nullable) */
  guint         max_rows;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->map, kip_import_map_free);
  g_free (job);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  KipCsvOptions options = { 0 };
  GError *error = NULL;
  KipImportSample *sample;

  if (job->map != NULL)
    kip_import_map_get_options (job->map, &options);
  sample = kip_import_sample_read (source, &options, job->max_rows, cancellable, &error);
  if (sample != NULL)
    g_task_return_pointer (task, sample, (GDestroyNotify) kip_import_sample_free);
  else
    g_task_return_error (task, error);
}

void
kip_import_sample_read_async (GFile              *file,
                              KipImportMap       *map,
                              guint               max_rows,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->map = map != NULL ? kip_import_map_copy (map) : NULL;
  job->max_rows = max_rows;
  g_task_set_source_tag (task, kip_import_sample_read_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_thread);
}

KipImportSample *
kip_import_sample_read_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- distinct values ---- */

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      counts)
{
  const char *x = *(char *const *) a, *y = *(char *const *) b;
  guint nx = GPOINTER_TO_UINT (g_hash_table_lookup (counts, x));
  guint ny = GPOINTER_TO_UINT (g_hash_table_lookup (counts, y));

  return nx != ny ? (nx < ny ? 1 : -1) : g_strcmp0 (x, y);
}

GPtrArray *
kip_import_sample_values (KipImportSample *sample,
                          KipImportMap    *map,
                          KipImportField   field)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *source = kip_import_map_get_column (map, field);
  g_autoptr (KipImportColumn) column = NULL;

  if (source != NULL)
    column = kip_import_column_compile (source, (const char *const *) sample->header, NULL);
  for (guint i = 0; column != NULL && i < sample->rows->len; i++)
    {
      KipCsvRow row = { .n_cells = g_strv_length (sample->header), .cells = sample->rows->pdata[i] };
      const char *text = kip_import_column_get (column, &row);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text));

      if (*text == '\0')
        continue;
      if (count == 0)
        g_ptr_array_add (values, g_strdup (text));
      g_hash_table_insert (counts, count == 0 ? values->pdata[values->len - 1] : (gpointer) text,
                           GUINT_TO_POINTER (count + 1));
    }
  g_ptr_array_sort_with_data (values, compare_counts, counts);
  return values;
}
