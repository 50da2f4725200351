/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-excerpt.h"
#include "kip-excerpts.h"
#include "store-fixture.h"

#define TEXT "Máy in ở tầng ba kẹt giấy"

static void
test_mark (void)
{
  static const struct
  {
    const char *query, *text, *marked;
  } cases[] = {
    { "may in", TEXT, "\1Máy\2 \1in\2 ở tầng ba kẹt giấy" },
    { "MÁY", TEXT, "\1Máy\2 in ở tầng ba kẹt giấy" },
    { "gi", TEXT, "Máy in ở tầng ba kẹt \1giấy\2" },
    { "duong day", "Đường dây\nnóng", "\1Đường\2 \1dây\2 nóng" },
    { "vpn", TEXT, NULL },
    { "-may", TEXT, NULL },
    { "status:open", TEXT, NULL },
    { "may", NULL, NULL },
    { NULL, TEXT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (cases[i].query);
      g_autoptr (GPtrArray) words = kip_excerpt_words (query);
      g_autofree char *marked = kip_excerpt_mark (cases[i].text, words);

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

static void
test_begin (void)
{
  g_autofree char *nothing = kip_excerpt_begin (NULL);
  g_autofree char *line = kip_excerpt_begin ("one\ntwo");
  g_autofree char *word = g_strnfill (200, 'x');
  g_autofree char *text = g_strconcat ("begin ", word, NULL);
  g_autofree char *cut = kip_excerpt_begin (text);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (line, ==, "one two");
  g_assert_cmpstr (cut, ==, "begin…");
}

/* ---- on an office ---- */

static void
note_cb (GArray *found,
         GArray *ids)
{
  g_array_append_vals (found, ids->data, ids->len);
}

static gboolean
has_some (gpointer data)
{
  return ((GArray *) data)->len > 0;
}

static void
want (KipExcerpts *excerpts,
      KipId        id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  g_array_append_val (ids, id);
  kip_excerpts_want (excerpts, ids);
}

static void
test_found (void)
{
  Fixture fixture;
  g_autoptr (KipExcerpts) excerpts = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (KipQuery) query = kip_query_parse ("giay");
  g_autoptr (KipQuery) other = kip_query_parse ("hong");
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "Hỏng", KIP_INSTANT_NONE);
  set_text (fixture.store, id, KIP_FIELD_DESCRIPTION, "Kẹt giấy");
  excerpts = kip_excerpts_new (fixture.store);
  g_signal_connect_swapped (excerpts, "found", G_CALLBACK (note_cb), found);
  want (excerpts, id);
  g_assert_null (kip_excerpts_get_words (excerpts));

  kip_excerpts_set_query (excerpts, query);
  want (excerpts, id);
  wait_until (has_some, found);
  g_assert_cmpuint (g_array_index (found, KipId, 0), ==, id);
  g_assert_cmpstr (kip_excerpts_get (excerpts, id), ==, "Kẹt \1giấy\2");

  /* While the next is not read the last stays; where the subject shows it, how it begins. */
  g_array_set_size (found, 0);
  kip_excerpts_set_query (excerpts, other);
  g_assert_cmpstr (kip_excerpts_get (excerpts, id), ==, "Kẹt \1giấy\2");
  want (excerpts, id);
  wait_until (has_some, found);
  g_assert_cmpstr (kip_excerpts_get (excerpts, id), ==, "Kẹt giấy");

  kip_excerpts_set_query (excerpts, NULL);
  g_assert_null (kip_excerpts_get (excerpts, id));
  g_clear_object (&excerpts);
  fixture_clear (&fixture);
}

static void
count_cb (guint  *count,
          guint64 ticket)
{
  g_assert_cmpuint (ticket, !=, KIP_ID_NONE);
  (*count)++;
}

/* Told when a draft begins and when it goes, not at every key. */
static void
test_drafts (void)
{
  Fixture fixture;
  guint count = 0;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  g_signal_connect_swapped (fixture.store, "draft-changed", G_CALLBACK (count_cb), &count);
  kip_store_save_draft (fixture.store, id, "reply", "H");
  kip_store_save_draft (fixture.store, id, "reply", "He");
  kip_store_save_draft (fixture.store, KIP_ID_NONE, "quick-log", "He");
  g_assert_cmpuint (count, ==, 1);
  kip_store_save_draft (fixture.store, id, "reply", "");
  kip_store_save_draft (fixture.store, id, "reply", "");
  g_assert_cmpuint (count, ==, 2);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/excerpts/mark", test_mark);
  g_test_add_func ("/excerpts/begin", test_begin);
  g_test_add_func ("/excerpts/found", test_found);
  g_test_add_func ("/excerpts/drafts", test_drafts);
  return g_test_run ();
}
