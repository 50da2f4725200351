/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Five weeks of an office, worked out on paper; first responses in working hours.
 * It is Fri 6 Mar 2026, 17:00.
 *
 *   week             of the team    of others   median   team's median
 *   2 Feb – 8 Feb    1 h            3 h         2 h      1 h
 *   9 Feb – 15 Feb   –              –           –        –
 *   16 Feb – 22 Feb  –              4 h         4 h      –
 *   23 Feb – 1 Mar   30 min, 1 h    8 h         1 h      45 min
 *   2 Mar – 8 Mar    –              10 h        10 h: has not passed yet
 *
 * At most 2 h: two of the three past weeks with figures would have met it (2 h is not
 * more than 2 h); the team's: two of two.  At most 30 min: none; at most 4 h: all. */

#include "desk-fixtures.h"
#include "kip-verdict.h"

#include <math.h>

#define H 3600
#define TEAM KIP_ID_MAKE (1, 50)
#define OTHERS KIP_ID_MAKE (1, 51)
#define GOAL KIP_ID_MAKE (1, 70)
#define TEAM_GOAL KIP_ID_MAKE (1, 71)
#define RESOLVED_GOAL KIP_ID_MAKE (1, 72)

static const struct
{
  const char *received;
  KipId       team;
  gint64      work;
} answers[] = {
  { "2026-02-02 08:00", TEAM, 1 * H },
  { "2026-02-04 08:00", OTHERS, 3 * H },
  { "2026-02-17 08:00", OTHERS, 4 * H },
  { "2026-02-23 08:00", TEAM, H / 2 },
  { "2026-02-24 08:00", OTHERS, 8 * H },
  { "2026-02-25 08:00", TEAM, 1 * H },
  { "2026-03-02 08:00", OTHERS, 10 * H },
};

static KipFactTable *
make_facts (void)
{
  KipFactTable *table = kip_fact_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      KipFact fact;

      kip_fact_init (&fact);
      fact.id = KIP_ID_MAKE (1, 200 + i);
      fact.number = KIP_TICKET_NUMBER (1, i + 1);
      fact.team = answers[i].team;
      fact.received = fixture_instant (answers[i].received);
      fact.responded = fact.received + 9 * KIP_MS_PER_HOUR;
      fact.responder = DESK_AGENT;
      fact.response_work = answers[i].work;
      fact.response_elapsed = 9 * H;
      kip_fact_table_add (table, &fact);
    }
  return table;
}

static void
add_goal (Desk                 *desk,
          KipId                 id,
          const char           *measure,
          KipId                 team,
          const KipGoalVersion *version)
{
  KipInstant at = fixture_instant ("2026-01-01 08:00");

  desk_add (desk, KIP_KIND_GOAL, id, KIP_VERB_SET, KIP_FIELD_GOAL_MEASURE, at, kip_value_text (measure));
  if (team != KIP_ID_NONE)
    desk_add (desk, KIP_KIND_GOAL, id, KIP_VERB_SET, KIP_FIELD_GOAL_TEAM, at, kip_value_int ((gint64) team));
  desk_add (desk, KIP_KIND_GOAL, id, KIP_VERB_ENTRY, KIP_FIELD_GOAL_VERSION, at, kip_goal_version_to_value (version));
}

/* At most 2 h for everybody in February, at most 1 h from March; the team's at most
 * 50 min; to resolve at least 62 a month. */
