/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reviews: the figures of a period kept as they were, what was agreed, who does what. */

#include "kip-cli-study.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-review-commands.h"
#include "kip-review-figures.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  KipCliRange range;
  char  *month, *team, *agent, *agreed; /* (owned) (nullable) */
  char **actions;                       /* (owned) (nullable) "WHO,DAY,WHAT" */
} Asked;

static void
asked_clear (Asked *asked)
{
  kip_cli_range_clear (&asked->range);
  g_free (asked->month);
  g_free (asked->team);
  g_free (asked->agent);
  g_free (asked->agreed);
  g_strfreev (asked->actions);
}

/* ---- which ---- */

/* "A57": the machine it was written down at, and a number. */
static char *
review_key (const KipReview *review)
{
  g_autofree char *letters = kip_id_device_letters (KIP_ID_DEVICE (review->id));

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT, letters, KIP_ID_COUNTER (review->id));
}

static const KipReview *
find_review (KipCli     *cli,
             const char *text)
{
  KipOffice *office = kip_store_get_office (cli->store);
  GPtrArray *reviews = kip_office_get_reviews (office);

  for (guint i = 0; i < reviews->len; i++)
    {
      const KipReview *review = g_ptr_array_index (reviews, i);
      g_autofree char *key = review_key (review);

      if (g_ascii_strcasecmp (key, text) == 0 && kip_review_may_see (office, kip_store_get_me (cli->store), review))
        return review;
    }
  kip_cli_fail_text (cli, _("There is no review “%s” that you may see. “kipctl review list” lists them."), text);
  return NULL;
}

/* ---- figures ---- */

static void
json_figure_now (JsonBuilder           *builder,
                 const KipReviewFigure *now)
{
  json_builder_set_member_name (builder, "now");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "value");
  if (now->known)
    json_builder_add_double_value (builder, kip_goal_amount_to_value (now->amount));
  else
    json_builder_add_null_value (builder);
  kip_cli_json_int (builder, "n", now->n);
  json_builder_end_object (builder);
}

static void
json_target (JsonBuilder           *builder,
             const KipReviewFigure *figure)
{
  kip_cli_json_text (builder, "verdict", kip_goal_verdict_key (figure->verdict));
  if (figure->verdict == KIP_GOAL_NONE)
    return;
  kip_cli_json_text (builder, "direction", figure->direction == KIP_GOAL_AT_LEAST ? "at-least" : "at-most");
  kip_cli_json_double (builder, "target", kip_goal_amount_to_value (figure->target));
  kip_cli_json_int (builder, "target_version", figure->version);
}

static void
json_figure (JsonBuilder           *builder,
             const KipReviewFigure *figure,
             const KipReviewFigure *now) /* (nullable) the same */
{
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "measure", figure->measure);
  json_builder_set_member_name (builder, "value");
  if (figure->known)
    json_builder_add_double_value (builder, kip_goal_amount_to_value (figure->amount));
  else
    json_builder_add_null_value (builder);
  kip_cli_json_int (builder, "n", figure->n);
  kip_cli_json_int (builder, "definition", figure->definition);
  json_target (builder, figure);
  if (now != NULL)
    json_figure_now (builder, now);
  json_builder_end_object (builder);
}

static void
print_figure (const KipReviewFigure *figure,
              const KipReviewFigure *now)
{
  g_autofree char *label = kip_review_figure_label (figure);
  g_autofree char *value = kip_review_figure_value (figure);
  g_autofree char *target = kip_review_figure_target (figure);
  g_autofree char *label_cell = kip_cli_cell (label, 34);
  g_autofree char *value_cell = kip_cli_cell (value, 12);
  g_autofree char *today = now != NULL ? kip_review_figure_value (now) : NULL;

  kip_cli_print ("%s %s n = %u", label_cell, value_cell, figure->n);
  if (target != NULL)
    kip_cli_print (" · %s", target);
  if (today != NULL)
    /* Translators: a figure that came out differently later: "today 2 h (n = 14)". */
    kip_cli_print (_(" · today %s (n = %u)"), today, now->n);
  kip_cli_print ("\n");
}

