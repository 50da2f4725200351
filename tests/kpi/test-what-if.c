/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Small offices worked out on paper.  Calendar VN8 (Mon–Fri 08–12 and 13–17), the usual policy
 * of the fixtures: normal priority 8 h to respond, 4 h to update, 8 h to resolve.  2 March 2026
 * is a Monday. */

#include "kip-what-if.h"

#include "desk-fixtures.h"

#include <math.h>

#define H 3600

static const KipRange *
march (void)
{
  static KipRange range;

  range.from = fixture_instant ("2026-03-01 00:00");
  range.to = fixture_instant ("2026-04-01 00:00");
  return &range;
}

static KipWhatIfPast *
past_of (const char *const *stories)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  KipWhatIfPast *past = kip_what_if_past_new (agreements, kip_agreements_get_office (agreements), march (),
                                              fixture_instant ("2026-04-01 00:00"));

  for (guint i = 0; stories[i] != NULL; i++)
    {
      g_autoptr (KipTicket) ticket = desk_ticket (stories[i]);

      kip_what_if_past_add (past, ticket);
    }
  return past;
}

static KipWhatIf *
run (KipWhatIfPast         *past,
     const KipWhatIfChange *change)
{
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  g_autoptr (GError) error = NULL;
  KipWhatIf *what_if;

  if (change != NULL)
    kip_scenario_put (scenario, change);
  what_if = kip_what_if_run (past, scenario, NULL, &error);
  g_assert_no_error (error);
  return what_if;
}

/* ---- replay ---- */

typedef struct
{
  const char     *what;
  const char     *story;
  KipClockKind    clock;
  KipWhatIfChange change;
  KipOutcome      before, after;
} Case;

