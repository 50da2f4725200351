/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-source.h"

#include "kip-config.h"
#include "kip-error.h"

#include <errno.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* Three stations, each handing on to the next:
 *
 *   stream ─read─▶ raw ─gunzip─▶ plain ─iconv─▶ the caller's array
 *
 * Without gzip, raw and plain are the same bytes. */

#define READ_SIZE (64 * 1024)
#define PLAIN_SIZE (256 * 1024)

/* What is looked at, from the first byte beyond ASCII on, to tell the encoding. */
#define DECIDE_SIZE 4096

typedef enum
{
  MODE_UNDECIDED, /* nothing but ASCII so far */
  MODE_UTF8,
  MODE_ICONV
} Mode;

struct _KipCsvSource
{
  GInputStream *stream;     /* (owned) */
  GConverter   *unzip;      /* (owned) (nullable): not compressed */
  char         *encoding;   /* (owned) */
  GIConv        iconv;      /* -1 unless mode is MODE_ICONV */
  GByteArray   *raw;        /* (owned) read, not yet unzipped */
  GByteArray   *plain;      /* (owned) unzipped, not yet decoded */
  gint64        consumed;   /* bytes read from the stream */
  Mode          mode;
  gboolean      started;    /* gzip and byte order marks were looked for */
  gboolean      stream_end;
  gboolean      member_end; /* gzip: between two members */
  gboolean      plain_end;  /* nothing will come into plain any more */
  gboolean      finished;   /* and all of it was decoded */
};

static void
close_iconv (KipCsvSource *source)
{
  if (source->iconv != (GIConv) -1)
    g_iconv_close (source->iconv);
  source->iconv = (GIConv) -1;
}

static void
set_utf8 (KipCsvSource *source)
{
  close_iconv (source);
  source->mode = MODE_UTF8;
  g_free (source->encoding);
  source->encoding = g_strdup ("utf-8");
}

static gboolean
set_iconv (KipCsvSource *source,
           const char   *encoding,
           GError      **error)
{
  GIConv opened = g_iconv_open ("UTF-8", encoding);

  if (opened == (GIConv) -1)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is not a text encoding that Kip knows. Nothing was read. "
                     "Use utf-8, utf-16, windows-1258 or windows-1252, or leave it out."),
                   encoding);
      return FALSE;
    }
  close_iconv (source);
  source->iconv = opened;
  source->mode = MODE_ICONV;
  g_free (source->encoding);
  source->encoding = g_ascii_strdown (encoding, -1);
  return TRUE;
}

static gboolean
set_encoding (KipCsvSource *source,
              const char   *encoding,
              GError      **error)
{
  if (g_ascii_strcasecmp (encoding, "utf-8") != 0 && g_ascii_strcasecmp (encoding, "utf8") != 0)
    return set_iconv (source, encoding, error);
  set_utf8 (source);
  return TRUE;
}

KipCsvSource *
kip_csv_source_new (GInputStream *stream,
                    const char   *encoding,
                    GError      **error)
{
  g_autoptr (KipCsvSource) source = g_new0 (KipCsvSource, 1);

  source->stream = g_object_ref (stream);
  source->iconv = (GIConv) -1;
  source->encoding = g_strdup ("utf-8");
  source->raw = g_byte_array_sized_new (64);
  source->plain = g_byte_array_sized_new (64);
  if (encoding != NULL && !set_encoding (source, encoding, error))
    return NULL;
  return g_steal_pointer (&source);
}

void
kip_csv_source_free (KipCsvSource *source)
{
  g_clear_object (&source->stream);
  g_clear_object (&source->unzip);
  close_iconv (source);
  g_free (source->encoding);
  g_byte_array_unref (source->raw);
  g_byte_array_unref (source->plain);
  g_free (source);
}

static void
drop_front (GByteArray *bytes,
            gsize       length)
{
  if (length > 0)
    g_byte_array_remove_range (bytes, 0, (guint) length);
}

static gboolean
fail_reading (GError **error,
              GError  *cause) /* (transfer full) */
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_error (error, KIP_ERROR, KIP_ERROR_IO,
               _("The file could not be read to its end: %s. Nothing of it was imported. "
                 "Copy the file to this computer and try again."),
               cause->message);
  g_error_free (cause);
  return FALSE;
}

/* Appends a block of the stream to @to. */
static gboolean
read_block (KipCsvSource *source,
            GByteArray   *to,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GError) cause = NULL;
  guint old = to->len;
  gssize n;

  g_byte_array_set_size (to, old + READ_SIZE);
  n = g_input_stream_read (source->stream, to->data + old, READ_SIZE, cancellable, &cause);
  g_byte_array_set_size (to, old + (guint) MAX (n, 0));
  if (n < 0)
    return fail_reading (error, g_steal_pointer (&cause));
  source->consumed += n;
  source->stream_end = n == 0;
  return TRUE;
}

