/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often the share is looked at, in virtual time: how long an edit takes to be seen, and what looking costs. */

#include "kip-sync-pace.h"

#define HOUR (60 * 60 * 1000)
#define SEEN_WITHIN 5000   /* ms */
#define UNTIL_WRITTEN 340  /* ms: edits within a moment go together, and an eighth of it is added */
#define ROUNDS 200         /* ms, of the writer and of the reader together: a hundred times what they take on a disk */
#define LOOK_BYTES 4160    /* that a look at a file in which nothing is new reads */

static const double dices[] = { 0, 0.25, 0.5, 0.75, 1 };

/* An edit made just after a look is seen by the next. */
static void
test_seen (void)
{
  static const KipSyncView views[] = { KIP_SYNC_IN_VIEW, KIP_SYNC_FOCUSED };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    for (guint j = 0; j < G_N_ELEMENTS (dices); j++)
      g_assert_cmpint (kip_sync_pace_apart (kip_sync_pace (views[i], 0), dices[j]) + UNTIL_WRITTEN + ROUNDS, <=, SEEN_WITHIN);
}

static guint
count_looks (KipSyncView view,
             gint64      length,
             guint       n_away)
{
  guint n = 0;

  for (gint64 now = 0; now < length; now += kip_sync_pace_apart (kip_sync_pace (view, n_away), dices[n % G_N_ELEMENTS (dices)]))
    n++;
  return n;
}

static void
test_cost (void)
{
  static const struct
  {
    KipSyncView view;
    guint       at_least, at_most; /* looks in an hour */
  } cases[] = {
    { KIP_SYNC_UNSEEN, 200, 240 },
    { KIP_SYNC_SPARING, 300, 360 },
    { KIP_SYNC_IN_VIEW, 900, 1030 },
    { KIP_SYNC_FOCUSED, 1050, 1200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = count_looks (cases[i].view, HOUR, 0);

      g_assert_cmpuint (n, >=, cases[i].at_least);
      g_assert_cmpuint (n, <=, cases[i].at_most);
      g_assert_cmpuint (n * LOOK_BYTES, <=, 5 * 1000 * 1000);
    }
}

/* A share that is away is asked more and more seldom, but always within a minute. */
static void
test_away (void)
{
  for (guint view = KIP_SYNC_UNSEEN; view <= KIP_SYNC_FOCUSED; view++)
    {
      for (guint n_away = 1; n_away < 100; n_away++)
        {
          gint64 pace = kip_sync_pace ((KipSyncView) view, n_away);

          g_assert_cmpint (pace, >=, kip_sync_pace ((KipSyncView) view, n_away - 1));
          g_assert_cmpint (pace, <=, 60000);
        }
      g_assert_cmpuint (count_looks ((KipSyncView) view, HOUR, 99), <=, 60);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-pace/seen", test_seen);
  g_test_add_func ("/sync-pace/cost", test_cost);
  g_test_add_func ("/sync-pace/away", test_away);
  return g_test_run ();
}
