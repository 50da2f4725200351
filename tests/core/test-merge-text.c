/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-merge-text.h"

#include <stdlib.h>
#include <string.h>

/* "a[left|right]b" : what the pieces say, conflicts in brackets. */
static char *
describe (GPtrArray *pieces)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KipMergePiece *piece = g_ptr_array_index (pieces, i);

      if (piece->kind == KIP_MERGE_CONFLICT)
        g_string_append_printf (text, "[%s|%s]", piece->left, piece->right);
      else
        g_string_append (text, piece->kind == KIP_MERGE_LEFT ? piece->left : piece->right);
    }
  return g_string_free (text, FALSE);
}

/* What every machine must make of these, for ever. */
static const struct
{
  const char *base, *left, *right, *merged;
} cases[] = {
  { "", "", "", "" },
  { "one", "one", "one", "one" },
  { "one", "two", "one", "two" },
  { "one", "one", "two", "two" },
  { "one", "two", "two", "two" },
  { "one", "two", "three", "[two|three]" },
  { "", "mine", "yours", "[mine|yours]" },
  { "one", "", "one more", "[|one more]" },
  /* lines apart from each other */
  { "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n" },
  { "a\nb\nc\n", "a\nb\nc\nd\n", "0\na\nb\nc\n", "0\na\nb\nc\nd\n" },
  { "a\nb\nc\n", "b\nc\n", "a\nb\n", "b\n" },
  { "a\nb\nc\nd\n", "a\nd\n", "a\nb\nc\nd\ne\n", "a\nd\ne\n" },
  /* neighbouring lines are not mixed, equal changes are one */
  { "a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", "[A\nb\n|a\nB\n]c\n" },
  { "a\nb\nc\n", "A\nb\nc\n", "A\nb\nC\n", "A\nb\nC\n" },
  /* both wrote something at the end */
  { "It jams.\n", "It jams.\nFuser worn.\n", "It jams.\nPaper wet.\n", "It jams.\n[Fuser worn.\n|Paper wet.\n]" },
  /* within a line */
  { "The printer on floor two jams since Monday morning.",
    "The big printer on floor two jams since Monday morning.",
    "The printer on floor two jams since Monday noon.",
    "The big printer on floor two jams since Monday noon." },
  { "The printer on floor two jams.", "The printer on floor three jams.", "The printer on floor two stops.",
    "The printer on floor [three jams.|two stops.]" },
  { "a b c", "x b c", "a b y", "[x b c|a b y]" },
  { "a b c d", "x b c d", "a b c y", "x b c y" },
  { "máy in kẹt giấy ở tầng hai", "máy in lại kẹt giấy ở tầng hai", "máy in kẹt giấy ở tầng ba",
    "máy in lại kẹt giấy ở tầng ba" },
  /* one taken away, the other changed */
  { "a\nb\nc\n", "a\nc\n", "a\nB\nc\n", "a\n[|B\n]c\n" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) pieces = kip_merge_text (1, cases[i].base, cases[i].left, cases[i].right);
      g_autofree char *got = describe (pieces);

      g_assert_cmpstr (got, ==, cases[i].merged);
    }
  g_assert_null (kip_merge_text (KIP_MERGE_VERSION + 1, "", "", ""));
}

static void
test_takes (void)
{
  g_autoptr (GPtrArray) pieces = kip_merge_text (1, "a\nb\nc\nd\ne", "a\nB1\nc\nD1\ne", "a\nB2\nc\nD2\ne");
  const KipMergeTake takes[][2] = {
    { KIP_MERGE_TAKE_LEFT, KIP_MERGE_TAKE_RIGHT }, { KIP_MERGE_TAKE_BOTH, KIP_MERGE_TAKE_LEFT }
  };
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GPtrArray) ends = kip_merge_text (1, "", "mine", "yours");
  const KipMergeTake both = KIP_MERGE_TAKE_BOTH;
  g_autofree char *joined = kip_merge_join (ends, &both);

  g_assert_cmpuint (kip_merge_count_conflicts (pieces), ==, 2);
  first = kip_merge_join (pieces, takes[0]);
  second = kip_merge_join (pieces, takes[1]);
  g_assert_cmpstr (first, ==, "a\nB1\nc\nD2\ne");
  g_assert_cmpstr (second, ==, "a\nB1\nB2\nc\nD1\ne");
  g_assert_cmpstr (joined, ==, "mine yours");
}

/* ---- laws that hold for any texts ---- */

