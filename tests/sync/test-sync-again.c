/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

/* A machine that is started again goes on where it was: what it read, and what it heard of others. */

/* The most that a look at a file reads in which nothing is new. */
#define GLANCE 8192

#define MINUTE (60 * 1000)

typedef struct
{
  Office  office;
  Fixture fixture;
  Desk    a, b;
} Two;

static void
two_init (Two *two)
{
  office_init (&two->office);
  desk_open (&two->a, two->office.founder.store);
  for (guint i = 0; i < 20; i++)
    add_ticket (two->office.founder.store, "máy in", KIP_INSTANT_NONE);
  join_by_code (&two->office, &two->a, &two->fixture, &two->b, "An");
  /* Until neither has anything to tell the other, after all that waits for a while was done. */
  for (guint i = 1; i <= 5; i++)
    {
      round_at (&two->a, g_get_monotonic_time () / 1000 + i * MINUTE);
      round_at (&two->b, g_get_monotonic_time () / 1000 + i * MINUTE);
    }
}

static void
two_clear (Two *two)
{
  desk_clear (&two->a);
  desk_clear (&two->b);
  fixture_clear (&two->fixture);
  office_clear (&two->office);
}

/* What each machine is known to hold. (transfer full) */
static char *
say_haves (Desk *desk)
{
  GPtrArray *haves = kip_sync_engine_get_haves (desk->engine);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (haves, i);

      g_string_append_printf (words, "%u (%s):", have->device, have->version);
      for (guint j = 0; j < have->holdings->len; j++)
        g_string_append_printf (words, " %u/%" G_GUINT64_FORMAT, g_array_index (have->holdings, KipHolding, j).device,
                                g_array_index (have->holdings, KipHolding, j).seq);
      g_string_append_c (words, '\n');
    }
  return g_string_free (words, FALSE);
}

/* Nothing is read twice, and what was heard is known. */
static void
assert_goes_on (Fixture *fixture,
                Desk    *desk)
{
  g_autofree char *before = say_haves (desk);
  g_autofree char *after = NULL;
  KipSyncRound round;

  reopen (fixture, desk);
  round = round_at (desk, 1000);
  after = say_haves (desk);
  g_assert_cmpint (round.state, ==, KIP_SYNC_DONE);
  g_assert_cmpuint (round.bytes_read, <=, GLANCE);
  g_assert_cmpuint (round.bytes_written, ==, 0);
  g_assert_cmpstr (after, ==, before);
}

static void
test_goes_on (void)
{
  Two two;
  g_autofree char *heard = NULL;

  two_init (&two);
  heard = say_haves (&two.a);
  g_assert_nonnull (strstr (heard, "2 (test):"));
  assert_goes_on (&two.office.founder, &two.a);
  assert_goes_on (&two.fixture, &two.b);
  two_clear (&two);
}

/* Who asked to be let in is not asked to ask again. */
static void
test_knock (void)
{
  Two two;
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipJoining joining = { NULL, NULL, PASSPHRASE, "Bình", "bàn giữa" };
  g_autoptr (GError) error = NULL;
  const KipKnock *knock;

  two_init (&two);
  joining.path = two.office.path;
  g_assert_true (kip_sharing_join (dir, &joining, NULL, &error));
  g_assert_no_error (error);
  settle (&two.a);
  assert_goes_on (&two.office.founder, &two.a);
  g_assert_cmpuint (kip_sync_engine_get_knocks (two.a.engine)->len, ==, 1);
  knock = g_ptr_array_index (kip_sync_engine_get_knocks (two.a.engine), 0);
  g_assert_cmpstr (knock->person, ==, "Bình");
  two_clear (&two);
  remove_tree (dir);
}

/* What was appended just before is looked at again a minute after the start, and is published anew where the share
 * has lost it. */
static void
test_looks_again (void)
{
  Two two;
  guint64 before;
  KipSyncRound round;
  g_autofree char *bytes = NULL;
  gsize length;

  two_init (&two);
  before = kip_sync_engine_get_size (two.b.engine);
  add_ticket (two.fixture.store, "loa", KIP_INSTANT_NONE);
  settle (&two.b);
  g_assert_true (g_file_get_contents (two.office.path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, before);
  reopen (&two.fixture, &two.b);
  round_at (&two.b, 1000);
  /* All but the last bytes, which every look compares. */
  memset (bytes + before, 0, length - before - 64);
  g_assert_true (g_file_set_contents (two.office.path, bytes, (gssize) length, NULL));
  round = round_at (&two.b, 2000);
  g_assert_cmpuint (round.bytes_written, ==, 0);
  for (guint i = 1; i <= 3; i++)
    round = round_at (&two.b, 1000 + i * MINUTE);
  settle (&two.b);
  g_assert_cmpuint (settle (&two.a).n_received, ==, 1);
  two_clear (&two);
}

/* ---- an office that takes a while to come ---- */

typedef struct
{
  GCancellable *cancellable;
  guint64       read, size;
  guint         n;
} Arriving;

static void
cut_off (guint64  read,
         guint64  size,
         gpointer data)
{
  Arriving *arriving = data;

  g_assert_cmpuint (read, >=, arriving->read);
  g_assert_cmpuint (read, <, size);
  arriving->read = read;
  arriving->size = size;
  arriving->n++;
  g_cancellable_cancel (arriving->cancellable);
}

/* Tickets with much in them that cannot be packed well. */
static void
fill (KipStore *store,
      guint     n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < n; i++)
    {
      GString *text = g_string_new (NULL);
      KipId ticket = add_ticket (store, "máy in", KIP_INSTANT_NONE);

      for (guint j = 0; j < 60000; j++)
        g_string_append_printf (text, "%08x", g_rand_int (rand));
      set_text (store, ticket, KIP_FIELD_DESCRIPTION, text->str);
      g_string_free (text, TRUE);
    }
}

/* It is told how far it is, what has come can be worked with, and what was cut off goes on from there. */
static void
test_cut_off (void)
{
  Office office;
  Fixture fixture = { 0 };
  Desk a, b;
  Arriving arriving = { .cancellable = g_cancellable_new () };
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipJoining joining = { NULL, NULL, PASSPHRASE, "Bình", "bàn giữa" };
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  office_init (&office);
  desk_open (&a, office.founder.store);
  fill (office.founder.store, 24);
  settle (&a);
  joining.path = office.path;
  g_assert_true (kip_sharing_join (dir, &joining, NULL, &error));
  fixture.dir = g_strdup (dir);
  fixture.store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  desk_open (&b, fixture.store);
  kip_sync_engine_set_reading (b.engine, cut_off, &arriving);
  g_assert_false (kip_sync_engine_round (b.engine, 1000, 1000, &round, NULL, arriving.cancellable, NULL));
  g_assert_cmpuint (arriving.n, ==, 2); /* before and after the first part */
  g_assert_cmpuint (round.n_received, >, 0);
  reopen (&fixture, &b);
  round = round_at (&b, 1000);
  g_assert_cmpuint (round.n_received, >, 0);
  g_assert_cmpuint (round.bytes_read, <=, (arriving.size - arriving.read) * 3 / 2 + GLANCE);
  g_assert_cmpuint (kip_sync_engine_get_size (b.engine), >=, arriving.size);
  assert_rebuilds_same (fixture.store);
  g_object_unref (arriving.cancellable);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/again/goes-on", test_goes_on);
  g_test_add_func ("/sync/again/knock", test_knock);
  g_test_add_func ("/sync/again/looks-again", test_looks_again);
  g_test_add_func ("/sync/again/cut-off", test_cut_off);
  return g_test_run ();
}
