/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A window may close the office (to put a backup in its place) while others still ask it:
 * they are refused with a sentence, and nothing breaks. */

#include "store-fixture.h"

static KipChange *
rename_office (KipStore *store)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  kip_change_set_text (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_NAME, "Another");
  return change;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_direct (void)
{
  Fixture office;
  g_autoptr (GError) read = NULL;
  g_autoptr (GError) write = NULL;
  KipId ticket;

  fixture_init (&office);
  ticket = add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  kip_store_close (office.store);
  g_assert_null (kip_store_thresholds (office.store, 0, G_MAXINT64, &read));
  g_assert_error (read, KIP_ERROR, KIP_ERROR_BUSY);
  g_assert_null (kip_store_ticket (office.store, ticket, NULL));
  g_assert_null (kip_store_list (office.store, NULL, KIP_SORT_DUE, FALSE, 0, NULL, NULL));
  g_assert_false (kip_store_append (office.store, rename_office (office.store), NULL, &write));
  g_assert_error (write, KIP_ERROR, KIP_ERROR_BUSY);
  kip_store_save_draft (office.store, ticket, "reply", "too late");
  kip_store_close (office.store);
  fixture_clear (&office);
}

static void
test_async (void)
{
  Fixture office;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GError) read = NULL;
  g_autoptr (GError) write = NULL;

  fixture_init (&office);
  kip_store_close (office.store);
  kip_store_list_async (office.store, NULL, KIP_SORT_DUE, FALSE, 0, NULL, finished_cb, &listed);
  kip_store_append_async (office.store, rename_office (office.store), NULL, finished_cb, &written);
  g_assert_null (kip_store_list_finish (office.store, wait_for (&listed), &read));
  g_assert_error (read, KIP_ERROR, KIP_ERROR_BUSY);
  g_assert_false (kip_store_append_finish (office.store, wait_for (&written), NULL, &write));
  g_assert_error (write, KIP_ERROR, KIP_ERROR_BUSY);
  fixture_clear (&office);
}

/* Asks until it is refused. */
static gpointer
ask (gpointer data)
{
  g_autoptr (KipStore) store = data;
  g_autoptr (GError) error = NULL;

  while (error == NULL)
    {
      g_autoptr (GArray) found = kip_store_thresholds (store, 0, G_MAXINT64, &error);
      g_autoptr (GError) write = NULL;

      kip_store_append (store, rename_office (store), NULL, &write);
    }
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
  return NULL;
}

static void
test_under_questions (void)
{
  Fixture office;
  GThread *threads[3];

  fixture_init (&office);
  for (guint i = 0; i < 20; i++)
    add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask, g_object_ref (office.store));
  add_ticket (office.store, "One more", KIP_INSTANT_NONE);
  kip_store_close (office.store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  fixture_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/closed/direct", test_direct);
  g_test_add_func ("/closed/async", test_async);
  g_test_add_func ("/closed/under-questions", test_under_questions);
  return g_test_run ();
}
