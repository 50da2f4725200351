/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A week of an office, worked out on paper.  VN8; normal priority promises a first
 * response and a resolution within 8 h.  It is Fri 6 Mar 2026, 17:00.
 *
 *     received      first response   resolved        working h   response  resolution
 *  A  Mon 08:00     Mon 09:00  1 h   Mon 12:00        4            kept      kept
 *  B  Mon 10:00     Mon 11:00  1 h   Tue 09:00        7 − 2 paused kept      kept (5 h)
 *  C  Tue 08:00     Wed 09:00  9 h   Wed 10:00,
 *                                    again Thu 10:00  10, then 18  broken    broken (12 h)
 *  D  Wed 08:00     on the line      Wed 08:30        ½            kept      kept
 *  E  Thu 13:00     –                –                late since Fri 12:00: both broken
 *  F  Fri 16:00     –                –                not late */

#include "desk-fixtures.h"
#include "kip-measure.h"

#include <math.h>
#include <string.h>

#define H 3600.0

static const char *const stories[] = {
  "03-02 08:00 new; 03-02 09:00 reply; 03-02 12:00 resolve",
  "03-02 10:00 new; 03-02 11:00 reply; 03-02 13:00 wait; 03-02 15:00 open; 03-02 16:00 reply; 03-03 09:00 resolve",
  "03-03 08:00 new; 03-04 09:00 reply; 03-04 10:00 resolve; 03-05 08:00 open; 03-05 10:00 resolve",
  "03-04 08:00 new on-line; 03-04 08:30 resolve",
  "03-05 13:00 new",
  "03-06 16:00 new; 03-06 16:30 incoming",
};

typedef struct
{
  KipFactTable *table;
  GTimeZone    *zone;
  KipScope      scope;
} Office;

static void
office_init (Office *office)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  office->table = kip_fact_table_new ();
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autoptr (KipTicket) ticket = desk_ticket (stories[i]);

      ticket->number = KIP_TICKET_NUMBER (1, i + 1);
      kip_fact_table_add_ticket (office->table, ticket, agreements);
    }
  office->zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  office->scope = (KipScope) {
    .table = office->table,
    .range = { fixture_instant ("2026-03-02 00:00"), fixture_instant ("2026-03-09 00:00") },
    .now = fixture_instant ("2026-03-06 17:00"),
    .zone = office->zone,
  };
}

static void
office_clear (Office *office)
{
  kip_fact_table_unref (office->table);
  g_time_zone_unref (office->zone);
}

