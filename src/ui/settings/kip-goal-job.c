/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-goal-job.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-store-each.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KipGoalQuestion question;
  KipFactTable   *table; /* (owned) (nullable) */
} Job;

static void
job_free (gpointer data)
{
  g_clear_pointer (&((Job *) data)->table, kip_fact_table_unref);
  g_free (data);
}

static void
past_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Job *job = data;
  const KipGoalQuestion *question = &job->question;
  g_autoptr (KipStudy) study = NULL;
  g_autoptr (GTimeZone) zone = kip_office_zone (source);
  KipRange today = kip_range_last_days (1, kip_clock_now (), zone);
  GError *error = NULL;

  if (job->table == NULL)
    job->table = kip_facts_load (source, cancellable, &error);
  if (job->table != NULL)
    study = kip_study_new (source, job->table, NULL, NULL, &today, question->elapsed, kip_clock_now (), cancellable, &error);
  if (study == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task,
                         kip_goal_past (study, question->measure, question->team, question->agent, question->period,
                                        question->elapsed, KIP_GOAL_PAST),
                         (GDestroyNotify) g_array_unref);
}

void
kip_goal_past_async (KipStore              *store,
                     const KipGoalQuestion *question,
                     KipFactTable          *table,
                     GCancellable          *cancellable,
                     GAsyncReadyCallback    callback,
                     gpointer               data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->question = *question;
  job->table = table != NULL ? kip_fact_table_ref (table) : NULL;
  g_task_set_source_tag (task, kip_goal_past_async);
  g_task_set_task_data (task, job, job_free);
  kip_store_run (store, task, past_thread);
}

GArray *
kip_goal_past_finish (GAsyncResult  *result,
                      KipFactTable **table,
                      GError       **error)
{
  GArray *past = g_task_propagate_pointer (G_TASK (result), error);
  Job *job = g_task_get_task_data (G_TASK (result));

  if (past != NULL)
    *table = kip_fact_table_ref (job->table);
  return past;
}

/* ---- as a chart ---- */

static KipChartVerdict
mark_of (const KipGoalVersion *version,
         double                value)
{
  switch (kip_goal_judge (version->direction, kip_goal_amount_to_value (version->amount), value))
    {
    case KIP_GOAL_MET:
      return KIP_CHART_MET;
    case KIP_GOAL_MISSED:
      return KIP_CHART_MISSED;
    case KIP_GOAL_NONE:
    case KIP_GOAL_UNKNOWN:
    default:
      return KIP_CHART_NO_TARGET;
    }
}

static void
add_line (KipChart             *chart,
          KipChartSeries       *series,
          KipMeasure            measure,
          const KipGoalVersion *version)
{
  double target = kip_goal_amount_to_value (version->amount);
  g_autofree char *words = kip_goal_words (measure, version->direction, target);
  g_autofree char *label = g_strdup_printf (_("Target %s"), words);
  KipChartSeries *line = kip_chart_add_series (chart, label, KIP_MEANING_OTHER, KIP_MARK_TARGET);

  for (guint i = 0; i < series->points->len; i++)
    {
      kip_chart_series_judge (series, i, mark_of (version, g_array_index (series->points, KipChartPoint, i).value));
      kip_chart_series_add (line, target, 0, NULL);
    }
}

KipChart *
kip_goal_past_chart (const GArray         *past,
                     KipMeasure            measure,
                     GTimeZone            *zone,
                     const KipGoalVersion *version)
{
  const KipMeasureInfo *info = kip_measure_info (measure);
  KipChart *chart = kip_chart_new (KIP_CHART_COLUMNS, info->unit, _(info->label));
  KipChartSeries *series = kip_chart_add_series (chart, _(info->label), KIP_MEANING_KEPT, KIP_MARK_LINE);

  chart->empty = g_strdup (_("Nothing to measure in the past."));
  for (guint i = 0; i < past->len; i++)
    {
      const KipFigure *figure = &g_array_index (past, KipFigure, i);
      g_autofree char *name = kip_format_date (figure->span.from, zone);

      kip_chart_add_category (chart, name);
      kip_chart_series_add (series, figure->value, figure->n, figure->query);
    }
  if (version != NULL && past->len > 0)
    add_line (chart, series, measure, version);
  return chart;
}
