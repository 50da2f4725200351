/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-outlook.h"
#include "kip-cli-study.h"

#include "kip-verdict.h"

#include <glib/gi18n.h>
#include <math.h>

/* ---- groups ---- */

typedef struct
{
  KipStudy  *study;   /* borrowed */
  KipBy      by;
  GPtrArray *figures; /* (owned) a measure each: GArray of KipFigure */
  GArray    *groups;  /* (owned) of KipFigure, borrowing: one a group, for key and span */
} Table;

static const KipFigure *
find_group (const GArray    *figures,
            const KipFigure *group)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);

      if (figure->key == group->key && figure->span.from == group->span.from)
        return figure;
    }
  return NULL;
}

static void
collect_groups (Table        *table,
                const GArray *figures)
{
  for (guint i = 0; i < figures->len; i++)
    if (find_group (table->groups, &g_array_index (figures, KipFigure, i)) == NULL)
      g_array_append_val (table->groups, g_array_index (figures, KipFigure, i));
}

static void
table_init (Table    *table,
            KipStudy *study,
            KipBy     by)
{
  table->study = study;
  table->by = by;
  table->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  table->groups = g_array_new (FALSE, FALSE, sizeof (KipFigure));
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    {
      GArray *figures = kip_measure_compute ((KipMeasure) i, &study->scope, by);

      g_ptr_array_add (table->figures, figures);
      collect_groups (table, figures);
    }
}

static void
table_clear (Table *table)
{
  g_ptr_array_unref (table->figures);
  g_array_unref (table->groups);
}

/* ---- JSON ---- */

static void
json_verdict (JsonBuilder     *builder,
              const Table     *table,
              KipMeasure       measure,
              const KipFigure *figure)
{
  KipVerdict verdict = { 0 };

  if (figure != NULL)
    verdict = kip_study_judge (table->study, measure, table->by, figure);
  json_builder_set_member_name (builder, "target");
  if (verdict.verdict == KIP_GOAL_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "direction", verdict.version->direction == KIP_GOAL_AT_LEAST ? "at-least" : "at-most");
  kip_cli_json_double (builder, "value", verdict.target);
  kip_cli_json_text (builder, "verdict", kip_goal_verdict_key (verdict.verdict));
  kip_cli_json_int (builder, "version", verdict.version->number);
  json_builder_end_object (builder);
}

static void
json_figure (JsonBuilder     *builder,
             const Table     *table,
             KipMeasure       measure,
             const KipFigure *figure)
{
  const KipMeasureInfo *info = kip_measure_info (measure);

  json_builder_set_member_name (builder, info->key);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "value");
  if (figure == NULL || isnan (figure->value))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, figure->value);
  kip_cli_json_int (builder, "n", figure != NULL ? figure->n : 0);
  kip_cli_json_text (builder, "definition", _(info->definition));
  kip_cli_json_text (builder, "query", figure != NULL ? figure->query : NULL);
  kip_cli_json_flag (builder, "exact", figure != NULL && figure->query != NULL && figure->exact);
  json_verdict (builder, table, measure, figure);
  json_builder_end_object (builder);
}

static void
json_group (JsonBuilder     *builder,
            const Table     *table,
            const KipFigure *group)
{
  g_autofree char *name = kip_study_group_name (table->study, table->by, group);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "name", name);
  kip_cli_json_instant (builder, "from", group->span.from);
  kip_cli_json_instant (builder, "to", group->span.to);
  json_builder_set_member_name (builder, "measures");
  json_builder_begin_object (builder);
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    json_figure (builder, table, (KipMeasure) i, find_group (g_ptr_array_index (table->figures, i), group));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
print_json (const Table *table)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const KipScope *scope = &table->study->scope;

  json_builder_begin_object (builder);
  kip_cli_json_instant (builder, "from", scope->range.from);
  kip_cli_json_instant (builder, "to", scope->range.to);
  kip_cli_json_text (builder, "filter", scope->filter);
  kip_cli_json_text (builder, "time", scope->elapsed ? "elapsed" : "working");
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->groups->len; i++)
    json_group (builder, table, &g_array_index (table->groups, KipFigure, i));
  json_builder_end_array (builder);
  if (table->by == KIP_BY_NOTHING)
    kip_cli_json_outlook (builder, table->study);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

/* ---- for people ---- */

static char *
figure_words (KipMeasure       measure,
              const KipFigure *figure)
{
  return kip_chart_format_value (kip_measure_info (measure)->unit, figure != NULL ? figure->value : NAN);
}

