/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-board.h"

#include "kip-board-private.h"
#include "kip-parallel.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *key, *title, *definition;
} charts[KIP_N_BOARD_CHARTS] = {
  [KIP_BOARD_FLOW] = { "flow", N_("Received, resolved, open"),
                       N_("Tickets received and resolved in each period, and how many were open at its end.") },
  [KIP_BOARD_SLA_RESPONSE] = { "sla-response", N_("First responses: kept and broken"),
                               N_("Promises of a first response by when they were answered; broken also while still unanswered and late.") },
  [KIP_BOARD_SLA_RESOLUTION] = { "sla-resolution", N_("Resolutions: kept and broken"),
                                 N_("Promises of a resolution by when they were resolved; broken also while still open and late.") },
  [KIP_BOARD_SLA_UPDATE] = { "sla-update", N_("Updates: kept and broken"),
                             N_("Promises of a next update by when they were answered; broken also while still waiting and late.") },
  [KIP_BOARD_AGES] = { "ages", N_("Open by age and status"),
                       N_("Tickets open at the end of the range by the time since they were received.") },
  [KIP_BOARD_RESPONSE] = { "response", N_("First response"),
                           N_("From received to the first reply or call: half of the tickets, and 90 of 100, were faster than this.") },
  [KIP_BOARD_RESOLUTION] = { "resolution", N_("Resolution"),
                             N_("From received to the last resolution, less pauses: half of the tickets, and 90 of 100, were faster than this.") },
  [KIP_BOARD_AGENTS] = { "agents", N_("Agents"),
                         N_("What each agent resolved, and beside it how well: quantity alone says nothing.") },
  [KIP_BOARD_CATEGORIES] = { "categories", N_("Categories"),
                             N_("Tickets received by category, the most frequent first, with the share of all up to there.") },
  [KIP_BOARD_HOURS] = { "hours", N_("When tickets arrive"),
                        N_("Tickets received by weekday and hour, in the time zone of the office.") },
  [KIP_BOARD_CSAT] = { "csat", N_("Satisfaction"),
                       N_("Answers of 4 and 5, and of 1 to 3, by the resolution that they judge.") },
  [KIP_BOARD_CAUSES] = { "causes", N_("Broken promises by cause"),
                         N_("Tickets whose promise was broken in the range, by the cause written down when they were resolved.") },
  [KIP_BOARD_FORECAST] = { "forecast", N_("The next two weeks"),
                           N_("Arrivals and open tickets, and what the same kind of day (weekday, holiday) in the weeks before lets expect; 8 of 10 days end within the band.") },
};

const char *
kip_board_chart_key (KipBoardChart which)
{
  return charts[which].key;
}

const char *
kip_board_chart_title (KipBoardChart which)
{
  return _(charts[which].title);
}

gboolean
kip_board_find (const char    *key,
                KipBoardChart *which)
{
  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    if (strcmp (charts[i].key, key) == 0)
      {
        *which = (KipBoardChart) i;
        return TRUE;
      }
  return FALSE;
}

/* ---- help for all of them ---- */

KipChart *
kip_board_begin (KipBoardChart which,
                 KipChartKind  kind,
                 KipUnit       unit)
{
  KipChart *chart = kip_chart_new (kind, unit, _(charts[which].title));

  chart->definition = g_strdup (_(charts[which].definition));
  chart->empty = g_strdup (_("Nothing of this kind in this range. Choose a longer range, or another filter."));
  return chart;
}

void
kip_board_note (KipChart   *chart,
                guint       n,
                const char *more)
{
  g_autofree char *count = g_strdup_printf (_("n = %u"), n);
  g_autofree char *honest = NULL;

  if (n > 0 && n < KIP_FEW)
    honest = g_strdup_printf (_("%s, too few to rely on"), count);
  g_free (chart->note);
  chart->note = g_strjoin (" · ", honest != NULL ? honest : count, more, NULL);
}

guint
kip_board_sum_n (const GArray *figures)
{
  guint n = 0;

  for (guint i = 0; i < figures->len; i++)
    n += g_array_index (figures, KipFigure, i).n;
  return n;
}

