/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Targets for measures: what, how much, whose, from when until when. */

#include "kip-cli-study.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-goal-commands.h"
#include "kip-query-time.h"
#include "kip-verdict.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What the options ask; texts are owned. */
typedef struct
{
  gboolean at_least, at_most, elapsed, preview, all;
  char *team, *agent, *period, *from, *until, *why;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_free (asked->team);
  g_free (asked->agent);
  g_free (asked->period);
  g_free (asked->from);
  g_free (asked->until);
  g_free (asked->why);
}

/* ---- listing ---- */

static const char *
period_key (KipGoalPeriod period)
{
  return period == KIP_GOAL_WEEK ? "week" : "month";
}

/* "2026-10-01", the last day itself for an end. */
static char *
day_text (KipInstant at,
          GTimeZone *zone,
          gboolean   is_end)
{
  g_autoptr (GDateTime) local = NULL;

  if (at == KIP_INSTANT_NONE)
    return g_strdup ("");
  local = kip_instant_to_local (is_end ? at - 1 : at, zone);
  return g_date_time_format (local, "%Y-%m-%d");
}

static void
json_version (JsonBuilder          *builder,
              GTimeZone            *zone,
              const KipGoalVersion *version)
{
  g_autofree char *from = day_text (version->from, zone, FALSE);
  g_autofree char *until = day_text (version->until, zone, TRUE);

  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "version", version->number);
  kip_cli_json_instant (builder, "published", version->published);
  kip_cli_json_text (builder, "direction", version->direction == KIP_GOAL_AT_LEAST ? "at-least" : "at-most");
  kip_cli_json_double (builder, "value", kip_goal_amount_to_value (version->amount));
  kip_cli_json_text (builder, "period", period_key (version->period));
  kip_cli_json_text (builder, "time", version->elapsed ? "elapsed" : "working");
  kip_cli_json_text (builder, "from", *from != '\0' ? from : NULL);
  kip_cli_json_text (builder, "until", *until != '\0' ? until : NULL);
  kip_cli_json_text (builder, "why", version->why);
  json_builder_end_object (builder);
}

