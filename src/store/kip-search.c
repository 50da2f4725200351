/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-search.h"

#include "kip-indexer.h"
#include "kip-text.h"

/* What FTS5 is asked: a phrase of whole words, the last of which may go on.
 * https://www.sqlite.org/fts5.html#full_text_query_syntax */
static char *
match_text (const KipQueryTest *test)
{
  GString *out = g_string_new (test->field == KIP_QUERY_SUBJECT ? "subject : \"" : "\"");
  g_auto (GStrv) words = kip_text_words (test->text);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (out, i > 0 ? " %s" : "%s", words[i]);
  g_string_append (out, test->prefix ? "\" *" : "\"");
  return g_string_free (out, FALSE);
}

static gboolean
is_words (const KipQueryTest *test)
{
  return test->kind == KIP_QUERY_TEST_WORDS && (test->field == KIP_QUERY_TEXT || test->field == KIP_QUERY_SUBJECT);
}

static gboolean
is_any_text (const KipQueryTest *test)
{
  return is_words (test) && test->field == KIP_QUERY_TEXT;
}

gboolean
kip_search_can (const KipQueryTest *test)
{
  const KipQueryTest *first, *second;

  if (is_any_text (test))
    return TRUE;
  if (test->kind != KIP_QUERY_TEST_OR || test->children->len != 2)
    return FALSE;
  first = g_ptr_array_index (test->children, 0);
  second = g_ptr_array_index (test->children, 1);
  return is_any_text (first) && second->kind == KIP_QUERY_TEST_NUMBER;
}

/* ---- everything ---- */

KipBits *
kip_search_all (KipDb              *db,
                const KipQueryTest *test,
                guint64             n,
                GError            **error)
{
  g_autofree char *match = match_text (test);
  g_autoptr (KipBits) bits = kip_bits_new (n);
  KipRows rows = kip_db_query (db, "SELECT rowid FROM search WHERE search MATCH ?1", "t", match);

  while (kip_rows_next (&rows))
    kip_bits_add (bits, (guint64) KIP_DOCUMENT_SLOT (kip_rows_int (&rows, 0)));
  return kip_rows_end (&rows, error) ? g_steal_pointer (&bits) : NULL;
}

/* ---- the newest ---- */

/* The slots where one test holds, from the newest down. */
typedef struct
{
  KipDb   *db;
  char    *match;    /* (owned) */
  gboolean is_costly; /* to begin again */
  KipRows  rows;
  gboolean is_open;
  gint64   hit;      /* of the index; -1: none any more */
  GArray  *numbers;  /* (owned) of gint64: slots by number, falling */
  guint    next_number;
} Stream;

/* After so many steps it is quicker to look from the top for the place. */
#define STEPS 500

/* The longest beginnings of words that the index has by themselves (its option
 * prefix).  For longer ones FTS5 brings all their words' places together first,
 * and would do so each time that one begins again. */
#define LONGEST_PREFIX 4

static gboolean
is_costly (const KipQueryTest *test)
{
  g_auto (GStrv) words = kip_text_words (test->text);
  guint n = g_strv_length (words);

  return test->prefix && n > 0 && g_utf8_strlen (words[n - 1], -1) > LONGEST_PREFIX;
}

static gboolean
step (Stream *stream)
{
  stream->hit = kip_rows_next (&stream->rows) ? KIP_DOCUMENT_SLOT (kip_rows_int (&stream->rows, 0)) : -1;
  return stream->hit >= 0;
}

/* Begins again at @slot. */
static gboolean
seek (Stream  *stream,
      gint64   slot,
      GError **error)
{
  if (stream->is_open && !kip_rows_end (&stream->rows, error))
    return FALSE;
  stream->rows = kip_db_query (stream->db, "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC",
                               "ti", stream->match, (slot + 1) << KIP_DOCUMENT_BITS);
  stream->is_open = TRUE;
  step (stream);
  return TRUE;
}

static gint64
current (const Stream *stream)
{
  gint64 number = stream->next_number < stream->numbers->len ? g_array_index (stream->numbers, gint64, stream->next_number) : -1;

  return MAX (stream->hit, number);
}

/* Goes down to @slot or, if it is not there, the next below. */
static gboolean
advance (Stream  *stream,
         gint64   slot,
         GError **error)
{
  guint steps = 0;

  while (stream->next_number < stream->numbers->len
         && g_array_index (stream->numbers, gint64, stream->next_number) > slot)
    stream->next_number++;
  while (stream->hit > slot && (steps++ < STEPS || stream->is_costly))
    step (stream);
  return stream->hit <= slot || seek (stream, slot, error);
}

/* Falling. */
static gboolean
read_numbers (KipDb              *db,
              const KipQueryTest *number,
              GArray             *slots, /* of gint64 */
              GError            **error)
{
  KipRows rows;

  if (number->device != 0)
    rows = kip_db_query (db, "SELECT slot FROM ticket WHERE number = ?1 ORDER BY slot DESC",
                         "i", KIP_TICKET_NUMBER (number->device, number->counter));
  else
    rows = kip_db_query (db, "SELECT t.slot FROM (SELECT DISTINCT device FROM device_key) AS d"
                         " JOIN ticket AS t ON t.number = (d.device << ?2 | ?1) ORDER BY t.slot DESC",
                         "id", number->counter, KIP_TICKET_NUMBER_BITS);
  while (kip_rows_next (&rows))
    {
      gint64 slot = kip_rows_int (&rows, 0);

      g_array_append_val (slots, slot);
    }
  return kip_rows_end (&rows, error);
}

