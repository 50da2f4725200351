/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-error.h"

#include <glib/gstdio.h>

/* Who goes, by its own word or by a manager's: what the others see, and what stays with it. */
#define MINUTE (60 * 1000)

typedef struct
{
  Office  office;
  Desk    founder, desk;
  Fixture fixture;
} Pair;

static void
pair_init (Pair *pair)
{
  office_init (&pair->office);
  desk_open (&pair->founder, pair->office.founder.store);
  join_by_code (&pair->office, &pair->founder, &pair->fixture, &pair->desk, "An");
  settle (&pair->desk);
}

static void
pair_clear (Pair *pair)
{
  desk_clear (&pair->desk);
  fixture_clear (&pair->fixture);
  desk_clear (&pair->founder);
  office_clear (&pair->office);
}

static gboolean
leave (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipSharing) sharing = NULL;
  gboolean told;

  g_assert_true (kip_sharing_leave (desk->store, desk->engine, &told, NULL, &error));
  g_assert_no_error (error);
  sharing = kip_sharing_load (desk->dir, &error);
  g_assert_null (sharing);
  g_assert_no_error (error);
  return told;
}

static void
assert_subject (KipStore   *store,
                KipId       ticket,
                const char *subject)
{
  g_autoptr (KipTicketRow) row = get_row (store, ticket);

  g_assert_cmpstr (row->subject, ==, subject);
}

/* It can be read and written, also after the program was closed. */
static void
assert_works_alone (Fixture *fixture,
                    KipId    ticket)
{
  set_text (fixture->store, ticket, KIP_FIELD_SUBJECT, "một mình");
  assert_subject (fixture->store, ticket, "một mình");
  fixture_reopen (fixture);
  assert_subject (fixture->store, ticket, "một mình");
  set_text (fixture->store, ticket, KIP_FIELD_SUBJECT, "vẫn một mình");
  assert_subject (fixture->store, ticket, "vẫn một mình");
}

static KipMember
member_of (KipStore *store,
           guint32   device)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  return *kip_members_find (members, device);
}

static void
test_told (void)
{
  Pair pair;
  KipMember member;
  KipId ticket;

  pair_init (&pair);
  ticket = add_ticket (pair.fixture.store, "trước", KIP_INSTANT_NONE);
  g_assert_true (leave (&pair.desk));
  settle (&pair.founder);
  member = member_of (pair.office.founder.store, 2);
  g_assert_cmpuint (member.last, !=, G_MAXUINT64);
  g_assert_true (member.has_left);
  g_assert_cmpint (member.ended, !=, KIP_INSTANT_NONE);
  g_assert_cmpuint (member.ended_by, ==, member.person);
  /* What it wrote before stays. */
  assert_subject (pair.office.founder.store, ticket, "trước");
  g_assert_false (kip_sync_engine_has_passphrase (pair.founder.engine));
  assert_works_alone (&pair.fixture, ticket);
  settle (&pair.founder);
  assert_subject (pair.office.founder.store, ticket, "trước");
  pair_clear (&pair);
}

static void
test_unreachable (void)
{
  Pair pair;
  g_autofree char *away = NULL;
  KipId ticket;

  pair_init (&pair);
  away = g_strconcat (pair.office.share, "-away", NULL);
  ticket = add_ticket (pair.office.founder.store, "trước", KIP_INSTANT_NONE);
  settle (&pair.founder);
  settle (&pair.desk);
  g_assert_cmpint (g_rename (pair.office.share, away), ==, 0);
  g_assert_false (leave (&pair.desk));
  assert_works_alone (&pair.fixture, ticket);
  g_assert_cmpint (g_rename (away, pair.office.share), ==, 0);
  settle (&pair.founder);
  g_assert_cmpuint (member_of (pair.office.founder.store, 2).last, ==, G_MAXUINT64);
  pair_clear (&pair);
}

