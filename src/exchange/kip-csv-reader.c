/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-reader.h"

#include "kip-config.h"
#include "kip-csv-record.h"
#include "kip-csv-sniff.h"
#include "kip-csv-source.h"
#include "kip-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* Enough of the file to tell its delimiter by. */
#define SNIFF_SIZE (64 * 1024)

/* How much may be read twice because of quotes that are never closed. */
#define MAX_REWOUND (64 * 1024 * 1024)

struct _KipCsvReader
{
  KipCsvSource *source;     /* (owned) */
  gint64        total;      /* bytes, or -1 */
  KipCsvOptions options;    /* encoding is not kept */
  GByteArray   *buffer;     /* (owned) decoded, from the start of the record being read */
  gsize         start;      /* where the record begins */
  gsize         second;     /* where its second line begins, 0: still in the first */
  gsize         at;         /* where the next line begins */
  gsize         scanned;    /* up to where no line end was found */
  guint64       line;       /* lines read */
  gsize         rewound;    /* bytes read twice */
  char          delimiter;
  char          line_end;
  gboolean      at_end;     /* the source has nothing more */
  KipCsvRecord  record;
  GStrv         header;     /* (owned) (nullable) */
  guint         n_columns;
  GPtrArray    *padding;    /* (owned) cells of a row that was filled up */
  char         *reason;     /* (owned) (nullable) */
  KipCsvRow     row;
};

typedef enum
{
  LINE_OK,
  LINE_END,      /* of the file */
  LINE_TOO_LONG, /* the record is longer than it may be */
  LINE_ERROR
} LineResult;

KipCsvReader *
kip_csv_reader_new (GInputStream        *stream,
                    gint64               total,
                    const KipCsvOptions *options,
                    GError             **error)
{
  KipCsvOptions none = { 0 };
  KipCsvSource *source;
  KipCsvReader *reader;

  source = kip_csv_source_new (stream, options != NULL ? options->encoding : NULL, error);
  if (source == NULL)
    return NULL;
  reader = g_new0 (KipCsvReader, 1);
  reader->source = source;
  reader->total = total;
  reader->options = options != NULL ? *options : none;
  reader->options.encoding = NULL;
  reader->buffer = g_byte_array_sized_new (64);
  reader->padding = g_ptr_array_new ();
  kip_csv_record_init (&reader->record,
                       reader->options.max_cell > 0 ? reader->options.max_cell : KIP_CSV_MAX_CELL);
  return reader;
}

static gint64
size_of (GFile        *file,
         GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  return info != NULL ? g_file_info_get_size (info) : -1;
}

KipCsvReader *
kip_csv_reader_open (GFile               *file,
                     const KipCsvOptions *options,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  g_autofree char *name = NULL;

  if (stream != NULL)
    return kip_csv_reader_new (G_INPUT_STREAM (stream), size_of (file, cancellable), options, error);
  name = g_file_get_parse_name (file);
  g_set_error (error, KIP_ERROR,
               g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? KIP_ERROR_NOT_FOUND : KIP_ERROR_IO,
               _("The file %s cannot be opened: %s. Nothing was imported. Choose another file."),
               name, cause->message);
  return NULL;
}

void
kip_csv_reader_free (KipCsvReader *reader)
{
  kip_csv_source_free (reader->source);
  g_byte_array_unref (reader->buffer);
  kip_csv_record_clear (&reader->record);
  g_ptr_array_unref (reader->padding);
  g_strfreev (reader->header);
  g_free (reader->reason);
  g_free (reader);
}

