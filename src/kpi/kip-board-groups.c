/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The charts that are not over time. */

#include "kip-board-private.h"

#include "kip-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* ---- open by age and status ---- */

static char *
query_open (const KipStudy *study,
            const GArray   *rows)
{
  char *named = kip_figure_query_rows (study->table, rows);

  if (named != NULL || rows->len == 0)
    return named;
  return *study->filter != '\0' ? g_strdup_printf ("(%s) is:open", study->filter) : g_strdup ("is:open");
}

static void
add_phase (KipChart       *chart,
           const KipStudy *study,
           KipPhase        phase,
           KipMeaning      meaning,
           GArray         *rows[KIP_N_AGES][KIP_PHASE_CLOSED + 1])
{
  const KipChoice *choice = kip_choice_find (kip_schema_phases (), (int) phase);
  KipChartSeries *series = kip_chart_add_series (chart, _(choice->label), meaning, KIP_MARK_STACK);

  for (guint age = 0; age < KIP_N_AGES; age++)
    {
      g_autofree char *query = query_open (study, rows[age][phase]);

      kip_chart_series_add (series, rows[age][phase]->len, rows[age][phase]->len, query);
      if (rows[age][phase]->len > KIP_NAMED_TICKETS)
        kip_chart_series_say_roughly (series);
    }
}

KipChart *
kip_board_ages (const KipStudy *study)
{
  static const char *const names[KIP_N_AGES] = { N_("under 1 day"), N_("1–7 days"), N_("7–30 days"), N_("30–90 days"), N_("over 90 days") };
  static const KipMeaning meanings[] = { 0, KIP_MEANING_ARRIVED, KIP_MEANING_OPEN, KIP_MEANING_WARNING, KIP_MEANING_OTHER };
  KipChart *chart = kip_board_begin (KIP_BOARD_AGES, KIP_CHART_COLUMNS, KIP_UNIT_COUNT);
  GArray *rows[KIP_N_AGES][KIP_PHASE_CLOSED + 1] = { { NULL } };
  guint counts[KIP_N_AGES][KIP_PHASE_CLOSED + 1];
  guint n = 0;

  for (guint age = 0; age < KIP_N_AGES; age++)
    {
      kip_chart_add_category (chart, _(names[age]));
      for (guint phase = KIP_PHASE_NEW; phase <= KIP_PHASE_SCHEDULED; phase++)
        rows[age][phase] = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  kip_open_ages (&study->scope, MIN (study->scope.range.to, study->scope.now), counts, rows);
  for (guint phase = KIP_PHASE_NEW; phase <= KIP_PHASE_SCHEDULED; phase++)
    add_phase (chart, study, (KipPhase) phase, meanings[phase], rows);
  for (guint age = 0; age < KIP_N_AGES; age++)
    for (guint phase = KIP_PHASE_NEW; phase <= KIP_PHASE_SCHEDULED; phase++)
      {
        n += counts[age][phase];
        g_array_unref (rows[age][phase]);
      }
  kip_board_note (chart, n, NULL);
  return chart;
}

/* ---- agents ---- */

static const struct
{
  KipMeasure  measure;
  const char *label; /* NULL: the measure's */
  KipMeaning  meaning;
} columns[KIP_BOARD_AGENT_COLUMNS] = {
  { KIP_MEASURE_RESOLVED, NULL, KIP_MEANING_KEPT },
  { KIP_MEASURE_TOUCHED, NULL, KIP_MEANING_ARRIVED },
  { KIP_MEASURE_OPEN, NULL, KIP_MEANING_OPEN },
  { KIP_MEASURE_SLA_RESOLUTION, N_("Broken"), KIP_MEANING_BROKEN },
  { KIP_MEASURE_REOPENED, NULL, KIP_MEANING_WARNING },
  { KIP_MEASURE_CSAT, NULL, KIP_MEANING_GOOD },
  { KIP_MEASURE_PAUSED, NULL, KIP_MEANING_OTHER },
};

static const KipFigure *
find_figure (const GArray *figures,
             KipId         key)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_array_index (figures, KipFigure, i).key == key)
      return &g_array_index (figures, KipFigure, i);
  return NULL;
}

