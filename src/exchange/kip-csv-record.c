/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-record.h"

#include "kip-csv-reader.h"

#include <string.h>

void
kip_csv_record_init (KipCsvRecord *record,
                     gsize         max_cell)
{
  memset (record, 0, sizeof *record);
  csv_init (&record->parser, 0);
  record->text = g_byte_array_sized_new (64);
  record->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  record->cells = g_ptr_array_new ();
  record->repairs = g_ptr_array_new_with_free_func (g_free);
  record->max_cell = max_cell;
}

void
kip_csv_record_clear (KipCsvRecord *record)
{
  csv_free (&record->parser);
  g_byte_array_unref (record->text);
  g_array_unref (record->starts);
  g_ptr_array_unref (record->cells);
  g_ptr_array_unref (record->repairs);
}

void
kip_csv_record_set_delimiter (KipCsvRecord *record,
                              char          delimiter)
{
  csv_set_delim (&record->parser, (unsigned char) delimiter);
}

void
kip_csv_record_reset (KipCsvRecord *record)
{
  csv_set_opts (&record->parser, 0);
  csv_fini (&record->parser, NULL, NULL, NULL);
  g_byte_array_set_size (record->text, 0);
  g_array_set_size (record->starts, 0);
  g_ptr_array_set_size (record->cells, 0);
  g_ptr_array_set_size (record->repairs, 0);
  record->done = record->cell_too_long = record->too_many_cells = FALSE;
  record->has_nul = record->repaired = record->split = FALSE;
}

static void
cell_cb (void  *data,
         size_t length,
         void  *user_data)
{
  KipCsvRecord *record = user_data;
  gsize start = record->text->len;

  if (record->starts->len >= KIP_CSV_MAX_COLUMNS)
    {
      record->too_many_cells = TRUE;
      return;
    }
  if (length > record->max_cell)
    {
      record->cell_too_long = TRUE;
      length = 0;
    }
  g_array_append_val (record->starts, start);
  if (length > 0)
    g_byte_array_append (record->text, data, (guint) length);
  g_byte_array_append (record->text, (const guint8 *) "", 1);
}

static void
row_cb (int   last,
        void *user_data)
{
  KipCsvRecord *record = user_data;

  record->done = TRUE;
}

static gboolean
parse (KipCsvRecord *record,
       const void   *data,
       gsize         length)
{
  return csv_parse (&record->parser, data, length, cell_cb, row_cb, record) == length;
}

gboolean
kip_csv_record_feed (KipCsvRecord *record,
                     const guint8 *line,
                     gsize         length,
                     gboolean      is_first)
{
  if (memchr (line, '\0', length) != NULL)
    record->has_nul = TRUE;
  csv_set_opts (&record->parser, is_first ? 0 : CSV_STRICT);
  return parse (record, line, length) && parse (record, "\n", 1);
}

/* ---- without libcsv ---- */

static gboolean
is_blank (char c,
          char delimiter)
{
  return (c == CSV_SPACE || c == CSV_TAB) && c != delimiter;
}

/* From @begin to @end, which is overwritten. */
static void
add_cell (KipCsvRecord *record,
          char         *begin,
          char         *end,
          char          delimiter)
{
  while (begin < end && is_blank (*begin, delimiter))
    begin++;
  while (end > begin && is_blank (end[-1], delimiter))
    end--;
  *end = '\0';
  if (record->cells->len >= KIP_CSV_MAX_COLUMNS)
    record->too_many_cells = TRUE;
  else if ((gsize) (end - begin) > record->max_cell)
    record->cell_too_long = TRUE;
  else
    g_ptr_array_add (record->cells, begin);
}

void
kip_csv_record_split (KipCsvRecord *record,
                      char         *line,
                      gsize         length)
{
  char delimiter = (char) csv_get_delim (&record->parser);
  char *end = line + length;
  char *begin = line;

  for (char *at = line; at < end; at++)
    if (*at == delimiter)
      {
        add_cell (record, begin, at, delimiter);
        begin = at + 1;
      }
  add_cell (record, begin, end, delimiter);
  record->done = record->split = TRUE;
}

/* ---- cells ---- */

static gboolean
is_ascii (const guint8 *text,
          gsize         length)
{
  guint8 all = 0;

  for (gsize i = 0; i < length; i++)
    all |= text[i];
  return all < 0x80;
}

/* Letters may come apart: Windows-1258 writes the tone as a character of its
 * own, macOS every mark (U+0300 … U+036F, in UTF-8 0xCC and 0xCD). */
static gboolean
has_marks (const char *text)
{
  return strpbrk (text, "\xcc\xcd") != NULL;
}

static char *
repair (KipCsvRecord *record,
        char         *text)
{
  char *valid = text;

  if (!g_utf8_validate (text, -1, NULL))
    {
      valid = g_utf8_make_valid (text, -1);
      g_ptr_array_add (record->repairs, valid);
    }
  record->repaired |= strstr (valid, "\xef\xbf\xbd") != NULL;
  if (!has_marks (valid))
    return valid;
  valid = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_ptr_array_add (record->repairs, valid);
  return valid;
}

/* The cells that were taken apart in place, repaired where they are not plain. */
static void
close_split (KipCsvRecord *record)
{
  for (guint i = 0; i < record->cells->len; i++)
    {
      char *text = record->cells->pdata[i];

      if (!is_ascii ((const guint8 *) text, strlen (text)))
        record->cells->pdata[i] = repair (record, text);
    }
}

static void
close_parsed (KipCsvRecord *record)
{
  gboolean plain = is_ascii (record->text->data, record->text->len);

  g_ptr_array_set_size (record->cells, (int) record->starts->len);
  for (guint i = 0; i < record->starts->len; i++)
    {
      char *text = (char *) record->text->data + g_array_index (record->starts, gsize, i);

      record->cells->pdata[i] = plain ? text : repair (record, text);
    }
}

void
kip_csv_record_close (KipCsvRecord *record)
{
  if (record->split)
    close_split (record);
  else
    close_parsed (record);
}

gboolean
kip_csv_record_is_blank (const KipCsvRecord *record)
{
  for (guint i = 0; record->split && i < record->cells->len; i++)
    if (*(const char *) record->cells->pdata[i] != '\0')
      return FALSE;
  for (guint i = 0; i < record->text->len; i++)
    if (record->text->data[i] != '\0')
      return FALSE;
  return !record->cell_too_long && !record->has_nul;
}
