/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alerts.h"
#include "kip-clock.h"
#include "shared-office.h"

#include <string.h>

/* Three desks of one office with their alerts, and a share between them that may be away. */

typedef struct
{
  Office     office;
  KipAlerts *alerts[MACHINES]; /* (owned) (nullable) asleep */
  GPtrArray *said[MACHINES];   /* (owned) of char: "A-1 100%" */
  GArray    *waiting;          /* (owned) of KipTold, not carried to the others yet */
  guint      teller;           /* whose they are */
  gboolean   is_away;          /* the share */
  KipId      ticket;
} Desks;

typedef struct
{
  Desks *desks;
  guint  desk;
} At;

static void
alert_cb (KipAlerts *alerts,
          GArray    *found,
          gboolean   summary,
          At        *at)
{
  for (guint i = 0; i < found->len; i++)
    {
      const KipAlert *alert = &g_array_index (found, KipAlert, i);

      g_ptr_array_add (at->desks->said[at->desk],
                       g_strdup_printf ("%d:%d%%%s", (int) alert->threshold.clock, alert->threshold.percent, alert->escalated ? "!" : ""));
    }
}

static void
told_cb (KipAlerts *alerts,
         GArray    *told,
         At        *at)
{
  Desks *desks = at->desks;

  for (guint i = 0; i < MACHINES && !desks->is_away; i++)
    if (i != at->desk && desks->alerts[i] != NULL)
      kip_alerts_note_told (desks->alerts[i], told);
  g_array_append_vals (desks->waiting, told->data, told->len);
  desks->teller = at->desk;
}

static void
at_free (gpointer  data,
         GClosure *closure)
{
  g_free (data);
}

static void
listen (Desks      *desks,
        guint       desk,
        const char *signal,
        GCallback   callback)
{
  At *at = g_new (At, 1);

  at->desks = desks;
  at->desk = desk;
  g_signal_connect_data (desks->alerts[desk], signal, callback, at, at_free, 0);
}

static gboolean
is_quiet (gpointer data)
{
  Desks *desks = data;

  for (guint i = 0; i < MACHINES; i++)
    if (desks->alerts[i] != NULL && kip_alerts_get_next (desks->alerts[i]) == KIP_INSTANT_NONE)
      return FALSE;
  return TRUE;
}

/* Whatever was asked for by now is over. */
static void
settle (Desks *desks)
{
  for (guint i = 0; i < 2; i++)
    {
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
      wait_until (is_quiet, desks);
    }
}

static void
wake (Desks *desks,
      guint  desk)
{
  desks->alerts[desk] = kip_alerts_new (desks->office.stores[desk], KIP_ALERT_STEADY);
  listen (desks, desk, "alert", G_CALLBACK (alert_cb));
  listen (desks, desk, "told", G_CALLBACK (told_cb));
}

static void
sleep_at (Desks *desks,
          guint  desk)
{
  g_clear_object (&desks->alerts[desk]);
}

/* The share is looked at by everybody who is awake. */
static void
hear (Desks *desks)
{
  for (guint i = 0; i < MACHINES; i++)
    if (desks->alerts[i] != NULL && !desks->is_away)
      {
        if (i != desks->teller)
          kip_alerts_note_told (desks->alerts[i], desks->waiting);
        kip_alerts_set_heard (desks->alerts[i], kip_clock_now ());
      }
}

static void
go_to (Desks     *desks,
       KipInstant at)
{
  g_autofree char *iso = kip_instant_to_iso (at);
  g_autofree char *text = g_strconcat (iso, " x0.000001", NULL);

  g_assert_true (kip_clock_set (text));
  for (guint i = 0; i < MACHINES; i++)
    if (desks->alerts[i] != NULL)
      kip_alerts_look (desks->alerts[i]);
  settle (desks);
}

/* An agent's machine says who works at it; the founder's does when the office is shared. */
static void
name_founder (KipStore *store)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "share");

  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (1), KIP_FIELD_MACHINE_PERSON, (gint64) kip_store_get_me (store));
  append (store, change);
}

static void
make_agent (KipStore *founder,
            KipStore *store)
{
  KipChange *change = kip_change_new (kip_store_get_me (founder), "settings");

  kip_change_set_int (change, KIP_KIND_PERSON, kip_store_get_me (store), KIP_FIELD_ROLE, KIP_ROLE_AGENT);
  append (founder, change);
}

