/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every mark of every chart opens the tickets behind it: the store is asked for each query. */

#include "import-fixture.h"
#include "kip-board-private.h"
#include "kip-clock.h"
#include "kip-facts.h"
#include "kip-sample.h"

#include <math.h>

typedef struct
{
  Fixture       fixture;
  KipFactTable *table;
  GTimeZone    *zone;
  guint         n_marks;
  guint         n_exact; /* those that open just their tickets */
} Office;

static void
office_init (Office *office)
{
  KipOfficeSetup setup = { "Office", "Robin", "en", NULL, NULL };
  g_autoptr (GError) error = NULL;

  *office = (Office) { .table = NULL };
  g_assert_true (kip_clock_set ("2026-11-20T16:30:00+07:00 x0.000001"));
  office->fixture.dir = g_dir_make_tmp ("kip-board-XXXXXX", &error);
  g_assert_no_error (error);
  office->fixture.store = kip_store_create (office->fixture.dir, &setup, &error);
  g_assert_no_error (error);
  kip_sample_fill (office->fixture.store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  office->table = kip_store_facts (office->fixture.store, KIP_INSTANT_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  office->zone = kip_office_zone (office->fixture.store);
}

static void
office_clear (Office *office)
{
  g_time_zone_unref (office->zone);
  kip_fact_table_unref (office->table);
  fixture_clear (&office->fixture);
}

static guint
count_found (Office     *office,
             const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = NULL;

  g_assert_cmpuint (kip_query_get_mistakes (query)->len, ==, 0);
  found = kip_store_list (office->fixture.store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);
  g_assert_no_error (error);
  return found->len;
}

/* How many tickets a mark stands for: of a column of tickets as many as it is high. */
static guint
tickets_of (const KipChartSeries *series,
            KipUnit               unit,
            const KipChartPoint  *point)
{
  if (unit == KIP_UNIT_COUNT && series->mark != KIP_MARK_GHOST)
    return (guint) point->value;
  return point->n;
}

/* A ticket may be asked for its survey twice, or wait for several updates: then fewer
 * tickets are opened than things were counted. */
static gboolean
counts_more_than_tickets (KipBoardChart         which,
                          const KipChartSeries *series)
{
  return which == KIP_BOARD_SLA_UPDATE || which == KIP_BOARD_CSAT || (which == KIP_BOARD_AGENTS && series->unit == KIP_UNIT_PERCENT);
}

static void
check_mark (Office               *office,
            KipBoardChart         which,
            const KipChart       *chart,
            const KipChartSeries *series,
            guint                 index)
{
  const KipChartPoint *point = &g_array_index (series->points, KipChartPoint, index);
  guint n = isnan (point->value) ? 0 : tickets_of (series, series->unit, point), found;

  if (n == 0 || series->mark == KIP_MARK_TARGET || series->is_forecast)
    return;
  g_test_message ("%s, %s, %s: %u, %s", kip_board_chart_key (which), series->label,
                  (const char *) g_ptr_array_index (chart->categories, index), n, point->query);
  g_assert_nonnull (point->query);
  found = count_found (office, point->query);
  office->n_marks++;
  if (point->roughly)
    return;
  office->n_exact++;
  if (counts_more_than_tickets (which, series))
    g_assert_true (found <= n && found > 0);
  else
    g_assert_cmpuint (found, ==, n);
}

static void
check_board (Office     *office,
             int         days,
             const char *filter)
{
  KipInstant now = kip_clock_now ();
  KipRange range = kip_range_last_days (days, now, office->zone);
  g_autoptr (KipQuery) query = kip_query_parse (filter);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStudy) study = kip_study_new (office->fixture.store, office->table, NULL, query, &range, FALSE, now, NULL, &error);

  g_assert_no_error (error);
  for (guint c = 0; c < KIP_N_BOARD_CHARTS; c++)
    {
      g_autoptr (KipChart) chart = kip_board_make (study, (KipBoardChart) c, kip_range_choose_by (&range, office->zone), TRUE);

      for (guint s = 0; s < chart->series->len; s++)
        {
          const KipChartSeries *series = g_ptr_array_index (chart->series, s);

          for (guint i = 0; i < series->points->len; i++)
            check_mark (office, (KipBoardChart) c, chart, series, i);
        }
    }
}

static void
test_marks (void)
{
  static const int ranges[] = { 7, 30, 120 };
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      check_board (&office, ranges[i], "");
      check_board (&office, ranges[i], "-priority:low");
    }
  g_test_message ("%u of %u marks open just their tickets", office.n_exact, office.n_marks);
  g_assert_cmpuint (office.n_marks, >, 1000);
  g_assert_cmpuint (office.n_exact, >, office.n_marks * 9 / 10);
  office_clear (&office);
}

