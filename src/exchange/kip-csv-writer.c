/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-writer.h"

#include "kip-config.h"
#include "kip-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define BLOCK_SIZE (64 * 1024)

struct _KipCsvWriter
{
  GOutputStream   *stream; /* (owned) */
  GString         *block;  /* (owned) not yet written */
  KipCsvWriteFlags flags;
  char             delimiter;
  guint            n_cells;  /* of the current row */
  gsize            row_start; /* in the block */
};

KipCsvWriter *
kip_csv_writer_new (GOutputStream   *stream,
                    char             delimiter,
                    KipCsvWriteFlags flags)
{
  KipCsvWriter *writer = g_new0 (KipCsvWriter, 1);

  writer->stream = g_object_ref (stream);
  writer->block = g_string_sized_new (BLOCK_SIZE + 1024);
  writer->flags = flags;
  writer->delimiter = delimiter != 0 ? delimiter : ',';
  if (flags & KIP_CSV_WRITE_BOM)
    g_string_append (writer->block, "\xef\xbb\xbf");
  return writer;
}

/* Closing with a triggered cancellable makes GFile drop the new file. */
static void
abandon (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

void
kip_csv_writer_free (KipCsvWriter *writer)
{
  if (!g_output_stream_is_closed (writer->stream))
    abandon (writer->stream);
  g_object_unref (writer->stream);
  g_string_free (writer->block, TRUE);
  g_free (writer);
}

static gboolean
is_number (const char *text)
{
  char *end = NULL;

  g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* What a spreadsheet would take for a formula.  A plain negative number is none. */
static gboolean
is_formula (const char *text)
{
  if (*text == '\0' || strchr ("=+-@\t\r", *text) == NULL)
    return FALSE;
  return !is_number (text);
}

static gboolean
wants_quotes (const KipCsvWriter *writer,
              const char         *text)
{
  gsize length = strlen (text);

  return length > 0
         && (strpbrk (text, "\"\r\n") != NULL || strchr (text, writer->delimiter) != NULL
             || g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]));
}

static void
append_quoted (GString    *block,
               const char *text)
{
  g_string_append_c (block, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (block, '"');
      g_string_append_c (block, *text);
    }
  g_string_append_c (block, '"');
}

void
kip_csv_writer_cell (KipCsvWriter *writer,
                     const char   *text)
{
  g_autofree char *guarded = NULL;

  if (writer->n_cells == 0)
    writer->row_start = writer->block->len;
  else
    g_string_append_c (writer->block, writer->delimiter);
  writer->n_cells++;
  if (text == NULL)
    return;
  if ((writer->flags & KIP_CSV_WRITE_SAFE) && is_formula (text))
    text = guarded = g_strconcat ("'", text, NULL);
  if (wants_quotes (writer, text))
    append_quoted (writer->block, text);
  else
    g_string_append (writer->block, text);
}

static int
code_of (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return KIP_ERROR_NO_SPACE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_READ_ONLY)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return KIP_ERROR_READ_ONLY;
  return KIP_ERROR_IO;
}

static gboolean
fail (GError **error,
      GError  *cause) /* (transfer full) */
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_error (error, KIP_ERROR, code_of (cause),
               _("The file could not be written: %s. Your tickets are unharmed. "
                 "Choose another place or make room, then export again."), cause->message);
  g_error_free (cause);
  return FALSE;
}

KipCsvWriter *
kip_csv_writer_open (GFile           *file,
                     char             delimiter,
                     KipCsvWriteFlags flags,
                     GCancellable    *cancellable,
                     GError         **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                                         cancellable, &cause);

  if (stream == NULL)
    {
      fail (error, g_steal_pointer (&cause));
      return NULL;
    }
  return kip_csv_writer_new (G_OUTPUT_STREAM (stream), delimiter, flags);
}

static gboolean
flush (KipCsvWriter *writer,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (GError) cause = NULL;

  if (!g_output_stream_write_all (writer->stream, writer->block->str, writer->block->len,
                                  NULL, cancellable, &cause))
    return fail (error, g_steal_pointer (&cause));
  g_string_truncate (writer->block, 0);
  return TRUE;
}

gboolean
kip_csv_writer_end_row (KipCsvWriter *writer,
                        GCancellable *cancellable,
                        GError      **error)
{
  if (writer->n_cells == 1 && writer->block->len == writer->row_start)
    g_string_append (writer->block, "\"\""); /* else the row would be a blank line */
  g_string_append (writer->block, "\r\n");
  writer->n_cells = 0;
  return writer->block->len < BLOCK_SIZE || flush (writer, cancellable, error);
}

gboolean
kip_csv_writer_close (KipCsvWriter *writer,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (GError) cause = NULL;

  if (!flush (writer, cancellable, error))
    return FALSE;
  if (!g_output_stream_close (writer->stream, cancellable, &cause))
    return fail (error, g_steal_pointer (&cause));
  return TRUE;
}
