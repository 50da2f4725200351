/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Random offices: nothing changed is nothing flipped; a longer promise loses nothing; more
 * agents make nobody late; the replay against a count of minutes; a store's own clocks. */

#include "kip-what-if.h"

#include "desk-fixtures.h"
#include "kip-measure.h"
#include "kip-study.h"
#include "store-fixture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SECOND_POLICY KIP_ID_MAKE (1, 3)
#define H 3600

/* ---- stories ---- */

typedef struct
{
  GRand *rand;
  int    minute; /* since 1 March 00:00 */
} Luck;

static int
below (Luck *luck,
       int   n)
{
  return g_rand_int_range (luck->rand, 0, n);
}

static void
say (Luck       *luck,
     GString    *story,
     const char *verb)
{
  g_string_append_printf (story, "%s03-%02d %02d:%02d %s", story->len > 0 ? "; " : "", 1 + luck->minute / 1440,
                          luck->minute % 1440 / 60, luck->minute % 60, verb);
}

/* Any hour of any day, often a round one. */
static void
go_on (Luck *luck,
       int   hours)
{
  luck->minute += below (luck, 3) == 0 ? 60 * below (luck, hours) : below (luck, 60 * hours);
  luck->minute = MIN (luck->minute, 30 * 1440);
}

/* @plain: what the minute counter understands. */
static char *
random_story (Luck    *luck,
              gboolean plain)
{
  static const char *const verbs[] = { "open", "wait", "reply", "supplier", "note", "incoming", "resolve", "schedule",
                                       "call", "auto", "p1", "p2", "p3", "p4", "network", "printing", "due 03-20 11:00" };
  static const char *const first[] = { "new", "new p1", "new p2", "new p4", "new network" };
  GString *story = g_string_new (NULL);

  luck->minute = below (luck, 24 * 1440);
  say (luck, story, first[below (luck, plain ? 4 : 5)]);
  for (int left = below (luck, 7); left > 0; left--)
    {
      go_on (luck, 30);
      say (luck, story, verbs[below (luck, plain ? 6 : G_N_ELEMENTS (verbs))]);
    }
  if (below (luck, 5) != 0)
    {
      go_on (luck, 40);
      say (luck, story, "resolve");
    }
  return g_string_free (story, FALSE);
}

static KipPolicySpec *
random_spec (Luck *luck)
{
  KipPolicySpec *spec = kip_policy_spec_new ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      spec->targets[i][j] = below (luck, 5) == 0 ? 0 : (1 + below (luck, 40)) * (H / 2);
  return spec;
}

/* Two policies, the first in two versions, an outage, and a calendar with Saturday now and then. */
static KipAgreements *
random_agreements (Luck *luck)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) usual = random_spec (luck);
  g_autoptr (KipPolicySpec) later = random_spec (luck);
  g_autoptr (KipPolicySpec) network = random_spec (luck);

  desk_place (desk, DESK_POLICY, "Everybody", 9, TRUE);
  desk_publish (desk, DESK_POLICY, "2026-01-01 00:00", usual);
  if (below (luck, 2))
    {
      later->effective_from = fixture_instant ("2026-03-10 00:00");
      desk_publish (desk, DESK_POLICY, "2026-03-08 12:00", later);
    }
  network->condition = g_strdup ("category:network");
  network->on_change = (KipOnChange) below (luck, 3);
  network->reopen = (KipReopen) below (luck, 2);
  desk_place (desk, SECOND_POLICY, "Network", 1, FALSE);
  desk_publish (desk, SECOND_POLICY, "2026-01-01 00:00", network);
  if (below (luck, 2))
    desk_outage (desk, KIP_ID_MAKE (1, 30), "2026-03-09 09:00", "2026-03-09 15:00", NULL);
  return desk_agreements (desk);
}

static KipWhatIfPast *
past_new (KipAgreements *agreements)
{
  KipRange range = { fixture_instant ("2026-03-01 00:00"), fixture_instant ("2026-04-01 00:00") };

  return kip_what_if_past_new (agreements, kip_agreements_get_office (agreements), &range,
                               fixture_instant ("2026-04-02 00:00"));
}