/* Drops what lies before the record being read, then appends. */
static gboolean
fill (KipCsvReader *reader,
      GCancellable *cancellable,
      GError      **error)
{
  guint before;

  if (reader->start > 0)
    {
      g_byte_array_remove_range (reader->buffer, 0, (guint) reader->start);
      reader->at -= reader->start;
      reader->scanned -= MIN (reader->scanned, reader->start);
      reader->second -= MIN (reader->second, reader->start);
      reader->start = 0;
    }
  before = reader->buffer->len;
  if (!kip_csv_source_fill (reader->source, reader->buffer, cancellable, error))
    return FALSE;
  reader->at_end = reader->buffer->len == before;
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
take_line (KipCsvReader  *reader,
           gsize          end,
           const guint8 **line,
           gsize         *length)
{
  *line = reader->buffer->data + reader->at;
  *length = end - reader->at;
  reader->at = MIN (end + 1, reader->buffer->len);
  reader->scanned = reader->at;
  reader->line++;
  if (*length > 0 && reader->line_end == '\n' && (*line)[*length - 1] == '\r')
    (*length)--;
}

static LineResult
next_line (KipCsvReader  *reader,
           const guint8 **line,
           gsize         *length,
           GCancellable  *cancellable,
           GError       **error)
{
  for (;;)
    {
      gsize from = MAX (reader->scanned, reader->at);
      const guint8 *data = reader->buffer->data;
      const guint8 *found = from < reader->buffer->len
                            ? memchr (data + from, reader->line_end, reader->buffer->len - from) : NULL;
      gsize end = found != NULL ? (gsize) (found - data) : reader->buffer->len;

      if (end - reader->start > KIP_CSV_MAX_RECORD)
        return LINE_TOO_LONG;
      if (found != NULL || (reader->at_end && end > reader->at))
        {
          take_line (reader, end, line, length);
          return LINE_OK;
        }
      if (reader->at_end)
        return LINE_END;
      reader->scanned = end;
      if (!fill (reader, cancellable, error))
        return LINE_ERROR;
    }
}

/* A carriage return inside of a line ends nothing; make it a space. */
static void
clean_line (const guint8 *line,
            gsize         length)
{
  guint8 *at = (guint8 *) line;
  guint8 *end = at + length;

  while (at < end && (at = memchr (at, '\r', (gsize) (end - at))) != NULL)
    *at++ = ' ';
}

static void
start_record (KipCsvReader *reader)
{
  kip_csv_record_reset (&reader->record);
  reader->start = reader->at;
  reader->second = 0;
  reader->row.line = reader->line + 1;
  reader->row.reason = NULL;
}

static void
refuse (KipCsvReader *reader,
        char         *reason) /* (transfer full) */
{
  g_free (reader->reason);
  reader->reason = reason;
  reader->row.reason = reason;
}

/* Goes back to the record's second line, unless that was done too often. */
static void
rewind_to_second (KipCsvReader *reader)
{
  gsize again = reader->at - reader->second;

  if (reader->second == 0 || reader->rewound + again > MAX_REWOUND)
    return;
  reader->rewound += again;
  reader->at = reader->scanned = reader->second;
  reader->line = reader->row.line;
}

static void
refuse_quote (KipCsvReader *reader)
{
  rewind_to_second (reader);
  refuse (reader, g_strdup (_("A quote is opened in this row and never closed. "
                              "Close it or remove it, then import the file again.")));
}

/* A line without an end in sight: read it away. */
static LineResult
skip_long_line (KipCsvReader *reader,
                GCancellable *cancellable,
                GError      **error)
{
  const guint8 *line;
  gsize length;
  LineResult result;

  do
    {
      reader->start = reader->at = reader->buffer->len;
      reader->scanned = reader->at;
      if (!fill (reader, cancellable, error))
        return LINE_ERROR;
      result = next_line (reader, &line, &length, cancellable, error);
    }
  while (result == LINE_TOO_LONG);
  if (result == LINE_END)
    reader->line++;
  return result == LINE_ERROR ? LINE_ERROR : LINE_OK;
}

static LineResult
refuse_long (KipCsvReader *reader,
             GCancellable *cancellable,
             GError      **error)
{
  gboolean several = reader->second > 0;

  if (several)
    refuse_quote (reader);
  if (several && reader->at == reader->second)
    return LINE_OK;
  if (!several)
    refuse (reader, g_strdup_printf (_("The row is longer than %d MiB."),
                                     KIP_CSV_MAX_RECORD / (1024 * 1024)));
  return skip_long_line (reader, cancellable, error);
}

/* A line that is a record of its own and ends within the buffer.  The first one may be read twice. */
static gboolean
is_simple (KipCsvReader *reader,
           const guint8 *line,
           gsize         length)
{
  return reader->header != NULL && line + length < reader->buffer->data + reader->buffer->len
         && memchr (line, '"', length) == NULL && memchr (line, '\0', length) == NULL;
}

/* Feeds one line; the record is then done, or refused, or wants another. */
static void
feed_line (KipCsvReader *reader,
           const guint8 *line,
           gsize         length)
{
  clean_line (line, length);
  if (reader->second == 0 && is_simple (reader, line, length))
    kip_csv_record_split (&reader->record, (char *) line, length);
  else if (!kip_csv_record_feed (&reader->record, line, length, reader->second == 0))
    refuse_quote (reader);
  else if (reader->second == 0)
    reader->second = reader->at;
}

static gboolean
is_white (const guint8 *line,
          gsize         length,
          char          delimiter)
{
  for (gsize i = 0; i < length; i++)
    if ((line[i] != ' ' && line[i] != '\t') || line[i] == delimiter)
      return FALSE;
  return TRUE;
}

/* Reads lines until a record is whole or refused. */
static LineResult
read_record (KipCsvReader *reader,
             GCancellable *cancellable,
             GError      **error)
{
  const guint8 *line = NULL;
  gsize length = 0;

  start_record (reader);
  while (!reader->record.done && reader->row.reason == NULL)
    {
      LineResult result = next_line (reader, &line, &length, cancellable, error);

      if (result == LINE_TOO_LONG)
        return refuse_long (reader, cancellable, error);
      if (result == LINE_ERROR || (result == LINE_END && reader->second == 0))
        return result;
      if (result == LINE_END)
        refuse_quote (reader);
      else if (reader->second == 0 && is_white (line, length, reader->delimiter))
        start_record (reader);
      else
        feed_line (reader, line, length);
    }
  return LINE_OK;
}

static gboolean
begin (KipCsvReader *reader,
       GCancellable *cancellable,
       GError      **error)
{
  const char *text;
  const guint8 *line;
  gsize length;

  while (!reader->at_end && reader->buffer->len < SNIFF_SIZE)
    if (!fill (reader, cancellable, error))
      return FALSE;
  reader->line_end = kip_csv_sniff_line_end ((const char *) reader->buffer->data, reader->buffer->len);
  for (guint i = 0; i < reader->options.skip_lines; i++)
    if (next_line (reader, &line, &length, cancellable, error) != LINE_OK)
      break;
  text = (const char *) reader->buffer->data + reader->at;
  length = reader->buffer->len - reader->at;
  reader->delimiter = reader->options.delimiter;
  if (length >= 6 && g_ascii_strncasecmp (text, "sep=", 4) == 0 && (text[5] == '\r' || text[5] == '\n'))
    {
      reader->delimiter = reader->delimiter != 0 ? reader->delimiter : text[4];
      next_line (reader, &line, &length, cancellable, error);
    }
  else if (reader->delimiter == 0 && length > 0)
    reader->delimiter = kip_csv_sniff_delimiter (text, length);
  if (reader->delimiter == 0 || reader->delimiter == '"')
    reader->delimiter = ',';
  kip_csv_record_set_delimiter (&reader->record, reader->delimiter);
  return TRUE;
}

/* A column's name: what stands in the header, made unique. */
static char *
column_name (const char *cell,
             guint       number,
             GHashTable *seen)
{
  g_autofree char *name = g_strstrip (g_strdup (cell));

  if (*name != '\0' && g_hash_table_add (seen, g_strdup (name)))
    return g_steal_pointer (&name);
  if (*name == '\0')
    return g_strdup_printf ("#%u", number);
  return g_strdup_printf ("%s (%u)", name, number);
}

static void
keep_header (KipCsvReader *reader)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  reader->n_columns = reader->record.cells->len;
  reader->header = g_new0 (char *, reader->n_columns + 1);
  for (guint i = 0; i < reader->n_columns; i++)
    reader->header[i] = reader->options.no_header ? g_strdup_printf ("%u", i + 1)
                                                  : column_name (reader->record.cells->pdata[i], i + 1, seen);
  if (!reader->options.no_header)
    return;
  reader->at = reader->scanned = reader->start;
  reader->line = reader->row.line - 1;
}

