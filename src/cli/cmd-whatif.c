/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a past range would have been under other agreements, and which promise would
 * have held. */

#include "kip-cli-scenario.h"
#include "kip-cli-study.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-policy-edit.h"
#include "kip-settings-commands.h"
#include "kip-what-if.h"

#include <glib/gi18n.h>
#include <math.h>

#define USUAL_DAYS 90
#define SHOWN_FLIPS 20

/* ---- JSON ---- */

static const char *
outcome_key (KipOutcome outcome)
{
  static const char *const keys[] = { "none", "open", "kept", "broken" };

  return keys[outcome];
}

static void
json_share (JsonBuilder          *builder,
            const char           *name,
            const KipWhatIfShare *share)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "n", share->n);
  kip_cli_json_double (builder, "kept", share->kept);
  kip_cli_json_double (builder, "share", share->share);
  kip_cli_json_double (builder, "low", share->low);
  kip_cli_json_double (builder, "high", share->high);
  json_builder_end_object (builder);
}

static void
json_attainment (JsonBuilder     *builder,
                 const KipWhatIf *what_if)
{
  json_builder_set_member_name (builder, "attainment");
  json_builder_begin_array (builder);
  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    for (int row = 0; row <= KIP_N_PRIORITIES; row++)
      {
        json_builder_begin_object (builder);
        kip_cli_json_text (builder, "clock", kip_clock_kind_key ((KipClockKind) clock));
        kip_cli_json_text (builder, "priority", row > 0 ? kip_priority_key (row) : NULL);
        json_share (builder, "before", &what_if->before[clock][row]);
        json_share (builder, "after", &what_if->after[clock][row]);
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

static void
json_flips (JsonBuilder     *builder,
            const KipWhatIf *what_if)
{
  json_builder_set_member_name (builder, "flips");
  json_builder_begin_array (builder);
  for (guint i = 0; i < what_if->flips->len; i++)
    {
      const KipWhatIfFlip *flip = &g_array_index (what_if->flips, KipWhatIfFlip, i);
      g_autofree char *number = kip_ticket_number_format (flip->number);

      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "number", number);
      kip_cli_json_text (builder, "subject", flip->subject);
      kip_cli_json_text (builder, "priority", kip_priority_key (flip->priority));
      kip_cli_json_text (builder, "clock", kip_clock_kind_key (flip->clock));
      kip_cli_json_text (builder, "before", outcome_key (flip->before));
      kip_cli_json_text (builder, "after", outcome_key (flip->after));
      kip_cli_json_instant (builder, "old_due", flip->old_due);
      kip_cli_json_instant (builder, "new_due", flip->new_due);
      kip_cli_json_double (builder, "chance", flip->chance);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
json_teams (JsonBuilder     *builder,
            const KipWhatIf *what_if)
{
  json_builder_set_member_name (builder, "teams");
  json_builder_begin_array (builder);
  for (guint i = 0; i < what_if->teams->len; i++)
    {
      const KipWhatIfTeam *team = &g_array_index (what_if->teams, KipWhatIfTeam, i);
      const KipTeam *named = kip_office_team (what_if->past->office, team->team);

      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "team", named != NULL ? named->name : NULL);
      kip_cli_json_int (builder, "agents_before", team->agents_before);
      kip_cli_json_int (builder, "agents_after", team->agents_after);
      kip_cli_json_flag (builder, "measured", team->measured);
      kip_cli_json_double (builder, "factor", team->factor);
      kip_cli_json_double (builder, "load_before", team->load_before);
      kip_cli_json_double (builder, "load_after", team->load_after);
      kip_cli_json_int (builder, "wait_past", team->wait_past);
      kip_cli_json_int (builder, "wait_before", team->wait_before);
      kip_cli_json_int (builder, "wait_after", team->wait_after);
      kip_cli_json_double (builder, "share_past", team->share_past);
      kip_cli_json_double (builder, "share_before", team->share_before);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const KipWhatIf *what_if,
            guint            n_drafts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) assumptions = kip_what_if_assumptions (what_if);
  g_autofree char *changes = kip_scenario_describe (what_if->scenario, what_if->past->agreements);

  json_builder_begin_object (builder);
  kip_cli_json_instant (builder, "from", what_if->past->range.from);
  kip_cli_json_instant (builder, "to", what_if->past->range.to);
  kip_cli_json_text (builder, "changes", changes);
  kip_cli_json_flag (builder, "simulated", what_if->simulated);
  json_attainment (builder, what_if);
  json_flips (builder, what_if);
  json_teams (builder, what_if);
  kip_cli_json_texts (builder, "assumptions", assumptions);
  kip_cli_json_int (builder, "drafts", n_drafts);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

/* ---- for people ---- */

static char *
share_words (const KipWhatIfShare *share)
{
  if (isnan (share->share))
    return g_strdup ("–");
  if (isnan (share->low))
    return g_strdup_printf ("%.1f %%", share->share);
  return g_strdup_printf ("%.1f %% (%.0f–%.0f)", share->share, share->low, share->high);
}

static void
print_shares (const KipWhatIf *what_if)
{
  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    for (int row = 0; row <= KIP_N_PRIORITIES; row++)
      {
        const KipWhatIfShare *before = &what_if->before[clock][row], *after = &what_if->after[clock][row];
        g_autofree char *clock_cell = kip_cli_cell (row == 0 ? kip_format_clock_name ((KipClockKind) clock) : "", 20);
        g_autofree char *row_cell = kip_cli_cell (row == 0 ? _("All") : kip_priority_label (row), 12);
        g_autofree char *from = share_words (before);
        g_autofree char *to = share_words (after);

        if (before->n > 0 || after->n > 0)
          kip_cli_print ("%s %s %s → %s  n = %u\n", clock_cell, row_cell, from, to, MAX (before->n, after->n));
      }
}

static void
print_flips (const KipWhatIf *what_if)
{
  kip_cli_print (ngettext ("\n%u promise would be broken", "\n%u promises would be broken", what_if->n_broken),
                 what_if->n_broken);
  kip_cli_print (ngettext (", %u would be kept:\n", ", %u would be kept:\n", what_if->n_kept), what_if->n_kept);
  for (guint i = 0; i < MIN (what_if->flips->len, SHOWN_FLIPS); i++)
    {
      const KipWhatIfFlip *flip = &g_array_index (what_if->flips, KipWhatIfFlip, i);
      g_autofree char *number = kip_ticket_number_format (flip->number);
      g_autofree char *number_cell = kip_cli_cell (number, 9);
      g_autofree char *clock = kip_cli_cell (kip_format_clock_name (flip->clock), 20);
      g_autofree char *subject = kip_cli_cell (flip->subject, 36);

      kip_cli_print ("%s %s %s %s → %s\n", number_cell, clock, subject, kip_outcome_label (flip->before),
                     kip_outcome_label (flip->after));
    }
  if (what_if->flips->len > SHOWN_FLIPS)
    kip_cli_print (_("… and %u more; --json names them all.\n"), what_if->flips->len - SHOWN_FLIPS);
}

static void
print_words (const KipWhatIf *what_if)
{
  g_autoptr (GPtrArray) assumptions = kip_what_if_assumptions (what_if);

  kip_cli_print ("\n");
  for (guint i = 0; i < what_if->teams->len; i++)
    {
      g_autofree char *words = kip_what_if_team_describe (&g_array_index (what_if->teams, KipWhatIfTeam, i),
                                                          what_if->past->office);

      kip_cli_print ("%s\n", words);
    }
  for (guint i = 0; i < assumptions->len; i++)
    kip_cli_print ("· %s\n", (const char *) g_ptr_array_index (assumptions, i));
}

static void
print_all (const KipWhatIf *what_if,
           guint            n_drafts)
{
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (what_if->past->agreements));
  g_autofree char *range = kip_range_name (&what_if->past->range, zone);
  g_autofree char *changes = kip_scenario_describe (what_if->scenario, what_if->past->agreements);

  kip_cli_print ("%s · %s\n\n", range, *changes != '\0' ? changes : _("nothing changed"));
  print_shares (what_if);
  print_flips (what_if);
  print_words (what_if);
  if (n_drafts > 0)
    kip_cli_print (ngettext ("\n%u draft saved; the settings put it in force.\n", "\n%u drafts saved; the settings put them in force.\n",
                             n_drafts), n_drafts);
}

/* ---- suggestions ---- */

static void
json_suggestion (JsonBuilder         *builder,
                 const KipSuggestion *suggestion)
{
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "clock", kip_clock_kind_key (suggestion->clock));
  kip_cli_json_text (builder, "priority", kip_priority_key (suggestion->priority));
  kip_cli_json_int (builder, "n", suggestion->n);
  kip_cli_json_int (builder, "open", suggestion->n_open);
  kip_cli_json_int (builder, "present", suggestion->present);
  kip_cli_json_int (builder, "exact", suggestion->exact);
  kip_cli_json_int (builder, "rounded", suggestion->rounded);
  kip_cli_json_double (builder, "held", suggestion->held);
  json_builder_end_object (builder);
}

static void
print_suggestion (const KipSuggestion *suggestion)
{
  g_autofree char *clock = kip_cli_cell (kip_format_clock_name (suggestion->clock), 20);
  g_autofree char *priority = kip_cli_cell (kip_priority_label (suggestion->priority), 12);
  g_autofree char *target = suggestion->rounded >= 0 ? kip_target_to_cell (suggestion->rounded) : g_strdup (_("too many still open"));
  g_autofree char *target_cell = kip_cli_cell (target, 20);
  g_autofree char *present = suggestion->present > 0 ? kip_target_to_cell (suggestion->present) : g_strdup (_("no promise"));

  kip_cli_print ("%s %s %s", clock, priority, target_cell);
  if (!isnan (suggestion->held))
    kip_cli_print (_(" held %.1f %%"), suggestion->held);
  kip_cli_print (_(", now %s, n = %u, %u still open\n"), present, suggestion->n, suggestion->n_open);
}

static int
suggest (KipCli            *cli,
         KipWhatIfPast     *past,
         const KipScenario *scenario,
         int                percent)
{
  g_autoptr (GArray) suggestions = kip_what_if_suggest (past, scenario, percent, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < suggestions->len; i++)
    if (cli->json)
      json_suggestion (builder, &g_array_index (suggestions, KipSuggestion, i));
    else
      print_suggestion (&g_array_index (suggestions, KipSuggestion, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  else if (suggestions->len == 0)
    kip_cli_print (_("No promise began in this time.\n"));
  return KIP_CLI_OK;
}

/* ---- the command ---- */

typedef struct
{
  KipCliRange    range;
  KipCliScenario scenario;
  int            percent; /* 0: no suggestion */
  gboolean       save;
} Asked;

static KipWhatIfPast *
load (KipCli      *cli,
      const Asked *asked,
      char       **words)
{
  g_autofree char *text = g_strjoinv (" ", words);
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GTimeZone) zone = kip_office_zone (cli->store);
  g_autoptr (GError) error = NULL;
  KipWhatIfPast *past;
  KipRange range;

  if (kip_cli_say_mistakes (cli, query) != KIP_CLI_OK
      || !kip_cli_range_make (cli, &asked->range, USUAL_DAYS, kip_clock_now (), zone, &range))
    return NULL;
  past = kip_what_if_past_load (cli->store, query, &range, kip_clock_now (), kip_cli_progress, NULL, NULL, &error);
  if (past == NULL)
    kip_cli_fail (cli, error);
  return past;
}

static int
save_drafts (KipCli            *cli,
             const KipScenario *scenario,
             guint             *n)
{
  g_autoptr (KipChange) change = kip_command_settings (cli->store);
  g_autoptr (GError) error = NULL;

  *n = kip_scenario_add_drafts (scenario, kip_store_get_agreements (cli->store), change);
  if (*n == 0)
    return kip_cli_fail_text (cli, _("Nothing of a policy or calendar changes: there is nothing to draft."));
  return kip_store_append (cli->store, g_steal_pointer (&change), NULL, &error) ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

static int
run (KipCli      *cli,
     const Asked *asked,
     char       **words)
{
  g_autoptr (KipScenario) scenario = kip_cli_scenario_make (cli, &asked->scenario);
  g_autoptr (KipWhatIfPast) past = scenario != NULL ? load (cli, asked, words) : NULL;
  g_autoptr (KipWhatIf) what_if = NULL;
  guint n_drafts = 0;

  if (past == NULL)
    return KIP_CLI_FAILED;
  if (asked->percent > 0)
    return suggest (cli, past, scenario, asked->percent);
  what_if = kip_what_if_run (past, scenario, NULL, NULL);
  if (asked->save && save_drafts (cli, scenario, &n_drafts) != KIP_CLI_OK)
    return KIP_CLI_FAILED;
  if (cli->json)
    print_json (what_if, n_drafts);
  else
    print_all (what_if, n_drafts);
  return KIP_CLI_OK;
}

int
kip_cmd_whatif (KipCli *cli,
                int     argc,
                char  **argv)
{
  Asked asked = { 0 };
  const GOptionEntry entries[] = {
    KIP_CLI_SCENARIO_ENTRIES (asked.scenario),
    { "from", 0, 0, G_OPTION_ARG_STRING, &asked.range.from, N_("First day: 2026-10-01, last-month, 90d (90 days ago)"), N_("DAY") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &asked.range.to, N_("Last day, itself included (today)"), N_("DAY") },
    { "suggest", 0, 0, G_OPTION_ARG_INT, &asked.percent, N_("Say which targets would have held for so many percent: 80, 90, 95"), N_("PERCENT") },
    { "save-draft", 0, 0, G_OPTION_ARG_NONE, &asked.save, N_("Save what changes as drafts of the next versions"), NULL },
    { NULL }
  };
  int status;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (asked.percent < 0 || asked.percent > 100)
    status = kip_cli_usage (cli);
  else if (!kip_cli_open (cli))
    status = KIP_CLI_FAILED;
  else
    status = run (cli, &asked, argv + 1);
  kip_cli_range_clear (&asked.range);
  kip_cli_scenario_clear (&asked.scenario);
  return status;
}