static void
desks_init (Desks *desks)
{
  memset (desks, 0, sizeof *desks);
  office_init (&desks->office, 1);
  desks->waiting = g_array_new (FALSE, FALSE, sizeof (KipTold));
  desks->teller = MACHINES;
  name_founder (desks->office.stores[0]);
  for (guint i = 1; i < MACHINES; i++)
    make_agent (desks->office.stores[0], desks->office.stores[i]);
  for (guint i = 0; i < MACHINES; i++)
    {
      desks->said[i] = g_ptr_array_new_with_free_func (g_free);
      wake (desks, i);
    }
  exchange_all (&desks->office);
  go_to (desks, kip_clock_now ());
  desks->ticket = add_ticket (desks->office.stores[0], "máy in", KIP_INSTANT_NONE);
  exchange_all (&desks->office);
  settle (desks);
}

static void
desks_clear (Desks *desks)
{
  for (guint i = 0; i < MACHINES; i++)
    {
      sleep_at (desks, i);
      g_ptr_array_unref (desks->said[i]);
    }
  settle (desks);
  g_array_unref (desks->waiting);
  office_clear (&desks->office);
}

static guint
count_said (Desks *desks)
{
  guint n = 0;

  for (guint i = 0; i < MACHINES; i++)
    n += desks->said[i]->len;
  return n;
}

static void
forget_said (Desks *desks)
{
  for (guint i = 0; i < MACHINES; i++)
    g_ptr_array_set_size (desks->said[i], 0);
  g_array_set_size (desks->waiting, 0);
}

/* The first threshold of the ticket's first clock that has one, at or behind @from. */
static KipThreshold
next_threshold (Desks     *desks,
                KipInstant from)
{
  g_autoptr (GArray) found = kip_store_thresholds (desks->office.stores[0], from, from + 14 * KIP_MS_PER_DAY, NULL);

  g_assert_cmpuint (found->len, >, 0);
  return g_array_index (found, KipThreshold, 0);
}

/* Which desk's turn is first. */
static guint
first_of (Desks              *desks,
          const KipThreshold *threshold,
          gboolean            escalated)
{
  guint first = MACHINES, n = 0;

  for (guint i = 0; i < MACHINES; i++)
    {
      g_autoptr (KipMembers) members = kip_store_dup_members (desks->office.stores[i]);
      g_autoptr (KipOffice) office = kip_store_dup_office (desks->office.stores[i]);
      guint turn;

      if (kip_alert_turn (threshold, escalated, members, office, i + 1, &turn) > n)
        n = kip_alert_turn (threshold, escalated, members, office, i + 1, NULL);
      if (turn == 0 && first == MACHINES)
        first = i;
    }
  g_assert_cmpuint (n, ==, MACHINES);
  return first;
}

/* ---- nobody has it: one tells ---- */

static void
test_one_tells (void)
{
  Desks desks;
  KipThreshold threshold;
  guint first;

  desks_init (&desks);
  threshold = next_threshold (&desks, kip_clock_now () + 1);
  first = first_of (&desks, &threshold, FALSE);
  go_to (&desks, threshold.at);
  g_assert_cmpuint (count_said (&desks), ==, 1);
  g_assert_cmpuint (desks.said[first]->len, ==, 1);
  for (guint i = 1; i < 6; i++)
    {
      hear (&desks);
      go_to (&desks, threshold.at + i * KIP_ALERT_TURN);
    }
  g_assert_cmpuint (count_said (&desks), ==, 1);
  desks_clear (&desks);
}

static gboolean
is_said (gpointer data)
{
  return count_said (data) > 0;
}

