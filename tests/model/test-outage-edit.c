/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-outage-edit.h"

#include "kip-error.h"

#define NOW G_GINT64_CONSTANT (1773018000000) /* 2026-03-09 08:00 in Vietnam */
#define NONE "-"

static void
test_times (void)
{
  static const struct
  {
    const char *start_day, *start_time, *end_day, *end_time;
    const char *start; /* NULL: refused */
    const char *end;   /* NONE: still going on */
  } cases[] = {
    { "9/3/2026", "10:00", "9/3/2026", "12:00", "2026-03-09T03:00:00Z", "2026-03-09T05:00:00Z" },
    { "9/3", "10h", "", "12h30", "2026-03-09T03:00:00Z", "2026-03-09T05:30:00Z" },
    { "2026-03-09", "22:00", "10/3/2026", "1:00", "2026-03-09T15:00:00Z", "2026-03-09T18:00:00Z" },
    { "9/3/2026", "10:00", "", "", "2026-03-09T03:00:00Z", NONE },
    { "9/3/2026", "10:00", " ", "24:00", "2026-03-09T03:00:00Z", "2026-03-09T17:00:00Z" },
    { "9/3/2026", "10:00", "", "10:00", NULL, NULL },
    { "9/3/2026", "10:00", "8/3/2026", "12:00", NULL, NULL },
    { "9/3/2026", "10:00", "10/3/2026", "", NULL, NULL },
    { "31/2/2026", "10:00", "", "", NULL, NULL },
    { "9/3/2026", "noon", "", "", NULL, NULL },
    { "", "", "", "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      KipInstant start = 7, end = 7;
      gboolean ok = kip_outage_times_from_typed (cases[i].start_day, cases[i].start_time, cases[i].end_day,
                                                 cases[i].end_time, NOW, &start, &end, &error);
      g_autofree char *from = ok ? kip_instant_to_iso (start) : NULL;
      g_autofree char *to = ok && end != KIP_INSTANT_NONE ? kip_instant_to_iso (end) : g_strdup (ok ? NONE : NULL);

      g_test_message ("case %u", i);
      g_assert_cmpstr (from, ==, cases[i].start);
      g_assert_cmpstr (to, ==, cases[i].end);
      if (!ok)
        {
          g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
          g_assert_cmpint (start, ==, 7);
          g_assert_cmpint (end, ==, 7);
        }
    }
}

static void
test_typed (void)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  g_autofree char *no_day = NULL;
  g_autofree char *no_time = NULL;

  kip_instant_to_typed (NOW + 90 * KIP_MS_PER_MINUTE, &day, &time);
  g_assert_cmpstr (day, ==, "9/3/2026");
  g_assert_cmpstr (time, ==, "09:30");
  kip_instant_to_typed (KIP_INSTANT_NONE, &no_day, &no_time);
  g_assert_cmpstr (no_day, ==, "");
  g_assert_cmpstr (no_time, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "Asia/Ho_Chi_Minh", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outage-edit/times", test_times);
  g_test_add_func ("/outage-edit/typed", test_typed);
  return g_test_run ();
}