static const Case cases[] = {
  /* 4 h used, 8 promised.  Four hours would just do, three would not. */
  { "target 4 h", "03-02 08:00 new; 03-02 12:00 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 4 * H }, KIP_OUTCOME_KEPT, KIP_OUTCOME_KEPT },
  { "target 3 h", "03-02 08:00 new; 03-02 12:00 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 3 * H }, KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  /* Monday's 8 h and half an hour of Tuesday. */
  { "target 9 h", "03-02 08:00 new; 03-03 08:30 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 9 * H }, KIP_OUTCOME_BROKEN, KIP_OUTCOME_KEPT },
  { "another priority's target", "03-02 08:00 new; 03-02 12:00 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 2, KIP_CLOCK_RESOLUTION, H }, KIP_OUTCOME_KEPT, KIP_OUTCOME_KEPT },
  { "response target", "03-02 08:00 new; 03-02 10:00 reply; 03-02 12:00 resolve", KIP_CLOCK_RESPONSE,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESPONSE, H }, KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  { "update target", "03-02 08:00 new; 03-02 09:00 reply; 03-02 10:00 incoming; 03-02 14:00 reply; 03-02 15:00 resolve",
    KIP_CLOCK_UPDATE, { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_UPDATE, 2 * H }, KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  /* Friday 16–17, Monday 08–12 and 13–15: 7 h.  With Saturday 08–12: 11 h. */
  { "Saturday open", "03-06 16:00 new; 03-06 16:00 reply; 03-09 15:00 resolve", KIP_CLOCK_RESOLUTION,
    { .kind = KIP_WHAT_IF_HOURS, .id = DESK_CALENDAR, .weekday = 5, .hours = (char *) "08:00-12:00" },
    KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  /* Monday 08–17: 8 h with a break at noon, 9 without. */
  { "no break at noon", "03-02 08:00 new; 03-02 08:00 reply; 03-02 17:00 resolve", KIP_CLOCK_RESOLUTION,
    { .kind = KIP_WHAT_IF_NO_LUNCH, .id = DESK_CALENDAR }, KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  /* An hour, then it waited until Tuesday 10:00: 1 h; 10 h if waiting counted. */
  { "waiting counts", "03-02 08:00 new; 03-02 09:00 reply; 03-02 09:00 wait; 03-03 10:00 resolve", KIP_CLOCK_RESOLUTION,
    { .kind = KIP_WHAT_IF_PAUSE, .id = DESK_POLICY, .pause = KIP_PAUSE_REQUESTER, .on = FALSE },
    KIP_OUTCOME_KEPT, KIP_OUTCOME_BROKEN },
  { "another pause counts", "03-02 08:00 new; 03-02 09:00 reply; 03-02 09:00 wait; 03-03 10:00 resolve", KIP_CLOCK_RESOLUTION,
    { .kind = KIP_WHAT_IF_PAUSE, .id = DESK_POLICY, .pause = KIP_PAUSE_SUPPLIER, .on = FALSE },
    KIP_OUTCOME_KEPT, KIP_OUTCOME_KEPT },
  /* Still open on 1 April: late under 8 h (since 27 March 17:00), not under 40 h. */
  { "open and late", "03-27 08:00 new; 03-27 08:00 reply", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 40 * H }, KIP_OUTCOME_BROKEN, KIP_OUTCOME_OPEN },
  { "no promise any more", "03-02 08:00 new; 03-03 17:00 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 0 }, KIP_OUTCOME_BROKEN, KIP_OUTCOME_NONE },
  /* A date promised by hand is nobody's target. */
  { "by hand", "03-02 08:00 new; 03-02 08:30 due 03-02 11:00; 03-02 12:00 resolve", KIP_CLOCK_RESOLUTION,
    { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 40 * H }, KIP_OUTCOME_BROKEN, KIP_OUTCOME_BROKEN },
};

static void
test_replay (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      const char *const stories[] = { c->story, NULL };
      g_autoptr (KipWhatIfPast) past = past_of (stories);
      g_autoptr (KipWhatIf) what_if = run (past, &c->change);
      gboolean flips = (c->before == KIP_OUTCOME_BROKEN) != (c->after == KIP_OUTCOME_BROKEN);

      g_test_message ("%s", c->what);
      g_assert_cmpint (g_array_index (past->cases, KipWhatIfCase, 0).clocks[c->clock].verdict, ==, c->before);
      g_assert_cmpuint (what_if->flips->len, ==, flips);
      g_assert_cmpuint (what_if->n_broken, ==, flips && c->after == KIP_OUTCOME_BROKEN);
      g_assert_cmpuint (what_if->n_kept, ==, flips && c->after != KIP_OUTCOME_BROKEN);
      if (!flips)
        continue;
      g_assert_cmpint (g_array_index (what_if->flips, KipWhatIfFlip, 0).clock, ==, c->clock);
      g_assert_cmpint (g_array_index (what_if->flips, KipWhatIfFlip, 0).before, ==, c->before);
      g_assert_cmpint (g_array_index (what_if->flips, KipWhatIfFlip, 0).after, ==, c->after);
    }
}

/* Ten tickets that take 1 … 10 h: of 8 h eight are kept, of 5 h five, of 20 h all. */
static void
test_shares (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 09:00 resolve", "03-02 08:00 new; 03-02 10:00 resolve",
    "03-02 08:00 new; 03-02 11:00 resolve", "03-02 08:00 new; 03-02 12:00 resolve",
    "03-02 08:00 new; 03-02 14:00 resolve", "03-02 08:00 new; 03-02 15:00 resolve",
    "03-02 08:00 new; 03-02 16:00 resolve", "03-02 08:00 new; 03-02 17:00 resolve",
    "03-02 08:00 new; 03-03 09:00 resolve", "03-02 08:00 new; 03-03 10:00 resolve", NULL
  };
  static const struct { gint64 hours; double share; guint n_broken, n_kept; } expected[] = {
    { 8, 80, 0, 0 }, { 5, 50, 3, 0 }, { 20, 100, 0, 2 }
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      KipWhatIfChange change = { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, expected[i].hours * H };
      g_autoptr (KipWhatIf) what_if = run (past, &change);

      g_assert_cmpfloat (what_if->before[KIP_CLOCK_RESOLUTION][3].share, ==, 80);
      g_assert_cmpfloat (what_if->after[KIP_CLOCK_RESOLUTION][3].share, ==, expected[i].share);
      g_assert_cmpfloat (what_if->after[KIP_CLOCK_RESOLUTION][0].share, ==, expected[i].share);
      g_assert_cmpuint (what_if->after[KIP_CLOCK_RESOLUTION][3].n, ==, 10);
      g_assert_cmpuint (what_if->after[KIP_CLOCK_RESOLUTION][2].n, ==, 0);
      g_assert_true (isnan (what_if->after[KIP_CLOCK_RESOLUTION][2].share));
      g_assert_true (isnan (what_if->after[KIP_CLOCK_RESOLUTION][3].low));
      g_assert_cmpuint (what_if->n_broken, ==, expected[i].n_broken);
      g_assert_cmpuint (what_if->n_kept, ==, expected[i].n_kept);
    }
}

/* ---- suggestions ---- */

static const KipSuggestion *
find (const GArray *suggestions,
      KipClockKind  clock)
{
  for (guint i = 0; i < suggestions->len; i++)
    if (g_array_index (suggestions, KipSuggestion, i).clock == clock)
      return &g_array_index (suggestions, KipSuggestion, i);
  return NULL;
}

static void
assert_suggestion (KipWhatIfPast *past,
                   int            percent,
                   gint64         exact,
                   gint64         rounded,
                   double         held)
{
  g_autoptr (GArray) suggestions = kip_what_if_suggest (past, NULL, percent, NULL);
  const KipSuggestion *suggestion = find (suggestions, KIP_CLOCK_RESOLUTION);

  g_test_message ("%d %%", percent);
  g_assert_nonnull (suggestion);
  g_assert_cmpint (suggestion->priority, ==, 3);
  g_assert_cmpint (suggestion->present, ==, 8 * H);
  g_assert_cmpint (suggestion->exact, ==, exact);
  g_assert_cmpint (suggestion->rounded, ==, rounded);
  if (exact >= 0)
    g_assert_cmpfloat (fabs (suggestion->held - held), <, 1e-9);
}

/* 1, 2, 3, 4 and 5 h 10 min: of five, 80 % is the fourth, 90 % the fifth. */
static void
test_suggest (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 09:00 resolve", "03-02 08:00 new; 03-02 10:00 resolve",
    "03-02 08:00 new; 03-02 11:00 resolve", "03-02 08:00 new; 03-02 12:00 resolve",
    "03-02 08:00 new; 03-02 14:10 resolve", NULL
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);

  assert_suggestion (past, 80, 4 * H, 4 * H, 80);
  assert_suggestion (past, 90, 5 * H + 600, 5 * H + 1800, 100);
  assert_suggestion (past, 95, 5 * H + 600, 5 * H + 1800, 100);
}

/* 1, 2, 3 h, one that has waited for two and a half, 4 and 5 h.  The product over the ends,
 * with 6, 5, 3, 2 and 1 still running: 5/6 · 4/5 · 2/3 · 1/2 · 0.  So after 3 h 1 − 4/9 = 55.6 %
 * had ended, after 4 h 77.8 %, after 5 h all. */
static void
test_suggest_open (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 09:00 resolve", "03-02 08:00 new; 03-02 10:00 resolve",
    "03-02 08:00 new; 03-02 10:30 wait", "03-02 08:00 new; 03-02 11:00 resolve",
    "03-02 08:00 new; 03-02 12:00 resolve", "03-02 08:00 new; 03-02 14:00 resolve", NULL
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);

  assert_suggestion (past, 50, 3 * H, 3 * H, 100 * (1 - 4.0 / 9));
  assert_suggestion (past, 77, 4 * H, 4 * H, 100 * (1 - 2.0 / 9));
  assert_suggestion (past, 78, 5 * H, 5 * H, 100);
}

/* Four ended and one has been open since 2 March: nobody knows when 90 % will have. */
static void
test_suggest_unknown (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 09:00 resolve", "03-02 08:00 new; 03-02 10:00 resolve",
    "03-02 08:00 new; 03-02 11:00 resolve", "03-02 08:00 new; 03-02 12:00 resolve", "03-02 08:00 new", NULL
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);

  assert_suggestion (past, 80, 4 * H, 4 * H, 80);
  assert_suggestion (past, 90, -1, -1, 0);
}

/* Each question of the requester is a promise of its own: answered after 1, 2 and 3 h. */
static void
test_suggest_updates (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 08:30 reply; 03-02 09:00 incoming; 03-02 10:00 reply; 03-02 13:00 incoming; 03-02 15:00 reply;"
    "03-03 08:00 incoming; 03-03 11:00 reply; 03-03 12:00 resolve", NULL
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);
  g_autoptr (GArray) suggestions = kip_what_if_suggest (past, NULL, 50, NULL);
  const KipSuggestion *suggestion = find (suggestions, KIP_CLOCK_UPDATE);

  g_assert_nonnull (suggestion);
  g_assert_cmpuint (suggestion->n, ==, 3);
  g_assert_cmpint (suggestion->exact, ==, 2 * H);
}

static void
test_rounding (void)
{
  static const gint64 values[][2] = {
    { 0, 300 }, { 1, 300 }, { 300, 300 }, { 301, 600 }, { 3600, 3600 }, { 3601, 4500 }, { 4 * H, 4 * H },
    { 4 * H + 1, 4 * H + 1800 }, { 8 * H, 8 * H }, { 8 * H + 1, 9 * H }, { 40 * H, 40 * H }, { 40 * H + 1, 48 * H },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpint (kip_target_round_up (values[i][0]), ==, values[i][1]);
}

/* ---- more and fewer agents ---- */

/* One agent (nobody is in a team, so those who resolved count), three tickets on Monday at
 * 08:00, promised in 8 h, each taken up when the one before was done:
 *   first 4 h (responded at once), then from 12:00 to 17:00, then Tuesday 08:00 to 12:00.
 * Handling: 4, 4 and 4 h; waits 0, 4 and 8 h, on average 4 h.  The queue with one agent says
 * the same with the work as it is, so the factor is 1 or just under it.  With two agents the second
 * begins at once and the third at noon: used 4, 4 and 8 h, so that the third, 12 h and
 * broken as it was, is kept. */
static const char *const monday[] = {
  "03-02 08:00 new; 03-02 08:00 reply; 03-02 12:00 resolve",
  "03-02 08:00 new; 03-02 12:00 reply; 03-02 17:00 resolve",
  "03-02 08:00 new; 03-02 17:00 reply; 03-03 12:00 resolve", NULL
};

static void
test_agents (void)
{
  g_autoptr (KipWhatIfPast) past = past_of (monday);
  KipWhatIfChange more = { .kind = KIP_WHAT_IF_AGENTS, .agents = 1 };
  g_autoptr (KipWhatIf) what_if = run (past, &more);
  const KipWhatIfTeam *team = &g_array_index (what_if->teams, KipWhatIfTeam, 0);

  g_assert_true (what_if->simulated);
  g_assert_cmpuint (what_if->teams->len, ==, 1);
  g_assert_cmpuint (team->agents_before, ==, 1);
  g_assert_cmpuint (team->agents_after, ==, 2);
  g_assert_false (team->measured);
  g_assert_cmpint (team->wait_past, ==, 4 * H);
  g_assert_cmpfloat (fabs (team->factor - 1), <, 0.01);
  g_assert_cmpfloat (fabs (team->share_past - 200.0 / 3), <, 1e-9);
  g_assert_cmpfloat (fabs (team->share_before - 200.0 / 3), <, 1e-9);
  g_assert_cmpint (team->wait_after, <, team->wait_before);
  g_assert_cmpfloat (what_if->after[KIP_CLOCK_RESOLUTION][3].share, ==, 100);
  g_assert_cmpuint (what_if->flips->len, ==, 1);
  g_assert_cmpuint (what_if->n_kept, ==, 1);
  g_assert_cmpfloat (g_array_index (what_if->flips, KipWhatIfFlip, 0).chance, ==, 1);
}

/* A team that changes by nobody is not simulated, and one that cannot shrink does not. */
static void
test_agents_same (void)
{
  g_autoptr (KipWhatIfPast) past = past_of (monday);
  KipWhatIfChange same = { .kind = KIP_WHAT_IF_AGENTS, .agents = 0 };
  KipWhatIfChange none = { .kind = KIP_WHAT_IF_AGENTS, .agents = -1 };
  g_autoptr (KipWhatIf) nothing = run (past, &same);
  g_autoptr (KipWhatIf) fewer = run (past, &none);

  g_assert_false (nothing->simulated);
  g_assert_cmpuint (nothing->flips->len, ==, 0);
  g_assert_cmpuint (g_array_index (fewer->teams, KipWhatIfTeam, 0).agents_after, ==, 1);
  g_assert_cmpuint (fewer->flips->len, ==, 0);
}

/* One that is open and late gets more time and stays open, whatever the queue does. */
static void
test_agents_and_target (void)
{
  static const char *const stories[] = {
    "03-02 08:00 new; 03-02 08:00 reply; 03-02 12:00 resolve", "03-02 08:00 new; 03-02 12:00 reply; 03-02 17:00 resolve",
    "03-27 08:00 new; 03-27 08:00 reply", NULL
  };
  g_autoptr (KipWhatIfPast) past = past_of (stories);
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  KipWhatIfChange more = { .kind = KIP_WHAT_IF_AGENTS, .agents = 1 };
  KipWhatIfChange longer = { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 40 * H };
  g_autoptr (KipWhatIf) what_if = NULL;

  kip_scenario_put (scenario, &more);
  kip_scenario_put (scenario, &longer);
  what_if = kip_what_if_run (past, scenario, NULL, NULL);
  g_assert_true (what_if->simulated);
  g_assert_cmpuint (what_if->flips->len, ==, 1);
  g_assert_cmpint (g_array_index (what_if->flips, KipWhatIfFlip, 0).before, ==, KIP_OUTCOME_BROKEN);
  g_assert_cmpint (g_array_index (what_if->flips, KipWhatIfFlip, 0).after, ==, KIP_OUTCOME_OPEN);
}

/* ---- scenarios ---- */

static void
test_scenario (void)
{
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  KipWhatIfChange change = { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 4 * H };
  g_autoptr (KipScenario) copy = NULL;

  g_assert_false (kip_scenario_has_agreements (scenario));
  kip_scenario_put (scenario, &change);
  change.seconds = 5 * H;
  kip_scenario_put (scenario, &change);
  g_assert_cmpuint (scenario->changes->len, ==, 1);
  g_assert_cmpint (kip_scenario_find (scenario, &change)->seconds, ==, 5 * H);
  copy = kip_scenario_copy (scenario);
  g_assert_true (kip_scenario_equal (copy, scenario));
  g_assert_cmpuint (kip_scenario_count_differences (copy, scenario), ==, 0);
  change.clock = KIP_CLOCK_UPDATE;
  g_assert_null (kip_scenario_find (scenario, &change));
  kip_scenario_put (copy, &change);
  g_assert_false (kip_scenario_equal (copy, scenario));
  g_assert_cmpuint (kip_scenario_count_differences (copy, scenario), ==, 1);
  g_assert_cmpuint (kip_scenario_count_differences (scenario, copy), ==, 1);
  copy->people_follow = TRUE;
  g_assert_cmpuint (kip_scenario_count_differences (scenario, copy), ==, 2);
  copy->people_follow = FALSE;
  kip_scenario_drop (copy, &change);
  g_assert_true (kip_scenario_equal (copy, scenario));
}

static void
test_words (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  static const struct { KipWhatIfChange change; const char *words; } expected[] = {
    { { KIP_WHAT_IF_TARGET, DESK_POLICY, 3, KIP_CLOCK_RESOLUTION, 4 * H }, "Resolution, Normal: 8 h → 4 h" },
    { { KIP_WHAT_IF_TARGET, DESK_POLICY, 2, KIP_CLOCK_RESPONSE, H }, "First response, High: no promise → 1 h" },
    { { .kind = KIP_WHAT_IF_HOURS, .id = DESK_CALENDAR, .weekday = 5, .hours = (char *) "08:00-12:00" },
      "Saturday: closed → 08:00–12:00" },
    { { .kind = KIP_WHAT_IF_NO_LUNCH, .id = DESK_CALENDAR }, "No break at noon" },
    { { .kind = KIP_WHAT_IF_AGENTS, .agents = -2 }, "No team: 2 agents fewer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *words = kip_what_if_change_describe (&expected[i].change, agreements);

      g_assert_cmpstr (words, ==, expected[i].words);
    }
}

static void
test_check (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_HOURS, .id = DESK_CALENDAR, .weekday = 5, .hours = (char *) "25:00" };
  KipWhatIfChange fewer = { .kind = KIP_WHAT_IF_AGENTS, .agents = -9 };
  g_autoptr (GError) error = NULL;

  kip_scenario_put (scenario, &fewer); /* nobody is known to be in a team: those who resolved count */
  g_assert_true (kip_scenario_check (scenario, agreements, &error));
  kip_scenario_put (scenario, &change);
  g_assert_false (kip_scenario_check (scenario, agreements, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/what-if/replay", test_replay);
  g_test_add_func ("/what-if/shares", test_shares);
  g_test_add_func ("/what-if/suggest", test_suggest);
  g_test_add_func ("/what-if/suggest-open", test_suggest_open);
  g_test_add_func ("/what-if/suggest-unknown", test_suggest_unknown);
  g_test_add_func ("/what-if/suggest-updates", test_suggest_updates);
  g_test_add_func ("/what-if/rounding", test_rounding);
  g_test_add_func ("/what-if/agents", test_agents);
  g_test_add_func ("/what-if/agents-same", test_agents_same);
  g_test_add_func ("/what-if/agents-and-target", test_agents_and_target);
  g_test_add_func ("/what-if/scenario", test_scenario);
  g_test_add_func ("/what-if/words", test_words);
  g_test_add_func ("/what-if/check", test_check);
  return g_test_run ();
}