static void
print_all (const Table *table)
{
  const KipScope *scope = &table->study->scope;
  g_autofree char *range = kip_range_name (&scope->range, table->study->zone);

  kip_cli_print ("%s · %s\n\n", range, scope->elapsed ? _("elapsed time") : _("working time"));
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    {
      const KipFigure *figure = &g_array_index ((GArray *) g_ptr_array_index (table->figures, i), KipFigure, 0);
      g_autofree char *label = kip_cli_cell (_(kip_measure_info ((KipMeasure) i)->label), 34);
      g_autofree char *value = figure_words ((KipMeasure) i, figure);
      g_autofree char *cell = kip_cli_cell (value, 12);
      KipVerdict verdict = kip_study_judge (table->study, (KipMeasure) i, table->by, figure);
      g_autofree char *target = kip_verdict_words (&verdict, (KipMeasure) i);

      kip_cli_print ("%s %s n = %u%s%s\n", label, cell, figure->n, target != NULL ? " · " : "", target != NULL ? target : "");
    }
  kip_cli_print_outlook (table->study);
}

/* The few that fit beside each other. */
static const KipMeasure shown[] = {
  KIP_MEASURE_RECEIVED, KIP_MEASURE_RESOLVED, KIP_MEASURE_OPEN, KIP_MEASURE_RESPONSE_MEDIAN,
  KIP_MEASURE_FULL_MEDIAN, KIP_MEASURE_SLA_RESPONSE, KIP_MEASURE_SLA_RESOLUTION, KIP_MEASURE_CSAT,
};

/* "87 % ✗": with a mark where there is a target, explained below the table. */
static char *
cell_words (const Table     *table,
            KipMeasure       measure,
            const KipFigure *figure)
{
  g_autofree char *value = figure_words (measure, figure);
  KipVerdict verdict = { 0 };

  if (figure != NULL)
    verdict = kip_study_judge (table->study, measure, table->by, figure);
  if (verdict.verdict != KIP_GOAL_MET && verdict.verdict != KIP_GOAL_MISSED)
    return g_steal_pointer (&value);
  return g_strdup_printf ("%s %s", value, verdict.verdict == KIP_GOAL_MET ? "✓" : "✗");
}

static gboolean
has_targets (const Table *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    for (guint g = 0; g < table->groups->len; g++)
      {
        const KipFigure *figure = find_group (g_ptr_array_index (table->figures, shown[i]), &g_array_index (table->groups, KipFigure, g));

        if (figure != NULL && kip_study_judge (table->study, shown[i], table->by, figure).verdict != KIP_GOAL_NONE)
          return TRUE;
      }
  return FALSE;
}

static void
print_groups (const Table *table)
{
  g_autofree char *corner = kip_cli_cell ("", 28);

  kip_cli_print ("%s", corner);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *head = kip_cli_cell (_(kip_measure_info (shown[i])->label), 17);

      kip_cli_print (" %s", head);
    }
  kip_cli_print ("\n");
  for (guint g = 0; g < table->groups->len; g++)
    {
      const KipFigure *group = &g_array_index (table->groups, KipFigure, g);
      g_autofree char *name = kip_study_group_name (table->study, table->by, group);
      g_autofree char *cell = kip_cli_cell (name, 28);

      kip_cli_print ("%s", cell);
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        {
          g_autofree char *value = cell_words (table, shown[i], find_group (g_ptr_array_index (table->figures, shown[i]), group));
          g_autofree char *column = kip_cli_cell (value, 17);

          kip_cli_print (" %s", column);
        }
      kip_cli_print ("\n");
    }
  if (has_targets (table))
    kip_cli_print ("\n%s\n", _("✓ target met, ✗ target missed"));
}

static void
print_table (KipCli      *cli,
             const Table *table)
{
  if (cli->json)
    print_json (table);
  else if (table->by == KIP_BY_NOTHING)
    print_all (table);
  else
    print_groups (table);
}

/* By day, ten years. */
#define MOST_GROUPS 3660

/* More lines than anybody reads would take hours to count. */
static gboolean
check_groups (KipCli         *cli,
              const KipRange *range,
              KipBy           by)
{
  gint64 days = (range->to - range->from) / KIP_MS_PER_DAY;

  if (by != KIP_BY_DAY || days <= MOST_GROUPS)
    return TRUE;
  kip_cli_fail_text (cli, _("By day that would be more than %d lines. Take fewer days, or week or month."), MOST_GROUPS);
  return FALSE;
}

int
kip_cmd_kpi (KipCli *cli,
             int     argc,
             char  **argv)
{
  KipCliRange range = { NULL, NULL, FALSE };
  g_autofree char *by_text = NULL;
  g_autoptr (KipStudy) study = NULL;
  KipBy by = KIP_BY_NOTHING;
  Table table;
  const GOptionEntry entries[] = {
    KIP_CLI_RANGE_ENTRIES (range),
    { "by", 0, 0, G_OPTION_ARG_STRING, &by_text, N_("day, week, month, agent, team, category or priority"), N_("GROUP") },
    { NULL }
  };

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (by_text != NULL && !kip_by_parse (by_text, &by))
    {
      kip_cli_range_clear (&range);
      return kip_cli_usage (cli);
    }
  study = kip_cli_study (cli, &range, argv + 1);
  kip_cli_range_clear (&range);
  if (study == NULL || !check_groups (cli, &study->scope.range, by))
    return KIP_CLI_FAILED;
  table_init (&table, study, by);
  print_table (cli, &table);
  table_clear (&table);
  return KIP_CLI_OK;
}