static gboolean
record_is_sound (KipCsvReader *reader)
{
  KipCsvRecord *record = &reader->record;

  if (record->has_nul)
    refuse (reader, g_strdup (_("The row holds zero bytes, which no text has.")));
  else if (record->too_many_cells)
    refuse (reader, g_strdup_printf (_("The row has more than %d cells."), KIP_CSV_MAX_COLUMNS));
  else if (record->cell_too_long)
    {
      g_autofree char *size = g_format_size_full (record->max_cell, G_FORMAT_SIZE_IEC_UNITS);

      refuse (reader, g_strdup_printf (_("A cell is longer than %s."), size));
    }
  return reader->row.reason == NULL;
}

const char *const *
kip_csv_reader_get_header (KipCsvReader *reader,
                           GCancellable *cancellable,
                           GError      **error)
{
  LineResult result;

  if (reader->header != NULL)
    return (const char *const *) reader->header;
  if (!begin (reader, cancellable, error))
    return NULL;
  result = read_record (reader, cancellable, error);
  if (result == LINE_ERROR)
    return NULL;
  if (result == LINE_END || reader->row.reason != NULL || !record_is_sound (reader))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("The file holds no table that Kip can read: %s Nothing was imported. "
                     "Choose a CSV file whose first row names its columns."),
                   result == LINE_END ? _("It is empty.") : reader->row.reason);
      return NULL;
    }
  kip_csv_record_close (&reader->record);
  keep_header (reader);
  return (const char *const *) reader->header;
}

