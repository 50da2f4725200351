/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-error.h"

#include <glib/gstdio.h>

/* A backup put back on a computer that takes part: the others hold what it wrote since, and no number is given twice. */
typedef struct
{
  Office  office;
  Desk    founder, desk;
  Fixture fixture;
  KipId   before, since;
} Pair;

/* What was written since the backup is in the file. */
static void
pair_init (Pair *pair)
{
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&pair->office);
  desk_open (&pair->founder, pair->office.founder.store);
  join_by_code (&pair->office, &pair->founder, &pair->fixture, &pair->desk, "An");
  backup = g_build_filename (pair->office.share, "an.kipbackup", NULL);
  pair->before = add_ticket (pair->fixture.store, "trước", KIP_INSTANT_NONE);
  settle (&pair->desk);
  g_assert_true (kip_store_backup (pair->fixture.store, backup, NULL, NULL, NULL, &error));
  pair->since = add_ticket (pair->fixture.store, "từ lúc đó", KIP_INSTANT_NONE);
  set_text (pair->fixture.store, pair->before, KIP_FIELD_SUBJECT, "đã đổi");
  settle (&pair->desk);
  settle (&pair->founder);
  desk_clear (&pair->desk);
  kip_store_close (pair->fixture.store);
  g_clear_object (&pair->fixture.store);
  g_assert_true (kip_store_restore (backup, pair->fixture.dir, NULL, &error));
  g_assert_no_error (error);
  pair->fixture.store = kip_store_open (pair->fixture.dir, &error);
  g_assert_no_error (error);
  desk_open (&pair->desk, pair->fixture.store);
}

static void
pair_clear (Pair *pair)
{
  desk_clear (&pair->desk);
  fixture_clear (&pair->fixture);
  desk_clear (&pair->founder);
  office_clear (&pair->office);
}

static void
assert_subject (KipStore   *store,
                KipId       ticket,
                const char *subject)
{
  g_autoptr (KipTicketRow) row = get_row (store, ticket);

  g_assert_cmpstr (row->subject, ==, subject);
}

static void
assert_may_only_read (Pair *pair)
{
  KipChange *change = kip_change_new (kip_store_get_me (pair->fixture.store), "edit");
  g_autoptr (GError) error = NULL;

  kip_change_set_text (change, KIP_KIND_TICKET, pair->before, KIP_FIELD_SUBJECT, "quá sớm");
  g_assert_false (kip_store_append (pair->fixture.store, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  assert_subject (pair->fixture.store, pair->before, "trước");
}

/* What came after the backup comes back from the file, and what is written then is on both. */
static void
test_read_first (void)
{
  Pair pair;
  KipId later;

  pair_init (&pair);
  assert_may_only_read (&pair);
  g_assert_cmpuint (settle (&pair.desk).cloned, ==, 0);
  assert_subject (pair.fixture.store, pair.before, "đã đổi");
  assert_subject (pair.fixture.store, pair.since, "từ lúc đó");
  later = add_ticket (pair.fixture.store, "sau đó", KIP_INSTANT_NONE);
  g_assert_cmpuint (later, !=, pair.since);
  settle (&pair.desk);
  g_assert_cmpuint (settle (&pair.founder).cloned, ==, 0);
  assert_subject (pair.office.founder.store, later, "sau đó");
  assert_subject (pair.office.founder.store, pair.since, "từ lúc đó");
  /* Also after the program was started again. */
  reopen (&pair.fixture, &pair.desk);
  set_text (pair.fixture.store, later, KIP_FIELD_SUBJECT, "lại mở");
  settle (&pair.desk);
  pair_clear (&pair);
}

/* While the share is away it stays so, over a restart; who leaves goes on with the backup. */
static void
test_away (void)
{
  Pair pair;
  g_autofree char *away = NULL;
  gboolean told;
  g_autoptr (GError) error = NULL;

  pair_init (&pair);
  away = g_strconcat (pair.office.share, "-away", NULL);
  g_assert_cmpint (g_rename (pair.office.share, away), ==, 0);
  g_assert_cmpint (round_at (&pair.desk, 1000).state, ==, KIP_SYNC_OFFLINE);
  assert_may_only_read (&pair);
  reopen (&pair.fixture, &pair.desk);
  assert_may_only_read (&pair);
  g_assert_true (kip_sharing_leave (pair.fixture.store, pair.desk.engine, &told, NULL, &error));
  g_assert_false (told);
  set_text (pair.fixture.store, pair.before, KIP_FIELD_SUBJECT, "một mình");
  assert_subject (pair.fixture.store, pair.before, "một mình");
  g_assert_cmpint (g_rename (away, pair.office.share), ==, 0);
  pair_clear (&pair);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restored/read-first", test_read_first);
  g_test_add_func ("/restored/away", test_away);
  return g_test_run ();
}
