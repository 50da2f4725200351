/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* When somebody is told that the clock of this computer is wrong, and when no more. */

#include "kip-carrier.h"
#include "kip-clock.h"
#include "kip-share-fs.h"
#include "kip-sync-clock.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define NOTHING KIP_SYNC_CLOCK_UNKNOWN

static void
test_told (void)
{
  /* One look after the other: what was measured, by how much somebody set the clock before, whether it is told then. */
  static const struct
  {
    gint64   measured, set_by;
    gboolean is_wrong;
  } looks[] = {
    { NOTHING, 0, FALSE },
    { 119 * SECOND, 0, FALSE },
    { 121 * SECOND, 0, TRUE },
    /* It is just about two minutes: it does not come and go. */
    { 119 * SECOND, 0, TRUE },
    { 121 * SECOND, 0, TRUE },
    { 100 * SECOND, 0, TRUE },
    { 89 * SECOND, 0, FALSE },
    { 119 * SECOND, 0, FALSE },
    { -121 * SECOND, 0, TRUE },
    { NOTHING, 0, TRUE },
    /* Set right, and nothing was written since. */
    { NOTHING, -121 * SECOND, FALSE },
    { NOTHING, 0, FALSE },
    /* Set wrong, with nothing written either. */
    { NOTHING, 60 * MINUTE, TRUE },
    { NOTHING, -60 * MINUTE, FALSE },
    { -5 * MINUTE, 0, TRUE },
    { 0, 0, FALSE },
  };
  KipSyncClock clock;
  gint64 wall = G_GINT64_CONSTANT (1795132800000), boot = 0;

  kip_sync_clock_init (&clock);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      boot += 4 * SECOND;
      wall += 4 * SECOND + looks[i].set_by;
      kip_sync_clock_look (&clock, looks[i].measured, wall, boot);
      if (clock.is_wrong != looks[i].is_wrong)
        g_error ("look %u: %d, offset %" G_GINT64_FORMAT, i, clock.is_wrong, clock.offset);
    }
}

/* Two clocks of one machine never go quite alike. */
static void
test_drift (void)
{
  KipSyncClock clock;

  kip_sync_clock_init (&clock);
  kip_sync_clock_look (&clock, 0, 0, 0);
  for (gint64 i = 1; i < 100000; i++)
    kip_sync_clock_look (&clock, NOTHING, i * 4003, i * 4000);
  g_assert_cmpint (clock.offset, ==, 0);
  g_assert_false (clock.is_wrong);
}

static void
test_words (void)
{
  static const struct
  {
    gint64      offset;
    const char *way, *number;
  } cases[] = {
    { 3 * MINUTE, "slow", "3 minutes" },
    { -3 * MINUTE, "fast", "3 minutes" },
    { -119 * SECOND, "fast", "1 minute " },
    { 26 * 60 * MINUTE, "slow", "1560 minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipSyncClock clock = { cases[i].offset, 0, TRUE };
      g_autofree char *words = kip_sync_clock_words (&clock);

      g_assert_nonnull (strstr (words, cases[i].way));
      g_assert_nonnull (strstr (words, cases[i].number));
    }
}

/* On a real file system, by a lock that is just written. */
static gint64
measure (const char *dir,
         const char *path)
{
  g_autoptr (KipCarrier) carrier = kip_carrier_new_share (kip_share_fs_new_posix (dir), path);
  g_autoptr (GError) error = NULL;
  gint64 offset = NOTHING;

  kip_carrier_lock (carrier, 1, "append", 1000, &offset, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_unlock (carrier);
  return offset;
}

static void
test_measured (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-clock-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "Office.kip", NULL);
  gint64 right, wrong;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  right = measure (dir, path);
  g_assert_true (kip_clock_set ("2001-02-03T04:05:06Z"));
  wrong = measure (dir, path);
  kip_clock_set (NULL);
  g_assert_cmpint (right, !=, NOTHING);
  g_assert_cmpint (ABS (right), <, 2 * MINUTE);
  g_assert_cmpint (wrong, >, 10 * 365 * 24 * 60 * MINUTE);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-clock/told", test_told);
  g_test_add_func ("/sync-clock/drift", test_drift);
  g_test_add_func ("/sync-clock/words", test_words);
  g_test_add_func ("/sync-clock/measured", test_measured);
  return g_test_run ();
}
