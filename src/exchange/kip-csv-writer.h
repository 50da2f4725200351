/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a table as RFC 4180 says: CRLF ends a row, a cell is quoted when it
 * holds the delimiter, a quote, a line end, or white space at an edge. */
typedef struct _KipCsvWriter KipCsvWriter;

typedef enum
{
  KIP_CSV_WRITE_PLAIN = 0,
  KIP_CSV_WRITE_BOM = 1 << 0,  /* a byte order mark, without which Excel takes UTF-8 for a code page */
  KIP_CSV_WRITE_SAFE = 1 << 1  /* an apostrophe before cells that a spreadsheet would compute (= + - @) */
} KipCsvWriteFlags;

/* @delimiter 0: comma. */
KipCsvWriter *kip_csv_writer_new (GOutputStream   *stream,
                                  char             delimiter,
                                  KipCsvWriteFlags flags);

/* Replaces @file, once kip_csv_writer_close() says that all of it is written; until
 * then, and for ever if that fails, the old one stays. */
KipCsvWriter *kip_csv_writer_open (GFile           *file,
                                   char             delimiter,
                                   KipCsvWriteFlags flags,
                                   GCancellable    *cancellable,
                                   GError         **error);

/* Without kip_csv_writer_close() nothing is kept. */
void kip_csv_writer_free (KipCsvWriter *writer);

/* A cell of the current row; NULL is an empty one. */
void kip_csv_writer_cell (KipCsvWriter *writer,
                          const char   *text);

/* Ends the row.  Bytes go to the stream in blocks, so an error may show at a
 * later row or at the end.  The GError is of KIP_ERROR: NO_SPACE, READ_ONLY, IO. */
gboolean kip_csv_writer_end_row (KipCsvWriter *writer,
                                 GCancellable *cancellable,
                                 GError      **error);

/* Writes what is left and closes the stream: only then is the file whole. */
gboolean kip_csv_writer_close (KipCsvWriter *writer,
                               GCancellable *cancellable,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCsvWriter, kip_csv_writer_free)

G_END_DECLS
