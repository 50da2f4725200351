/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <csv.h>
#include <glib.h>

G_BEGIN_DECLS

/* The cells of one record, gathered by libcsv from lines.  Private to the reader. */
typedef struct
{
  struct csv_parser parser;
  GByteArray       *text;    /* (owned) the cells, each with a NUL behind it */
  GArray           *starts;  /* (owned) of gsize: where each begins */
  GPtrArray        *cells;   /* (owned) of char*: into text or repairs; after kip_csv_record_close() */
  GPtrArray        *repairs; /* (owned) of char* */
  gsize             max_cell;
  gboolean          done;    /* the record's last line was fed */
  gboolean          split;   /* by kip_csv_record_split(): cells is filled already */
  gboolean          cell_too_long;
  gboolean          too_many_cells;
  gboolean          has_nul;
  gboolean          repaired;
} KipCsvRecord;

void kip_csv_record_init (KipCsvRecord *record,
                          gsize         max_cell);
void kip_csv_record_clear (KipCsvRecord *record);
void kip_csv_record_set_delimiter (KipCsvRecord *record,
                                   char          delimiter);

/* Forgets everything, also a record that is half read. */
void kip_csv_record_reset (KipCsvRecord *record);

/* Feeds a line without its end, then the end.  From the second line of a record
 * on quotes are taken strictly, for there a lenient reading would swallow what
 * follows an unclosed quote.  FALSE: a quote is wrong. */
gboolean kip_csv_record_feed (KipCsvRecord *record,
                              const guint8 *line,
                              gsize         length,
                              gboolean      is_first);

/* A whole record on a line without any quote needs no parser: takes it apart where it is.  A byte
 * behind @length must be there to be overwritten.  The same comes out as with libcsv. */
void kip_csv_record_split (KipCsvRecord *record,
                           char         *line,
                           gsize         length);

/* Makes cells from what was gathered: valid UTF-8, normal form C. */
void kip_csv_record_close (KipCsvRecord *record);

gboolean kip_csv_record_is_blank (const KipCsvRecord *record);

G_END_DECLS