static KipWhatIfPast *
random_past (Luck      *luck,
             guint      n,
             gboolean   plain,
             GPtrArray *tickets) /* (nullable) of KipTicket */
{
  g_autoptr (KipAgreements) agreements = random_agreements (luck);
  KipWhatIfPast *past = past_new (agreements);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *story = random_story (luck, plain);
      g_autoptr (KipTicket) ticket = desk_ticket (story);

      kip_what_if_past_add (past, ticket);
      if (tickets != NULL)
        g_ptr_array_add (tickets, g_steal_pointer (&ticket));
    }
  return past;
}

static KipWhatIf *
run (KipWhatIfPast     *past,
     const KipScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  KipWhatIf *what_if = kip_what_if_run (past, scenario, NULL, &error);

  g_assert_no_error (error);
  return what_if;
}

static GRand *
begin (void)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return g_rand_new_with_seed (seed);
}

/* ---- laws ---- */

static void
test_nothing (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipScenario) scenario = kip_scenario_new ();

  for (guint office = 0; office < 60; office++)
    {
      g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_ticket_unref);
      g_autoptr (KipWhatIfPast) past = random_past (&luck, 25, FALSE, tickets);
      g_autoptr (KipWhatIf) what_if = run (past, scenario);

      g_assert_cmpuint (what_if->flips->len, ==, 0);
      for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
        for (guint row = 0; row <= KIP_N_PRIORITIES; row++)
          {
            g_assert_cmpuint (what_if->before[clock][row].n, ==, what_if->after[clock][row].n);
            g_assert_cmpfloat (what_if->before[clock][row].kept, ==, what_if->after[clock][row].kept);
          }
      /* What is kept of a ticket has the clocks of the whole. */
      for (guint i = 0; i < tickets->len; i++)
        {
          KipClock whole[KIP_N_CLOCKS], thin[KIP_N_CLOCKS];

          kip_ticket_clocks (g_ptr_array_index (tickets, i), past->agreements, whole);
          kip_ticket_clocks (g_array_index (past->cases, KipWhatIfCase, i).ticket, past->agreements, thin);
          g_assert_cmpmem (whole, sizeof whole, thin, sizeof thin);
        }
    }
}

static void
loosen (KipScenario   *scenario,
        KipAgreements *agreements,
        KipId          id,
        Luck          *luck)
{
  const KipPolicy *policy = kip_agreements_get_policy (agreements, id, 0);

  for (int priority = 1; priority <= KIP_N_PRIORITIES; priority++)
    for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
      {
        GPtrArray *versions = kip_agreements_get_policy_versions (agreements, id);
        KipWhatIfChange change = { KIP_WHAT_IF_TARGET, policy->id, priority, (KipClockKind) clock, 0 };

        for (guint i = 0; i < versions->len; i++)
          change.seconds = MAX (change.seconds, kip_policy_spec_get_target (((KipPolicy *) g_ptr_array_index (versions, i))->spec,
                                                                            priority, (KipClockKind) clock));
        change.seconds += below (luck, 10) * H;
        if (change.seconds > 0 && below (luck, 2))
          kip_scenario_put (scenario, &change);
      }
}

/* A promise that was there and is longer is broken by nobody who kept it. */
static void
test_longer (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  guint n_kept = 0;

  for (guint office = 0; office < 60; office++)
    {
      g_autoptr (KipWhatIfPast) past = random_past (&luck, 25, FALSE, NULL);
      g_autoptr (KipScenario) scenario = kip_scenario_new ();
      g_autoptr (KipWhatIf) what_if = NULL;

      loosen (scenario, past->agreements, DESK_POLICY, &luck);
      what_if = run (past, scenario);
      n_kept += what_if->n_kept;
      for (guint i = 0; i < what_if->flips->len; i++)
        {
          const KipWhatIfFlip *flip = &g_array_index (what_if->flips, KipWhatIfFlip, i);

          /* Where nothing was promised before, something may be broken now. */
          g_assert_true (flip->after != KIP_OUTCOME_BROKEN || flip->before == KIP_OUTCOME_NONE || flip->old_target == 0);
        }
    }
  g_assert_cmpuint (n_kept, >, 0);
}

