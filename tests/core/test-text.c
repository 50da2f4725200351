/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kip-text.h"

typedef struct
{
  const char *text;
  const char *folded;
} FoldCase;

static const FoldCase fold_cases[] = {
  { "", "" },
  { "Printer", "printer" },
  { "  two\t\n words  ", "two words" },
  { "Đường dây", "duong day" },
  { "ĐƯỜNG DÂY ĐIỆN THOẠI", "duong day dien thoai" },
  { "\xc3\x90\xc6\xb0\xe1\xbb\x9dng", "duong" },           /* eth for Đ */
  { "\xc3\xb0\xc3\xa8n", "den" },                          /* small eth */
  { "Ma\xcc\x81y in", "may in" },                          /* NFD */
  { "ke\xcc\x82\xcc\x81t no\xcc\x82\xcc\x81i", "ket noi" },
  { "\xc3\xaa\xcc\x81", "e" },                             /* half composed (windows-1258) */
  { "\xcc\x81" "a", "a" },                                 /* a mark alone */
  { "M\xc3\xa1y\xc2\xa0in", "may in" },                    /* no-break space */
  { "a\xe2\x80\xa8" "b\xe3\x80\x80" "c", "a b c" },        /* line separator, ideographic space */
  { "a\xe2\x80\x8b" "b\xc2\xad" "c\xef\xbb\xbf", "abc" },  /* zero width, soft hyphen, BOM */
  { "a\x01" "b\x7f", "a b" },
  { "\xef\xbd\x8d\xc3\xa1y", "\xef\xbd\x8d" "ay" },        /* full width stays */
  { "\xe2\x84\xaa", "k" },                                 /* Kelvin sign */
  { "\xc4\xb0stanbul", "istanbul" },
  { "bad \xff\xfe bytes", "bad \xef\xbf\xbd\xef\xbf\xbd bytes" },
  { "cut \xe1\xba", "cut \xef\xbf\xbd\xef\xbf\xbd" },
  { "nguyen.van.a@congty.vn", "nguyen.van.a@congty.vn" },
  { "\xea\xb0\x81", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8" }, /* Hangul comes apart */
  { "\xf0\x9f\x94\xa5 Fire", "\xf0\x9f\x94\xa5 fire" },
};

static void
test_fold (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fold_cases); i++)
    {
      g_autofree char *folded = kip_text_fold (fold_cases[i].text);

      g_assert_cmpstr (folded, ==, fold_cases[i].folded);
    }
}

static void
test_fold_append (void)
{
  g_autoptr (GString) out = g_string_new ("x ");

  kip_text_fold_append (out, " \xc4\x90\xc3\xa1 rest", 5);
  g_assert_cmpstr (out->str, ==, "x da");
  kip_text_fold_append (out, NULL, -1);
  kip_text_fold_append (out, "   ", -1);
  g_assert_cmpstr (out->str, ==, "x da");
}

/* Every Vietnamese letter, in both cases, is one of these once folded. */
static void
test_fold_vietnamese_letters (void)
{
  static const char *const lines[][2] = {
    { "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "a" },
    { "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ", "e" },
    { "ìíỉĩịÌÍỈĨỊ", "i" },
    { "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "o" },
    { "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ", "u" },
    { "ỳýỷỹỵỲÝỶỸỴ", "y" },
    { "đĐ", "d" },
  };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (const char *p = lines[i][0]; *p != '\0'; p = g_utf8_next_char (p), n++)
      {
        g_autofree char *letter = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
        g_autofree char *nfd = g_utf8_normalize (letter, -1, G_NORMALIZE_NFD);
        g_autofree char *folded = kip_text_fold (letter);
        g_autofree char *folded_nfd = kip_text_fold (nfd);

        g_assert_cmpstr (folded, ==, lines[i][1]);
        g_assert_cmpstr (folded_nfd, ==, lines[i][1]);
      }
  g_assert_cmpuint (n, ==, 134); /* 67 letters beyond plain Latin, in two cases */
}

/* Folding twice changes nothing, for every character there is. */
static void
test_fold_every_character (void)
{
  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      char text[8] = { 0 };
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (!g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, text);
      once = kip_text_fold (text);
      twice = kip_text_fold (once);
      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_fold_random_bytes (void)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 20000; round++)
    {
      char text[24];
      int n = g_rand_int_range (rand, 0, (int) sizeof text);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      for (int i = 0; i < n; i++)
        text[i] = (char) g_rand_int_range (rand, 1, 256);
      text[n] = '\0';
      once = kip_text_fold (text);
      twice = kip_text_fold (once);
      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpstr (once, ==, twice);
    }
}

typedef struct
{
  const char *folded;
  const char *words; /* joined by | */
} WordsCase;

static const WordsCase words_cases[] = {
  { "", "" },
  { " ... ", "" },
  { "may in", "may|in" },
  { "nguyen.van.a@congty.vn", "nguyen|van|a|congty|vn" },
  { "b-214", "b|214" },
  { "c++ (x64)", "c|x64" },
  { "\xf0\x9f\x94\xa5" "fire", "fire" },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words_cases); i++)
    {
      g_auto (GStrv) words = kip_text_words (words_cases[i].folded);
      g_autofree char *joined = g_strjoinv ("|", words);

      g_assert_cmpstr (joined, ==, words_cases[i].words);
    }
}

