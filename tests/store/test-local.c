/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include <string.h>

static void
test_drafts (void)
{
  g_autofree char *reply = NULL;
  g_autofree char *form = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GArray) tickets = NULL;
  g_autofree char *found = NULL;
  Fixture fixture;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  add_ticket (fixture.store, "other", KIP_INSTANT_NONE);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("Chào anh %u", i);

      kip_store_save_draft (fixture.store, id, "reply", text);
    }
  kip_store_save_draft (fixture.store, KIP_ID_NONE, "quick-log", "Lan gọi");
  kip_store_save_draft (fixture.store, id, "note", "xx");
  kip_store_save_draft (fixture.store, id, "note", "");
  fixture_reopen (&fixture);
  reply = kip_store_load_draft (fixture.store, id, "reply");
  form = kip_store_load_draft (fixture.store, KIP_ID_NONE, "quick-log");
  note = kip_store_load_draft (fixture.store, id, "note");
  tickets = kip_store_draft_tickets (fixture.store);
  g_assert_cmpstr (reply, ==, "Chào anh 499");
  g_assert_cmpstr (form, ==, "Lan gọi");
  g_assert_null (note);
  g_assert_cmpuint (tickets->len, ==, 1);
  g_assert_cmpuint (g_array_index (tickets, KipId, 0), ==, id);
  found = list_numbers (fixture.store, "has:draft");
  g_assert_cmpstr (found, ==, "1");
  fixture_clear (&fixture);
}

static void
test_settings (void)
{
  g_autofree char *kept = NULL;
  g_autofree char *gone = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  kip_store_set_local (fixture.store, "list-width", "420");
  kip_store_set_local (fixture.store, "list-width", "421");
  kip_store_set_local (fixture.store, "other", "x");
  kip_store_set_local (fixture.store, "other", NULL);
  fixture_reopen (&fixture);
  kept = kip_store_get_local (fixture.store, "list-width");
  gone = kip_store_get_local (fixture.store, "other");
  g_assert_cmpstr (kept, ==, "421");
  g_assert_null (gone);
  fixture_clear (&fixture);
}

static void
test_said (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  g_assert_true (kip_store_say_once (fixture.store, 7, KIP_CLOCK_RESPONSE, 75, 1000, &error));
  g_assert_false (kip_store_say_once (fixture.store, 7, KIP_CLOCK_RESPONSE, 75, 1000, &error));
  fixture_reopen (&fixture);
  g_assert_false (kip_store_say_once (fixture.store, 7, KIP_CLOCK_RESPONSE, 75, 1000, &error));
  g_assert_true (kip_store_say_once (fixture.store, 7, KIP_CLOCK_RESPONSE, 90, 1000, &error));
  g_assert_no_error (error);
  g_assert_true (kip_store_snooze (fixture.store, 7, 5000, &error));
  fixture_reopen (&fixture);
  g_assert_cmpint (kip_store_get_snooze (fixture.store, 7), ==, 5000);
  g_assert_cmpint (kip_store_get_snooze (fixture.store, 8), ==, KIP_INSTANT_NONE);
  fixture_clear (&fixture);
}

static void
test_me (void)
{
  Fixture fixture;
  KipId lan;

  fixture_init (&fixture);
  lan = add_person (fixture.store, "Lan", FALSE);
  g_assert_true (kip_store_set_me (fixture.store, lan, NULL));
  fixture_reopen (&fixture);
  g_assert_cmpuint (kip_store_get_me (fixture.store), ==, lan);
  fixture_clear (&fixture);
}

static void
test_ids (void)
{
  Fixture fixture;
  KipId last = 0;

  fixture_init (&fixture);
  for (guint i = 0; i < 10000; i++)
    {
      KipId id = kip_store_new_id (fixture.store);

      g_assert_cmpuint (id, >, last);
      last = id;
      if (i % 4000 == 0)
        fixture_reopen (&fixture);
    }
  fixture_clear (&fixture);
}

/* ---- attachments ---- */

static void
test_files (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("ảnh màn hình", strlen ("ảnh màn hình"));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint8 hash[32], again[32], unknown[32] = { 1 };
  Fixture fixture;

  fixture_init (&fixture);
  g_assert_true (kip_store_put_file (fixture.store, bytes, hash, &error));
  g_assert_true (kip_store_put_file (fixture.store, bytes, again, &error));
  g_assert_cmpmem (hash, sizeof hash, again, sizeof again);
  path = kip_store_file_path (fixture.store, hash, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "ảnh màn hình");
  g_assert_null (kip_store_file_path (fixture.store, unknown, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "other", -1, NULL));
  g_assert_null (kip_store_file_path (fixture.store, hash, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local/drafts", test_drafts);
  g_test_add_func ("/local/settings", test_settings);
  g_test_add_func ("/local/said", test_said);
  g_test_add_func ("/local/me", test_me);
  g_test_add_func ("/local/ids", test_ids);
  g_test_add_func ("/local/files", test_files);
  return g_test_run ();
}