static void
add_categories (KipChart       *chart,
                const KipStudy *study,
                KipBy           by,
                const GArray   *figures)
{
  for (guint i = 0; i < figures->len; i++)
    {
      g_autofree char *name = kip_study_group_name (study, by, &g_array_index (figures, KipFigure, i));

      kip_chart_add_category (chart, name);
    }
}

static KipChartSeries *
add_figures (KipChart     *chart,
             const char   *label,
             KipMeaning    meaning,
             KipMark       mark,
             const GArray *figures,
             guint         most)
{
  KipChartSeries *series = kip_chart_add_series (chart, label, meaning, mark);

  for (guint i = 0; i < MIN (figures->len, most); i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);

      kip_chart_series_add (series, figure->value, figure->n, figure->query);
      if (figure->query != NULL && !figure->exact)
        kip_chart_series_say_roughly (series);
    }
  return series;
}

void
kip_board_add_rows (KipChartSeries *series,
                    const KipStudy *study,
                    const GArray   *rows,
                    const char     *otherwise,
                    gboolean        exact)
{
  g_autofree char *named = kip_figure_query_rows (study->table, rows);
  gboolean is_asked = named == NULL && rows->len > 0;

  kip_chart_series_add (series, rows->len, rows->len, is_asked ? otherwise : named);
  if (is_asked && !exact)
    kip_chart_series_say_roughly (series);
}

/* The period before, bin for bin. */
static void
add_ghost (KipChart       *chart,
           const KipStudy *study,
           KipMeasure      measure,
           KipBy           by,
           KipMeaning      meaning)
{
  g_autoptr (GArray) figures = kip_figure_book_get (study->book, &study->scope, measure, by, TRUE);

  add_figures (chart, _("The period before"), meaning, KIP_MARK_GHOST, figures, chart->categories->len);
}

/* ---- over time ---- */

static KipChart *
make_flow (const KipStudy *study,
           KipBy           by,
           gboolean        compare)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_FLOW, KIP_CHART_COLUMNS, KIP_UNIT_COUNT);
  g_autoptr (GArray) received = kip_figure_book_get (study->book, &study->scope, KIP_MEASURE_RECEIVED, by, FALSE);
  g_autoptr (GArray) resolved = kip_figure_book_get (study->book, &study->scope, KIP_MEASURE_RESOLVED, by, FALSE);
  g_autoptr (GArray) open = kip_figure_book_get (study->book, &study->scope, KIP_MEASURE_OPEN, by, FALSE);
  KipChartSeries *done, *left;

  add_categories (chart, study, by, received);
  add_figures (chart, _("Received"), KIP_MEANING_ARRIVED, KIP_MARK_SIDE, received, G_MAXUINT);
  done = add_figures (chart, _("Resolved"), KIP_MEANING_KEPT, KIP_MARK_SIDE, resolved, G_MAXUINT);
  left = add_figures (chart, _("Open"), KIP_MEANING_OPEN, KIP_MARK_LINE, open, G_MAXUINT);
  if (compare)
    add_ghost (chart, study, KIP_MEASURE_RECEIVED, by, KIP_MEANING_ARRIVED);
  kip_board_add_target (chart, study, KIP_MEASURE_RESOLVED, by, resolved, done, FALSE);
  kip_board_add_target (chart, study, KIP_MEASURE_OPEN, by, open, left, FALSE);
  kip_board_note (chart, kip_board_sum_n (received), NULL);
  return chart;
}

/* Kept and broken on top of each other. */
static KipChartSeries *
add_halves (KipChart     *chart,
            const GArray *figures,
            const char   *good,
            KipMeaning    good_meaning,
            const char   *bad)
{
  KipChartSeries *hits = kip_chart_add_series (chart, good, good_meaning, KIP_MARK_STACK);
  KipChartSeries *misses = kip_chart_add_series (chart, bad, KIP_MEANING_BROKEN, KIP_MARK_STACK);

  for (guint i = 0; i < figures->len; i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);

      kip_chart_series_add (hits, figure->hits, figure->n, figure->hit_query);
      if (figure->hit_query != NULL && !figure->hit_exact)
        kip_chart_series_say_roughly (hits);
      kip_chart_series_add (misses, figure->n - figure->hits, figure->n, figure->miss_query);
      if (figure->miss_query != NULL && !figure->miss_exact)
        kip_chart_series_say_roughly (misses);
    }
  return hits;
}