typedef struct
{
  const char *haystack;
  const char *needle;
  gboolean    words, phrase, phrase_prefix;
} MatchCase;

static const MatchCase match_cases[] = {
  /* haystack, needle, words, whole phrase, phrase with a prefix */
  { "may in hong", "may in", TRUE, TRUE, TRUE },
  { "may in hong", "in may", TRUE, FALSE, FALSE },
  { "may in hong", "ay", FALSE, FALSE, FALSE },
  { "may in hong", "may hong", TRUE, FALSE, FALSE },
  { "may in hong", "in ho", TRUE, FALSE, TRUE },
  { "may in hong", "i hong", TRUE, FALSE, FALSE },
  { "may in hong", "an*", FALSE, FALSE, FALSE },
  { "nguyen van anh", "nguyen van an*", TRUE, FALSE, TRUE },
  { "email: a@congty.vn", "congty.vn", TRUE, TRUE, TRUE },
  { "email: a@congty.vn", "vn.congty", TRUE, FALSE, FALSE },
  { "may in", "", TRUE, TRUE, TRUE },
  { "may in", "*", TRUE, TRUE, TRUE },
  { "", "may", FALSE, FALSE, FALSE },
  { "a a b", "a b", TRUE, TRUE, TRUE },
  { "in", "in hong", FALSE, FALSE, FALSE },
  { "ket noi mang tang 3", "mang tang 4", FALSE, FALSE, FALSE },
};

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      const MatchCase *c = &match_cases[i];

      g_test_message ("%s / %s", c->haystack, c->needle);
      g_assert_cmpint (kip_text_matches (c->haystack, c->needle), ==, c->words);
      g_assert_cmpint (kip_text_matches_phrase (c->haystack, c->needle, FALSE), ==, c->phrase);
      g_assert_cmpint (kip_text_matches_phrase (c->haystack, c->needle, TRUE), ==, c->phrase_prefix);
    }
}

/* What a person has and types, as the field's own examples have it. */
typedef struct
{
  const char *text;
  const char *query;
  gboolean    found;
} SearchCase;

static const SearchCase search_cases[] = {
  { "Máy in phòng kế toán bị kẹt giấy", "may in", TRUE },
  { "MÁY IN PHÒNG KẾ TOÁN", "máy in", TRUE },
  { "Đổi mật khẩu", "doi mat khau", TRUE },
  { "Đường dây", "đuong day", TRUE },
  { "Hoà mạng cáp quang", "hòa mạng", TRUE },
  { "Kỹ thuật viên", "kĩ thuật", FALSE },
  { "Cấp quyền", "cap quyet", FALSE },
  { "Nguyễn Văn Anh", "nguyen van an*", TRUE },
  { "Máy chiếu hỏng", "máy chi*", TRUE },
  { "Máy\xc2\xa0in hỏng", "may in", TRUE },
  { "\xef\xbd\x8d\xc3\xa1y \xef\xbd\x89n", "may in", FALSE },
};

static void
test_search (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (search_cases); i++)
    {
      g_autofree char *text = kip_text_fold (search_cases[i].text);
      g_autofree char *query = kip_text_fold (search_cases[i].query);

      g_test_message ("%s / %s", search_cases[i].text, search_cases[i].query);
      g_assert_cmpint (kip_text_matches (text, query), ==, search_cases[i].found);
    }
}

static void
test_sanitize (void)
{
  g_autofree char *whole = kip_text_sanitize ("kẹt giấy", 0);
  g_autofree char *cut = kip_text_sanitize ("kẹt", 3); /* ẹ has three bytes: 1–3 */
  g_autofree char *fits = kip_text_sanitize ("kẹt", 4);
  g_autofree char *bad = kip_text_sanitize ("a\xff" "b", 0);
  g_autofree char *none = kip_text_sanitize (NULL, 5);

  g_assert_cmpstr (whole, ==, "kẹt giấy");
  g_assert_cmpstr (cut, ==, "k");
  g_assert_cmpstr (fits, ==, "kẹ");
  g_assert_cmpstr (bad, ==, "a\xef\xbf\xbd" "b");
  g_assert_cmpstr (none, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold-append", test_fold_append);
  g_test_add_func ("/text/fold-vietnamese-letters", test_fold_vietnamese_letters);
  g_test_add_func ("/text/fold-every-character", test_fold_every_character);
  g_test_add_func ("/text/fold-random-bytes", test_fold_random_bytes);
  g_test_add_func ("/text/words", test_words);
  g_test_add_func ("/text/matches", test_matches);
  g_test_add_func ("/text/search", test_search);
  g_test_add_func ("/text/sanitize", test_sanitize);
  return g_test_run ();
}
