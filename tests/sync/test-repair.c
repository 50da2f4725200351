/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-sync-repair.h"

#include <glib/gstdio.h>
#include <string.h>

/* What befalls a shared file, on real ones: made good by itself, or by one step that somebody takes. */

/* ---- what is said ---- */

static void
test_words (void)
{
  static const struct
  {
    KipSyncState  state;
    KipRepairStep step;
  } cases[] = {
    { KIP_SYNC_OFFLINE, KIP_REPAIR_TRY_AGAIN }, { KIP_SYNC_MISSING, KIP_REPAIR_WRITE_AGAIN }, { KIP_SYNC_DAMAGED, KIP_REPAIR_WRITE_AGAIN },
    { KIP_SYNC_FOREIGN, KIP_REPAIR_CHOOSE }, { KIP_SYNC_MOVED, KIP_REPAIR_CHOOSE }, { KIP_SYNC_NEWER, KIP_REPAIR_TRY_AGAIN }, { KIP_SYNC_NO_KEY, KIP_REPAIR_SAVE_COPY },
    { KIP_SYNC_FULL, KIP_REPAIR_TRY_AGAIN }, { KIP_SYNC_READ_ONLY, KIP_REPAIR_TRY_AGAIN },
  };
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipSyncStatus status = { .is_shared = TRUE, .state = cases[i].state, .away_since = 1 };
      KipRepair repair;

      g_assert_true (kip_repair_for (&status, &repair));
      g_assert_cmpint (repair.step, ==, cases[i].step);
      g_assert_true (g_hash_table_add (titles, (char *) repair.title));
      g_assert_nonnull (strchr (repair.label, '_'));
      g_assert_cmpuint (strlen (repair.text), >, 80);
      status.away_since = KIP_INSTANT_NONE;
      g_assert_false (kip_repair_for (&status, &repair));
      status.is_out = TRUE;
      g_assert_true (kip_repair_for (&status, &repair));
      g_assert_cmpint (repair.step, ==, KIP_REPAIR_SAVE_COPY);
    }
}

/* Behind what is the matter with the share, and only as long as it is so. */
static void
test_clock (void)
{
  KipSyncStatus status = { .is_shared = TRUE, .state = KIP_SYNC_DONE, .clock = { 5 * KIP_MS_PER_MINUTE, 0, TRUE } };
  KipRepair clock, offline;

  status.away_since = KIP_INSTANT_NONE;
  g_assert_true (kip_repair_for (&status, &clock));
  g_assert_cmpint (clock.step, ==, KIP_REPAIR_TRY_AGAIN);
  status.away_since = 1;
  status.state = KIP_SYNC_OFFLINE;
  g_assert_true (kip_repair_for (&status, &offline));
  g_assert_cmpstr (offline.title, !=, clock.title);
  status.away_since = KIP_INSTANT_NONE;
  status.clock.is_wrong = FALSE;
  g_assert_false (kip_repair_for (&status, &clock));
}

static void
test_nothing (void)
{
  static const KipSyncState well[] = { KIP_SYNC_DONE, KIP_SYNC_MORE, KIP_SYNC_BUSY };
  KipRepair repair;

  for (guint i = 0; i < G_N_ELEMENTS (well); i++)
    g_assert_false (kip_repair_for_state (well[i], &repair));
}

/* ---- harm ---- */

static void
read_file (const char *path,
           char      **data,
           gsize      *length)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, data, length, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *path,
            const char *data,
            gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
delete_it (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
empty_it (const char *path)
{
  write_file (path, "", 0);
}

static void
overwrite_it (const char *path)
{
  write_file (path, "this is no office at all", 24);
}

static void
cut_its_beginning (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;

  read_file (path, &data, &length);
  write_file (path, data + 1000, length - 1000);
}

static void
change_file (const char *path,
             gsize       from,
             gssize      length, /* negative: so much is cut off the end */
             char        value)
{
  g_autofree char *data = NULL;
  gsize size;

  read_file (path, &data, &size);
  if (length < 0)
    size -= (gsize) -length;
  else
    memset (data + from, value, (gsize) length);
  write_file (path, data, size);
}

static void
cut_its_end (const char *path)
{
  change_file (path, 0, -700, 0);
}

static void
spoil_its_middle (const char *path)
{
  change_file (path, KIP_SHARE_HEADER_SIZE + 100, 900, 'x');
}

static void
spoil_its_header (const char *path)
{
  change_file (path, 0, KIP_SHARE_HEADER_SIZE, 0);
}

/* ---- one step ---- */

typedef void (*Harm) (const char *path);

typedef struct
{
  const char  *name;
  Harm         harm;
  KipSyncState state;
  gboolean     leaves_damaged;
} Case;

static const Case cases[] = {
  { "delete", delete_it, KIP_SYNC_MISSING, FALSE },
  { "empty", empty_it, KIP_SYNC_MISSING, TRUE },
  { "overwrite", overwrite_it, KIP_SYNC_DAMAGED, TRUE },
  { "cut", cut_its_beginning, KIP_SYNC_DAMAGED, TRUE },
};

/* Not before somebody says so, or a minute has gone by; then at once, with all that was there. */
static void
test_mend (gconstpointer data)
{
  const Case *one = data;
  Office office;
  Fixture late;
  Desk a, b;
  KipId ticket;
  g_autoptr (KipTicketRow) row = NULL;
  g_autofree char *damaged = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  settle (&a);
  damaged = g_strconcat (office.path, ".damaged", NULL);
  one->harm (office.path);
  g_assert_cmpint (round_at (&a, 1000).state, ==, one->state);
  g_assert_cmpint (round_at (&a, 2000).state, ==, one->state);
  kip_sync_engine_mend_now (a.engine);
  g_assert_cmpint (round_at (&a, 3000).state, ==, KIP_SYNC_DONE);
  g_assert_cmpint (g_file_test (damaged, G_FILE_TEST_EXISTS), ==, one->leaves_damaged);
  /* It is said once: the next time it waits again. */
  one->harm (office.path);
  g_assert_cmpint (round_at (&a, 4000).state, ==, one->state);
  kip_sync_engine_mend_now (a.engine);
  g_assert_cmpint (round_at (&a, 5000).state, ==, KIP_SYNC_DONE);
  join_by_code (&office, &a, &late, &b, "An");
  row = get_row (late.store, ticket);
  g_assert_nonnull (row);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&late);
  office_clear (&office);
}