static void
note_share (KipChart       *chart,
            const KipStudy *study,
            KipMeasure      measure,
            const char     *word)
{
  KipFigure all = kip_study_figure (study, measure);
  g_autofree char *share = kip_chart_format_value (KIP_UNIT_PERCENT, all.value);
  KipVerdict verdict = kip_study_judge (study, measure, KIP_BY_NOTHING, &all);
  g_autofree char *target = kip_verdict_words (&verdict, measure);
  /* Translators: "87 % kept". */
  g_autofree char *said = g_strdup_printf (_("%s %s"), share, word);
  g_autofree char *both = g_strjoin (" · ", said, target, NULL);

  kip_board_note (chart, all.n, all.n > 0 ? both : NULL);
  kip_figure_clear (&all);
}

static KipChart *
make_sla (const KipStudy *study,
          KipBoardChart   which,
          KipMeasure      measure,
          KipBy           by)
{
  KipChart *chart = kip_board_begin (which, KIP_CHART_COLUMNS, KIP_UNIT_COUNT);
  KipBy weekly = by == KIP_BY_DAY && kip_range_count_days (&study->scope.range, study->zone) > 14 ? KIP_BY_WEEK : by;
  g_autoptr (GArray) figures = kip_figure_book_get (study->book, &study->scope, measure, weekly, FALSE);
  KipChartSeries *kept;

  add_categories (chart, study, weekly, figures);
  kept = add_halves (chart, figures, _("Kept"), KIP_MEANING_KEPT, _("Broken"));
  kip_board_add_target (chart, study, measure, weekly, figures, kept, TRUE);
  note_share (chart, study, measure, _("kept"));
  return chart;
}

static KipChart *
make_csat (const KipStudy *study,
           KipBy           by)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_CSAT, KIP_CHART_COLUMNS, KIP_UNIT_COUNT);
  KipBy weekly = by == KIP_BY_DAY && kip_range_count_days (&study->scope.range, study->zone) > 14 ? KIP_BY_WEEK : by;
  g_autoptr (GArray) figures = kip_figure_book_get (study->book, &study->scope, KIP_MEASURE_CSAT, weekly, FALSE);
  KipFigure answers = kip_study_figure (study, KIP_MEASURE_CSAT_ANSWERS);
  g_autofree char *rate = kip_chart_format_value (KIP_UNIT_PERCENT, answers.value);
  g_autofree char *words = g_strdup_printf (_("satisfied, %s answered"), rate);
  KipChartSeries *satisfied;

  add_categories (chart, study, weekly, figures);
  satisfied = add_halves (chart, figures, _("Satisfied (4–5)"), KIP_MEANING_GOOD, _("Not satisfied (1–3)"));
  kip_board_add_target (chart, study, KIP_MEASURE_CSAT, weekly, figures, satisfied, TRUE);
  note_share (chart, study, KIP_MEASURE_CSAT, words);
  kip_figure_clear (&answers);
  return chart;
}

