/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-pair.h"

#include "kip-error.h"
#include "kip-sync-move.h"

#include <string.h>

/* The shared file moved elsewhere: nobody loses it, and nothing that anybody wrote anywhere is lost. */
#define NEW_PATH "/anywhere/" NEW_NAME
#define OLD_PATH "/anywhere/" FILE_NAME

typedef struct
{
  Office       *office;
  Desk         *writer; /* (nullable) who writes into the old file meanwhile */
  GCancellable *cancellable;
  double        from;
  guint         n;
} Meddling;

static gboolean
move (Office            *office,
      Desk              *desk,
      KipCompactProgress progress,
      Meddling          *meddling,
      GError           **error)
{
  gint64 now = sim_world_now (office->world);
  g_autoptr (KipCarrier) to = open_carrier (desk, NEW_NAME);

  if (!kip_sync_engine_move (desk->engine, to, NEW_PATH, OLD_PATH, now, EPOCH + now, progress, meddling,
                             meddling != NULL ? meddling->cancellable : NULL, error))
    return FALSE;
  go_after (desk, NEW_NAME);
  return TRUE;
}

static void
round_of_all (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    round_of (office, &office->desks[i]);
}

static void
assert_all_moved (Office *office)
{
  office->name = NEW_NAME;
  for (guint i = 0; i < office->n_desks; i++)
    g_assert_cmpstr (office->desks[i].name, ==, NEW_NAME);
  assert_all_there (office);
}

/* ---- three machines ---- */

/* One is away while the file goes, and wrote something before it hears of it. */
static void
test_away (void)
{
  Office office;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) blob = g_bytes_new_static ("an attachment", 13);
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) old_after = NULL;
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (KipCarrier) carrier = NULL;
  const KipMoved *moved;

  office_init (&office, 1, 20);
  add_third (&office);
  carrier = open_carrier (&office.desks[1], FILE_NAME);
  g_assert_true (kip_carrier_put_blob (carrier, "a-1-0", blob, NULL, &error));
  sim_mount_set_presence (office.desks[2].mount, SIM_GONE);
  write_some (&office.desks[2], 3);
  g_assert_true (move (&office, &office.desks[0], NULL, NULL, &error));
  g_assert_no_error (error);
  copy = sim_share_get (office.share, NEW_NAME ".files/a-1-0");
  g_assert_true (g_bytes_equal (copy, blob));
  round_of (&office, &office.desks[0]);
  write_some (&office.desks[1], 2);
  g_assert_cmpint (round_of (&office, &office.desks[1]).state, ==, KIP_SYNC_MOVED);
  old = sim_share_get (office.share, FILE_NAME);
  round_of (&office, &office.desks[1]);
  round_of (&office, &office.desks[2]);
  g_assert_cmpstr (office.desks[2].name, ==, FILE_NAME);
  sim_mount_set_presence (office.desks[2].mount, SIM_THERE);
  round_of_all (&office);
  round_of_all (&office);
  round_of_all (&office);
  assert_all_moved (&office);
  /* Nobody wrote into the old one any more. */
  old_after = sim_share_get (office.share, FILE_NAME);
  g_assert_true (g_bytes_equal (old, old_after));
  moved = kip_sync_engine_get_moved (office.desks[0].engine);
  g_assert_null (moved);
  office_clear (&office);
}

static void
assert_one_file (Office *office)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);

  g_assert_cmpuint (names->len, ==, 1);
}

/* Who has not found the new place keeps everything and writes nothing into the old one, also after a restart and when
 * the old one is taken away. */
static void
test_lost_way (void)
{
  Office office;
  Desk *desk = &office.desks[1];
  gint64 now;
  KipSyncRound round;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  office_init (&office, 2, 6);
  g_assert_true (move (&office, &office.desks[0], NULL, NULL, &error));
  write_some (desk, 1);
  for (guint i = 0; i < 4; i++)
    {
      now = sim_world_now (office.world);
      g_assert_true (kip_sync_engine_round (desk->engine, now, EPOCH + now, &round, &problem, NULL, &error));
      g_assert_cmpint (round.state, ==, KIP_SYNC_MOVED);
      g_assert_error (problem, KIP_ERROR, KIP_ERROR_MOVED);
      g_assert_cmpstr (kip_sync_engine_get_moved (desk->engine)->path, ==, NEW_PATH);
      g_assert_cmpuint (round.bytes_written, ==, 0);
      g_clear_error (&problem);
      if (i == 1)
        start_desk (&office, desk);
      if (i == 2)
        sim_share_put (office.share, FILE_NAME, NULL);
      sim_world_sleep (office.world, 5 * MINUTE);
    }
  assert_one_file (&office);
  go_after (desk, NEW_NAME);
  round_of_all (&office);
  round_of_all (&office);
  assert_all_moved (&office);
  office_clear (&office);
}