static void
json_goal (JsonBuilder   *builder,
           KipOffice     *office,
           GTimeZone     *zone,
           const KipGoal *goal,
           gboolean       in_force)
{
  g_autofree char *whose = kip_goal_whose (office, goal->team, goal->agent);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "measure", goal->measure);
  kip_cli_json_text (builder, "whose", whose);
  kip_cli_json_flag (builder, "in_force", in_force);
  json_builder_set_member_name (builder, "versions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < goal->versions->len; i++)
    json_version (builder, zone, &g_array_index (goal->versions, KipGoalVersion, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_goal (KipOffice            *office,
            GTimeZone            *zone,
            const KipGoal        *goal,
            const KipGoalVersion *version)
{
  g_autofree char *whose = kip_goal_whose (office, goal->team, goal->agent);
  g_autofree char *measure_cell = kip_cli_cell (goal->measure, 24);
  g_autofree char *whose_cell = kip_cli_cell (whose, 20);
  g_autofree char *from = day_text (version->from, zone, FALSE);
  g_autofree char *until = day_text (version->until, zone, TRUE);
  g_autofree char *amount = NULL;
  g_autofree char *amount_cell = NULL;
  KipMeasure measure;

  amount = kip_measure_find (goal->measure, &measure)
             ? kip_goal_words (measure, version->direction, kip_goal_amount_to_value (version->amount))
             : g_strdup ("?");
  amount_cell = kip_cli_cell (amount, 18);
  kip_cli_print ("%s %s %s %s  %s … %s  %s\n", measure_cell, whose_cell, amount_cell, period_key (version->period), from, until,
                 version->why != NULL ? version->why : "");
}

static int
list (KipCli      *cli,
      const Asked *asked)
{
  KipOffice *office = kip_store_get_office (cli->store);
  GPtrArray *goals = kip_office_get_goals (office);
  g_autoptr (GTimeZone) zone = kip_cli_zone (cli);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < goals->len; i++)
    {
      const KipGoal *goal = g_ptr_array_index (goals, i);
      const KipGoalVersion *current = kip_goal_at (goal, kip_clock_now ());
      const KipGoalVersion *version = current != NULL ? current : kip_goal_newest (goal);

      if (goal->deleted || version == NULL || (current == NULL && !asked->all))
        continue;
      if (cli->json)
        json_goal (builder, office, zone, goal, current != NULL);
      else
        print_goal (office, zone, goal, version);
    }
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

/* ---- which ---- */

static gboolean
find_measure (KipCli     *cli,
              const char *key,
              KipMeasure *measure)
{
  if (!kip_measure_find (key, measure))
    {
      kip_cli_fail_text (cli, _("There is no measure “%s”. “kipctl target measures” lists them."), key);
      return FALSE;
    }
  if (!kip_measure_can_have_goal (*measure))
    {
      kip_cli_fail_text (cli, _("“%s” is neither better high nor low, so it can have no target."), _(kip_measure_info (*measure)->label));
      return FALSE;
    }
  return TRUE;
}

static int
list_measures (KipCli *cli)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    {
      const KipMeasureInfo *info = kip_measure_info ((KipMeasure) i);
      g_autofree char *cell = kip_cli_cell (info->key, 26);

      if (!kip_measure_can_have_goal ((KipMeasure) i))
        continue;
      if (cli->json)
        json_builder_add_string_value (builder, info->key);
      else
        kip_cli_print ("%s %s\n", cell, _(info->label));
    }
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

static gboolean
find_people (KipCli      *cli,
             const Asked *asked,
             KipId       *team,
             KipId       *agent)
{
  g_autoptr (GError) error = NULL;

  *team = *agent = KIP_ID_NONE;
  if (asked->team != NULL && asked->agent != NULL)
    {
      kip_cli_fail_text (cli, _("A target is of a team or of an agent, not of both."));
      return FALSE;
    }
  if (asked->team != NULL)
    *team = kip_cli_find (cli, KIP_KIND_TEAM, asked->team, &error);
  if (asked->agent != NULL)
    *agent = kip_cli_find (cli, KIP_KIND_PERSON, asked->agent, &error);
  if (error == NULL)
    return TRUE;
  kip_cli_fail (cli, error);
  return FALSE;
}

/* ---- setting ---- */

static gboolean
read_day (KipCli     *cli,
          const char *text,
          gboolean    is_end,
          GTimeZone  *zone,
          KipInstant *at)
{
  KipInstant from, to;

  if (!kip_query_resolve_time (text, KIP_QUERY_PAST, kip_clock_now (), zone, &from, &to))
    {
      kip_cli_fail_text (cli, _("“%s” is no day. Write 2026-10-01, 2026-10, last-month or 30d."), text);
      return FALSE;
    }
  *at = is_end ? kip_range_last_days (1, to - 1, zone).to : kip_day_start (from, zone);
  return TRUE;
}

static gboolean
read_period (KipCli         *cli,
             const Asked    *asked,
             KipGoalVersion *version)
{
  version->period = KIP_GOAL_MONTH;
  if (asked->period == NULL || strcmp (asked->period, "month") == 0)
    return TRUE;
  if (strcmp (asked->period, "week") != 0)
    {
      kip_cli_fail_text (cli, _("“%s” is no period. Write week or month."), asked->period);
      return FALSE;
    }
  version->period = KIP_GOAL_WEEK;
  return TRUE;
}

static gboolean
read_version (KipCli         *cli,
              const Asked    *asked,
              KipMeasure      measure,
              const char     *amount,
              KipGoalVersion *version)
{
  g_autoptr (GTimeZone) zone = kip_cli_zone (cli);
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = NULL;

  if (!kip_goal_amount_parse (measure, amount, &version->amount, &error))
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  version->direction = kip_measure_info (measure)->better > 0 ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST;
  if (asked->at_least || asked->at_most)
    version->direction = asked->at_least ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST;
  version->from = kip_day_start (kip_clock_now (), zone);
  version->until = KIP_INSTANT_NONE;
  version->elapsed = asked->elapsed;
  version->why = asked->why;
  if (!read_period (cli, asked, version)
      || (asked->from != NULL && !read_day (cli, asked->from, FALSE, zone, &version->from))
      || (asked->until != NULL && !read_day (cli, asked->until, TRUE, zone, &version->until)))
    return FALSE;
  wrong = kip_goal_version_check (version);
  if (wrong != NULL)
    kip_cli_fail_text (cli, "%s", wrong);
  return wrong == NULL;
}

static void
json_past (JsonBuilder  *builder,
           const GArray *past,
           guint         measured,
           guint         met)
{
  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "measured", measured);
  kip_cli_json_int (builder, "met", met);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < past->len; i++)
    {
      double value = g_array_index (past, KipFigure, i).value;

      if (isnan (value))
        json_builder_add_null_value (builder);
      else
        json_builder_add_double_value (builder, value);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* What share of the past would have met it. */
static int
say_past (KipCli               *cli,
          KipMeasure            measure,
          KipId                 team,
          KipId                 agent,
          const KipGoalVersion *version)
{
  KipCliRange range = { NULL, NULL, version->elapsed };
  char *no_words[] = { NULL };
  g_autoptr (KipStudy) study = kip_cli_study (cli, &range, no_words);
  g_autoptr (GArray) past = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *words = NULL;
  guint measured, met;

  if (study == NULL)
    return KIP_CLI_FAILED;
  past = kip_goal_past (study, measure, team, agent, version->period, version->elapsed, KIP_GOAL_PAST);
  kip_goal_count_met (past, version->direction, version->amount, &measured, &met);
  json_past (builder, past, measured, met);
  words = kip_goal_past_words (version->period, measured, met);
  if (cli->json)
    kip_cli_print_json (builder);
  else
    kip_cli_print ("%s\n", words);
  return KIP_CLI_OK;
}

static int
set (KipCli      *cli,
     const Asked *asked,
     const char  *key,
     const char  *amount)
{
  KipGoalVersion version = { 0 };
  g_autoptr (GError) error = NULL;
  KipMeasure measure;
  KipId team, agent;

  if (!find_measure (cli, key, &measure) || !find_people (cli, asked, &team, &agent)
      || !read_version (cli, asked, measure, amount, &version))
    return KIP_CLI_FAILED;
  if (!asked->preview
      && !kip_store_append (cli->store, kip_command_set_goal (cli->store, key, team, agent, &version), NULL, &error))
    return kip_cli_fail (cli, error);
  return say_past (cli, measure, team, agent, &version);
}

static int
put_away (KipCli      *cli,
          const Asked *asked,
          const char  *key)
{
  const KipGoal *goal;
  KipId team, agent;

  if (!find_people (cli, asked, &team, &agent))
    return KIP_CLI_FAILED;
  goal = kip_goal_of (kip_store_get_office (cli->store), key, team, agent);
  if (goal == NULL)
    return kip_cli_fail_text (cli, _("There is no such target. “kipctl target list --all” lists them."));
  return kip_cli_do (cli, kip_command_archive (cli->store, KIP_KIND_GOAL, goal->id, TRUE));
}

static int
run (KipCli      *cli,
     const Asked *asked,
     int          argc,
     char       **argv)
{
  const char *verb = argc > 1 ? argv[1] : "list";

  if (strcmp (verb, "measures") == 0 && argc == 2)
    return list_measures (cli);
  if (strcmp (verb, "list") == 0 && argc <= 2)
    return kip_cli_open (cli) ? list (cli, asked) : KIP_CLI_FAILED;
  if (strcmp (verb, "set") == 0 && argc == 4)
    return kip_cli_open (cli) ? set (cli, asked, argv[2], argv[3]) : KIP_CLI_FAILED;
  if (strcmp (verb, "remove") == 0 && argc == 3)
    return kip_cli_open (cli) ? put_away (cli, asked, argv[2]) : KIP_CLI_FAILED;
  return kip_cli_usage (cli);
}

int
kip_cmd_target (KipCli *cli,
                int     argc,
                char  **argv)
{
  Asked asked = { 0 };
  int status = KIP_CLI_USAGE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &asked.all, N_("List targets that are not in force, too"), NULL },
    { "team", 0, 0, G_OPTION_ARG_STRING, &asked.team, N_("The target is of this team"), N_("TEAM") },
    { "agent", 0, 0, G_OPTION_ARG_STRING, &asked.agent, N_("The target is of this agent"), N_("NAME") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &asked.period, N_("week or month: over what it is judged"), N_("PERIOD") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &asked.from, N_("First day that it is in force (today)"), N_("DAY") },
    { "until", 0, 0, G_OPTION_ARG_STRING, &asked.until, N_("Last day that it is in force"), N_("DAY") },
    { "why", 0, 0, G_OPTION_ARG_STRING, &asked.why, N_("What it is good for"), N_("TEXT") },
    { "at-least", 0, 0, G_OPTION_ARG_NONE, &asked.at_least, N_("The figure is to be this or more"), NULL },
    { "at-most", 0, 0, G_OPTION_ARG_NONE, &asked.at_most, N_("The figure is to be this or less"), NULL },
    { "elapsed", 0, 0, G_OPTION_ARG_NONE, &asked.elapsed, N_("Durations by the clock on the wall, not in working time"), NULL },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &asked.preview, N_("Only say what share of the past would have met it"), NULL },
    { NULL }
  };

  if (kip_cli_parse (cli, entries, &argc, &argv))
    status = run (cli, &asked, argc, argv);
  asked_clear (&asked);
  return status;
}
