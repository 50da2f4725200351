/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a table from a CSV file, record by record, in constant memory.  What the
 * file may be is said in kip-csv-source.h; the delimiter is found by looking, or
 * from Excel's first line "sep=;".  A quoted cell may hold line ends.
 *
 * Nothing in a file can stop the reading but the disk: a record that makes no
 * sense comes out as KIP_CSV_REFUSED with its line and the reason, and reading
 * goes on behind it.  After a quote that is never closed it goes on at the next
 * line, so that one bad quote does not swallow the file; how much is read twice
 * in this way is bounded, so a hostile file costs no more than a long one.
 *
 * Synchronous: for a worker thread.  One thread at a time. */
typedef struct _KipCsvReader KipCsvReader;

typedef enum
{
  KIP_CSV_ROW,
  KIP_CSV_REFUSED,
  KIP_CSV_END,
  KIP_CSV_ERROR /* the disk, the compressed data, or cancelled: see the GError */
} KipCsvResult;

/* All zero means: find out. */
typedef struct
{
  const char *encoding;   /* (nullable) a name that iconv knows */
  char        delimiter;
  guint       skip_lines; /* lines above the header */
  gboolean    no_header;  /* the columns are then named "1", "2", … */
  gboolean    fill_short; /* fill rows with too few cells instead of refusing them */
  gsize       max_cell;   /* bytes; 0: KIP_CSV_MAX_CELL */
} KipCsvOptions;

#define KIP_CSV_MAX_CELL (1024 * 1024)
#define KIP_CSV_MAX_RECORD (4 * 1024 * 1024)
#define KIP_CSV_MAX_COLUMNS 4096

/* A record; everything in it is borrowed until the next call.  Cells are valid
 * UTF-8 in normal form C, never NULL, as many as the header has. */
typedef struct
{
  guint64       line;     /* of its first byte, counted from 1 */
  guint         n_cells;
  char        **cells;    /* (nullable) with KIP_CSV_REFUSED */
  gboolean      repaired; /* held characters that its encoding does not have */
  const char   *reason;   /* (nullable) why it was refused: a sentence for people */
} KipCsvRow;

/* @total: how many bytes @stream will give, or -1; only for the progress. */
KipCsvReader *kip_csv_reader_new (GInputStream        *stream,
                                  gint64               total,
                                  const KipCsvOptions *options, /* (nullable) */
                                  GError             **error);

/* Opens @file.  KIP_ERROR_NOT_FOUND, KIP_ERROR_IO. */
KipCsvReader *kip_csv_reader_open (GFile               *file,
                                   const KipCsvOptions *options, /* (nullable) */
                                   GCancellable        *cancellable,
                                   GError             **error);
void          kip_csv_reader_free (KipCsvReader *reader);

/* The names of the columns, NULL-terminated, in the order of the file; a name
 * that is empty or stands twice is told apart by its number.  NULL and
 * KIP_ERROR_INVALID when the file holds no table.  Borrowed. */
const char *const *kip_csv_reader_get_header (KipCsvReader *reader,
                                              GCancellable *cancellable,
                                              GError      **error);

KipCsvResult kip_csv_reader_next (KipCsvReader     *reader,
                                  const KipCsvRow **row,
                                  GCancellable     *cancellable,
                                  GError          **error);

/* Bytes of the file that were read, and their number in all or -1. */
void        kip_csv_reader_get_progress (KipCsvReader *reader,
                                         gint64       *done,
                                         gint64       *total);
guint64     kip_csv_reader_get_line (KipCsvReader *reader);      /* lines read so far */
char        kip_csv_reader_get_delimiter (KipCsvReader *reader); /* 0 before the header */
const char *kip_csv_reader_get_encoding (KipCsvReader *reader);  /* "utf-8", "windows-1258" … */
gboolean    kip_csv_reader_is_compressed (KipCsvReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCsvReader, kip_csv_reader_free)

G_END_DECLS