static void
test_figures (void)
{
  static const struct
  {
    KipMeasure measure;
    gboolean   elapsed;
    double     value;
    guint      n;
  } cases[] = {
    { KIP_MEASURE_RECEIVED, FALSE, 6, 6 },
    { KIP_MEASURE_RESOLVED, FALSE, 4, 4 },
    { KIP_MEASURE_OPEN, FALSE, 2, 2 },
    { KIP_MEASURE_WAITING, FALSE, 2, 2 },
    /* 1 h, 1 h, 9 h */
    { KIP_MEASURE_RESPONSE_MEDIAN, FALSE, H, 3 },
    { KIP_MEASURE_RESPONSE_P90, FALSE, 9 * H, 3 },
    { KIP_MEASURE_RESPONSE_MEAN, FALSE, 11 * H / 3, 3 },
    { KIP_MEASURE_RESPONSE_P90, TRUE, 25 * H, 3 },
    { KIP_MEASURE_RESPONSE_AT_ONCE, FALSE, 25, 4 },
    /* ½ h, 4 h, 5 h, 10 h */
    { KIP_MEASURE_FIRST_MEDIAN, FALSE, 4.5 * H, 4 },
    { KIP_MEASURE_FIRST_P90, FALSE, 10 * H, 4 },
    { KIP_MEASURE_FIRST_MEAN, FALSE, 19.5 * H / 4, 4 },
    /* ½ h, 4 h, 5 h, 18 h */
    { KIP_MEASURE_FULL_MEDIAN, FALSE, 4.5 * H, 4 },
    { KIP_MEASURE_FULL_P90, FALSE, 18 * H, 4 },
    { KIP_MEASURE_FULL_MEAN, FALSE, 27.5 * H / 4, 4 },
    { KIP_MEASURE_FULL_P90, TRUE, 50 * H, 4 },
    { KIP_MEASURE_SLA_RESPONSE, FALSE, 60, 5 },
    { KIP_MEASURE_SLA_RESOLUTION, FALSE, 60, 5 },
    { KIP_MEASURE_SLA_UPDATE, FALSE, NAN, 0 },
    { KIP_MEASURE_FCR_GROSS, FALSE, 50, 4 },      /* A and D; B took two answers, C came back */
    { KIP_MEASURE_FCR_NET, FALSE, NAN, 0 },
    { KIP_MEASURE_REOPENED, FALSE, 20, 5 },       /* one of five resolutions */
    { KIP_MEASURE_CSAT, FALSE, NAN, 0 },
    { KIP_MEASURE_CSAT_ANSWERS, FALSE, 0, 5 },
    { KIP_MEASURE_PAUSED, FALSE, 200 / 29.5, 4 }, /* 2 h of 4 + 7 + 18 + ½ */
    { KIP_MEASURE_PAUSED_SUPPLIER, FALSE, 0, 4 },
    { KIP_MEASURE_ESCALATED, FALSE, 0, 4 },
    { KIP_MEASURE_HANDOVERS, FALSE, 0, 4 },
    { KIP_MEASURE_BACKLOG_RATE, FALSE, 100.0 / 3, 6 },
    /* open on five evenings: 1, 1, 0, 1, 2; received 6 in five days */
    { KIP_MEASURE_BACKLOG_DAYS, FALSE, 5.0 / 6, 6 },
    { KIP_MEASURE_RECURRED, FALSE, NAN, 0 },
  };
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) figures = NULL;
      const KipFigure *figure;

      office.scope.elapsed = cases[i].elapsed;
      figures = kip_measure_compute (cases[i].measure, &office.scope, KIP_BY_NOTHING);
      g_test_message ("%s", kip_measure_info (cases[i].measure)->key);
      g_assert_cmpuint (figures->len, ==, 1);
      figure = &g_array_index (figures, KipFigure, 0);
      g_assert_cmpuint (figure->n, ==, cases[i].n);
      if (isnan (cases[i].value))
        g_assert_true (isnan (figure->value));
      else
        g_assert_cmpfloat_with_epsilon (figure->value, cases[i].value, 1e-9);
    }
  office_clear (&office);
}

static void
test_by_day (void)
{
  static const guint open[] = { 1, 1, 0, 1, 2 };
  static const guint resolved[] = { 1, 1, 2, 1, 0, 0, 0 };
  Office office;
  g_autoptr (GArray) evenings = NULL;
  g_autoptr (GArray) done = NULL;

  office_init (&office);
  evenings = kip_measure_compute (KIP_MEASURE_OPEN, &office.scope, KIP_BY_DAY);
  done = kip_measure_compute (KIP_MEASURE_RESOLVED, &office.scope, KIP_BY_DAY);
  g_assert_cmpuint (evenings->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      if (i < G_N_ELEMENTS (open))
        g_assert_cmpfloat (g_array_index (evenings, KipFigure, i).value, ==, open[i]);
      else /* Saturday has not come yet */
        g_assert_true (isnan (g_array_index (evenings, KipFigure, i).value));
      g_assert_cmpuint (g_array_index (done, KipFigure, i).n, ==, resolved[i]);
    }
  office_clear (&office);
}

