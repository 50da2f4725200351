/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-pair.h"

#include "kip-error.h"

#include <string.h>

/* The shared file made smaller: what must be in it afterwards, and what of all that can go wrong harms nothing. */
static gboolean
compact (Office            *office,
         Desk              *desk,
         KipCompaction     *compaction,
         KipCompactProgress progress,
         gpointer           data,
         GCancellable      *cancellable,
         GError           **error)
{
  gint64 now = sim_world_now (office->world);

  return kip_sync_engine_compact (desk->engine, now, EPOCH + now, compaction, progress, data, cancellable, error);
}

/* Nothing is left beside the file, and nothing foreign was written. */
static void
assert_tidy (Office *office)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);

  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, FILE_NAME);
  g_assert_cmpuint (sim_share_count_foreign (office->share, FILE_NAME), ==, 0);
}

/* ---- what must be in it ---- */

static void
test_smaller (void)
{
  Office office;
  KipCompaction compaction;
  KipSyncRound round;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) unknown = NULL;
  guint n_haves;

  office_init (&office, 1, 300);
  n_haves = count_frames (&office, KIP_FRAME_HAVE, NULL);
  g_assert_cmpuint (n_haves, >=, 2);
  append_to_file (&office, "no frame at all", 15);
  unknown = frame_of_type (&office, UNKNOWN, 0, "of a newer Kip");
  append_frame (&office, unknown);
  g_assert_true (compact (&office, &office.desks[0], &compaction, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (compaction.size_after, <, compaction.size_before / 2);
  g_assert_cmpuint (compaction.n_changes, ==, sim_disk_count_all (office.desks[0].disk));
  g_assert_cmpuint (count_frames (&office, UNKNOWN, "of a newer Kip"), ==, 1);
  g_assert_cmpuint (count_frames (&office, KIP_FRAME_HAVE, NULL), ==, 2);
  assert_tidy (&office);
  assert_all_there (&office);
  /* The other goes on without reading what it holds, and neither has anything to write. */
  for (guint i = 0; i < 2; i++)
    {
      round = round_of (&office, &office.desks[i]);
      g_assert_cmpint (round.state, ==, KIP_SYNC_DONE);
      g_assert_cmpuint (round.bytes_written, ==, 0);
      g_assert_cmpuint (round.n_received, ==, 0);
      g_assert_cmpuint (round.bytes_read, <, 32 * 1024);
    }
  work (&office, 4);
  assert_all_there (&office);
  /* A second time it is all the same. */
  g_assert_true (compact (&office, &office.desks[1], &compaction, NULL, NULL, NULL, &error));
  round_of (&office, &office.desks[0]);
  g_assert_cmpuint (count_frames (&office, UNKNOWN, "of a newer Kip"), ==, 1);
  assert_all_there (&office);
  office_clear (&office);
}

/* Who holds less than was packed reads it. */
static void
test_behind (void)
{
  Office office;
  KipCompaction compaction;
  g_autoptr (GError) error = NULL;

  office_init (&office, 1, 6);
  for (guint i = 0; i < 20; i++)
    {
      write_some (&office.desks[0], 1);
      round_of (&office, &office.desks[0]);
    }
  g_assert_true (compact (&office, &office.desks[0], &compaction, NULL, NULL, NULL, &error));
  g_assert_cmpuint (round_of (&office, &office.desks[1]).n_received, ==, 20);
  assert_all_there (&office);
  office_clear (&office);
}

/* A change-set that waits for what it builds on, and one of somebody who is not in (yet). */
static void
test_waiting (void)
{
  Office office;
  KipCompaction compaction;
  Device third;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  g_autoptr (GPtrArray) frames = NULL;

  office_init (&office, 1, 6);
  device_init (&third, 3);
  g_ptr_array_add (changes, device_write (&third, one_edit (&third, 1)));
  g_ptr_array_add (changes, device_write (&third, one_edit (&third, 2)));
  frames = kip_frame_seal_changes (kip_sync_engine_get_keys (office.desks[0].engine), changes, 1000, &error);
  append_frame (&office, g_ptr_array_index (frames, 0));
  g_assert_true (compact (&office, &office.desks[0], &compaction, NULL, NULL, NULL, &error));
  admit (&office, &third);
  round_of (&office, &office.desks[0]);
  round_of (&office, &office.desks[1]);
  g_assert_cmpuint (sim_disk_count (office.desks[1].disk, 3), ==, 2);
  assert_all_there (&office);
  office_clear (&office);
}

/* ---- who may not, and what is left as it is ---- */

typedef struct
{
  Office       *office;
  GCancellable *cancellable;
  double        from;
  guint         n;
} Meddling;

static void
assert_refused (Office            *office,
                Meddling          *meddling,
                KipCompactProgress progress,
                KipError           code)
{
  g_autoptr (GBytes) before = sim_share_get (office->share, FILE_NAME);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;

  g_assert_false (compact (office, &office->desks[0], &compaction, progress, meddling,
                           meddling != NULL ? meddling->cancellable : NULL, &error));
  g_assert_error (error, KIP_ERROR, (int) code);
  after = sim_share_get (office->share, FILE_NAME);
  g_assert_true (g_bytes_equal (before, after));
  assert_tidy (office);
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
  Meddling meddling = { &office, g_cancellable_new (), 0, 0 };
  g_autoptr (GBytes) critical = NULL;

  office_init (&office, 1, 40);
  sim_share_set_room (office.share, 16 * 1024);
  assert_refused (&office, NULL, NULL, KIP_ERROR_NO_SPACE);
  sim_share_set_room (office.share, G_MAXUINT64);
  for (; meddling.from < 1; meddling.from += 0.25)
    {
      g_cancellable_reset (meddling.cancellable);
      assert_refused (&office, &meddling, cancel_cb, KIP_ERROR_OFFLINE);
    }
  sim_mount_set_kind (office.desks[0].mount, KIP_SHARE_GVFS, FALSE);
  start_desk (&office, &office.desks[0]);
  assert_refused (&office, NULL, NULL, KIP_ERROR_FAILED);
  sim_mount_set_kind (office.desks[0].mount, KIP_SHARE_SMB, TRUE);
  start_desk (&office, &office.desks[0]);
  critical = frame_of_type (&office, UNKNOWN, KIP_FRAME_CRITICAL, "not without me");
  append_frame (&office, critical);
  assert_refused (&office, NULL, NULL, KIP_ERROR_NEWER);
  round_of (&office, &office.desks[0]);
  round_of (&office, &office.desks[1]);
  assert_all_there (&office);
  g_object_unref (meddling.cancellable);
  office_clear (&office);
}

/* ---- what comes while it is done ---- */

/* Another machine that believes to hold the lock. */
static void
append_cb (double   fraction,
           gpointer data)
{
  Meddling *meddling = data;
  Office *office = meddling->office;
  Device *author = sim_disk_get_author (office->desks[1].disk);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  GArray *since;
  KipHolding first = { 1, G_MAXINT64 }, second = { 2, author->seq };
  g_autoptr (KipReplica) replica = NULL;

  if (fraction < meddling->from || meddling->n > 0)
    return;
  meddling->n++;
  since = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  g_array_append_val (since, first);
  g_array_append_val (since, second);
  write_some (&office->desks[1], 2);
  replica = sim_replica_new (office->desks[1].disk, office->world, NULL, 0);
  changes = replica->class->changes_since (replica, since, G_MAXUINT, NULL);
  g_assert_cmpuint (changes->len, ==, 2);
  frames = kip_frame_seal_changes (kip_sync_engine_get_keys (office->desks[1].engine), changes, 100000, NULL);
  append_frame (office, g_ptr_array_index (frames, 0));
  g_array_unref (since);
}

static void
test_tail (void)
{
  static const double moments[] = { 0, 0.3, 0.36, 0.7, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Office office;
      Meddling meddling = { &office, NULL, moments[i], 0 };
      KipCompaction compaction;
      g_autoptr (GError) error = NULL;

      office_init (&office, 1, 40);
      g_assert_true (compact (&office, &office.desks[0], &compaction, append_cb, &meddling, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (meddling.n, ==, 1);
      /* Nobody wrote since: what came is in the new file already. */
      g_assert_true (sim_disk_equal (office.desks[0].disk, office.desks[1].disk));
      g_assert_true (has_file_all (&office));
      office_clear (&office);
    }
}

static void
replace_cb (double   fraction,
            gpointer data)
{
  Meddling *meddling = data;
  KipCompaction compaction;

  if (fraction < meddling->from || meddling->n > 0)
    return;
  meddling->n++;
  sim_share_put (meddling->office->share, FILE_NAME ".lock", NULL);
  g_assert_true (compact (meddling->office, &meddling->office->desks[1], &compaction, NULL, NULL, NULL, NULL));
}

/* Another machine took the lock for abandoned and was faster. */
static void
test_replaced (void)
{
  static const double moments[] = { 0, 0.36, 0.7, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Office office;
      Meddling meddling = { &office, NULL, moments[i], 0 };
      KipCompaction compaction;

      office_init (&office, 1, 40);
      for (guint j = 0; j < 2; j++)
        {
          sim_mount_set_kind (office.desks[j].mount, KIP_SHARE_SMB, FALSE);
          start_desk (&office, &office.desks[j]);
        }
      g_assert_false (compact (&office, &office.desks[0], &compaction, replace_cb, &meddling, NULL, NULL));
      g_assert_cmpuint (meddling.n, ==, 1);
      g_assert_true (has_file_all (&office));
      work (&office, 4);
      assert_all_there (&office);
      office_clear (&office);
    }
}

/* ---- one fault, at each call ---- */

/* What is done at the first machine. */
typedef gboolean (*Act) (Office *office);

static gboolean
make_smaller (Office *office)
{
  KipCompaction compaction;

  return compact (office, &office->desks[0], &compaction, NULL, NULL, NULL, NULL);
}

static gboolean
change_key (Office *office)
{
  KipSyncEngine *engine = office->desks[0].engine;
  KipSyncRound round;

  kip_sync_engine_rotate (engine);
  write_some (&office->desks[0], 1);
  round = round_of (office, &office->desks[0]);
  return round.state == KIP_SYNC_DONE && kip_share_keys_get_newest (kip_sync_engine_get_keys (engine)) > 64;
}

static guint64
try_fault (Act      act,
           guint64  k,
           SimFault fault)
{
  Office office;
  guint64 n_calls;
  gboolean ok;

  office_init (&office, k * 100 + fault, 4);
  n_calls = sim_mount_count_calls (office.desks[0].mount);
  if (k > 0)
    sim_mount_inject (office.desks[0].mount, k, fault);
  ok = act (&office);
  n_calls = sim_mount_count_calls (office.desks[0].mount) - n_calls;
  g_assert_true (ok || k > 0);
  if (sim_mount_count_crashes (office.desks[0].mount) != office.desks[0].crashes)
    start_desk (&office, &office.desks[0]);
  /* Whatever it said, no change-set was lost. */
  if (fault <= SIM_LAST_HARMLESS && act == make_smaller)
    g_assert_true (has_file_all (&office));
  write_some (&office.desks[0], 1);
  write_some (&office.desks[1], 1);
  heal (&office, k, fault);
  g_assert_cmpuint (sim_share_count_foreign (office.share, FILE_NAME), ==, 0);
  office_clear (&office);
  return n_calls;
}

/* Machines that stop at every call; each other fault at every fourth. */
static void
test_each_call (gconstpointer data)
{
  Act act = *(const Act *) data;
  guint64 n_calls = try_fault (act, 0, SIM_NO_FAULT);

  g_test_message ("%" G_GUINT64_FORMAT " calls, %d faults", n_calls, SIM_N_FAULTS);
  g_assert_cmpuint (n_calls, >, 30);
  for (guint64 k = 1; k <= n_calls; k++)
    for (guint fault = 0; fault < SIM_N_FAULTS; fault++)
      if (fault == SIM_CRASH || fault == SIM_CRASH_AFTER || (fault + k) % 4 == 0)
        try_fault (act, k, fault);
}

int
main (int    argc,
      char **argv)
{
  static const Act smaller = make_smaller, new_key = change_key;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-compact/smaller", test_smaller);
  g_test_add_func ("/sync-compact/behind", test_behind);
  g_test_add_func ("/sync-compact/waiting", test_waiting);
  g_test_add_func ("/sync-compact/refused", test_refused);
  g_test_add_func ("/sync-compact/tail", test_tail);
  g_test_add_func ("/sync-compact/replaced", test_replaced);
  g_test_add_data_func ("/sync-compact/each-call", &smaller, test_each_call);
  g_test_add_data_func ("/sync-compact/each-call/new-key", &new_key, test_each_call);
  return g_test_run ();
}
