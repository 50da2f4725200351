/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

/* ---- what listeners hear ---- */

typedef struct
{
  GArray *changed; /* (owned) of KipChanged */
  guint   batches, everything, offices;
} Heard;

static void
changed_cb (KipStore *store,
            GArray   *changed,
            gpointer  data)
{
  Heard *heard = data;

  heard->batches++;
  heard->everything += changed->len == 0 ? 1 : 0;
  g_array_append_vals (heard->changed, changed->data, changed->len);
}

static void
office_changed_cb (KipStore *store,
                   gpointer  data)
{
  ((Heard *) data)->offices++;
}

static void
listen (KipStore *store,
        Heard    *heard)
{
  heard->changed = g_array_new (FALSE, FALSE, sizeof (KipChanged));
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), heard);
  g_signal_connect (store, "office-changed", G_CALLBACK (office_changed_cb), heard);
}

static gboolean
has_heard (gpointer data)
{
  return ((Heard *) data)->batches > 0;
}

static void
test_changed (void)
{
  Heard heard = { 0 };
  Fixture fixture;
  const KipChanged *first;
  KipId id;

  fixture_init (&fixture);
  listen (fixture.store, &heard);
  id = add_ticket (fixture.store, "VPN", KIP_INSTANT_NONE);
  wait_until (has_heard, &heard);
  g_assert_cmpuint (heard.changed->len, ==, 1);
  first = &g_array_index (heard.changed, KipChanged, 0);
  g_assert_cmpint (first->kind, ==, KIP_KIND_TICKET);
  g_assert_cmpuint (first->id, ==, id);
  g_assert_true (first->is_new);
  g_assert_cmpuint (heard.offices, ==, 0);
  g_array_unref (heard.changed);
  fixture_clear (&fixture);
}

static gboolean
has_heard_of_office (gpointer data)
{
  return ((Heard *) data)->offices > 0;
}

/* A borrowed snapshot stays whole until "office-changed". */
static void
test_snapshot (void)
{
  Heard heard = { 0 };
  Fixture fixture;
  KipOffice *before;
  KipId lan;

  fixture_init (&fixture);
  listen (fixture.store, &heard);
  before = kip_store_get_office (fixture.store);
  lan = add_person (fixture.store, "Lan", FALSE);
  g_assert_null (kip_office_person (before, lan));
  g_assert_cmpstr (kip_office_person (kip_store_get_office (fixture.store), lan)->name, ==, "Lan");
  wait_until (has_heard_of_office, &heard);
  g_array_unref (heard.changed);
  fixture_clear (&fixture);
}

/* ---- without waiting ---- */

typedef struct
{
  GAsyncResult *result; /* (owned) */
} Answer;

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ((Answer *) data)->result = g_object_ref (result);
}

static gboolean
is_answered (gpointer data)
{
  return ((Answer *) data)->result != NULL;
}

