/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One fault at each call of putting an attachment on the share, and of fetching one. */

#include "files-office.h"

#define N_CHUNKS 3

typedef enum
{
  PUTS,
  FETCHES
} Who;

static void
heal (Office  *office,
      guint64  k,
      SimFault fault)
{
  for (guint i = 0; i < 60 && !have_all (office); i++)
    poll_all (office, MINUTE);
  if (!have_all (office))
    g_error ("%s at call %" G_GUINT64_FORMAT ": not everybody has the file an hour later", sim_fault_get_name (fault), k);
}

static guint64
try_fault (Who      who,
           guint64  k,
           SimFault fault)
{
  Office office;
  Desk *desk = &office.desks[who];
  GBytes *content;
  guint64 n_calls;

  office_init (&office, k * 100 + fault, 2);
  content = attach (&office, &office.desks[PUTS], N_CHUNKS * CHUNK);
  if (who == FETCHES)
    poll_once (&office.desks[PUTS]);
  n_calls = sim_mount_count_calls (desk->mount);
  if (k > 0)
    sim_mount_inject (desk->mount, k, fault);
  poll_once (desk);
  n_calls = sim_mount_count_calls (desk->mount) - n_calls;
  g_assert_true (k > 0 || status_of (desk, content).is_shared);
  /* What it says of it holds. */
  if (who == PUTS && fault <= SIM_LAST_HARMLESS && status_of (desk, content).is_shared)
    {
      poll_once (&office.desks[FETCHES]);
      g_assert_true (has_all (&office, &office.desks[FETCHES]));
    }
  heal (&office, k, fault);
  g_assert_cmpuint (sim_share_count_foreign (office.share, "Office.kip"), ==, 0);
  office_clear (&office);
  return n_calls;
}

static void
test_each_call (gconstpointer data)
{
  Who who = GPOINTER_TO_INT (data);
  guint64 n_calls = try_fault (who, 0, SIM_NO_FAULT);

  g_test_message ("%" G_GUINT64_FORMAT " calls, %d faults", n_calls, SIM_N_FAULTS);
  g_assert_cmpuint (n_calls, >, who == PUTS ? 30 : 10);
  for (guint64 k = 1; k <= n_calls; k++)
    for (guint fault = 0; fault < SIM_N_FAULTS; fault++)
      try_fault (who, k, fault);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/share-files-faults/put", GINT_TO_POINTER (PUTS), test_each_call);
  g_test_add_data_func ("/share-files-faults/fetch", GINT_TO_POINTER (FETCHES), test_each_call);
  return g_test_run ();
}
