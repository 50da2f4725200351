/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alerts.h"
#include "kip-clock.h"
#include "store-fixture.h"

/* A machine that sleeps while promises break. */

typedef struct
{
  KipAlerts *alerts;  /* (owned) */
  guint      times;   /* that something was told */
  guint      found;   /* with how much in it */
  gboolean   summary; /* the last time */
} Desk;

static void
alert_cb (KipAlerts *alerts,
          GArray    *found,
          gboolean   summary,
          Desk      *desk)
{
  desk->times++;
  desk->found += found->len;
  desk->summary = summary;
}

static gboolean
is_quiet (gpointer data)
{
  return kip_alerts_get_next (((Desk *) data)->alerts) != KIP_INSTANT_NONE;
}

/* Whatever was asked for by now is over. */
static void
settle (Desk *desk)
{
  for (guint i = 0; i < 2; i++)
    {
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
      wait_until (is_quiet, desk);
    }
}

/* The clock stands at @at, as after a suspend, and the machine looks. */
static void
wake_at (Desk      *desk,
         KipInstant at)
{
  g_autofree char *iso = kip_instant_to_iso (at);
  g_autofree char *text = g_strconcat (iso, " x0.000001", NULL);

  g_assert_true (kip_clock_set (text));
  kip_alerts_look (desk->alerts);
  settle (desk);
}

/* When the last promise of @ticket that is broken within a day breaks. */
static KipInstant
last_threshold (KipStore *store)
{
  KipInstant now = kip_clock_now ();
  g_autoptr (GArray) found = kip_store_thresholds (store, now, now + KIP_MS_PER_DAY, NULL);

  g_assert_cmpuint (found->len, >, 2);
  return g_array_index (found, KipThreshold, found->len - 1).at;
}

/* Two tickets, and more thresholds than that pass: one summary of two, and nothing of it again. */
static void
test_asleep (void)
{
  Fixture fixture;
  Desk desk = { 0 };
  KipInstant morning;

  fixture_init (&fixture);
  for (guint i = 0; i < 2; i++)
    set_int (fixture.store, add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE), KIP_FIELD_ASSIGNEE,
             (gint64) kip_store_get_me (fixture.store));
  desk.alerts = kip_alerts_new (fixture.store, KIP_ALERT_STEADY);
  g_signal_connect (desk.alerts, "alert", G_CALLBACK (alert_cb), &desk);
  wake_at (&desk, kip_clock_now ());
  g_assert_cmpuint (desk.times, ==, 0);

  morning = last_threshold (fixture.store) + 10 * KIP_MS_PER_MINUTE;
  wake_at (&desk, morning);
  g_assert_cmpuint (desk.times, ==, 1);
  g_assert_cmpuint (desk.found, >=, 2);
  g_assert_true (desk.summary);

  wake_at (&desk, morning + 1);
  g_assert_cmpuint (desk.times, ==, 1);

  g_clear_object (&desk.alerts);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alerts/asleep", test_asleep);
  return g_test_run ();
}