/* One agent more, ticket by ticket and in every share; and one fewer the other way. */
static void
test_more_agents (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  guint n_kept = 0;

  for (guint office = 0; office < 40; office++)
    {
      g_autoptr (KipWhatIfPast) past = random_past (&luck, 60, FALSE, NULL);
      double before[KIP_N_CLOCKS];

      for (int agents = 0; agents < 4; agents++)
        {
          g_autoptr (KipScenario) scenario = kip_scenario_new ();
          KipWhatIfChange change = { .kind = KIP_WHAT_IF_AGENTS, .agents = agents };
          g_autoptr (KipWhatIf) what_if = NULL;

          kip_scenario_put (scenario, &change);
          what_if = run (past, scenario);
          g_assert_cmpuint (what_if->n_broken, ==, 0);
          n_kept += what_if->n_kept;
          for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
            {
              const KipWhatIfShare *share = &what_if->after[clock][0];

              if (agents > 0)
                g_assert_cmpfloat (share->kept, >=, before[clock]);
              before[clock] = share->kept;
              if (agents > 0 && share->n > 0)
                g_assert_true (share->low <= share->share && share->share <= share->high);
            }
        }
    }
  g_test_message ("%u kept that were broken", n_kept);
}

/* The same question has the same answer. */
static void
test_same_again (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipWhatIfPast) past = random_past (&luck, 80, FALSE, NULL);
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_AGENTS, .agents = 1 };
  g_autoptr (KipWhatIf) once = NULL;
  g_autoptr (KipWhatIf) twice = NULL;

  kip_scenario_put (scenario, &change);
  once = run (past, scenario);
  twice = run (past, scenario);
  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    {
      g_assert_cmpfloat (once->after[clock][0].kept, ==, twice->after[clock][0].kept);
      g_assert_true (once->after[clock][0].n == 0 || once->after[clock][0].low == twice->after[clock][0].low);
    }
  g_assert_cmpuint (once->flips->len, ==, twice->flips->len);
}