/* ---- by itself ---- */

typedef struct
{
  const char *name;
  Harm        harm;
} Befalling;

static const Befalling befallings[] = {
  { "delete", delete_it }, { "empty", empty_it }, { "overwrite", overwrite_it },
  { "cut", cut_its_end }, { "middle", spoil_its_middle }, { "header", spoil_its_header },
};

typedef struct
{
  Office  office;
  Fixture fixture;
  Desk    a, b;
} Pair;

static void
pair_init (Pair *pair)
{
  office_init (&pair->office);
  desk_open (&pair->a, pair->office.founder.store);
  join_by_code (&pair->office, &pair->a, &pair->fixture, &pair->b, "An");
  settle (&pair->b);
  settle (&pair->a);
}

static void
assert_both_have (Pair *pair,
                  KipId ticket)
{
  g_autoptr (KipTicketRow) here = get_row (pair->office.founder.store, ticket);
  g_autoptr (KipTicketRow) there = get_row (pair->fixture.store, ticket);

  g_assert_nonnull (here);
  g_assert_nonnull (there);
}

static void
pair_clear (Pair *pair)
{
  desk_clear (&pair->a);
  desk_clear (&pair->b);
  fixture_clear (&pair->fixture);
  office_clear (&pair->office);
}

static void
run_minutes (Pair *pair)
{
  for (gint64 now = 1000; now < 5 * 60 * 1000; now += 15 * 1000)
    {
      round_at (&pair->b, now);
      round_at (&pair->a, now);
    }
}

/* Whatever befell the file, after some minutes it carries everything again, from whoever was there. */
static void
test_harm (gconstpointer data)
{
  Harm harm = ((const Befalling *) data)->harm;
  Pair pair;
  Fixture late;
  Desk c;
  KipId tickets[3];

  pair_init (&pair);
  tickets[0] = add_ticket (pair.office.founder.store, "một", KIP_INSTANT_NONE);
  tickets[1] = add_ticket (pair.fixture.store, "hai", KIP_INSTANT_NONE);
  settle (&pair.a);
  settle (&pair.b);
  settle (&pair.a);
  harm (pair.office.path);
  tickets[2] = add_ticket (pair.fixture.store, "ba", KIP_INSTANT_NONE);
  run_minutes (&pair);
  /* Who comes afterwards finds it all in the file. */
  join_by_code (&pair.office, &pair.a, &late, &c, "Bình");
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    {
      g_autoptr (KipTicketRow) row = get_row (late.store, tickets[i]);

      g_assert_nonnull (row);
    }
  desk_clear (&c);
  fixture_clear (&late);
  pair_clear (&pair);
}

/* Last week's backup in the place of the file. */
static void
test_rolled_back (void)
{
  Pair pair;
  KipId tickets[2];
  g_autofree char *old = NULL;
  gsize length;

  pair_init (&pair);
  read_file (pair.office.path, &old, &length);
  tickets[0] = add_ticket (pair.office.founder.store, "một", KIP_INSTANT_NONE);
  tickets[1] = add_ticket (pair.fixture.store, "hai", KIP_INSTANT_NONE);
  settle (&pair.a);
  write_file (pair.office.path, old, length);
  run_minutes (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    assert_both_have (&pair, tickets[i]);
  pair_clear (&pair);
}

/* For a while each computer had another file in that place; one of the two stays. */
static void
test_split (void)
{
  Pair pair;
  KipId tickets[2];
  g_autofree char *common = NULL;
  g_autofree char *left = NULL;
  gsize length, left_length;

  pair_init (&pair);
  read_file (pair.office.path, &common, &length);
  tickets[0] = add_ticket (pair.office.founder.store, "một", KIP_INSTANT_NONE);
  settle (&pair.a);
  read_file (pair.office.path, &left, &left_length);
  write_file (pair.office.path, common, length);
  tickets[1] = add_ticket (pair.fixture.store, "hai", KIP_INSTANT_NONE);
  settle (&pair.b);
  write_file (pair.office.path, left, left_length);
  run_minutes (&pair);
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    assert_both_have (&pair, tickets[i]);
  pair_clear (&pair);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair/words", test_words);
  g_test_add_func ("/repair/clock", test_clock);
  g_test_add_func ("/repair/nothing", test_nothing);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/repair/mend/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_mend);
    }
  for (guint i = 0; i < G_N_ELEMENTS (befallings); i++)
    {
      g_autofree char *path = g_strconcat ("/repair/harm/", befallings[i].name, NULL);

      g_test_add_data_func (path, &befallings[i], test_harm);
    }
  g_test_add_func ("/repair/rolled-back", test_rolled_back);
  g_test_add_func ("/repair/split", test_split);
  return g_test_run ();
}