static gboolean
fail_torn (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("The compressed file breaks off or is damaged. Nothing of it was imported. "
                         "Fetch the file again and repeat the import."));
  return FALSE;
}

static void
note_member (KipCsvSource    *source,
             GConverterResult result)
{
  source->member_end = result == G_CONVERTER_FINISHED;
  if (source->member_end)
    g_converter_reset (source->unzip);
}

/* One turn of gunzip from raw to plain.  FALSE without @error: needs more raw. */
static gboolean
unzip_some (KipCsvSource *source,
            GError      **error)
{
  g_autoptr (GError) cause = NULL;
  guint old = source->plain->len;
  gsize used = 0, made = 0;
  GConverterResult result;

  g_byte_array_set_size (source->plain, old + PLAIN_SIZE);
  result = g_converter_convert (source->unzip, source->raw->data, source->raw->len,
                                source->plain->data + old, PLAIN_SIZE,
                                source->stream_end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS,
                                &used, &made, &cause);
  if (result == G_CONVERTER_ERROR)
    used = made = 0;
  g_byte_array_set_size (source->plain, old + (guint) made);
  drop_front (source->raw, used);
  if (result != G_CONVERTER_ERROR)
    note_member (source, result);
  else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) || source->stream_end)
    return fail_torn (error);
  return made > 0;
}

/* A gzip file may be followed by zeros (tapes, block devices) or by nothing. */
static gboolean
at_padding (KipCsvSource *source)
{
  return source->member_end && source->raw->len > 0 && source->raw->data[0] != 0x1f;
}

static gboolean
fill_unzipped (KipCsvSource *source,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (GError) local = NULL;

  for (;;)
    {
      if (source->raw->len == 0 && !source->stream_end
          && !read_block (source, source->raw, cancellable, error))
        return FALSE;
      if (at_padding (source) || (source->stream_end && source->raw->len == 0 && source->member_end))
        return TRUE;
      if (unzip_some (source, &local))
        return TRUE;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (source->raw->len > 0 && !source->member_end
          && !read_block (source, source->raw, cancellable, error))
        return FALSE;
    }
}

/* Appends to plain, or sets plain_end. */
static gboolean
fill_plain (KipCsvSource *source,
            GCancellable *cancellable,
            GError      **error)
{
  guint before = source->plain->len;
  gboolean ok = source->unzip != NULL ? fill_unzipped (source, cancellable, error)
                                      : read_block (source, source->plain, cancellable, error);

  source->plain_end = ok && source->plain->len == before;
  return ok;
}

static void
note_gzip (KipCsvSource *source)
{
  if (source->plain->len < 2 || source->plain->data[0] != 0x1f || source->plain->data[1] != 0x8b)
    return;
  source->unzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_byte_array_append (source->raw, source->plain->data, source->plain->len);
  g_byte_array_set_size (source->plain, 0);
  source->plain_end = FALSE;
}

/* UTF-16 without a byte order mark: every other byte of western text is zero. */
static const char *
guess_utf16 (const GByteArray *bytes)
{
  gsize n = MIN (bytes->len, 4096) & ~(gsize) 1;
  gsize even = 0, odd = 0;

  for (gsize i = 0; i < n; i += 2)
    {
      even += bytes->data[i] == 0;
      odd += bytes->data[i + 1] == 0;
    }
  if (n < 8)
    return NULL;
  if (even == 0 && odd > n / 4)
    return "UTF-16LE";
  return odd == 0 && even > n / 4 ? "UTF-16BE" : NULL;
}