/* Joining again is a new computer with a new number. */
static void
test_join_again (void)
{
  Pair pair;
  Fixture again;
  Desk desk;
  KipId ticket;

  pair_init (&pair);
  ticket = add_ticket (pair.fixture.store, "trước", KIP_INSTANT_NONE);
  g_assert_true (leave (&pair.desk));
  settle (&pair.founder);
  join_by_code (&pair.office, &pair.founder, &again, &desk, "An");
  g_assert_cmpuint (kip_store_get_device (again.store), ==, 3);
  set_text (again.store, ticket, KIP_FIELD_SUBJECT, "lại có mặt");
  settle (&desk);
  settle (&pair.founder);
  assert_subject (pair.office.founder.store, ticket, "lại có mặt");
  desk_clear (&desk);
  fixture_clear (&again);
  pair_clear (&pair);
}

/* Who shared and stopped it shares again: what was done between counts for all who come then. */
static void
test_share_again (void)
{
  Office office;
  Fixture fixture;
  Desk founder, desk;
  KipId ticket, status;
  KipChange *change;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  desk_open (&founder, office.founder.store);
  settle (&founder);
  g_assert_true (leave (&founder));
  desk_clear (&founder);
  ticket = add_ticket (office.founder.store, "giữa chừng", KIP_INSTANT_NONE);
  change = kip_change_new (kip_store_get_me (office.founder.store), "settings");
  kip_change_set_text (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_NAME, "Tên mới");
  append (office.founder.store, change);
  status = add_person (office.founder.store, "Hoa", TRUE);
  g_assert_cmpuint (status, !=, KIP_ID_NONE);
  g_free (office.path);
  office.path = g_build_filename (office.share, "Again.kip", NULL);
  g_assert_true (kip_sharing_begin (office.founder.store, office.path, PASSPHRASE, "bàn trước", &sharing_options, NULL, &error));
  g_assert_false (kip_store_is_alone (office.founder.store));
  desk_open (&founder, office.founder.store);
  join_by_code (&office, &founder, &fixture, &desk, "An");
  settle (&desk);
  assert_subject (fixture.store, ticket, "giữa chừng");
  g_assert_cmpstr (kip_office_get_name (kip_store_get_office (fixture.store)), ==, "Tên mới");
  set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, "sau đó");
  settle (&founder);
  settle (&desk);
  assert_subject (fixture.store, ticket, "sau đó");
  g_assert_cmpuint (member_of (fixture.store, 1).last, ==, G_MAXUINT64);
  desk_clear (&desk);
  fixture_clear (&fixture);
  desk_clear (&founder);
  office_clear (&office);
}

/* A removed computer is told by whom and when, writes nothing, and works on alone once it has left. */
static void
test_removed (void)
{
  Pair pair;
  KipId ticket;
  KipChange *change;
  const KipPerson *founder;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *sentence = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  pair_init (&pair);
  ticket = add_ticket (pair.fixture.store, "trước", KIP_INSTANT_NONE);
  settle (&pair.desk);
  settle (&pair.founder);
  none = kip_sharing_removed_sentence (pair.fixture.store, zone);
  g_assert_null (none);
  g_assert_true (kip_sharing_remove (pair.office.founder.store, 2, &error));
  settle (&pair.founder);
  g_assert_cmpint (round_at (&pair.desk, MINUTE).state, ==, KIP_SYNC_REMOVED);
  g_assert_cmpint (round_at (&pair.desk, 2 * MINUTE).state, ==, KIP_SYNC_REMOVED);
  founder = kip_office_person (kip_store_get_office (pair.fixture.store), kip_store_get_me (pair.office.founder.store));
  sentence = kip_sharing_removed_sentence (pair.fixture.store, zone);
  g_assert_true (g_str_has_prefix (sentence, founder->name));
  g_assert_nonnull (strstr (sentence, "01:00"));
  change = kip_change_new (kip_store_get_me (pair.fixture.store), "edit");
  kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, "nữa");
  g_assert_false (kip_store_append (pair.fixture.store, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_assert_false (leave (&pair.desk));
  assert_works_alone (&pair.fixture, ticket);
  settle (&pair.founder);
  assert_subject (pair.office.founder.store, ticket, "trước");
  pair_clear (&pair);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaving/told", test_told);
  g_test_add_func ("/leaving/unreachable", test_unreachable);
  g_test_add_func ("/leaving/join-again", test_join_again);
  g_test_add_func ("/leaving/share-again", test_share_again);
  g_test_add_func ("/leaving/removed", test_removed);
  return g_test_run ();
}