static KipChart *
make_times (const KipStudy *study,
            KipBoardChart   which,
            KipMeasure      median,
            KipMeasure      p90,
            KipBy           by,
            gboolean        compare)
{
  KipChart *chart = kip_board_begin (which, KIP_CHART_COLUMNS, KIP_UNIT_DURATION);
  g_autoptr (GArray) middle = kip_figure_book_get (study->book, &study->scope, median, by, FALSE);
  g_autoptr (GArray) high = kip_figure_book_get (study->book, &study->scope, p90, by, FALSE);
  const char *kind = study->scope.elapsed ? _("elapsed time") : _("working time");
  KipChartSeries *half, *most;

  add_categories (chart, study, by, middle);
  half = add_figures (chart, _("Median"), KIP_MEANING_KEPT, KIP_MARK_LINE, middle, G_MAXUINT);
  most = add_figures (chart, _("90 % within"), KIP_MEANING_WARNING, KIP_MARK_LINE, high, G_MAXUINT);
  if (compare)
    add_ghost (chart, study, median, by, KIP_MEANING_KEPT);
  kip_board_add_target (chart, study, median, by, middle, half, FALSE);
  kip_board_add_target (chart, study, p90, by, high, most, FALSE);
  kip_board_note (chart, kip_board_sum_n (middle), kind);
  return chart;
}

/* ---- all ---- */

KipChart *
kip_board_make (const KipStudy *study,
                KipBoardChart   which,
                KipBy           by,
                gboolean        compare)
{
  switch (which)
    {
    case KIP_BOARD_SLA_RESPONSE:
      return make_sla (study, which, KIP_MEASURE_SLA_RESPONSE, by);
    case KIP_BOARD_SLA_RESOLUTION:
      return make_sla (study, which, KIP_MEASURE_SLA_RESOLUTION, by);
    case KIP_BOARD_SLA_UPDATE:
      return make_sla (study, which, KIP_MEASURE_SLA_UPDATE, by);
    case KIP_BOARD_AGES:
      return kip_board_ages (study);
    case KIP_BOARD_RESPONSE:
      return make_times (study, which, KIP_MEASURE_RESPONSE_MEDIAN, KIP_MEASURE_RESPONSE_P90, by, compare);
    case KIP_BOARD_RESOLUTION:
      return make_times (study, which, KIP_MEASURE_FULL_MEDIAN, KIP_MEASURE_FULL_P90, by, compare);
    case KIP_BOARD_AGENTS:
      return kip_board_agents (study);
    case KIP_BOARD_CATEGORIES:
      return kip_board_categories (study);
    case KIP_BOARD_HOURS:
      return kip_board_hours (study);
    case KIP_BOARD_CSAT:
      return make_csat (study, by);
    case KIP_BOARD_CAUSES:
      return kip_board_causes (study);
    case KIP_BOARD_FORECAST:
      return kip_board_forecast (study);
    case KIP_BOARD_FLOW:
    case KIP_N_BOARD_CHARTS:
    default:
      return make_flow (study, by, compare);
    }
}

/* ---- tiles ---- */

static const KipMeasure tiles[KIP_N_BOARD_TILES] = {
  KIP_MEASURE_RECEIVED, KIP_MEASURE_RESOLVED, KIP_MEASURE_OPEN, KIP_MEASURE_BACKLOG_DAYS,
  KIP_MEASURE_RESPONSE_MEDIAN, KIP_MEASURE_FULL_MEDIAN, KIP_MEASURE_SLA_RESPONSE, KIP_MEASURE_SLA_RESOLUTION,
  KIP_MEASURE_FCR_GROSS, KIP_MEASURE_CSAT, KIP_MEASURE_REOPENED, KIP_MEASURE_PAUSED,
};

void
kip_tile_free (KipTile *tile)
{
  kip_figure_clear (&tile->now);
  g_free (tile->target_words);
  g_free (tile->target_short);
  g_array_unref (tile->course);
  g_free (tile);
}

/* The words are kept, not what they were made of: a tile outlives its study. */
static void
judge_tile (KipTile        *tile,
            const KipStudy *study)
{
  KipVerdict verdict = kip_study_judge (study, tile->measure, KIP_BY_NOTHING, &tile->now);

  tile->verdict = verdict.verdict;
  tile->target = verdict.target;
  tile->target_words = kip_verdict_words (&verdict, tile->measure);
  if (tile->target_words != NULL)
    tile->target_short = kip_goal_words (tile->measure, verdict.version->direction, verdict.target);
}