/* A program that does not know of it writes on into the old file, which is looked at. */
static void
test_older_program (void)
{
  Office office;
  Desk *older = &office.desks[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GArray) since = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  g_autoptr (KipReplica) replica = NULL;
  KipHolding first = { 1, G_MAXINT64 }, second = { 2, G_MAXINT64 };

  office_init (&office, 3, 6);
  add_third (&office);
  frames = g_ptr_array_new ();
  g_assert_true (move (&office, &office.desks[0], NULL, NULL, &error));
  write_some (older, 3);
  g_array_append_val (since, first);
  g_array_append_val (since, second);
  replica = sim_replica_new (older->disk, office.world, NULL, 0);
  changes = replica->class->changes_since (replica, since, G_MAXUINT, NULL);
  g_ptr_array_unref (frames);
  frames = kip_frame_seal_changes (kip_sync_engine_get_keys (older->engine), changes, 100000, NULL);
  append_frame (&office, g_ptr_array_index (frames, 0));
  look_back (&office, &office.desks[0], FILE_NAME);
  g_assert_cmpuint (sim_disk_count (office.desks[0].disk, 3), ==, 3);
  /* The others get it from there, as nobody else gives it. */
  for (guint i = 0; i < 2; i++)
    {
      round_of_all (&office);
      sim_world_sleep (office.world, 2 * MINUTE);
    }
  round_of_all (&office);
  assert_all_moved (&office);
  office_clear (&office);
}

/* Somebody puts the old file back as it was before: whoever looks at it tells where the office is. */
static void
test_put_back (void)
{
  Office office;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;

  office_init (&office, 4, 6);
  before = sim_share_get (office.share, FILE_NAME);
  g_assert_true (move (&office, &office.desks[0], NULL, NULL, &error));
  sim_share_put (office.share, FILE_NAME, before);
  g_assert_cmpint (round_of (&office, &office.desks[1]).state, ==, KIP_SYNC_DONE);
  look_back (&office, &office.desks[0], FILE_NAME);
  g_assert_cmpint (round_of (&office, &office.desks[1]).state, ==, KIP_SYNC_MOVED);
  round_of_all (&office);
  assert_all_moved (&office);
  office_clear (&office);
}

/* ---- who may not, and what is left as it is ---- */

static void
assert_refused (Office            *office,
                guint              desk,
                KipCompactProgress progress,
                Meddling          *meddling,
                KipError           code)
{
  g_autoptr (GBytes) before = sim_share_get (office->share, FILE_NAME);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_assert_false (move (office, &office->desks[desk], progress, meddling, &error));
  g_assert_error (error, KIP_ERROR, (int) code);
  after = sim_share_get (office->share, FILE_NAME);
  g_assert_true (g_bytes_equal (before, after));
  names = sim_share_list (office->share);
  g_assert_cmpuint (names->len, <=, 2);
}

static void
cancel_cb (double   fraction,
           gpointer data)
{
  Meddling *meddling = data;

  if (fraction >= meddling->from)
    g_cancellable_cancel (meddling->cancellable);
}

static void
test_refused (void)
{
  Office office;
  Meddling meddling = { &office, NULL, g_cancellable_new (), 0.5, 0 };
  g_autoptr (GBytes) stranger = g_bytes_new_static ("somebody's letter", 17);
  g_autoptr (GBytes) there = NULL;
  g_autoptr (GBytes) critical = NULL;

  office_init (&office, 5, 40);
  assert_refused (&office, 1, NULL, NULL, KIP_ERROR_NOT_ALLOWED);
  sim_share_put (office.share, NEW_NAME, stranger);
  assert_refused (&office, 0, NULL, NULL, KIP_ERROR_EXISTS);
  there = sim_share_get (office.share, NEW_NAME);
  g_assert_true (g_bytes_equal (there, stranger));
  sim_share_put (office.share, NEW_NAME, NULL);
  for (; meddling.from < 1; meddling.from += 0.125)
    {
      g_cancellable_reset (meddling.cancellable);
      assert_refused (&office, 0, cancel_cb, &meddling, KIP_ERROR_OFFLINE);
    }
  sim_share_set_room (office.share, 16 * 1024);
  assert_refused (&office, 0, NULL, NULL, KIP_ERROR_NO_SPACE);
  sim_share_set_room (office.share, G_MAXUINT64);
  critical = frame_of_type (&office, UNKNOWN, KIP_FRAME_CRITICAL, "not without me");
  append_frame (&office, critical);
  assert_refused (&office, 0, NULL, NULL, KIP_ERROR_NEWER);
  assert_all_there (&office);
  g_object_unref (meddling.cancellable);
  office_clear (&office);
}

/* ---- what comes while it is done ---- */