static KipAgreements *
make_agreements (void)
{
  g_autoptr (Desk) desk = desk_new ();
  KipInstant march = fixture_instant ("2026-03-01 00:00");
  KipGoalVersion first = { 0, 0, fixture_instant ("2026-02-01 00:00"), KIP_INSTANT_NONE, KIP_GOAL_AT_MOST, 2 * H * 1000, KIP_GOAL_WEEK, FALSE, NULL };
  KipGoalVersion second = { 0, 0, march, KIP_INSTANT_NONE, KIP_GOAL_AT_MOST, 1 * H * 1000, KIP_GOAL_WEEK, FALSE, NULL };
  KipGoalVersion team = { 0, 0, KIP_INSTANT_NONE, march, KIP_GOAL_AT_MOST, 50 * 60 * 1000, KIP_GOAL_WEEK, FALSE, NULL };
  KipGoalVersion resolved = { 0, 0, march, KIP_INSTANT_NONE, KIP_GOAL_AT_LEAST, 62 * 1000, KIP_GOAL_MONTH, FALSE, NULL };

  add_goal (desk, GOAL, "response-median", KIP_ID_NONE, &first);
  desk_add (desk, KIP_KIND_GOAL, GOAL, KIP_VERB_ENTRY, KIP_FIELD_GOAL_VERSION, fixture_instant ("2026-02-20 08:00"),
            kip_goal_version_to_value (&second));
  add_goal (desk, TEAM_GOAL, "response-median", TEAM, &team);
  add_goal (desk, RESOLVED_GOAL, "resolved", KIP_ID_NONE, &resolved);
  return desk_agreements (desk);
}

static KipStudy *
make_study (const char *from,
            const char *to)
{
  KipStudy *study = g_new0 (KipStudy, 1);

  study->agreements = make_agreements ();
  study->office = kip_office_ref (kip_agreements_get_office (study->agreements));
  study->table = make_facts ();
  study->zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  study->filter = g_strdup ("");
  study->scope = (KipScope) {
    .table = study->table,
    .range = { fixture_instant (from), fixture_instant (to) },
    .now = fixture_instant ("2026-03-06 17:00"),
    .zone = study->zone,
    .filter = study->filter,
  };
  return study;
}

/* ---- the past ---- */

static void
assert_past (const KipStudy *study,
             KipId           team,
             const double   *values,
             guint           n)
{
  g_autoptr (GArray) past = kip_goal_past (study, KIP_MEASURE_RESPONSE_MEDIAN, team, KIP_ID_NONE, KIP_GOAL_WEEK, FALSE, KIP_GOAL_PAST);

  g_assert_cmpuint (past->len, ==, n);
  for (guint i = 0; i < n; i++)
    if (isnan (values[i]))
      g_assert_true (isnan (g_array_index (past, KipFigure, i).value));
    else
      g_assert_cmpfloat (g_array_index (past, KipFigure, i).value, ==, values[i]);
}

static void
test_past (void)
{
  static const double all[] = { 2 * H, NAN, 4 * H, 1 * H }, of_team[] = { 1 * H, NAN, NAN, 45 * 60 };
  g_autoptr (KipStudy) study = make_study ("2026-03-02 00:00", "2026-03-09 00:00");

  assert_past (study, KIP_ID_NONE, all, G_N_ELEMENTS (all));
  assert_past (study, TEAM, of_team, G_N_ELEMENTS (of_team));
}

static void
test_share (void)
{
  static const struct
  {
    KipId            team;
    KipGoalDirection direction;
    gint64           seconds;
    guint            measured, met;
  } cases[] = {
    { KIP_ID_NONE, KIP_GOAL_AT_MOST, 2 * H, 3, 2 },
    { KIP_ID_NONE, KIP_GOAL_AT_MOST, 2 * H - 1, 3, 1 },
    { KIP_ID_NONE, KIP_GOAL_AT_MOST, H / 2, 3, 0 },
    { KIP_ID_NONE, KIP_GOAL_AT_MOST, 4 * H, 3, 3 },
    { KIP_ID_NONE, KIP_GOAL_AT_LEAST, 4 * H, 3, 1 },
    { TEAM, KIP_GOAL_AT_MOST, 2 * H, 2, 2 },
    { TEAM, KIP_GOAL_AT_MOST, 50 * 60, 2, 1 },
  };
  g_autoptr (KipStudy) study = make_study ("2026-03-02 00:00", "2026-03-09 00:00");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) past = kip_goal_past (study, KIP_MEASURE_RESPONSE_MEDIAN, cases[i].team, KIP_ID_NONE, KIP_GOAL_WEEK,
                                               FALSE, KIP_GOAL_PAST);
      guint measured, met;

      g_test_message ("case %u", i);
      kip_goal_count_met (past, cases[i].direction, cases[i].seconds * KIP_GOAL_SCALE, &measured, &met);
      g_assert_cmpuint (measured, ==, cases[i].measured);
      g_assert_cmpuint (met, ==, cases[i].met);
    }
}

