/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The facts that the store keeps are those that a fold of the whole log gives, after
 * every change; and an office of an older Kip has them too. */

#include "kip-clock.h"
#include "kip-facts.h"
#include "kip-store-each.h"
#include "store-fixture.h"

#include <sqlite3.h>

typedef struct
{
  KipFactTable  *table;
  KipAgreements *agreements;
} Folding;

static void
add_folded (const KipTicket *ticket,
            gpointer         data)
{
  Folding *folding = data;

  kip_fact_table_add_ticket (folding->table, ticket, folding->agreements);
}

static KipFactTable *
read_facts (KipStore     *store,
            KipInstant    since,
            const GArray *ids)
{
  g_autoptr (GError) error = NULL;
  KipFactTable *table = kip_store_facts (store, since, ids, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static int
find_row (const KipFactTable *table,
          KipId               id)
{
  for (guint i = 0; i < table->n; i++)
    if (table->id[i] == id)
      return (int) i;
  return -1;
}

static void
assert_same_row (const KipFactTable *a,
                 guint               i,
                 const KipFactTable *b,
                 guint               j)
{
  g_assert_cmpint (a->number[i], ==, b->number[j]);
  g_assert_cmpint (a->received[i], ==, b->received[j]);
  g_assert_cmpint (a->responded[i], ==, b->responded[j]);
  g_assert_cmpint (a->full_work[i], ==, b->full_work[j]);
  g_assert_cmpint (a->last[i], ==, b->last[j]);
  g_assert_cmpint (a->resolution[i].state, ==, b->resolution[j].state);
  g_assert_cmpint (a->resolution[i].breached, ==, b->resolution[j].breached);
  g_assert_cmpuint (a->n_phases[i], ==, b->n_phases[j]);
  g_assert_cmpuint (a->n_resolutions[i], ==, b->n_resolutions[j]);
  g_assert_cmpuint (a->n_touches[i], ==, b->n_touches[j]);
  g_assert_cmpstr (a->cause[i], ==, b->cause[j]);
}

/* Kept ones beside those folded now; how many there are. */
static guint
check_facts (KipStore *store)
{
  g_autoptr (KipFactTable) kept = read_facts (store, KIP_INSTANT_NONE, NULL);
  g_autoptr (KipFactTable) folded = kip_fact_table_new ();
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  Folding folding = { folded, agreements };

  g_assert_true (kip_store_each_ticket (store, NULL, add_folded, &folding, NULL, NULL));
  g_assert_cmpuint (kept->n, ==, folded->n);
  for (guint i = 0; i < folded->n; i++)
    {
      int row = find_row (kept, folded->id[i]);

      g_assert_cmpint (row, >=, 0);
      assert_same_row (folded, i, kept, (guint) row);
    }
  return kept->n;
}

static void
test_follows (void)
{
  Fixture fixture;
  KipId one, two;

  fixture_init (&fixture);
  g_assert_cmpuint (check_facts (fixture.store), ==, 0);
  one = add_ticket (fixture.store, "Printer", KIP_INSTANT_NONE);
  two = add_ticket (fixture.store, "Printer again", KIP_INSTANT_NONE);
  g_assert_cmpuint (check_facts (fixture.store), ==, 2);
  add_message (fixture.store, one, KIP_MESSAGE_REPLY, "Which?");
  set_status (fixture.store, one, "waiting-requester");
  set_int (fixture.store, one, KIP_FIELD_URGENCY, KIP_LEVEL_HIGH);
  set_text (fixture.store, one, KIP_FIELD_CAUSE, "Giấy kẹt");
  set_status (fixture.store, one, "resolved");
  g_assert_cmpuint (check_facts (fixture.store), ==, 2);
  set_int (fixture.store, two, KIP_FIELD_MERGED_INTO, (gint64) one);
  g_assert_cmpuint (check_facts (fixture.store), ==, 1);
  set_int (fixture.store, two, KIP_FIELD_MERGED_INTO, 0);
  g_assert_cmpuint (check_facts (fixture.store), ==, 2);
  set_int (fixture.store, two, KIP_FIELD_SPAM, TRUE);
  g_assert_cmpuint (check_facts (fixture.store), ==, 1);
  assert_rebuilds_same (fixture.store);
  g_assert_cmpuint (check_facts (fixture.store), ==, 1);
  fixture_clear (&fixture);
}

/* What is open, what was touched since, and what is asked for by id. */
static void
test_parts (void)
{
  Fixture fixture;
  KipInstant now, old;
  KipId open, finished, recent;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (KipFactTable) since = NULL;
  g_autoptr (KipFactTable) some = NULL;

  fixture_init (&fixture);
  now = kip_clock_now ();
  old = now - 100 * KIP_MS_PER_DAY;
  open = add_ticket (fixture.store, "Open for long", old);
  finished = add_ticket (fixture.store, "Finished long ago", old);
  recent = add_ticket (fixture.store, "Finished today", old);
  kip_clock_set ("2025-12-01T09:00:00+07:00 x0.000001");
  set_status (fixture.store, finished, "resolved");
  kip_clock_set ("2026-03-09T08:00:00+07:00 x0.000001");
  set_status (fixture.store, recent, "resolved");
  since = read_facts (fixture.store, now - 7 * KIP_MS_PER_DAY, NULL);
  g_assert_cmpuint (since->n, ==, 2);
  g_assert_cmpint (find_row (since, open), >=, 0);
  g_assert_cmpint (find_row (since, recent), >=, 0);
  g_array_append_val (ids, finished);
  some = read_facts (fixture.store, KIP_INSTANT_NONE, ids);
  g_assert_cmpuint (some->n, ==, 1);
  g_assert_cmpuint (some->id[0], ==, finished);
  fixture_clear (&fixture);
}

static void
run_sql (const char *dir,
         const char *sql)
{
  g_autofree char *path = g_build_filename (dir, "kip.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Earlier editions of the schema had none: they are there as soon as it is open. */
static void
test_older (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < 5; i++)
    set_status (fixture.store, add_ticket (fixture.store, "Printer", KIP_INSTANT_NONE), i % 2 == 0 ? "resolved" : "open");
  kip_store_close (fixture.store);
  run_sql (fixture.dir, "DROP TABLE fact; DROP TABLE purged; DROP TABLE redacted; DROP TABLE proof; DROP TABLE tiding; PRAGMA user_version = 2");
  fixture_reopen (&fixture);
  g_assert_cmpuint (check_facts (fixture.store), ==, 5);
  assert_rebuilds_same (fixture.store);
  g_assert_cmpuint (check_facts (fixture.store), ==, 5);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/facts/follows", test_follows);
  g_test_add_func ("/store/facts/parts", test_parts);
  g_test_add_func ("/store/facts/older", test_older);
  return g_test_run ();
}
