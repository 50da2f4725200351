/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-table.h"

#include "kip-config.h"
#include "kip-import-column.h"
#include "kip-text.h"

#include <inttypes.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* Progress and cancelling are looked after so often. */
#define ROWS_BETWEEN_LOOKS 2048

/* All rows are kept until the tickets are made; more would not fit into memory. */
#define MAX_ROWS 20000000

/* What is needed only while reading. */
typedef struct
{
  KipImportTable  *table;
  KipCsvReader    *reader;
  KipImportColumn *columns[KIP_IMPORT_N_FIELDS]; /* (owned) (nullable) */
  GArray          *previous; /* (owned) of guint32: the last row's cells */
} Reading;

void
kip_import_table_free (KipImportTable *table)
{
  g_clear_pointer (&table->dates, kip_import_dates_free);
  g_array_unref (table->rows);
  g_array_unref (table->cells);
  g_array_unref (table->groups);
  g_array_unref (table->group_of);
  g_ptr_array_unref (table->texts);
  g_hash_table_unref (table->index);
  g_string_chunk_free (table->chunk);
  g_free (table);
}

static guint32
add_text (KipImportTable *table,
          const char     *text)
{
  char *kept = g_string_chunk_insert (table->chunk, text);
  guint32 zero = 0;

  g_ptr_array_add (table->texts, kept);
  g_array_append_val (table->group_of, zero);
  g_hash_table_insert (table->index, kept, GUINT_TO_POINTER (table->texts->len - 1));
  return table->texts->len - 1;
}

static KipImportTable *
table_new (KipImportMap    *map,
           KipImportReport *report)
{
  KipImportTable *table = g_new0 (KipImportTable, 1);

  table->map = map;
  table->report = report;
  table->rows = g_array_new (FALSE, FALSE, sizeof (KipImportRow));
  table->cells = g_array_new (FALSE, FALSE, sizeof (guint32));
  table->groups = g_array_new (FALSE, FALSE, sizeof (KipImportGroup));
  table->group_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  table->texts = g_ptr_array_new ();
  table->index = g_hash_table_new (g_str_hash, g_str_equal);
  table->chunk = g_string_chunk_new (64 * 1024);
  add_text (table, "");
  return table;
}

/* ---- columns ---- */

/* Neighbours say mostly the same. */
static guint32
intern (KipImportTable *table,
        const char     *text,
        guint32         previous)
{
  gpointer place;

  if (*text == '\0')
    return 0;
  if (strcmp (kip_import_table_string (table, previous), text) == 0)
    return previous;
  if (g_hash_table_lookup_extended (table->index, text, NULL, &place))
    return GPOINTER_TO_UINT (place);
  return add_text (table, text);
}

/* The time of events is kept as an instant, not as a text. */
static gboolean
wants_slot (KipImportTable *table,
            KipImportField  field)
{
  return field != KIP_IMPORT_TIME;
}

static void
intern_defaults (KipImportTable *table)
{
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const char *text = kip_import_map_get_default (table->map, i);

      table->defaults[i] = text != NULL ? intern (table, text, 0) : 0;
    }
}

static gboolean
bind_columns (Reading           *reading,
              const char *const *header,
              GError           **error)
{
  KipImportTable *table = reading->table;

  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const char *source = kip_import_map_get_column (table->map, i);

      table->slots[i] = -1;
      if (source == NULL)
        continue;
      reading->columns[i] = kip_import_column_compile (source, header, error);
      if (reading->columns[i] == NULL)
        return FALSE;
      if (wants_slot (table, i))
        table->slots[i] = (int) table->n_slots++;
    }
  g_array_set_size (reading->previous, table->n_slots);
  memset (reading->previous->data, 0, sizeof (guint32) * table->n_slots);
  intern_defaults (table);
  return TRUE;
}

/* ---- rows ---- */

static void
read_cells (Reading         *reading,
            const KipCsvRow *row)
{
  KipImportTable *table = reading->table;
  guint32 *previous = (guint32 *) (gpointer) reading->previous->data;

  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    if (table->slots[i] >= 0)
      {
        guint32 *cell = &previous[table->slots[i]];
        const char *text = i == KIP_IMPORT_TAGS ? kip_import_column_gather (reading->columns[i], row)
                           : kip_import_column_get (reading->columns[i], row);

        *cell = intern (table, text, *cell);
      }
}