/* The agents in order of what they resolved, then those who only have or did something. */
static void
collect_keys (GArray       *keys,
              const GArray *figures)
{
  for (guint i = 0; i < figures->len; i++)
    {
      KipId key = g_array_index (figures, KipFigure, i).key;
      guint j = 0;

      while (j < keys->len && g_array_index (keys, KipId, j) != key)
        j++;
      if (j == keys->len && key != KIP_ID_NONE && g_array_index (figures, KipFigure, i).n > 0)
        g_array_append_val (keys, key);
    }
}

/* An agent's own target, where there is one. */
static void
judge_agent (KipChartSeries  *series,
             const KipStudy  *study,
             KipMeasure       measure,
             const KipFigure *figure)
{
  KipVerdict verdict = kip_study_judge (study, measure, KIP_BY_AGENT, figure);

  if (verdict.verdict == KIP_GOAL_MET || verdict.verdict == KIP_GOAL_MISSED)
    kip_chart_series_judge (series, series->points->len - 1, verdict.verdict == KIP_GOAL_MET ? KIP_CHART_MET : KIP_CHART_MISSED);
}

static void
add_column (KipChart       *chart,
            const KipStudy *study,
            guint           column,
            const GArray   *keys,
            const GArray   *figures)
{
  const KipMeasureInfo *info = kip_measure_info (columns[column].measure);
  gboolean broken = columns[column].measure == KIP_MEASURE_SLA_RESOLUTION;
  KipChartSeries *series = kip_chart_add_series (chart, broken ? _(columns[column].label) : _(info->label),
                                                 columns[column].meaning, KIP_MARK_STACK);

  series->unit = broken ? KIP_UNIT_COUNT : info->unit;
  for (guint i = 0; i < keys->len; i++)
    {
      const KipFigure *figure = find_figure (figures, g_array_index (keys, KipId, i));

      if (figure == NULL)
        kip_chart_series_add (series, series->unit == KIP_UNIT_COUNT ? 0 : NAN, 0, NULL);
      else if (broken)
        kip_chart_series_add (series, figure->n - figure->hits, figure->n, figure->miss_query);
      else
        kip_chart_series_add (series, figure->value, figure->n, figure->query);
      if (figure != NULL && !(broken ? figure->miss_exact : figure->exact)
          && (broken ? figure->miss_query : figure->query) != NULL)
        kip_chart_series_say_roughly (series);
      if (figure != NULL)
        judge_agent (series, study, columns[column].measure, figure);
    }
}

void
kip_board_agents_prepare (const KipStudy *study,
                          guint           column)
{
  g_array_unref (kip_figure_book_get (study->book, &study->scope, columns[column].measure, KIP_BY_AGENT, FALSE));
}

KipChart *
kip_board_agents (const KipStudy *study)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_AGENTS, KIP_CHART_BARS, KIP_UNIT_COUNT);
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_ptr_array_add (figures, kip_figure_book_get (study->book, &study->scope, columns[i].measure, KIP_BY_AGENT, FALSE));
      collect_keys (keys, g_ptr_array_index (figures, i));
    }
  for (guint i = 0; i < keys->len; i++)
    {
      KipFigure named = { .key = g_array_index (keys, KipId, i) };
      g_autofree char *name = kip_study_group_name (study, KIP_BY_AGENT, &named);

      kip_chart_add_category (chart, name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (chart, study, i, keys, g_ptr_array_index (figures, i));
  kip_board_note (chart, kip_board_sum_n (g_ptr_array_index (figures, 0)), NULL);
  return chart;
}

/* ---- categories ---- */

#define MOST_BARS 9 /* and one for the others */

/* What was received in other categories than the first ones of @figures.  (transfer full) of guint */
static GArray *
rows_of_others (const KipStudy *study,
                const GArray   *figures)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *rows = kip_scope_received (&study->scope), *others = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < MIN (figures->len, MOST_BARS); i++)
    g_hash_table_add (shown, &g_array_index (figures, KipFigure, i).key);
  for (guint i = 0; i < rows->len; i++)
    if (!g_hash_table_contains (shown, &study->table->category[g_array_index (rows, guint, i)]))
      g_array_append_val (others, g_array_index (rows, guint, i));
  g_array_unref (rows);
  return others;
}