/* By month there is February only: 30 min, 1, 1, 3, 4 and 8 h: the median is 2 h. */
static void
test_months (void)
{
  g_autoptr (KipStudy) study = make_study ("2026-03-02 00:00", "2026-03-09 00:00");
  g_autoptr (GArray) past = kip_goal_past (study, KIP_MEASURE_RESPONSE_MEDIAN, KIP_ID_NONE, KIP_ID_NONE, KIP_GOAL_MONTH, FALSE, 12);
  g_autoptr (GArray) elapsed = kip_goal_past (study, KIP_MEASURE_RESPONSE_MEDIAN, KIP_ID_NONE, KIP_ID_NONE, KIP_GOAL_MONTH, TRUE, 12);

  g_assert_cmpuint (past->len, ==, 1);
  g_assert_cmpfloat (g_array_index (past, KipFigure, 0).value, ==, 2 * H);
  g_assert_cmpfloat (g_array_index (elapsed, KipFigure, 0).value, ==, 9 * H);
}

static void
test_periods (void)
{
  static const struct
  {
    KipGoalPeriod period;
    const char   *at, *from, *to;
  } cases[] = {
    { KIP_GOAL_WEEK, "2026-03-06 17:00", "2026-03-02 00:00", "2026-03-09 00:00" },
    { KIP_GOAL_WEEK, "2026-03-02 00:00", "2026-03-02 00:00", "2026-03-09 00:00" }, /* a Monday */
    { KIP_GOAL_WEEK, "2026-03-01 23:59", "2026-02-23 00:00", "2026-03-02 00:00" }, /* a Sunday */
    { KIP_GOAL_MONTH, "2026-02-28 23:59", "2026-02-01 00:00", "2026-03-01 00:00" },
    { KIP_GOAL_MONTH, "2026-12-31 12:00", "2026-12-01 00:00", "2027-01-01 00:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipRange range = kip_goal_period_around (cases[i].period, fixture_instant (cases[i].at), zone);

      g_test_message ("case %u", i);
      g_assert_cmpint (range.from, ==, fixture_instant (cases[i].from));
      g_assert_cmpint (range.to, ==, fixture_instant (cases[i].to));
    }
}

/* ---- verdicts ---- */

typedef struct
{
  const char    *from, *to;
  KipBy          by;
  KipId          key;
  double         value;
  KipGoalVerdict verdict;
  double         target;
} Case;

static KipFigure
figure_of (const Case *it)
{
  return (KipFigure) { .key = it->key, .span = { fixture_instant (it->from), fixture_instant (it->to) }, .value = it->value, .n = 12 };
}

static void
check_case (const Case *it,
            KipMeasure  measure)
{
  g_autoptr (KipStudy) study = make_study (it->from, it->to);
  KipFigure figure = figure_of (it);
  KipVerdict verdict = kip_study_judge (study, measure, it->by, &figure);

  g_assert_cmpint (verdict.verdict, ==, it->verdict);
  if (it->verdict != KIP_GOAL_NONE)
    g_assert_cmpfloat_with_epsilon (verdict.target, it->target, 1e-9);
  g_assert_true ((verdict.version != NULL) == (it->verdict != KIP_GOAL_NONE));
}

static void
test_judge (void)
{
  static const Case cases[] = {
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_NOTHING, 0, 2 * H, KIP_GOAL_MET, 2 * H },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_NOTHING, 0, 2 * H + 60, KIP_GOAL_MISSED, 2 * H },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_WEEK, 0, NAN, KIP_GOAL_UNKNOWN, 2 * H },
    /* in force is the version at the end of the span */
    { "2026-02-16 00:00", "2026-03-02 00:00", KIP_BY_NOTHING, 0, 2 * H, KIP_GOAL_MISSED, 1 * H },
    { "2026-02-01 00:00", "2026-03-01 00:00", KIP_BY_MONTH, 0, 2 * H, KIP_GOAL_MET, 2 * H },
    { "2026-01-05 00:00", "2026-01-12 00:00", KIP_BY_NOTHING, 0, 2 * H, KIP_GOAL_NONE, 0 },
    /* a team has its own target, until March; nobody else has one */
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_TEAM, TEAM, 50 * 60, KIP_GOAL_MET, 50 * 60 },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_TEAM, OTHERS, 50 * 60, KIP_GOAL_NONE, 0 },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_TEAM, KIP_ID_NONE, 50 * 60, KIP_GOAL_NONE, 0 },
    { "2026-03-02 00:00", "2026-03-09 00:00", KIP_BY_TEAM, TEAM, 50 * 60, KIP_GOAL_NONE, 0 },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_AGENT, DESK_AGENT, 50 * 60, KIP_GOAL_NONE, 0 },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_CATEGORY, DESK_NETWORK, 50 * 60, KIP_GOAL_NONE, 0 },
    { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_PRIORITY, 3, 50 * 60, KIP_GOAL_NONE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      check_case (&cases[i], KIP_MEASURE_RESPONSE_MEDIAN);
    }
}

