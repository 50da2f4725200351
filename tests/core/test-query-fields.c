/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kip-query-plan.h"

/* Every spelling finds its own field: none is taken by another. */
static void
test_field_spellings (void)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) aliases = g_strsplit (fields[i].aliases, "|", -1);
      g_autofree char *name = kip_query_key (fields[i].name, -1);

      g_assert_true (kip_query_field_lookup (name, 1) == &fields[i]);
      g_assert_true (kip_query_field_info (fields[i].field) == &fields[i]);
      for (char **alias = aliases; *alias != NULL; alias++)
        {
          g_autofree char *key = kip_query_key (*alias, -1);
          g_auto (GStrv) words = g_strsplit (*alias, " ", -1);

          g_test_message ("%s", *alias);
          g_assert_true (kip_query_field_lookup (key, 1) == &fields[i]);
          g_assert_true (kip_query_field_lookup (key, g_strv_length (words)) == &fields[i]);
          g_assert_null (kip_query_field_lookup (key, g_strv_length (words) + 1));
        }
    }
}

/* No alias of several words ends in the name of a field: a printed "word field:" is never read as one. */
static void
test_last_words (void)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) aliases = g_strsplit (fields[i].aliases, "|", -1);

      for (char **alias = aliases; *alias != NULL; alias++)
        {
          const char *last = strrchr (*alias, ' ');
          g_autofree char *key = last != NULL ? kip_query_key (last, -1) : NULL;
          const KipQueryFieldInfo *same = key != NULL ? kip_query_field_lookup (key, 1) : NULL;

          g_test_message ("%s", *alias);
          g_assert_true (same == NULL || strcmp (same->name, key) != 0);
        }
    }
}

static gboolean
is_value_of (const KipQueryFieldInfo *field,
             const char              *spelling,
             const KipQueryKeyword   *keyword)
{
  g_autofree char *key = kip_query_key (spelling, -1);

  return kip_query_keyword_lookup (field->field, key, 1) == keyword;
}

/* Every spelling of a keyword finds it in every field that takes it. */
static void
test_keyword_spellings (void)
{
  guint n_fields, n_keywords;
  const KipQueryFieldInfo *fields = kip_query_fields (&n_fields);
  const KipQueryKeyword *keywords = kip_query_keywords (&n_keywords);

  for (guint i = 0; i < n_fields; i++)
    for (guint j = 0; j < n_keywords; j++)
      {
        g_auto (GStrv) aliases = NULL;

        if (!kip_query_field_accepts (&fields[i], &keywords[j]))
          continue;
        aliases = g_strsplit (keywords[j].aliases != NULL ? keywords[j].aliases : "", "|", -1);
        g_test_message ("%s:%s", fields[i].name, keywords[j].name);
        g_assert_true (is_value_of (&fields[i], keywords[j].name, &keywords[j]));
        g_assert_true (kip_query_keyword_for (fields[i].field, keywords[j].value) == &keywords[j]);
        for (char **alias = aliases; *alias != NULL; alias++)
          if (**alias != '\0')
            g_assert_true (is_value_of (&fields[i], *alias, &keywords[j]));
      }
}

/* Every example in the table is a good query for its field. */
static void
test_examples (void)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (fields[i].example);
      g_autofree char *text = kip_query_to_text (query);
      g_autofree char *alias = kip_query_vietnamese_name (fields[i].name, fields[i].aliases);
      g_autofree char *vietnamese = g_strconcat (alias, fields[i].example + strlen (fields[i].name), NULL);
      g_autoptr (KipQuery) same = kip_query_parse (vietnamese);

      g_test_message ("%s, %s", fields[i].example, vietnamese);
      g_assert_true (g_str_has_prefix (fields[i].example, fields[i].name));
      g_assert_cmpuint (kip_query_get_mistakes (query)->len, ==, 0);
      g_assert_cmpstr (text, ==, fields[i].example);
      g_assert_true (kip_query_equal (query, same));
      g_assert_cmpstr (fields[i].label, !=, "");
      g_assert_cmpstr (fields[i].description, !=, "");
    }
}

static void
test_continues (void)
{
  g_assert_true (kip_query_keyword_continues (KIP_QUERY_RECEIVED, "last"));
  g_assert_true (kip_query_keyword_continues (KIP_QUERY_STATUS, "dang"));
  g_assert_true (kip_query_keyword_continues (KIP_QUERY_IS, "dueby"));
  g_assert_false (kip_query_keyword_continues (KIP_QUERY_RECEIVED, "lastweek"));
  g_assert_false (kip_query_keyword_continues (KIP_QUERY_STATUS, "la"));
  g_assert_false (kip_query_keyword_continues (KIP_QUERY_TEXT, "last"));
}

/* The help names every field and keyword, and its tables are whole. */
static void
test_reference (void)
{
  g_autofree char *text = kip_query_reference ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_fields, n_keywords;
  const KipQueryFieldInfo *fields = kip_query_fields (&n_fields);
  const KipQueryKeyword *keywords = kip_query_keywords (&n_keywords);

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *cell = g_strdup_printf ("| `%s` |", fields[i].name);

      g_assert_nonnull (strstr (text, cell));
      g_assert_nonnull (strstr (text, fields[i].example));
    }
  for (guint i = 0; i < n_keywords; i++)
    {
      g_autofree char *cell = g_strdup_printf ("| `%s` |", keywords[i].name);

      g_assert_nonnull (strstr (text, cell));
    }
  for (char **line = lines; *line != NULL; line++)
    if (**line == '|')
      g_assert_true (g_str_has_suffix (*line, "|"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-fields/field-spellings", test_field_spellings);
  g_test_add_func ("/query-fields/last-words", test_last_words);
  g_test_add_func ("/query-fields/keyword-spellings", test_keyword_spellings);
  g_test_add_func ("/query-fields/examples", test_examples);
  g_test_add_func ("/query-fields/continues", test_continues);
  g_test_add_func ("/query-fields/reference", test_reference);
  return g_test_run ();
}