static void
test_cancel (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipWhatIfPast) past = random_past (&luck, 5, FALSE, NULL);
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (kip_what_if_run (past, scenario, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- the clocks once more, minute by minute ---- */

/* What a week is like in the reference: minutes of the day that count. */
typedef struct
{
  gboolean saturday;
  gboolean lunch;
  guint    pauses; /* bits, as in a policy */
} World;

static gboolean
counts (const World *world,
        int          minute)
{
  int weekday = (6 + minute / 1440) % 7; /* 1 March 2026 is a Sunday */
  int of_day = minute % 1440;

  if (weekday == 6 || (weekday == 5 && !world->saturday))
    return FALSE;
  if (weekday == 5)
    return of_day >= 480 && of_day < 720;
  return of_day >= 480 && of_day < 1020 && (!world->lunch || of_day < 720 || of_day >= 780);
}

/* Goes through a plain story's text and counts: used minutes up to the resolution, -1: none. */
static int
count_minutes (const char  *story,
               const World *world)
{
  g_auto (GStrv) sentences = g_strsplit (story, "; ", -1);
  int used = 0, at = -1;
  gboolean paused = FALSE;

  for (guint i = 0; sentences[i] != NULL; i++)
    {
      int month, day, hour, minute, then;
      char verb[16];

      g_assert_cmpint (sscanf (sentences[i], "%d-%d %d:%d %15s", &month, &day, &hour, &minute, verb), ==, 5);
      then = (day - 1) * 1440 + hour * 60 + minute;
      for (int m = at; at >= 0 && m < then; m++)
        used += !paused && counts (world, m);
      at = then;
      if (strcmp (verb, "resolve") == 0)
        return used;
      if (strcmp (verb, "wait") == 0)
        paused = (world->pauses & 1u << KIP_PAUSE_REQUESTER) != 0;
      else if (strcmp (verb, "supplier") == 0)
        paused = (world->pauses & 1u << KIP_PAUSE_SUPPLIER) != 0;
      else if (strcmp (verb, "open") == 0 || strcmp (verb, "new") == 0)
        paused = FALSE;
    }
  return -1;
}

static int
priority_in (const char *story)
{
  const char *mark = strstr (story, "new p");

  return mark != NULL ? mark[5] - '0' : KIP_PRIORITY_NORMAL;
}

static KipScenario *
scenario_of (const World *world,
             int          priority,
             gint64       target)
{
  KipScenario *scenario = kip_scenario_new ();
  KipWhatIfChange saturday = { .kind = KIP_WHAT_IF_HOURS, .id = DESK_CALENDAR, .weekday = 5, .hours = (char *) "08:00-12:00" };
  KipWhatIfChange lunch = { .kind = KIP_WHAT_IF_NO_LUNCH, .id = DESK_CALENDAR };
  KipWhatIfChange change = { KIP_WHAT_IF_TARGET, DESK_POLICY, priority, KIP_CLOCK_RESOLUTION, target };

  kip_scenario_put (scenario, &change);
  if (world->saturday)
    kip_scenario_put (scenario, &saturday);
  if (!world->lunch)
    kip_scenario_put (scenario, &lunch);
  for (int pause = KIP_PAUSE_REQUESTER; pause <= KIP_PAUSE_SUPPLIER; pause++)
    {
      KipWhatIfChange pausing = { .kind = KIP_WHAT_IF_PAUSE, .id = DESK_POLICY, .pause = (KipPause) pause };

      pausing.on = (world->pauses & 1u << pause) != 0;
      kip_scenario_put (scenario, &pausing);
    }
  return scenario;
}

static void
test_minutes (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  guint n_broken = 0, n_kept = 0;

  for (guint office = 0; office < 150; office++)
    {
      g_autofree char *story = random_story (&luck, TRUE);
      World world = { below (&luck, 2), below (&luck, 2), (guint) below (&luck, 8) };
      gint64 target = (1 + below (&luck, 40)) * (H / 2);
      g_autoptr (KipTicket) ticket = desk_ticket (story);
      g_autoptr (KipWhatIfPast) past = past_new (agreements);
      g_autoptr (KipScenario) scenario = scenario_of (&world, priority_in (story), target);
      g_autoptr (KipWhatIf) what_if = NULL;
      const KipWhatIfShare *share;
      int minutes = count_minutes (story, &world);

      kip_what_if_past_add (past, ticket);
      what_if = run (past, scenario);
      share = &what_if->after[KIP_CLOCK_RESOLUTION][0];
      g_test_message ("%s: %d min", story, minutes);
      if (minutes < 0 || minutes * 60 == target) /* used up to the minute: cases of test-what-if.c */
        continue;
      g_assert_cmpuint (share->n, ==, 1);
      g_assert_cmpfloat (share->kept, ==, minutes * 60 <= target);
      n_kept += minutes * 60 <= target;
      n_broken += minutes * 60 > target;
    }
  g_assert_cmpuint (n_kept, >, 0);
  g_assert_cmpuint (n_broken, >, 0);
}

/* ---- suggestions ---- */

static double
share_under (KipWhatIfPast       *past,
             const KipSuggestion *suggestion,
             gint64               seconds)
{
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  KipWhatIfChange change = { KIP_WHAT_IF_TARGET, DESK_POLICY, suggestion->priority, suggestion->clock, seconds };
  g_autoptr (KipWhatIf) what_if = NULL;

  kip_scenario_put (scenario, &change);
  what_if = run (past, scenario);
  g_assert_cmpuint (what_if->after[suggestion->clock][suggestion->priority].n, ==, suggestion->n);
  return what_if->after[suggestion->clock][suggestion->priority].share;
}

/* The real clocks under the promise suggested keep it as often as was asked, and under
 * one that is a second tighter they do not. */
static void
test_tightest (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  guint n = 0;

  for (guint office = 0; office < 30; office++)
    {
      g_autoptr (KipWhatIfPast) past = past_new (agreements);
      g_autoptr (GArray) suggestions = NULL;
      int percent = 50 + below (&luck, 50);

      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *story = random_story (&luck, TRUE);
          g_autoptr (KipTicket) ticket = desk_ticket (story);

          if (count_minutes (story, &(World) { FALSE, TRUE, 6 }) >= 0)
            kip_what_if_past_add (past, ticket);
        }
      suggestions = kip_what_if_suggest (past, NULL, percent, NULL);
      for (guint i = 0; i < suggestions->len; i++)
        {
          const KipSuggestion *suggestion = &g_array_index (suggestions, KipSuggestion, i);

          if (suggestion->clock != KIP_CLOCK_RESOLUTION)
            continue;
          n++;
          g_assert_cmpuint (suggestion->n_open, ==, 0);
          if (suggestion->exact > 0)
            g_assert_cmpfloat (share_under (past, suggestion, suggestion->exact), >=, percent - 1e-9);
          if (suggestion->exact > 1)
            g_assert_cmpfloat (share_under (past, suggestion, suggestion->exact - 1), <, percent);
          g_assert_cmpfloat (fabs (share_under (past, suggestion, suggestion->rounded) - suggestion->held), <, 1e-9);
        }
    }
  g_assert_cmpuint (n, >, 30);
}

/* ---- a store ---- */

static void
append_story (KipStore *store,
              Luck     *luck)
{
  static const struct { const char *key; } statuses[] = { { "open" }, { "waiting" }, { "waiting-supplier" }, { "resolved" } };
  KipOffice *office = kip_store_get_office (store);
  KipInstant base = fixture_instant ("2026-03-01 00:00");
  KipInstant at;
  KipId id;

  luck->minute = below (luck, 7 * 1440);
  at = base + (KipInstant) luck->minute * KIP_MS_PER_MINUTE;
  id = add_ticket (store, "Printer", at);
  for (int left = below (luck, 6); left > 0; left--)
    {
      g_autoptr (KipChange) change = kip_change_new (kip_store_get_me (store), "edit");
      const KipStatus *status = kip_office_status_by_key (office, statuses[below (luck, 4)].key);

      go_on (luck, 30);
      at = base + (KipInstant) luck->minute * KIP_MS_PER_MINUTE;
      change->stamp->at = at;
      if (below (luck, 2) && status != NULL)
        kip_change_set_status (change, id, status->id, status->phase, status->pause)->at = at;
      else
        kip_change_add_message (change, id, below (luck, 2) ? KIP_MESSAGE_REPLY : KIP_MESSAGE_INCOMING, "words")->at = at;
      append (store, g_steal_pointer (&change));
    }
}

static void
compare_with_store (KipStore      *store,
                    KipWhatIfPast *past,
                    KipWhatIf     *what_if)
{
  static const KipMeasure measures[] = { KIP_MEASURE_SLA_RESPONSE, KIP_MEASURE_SLA_UPDATE, KIP_MEASURE_SLA_RESOLUTION };
  g_autoptr (KipFactTable) table = kip_facts_load (store, NULL, NULL);
  g_autoptr (KipStudy) study = kip_study_new (store, table, NULL, NULL, &past->range, FALSE, past->now, NULL, NULL);

  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    {
      KipFigure figure = kip_study_figure (study, measures[clock]);

      g_assert_cmpuint (what_if->before[clock][0].n, ==, figure.n);
      g_assert_cmpfloat (what_if->before[clock][0].kept, ==, figure.hits);
      g_assert_cmpfloat (what_if->after[clock][0].kept, ==, figure.hits);
      kip_figure_clear (&figure);
    }
  for (guint i = 0; i < past->cases->len; i++)
    {
      const KipWhatIfCase *each = &g_array_index (past->cases, KipWhatIfCase, i);
      g_autoptr (KipTicketRow) row = get_row (store, each->ticket->id);
      KipClock clocks[KIP_N_CLOCKS];

      kip_ticket_clocks (each->ticket, what_if->agreements, clocks);
      for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
        {
          g_assert_cmpint (clocks[clock].state, ==, row->clocks[clock].state);
          g_assert_cmpint (clocks[clock].due, ==, row->clocks[clock].due);
          g_assert_cmpint (clocks[clock].used, ==, row->clocks[clock].used);
        }
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  KipId x = (*(const KipWhatIfCase *) a).ticket->id, y = (*(const KipWhatIfCase *) b).ticket->id;

  return (x > y) - (x < y);
}

static void
assert_same_past (KipWhatIfPast *a,
                  KipWhatIfPast *b)
{
  g_array_sort (a->cases, compare_ids);
  g_array_sort (b->cases, compare_ids);
  g_assert_cmpuint (a->cases->len, ==, b->cases->len);
  for (guint i = 0; i < a->cases->len; i++)
    {
      const KipWhatIfCase *x = &g_array_index (a->cases, KipWhatIfCase, i), *y = &g_array_index (b->cases, KipWhatIfCase, i);

      g_assert_cmpint (x->ticket->id, ==, y->ticket->id);
      g_assert_cmpint (x->worked, ==, y->worked);
      for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
        {
          g_assert_cmpint (x->clocks[clock].verdict, ==, y->clocks[clock].verdict);
          g_assert_cmpint (x->clocks[clock].due, ==, y->clocks[clock].due);
          g_assert_cmpint (x->clocks[clock].used, ==, y->clocks[clock].used);
          g_assert_cmpint (x->clocks[clock].n, ==, y->clocks[clock].n);
        }
    }
}

/* What is read again of a past is what would be read of it anew. */
static void
test_refresh (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  KipRange range = { fixture_instant ("2026-03-01 00:00"), fixture_instant ("2026-04-01 00:00") };
  KipInstant now = fixture_instant ("2026-04-01 00:00");
  g_autoptr (KipWhatIfPast) past = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < 20; i++)
    append_story (fixture.store, &luck);
  past = kip_what_if_past_load (fixture.store, NULL, &range, now, NULL, NULL, NULL, NULL);
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
      g_autoptr (KipWhatIfPast) renewed = NULL;
      g_autoptr (KipWhatIfPast) anew = NULL;
      KipId id;

      if (below (&luck, 2))
        id = add_ticket (fixture.store, "News", range.from + below (&luck, 8 * 1440) * KIP_MS_PER_MINUTE);
      else
        id = g_array_index (past->cases, KipWhatIfCase, below (&luck, (int) past->cases->len)).ticket->id;
      set_int (fixture.store, id, below (&luck, 4) == 0 ? KIP_FIELD_SPAM : KIP_FIELD_URGENCY, 1);
      g_array_append_val (ids, id);
      renewed = kip_what_if_past_refresh (fixture.store, past, NULL, ids, NULL, NULL);
      anew = kip_what_if_past_load (fixture.store, NULL, &range, now, NULL, NULL, NULL, NULL);
      assert_same_past (renewed, anew);
      g_clear_pointer (&past, kip_what_if_past_unref);
      past = g_steal_pointer (&renewed);
    }
  fixture_clear (&fixture);
}