/* Another machine that believes to hold the lock, or that takes it for abandoned. */
static void
write_cb (double   fraction,
          gpointer data)
{
  Meddling *meddling = data;

  if (fraction < meddling->from || meddling->n > 0)
    return;
  meddling->n++;
  sim_share_put (meddling->office->share, FILE_NAME ".lock", NULL);
  write_some (meddling->writer, 2);
  round_of (meddling->office, meddling->writer);
}

static void
test_meanwhile (void)
{
  static const double moments[] = { 0, 0.6, 0.7, 0.9, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Office office;
      Meddling meddling = { &office, NULL, NULL, moments[i], 0 };
      g_autoptr (GError) error = NULL;

      office_init (&office, 6, 40);
      for (guint j = 0; j < 2; j++)
        {
          sim_mount_set_kind (office.desks[j].mount, KIP_SHARE_SMB, FALSE);
          start_desk (&office, &office.desks[j]);
        }
      meddling.writer = &office.desks[1];
      if (!move (&office, &office.desks[0], write_cb, &meddling, &error))
        {
          /* It was noticed that the lock was somebody else's: again, when that one is done. */
          g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
          meddling.n = 1;
          g_assert_true (move (&office, &office.desks[0], NULL, NULL, NULL));
        }
      for (guint j = 0; j < 3; j++)
        round_of_all (&office);
      assert_all_moved (&office);
      office_clear (&office);
    }
}

/* ---- one fault, at each call ---- */

/* A move that was broken off is begun again; where the new file is there already, only the others are told. */
static gboolean
move_once_more (Office  *office,
                GError **error)
{
  Desk *desk = &office->desks[0];
  gint64 now = sim_world_now (office->world);
  g_autoptr (GBytes) there = sim_share_get (office->share, NEW_NAME);

  if (there == NULL)
    return move (office, desk, NULL, NULL, error);
  if (!kip_sync_engine_tell_moved (desk->engine, NEW_PATH, OLD_PATH, 0, now, EPOCH + now, NULL, error))
    return FALSE;
  go_after (desk, NEW_NAME);
  return TRUE;
}

/* The lock of the time before may still be there for a while. */
static void
move_again (Office *office)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10 && !move_once_more (office, &error); i++)
    {
      g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
      g_clear_error (&error);
      sim_world_sleep (office->world, MINUTE);
    }
  g_assert_cmpstr (office->desks[0].name, ==, NEW_NAME);
}

static guint64
try_fault (guint64  k,
           SimFault fault)
{
  Office office;
  Desk *desk = &office.desks[0];
  guint64 n_calls;
  gboolean ok;

  office_init (&office, k * 100 + fault, 4);
  write_some (&office.desks[1], 1);
  n_calls = sim_mount_count_calls (desk->mount);
  if (k > 0)
    sim_mount_inject (desk->mount, k, fault);
  ok = move (&office, desk, NULL, NULL, NULL);
  n_calls = sim_mount_count_calls (desk->mount) - n_calls;
  g_assert_true (ok || k > 0);
  if (sim_mount_count_crashes (desk->mount) != desk->crashes)
    start_desk (&office, desk);
  write_some (desk, 1);
  round_of_all (&office);
  /* What it said of it holds: where the first of them is the others come, too. */
  if (g_str_equal (desk->name, FILE_NAME))
    {
      heal (&office, k, fault);
      if (g_str_equal (desk->name, FILE_NAME))
        move_again (&office);
    }
  for (guint i = 0; i < 3; i++)
    {
      look_back (&office, desk, FILE_NAME);
      round_of_all (&office);
    }
  office.name = NEW_NAME;
  heal (&office, k, fault);
  for (guint i = 0; i < office.n_desks; i++)
    g_assert_cmpstr (office.desks[i].name, ==, NEW_NAME);
  office_clear (&office);
  return n_calls;
}

/* Machines that stop at every call; each other fault at every sixth. */
static void
test_each_call (void)
{
  guint64 n_calls = try_fault (0, SIM_NO_FAULT);

  g_test_message ("%" G_GUINT64_FORMAT " calls, %d faults", n_calls, SIM_N_FAULTS);
  g_assert_cmpuint (n_calls, >, 40);
  for (guint64 k = 1; k <= n_calls; k++)
    for (guint fault = 0; fault < SIM_N_FAULTS; fault++)
      if (fault == SIM_CRASH || fault == SIM_CRASH_AFTER || (fault + k) % 6 == 0)
        try_fault (k, fault);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-move/away", test_away);
  g_test_add_func ("/sync-move/lost-way", test_lost_way);
  g_test_add_func ("/sync-move/older-program", test_older_program);
  g_test_add_func ("/sync-move/put-back", test_put_back);
  g_test_add_func ("/sync-move/refused", test_refused);
  g_test_add_func ("/sync-move/meanwhile", test_meanwhile);
  g_test_add_func ("/sync-move/each-call", test_each_call);
  return g_test_run ();
}