static KipTile *
make_tile (const KipStudy *study,
           KipMeasure      measure,
           KipBy           by)
{
  KipTile *tile = g_new0 (KipTile, 1);
  g_autoptr (GArray) now = kip_figure_book_get (study->book, &study->scope, measure, KIP_BY_NOTHING, FALSE);
  g_autoptr (GArray) before = kip_figure_book_get (study->book, &study->scope, measure, KIP_BY_NOTHING, TRUE);
  g_autoptr (GArray) course = kip_figure_book_get (study->book, &study->scope, measure, by, FALSE);

  tile->measure = measure;
  tile->now = kip_figure_copy (&g_array_index (now, KipFigure, 0));
  judge_tile (tile, study);
  tile->before = g_array_index (before, KipFigure, 0).value;
  tile->n_before = g_array_index (before, KipFigure, 0).n;
  tile->course = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < course->len; i++)
    g_array_append_val (tile->course, g_array_index (course, KipFigure, i).value);
  return tile;
}

/* ---- all of it at once ---- */

/* One thing to compute; each has its own place, so that threads need no lock. */
typedef struct
{
  const KipStudy *study;
  KipBy         by;
  gboolean      compare;
  gpointer     *tiles;  /* borrowed */
  gpointer     *charts; /* borrowed */
} Work;

/* What takes longest is begun first, so that all processors end together. */
enum
{
  FIRST_TILE = KIP_BOARD_AGENT_COLUMNS,
  FIRST_CHART = FIRST_TILE + KIP_N_BOARD_TILES,
  N_WORKS = FIRST_CHART + KIP_N_BOARD_CHARTS
};

static void
do_work (guint    from,
         guint    to,
         gpointer data)
{
  const Work *work = data;

  for (guint i = from; i < to; i++)
    if (i < KIP_BOARD_AGENT_COLUMNS)
      kip_board_agents_prepare (work->study, i);
    else if (i < FIRST_CHART)
      work->tiles[i - FIRST_TILE] = make_tile (work->study, tiles[i - FIRST_TILE], work->by);
    else
      work->charts[i - FIRST_CHART] = kip_board_make (work->study, (KipBoardChart) (i - FIRST_CHART), work->by, work->compare);
}

/* Of what was cancelled there is not everything. */
static void
drop_tile (gpointer tile)
{
  if (tile != NULL)
    kip_tile_free (tile);
}

static void
drop_chart (gpointer chart)
{
  if (chart != NULL)
    kip_chart_unref (chart);
}

static GPtrArray *
array_of (guint          n,
          GDestroyNotify free_func)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (free_func);

  g_ptr_array_set_size (array, (gint) n);
  return array;
}

gboolean
kip_board_make_all (const KipStudy *study,
                    KipBy           by,
                    gboolean        compare,
                    GCancellable   *cancellable,
                    GPtrArray     **ret_tiles,
                    GPtrArray     **ret_charts)
{
  g_autoptr (GPtrArray) made = array_of (KIP_N_BOARD_TILES, drop_tile);
  g_autoptr (GPtrArray) drawn = array_of (KIP_N_BOARD_CHARTS, drop_chart);
  Work work = { study, by, compare, made->pdata, drawn->pdata };

  kip_figure_book_expect (study->book, by, compare);
  if (!kip_parallel (N_WORKS, 1, do_work, &work, cancellable))
    return FALSE;
  *ret_tiles = g_steal_pointer (&made);
  *ret_charts = g_steal_pointer (&drawn);
  return TRUE;
}

static void
do_tiles (guint    from,
          guint    to,
          gpointer data)
{
  const Work *work = data;

  for (guint i = from; i < to; i++)
    work->tiles[i] = make_tile (work->study, tiles[i], work->by);
}

GPtrArray *
kip_board_tiles (const KipStudy *study,
                 KipBy           by)
{
  GPtrArray *made = array_of (KIP_N_BOARD_TILES, drop_tile);
  Work work = { study, by, FALSE, made->pdata, NULL };

  kip_figure_book_expect (study->book, by, FALSE);
  kip_parallel (KIP_N_BOARD_TILES, 1, do_tiles, &work, NULL);
  return made;
}