/* 62 in the 31 days of March are 2 a day: 14 in a week, 62 in the month. */
static void
test_counted (void)
{
  static const Case cases[] = {
    { "2026-03-02 00:00", "2026-03-09 00:00", KIP_BY_WEEK, 0, 14, KIP_GOAL_MET, 14 },
    { "2026-03-02 00:00", "2026-03-09 00:00", KIP_BY_WEEK, 0, 13, KIP_GOAL_MISSED, 14 },
    { "2026-03-01 00:00", "2026-04-01 00:00", KIP_BY_MONTH, 0, 62, KIP_GOAL_MET, 62 },
    { "2026-03-05 00:00", "2026-03-06 00:00", KIP_BY_DAY, 0, 1, KIP_GOAL_MISSED, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      check_case (&cases[i], KIP_MEASURE_RESOLVED);
    }
}

/* Where the tickets are chosen, the target is that of the chosen ones, or none. */
static void
test_filter (void)
{
  static const Case week = { "2026-02-02 00:00", "2026-02-09 00:00", KIP_BY_NOTHING, 0, 1 * H, KIP_GOAL_NONE, 0 };
  g_autoptr (KipStudy) study = make_study (week.from, week.to);
  KipFigure figure = figure_of (&week);

  study->whose = (KipWhose) { FALSE, TEAM, KIP_ID_NONE };
  g_assert_cmpfloat (kip_study_judge (study, KIP_MEASURE_RESPONSE_MEDIAN, KIP_BY_NOTHING, &figure).target, ==, 50 * 60);
  study->whose = (KipWhose) { TRUE, KIP_ID_NONE, KIP_ID_NONE };
  g_assert_cmpint (kip_study_judge (study, KIP_MEASURE_RESPONSE_MEDIAN, KIP_BY_NOTHING, &figure).verdict, ==, KIP_GOAL_NONE);
  study->whose = (KipWhose) { FALSE, KIP_ID_NONE, KIP_ID_NONE };
  study->scope.elapsed = TRUE;
  g_assert_cmpint (kip_study_judge (study, KIP_MEASURE_RESPONSE_MEDIAN, KIP_BY_NOTHING, &figure).verdict, ==, KIP_GOAL_NONE);
}

/* ---- words and amounts ---- */

static void
test_words (void)
{
  KipGoalVersion version = { .direction = KIP_GOAL_AT_LEAST };
  KipVerdict clear = { KIP_GOAL_MISSED, NULL, &version, 90, 80, 20 }, near = { KIP_GOAL_MISSED, NULL, &version, 90, 89.7, 20 };
  KipVerdict none = { KIP_GOAL_NONE, NULL, NULL, NAN, 80, 20 };
  g_autofree char *missed = kip_verdict_words (&clear, KIP_MEASURE_CSAT);
  g_autofree char *just = kip_verdict_words (&near, KIP_MEASURE_CSAT);

  g_assert_cmpstr (missed, ==, "Target at least 90 %: missed");
  g_assert_cmpstr (just, ==, "Target at least 90 %: just missed");
  g_assert_null (kip_verdict_words (&none, KIP_MEASURE_CSAT));
}

static void
test_amounts (void)
{
  static const struct
  {
    KipMeasure  measure;
    const char *typed;
    gint64      amount; /* −1: refused */
    const char *again;
  } cases[] = {
    { KIP_MEASURE_RESPONSE_MEDIAN, "1 h 30 min", 5400000, "1 h 30 min" },
    { KIP_MEASURE_RESPONSE_MEDIAN, "90", -1, NULL },
    { KIP_MEASURE_RESPONSE_MEDIAN, "0", -1, NULL },
    { KIP_MEASURE_RESPONSE_MEDIAN, "", -1, NULL },
    { KIP_MEASURE_CSAT, "90", 90000, "90 %" },
    { KIP_MEASURE_CSAT, " 92,5 % ", 92500, "92.5 %" },
    { KIP_MEASURE_CSAT, "100", 100000, "100 %" },
    { KIP_MEASURE_CSAT, "101", -1, NULL },
    { KIP_MEASURE_CSAT, "-5", -1, NULL },
    { KIP_MEASURE_CSAT, "most", -1, NULL },
    { KIP_MEASURE_OPEN, "20", 20000, "20" },
    { KIP_MEASURE_OPEN, "2.5", -1, NULL },
    { KIP_MEASURE_OPEN, "1.2.3", -1, NULL },
    { KIP_MEASURE_OPEN, "99999999999999999999", -1, NULL },
    { KIP_MEASURE_BACKLOG_DAYS, "2.5", 2500, "2.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *again = NULL;
      gint64 amount = -1;

      g_test_message ("case %u", i);
      g_assert_cmpint (kip_goal_amount_parse (cases[i].measure, cases[i].typed, &amount, &error), ==, cases[i].amount >= 0);
      g_assert_true ((error != NULL) == (cases[i].amount < 0));
      g_assert_cmpint (amount, ==, cases[i].amount);
      if (amount < 0)
        continue;
      again = kip_goal_amount_to_text (cases[i].measure, amount);
      g_assert_cmpstr (again, ==, cases[i].again);
    }
}

/* ---- laws ---- */

/* Whatever the figures: a looser target is met at least as often; every measured period
 * meets at least one of "at most x" and "at least x", and both only where it is x. */
static void
test_laws (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GArray) past = g_array_new (FALSE, TRUE, sizeof (KipFigure));
      gint64 amount = g_test_rand_int_range (0, 20000), looser = amount + g_test_rand_int_range (0, 5000);
      guint n = (guint) g_test_rand_int_range (0, 20), equal = 0, measured, again, most, least, more;

      for (guint i = 0; i < n; i++)
        {
          KipFigure figure = { .value = g_test_rand_int_range (0, 4) == 0 ? NAN : g_test_rand_int_range (0, 20000) / 1000.0 };

          equal += !isnan (figure.value) && kip_goal_amount_from_value (figure.value) == amount;
          g_array_append_val (past, figure);
        }
      kip_goal_count_met (past, KIP_GOAL_AT_MOST, amount, &measured, &most);
      kip_goal_count_met (past, KIP_GOAL_AT_LEAST, amount, &again, &least);
      kip_goal_count_met (past, KIP_GOAL_AT_MOST, looser, &again, &more);
      g_assert_cmpuint (measured, ==, again);
      g_assert_cmpuint (measured, <=, n);
      g_assert_cmpuint (most + least, ==, measured + equal);
      g_assert_cmpuint (more, >=, most);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/goals/past", test_past);
  g_test_add_func ("/goals/share", test_share);
  g_test_add_func ("/goals/months", test_months);
  g_test_add_func ("/goals/periods", test_periods);
  g_test_add_func ("/goals/judge", test_judge);
  g_test_add_func ("/goals/counted", test_counted);
  g_test_add_func ("/goals/filter", test_filter);
  g_test_add_func ("/goals/words", test_words);
  g_test_add_func ("/goals/amounts", test_amounts);
  g_test_add_func ("/goals/laws", test_laws);
  return g_test_run ();
}
