/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-edits.h"

#include <string.h>

/* Ids are written as letters. */
static GArray *
ids_of (const char *letters)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (const char *p = letters; *p != '\0'; p++)
    {
      KipId id = (KipId) (guchar) *p;

      g_array_append_val (ids, id);
    }
  return ids;
}

static GHashTable *
set_of (GArray *ids)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, KipId, i));
  return set;
}

static GArray *
edits_of (GArray     *before,
          GArray     *after,
          GHashTable *moved)
{
  return kip_list_edits ((const KipId *) before->data, before->len, (const KipId *) after->data, after->len, moved);
}

/* "position-removed+added" of each, or "-" for starting over.  (transfer full) */
static char *
text_of (GArray *edits)
{
  GString *text = g_string_new (edits == NULL ? "-" : NULL);

  for (guint i = 0; edits != NULL && i < edits->len; i++)
    {
      const KipListEdit *edit = &g_array_index (edits, KipListEdit, i);

      g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", edit->position, edit->removed, edit->added);
    }
  return g_string_free (text, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *before, *after, *moved, *edits;
  } cases[] = {
    { "", "", "", "" },
    { "abc", "abc", "", "" },
    { "", "abc", "", "0-0+3" },
    { "abc", "", "", "0-3+0" },
    { "abc", "ac", "", "1-1+0" },
    { "ac", "abc", "", "1-0+1" },
    { "abc", "abcd", "", "3-0+1" },
    { "abc", "bc", "", "0-1+0" },
    { "abcdef", "abXdef", "X", "2-1+1" },
    { "abcdef", "bcdefa", "a", "0-1+0 5-0+1" },
    { "abcdef", "fabcde", "f", "0-0+1 6-1+0" },
    { "abcdef", "abc", "", "3-3+0" },
    { "abcdefghijklmnopqrst", "tsrqponmlkjihgfedcba", "", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) before = ids_of (cases[i].before);
      g_autoptr (GArray) after = ids_of (cases[i].after);
      g_autoptr (GArray) moved = ids_of (cases[i].moved);
      g_autoptr (GHashTable) set = set_of (moved);
      g_autoptr (GArray) edits = edits_of (before, after, set);
      g_autofree char *text = text_of (edits);

      g_test_message ("%s → %s: %s", cases[i].before, cases[i].after, text);
      g_assert_cmpstr (text, ==, cases[i].edits);
    }
}

static void
apply (GArray *ids,
       GArray *after,
       GArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const KipListEdit *edit = &g_array_index (edits, KipListEdit, i);

      g_assert_cmpuint (edit->position + edit->removed, <=, ids->len);
      if (edit->removed > 0)
        g_array_remove_range (ids, edit->position, edit->removed);
      if (edit->added > 0)
        g_array_insert_vals (ids, edit->position, &g_array_index (after, KipId, edit->position), edit->added);
    }
}

/* A few rows go, come, or move far away and are known to; then the edits make the one
 * list into the other. */
static void
disturb (GArray     *ids,
         GHashTable *moved,
         KipId       fresh)
{
  guint what = (guint) g_test_rand_int_range (0, 3);
  guint from = (guint) g_test_rand_int_range (0, (gint32) ids->len);
  KipId id = what == 0 ? fresh : g_array_index (ids, KipId, from);

  if (what != 0)
    g_array_remove_index (ids, from);
  if (what != 1)
    g_array_insert_val (ids, (guint) g_test_rand_int_range (0, (gint32) ids->len + 1), id);
  g_hash_table_add (moved, g_memdup2 (&id, sizeof id));
}

static void
test_any (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (KipId));
      g_autoptr (GArray) after = NULL;
      g_autoptr (GArray) edits = NULL;
      g_autoptr (GHashTable) moved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      guint n = (guint) g_test_rand_int_range (20, 200);

      for (KipId id = 1; id <= n; id++)
        g_array_append_val (before, id);
      after = g_array_copy (before);
      for (guint i = (guint) g_test_rand_int_range (0, 6); i > 0; i--)
        disturb (after, moved, n + i);
      edits = edits_of (before, after, moved);
      g_assert_nonnull (edits);
      apply (before, after, edits);
      g_assert_cmpuint (before->len, ==, after->len);
      g_assert_cmpint (memcmp (before->data, after->data, after->len * sizeof (KipId)), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-edits/table", test_table);
  g_test_add_func ("/list-edits/any", test_any);
  return g_test_run ();
}