/* Where the first one sleeps the next tells a minute later, and only that one; who wakes up is told by nobody again. */
static void
test_takeover (void)
{
  Desks desks;
  KipThreshold threshold;
  guint first;

  desks_init (&desks);
  threshold = next_threshold (&desks, kip_clock_now () + 1);
  first = first_of (&desks, &threshold, FALSE);
  sleep_at (&desks, first);
  go_to (&desks, threshold.at);
  g_assert_cmpuint (count_said (&desks), ==, 0);
  go_to (&desks, threshold.at + KIP_ALERT_TURN);
  wait_until (is_said, &desks);
  hear (&desks);
  go_to (&desks, threshold.at + KIP_ALERT_TURN + KIP_MS_PER_SECOND);
  g_assert_cmpuint (count_said (&desks), ==, 1);
  for (guint i = 2; i < 5; i++)
    {
      go_to (&desks, threshold.at + i * KIP_ALERT_TURN);
      hear (&desks);
    }
  go_to (&desks, threshold.at + 10 * KIP_ALERT_TURN);
  wake (&desks, first);
  kip_alerts_set_heard (desks.alerts[first], threshold.at - 1);
  go_to (&desks, threshold.at + 10 * KIP_ALERT_TURN);
  g_assert_cmpuint (count_said (&desks), ==, 1);
  hear (&desks);
  go_to (&desks, threshold.at + 20 * KIP_ALERT_TURN);
  g_assert_cmpuint (count_said (&desks), ==, 1);
  desks_clear (&desks);
}

/* Where the others cannot be heard it is told rather than not. */
static void
test_share_away (void)
{
  Desks desks;
  KipThreshold threshold;

  desks_init (&desks);
  threshold = next_threshold (&desks, kip_clock_now () + 1);
  desks.is_away = TRUE;
  for (guint i = 0; i < MACHINES; i++)
    kip_alerts_set_heard (desks.alerts[i], kip_clock_now ());
  for (guint i = 0; i < 12; i++)
    go_to (&desks, threshold.at + i * KIP_ALERT_TURN);
  for (guint i = 0; i < MACHINES; i++)
    g_assert_cmpuint (desks.said[i]->len, ==, 1);
  desks_clear (&desks);
}

/* ---- somebody has it ---- */

static void
test_own (void)
{
  Desks desks;
  KipThreshold threshold;
  KipChange *change;

  desks_init (&desks);
  change = kip_change_new (kip_store_get_me (desks.office.stores[0]), "assign");
  kip_change_set_int (change, KIP_KIND_TICKET, desks.ticket, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (desks.office.stores[1]));
  append (desks.office.stores[0], change);
  exchange_all (&desks.office);
  settle (&desks);
  threshold = next_threshold (&desks, kip_clock_now () + 1);
  go_to (&desks, threshold.at);
  g_assert_cmpuint (desks.said[1]->len, ==, 1);
  g_assert_cmpuint (count_said (&desks), ==, 1);
  desks_clear (&desks);
}

/* A breach is told to the agent, and to one manager, however many there are: that the agent heard of it is not it. */
static void
test_escalation (void)
{
  Desks desks;
  KipThreshold threshold;
  KipChange *change;
  KipInstant at;

  desks_init (&desks);
  change = kip_change_new (kip_store_get_me (desks.office.stores[0]), "settings");
  kip_change_set_int (change, KIP_KIND_PERSON, kip_store_get_me (desks.office.stores[2]), KIP_FIELD_ROLE, KIP_ROLE_MANAGER);
  kip_change_set_int (change, KIP_KIND_TICKET, desks.ticket, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (desks.office.stores[1]));
  append (desks.office.stores[0], change);
  exchange_all (&desks.office);
  settle (&desks);
  at = kip_clock_now () + 1;
  do
    {
      threshold = next_threshold (&desks, at);
      at = threshold.at + 1;
    }
  while (threshold.percent < 100);
  go_to (&desks, threshold.at - 1000);
  hear (&desks);
  settle (&desks);
  forget_said (&desks);
  for (guint i = 0; i < 5; i++)
    {
      go_to (&desks, threshold.at + i * KIP_ALERT_TURN);
      hear (&desks);
      settle (&desks);
    }
  g_assert_cmpuint (desks.said[1]->len, ==, 1);
  g_assert_cmpuint (desks.said[0]->len + desks.said[2]->len, ==, 1);
  desks_clear (&desks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/company/one-tells", test_one_tells);
  g_test_add_func ("/company/takeover", test_takeover);
  g_test_add_func ("/company/share-away", test_share_away);
  g_test_add_func ("/company/own", test_own);
  g_test_add_func ("/company/escalation", test_escalation);
  return g_test_run ();
}