/* The same figures as they come out today. */
static GArray *
figures_today (KipCli          *cli,
               const KipReview *review)
{
  KipCliRange range = { NULL, NULL, review->elapsed };
  char *no_words[] = { NULL };
  g_autoptr (KipStudy) study = kip_cli_study (cli, &range, no_words);

  if (study == NULL)
    return NULL;
  study->scope.range = (KipRange) { review->from, review->to };
  return kip_review_figures (study, review->team, review->agent);
}

static const KipReviewFigure *
changed_figure (const GArray          *today,
                const KipReviewFigure *figure)
{
  for (guint i = 0; i < today->len; i++)
    {
      const KipReviewFigure *now = &g_array_index (today, KipReviewFigure, i);

      if (strcmp (now->measure, figure->measure) == 0)
        return kip_review_figure_same (now, figure) ? NULL : now;
    }
  return NULL;
}

/* ---- showing ---- */

static void
json_head (KipCli          *cli,
           JsonBuilder     *builder,
           const KipReview *review)
{
  g_autofree char *key = review_key (review);
  g_autofree char *whose = kip_goal_whose (kip_store_get_office (cli->store), review->team, review->agent);

  kip_cli_json_text (builder, "review", key);
  kip_cli_json_instant (builder, "from", review->from);
  kip_cli_json_instant (builder, "to", review->to);
  kip_cli_json_instant (builder, "held", review->held);
  kip_cli_json_text (builder, "whose", whose);
  kip_cli_json_text (builder, "time", review->elapsed ? "elapsed" : "working");
  kip_cli_json_text (builder, "agreed", review->agreed);
}

static void
json_actions (KipCli          *cli,
              JsonBuilder     *builder,
              const KipReview *review)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (cli->store, (const KipId *) (gconstpointer) review->actions->data,
                                               review->actions->len, NULL);

  json_builder_set_member_name (builder, "actions");
  json_builder_begin_array (builder);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      {
        json_builder_begin_object (builder);
        kip_cli_json_row (cli, builder, g_ptr_array_index (rows, i));
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

static void
print_actions (KipCli          *cli,
               const KipReview *review)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (cli->store, (const KipId *) (gconstpointer) review->actions->data,
                                               review->actions->len, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (rows, i);
      g_autofree char *number = row != NULL ? kip_ticket_number_format (row->number) : NULL;

      if (row != NULL)
        kip_cli_print ("%s  %s\n", number, row->subject);
    }
}

static void
print_review (KipCli          *cli,
              const KipReview *review,
              const GArray    *today)
{
  g_autoptr (GTimeZone) zone = kip_cli_zone (cli);
  g_autofree char *title = kip_review_title (review, kip_store_get_office (cli->store), zone);
  g_autofree char *held = kip_cli_time (cli, review->held);

  kip_cli_print ("%s\n%s\n\n", title, held);
  for (guint i = 0; i < review->figures->len; i++)
    {
      const KipReviewFigure *figure = &g_array_index (review->figures, KipReviewFigure, i);

      print_figure (figure, changed_figure (today, figure));
    }
  if (review->agreed != NULL)
    kip_cli_print ("\n%s\n", review->agreed);
  if (review->actions->len > 0)
    kip_cli_print ("\n");
  print_actions (cli, review);
}

static int
show (KipCli     *cli,
      const char *text)
{
  const KipReview *review = find_review (cli, text);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) today = NULL;

  if (review == NULL || (today = figures_today (cli, review)) == NULL)
    return KIP_CLI_FAILED;
  if (!cli->json)
    {
      print_review (cli, review, today);
      return KIP_CLI_OK;
    }
  json_builder_begin_object (builder);
  json_head (cli, builder, review);
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < review->figures->len; i++)
    {
      const KipReviewFigure *figure = &g_array_index (review->figures, KipReviewFigure, i);

      json_figure (builder, figure, changed_figure (today, figure));
    }
  json_builder_end_array (builder);
  json_actions (cli, builder, review);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

