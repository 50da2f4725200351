/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-sync-log.h"

#include <string.h>

/* What a person can read of the shared file, at two real desks. */

typedef struct
{
  Office  office;
  Fixture fixture;
  Desk    a, b;
  KipId   ticket;
} Pair;

static void
pair_init (Pair *pair)
{
  office_init (&pair->office);
  desk_open (&pair->a, pair->office.founder.store);
  pair->ticket = add_ticket (pair->office.founder.store, "máy in", KIP_INSTANT_NONE);
  join_by_code (&pair->office, &pair->a, &pair->fixture, &pair->b, "An");
  settle (&pair->b);
  settle (&pair->a);
}

static void
pair_clear (Pair *pair)
{
  desk_clear (&pair->a);
  desk_clear (&pair->b);
  fixture_clear (&pair->fixture);
  office_clear (&pair->office);
}

/* How many entries of @kind, and the number in the last of them. */
static guint
count (Desk          *desk,
       KipSyncLogKind kind,
       guint64       *n)
{
  GPtrArray *log = kip_sync_engine_get_log (desk->engine);
  guint found = 0;

  for (guint i = 0; i < log->len; i++)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (log, i);

      if (entry->kind != kind)
        continue;
      found++;
      *n = entry->n;
    }
  return found;
}

static void
test_conflict (void)
{
  Pair pair;
  guint64 n = 0;

  pair_init (&pair);
  set_text (pair.office.founder.store, pair.ticket, KIP_FIELD_SUBJECT, "máy in tầng 2");
  set_text (pair.fixture.store, pair.ticket, KIP_FIELD_SUBJECT, "máy in tầng 3");
  settle (&pair.a);
  settle (&pair.b);
  settle (&pair.a);
  g_assert_cmpuint (count (&pair.a, KIP_SYNC_LOG_CONFLICT, &n), ==, 1);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (count (&pair.b, KIP_SYNC_LOG_CONFLICT, &n), ==, 1);
  /* What settles it is none. */
  set_text (pair.office.founder.store, pair.ticket, KIP_FIELD_SUBJECT, "máy in tầng 2");
  settle (&pair.a);
  settle (&pair.b);
  g_assert_cmpuint (count (&pair.b, KIP_SYNC_LOG_CONFLICT, &n), ==, 1);
  g_assert_cmpuint (n, ==, 1);
  pair_clear (&pair);
}

/* Says so when the other told that it has all, not what it had told before. */
static void
test_seen (void)
{
  Pair pair;
  guint64 device = 0;

  pair_init (&pair);
  g_assert_cmpuint (count (&pair.a, KIP_SYNC_LOG_SEEN, &device), <=, 1);
  set_text (pair.office.founder.store, pair.ticket, KIP_FIELD_SUBJECT, "máy in tầng 2");
  settle (&pair.a);
  g_assert_true (kip_clock_set ("2026-03-09T09:00:00+07:00 x0.000001"));
  settle (&pair.b);
  set_text (pair.fixture.store, pair.ticket, KIP_FIELD_DESCRIPTION, "kẹt giấy");
  settle (&pair.b);
  settle (&pair.a);
  g_assert_cmpuint (count (&pair.a, KIP_SYNC_LOG_SEEN, &device), >=, 1);
  g_assert_cmpuint (device, ==, 2);
  pair_clear (&pair);
}

static void
test_words (void)
{
  static const struct
  {
    KipSyncLogEntry entry;
    const char     *words, *key;
  } cases[] = {
    { { 0, KIP_SYNC_LOG_SEEN, 2, NULL }, "Computer B has everything that was written here", "seen" },
    { { 0, KIP_SYNC_LOG_CONFLICT, 1, NULL }, "In 1 ticket two people wrote different things at once: is:conflict finds it", "conflict" },
    { { 0, KIP_SYNC_LOG_CONFLICT, 3, NULL }, "In 3 tickets two people wrote different things at once: is:conflict finds them", "conflict" },
  };
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  const guint8 key[KIP_MEMBER_KEY_SIZE] = { 1 };
  g_autoptr (KipMembers) members = kip_members_new (nobody, key);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = kip_sync_log_entry_words (&cases[i].entry, members);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (kip_sync_log_kind_key (cases[i].entry.kind), ==, cases[i].key);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharing-log/conflict", test_conflict);
  g_test_add_func ("/sharing-log/seen", test_seen);
  g_test_add_func ("/sharing-log/words", test_words);
  return g_test_run ();
}