static void
test_async (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("vpn");
  g_autoptr (GPtrArray) queries = g_ptr_array_new ();
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;
  Answer appended = { NULL }, listed = { NULL }, counted = { NULL }, opened = { NULL };
  Fixture fixture;
  KipReceipt receipt;
  KipChange *change;
  KipId id;

  fixture_init (&fixture);
  id = kip_store_new_id (fixture.store);
  change = kip_change_new (kip_store_get_me (fixture.store), "new");
  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, "VPN");
  kip_store_append_async (fixture.store, change, NULL, answer_cb, &appended);
  wait_until (is_answered, &appended);
  g_assert_true (kip_store_append_finish (fixture.store, appended.result, &receipt, &error));
  g_assert_cmpint (receipt.number, ==, KIP_TICKET_NUMBER (1, 1));
  kip_store_list_async (fixture.store, query, KIP_SORT_DUE, FALSE, kip_clock_now (), NULL, answer_cb, &listed);
  wait_until (is_answered, &listed);
  ids = kip_store_list_finish (fixture.store, listed.result, &error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_ptr_array_add (queries, query);
  kip_store_count_async (fixture.store, queries, kip_clock_now (), NULL, answer_cb, &counted);
  wait_until (is_answered, &counted);
  counts = kip_store_count_finish (fixture.store, counted.result, &error);
  g_assert_cmpuint (g_array_index (counts, guint, 0), ==, 1);
  kip_store_ticket_async (fixture.store, id, NULL, answer_cb, &opened);
  wait_until (is_answered, &opened);
  ticket = kip_store_ticket_finish (fixture.store, opened.result, &error);
  g_assert_cmpstr (ticket->subject, ==, "VPN");
  g_assert_no_error (error);
  g_object_unref (appended.result);
  g_object_unref (listed.result);
  g_object_unref (counted.result);
  g_object_unref (opened.result);
  fixture_clear (&fixture);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Answer listed = { NULL };
  Fixture fixture;

  fixture_init (&fixture);
  g_cancellable_cancel (cancellable);
  kip_store_list_async (fixture.store, NULL, KIP_SORT_DUE, FALSE, kip_clock_now (), cancellable, answer_cb, &listed);
  wait_until (is_answered, &listed);
  g_assert_null (kip_store_list_finish (fixture.store, listed.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (listed.result);
  fixture_clear (&fixture);
}

/* Many at once: each has its own result, and all are there. */
static void
test_crowd (void)
{
  Answer answers[200] = { { NULL } };
  g_autofree char *found = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      KipChange *change = kip_change_new (kip_store_get_me (fixture.store), "new");
      /* Every tenth makes no sense. */
      KipId id = i % 10 == 3 ? KIP_ID_NONE : kip_store_new_id (fixture.store);

      kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, "VPN");
      kip_store_append_async (fixture.store, change, NULL, answer_cb, &answers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      wait_until (is_answered, &answers[i]);
      if (kip_store_append_finish (fixture.store, answers[i].result, NULL, &error))
        g_assert_cmpuint (i % 10, !=, 3);
      else
        g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
      g_object_unref (answers[i].result);
    }
  found = list_numbers (fixture.store, "number:180");
  g_assert_cmpstr (found, ==, "180");
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

/* ---- another Kip in the same folder ---- */

/* Each opens the same office once more and writes there, as kipctl beside a window does. */
static void
write_from_elsewhere (const char *dir)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--write-to", dir, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
}

static int
write_to (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = NULL;
  KipId lan, id;

  kip_clock_set ("2026-03-09T08:00:00+07:00 x0.000001");
  store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  lan = add_person (store, "Lan", FALSE);
  id = add_ticket (store, "từ nơi khác", KIP_INSTANT_NONE);
  set_int (store, id, KIP_FIELD_REQUESTER, (gint64) lan);
  kip_store_close (store);
  return 0;
}

typedef struct
{
  KipStore *store;
  Heard     heard;
} Beside;

static gboolean
has_heard_of_both (gpointer data)
{
  Beside *beside = data;
  gboolean ticket = FALSE;

  for (guint i = 0; i < beside->heard.changed->len; i++)
    ticket |= g_array_index (beside->heard.changed, KipChanged, i).kind == KIP_KIND_TICKET;
  return ticket && beside->heard.offices > 0;
}

static void
test_beside (void)
{
  g_autofree char *found = NULL;
  Beside beside = { NULL };
  Fixture fixture;
  KipId id;

  fixture_init (&fixture);
  add_ticket (fixture.store, "hier", KIP_INSTANT_NONE);
  beside.store = fixture.store;
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  listen (fixture.store, &beside.heard);
  write_from_elsewhere (fixture.dir);
  wait_until (has_heard_of_both, &beside);
  found = list_numbers (fixture.store, "lan");
  g_assert_cmpstr (found, ==, "2");
  /* And we go on after it: numbers and the chain of hashes. */
  id = add_ticket (fixture.store, "danach", KIP_INSTANT_NONE);
  g_assert_cmpuint (kip_store_find_number (fixture.store, "3", NULL), ==, id);
  write_from_elsewhere (fixture.dir);
  add_ticket (fixture.store, "noch einer", KIP_INSTANT_NONE);
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  g_array_unref (beside.heard.changed);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_strcmp0 (argv[1], "--write-to") == 0)
    return write_to (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/news/changed", test_changed);
  g_test_add_func ("/news/snapshot", test_snapshot);
  g_test_add_func ("/news/async", test_async);
  g_test_add_func ("/news/cancelled", test_cancelled);
  g_test_add_func ("/news/crowd", test_crowd);
  g_test_add_func ("/news/beside", test_beside);
  return g_test_run ();
}