static void
list_one (KipCli          *cli,
          JsonBuilder     *builder,
          const KipReview *review)
{
  g_autoptr (GTimeZone) zone = kip_cli_zone (cli);
  g_autofree char *key = review_key (review);
  g_autofree char *title = kip_review_title (review, kip_store_get_office (cli->store), zone);
  g_autofree char *cell = kip_cli_cell (key, 8);
  guint judged, met;

  if (cli->json)
    {
      json_builder_begin_object (builder);
      json_head (cli, builder, review);
      json_builder_end_object (builder);
      return;
    }
  kip_review_count_met (review->figures, &judged, &met);
  kip_cli_print ("%s %s", cell, title);
  if (judged > 0)
    /* Translators: of a review: "3 of 4 targets met". */
    kip_cli_print (ngettext (" · %u of %u target met", " · %u of %u targets met", judged), met, judged);
  kip_cli_print ("\n");
}

static int
list (KipCli *cli)
{
  KipOffice *office = kip_store_get_office (cli->store);
  GPtrArray *reviews = kip_office_get_reviews (office);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < reviews->len; i++)
    {
      const KipReview *review = g_ptr_array_index (reviews, i);

      if (!review->deleted && kip_review_may_see (office, kip_store_get_me (cli->store), review))
        list_one (cli, builder, review);
    }
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

/* ---- holding one ---- */

/* "Lan,2026-12-04,Ring back on the same day" */
static gboolean
read_action (KipCli          *cli,
             const char      *text,
             KipReviewAction *action)
{
  KipCalendar *calendar = kip_agreements_get_office_calendar (kip_store_get_agreements (cli->store));
  g_auto (GStrv) parts = g_strsplit (text, ",", 3);
  g_autoptr (GError) error = NULL;
  KipDay day;

  if (g_strv_length (parts) != 3 || *g_strstrip (parts[2]) == '\0'
      || (*g_strstrip (parts[1]) != '\0' && !kip_day_parse (parts[1], &day)))
    {
      kip_cli_fail_text (cli, _("“%s” is no action. Write who, until which day, and what: “Lan,2026-12-04,Ring back”; who and day may be empty."), text);
      return FALSE;
    }
  action->who = *g_strstrip (parts[0]) != '\0' ? kip_cli_find (cli, KIP_KIND_PERSON, parts[0], &error) : KIP_ID_NONE;
  if (error != NULL)
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  action->until = *parts[1] != '\0' ? kip_review_due (calendar, day) : KIP_INSTANT_NONE;
  action->what = g_strdup (parts[2]);
  return TRUE;
}

static GArray *
read_actions (KipCli      *cli,
              const Asked *asked)
{
  g_autoptr (GArray) actions = kip_review_actions_new ();

  for (guint i = 0; asked->actions != NULL && asked->actions[i] != NULL; i++)
    {
      KipReviewAction action = { 0 };

      if (!read_action (cli, asked->actions[i], &action))
        return NULL;
      g_array_append_val (actions, action);
    }
  return g_steal_pointer (&actions);
}

static gboolean
find_people (KipCli       *cli,
             const Asked  *asked,
             KipNewReview *review)
{
  g_autoptr (GError) error = NULL;

  if (asked->team != NULL && asked->agent != NULL)
    {
      kip_cli_fail_text (cli, _("A review is of a team or of an agent, not of both."));
      return FALSE;
    }
  if (asked->team != NULL)
    review->team = kip_cli_find (cli, KIP_KIND_TEAM, asked->team, &error);
  if (asked->agent != NULL)
    review->agent = kip_cli_find (cli, KIP_KIND_PERSON, asked->agent, &error);
  if (error == NULL)
    return TRUE;
  kip_cli_fail (cli, error);
  return FALSE;
}