/* One bar for what has none of its own. */
static void
add_others (KipChart       *chart,
            KipChartSeries *series,
            const KipStudy *study,
            const GArray   *rows,
            const char     *otherwise,
            gboolean        exact)
{
  kip_chart_add_category (chart, _("All others"));
  kip_board_add_rows (series, study, rows, otherwise, exact);
}

KipChart *
kip_board_categories (const KipStudy *study)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_CATEGORIES, KIP_CHART_BARS, KIP_UNIT_COUNT);
  g_autoptr (GArray) figures = kip_measure_compute (KIP_MEASURE_RECEIVED, &study->scope, KIP_BY_CATEGORY);
  KipChartSeries *series = kip_chart_add_series (chart, _("Received"), KIP_MEANING_ARRIVED, KIP_MARK_STACK);
  guint all = 0;

  chart->cumulative = TRUE;
  for (guint i = 0; i < figures->len; i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);
      g_autofree char *name = kip_study_group_name (study, KIP_BY_CATEGORY, figure);

      all += figure->n;
      if (i >= MOST_BARS)
        continue;
      kip_chart_add_category (chart, name);
      kip_chart_series_add (series, figure->n, figure->n, figure->query);
      if (figure->query != NULL && !figure->exact)
        kip_chart_series_say_roughly (series);
    }
  if (figures->len > MOST_BARS)
    {
      g_autoptr (GArray) others = rows_of_others (study, figures);
      gboolean exact;
      g_autofree char *otherwise = kip_board_query_others (study, figures, MOST_BARS, &exact);

      add_others (chart, series, study, others, otherwise, exact);
    }
  kip_board_note (chart, all, NULL);
  return chart;
}

/* ---- hours ---- */

/* Minutes since the beginning of a local week on Monday. */
static gint64
minute_of_week (KipInstant at,
                GTimeZone *zone)
{
  gint64 second = at / KIP_MS_PER_SECOND;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);
  gint64 local = second + (interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0);
  gint64 minute = (local / 60 + 3 * 24 * 60) % (7 * 24 * 60); /* 1 January 1970 was a Thursday */

  return minute >= 0 ? minute : minute + 7 * 24 * 60;
}

KipChart *
kip_board_hours (const KipStudy *study)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_HOURS, KIP_CHART_HEAT, KIP_UNIT_COUNT);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) received = kip_scope_received (&study->scope);

  for (guint i = 0; i < 7 * 24; i++)
    g_ptr_array_add (cells, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < received->len; i++)
    {
      guint row = g_array_index (received, guint, i);

      g_array_append_val ((GArray *) g_ptr_array_index (cells, minute_of_week (study->table->received[row], study->zone) / 60), row);
    }
  for (guint hour = 0; hour < 24; hour++)
    {
      g_autofree char *name = g_strdup_printf ("%u", hour);

      kip_chart_add_category (chart, name);
    }
  for (guint day = 0; day < 7; day++)
    {
      KipChartSeries *series = kip_chart_add_series (chart, kip_format_weekday_short ((int) day + 1), KIP_MEANING_KEPT, KIP_MARK_STACK);

      for (guint hour = 0; hour < 24; hour++)
        {
          GArray *rows = g_ptr_array_index (cells, day * 24 + hour);
          gboolean exact = TRUE;
          g_autofree char *otherwise = rows->len > KIP_NAMED_TICKETS ? kip_board_query_hour (study, day, hour, &exact) : NULL;

          kip_board_add_rows (series, study, rows, otherwise, exact);
        }
    }
  kip_board_note (chart, received->len, NULL);
  return chart;
}