static void
test_ages (void)
{
  Office office;
  guint counts[KIP_N_AGES][KIP_PHASE_CLOSED + 1];

  office_init (&office);
  kip_open_ages (&office.scope, office.scope.now, counts, NULL);
  g_assert_cmpuint (counts[0][KIP_PHASE_NEW], ==, 1); /* F, one hour */
  g_assert_cmpuint (counts[1][KIP_PHASE_NEW], ==, 1); /* E, 28 hours */
  kip_open_ages (&office.scope, fixture_instant ("2026-03-02 14:00"), counts, NULL);
  g_assert_cmpuint (counts[0][KIP_PHASE_WAITING], ==, 1); /* B waits; A is resolved */
  g_assert_cmpuint (counts[0][KIP_PHASE_NEW], ==, 0);
  office_clear (&office);
}

/* A query says its period where that selects just its tickets, else it names them. */
static void
test_queries (void)
{
  static const struct
  {
    KipMeasure  measure;
    KipBy       by;
    guint       index;
    const char *query, *hit, *miss;
  } cases[] = {
    { KIP_MEASURE_RECEIVED, KIP_BY_NOTHING, 0, "received:2026-03-02..2026-03-08", NULL, NULL },
    { KIP_MEASURE_RECEIVED, KIP_BY_DAY, 1, "received:2026-03-03..2026-03-03", NULL, NULL },
    { KIP_MEASURE_RECEIVED, KIP_BY_PRIORITY, 2, "received:2026-03-02..2026-03-08 priority:normal", NULL, NULL },
    { KIP_MEASURE_RECEIVED, KIP_BY_AGENT, 0, "received:2026-03-02..2026-03-08 agent:none", NULL, NULL },
    { KIP_MEASURE_RESOLVED, KIP_BY_NOTHING, 0, "resolved:2026-03-02..2026-03-08", NULL, NULL },
    { KIP_MEASURE_RESOLVED, KIP_BY_DAY, 2, "number:A-3,A-4", NULL, NULL }, /* C was resolved again on Thursday */
    { KIP_MEASURE_SLA_RESPONSE, KIP_BY_NOTHING, 0, "number:A-1,A-2,A-4,A-3,A-5", "number:A-1,A-2,A-4", "number:A-3,A-5" },
    { KIP_MEASURE_OPEN, KIP_BY_DAY, 4, "is:open", NULL, NULL },
  };
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) figures = kip_measure_compute (cases[i].measure, &office.scope, cases[i].by);
      const KipFigure *figure = &g_array_index (figures, KipFigure, cases[i].index);

      g_test_message ("case %u", i);
      g_assert_cmpstr (figure->query, ==, cases[i].query);
      g_assert_cmpstr (figure->hit_query, ==, cases[i].hit);
      g_assert_cmpstr (figure->miss_query, ==, cases[i].miss);
      g_assert_true (figure->exact);
    }
  office_clear (&office);
}

/* Of the tickets in the mask alone. */
static void
test_mask (void)
{
  static const guint8 mask[] = { 1, 0, 0, 0, 1, 0 };
  Office office;
  g_autoptr (GArray) figures = NULL;
  const KipFigure *figure;

  office_init (&office);
  office.scope.mask = mask;
  office.scope.filter = "vpn or wifi";
  figures = kip_measure_compute (KIP_MEASURE_RECEIVED, &office.scope, KIP_BY_NOTHING);
  figure = &g_array_index (figures, KipFigure, 0);
  g_assert_cmpuint (figure->n, ==, 2);
  g_assert_cmpstr (figure->query, ==, "(vpn or wifi) received:2026-03-02..2026-03-08");
  office_clear (&office);
}

static void
test_words (void)
{
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    {
      const KipMeasureInfo *info = kip_measure_info ((KipMeasure) i);
      KipMeasure found;

      g_assert_nonnull (info->key);
      g_assert_true (kip_measure_find (info->key, &found));
      g_assert_cmpuint (found, ==, i);
      g_assert_cmpint (info->definition[strlen (info->definition) - 1], ==, '.');
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/figures", test_figures);
  g_test_add_func ("/kpi/by-day", test_by_day);
  g_test_add_func ("/kpi/ages", test_ages);
  g_test_add_func ("/kpi/queries", test_queries);
  g_test_add_func ("/kpi/mask", test_mask);
  g_test_add_func ("/kpi/words", test_words);
  return g_test_run ();
}