/* Says under which name it can be shown. */
static int
append (KipCli             *cli,
        const KipNewReview *held)
{
  KipReview review = { 0 };
  KipChange *change = kip_command_new_review (cli->store, held, &review.id);
  g_autofree char *key = review_key (&review);
  g_autoptr (GError) error = NULL;

  if (!kip_store_append (cli->store, change, NULL, &error))
    return kip_cli_fail (cli, error);
  if (!cli->json)
    kip_cli_print ("%s\n", key);
  return kip_cli_done (cli, "review", key);
}

static int
hold (KipCli *cli,
      Asked  *asked)
{
  char *no_words[] = { NULL };
  g_autoptr (KipStudy) study = kip_cli_study (cli, &asked->range, no_words);
  g_autoptr (GArray) figures = NULL;
  g_autoptr (GArray) actions = NULL;
  g_autofree char *origin = NULL;
  KipNewReview review = { .held = KIP_INSTANT_NONE, .elapsed = asked->range.elapsed, .agreed = asked->agreed };

  if (study == NULL)
    return KIP_CLI_FAILED;
  if (!kip_review_may_hold (kip_store_get_office (cli->store), kip_store_get_me (cli->store)))
    return kip_cli_fail_text (cli, _("Reviews are held by managers, and you are none. Nothing was changed."));
  if (!find_people (cli, asked, &review) || (actions = read_actions (cli, asked)) == NULL)
    return KIP_CLI_FAILED;
  review.from = study->scope.range.from;
  review.to = study->scope.range.to;
  figures = kip_review_figures (study, review.team, review.agent);
  review.figures = figures;
  review.actions = actions;
  origin = kip_review_origin (&study->scope.range, study->zone);
  review.origin = origin;
  return append (cli, &review);
}

static int
run (KipCli *cli,
     Asked  *asked,
     int     argc,
     char  **argv)
{
  const char *verb = argc > 1 ? argv[1] : "list";

  if (asked->month != NULL && asked->range.from == NULL && asked->range.to == NULL)
    {
      asked->range.from = g_strdup (asked->month);
      asked->range.to = g_strdup (asked->month);
    }
  if (strcmp (verb, "list") == 0 && argc <= 2)
    return kip_cli_open (cli) ? list (cli) : KIP_CLI_FAILED;
  if (strcmp (verb, "show") == 0 && argc == 3)
    return kip_cli_open (cli) ? show (cli, argv[2]) : KIP_CLI_FAILED;
  if (strcmp (verb, "new") == 0 && argc == 2)
    return hold (cli, asked);
  return kip_cli_usage (cli);
}

int
kip_cmd_review (KipCli *cli,
                int     argc,
                char  **argv)
{
  Asked asked = { 0 };
  int status = KIP_CLI_USAGE;
  const GOptionEntry entries[] = {
    { "month", 0, 0, G_OPTION_ARG_STRING, &asked.month, N_("The days of this month: 2026-10, last-month"), N_("MONTH") },
    { "team", 0, 0, G_OPTION_ARG_STRING, &asked.team, N_("Only the figures of this team"), N_("TEAM") },
    { "agent", 0, 0, G_OPTION_ARG_STRING, &asked.agent, N_("Only the figures of this agent; managers alone see the review"), N_("NAME") },
    { "agreed", 0, 0, G_OPTION_ARG_STRING, &asked.agreed, N_("What was agreed"), N_("TEXT") },
    { "action", 0, 0, G_OPTION_ARG_STRING_ARRAY, &asked.actions, N_("Who does what until when; becomes a ticket"), N_("WHO,DAY,WHAT") },
    KIP_CLI_RANGE_ENTRIES (asked.range),
    { NULL }
  };

  if (kip_cli_parse (cli, entries, &argc, &argv))
    status = run (cli, &asked, argc, argv);
  asked_clear (&asked);
  return status;
}