/* Looks for a byte order mark; one of UTF-8 is proof, whatever was asked for. */
static void
note_mark (KipCsvSource *source)
{
  const guint8 *data = source->plain->data;
  gsize length = source->plain->len;
  gboolean may_be_16 = source->mode == MODE_UNDECIDED
                       || g_ascii_strncasecmp (source->encoding, "utf-16", 6) == 0;
  const char *found = NULL;
  gsize mark = 2;

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      set_utf8 (source);
      mark = 3;
    }
  else if (may_be_16 && length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    found = "UTF-16LE";
  else if (may_be_16 && length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    found = "UTF-16BE";
  else
    mark = 0;
  if (may_be_16 && mark == 0)
    found = guess_utf16 (source->plain);
  if (found != NULL)
    set_iconv (source, found, NULL);
  drop_front (source->plain, mark);
}

/* The first bytes of the file: compressed or not, which encoding. */
static gboolean
begin (KipCsvSource *source,
       GCancellable *cancellable,
       GError      **error)
{
  while (!source->plain_end && source->plain->len < 4)
    if (!fill_plain (source, cancellable, error))
      return FALSE;
  note_gzip (source);
  while (!source->plain_end && source->plain->len < DECIDE_SIZE)
    if (!fill_plain (source, cancellable, error))
      return FALSE;
  note_mark (source);
  source->started = TRUE;
  return TRUE;
}

/* How many bytes of a UTF-8 sequence start at @data; 0 when none does. */
static gsize
sequence_length (const guint8 *data,
                 gsize         length)
{
  gunichar c = g_utf8_get_char_validated ((const char *) data, (gssize) length);

  return c == (gunichar) -1 || c == (gunichar) -2 ? 0 : (gsize) g_unichar_to_utf8 (c, NULL);
}

/* Tells UTF-8 from a code page by whichever reading has the majority, so that one
 * broken character does not spoil the rest. */
static void
decide (KipCsvSource *source)
{
  const guint8 *data = source->plain->data;
  gsize length = source->plain->len;
  gsize good = 0, bad = 0;

  for (gsize i = 0; i < length;)
    {
      gsize n = data[i] < 0x80 ? 1 : sequence_length (data + i, length - i);

      good += data[i] >= 0x80 && n > 0;
      bad += n == 0 && (length - i > 6 || source->plain_end);
      i += MAX (n, 1);
    }
  if (good >= bad)
    source->mode = MODE_UTF8;
  else
    set_iconv (source, "WINDOWS-1258", NULL);
}

/* Hands on what is ASCII; what follows waits until there is enough to decide by. */
static void
pass_ascii (KipCsvSource *source,
            GByteArray   *out)
{
  gsize n = 0;

  while (n < source->plain->len && source->plain->data[n] < 0x80)
    n++;
  g_byte_array_append (out, source->plain->data, (guint) n);
  drop_front (source->plain, n);
  if (source->plain->len >= DECIDE_SIZE || (source->plain_end && source->plain->len > 0))
    decide (source);
}

static void
flush_iconv (KipCsvSource *source,
             GByteArray   *out)
{
  char end[64];
  char *to = end;
  gsize room = sizeof end;

  g_iconv (source->iconv, NULL, NULL, &to, &room);
  g_byte_array_append (out, (const guint8 *) end, (guint) (to - end));
}

static void
append_replacement (GByteArray *out)
{
  g_byte_array_append (out, (const guint8 *) "\xef\xbf\xbd", 3);
}

/* Decodes all of plain but an unfinished character at its end. */
static void
decode_iconv (KipCsvSource *source,
              GByteArray   *out)
{
  char *from = (char *) source->plain->data;
  gsize left = source->plain->len;

  while (left > 0)
    {
      guint old = out->len;
      gsize room = left * 3 + 16;
      gsize given = room;
      char *to;
      gsize done;
      int why;

      g_byte_array_set_size (out, old + (guint) room);
      to = (char *) out->data + old;
      done = g_iconv (source->iconv, &from, &left, &to, &room);
      why = errno;
      g_byte_array_set_size (out, old + (guint) (given - room));
      if (done != (gsize) -1 || (why == EINVAL && !source->plain_end))
        break;
      if (why == E2BIG)
        continue;
      flush_iconv (source, out); /* a letter may be waiting there for its tone */
      append_replacement (out);
      from++;
      left--;
    }
  drop_front (source->plain, source->plain->len - left);
  if (source->plain_end)
    flush_iconv (source, out);
}

static void
decode (KipCsvSource *source,
        GByteArray   *out)
{
  if (source->mode == MODE_UNDECIDED)
    pass_ascii (source, out);
  if (source->mode == MODE_ICONV)
    decode_iconv (source, out);
  if (source->mode != MODE_UTF8)
    return;
  g_byte_array_append (out, source->plain->data, source->plain->len);
  g_byte_array_set_size (source->plain, 0);
}

gboolean
kip_csv_source_fill (KipCsvSource *source,
                     GByteArray   *out,
                     GCancellable *cancellable,
                     GError      **error)
{
  guint old = out->len;

  while (out->len == old && !source->finished)
    {
      if (!source->started)
        {
          if (!begin (source, cancellable, error))
            return FALSE;
        }
      else if (!fill_plain (source, cancellable, error))
        return FALSE;
      decode (source, out);
      source->finished = source->plain_end;
    }
  return TRUE;
}

gint64
kip_csv_source_get_consumed (KipCsvSource *source)
{
  return source->consumed - source->raw->len;
}

gboolean
kip_csv_source_is_compressed (KipCsvSource *source)
{
  return source->unzip != NULL;
}

const char *
kip_csv_source_get_encoding (KipCsvSource *source)
{
  return source->encoding;
}
