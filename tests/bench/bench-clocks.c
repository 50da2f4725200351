/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events a second from log to clocks: folding tickets and computing their three
 * clocks under the default policy and one with a condition.
 * --check fails below 200,000. */

#include <string.h>

#include "desk-fixtures.h"

#define TICKETS 4000
#define ROUNDS 5
#define GOAL 200e3

static const char *const stories[] = {
  "03-09 08:00 new network; 03-09 08:20 reply; 03-09 09:00 open; 03-09 11:00 wait; 03-10 09:00 incoming;"
  "03-10 09:00 open; 03-10 10:00 p2; 03-10 11:00 reply; 03-10 16:00 resolve; 03-12 09:00 close",
  "03-06 16:00 new printing; 03-09 09:00 call; 03-09 10:00 supplier; 03-16 10:00 open; 03-16 11:00 resolve",
  "03-09 08:00 new; 03-09 09:00 note; 03-09 10:00 note; 03-09 14:00 reply; 03-10 10:00 incoming; 03-10 11:00 reply;"
  "03-11 09:00 resolve; 03-12 09:00 open; 03-12 10:00 resolve",
  "03-09 08:00 new p1; 03-09 08:10 call; 03-09 08:30 resolve",
};

static KipAgreements *
two_policies (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) everybody = kip_policy_spec_new_default ();
  g_autoptr (KipPolicySpec) network = kip_policy_spec_new_default ();

  network->condition = g_strdup ("category:network priority:high");
  desk_place (desk, DESK_POLICY, "Everybody", 9, TRUE);
  desk_publish (desk, DESK_POLICY, "2026-01-01 00:00", everybody);
  desk_place (desk, DESK_POLICY + 1, "Network", 1, FALSE);
  desk_publish (desk, DESK_POLICY + 1, "2026-01-01 00:00", network);
  return desk_agreements (desk);
}

/* The events of one ticket as a store hands them over: decoded, not yet folded. */
static GPtrArray *
copy_events (const KipTicket *ticket)
{
  GPtrArray *from = kip_entity_get_events (ticket->entity);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (from, i)));
  return events;
}

static void
fold_and_run (GPtrArray     *events,
              KipAgreements *agreements)
{
  g_autoptr (KipEntity) entity = kip_entity_fold (KIP_KIND_TICKET, DESK_TICKET, events);
  g_autoptr (KipTicket) ticket = kip_ticket_new (entity, NULL, NULL);
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (ticket, agreements, clocks);
}

static double
measure_fold (const char    *name,
              KipAgreements *agreements,
              GPtrArray     *models)
{
  double best = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) logs = g_ptr_array_new ();
      guint n = 0;
      gint64 began;

      for (guint i = 0; i < TICKETS; i++)
        g_ptr_array_add (logs, copy_events (g_ptr_array_index (models, i % models->len)));
      began = g_get_monotonic_time ();
      for (guint i = 0; i < TICKETS; i++)
        {
          n += ((GPtrArray *) g_ptr_array_index (logs, i))->len;
          fold_and_run (g_ptr_array_index (logs, i), agreements);
        }
      best = MAX (best, n * 1e6 / (double) MAX (1, g_get_monotonic_time () - began));
    }
  g_print ("BENCH\t%s\t%.0f thousand events a second\t>= 200 thousand\t%s\n", name, best / 1e3, best >= GOAL ? "ok" : "missed");
  return best;
}

static double
measure_clocks (const char    *name,
                KipAgreements *agreements,
                GPtrArray     *models)
{
  double best = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      gint64 began = g_get_monotonic_time ();
      KipClock clocks[KIP_N_CLOCKS];

      for (guint i = 0; i < TICKETS; i++)
        kip_ticket_clocks (g_ptr_array_index (models, i % models->len), agreements, clocks);
      best = MAX (best, TICKETS * 1e6 / (double) MAX (1, g_get_monotonic_time () - began));
    }
  g_print ("BENCH\t%s\t%.0f thousand tickets a second\t-\t-\n", name, best / 1e3);
  return best;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (KipAgreements) usual = desk_usual_agreements ();
  g_autoptr (KipAgreements) two = two_policies ();
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_ticket_unref);
  double one_rate, two_rate;

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    g_ptr_array_add (models, desk_ticket (stories[i]));
  measure_clocks ("clocks by one policy", usual, models);
  measure_clocks ("clocks by two policies, one with a condition", two, models);
  one_rate = measure_fold ("events folded to clocks, one policy", usual, models);
  two_rate = measure_fold ("events folded to clocks, two policies", two, models);
  if (argc > 1 && strcmp (argv[1], "--check") == 0 && MIN (one_rate, two_rate) < GOAL)
    {
      g_printerr ("fewer than %.0f thousand events a second\n", GOAL / 1e3);
      return 1;
    }
  return 0;
}
