/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What conditions are put together of, and the functions of ours that stand in them. */

#include "kip-where-private.h"

#include "kip-text.h"

/* ---- functions of ours in SQL ---- */

#define BITS_TYPE "kip-bits"
#define IDS_TYPE "kip-ids"

/* kip_has (bits, slot) */
static void
has_func (sqlite3_context *context,
          int              n,
          sqlite3_value  **args)
{
  const KipBits *bits = sqlite3_value_pointer (args[0], BITS_TYPE);

  sqlite3_result_int (context, bits != NULL && kip_bits_has (bits, (guint64) sqlite3_value_int64 (args[1])));
}

int
kip_where_compare_numbers (gconstpointer a,
                           gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* kip_among (ids, id): a long list, sorted */
static void
among_func (sqlite3_context *context,
            int              n,
            sqlite3_value  **args)
{
  GArray *ids = sqlite3_value_pointer (args[0], IDS_TYPE);
  gint64 id = sqlite3_value_int64 (args[1]);

  sqlite3_result_int (context, ids != NULL && g_array_binary_search (ids, &id, kip_where_compare_numbers, NULL));
}

/* kip_words (text, words, prefix): both folded */
static void
words_func (sqlite3_context *context,
            int              n,
            sqlite3_value  **args)
{
  const char *text = (const char *) sqlite3_value_text (args[0]);
  const char *words = (const char *) sqlite3_value_text (args[1]);

  sqlite3_result_int (context, text != NULL && words != NULL
                      && kip_text_matches_phrase (text, words, sqlite3_value_int (args[2]) != 0));
}

gboolean
kip_where_register (KipDb   *db,
                    GError **error)
{
  sqlite3 *handle = kip_db_handle (db);
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  int rc = sqlite3_create_function_v2 (handle, "kip_has", 2, flags, NULL, has_func, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2 (handle, "kip_among", 2, flags, NULL, among_func, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2 (handle, "kip_words", 3, flags, NULL, words_func, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    kip_db_set_error (db, rc, error);
  return rc == SQLITE_OK;
}

/* ---- words ---- */

void
kip_where_say (KipWhereWriter *writer,
               const char     *sql)
{
  g_string_append (writer->where->sql, sql);
}

void
kip_where_say_int (KipWhereWriter *writer,
                   gint64          number)
{
  kip_where_say (writer, "?");
  kip_db_values_add_int (writer->where->values, number);
}

void
kip_where_say_text (KipWhereWriter *writer,
                    const char     *text)
{
  kip_where_say (writer, "?");
  kip_db_values_add_text (writer->where->values, text);
}

void
kip_where_say_bits (KipWhereWriter *writer,
                    KipBits        *bits)
{
  kip_where_say (writer, "kip_has (?, t.slot)");
  kip_db_values_add_pointer (writer->where->values, bits, BITS_TYPE);
  g_ptr_array_add (writer->where->bits, bits);
}

/* Up to so many values stand in the SQL; more are looked up by a function. */
#define SHORT_LIST 100

void
kip_where_say_among (KipWhereWriter *writer,
                     const char     *expression,
                     GArray         *ids)
{
  GArray *copy;

  if (ids->len <= SHORT_LIST)
    {
      kip_where_say (writer, expression);
      for (guint i = 0; i < ids->len; i++)
        {
          kip_where_say (writer, i == 0 ? " IN (" : ", ");
          kip_where_say_int (writer, g_array_index (ids, gint64, i));
        }
      kip_where_say (writer, ids->len > 0 ? ")" : " IN ()");
      return;
    }
  copy = g_array_copy (ids);
  g_ptr_array_add (writer->where->lists, copy);
  kip_where_say (writer, "kip_among (?, ");
  kip_db_values_add_pointer (writer->where->values, copy, IDS_TYPE);
  kip_where_say (writer, expression);
  kip_where_say (writer, ")");
}