static void
add_to_group (KipImportTable *table,
              guint32         key,
              guint32         row)
{
  guint32 *group_of = &g_array_index (table->group_of, guint32, key);
  KipImportGroup *group;

  if (*group_of == 0)
    {
      KipImportGroup fresh = { key, row, row, 1 };

      g_array_append_val (table->groups, fresh);
      *group_of = table->groups->len;
      return;
    }
  group = &g_array_index (table->groups, KipImportGroup, *group_of - 1);
  kip_import_table_row (table, group->last)->next = row;
  group->last = row;
  group->n++;
}

static void
refuse (KipImportTable  *table,
        const KipCsvRow *row,
        const char      *key,
        char            *reason) /* (transfer full) */
{
  kip_import_report_add (table->report, row->line, TRUE, key, reason);
}

/* What spreadsheets write below their rows, as kip_text_fold() leaves it. */
static gboolean
is_sum (const char *key)
{
  static const char *const words[] = {
    "total", "totals", "grand total", "subtotal", "sum", "tong", "tong cong", "tong so", "cong", NULL
  };
  g_autofree char *folded = kip_text_fold (key);

  g_strdelimit (folded, ":", ' ');
  return g_strv_contains (words, g_strstrip (folded));
}

/* A ticket has a time at which it came in, where the table tells that of the others. */
static gboolean
is_line_of_totals (const Reading *reading,
                   guint32        key)
{
  const KipImportTable *table = reading->table;
  int slot = table->slots[KIP_IMPORT_RECEIVED];

  return kip_import_map_settings (table->map)->shape == KIP_IMPORT_SHAPE_TICKETS
         && slot >= 0 && g_array_index (reading->previous, guint32, slot) == 0
         && is_sum (kip_import_table_string (table, key));
}

/* Where rows are tickets a number that comes twice is a mistake. */
static gboolean
check_key (KipImportTable  *table,
           const KipCsvRow *row,
           guint32          key)
{
  const KipImportGroup *group;
  guint32 group_of;

  if (key == 0)
    {
      refuse (table, row, NULL, g_strdup (_("The row has no number, so nobody could tell its ticket from others.")));
      return FALSE;
    }
  group_of = g_array_index (table->group_of, guint32, key);
  if (group_of == 0 || kip_import_map_settings (table->map)->shape == KIP_IMPORT_SHAPE_EVENTS)
    return TRUE;
  group = &g_array_index (table->groups, KipImportGroup, group_of - 1);
  refuse (table, row, kip_import_table_string (table, key),
          g_strdup_printf (_("The number stands in line %" PRIu64 " already. If every row is an event "
                             "of a ticket, the mapping must say shape=events."),
                           kip_import_table_row (table, group->first)->line));
  return FALSE;
}

static gboolean
read_time (Reading         *reading,
           const KipCsvRow *row,
           guint32          key,
           KipInstant      *time)
{
  KipImportTable *table = reading->table;
  const char *text;

  *time = KIP_INSTANT_NONE;
  if (reading->columns[KIP_IMPORT_TIME] == NULL)
    return TRUE;
  text = kip_import_column_get (reading->columns[KIP_IMPORT_TIME], row);
  if (kip_import_dates_parse (table->dates, text, time)
      || kip_import_map_settings (table->map)->shape == KIP_IMPORT_SHAPE_TICKETS)
    return TRUE;
  refuse (table, row, kip_import_table_string (table, key),
          *text == '\0' ? g_strdup (_("The row does not say when it happened."))
          : g_strdup_printf (_("“%s” is not a time in any of the forms that the mapping names."), text));
  return FALSE;
}