/* ---- what is asked for where the tickets are too many to be named ---- */

static KipStudy *
study_days (Office *office,
            int     days)
{
  KipInstant now = kip_clock_now ();
  KipRange range = kip_range_last_days (days, now, office->zone);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipQuery) query = kip_query_parse ("-priority:low");
  KipStudy *study = kip_study_new (office->fixture.store, office->table, NULL, query, &range, FALSE, now, NULL, &error);

  g_assert_no_error (error);
  return study;
}

static void
assert_finds (Office     *office,
              const char *query,
              guint       n,
              gboolean    exact)
{
  guint found = count_found (office, query);

  g_test_message ("%s: %u of %u", query, found, n);
  if (exact)
    g_assert_cmpuint (found, ==, n);
  else
    g_assert_cmpuint (found, >=, n);
}

static void
check_hours (Office         *office,
             const KipStudy *study)
{
  g_autoptr (KipChart) chart = kip_board_make (study, KIP_BOARD_HOURS, KIP_BY_DAY, FALSE);

  for (guint day = 0; day < 7; day++)
    for (guint hour = 0; hour < 24; hour++)
      {
        const KipChartSeries *series = g_ptr_array_index (chart->series, day);
        gboolean exact;
        g_autofree char *query = kip_board_query_hour (study, day, hour, &exact);

        g_assert_true (exact);
        assert_finds (office, query, (guint) g_array_index (series->points, KipChartPoint, hour).value, TRUE);
      }
}

static void
check_others (Office         *office,
              const KipStudy *study)
{
  g_autoptr (GArray) figures = kip_measure_compute (KIP_MEASURE_RECEIVED, &study->scope, KIP_BY_CATEGORY);

  for (guint shown = 1; shown < figures->len; shown++)
    {
      gboolean exact;
      g_autofree char *query = kip_board_query_others (study, figures, shown, &exact);
      guint n = 0;

      for (guint i = shown; i < figures->len; i++)
        n += g_array_index (figures, KipFigure, i).n;
      if (exact)
        assert_finds (office, query, n, TRUE);
      else
        g_assert_cmpuint (count_found (office, query), <=, n);
    }
}

static void
check_open (Office         *office,
            const KipStudy *study)
{
  g_autoptr (GArray) figures = kip_measure_compute (KIP_MEASURE_OPEN, &study->scope, KIP_BY_DAY);
  guint n_exact = 0;

  for (guint i = 0; i + 1 < figures->len; i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);
      gboolean exact;
      g_autofree char *query = kip_open_query (&study->scope, figure->span.to, &exact);

      assert_finds (office, query, figure->n, exact);
      n_exact += exact;
    }
  g_assert_cmpuint (n_exact, >, 0);
}

/* A round of updates that was missed before one that was met is not asked for: nearly all are found. */
static void
check_causes (Office         *office,
              const KipStudy *study)
{
  g_autoptr (KipChart) chart = kip_board_make (study, KIP_BOARD_CAUSES, KIP_BY_DAY, FALSE);
  g_autofree char *all = kip_board_query_broken (study, "");
  guint n_all = count_found (office, all), n = 0;

  for (guint i = 0; i < chart->categories->len; i++)
    {
      g_autofree char *query = kip_board_query_cause (study, g_ptr_array_index (chart->categories, i));

      n += count_found (office, query);
    }
  g_assert_cmpuint (n_all, >, 0);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, n_all);
}

static void
test_many (void)
{
  static const int ranges[] = { 7, 30, 120 };
  Office office;

  office_init (&office);
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (KipStudy) study = study_days (&office, ranges[i]);

      check_hours (&office, study);
      check_others (&office, study);
      check_open (&office, study);
      check_causes (&office, study);
    }
  office_clear (&office);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/board/marks", test_marks);
  g_test_add_func ("/kpi/board/many", test_many);
  return g_test_run ();
}