static void
test_store (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };

  for (guint round = 0; round < 4; round++)
    {
      Fixture fixture;
      KipRange range = { fixture_instant ("2026-03-03 00:00"), fixture_instant ("2026-03-08 00:00") };
      g_autoptr (KipScenario) scenario = kip_scenario_new ();
      g_autoptr (KipWhatIfPast) past = NULL;
      g_autoptr (KipWhatIf) what_if = NULL;
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture);
      for (guint i = 0; i < 40; i++)
        append_story (fixture.store, &luck);
      past = kip_what_if_past_load (fixture.store, NULL, &range, fixture_instant ("2026-03-31 00:00"), NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      what_if = run (past, scenario);
      g_assert_cmpuint (what_if->flips->len, ==, 0);
      compare_with_store (fixture.store, past, what_if);
      fixture_clear (&fixture);
    }
}

/* ---- drafts ---- */

static guint
count_drafts (KipStore *store)
{
  g_autoptr (GArray) policies = kip_agreements_get_drafts (kip_store_get_agreements (store), KIP_KIND_POLICY, KIP_ID_NONE);
  g_autoptr (GArray) calendars = kip_agreements_get_drafts (kip_store_get_agreements (store), KIP_KIND_CALENDAR, KIP_ID_NONE);

  return policies->len + calendars->len;
}