static void
append_words (GString *text,
              GRand   *rand,
              guint    n)
{
  static const char *const words[] = { "a ", "b ", "c\n", "đ ", "\n", "ee ", "máy\n", "in." };

  for (guint i = 0; i < n; i++)
    g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  append_words (text, rand, (guint) g_rand_int_range (rand, 0, 24));
  return g_string_free (text, FALSE);
}

/* Some places of @text written anew; never inside a letter. */
static char *
edit (GRand      *rand,
      const char *text)
{
  GString *edited = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    switch (g_rand_int_range (rand, 0, 24))
      {
      case 0:
        append_words (edited, rand, 1);
        break;
      case 1:
        break;
      default:
        g_string_append_len (edited, at, g_utf8_next_char (at) - at);
      }
  return g_string_free (edited, FALSE);
}

/* The pieces of one side put together are its text. */
static void
assert_is_side (GPtrArray  *pieces,
                gsize       offset,
                const char *expected)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    g_string_append (text, *(char **) ((guint8 *) g_ptr_array_index (pieces, i) + offset));
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

/* Looking from the other side gives the same. */
static void
assert_mirrored (GPtrArray  *pieces,
                 const char *base,
                 const char *left,
                 const char *right)
{
  g_autoptr (GPtrArray) mirror = kip_merge_text (1, base, right, left);

  g_assert_cmpuint (mirror->len, ==, pieces->len);
  for (guint i = 0; i < pieces->len; i++)
    {
      const KipMergePiece *one = g_ptr_array_index (pieces, i), *other = g_ptr_array_index (mirror, i);

      g_assert_cmpstr (one->left, ==, other->right);
      g_assert_cmpstr (one->right, ==, other->left);
      g_assert_true ((one->kind == KIP_MERGE_CONFLICT) == (other->kind == KIP_MERGE_CONFLICT));
    }
}

static void
check_laws (GRand *rand)
{
  g_autofree char *base = make_text (rand);
  g_autofree char *left = edit (rand, base);
  g_autofree char *right = edit (rand, base);
  g_autoptr (GPtrArray) pieces = kip_merge_text (1, base, left, right);
  g_autoptr (GPtrArray) alone = kip_merge_text (1, base, left, base);
  g_autofree char *only = kip_merge_join (alone, NULL);

  assert_is_side (pieces, G_STRUCT_OFFSET (KipMergePiece, base), base);
  assert_is_side (pieces, G_STRUCT_OFFSET (KipMergePiece, left), left);
  assert_is_side (pieces, G_STRUCT_OFFSET (KipMergePiece, right), right);
  assert_mirrored (pieces, base, left, right);
  g_assert_cmpuint (kip_merge_count_conflicts (alone), ==, 0);
  g_assert_cmpstr (only, ==, left);
  for (guint i = 0; i < pieces->len; i++)
    {
      const KipMergePiece *piece = g_ptr_array_index (pieces, i);
      const KipMergePiece *next = i + 1 < pieces->len ? g_ptr_array_index (pieces, i + 1) : NULL;

      g_assert_true (g_utf8_validate (piece->left, -1, NULL) && g_utf8_validate (piece->right, -1, NULL));
      g_assert_true (next == NULL || piece->kind == KIP_MERGE_SAME || next->kind == KIP_MERGE_SAME);
    }
}

static void
test_laws (void)
{
  const char *given = g_getenv ("KIP_SEED");
  guint32 seed = given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();

  g_test_message ("KIP_SEED=%u", seed);
  for (guint i = 0; i < 3000; i++)
    {
      GRand *rand = g_rand_new_with_seed (seed + i);

      check_laws (rand);
      g_rand_free (rand);
    }
}

/* Texts that have nothing in common are not compared for ever, and are still one conflict. */
static void
test_large (void)
{
  g_autoptr (GString) base = g_string_new ("begin\n"), left = g_string_new ("begin\n"), right = g_string_new ("begin\n");
  g_autoptr (GPtrArray) pieces = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (base, "base %u\n", i);
      g_string_append_printf (left, "left%u\n", i);
      g_string_append_printf (right, "right%u\n", i);
    }
  g_string_append (base, "end");
  g_string_append (left, "end");
  g_string_append (right, "end");
  pieces = kip_merge_text (1, base->str, left->str, right->str);
  g_assert_cmpuint (pieces->len, ==, 3);
  g_assert_cmpuint (kip_merge_count_conflicts (pieces), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-text/table", test_table);
  g_test_add_func ("/merge-text/takes", test_takes);
  g_test_add_func ("/merge-text/laws", test_laws);
  g_test_add_func ("/merge-text/large", test_large);
  return g_test_run ();
}