/* Rows that are longer only by empty cells are fine: a delimiter at the end. */
static gboolean
is_surplus_empty (KipCsvReader *reader)
{
  for (guint i = reader->n_columns; i < reader->record.cells->len; i++)
    if (*(const char *) reader->record.cells->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

static void
fill_short (KipCsvReader *reader)
{
  g_ptr_array_set_size (reader->padding, 0);
  for (guint i = 0; i < reader->n_columns; i++)
    g_ptr_array_add (reader->padding, i < reader->record.cells->len ? reader->record.cells->pdata[i] : (char *) "");
  reader->row.cells = (char **) reader->padding->pdata;
}

static void
check_width (KipCsvReader *reader)
{
  guint n = reader->record.cells->len;

  reader->row.cells = (char **) reader->record.cells->pdata;
  if (n == reader->n_columns || (n > reader->n_columns && is_surplus_empty (reader)))
    return;
  if (n < reader->n_columns && reader->options.fill_short)
    fill_short (reader);
  else
    refuse (reader, g_strdup_printf (ngettext ("The row has %u cell where the header has %u.",
                                               "The row has %u cells where the header has %u.", n),
                                     n, reader->n_columns));
}

/* The record as the caller gets it. */
static KipCsvResult
close_row (KipCsvReader *reader)
{
  reader->row.cells = NULL;
  reader->row.n_cells = 0;
  reader->row.repaired = FALSE;
  if (reader->row.reason != NULL || !record_is_sound (reader))
    return KIP_CSV_REFUSED;
  kip_csv_record_close (&reader->record);
  reader->row.repaired = reader->record.repaired;
  check_width (reader);
  if (reader->row.reason != NULL)
    {
      reader->row.n_cells = reader->record.cells->len;
      return KIP_CSV_REFUSED;
    }
  reader->row.n_cells = reader->n_columns;
  return KIP_CSV_ROW;
}

KipCsvResult
kip_csv_reader_next (KipCsvReader     *reader,
                     const KipCsvRow **row,
                     GCancellable     *cancellable,
                     GError          **error)
{
  LineResult result;

  *row = &reader->row;
  if (reader->header == NULL && kip_csv_reader_get_header (reader, cancellable, error) == NULL)
    return KIP_CSV_ERROR;
  do
    {
      result = read_record (reader, cancellable, error);
      if (result == LINE_ERROR)
        return KIP_CSV_ERROR;
      if (result == LINE_END)
        return KIP_CSV_END;
    }
  while (reader->row.reason == NULL && kip_csv_record_is_blank (&reader->record));
  return close_row (reader);
}

void
kip_csv_reader_get_progress (KipCsvReader *reader,
                             gint64       *done,
                             gint64       *total)
{
  gint64 held = kip_csv_source_is_compressed (reader->source) ? 0
                : (gint64) (reader->buffer->len - reader->at);

  *done = MAX (kip_csv_source_get_consumed (reader->source) - held, 0);
  *total = reader->total;
}

guint64
kip_csv_reader_get_line (KipCsvReader *reader)
{
  return reader->line;
}

char
kip_csv_reader_get_delimiter (KipCsvReader *reader)
{
  return reader->delimiter;
}

const char *
kip_csv_reader_get_encoding (KipCsvReader *reader)
{
  return kip_csv_source_get_encoding (reader->source);
}

gboolean
kip_csv_reader_is_compressed (KipCsvReader *reader)
{
  return kip_csv_source_is_compressed (reader->source);
}
