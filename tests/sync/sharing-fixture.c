/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"

const KipSyncOptions sharing_options = { 1, 8 * 1024 * 1024, "test" };

void
office_init (Office *office)
{
  g_autoptr (GError) error = NULL;

  fixture_init (&office->founder);
  office->share = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  office->path = g_build_filename (office->share, "Office.kip", NULL);
  kip_sharing_begin (office->founder.store, office->path, PASSPHRASE, "bàn trước", &sharing_options, NULL, &error);
  g_assert_no_error (error);
}

void
office_clear (Office *office)
{
  fixture_clear (&office->founder);
  remove_tree (office->share);
  g_free (office->share);
  g_free (office->path);
}

void
desk_open (Desk     *desk,
           KipStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), &error);

  g_assert_no_error (error);
  g_assert_nonnull (sharing);
  desk->dir = g_strdup (kip_store_get_dir (store));
  desk->store = g_object_ref (store);
  desk->engine = kip_sharing_new_engine (sharing, store, &sharing_options);
}

void
desk_clear (Desk *desk)
{
  kip_sync_engine_free (desk->engine);
  g_object_unref (desk->store);
  g_free (desk->dir);
}

KipSyncRound
settle (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  KipSyncRound round;

  g_assert_true (kip_sync_engine_settle (desk->engine, &round, NULL, NULL, &problem, NULL, &error));
  g_assert_no_error (error);
  g_assert_no_error (problem);
  g_assert_cmpint (round.state, ==, KIP_SYNC_DONE);
  return round;
}

/* One round at a time of the caller's choosing. */
KipSyncRound
round_at (Desk  *desk,
          gint64 now_ms)
{
  g_autoptr (GError) error = NULL;
  KipSyncRound round;

  g_assert_true (kip_sync_engine_round (desk->engine, now_ms, kip_clock_now (), &round, NULL, NULL, &error));
  g_assert_no_error (error);
  return round;
}

/* Joins in a folder of its own and comes in; the fixture's folder is the caller's. */
void
come_in (Fixture    *fixture,
         Desk       *desk,
         const char *dir)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_strdup (dir);
  fixture->store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  desk_open (desk, fixture->store);
  settle (desk);
}

void
reopen (Fixture *fixture,
        Desk    *desk)
{
  desk_clear (desk);
  fixture_reopen (fixture);
  desk_open (desk, fixture->store);
}

void
join_by_code (Office     *office,
              Desk       *founder,
              Fixture    *fixture,
              Desk       *desk,
              const char *name)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipId person = add_person (office->founder.store, name, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = kip_sharing_invite (office->founder.store, founder->engine, person, G_MAXINT64, &error);
  KipJoining joining = { office->path, code, NULL, NULL, "bàn sau" };

  g_assert_no_error (error);
  settle (founder);
  kip_sharing_join (dir, &joining, NULL, &error);
  g_assert_no_error (error);
  come_in (fixture, desk, dir);
  /* Where the file was damaged, the others mend it when they hear what is missing. */
  for (gint64 now = 10 * 60 * 1000; !kip_sharing_come_in (fixture->store, &error) && now < 20 * 60 * 1000; now += 15 * 1000)
    {
      round_at (founder, now);
      round_at (desk, now);
    }
  g_assert_no_error (error);
  reopen (fixture, desk);
  g_assert_cmpuint (kip_store_get_me (fixture->store), ==, person);
  /* It says what it is called. */
  settle (desk);
  settle (founder);
}
