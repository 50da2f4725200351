/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The three clocks, by stories with expected values. */

#include "desk-fixtures.h"

#define RESPONSE KIP_CLOCK_RESPONSE
#define UPDATE KIP_CLOCK_UPDATE
#define RESOLUTION KIP_CLOCK_RESOLUTION

typedef struct
{
  const char   *what;
  const char   *story;
  KipClockKind  kind;
  KipClockState state;
  const char   *due;      /* "": none */
  const char   *breached; /* "": none */
  gint64        used;     /* working minutes; -1: runs */
} ClockCase;

static const ClockCase clock_cases[] = {
  /* pauses */
  { "a pause", "03-09 09:00 new p2; 03-09 10:00 wait; 03-09 15:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 09:00", "2026-03-10 09:00", -1 },
  { "a pause without working time", "03-09 16:00 new p2; 03-09 17:30 wait; 03-10 07:30 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 11:00", "2026-03-10 11:00", -1 },
  { "a pause over holidays", "04-29 13:00 new p2; 04-29 14:00 wait; 05-04 10:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-05-04 14:00", "2026-05-04 14:00", -1 },
  { "pauses that touch", "03-09 08:00 new; 03-09 11:30 wait; 03-09 12:30 supplier; 03-09 13:30 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 09:00", "2026-03-10 09:00", -1 },
  { "pauses that overlap", "03-09 08:00 new; 03-09 09:00 wait; 03-09 10:00 supplier; 03-09 14:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 12:00", "2026-03-10 12:00", -1 },
  { "pauses of two machines that did not know of each other",
    "03-09 08:00 new; 03-09 09:00 wait; 03-09 10:00 elsewhere wait; 03-09 11:00 open; 03-09 14:00 elsewhere open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 12:00", "2026-03-10 12:00", -1 },
  { "one of them not ended", "03-09 08:00 new; 03-09 09:00 wait; 03-09 10:00 elsewhere wait; 03-09 11:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 10:00", "2026-03-10 10:00", -1 },
  { "a long pause", "03-09 08:00 new; 03-09 09:00 wait; 03-09 14:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 12:00", "2026-03-10 12:00", -1 },
  { "paused before the deadline", "03-09 08:00 new p2; 03-09 10:00 wait",
    RESOLUTION, KIP_CLOCK_PAUSED, "", "", 120 },
  { "paused after the deadline", "03-09 08:00 new p2; 03-09 14:00 wait",
    RESOLUTION, KIP_CLOCK_PAUSED, "2026-03-09 12:00", "2026-03-09 12:00", 300 },
  { "paused at lunch, with nothing left", "03-09 08:00 new p2; 03-09 12:30 wait",
    RESOLUTION, KIP_CLOCK_PAUSED, "2026-03-09 12:00", "2026-03-09 12:00", 240 },
  { "paused at the deadline itself", "03-09 08:00 new p2; 03-09 12:00 wait; 03-09 15:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 15:00", "2026-03-09 15:00", -1 },
  { "resolved from waiting", "03-09 08:00 new p2; 03-09 10:00 wait; 03-12 10:00 resolve",
    RESOLUTION, KIP_CLOCK_MET, "2026-03-12 12:00", "", 120 },
  { "waiting from the first moment", "03-09 08:00 new p2; 03-09 08:00 wait; 03-09 10:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 15:00", "2026-03-09 15:00", -1 },

  /* priority */
  { "raised in time", "03-09 08:00 new; 03-09 11:00 p2",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 12:00", "2026-03-09 12:00", -1 },
  { "raised too late", "03-09 08:00 new; 03-09 14:00 p2",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 12:00", "2026-03-09 14:00", -1 },
  { "raised when late already", "03-09 08:00 new p2; 03-09 16:00 p1",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 09:00", "2026-03-09 12:00", -1 },
  { "raised and lowered again", "03-09 08:00 new; 03-09 14:00 p2; 03-09 15:00 p3",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 17:00", "2026-03-09 17:00", -1 },
  { "raised while waiting", "03-09 08:00 new; 03-09 10:00 wait; 03-09 16:00 p2; 03-10 08:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-10 10:00", "2026-03-10 10:00", -1 },
  { "raised too late, then resolved", "03-09 08:00 new; 03-09 14:00 p2; 03-09 16:00 resolve",
    RESOLUTION, KIP_CLOCK_MISSED, "2026-03-09 12:00", "2026-03-09 14:00", 420 },
  { "raised after it was resolved", "03-09 08:00 new; 03-09 16:00 resolve; 03-09 17:00 p1",
    RESOLUTION, KIP_CLOCK_MET, "2026-03-09 17:00", "", 420 },

  /* reopening */
  { "reopened", "03-09 08:00 new; 03-09 10:00 resolve; 03-12 09:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-12 16:00", "2026-03-12 16:00", -1 },
  { "closed and reopened", "03-09 08:00 new; 03-09 10:00 resolve; 03-10 10:00 close; 03-12 09:00 open",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-12 16:00", "2026-03-12 16:00", -1 },
  { "resolved at the deadline", "03-09 08:00 new p2; 03-09 12:00 resolve",
    RESOLUTION, KIP_CLOCK_MET, "2026-03-09 12:00", "", 240 },
  { "resolved after it, in the break", "03-09 08:00 new p2; 03-09 12:01 resolve",
    RESOLUTION, KIP_CLOCK_MISSED, "2026-03-09 12:00", "2026-03-09 12:00", 240 },

  /* by hand */
  { "a deadline by hand, then a pause", "03-09 08:00 new; 03-09 09:00 due 03-11 10:00; 03-09 10:00 wait; 03-10 10:00 open; 03-10 10:00 p1",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-11 10:00", "2026-03-11 10:00", -1 },
  { "a deadline by hand while waiting", "03-09 08:00 new; 03-09 09:00 due 03-11 10:00; 03-09 10:00 wait",
    RESOLUTION, KIP_CLOCK_PAUSED, "2026-03-11 10:00", "2026-03-11 10:00", 120 },
  { "a deadline by hand taken back", "03-09 08:00 new; 03-09 09:00 due 03-11 10:00; 03-09 10:00 due none",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 17:00", "2026-03-09 17:00", -1 },
  { "met by hand", "03-09 08:00 new p1; 03-09 08:30 due 03-11 10:00; 03-11 10:00 resolve",
    RESOLUTION, KIP_CLOCK_MET, "2026-03-11 10:00", "", 1080 },
  { "set into the past", "03-09 08:00 new; 03-09 11:00 due 03-09 10:00",
    RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 10:00", "2026-03-09 11:00", -1 },

  /* first response */
  { "a note does not answer", "03-09 08:00 new; 03-09 09:00 note; 03-09 09:30 auto",
    RESPONSE, KIP_CLOCK_RUNNING, "2026-03-09 17:00", "2026-03-09 17:00", -1 },
  { "a call does", "03-09 08:00 new; 03-09 09:00 note; 03-09 10:00 call",
    RESPONSE, KIP_CLOCK_MET, "2026-03-09 17:00", "", 120 },
  { "waiting does not pause it", "03-09 08:00 new; 03-09 09:00 wait; 03-10 09:00 open",
    RESPONSE, KIP_CLOCK_RUNNING, "2026-03-09 17:00", "2026-03-09 17:00", -1 },
  { "an answer too late", "03-09 08:00 new; 03-10 09:00 reply",
    RESPONSE, KIP_CLOCK_MISSED, "2026-03-09 17:00", "2026-03-09 17:00", 540 },
  { "on the line", "03-09 08:00 new on-line",
    RESPONSE, KIP_CLOCK_MET, "2026-03-09 17:00", "", 0 },
  { "resolved without an answer, in time", "03-09 08:00 new; 03-09 10:00 resolve",
    RESPONSE, KIP_CLOCK_OFF, "", "", 0 },
  { "resolved without an answer, late", "03-09 08:00 new; 03-10 10:00 resolve",
    RESPONSE, KIP_CLOCK_MISSED, "2026-03-09 17:00", "2026-03-09 17:00", 600 },
  { "reopened without an answer", "03-09 08:00 new; 03-09 10:00 resolve; 03-12 09:00 open",
    RESPONSE, KIP_CLOCK_RUNNING, "2026-03-12 16:00", "2026-03-12 16:00", -1 },
  { "received before it was logged", "03-09 11:00 new; 03-09 11:00 received 03-09 08:00; 03-09 11:00 reply",
    RESPONSE, KIP_CLOCK_MET, "2026-03-09 17:00", "", 180 },
  { "on a Sunday", "03-08 10:00 new p2", RESOLUTION, KIP_CLOCK_RUNNING, "2026-03-09 12:00", "2026-03-09 12:00", -1 },

  /* next update */
  { "nothing asked", "03-09 08:00 new; 03-09 09:00 reply",
    UPDATE, KIP_CLOCK_OFF, "", "", 0 },
  { "asked before the first response", "03-09 08:00 new; 03-09 08:30 incoming; 03-09 09:00 reply",
    UPDATE, KIP_CLOCK_OFF, "", "", 0 },
  { "asked twice", "03-09 08:00 new; 03-09 09:00 reply; 03-09 10:00 incoming; 03-09 11:00 incoming",
    UPDATE, KIP_CLOCK_RUNNING, "2026-03-09 15:00", "2026-03-09 15:00", -1 },
  { "answered again", "03-09 08:00 new; 03-09 09:00 reply; 03-09 10:00 incoming; 03-09 11:00 reply",
    UPDATE, KIP_CLOCK_OFF, "", "", 0 },
  { "asked on the line, then again", "03-09 08:00 new on-line; 03-09 10:00 incoming",
    UPDATE, KIP_CLOCK_RUNNING, "2026-03-09 15:00", "2026-03-09 15:00", -1 },
  { "paused like the resolution", "03-09 08:00 new on-line; 03-09 10:00 incoming; 03-09 11:00 supplier; 03-10 08:00 open",
    UPDATE, KIP_CLOCK_RUNNING, "2026-03-10 11:00", "2026-03-10 11:00", -1 },
  { "no target for it any more", "03-09 08:00 new on-line; 03-09 10:00 incoming; 03-09 11:00 p2",
    UPDATE, KIP_CLOCK_OFF, "", "", 0 },
  { "resolved without an update", "03-09 08:00 new on-line; 03-09 10:00 incoming; 03-09 11:00 resolve",
    UPDATE, KIP_CLOCK_OFF, "", "", 0 },

  /* not counted */
  { "spam", "03-09 08:00 new; 03-09 09:00 spam", RESOLUTION, KIP_CLOCK_OFF, "", "", 0 },
};

static void
check_clock (const ClockCase *c,
             const KipClock  *clock)
{
  g_test_message ("%s", c->what);
  g_assert_cmpint (clock->state, ==, c->state);
  assert_instant (c->what, clock->due, c->due);
  assert_instant (c->what, clock->breached, c->breached);
  g_assert_cmpint (clock->used, ==, c->used > 0 ? c->used * 60 : c->used);
}

static void
test_table (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (guint i = 0; i < G_N_ELEMENTS (clock_cases); i++)
    {
      g_autoptr (KipTicket) ticket = desk_ticket (clock_cases[i].story);
      KipClock clocks[KIP_N_CLOCKS];

      kip_ticket_clocks (ticket, agreements, clocks);
      check_clock (&clock_cases[i], &clocks[clock_cases[i].kind]);
    }
}

static void
clocks_of (const char *story,
           KipClock   *clocks)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipTicket) ticket = desk_ticket (story);

  kip_ticket_clocks (ticket, agreements, clocks);
}

static void
test_pause_length (void)
{
  KipClock clocks[KIP_N_CLOCKS];

  clocks_of ("04-29 13:00 new p2; 04-29 14:00 wait; 05-04 10:00 open", clocks);
  g_assert_cmpint (clocks[RESOLUTION].paused, ==, 5 * 3600);
  clocks_of ("03-09 08:00 new; 03-09 10:00 resolve; 03-12 09:00 open", clocks);
  g_assert_cmpint (clocks[RESOLUTION].paused, ==, 0);
  g_assert_cmpint (clocks[RESOLUTION].first_used, ==, 2 * 3600);
  assert_instant ("first resolution", clocks[RESOLUTION].first_stopped, "2026-03-09 10:00");
  clocks_of ("03-09 08:00 new p2; 03-09 10:00 supplier", clocks);
  g_assert_cmpint (clocks[RESOLUTION].pause, ==, KIP_PAUSE_SUPPLIER);
  g_assert_false (clocks[RESOLUTION].was_late);
}

static void
test_update_rounds (void)
{
  KipClock clocks[KIP_N_CLOCKS];

  clocks_of ("03-09 08:00 new; 03-09 09:00 reply; 03-09 10:00 incoming; 03-09 11:00 reply;"
             "03-10 08:00 incoming; 03-10 15:00 call; 03-11 08:00 incoming", clocks);
  g_assert_cmpint (clocks[UPDATE].n_met, ==, 1);
  g_assert_cmpint (clocks[UPDATE].n_missed, ==, 1);
  g_assert_cmpint (clocks[UPDATE].state, ==, KIP_CLOCK_RUNNING);
  g_assert_cmpint (clocks[RESPONSE].n_met, ==, 1);
}

/* The response is owed before any update is: its deadline shows. */
static void
test_next (void)
{
  KipClock clocks[KIP_N_CLOCKS];
  KipClockKind kind;
  KipInstant due;

  clocks_of ("03-09 08:00 new p3; 03-09 08:30 incoming", clocks);
  g_assert_true (kip_clocks_next (clocks, &kind, &due));
  g_assert_cmpint (kind, ==, RESPONSE);
  assert_instant ("response", due, "2026-03-09 17:00");
  clocks_of ("03-09 08:00 new on-line; 03-09 10:00 incoming", clocks);
  g_assert_true (kip_clocks_next (clocks, &kind, &due));
  g_assert_cmpint (kind, ==, UPDATE);
  clocks_of ("03-09 08:00 new on-line; 03-09 10:00 wait", clocks);
  g_assert_true (kip_clocks_next (clocks, &kind, &due));
  g_assert_cmpint (kind, ==, RESOLUTION);
  assert_instant ("paused: no deadline", due, "");
  clocks_of ("03-09 08:00 new on-line; 03-09 10:00 resolve", clocks);
  g_assert_false (kip_clocks_next (clocks, &kind, &due));
}

typedef struct
{
  const char *what;
  const char *story;
  const char *now;
  gboolean    late;
  gint64      used;      /* minutes */
  gint64      remaining; /* minutes */
} ReadingCase;

static const ReadingCase reading_cases[] = {
  { "running", "03-09 08:00 new", "2026-03-09 10:00", FALSE, 120, 360 },
  { "at the deadline", "03-09 08:00 new", "2026-03-09 17:00", FALSE, 480, 0 },
  { "a moment after it", "03-09 08:00 new", "2026-03-09 17:00:00.001", TRUE, 480, 0 },
  { "late", "03-09 08:00 new", "2026-03-10 09:00", TRUE, 540, -60 },
  { "elapsed stays 0 until Monday", "03-08 10:00 new p2", "2026-03-09 08:00", FALSE, 0, 240 },
  { "waiting", "03-09 08:00 new; 03-09 10:00 wait", "2026-03-20 10:00", FALSE, 120, 360 },
  { "late and waiting: it does not grow", "03-09 08:00 new p2; 03-09 14:00 wait", "2026-03-20 10:00", TRUE, 300, -60 },
  { "went on after waiting", "03-09 08:00 new; 03-09 10:00 wait; 03-09 15:00 open", "2026-03-09 16:00", FALSE, 180, 300 },
  { "resolved in time", "03-09 08:00 new; 03-09 10:00 resolve", "2026-03-20 10:00", FALSE, 120, 360 },
  { "resolved late", "03-09 08:00 new p2; 03-09 14:00 resolve", "2026-03-20 10:00", TRUE, 300, -60 },
  { "by hand", "03-09 08:00 new; 03-09 09:00 due 03-11 10:00", "2026-03-11 09:00", FALSE, 1020, 60 },
  { "by hand and waiting", "03-09 08:00 new; 03-09 09:00 due 03-11 10:00; 03-09 10:00 wait", "2026-03-11 11:00", TRUE, 120, -60 },
};

static void
test_readings (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (guint i = 0; i < G_N_ELEMENTS (reading_cases); i++)
    {
      const ReadingCase *c = &reading_cases[i];
      g_autoptr (KipTicket) ticket = desk_ticket (c->story);
      KipClock clocks[KIP_N_CLOCKS];
      KipClockReading reading;

      g_test_message ("%s", c->what);
      kip_ticket_clocks (ticket, agreements, clocks);
      kip_clock_read (&clocks[RESOLUTION], agreements, fixture_instant (c->now), &reading);
      g_assert_cmpint (reading.late, ==, c->late);
      g_assert_cmpint (reading.used, ==, c->used * 60);
      g_assert_cmpint (reading.remaining, ==, c->remaining * 60);
    }
}

static const struct
{
  const char *what;
  const char *story;
  int         percent;
  const char *at;
} threshold_cases[] = {
  { "a warning on Monday", "03-06 16:00 new p2", 75, "2026-03-09 10:00" },
  { "the deadline", "03-06 16:00 new p2", 100, "2026-03-09 11:00" },
  { "half of it", "03-06 16:00 new p2", 50, "2026-03-09 09:00" },
  { "a quarter over", "03-06 16:00 new p2", 125, "2026-03-09 12:00" },
  { "after a pause", "03-09 08:00 new p2; 03-09 09:00 wait; 03-09 15:00 open", 75, "2026-03-09 17:00" },
  { "before a pause", "03-09 08:00 new p2; 03-09 11:00 wait; 03-09 15:00 open", 50, "2026-03-09 10:00" },
  { "while paused", "03-09 08:00 new p2; 03-09 11:00 wait", 75, "" },
  { "made late by a change: once, at the change", "03-09 08:00 new; 03-09 14:00 p2", 100, "2026-03-09 14:00" },
  { "by hand", "03-09 08:00 new; 03-09 08:00 due 03-09 12:00", 50, "2026-03-09 10:00" },
  { "finished", "03-09 08:00 new; 03-09 10:00 resolve", 75, "" },
};

static void
test_thresholds (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (guint i = 0; i < G_N_ELEMENTS (threshold_cases); i++)
    {
      g_autoptr (KipTicket) ticket = desk_ticket (threshold_cases[i].story);
      KipClock clocks[KIP_N_CLOCKS];

      kip_ticket_clocks (ticket, agreements, clocks);
      assert_instant (threshold_cases[i].what,
                      kip_clock_threshold (&clocks[RESOLUTION], agreements, threshold_cases[i].percent),
                      threshold_cases[i].at);
    }
}

/* The target keeps the older received and the first response; undoing the merge gives all back. */
static void
test_merge (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  const char *story = "03-10 08:00 new";
  g_autoptr (KipTicket) merged = desk_ticket_merged (story, "03-09 08:00 new; 03-09 09:00 reply");
  g_autoptr (KipTicket) alone = desk_ticket (story);
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (merged, agreements, clocks);
  assert_instant ("older received", clocks[RESOLUTION].started, "2026-03-09 08:00");
  assert_instant ("first response", clocks[RESPONSE].stopped, "2026-03-09 09:00");
  kip_ticket_clocks (alone, agreements, clocks);
  assert_instant ("undone", clocks[RESOLUTION].started, "2026-03-10 08:00");
  g_assert_cmpint (clocks[RESPONSE].state, ==, KIP_CLOCK_RUNNING);
}

/* The pause flag in the event counts, whatever the status is called or flagged now: the
 * fixtures have no status entities at all. */
static void
test_snapshots (void)
{
  KipClock clocks[KIP_N_CLOCKS];

  clocks_of ("03-09 09:00 new p2; 03-09 10:00 wait; 03-09 15:00 open", clocks);
  assert_instant ("by the snapshot", clocks[RESOLUTION].due, "2026-03-10 09:00");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clocks/table", test_table);
  g_test_add_func ("/clocks/pause-length", test_pause_length);
  g_test_add_func ("/clocks/update-rounds", test_update_rounds);
  g_test_add_func ("/clocks/next", test_next);
  g_test_add_func ("/clocks/readings", test_readings);
  g_test_add_func ("/clocks/thresholds", test_thresholds);
  g_test_add_func ("/clocks/merge", test_merge);
  g_test_add_func ("/clocks/snapshots", test_snapshots);
  return g_test_run ();
}