static gboolean
stream_init (Stream             *stream,
             KipDb              *db,
             const KipQueryTest *test,
             GError            **error)
{
  const KipQueryTest *words = is_words (test) ? test : g_ptr_array_index (test->children, 0);

  stream->db = db;
  stream->match = match_text (words);
  stream->is_costly = is_costly (words);
  stream->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (words != test && !read_numbers (db, g_ptr_array_index (test->children, 1), stream->numbers, error))
    return FALSE;
  return seek (stream, (G_MAXINT64 >> KIP_DOCUMENT_BITS) - 1, error);
}

static gboolean
stream_clear (Stream  *stream,
              GError **error)
{
  g_free (stream->match);
  if (stream->numbers != NULL)
    g_array_unref (stream->numbers);
  return !stream->is_open || kip_rows_end (&stream->rows, error);
}

/* Brings all streams to one slot, the newest they share; -1: there is none. */
static gboolean
align (Stream  *streams,
       guint    n,
       gint64   from,
       gint64  *slot,
       GError **error)
{
  *slot = from;
  for (guint i = 0; i < n && *slot >= 0;)
    {
      gint64 at;

      if (!advance (&streams[i], *slot, error))
        return FALSE;
      at = current (&streams[i]);
      /* One that is further down sends all back to meet it there. */
      i = at < *slot ? 0 : i + 1;
      *slot = at;
    }
  return TRUE;
}

/* What is being collected, and what may be. */
typedef struct
{
  const KipBits *among;   /* (nullable) */
  KipBits       *hidden;  /* (owned) (nullable) */
  GArray        *found;   /* of gint64 */
} Collection;

static gboolean
may_be_found (const Collection *collection,
              gint64            slot)
{
  if (collection->among != NULL)
    return kip_bits_has (collection->among, (guint64) slot);
  return !kip_bits_has (collection->hidden, (guint64) slot);
}

static gboolean
collect (Stream     *streams,
         guint       n,
         Collection *collection,
         guint       limit,
         GError    **error)
{
  gint64 lowest = collection->among != NULL ? (gint64) kip_bits_first (collection->among) : 0;
  gint64 slot = (G_MAXINT64 >> KIP_DOCUMENT_BITS) - 1;

  while (limit == 0 || collection->found->len < limit)
    {
      if (!align (streams, n, slot, &slot, error))
        return FALSE;
      if (slot < lowest)
        break;
      if (may_be_found (collection, slot))
        g_array_append_val (collection->found, slot);
      slot--;
    }
  return TRUE;
}

static gboolean
read_hidden (KipDb    *db,
             KipBits **hidden,
             GError  **error)
{
  KipRows rows;
  gint64 last;

  if (!kip_db_get_int (db, 0, &last, error, "SELECT max(slot) FROM ticket WHERE slot > 0", ""))
    return FALSE;
  *hidden = kip_bits_new ((guint64) last + 1);
  rows = kip_db_query (db, "SELECT slot FROM ticket WHERE hidden <> 0", "");
  while (kip_rows_next (&rows))
    kip_bits_add (*hidden, (guint64) kip_rows_int (&rows, 0));
  return kip_rows_end (&rows, error);
}

static gboolean
collection_init (Collection    *collection,
                 KipDb         *db,
                 const KipBits *among,
                 GError       **error)
{
  collection->among = among;
  collection->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  return among != NULL || read_hidden (db, &collection->hidden, error);
}

static void
collection_clear (Collection *collection)
{
  g_clear_pointer (&collection->hidden, kip_bits_free);
  g_clear_pointer (&collection->found, g_array_unref);
}

GArray *
kip_search_newest (KipDb         *db,
                   GPtrArray     *tests,
                   const KipBits *among,
                   guint          limit,
                   GError       **error)
{
  g_autofree Stream *streams = g_new0 (Stream, tests->len);
  Collection collection = { NULL };
  GArray *found;
  gboolean ok = collection_init (&collection, db, among, error);

  for (guint i = 0; ok && i < tests->len; i++)
    ok = stream_init (&streams[i], db, g_ptr_array_index (tests, i), error);
  ok = ok && collect (streams, tests->len, &collection, limit, error);
  for (guint i = 0; i < tests->len; i++)
    ok = stream_clear (&streams[i], ok ? error : NULL) && ok;
  found = ok ? g_steal_pointer (&collection.found) : NULL;
  collection_clear (&collection);
  return found;
}

/* ---- without an order ---- */

static KipBits *
select_one (KipDb              *db,
            const KipQueryTest *test,
            guint64             n,
            GError            **error)
{
  const KipQueryTest *words = is_words (test) ? test : g_ptr_array_index (test->children, 0);
  g_autoptr (KipBits) bits = kip_search_all (db, words, n, error);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (bits == NULL || (words != test && !read_numbers (db, g_ptr_array_index (test->children, 1), numbers, error)))
    return NULL;
  for (guint i = 0; i < numbers->len; i++)
    kip_bits_add (bits, (guint64) g_array_index (numbers, gint64, i));
  return g_steal_pointer (&bits);
}

KipBits *
kip_search_select (KipDb         *db,
                   GPtrArray     *tests,
                   const KipBits *among,
                   GError       **error)
{
  g_autoptr (KipBits) hidden = NULL;
  g_autoptr (KipBits) found = NULL;

  if (!read_hidden (db, &hidden, error) || (found = select_one (db, g_ptr_array_index (tests, 0), hidden->n, error)) == NULL)
    return NULL;
  for (guint i = 1; i < tests->len; i++)
    {
      g_autoptr (KipBits) more = select_one (db, g_ptr_array_index (tests, i), hidden->n, error);

      if (more == NULL)
        return NULL;
      kip_bits_keep (found, more);
    }
  if (among != NULL)
    kip_bits_keep (found, among);
  else
    kip_bits_drop (found, hidden);
  return g_steal_pointer (&found);
}