static void
add_row (Reading         *reading,
         const KipCsvRow *row)
{
  KipImportTable *table = reading->table;
  KipImportRow kept = { row->line, KIP_INSTANT_NONE, KIP_IMPORT_NO_ROW, row->repaired };
  guint32 key;

  read_cells (reading, row);
  key = g_array_index (reading->previous, guint32, table->slots[KIP_IMPORT_KEY]);
  if (!check_key (table, row, key) || !read_time (reading, row, key, &kept.time))
    return;
  if (is_line_of_totals (reading, key))
    {
      refuse (table, row, kip_import_table_string (table, key), g_strdup (_("The row looks like a line of totals, not like a ticket.")));
      return;
    }
  if (row->repaired)
    kip_import_report_add (table->report, row->line, FALSE, kip_import_table_string (table, key),
                           g_strdup (_("The row holds characters that are not text; they were replaced by �.")));
  g_array_append_val (table->rows, kept);
  g_array_append_vals (table->cells, reading->previous->data, table->n_slots);
  add_to_group (table, key, table->rows->len - 1);
}

static void
look_after (Reading    *reading,
            KipProgress progress,
            gpointer    data)
{
  gint64 done, total;

  kip_csv_reader_get_progress (reading->reader, &done, &total);
  if (progress != NULL && total > 0)
    progress ((double) done / (double) total, data);
}

static gboolean
fail_too_many (GError **error)
{
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("The file has more than %d million rows. Nothing was imported. Split it into smaller files, "
                 "with all rows of a ticket in the same one."), MAX_ROWS / 1000000);
  return FALSE;
}

/* FALSE: @error is set. */
static gboolean
read_rows (Reading      *reading,
           guint64       max_rows,
           KipProgress   progress,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  KipImportReport *report = reading->table->report;

  while (report->n_rows < max_rows)
    {
      const KipCsvRow *row;
      KipCsvResult result = kip_csv_reader_next (reading->reader, &row, cancellable, error);

      if (result == KIP_CSV_END || result == KIP_CSV_ERROR)
        return result == KIP_CSV_END;
      if (++report->n_rows > MAX_ROWS)
        return fail_too_many (error);
      if (result == KIP_CSV_REFUSED)
        refuse (reading->table, row, NULL, g_strdup (row->reason));
      else
        add_row (reading, row);
      if (report->n_rows % ROWS_BETWEEN_LOOKS != 0)
        continue;
      look_after (reading, progress, data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
reading_clear (Reading *reading)
{
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    g_clear_pointer (&reading->columns[i], kip_import_column_free);
  g_clear_pointer (&reading->reader, kip_csv_reader_free);
  g_array_unref (reading->previous);
}

static gboolean
begin (Reading      *reading,
       GFile        *file,
       GTimeZone    *zone,
       GCancellable *cancellable,
       GError      **error)
{
  KipImportTable *table = reading->table;
  const char *const *header;
  KipCsvOptions options;

  kip_import_map_get_options (table->map, &options);
  table->dates = kip_import_dates_new (kip_import_map_settings (table->map)->dates, zone, error);
  if (table->dates == NULL)
    return FALSE;
  reading->reader = kip_csv_reader_open (file, &options, cancellable, error);
  if (reading->reader == NULL)
    return FALSE;
  header = kip_csv_reader_get_header (reading->reader, cancellable, error);
  return header != NULL && bind_columns (reading, header, error);
}

KipImportTable *
kip_import_table_read (GFile           *file,
                       KipImportMap    *map,
                       GTimeZone       *zone,
                       guint64          max_rows,
                       KipImportReport *report,
                       KipProgress      progress,
                       gpointer         data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (KipImportTable) table = table_new (map, report);
  Reading reading = { .table = table, .previous = g_array_new (FALSE, FALSE, sizeof (guint32)) };
  gboolean ok = begin (&reading, file, zone, cancellable, error)
                && read_rows (&reading, max_rows, progress, data, cancellable, error);

  reading_clear (&reading);
  return ok ? g_steal_pointer (&table) : NULL;
}

guint32
kip_import_table_text (const KipImportTable *table,
                       guint32               row,
                       KipImportField        field)
{
  if (table->slots[field] < 0)
    return 0;
  return g_array_index (table->cells, guint32, (gsize) row * table->n_slots + (guint) table->slots[field]);
}