static gboolean
has_two_drafts (gpointer data)
{
  return count_drafts (data) == 2;
}

static gboolean
has_no_draft (gpointer data)
{
  return count_drafts (data) == 0;
}

static KipScenario *
some_scenario (KipAgreements *agreements)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements);
  KipScenario *scenario = kip_scenario_new ();
  KipWhatIfChange target = { KIP_WHAT_IF_TARGET, ((KipPolicy *) g_ptr_array_index (policies, policies->len - 1))->id, 3,
                             KIP_CLOCK_RESOLUTION, 60 };
  KipWhatIfChange saturday = { .kind = KIP_WHAT_IF_HOURS, .weekday = 5, .hours = (char *) "08:00-12:00" };

  saturday.id = kip_office_get_calendar (kip_agreements_get_office (agreements));
  kip_scenario_put (scenario, &target);
  kip_scenario_put (scenario, &saturday);
  return scenario;
}

/* Kept, a draft moves no clock and makes nothing to be computed again; it can be undone. */
static void
test_draft (void)
{
  g_autoptr (GRand) rand = begin ();
  Luck luck = { rand, 0 };
  g_autoptr (KipScenario) scenario = NULL;
  g_autoptr (KipChange) change = NULL;
  g_autoptr (KipTicketRow) before = NULL;
  g_autoptr (KipTicketRow) after = NULL;
  KipReceipt receipt;
  Fixture fixture;
  KipId ticket;

  fixture_init (&fixture);
  for (guint i = 0; i < 10; i++)
    append_story (fixture.store, &luck);
  ticket = add_ticket (fixture.store, "Open", KIP_INSTANT_NONE);
  before = get_row (fixture.store, ticket);
  scenario = some_scenario (kip_store_get_agreements (fixture.store));
  change = kip_change_new (kip_store_get_me (fixture.store), "settings");
  g_assert_cmpuint (kip_scenario_add_drafts (scenario, kip_store_get_agreements (fixture.store), change), ==, 2);
  receipt = append (fixture.store, g_steal_pointer (&change));
  wait_until (has_two_drafts, fixture.store);
  after = get_row (fixture.store, ticket);
  g_assert_cmpmem (before->clocks, sizeof before->clocks, after->clocks, sizeof after->clocks);
  assert_rebuilds_same (fixture.store);
  undo (fixture.store, receipt);
  wait_until (has_no_draft, fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/what-if/nothing", test_nothing);
  g_test_add_func ("/what-if/longer", test_longer);
  g_test_add_func ("/what-if/more-agents", test_more_agents);
  g_test_add_func ("/what-if/same-again", test_same_again);
  g_test_add_func ("/what-if/cancel", test_cancel);
  g_test_add_func ("/what-if/minutes", test_minutes);
  g_test_add_func ("/what-if/tightest", test_tightest);
  g_test_add_func ("/what-if/store", test_store);
  g_test_add_func ("/what-if/refresh", test_refresh);
  g_test_add_func ("/what-if/draft", test_draft);
  return g_test_run ();
}