/* ---- causes of broken promises ---- */

/* NULL: it is still open. */
static const char *
cause_of (const KipFactTable *table,
          guint               row,
          const char         *no_cause)
{
  guint end = KIP_FACT_END (table, resolutions, first_resolution, row);

  if (end == table->first_resolution[row] || g_array_index (table->resolutions, KipFactResolution, end - 1).reopened != KIP_INSTANT_NONE)
    return NULL;
  return table->cause[row] != NULL ? table->cause[row] : no_cause;
}

typedef struct
{
  const char *name;
  GArray     *rows; /* borrowed */
} Cause;

static int
compare_causes (gconstpointer a,
                gconstpointer b)
{
  const Cause *x = a, *y = b;

  if (x->rows->len != y->rows->len)
    return x->rows->len > y->rows->len ? -1 : 1;
  return g_strcmp0 (x->name, y->name);
}

static GHashTable *
group_causes (const KipStudy *study,
              guint          *n)
{
  const KipFactTable *table = study->table;
  GHashTable *by_cause = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GArray) broken = kip_scope_broken (&study->scope);
  const char *open = _("Still open"), *no_cause = _("No cause given");

  for (guint i = 0; i < broken->len; i++)
    {
      guint row = g_array_index (broken, guint, i);
      const char *cause;
      GArray *rows;

      cause = cause_of (table, row, no_cause);
      cause = cause != NULL ? cause : open;
      rows = g_hash_table_lookup (by_cause, cause);
      if (rows == NULL)
        {
          rows = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_cause, g_strdup (cause), rows);
        }
      g_array_append_val (rows, row);
    }
  *n = broken->len;
  return by_cause;
}

static void
append_rows (GArray       *to,
             const GArray *rows)
{
  g_array_append_vals (to, rows->data, rows->len);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

static char *
query_cause (const KipStudy *study,
             const char     *name)
{
  if (strcmp (name, _("Still open")) == 0)
    return kip_board_query_broken (study, " is:open");
  if (strcmp (name, _("No cause given")) == 0)
    return kip_board_query_broken (study, " cause:none");
  return kip_board_query_cause (study, name);
}

KipChart *
kip_board_causes (const KipStudy *study)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_CAUSES, KIP_CHART_BARS, KIP_UNIT_COUNT);
  KipChartSeries *series = kip_chart_add_series (chart, _("Tickets"), KIP_MEANING_BROKEN, KIP_MARK_STACK);
  guint n;
  g_autoptr (GHashTable) by_cause = group_causes (study, &n);
  g_autoptr (GArray) causes = g_array_new (FALSE, FALSE, sizeof (Cause));
  GHashTableIter iter;
  Cause cause;

  g_hash_table_iter_init (&iter, by_cause);
  while (g_hash_table_iter_next (&iter, (gpointer *) &cause.name, (gpointer *) &cause.rows))
    g_array_append_val (causes, cause);
  g_array_sort (causes, compare_causes);
  for (guint i = 0; i < MIN (causes->len, MOST_BARS); i++)
    {
      const Cause *each = &g_array_index (causes, Cause, i);

      g_autofree char *otherwise = query_cause (study, each->name);

      kip_chart_add_category (chart, each->name);
      kip_board_add_rows (series, study, each->rows, otherwise, FALSE);
    }
  if (causes->len > MOST_BARS)
    {
      g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *otherwise = kip_board_query_broken (study, "");

      for (guint i = MOST_BARS; i < causes->len; i++)
        append_rows (others, g_array_index (causes, Cause, i).rows);
      g_array_sort (others, compare_rows);
      add_others (chart, series, study, others, otherwise, FALSE);
    }
  g_free (chart->empty);
  chart->empty = g_strdup (_("No promise was broken in this range."));
  kip_board_note (chart, n, NULL);
  return chart;
}
