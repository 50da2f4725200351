/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which policy, version and calendar rule a ticket, and what moves when they change. */

#include "desk-fixtures.h"

#define SECOND_POLICY (DESK_POLICY + 100)
#define THIRD_POLICY (DESK_POLICY + 101)
#define OUTAGE (DESK_POLICY + 200)
#define BEGINNING "2026-01-01 00:00"

/* Resolution in @hours for every priority, nothing else. */
static KipPolicySpec *
flat_spec (int         hours,
           const char *condition)
{
  KipPolicySpec *spec = kip_policy_spec_new ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    spec->targets[i][KIP_CLOCK_RESOLUTION] = hours * 3600;
  spec->condition = g_strdup (condition);
  return spec;
}

static void
publish (Desk       *desk,
         KipId       policy,
         const char *at,
         int         hours,
         const char *condition,
         const char *effective_from)
{
  g_autoptr (KipPolicySpec) spec = flat_spec (hours, condition);

  spec->effective_from = fixture_instant (effective_from);
  desk_publish (desk, policy, at, spec);
}

static KipClock
resolution (KipAgreements *agreements,
            const char    *story)
{
  g_autoptr (KipTicket) ticket = desk_ticket (story);
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (ticket, agreements, clocks);
  return clocks[KIP_CLOCK_RESOLUTION];
}

/* ---- order and conditions ---- */

static void
test_order (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipAgreements) renamed = NULL;

  /* Both of the first two match; "Aardvark" sorts first by name but comes second. */
  desk_place (desk, DESK_POLICY, "Everybody", 0, TRUE);
  desk_place (desk, SECOND_POLICY, "Zebra", 1, FALSE);
  desk_place (desk, THIRD_POLICY, "Aardvark", 2, FALSE);
  publish (desk, DESK_POLICY, BEGINNING, 8, NULL, "");
  publish (desk, SECOND_POLICY, BEGINNING, 2, "category:network", "");
  publish (desk, THIRD_POLICY, BEGINNING, 1, "category:network", "");
  agreements = desk_agreements (desk);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new network").target, ==, 2 * 3600);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new printing").target, ==, 8 * 3600);
  g_assert_cmpuint (kip_agreements_get_policies (agreements)->len, ==, 3);
  g_assert_true (((KipPolicy *) g_ptr_array_index (kip_agreements_get_policies (agreements), 2))->is_default);
  /* Renaming changes nothing. */
  desk_place (desk, SECOND_POLICY, "Aaa", 1, FALSE);
  renamed = desk_agreements (desk);
  g_assert_cmpint (resolution (renamed, "03-09 08:00 new network").target, ==, 2 * 3600);
}

static const struct
{
  const char *condition;
  const char *story;
  gboolean    matches;
} condition_cases[] = {
  { "category:network", "03-09 08:00 new network", TRUE },
  { "category:network", "03-09 08:00 new printing", FALSE },
  { "priority:critical", "03-09 08:00 new p1", TRUE },
  { "priority:critical", "03-09 08:00 new", FALSE },
  { "requester:lan", "03-09 08:00 new", TRUE },
  { "requester:minh", "03-09 08:00 new", FALSE },
  { "department:accounting", "03-09 08:00 new", TRUE },
  { "is:vip", "03-09 08:00 new", TRUE },
  { "tag:server", "03-09 08:00 new; 03-09 08:00 tag server", TRUE },
  { "tag:server", "03-09 08:00 new; 03-09 08:00 tag server; 03-09 08:00 untag server", FALSE },
  { "-category:network", "03-09 08:00 new printing", TRUE },
  { "category:nowhere", "03-09 08:00 new network", FALSE }, /* an unknown name is not everybody */
  { "", "03-09 08:00 new", TRUE },
};

static void
test_conditions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (condition_cases); i++)
    {
      g_autoptr (Desk) desk = desk_new ();
      g_autoptr (KipAgreements) agreements = NULL;

      g_test_message ("%s: %s", condition_cases[i].condition, condition_cases[i].story);
      desk_place (desk, DESK_POLICY, "Everybody", 9, TRUE);
      desk_place (desk, SECOND_POLICY, "Some", 1, FALSE);
      publish (desk, DESK_POLICY, BEGINNING, 8, NULL, "");
      publish (desk, SECOND_POLICY, BEGINNING, 2, condition_cases[i].condition, "");
      agreements = desk_agreements (desk);
      g_assert_cmpint (resolution (agreements, condition_cases[i].story).target, ==,
                       condition_cases[i].matches ? 2 * 3600 : 8 * 3600);
    }
}

/* What somebody is called or was made later does not change what was promised. */
static void
test_past (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipInstant later = fixture_instant ("2026-03-10 09:00");

  desk_place (desk, DESK_POLICY, "Everybody", 9, TRUE);
  desk_place (desk, SECOND_POLICY, "Network", 1, FALSE);
  desk_place (desk, THIRD_POLICY, "VIP", 2, FALSE);
  publish (desk, DESK_POLICY, BEGINNING, 8, NULL, "");
  publish (desk, SECOND_POLICY, BEGINNING, 2, "category:network", "");
  publish (desk, THIRD_POLICY, BEGINNING, 3, "is:vip", "");
  desk_add (desk, KIP_KIND_CATEGORY, DESK_NETWORK, KIP_VERB_SET, KIP_FIELD_NAME, later, kip_value_text ("Cables"));
  desk_add (desk, KIP_KIND_PERSON, DESK_LAN, KIP_VERB_SET, KIP_FIELD_VIP, later, kip_value_int (0));
  agreements = desk_agreements (desk);
  g_assert_cmpint (resolution (agreements, "03-12 08:00 new network").target, ==, 2 * 3600);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new; 03-09 10:00 resolve").target, ==, 3 * 3600);
  g_assert_cmpint (resolution (agreements, "03-12 08:00 new; 03-12 10:00 resolve").target, ==, 8 * 3600);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new").target, ==, 8 * 3600);
}

static void
test_check_condition (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  static const char *const bad[] = { "status:open", "due<2h", "category:nowhere", "is:overdue", "(category:network" };
  static const char *const good[] = { "", "category:network priority:high", "is:vip or tag:server", "printer" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *wrong = kip_agreements_check_condition (agreements, bad[i]);
      g_test_message ("%s", bad[i]);
      g_assert_nonnull (wrong);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *wrong = kip_agreements_check_condition (agreements, good[i]);
      g_assert_cmpstr (wrong, ==, NULL);
    }
}

/* A ticket that moves to another policy: the new target counts from the same start,
 * and what it had already used up is recorded at the change. */
static void
test_policy_change (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 9, TRUE);
  desk_place (desk, SECOND_POLICY, "Network", 1, FALSE);
  desk_place (desk, THIRD_POLICY, "Servers", 0, FALSE);
  publish (desk, DESK_POLICY, BEGINNING, 8, NULL, "");
  publish (desk, SECOND_POLICY, BEGINNING, 2, "category:network", "");
  publish (desk, THIRD_POLICY, BEGINNING, 3, "tag:server", "");
  agreements = desk_agreements (desk);
  clock = resolution (agreements, "03-09 08:00 new; 03-09 09:00 network");
  assert_instant ("in time", clock.due, "2026-03-09 10:00");
  assert_instant ("in time", clock.breached, "2026-03-09 10:00");
  clock = resolution (agreements, "03-09 08:00 new; 03-09 14:00 network");
  assert_instant ("too late", clock.due, "2026-03-09 10:00");
  assert_instant ("too late", clock.breached, "2026-03-09 14:00");
  clock = resolution (agreements, "03-09 08:00 new; 03-09 14:00 tag server");
  assert_instant ("by a tag", clock.breached, "2026-03-09 14:00");
  clock = resolution (agreements, "03-09 08:00 new network; 03-09 09:00 resolve; 03-09 09:30 printing");
  g_assert_cmpint (clock.policy, ==, SECOND_POLICY);
}

/* ---- versions ---- */

static void
test_versions (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  publish (desk, DESK_POLICY, BEGINNING, 8, NULL, "");
  publish (desk, DESK_POLICY, "2026-03-09 12:00", 4, NULL, "2026-03-09 00:00");
  publish (desk, DESK_POLICY, "2026-03-20 12:00", 2, NULL, "2026-04-01 00:00");
  agreements = desk_agreements (desk);
  /* Received before the second took effect: bound to the first for ever. */
  clock = resolution (agreements, "03-06 08:00 new");
  g_assert_cmpuint (clock.version, ==, 1);
  /* Received since: bound to the second, also when that was published later. */
  clock = resolution (agreements, "03-09 08:00 new");
  g_assert_cmpuint (clock.version, ==, 2);
  assert_instant ("the new target", clock.due, "2026-03-09 12:00");
  clock = resolution (agreements, "03-09 08:00 new; 03-09 17:00 resolve");
  g_assert_cmpint (clock.state, ==, KIP_CLOCK_MISSED);
  /* Finished before it was published: the verdict stays. */
  clock = resolution (agreements, "03-09 08:00 new; 03-09 11:00 p2; 03-09 11:30 resolve");
  g_assert_cmpuint (clock.version, ==, 1);
  clock = resolution (agreements, "03-25 08:00 new");
  g_assert_cmpuint (clock.version, ==, 2);
  clock = resolution (agreements, "04-01 08:00 new");
  g_assert_cmpuint (clock.version, ==, 3);
  g_assert_cmpuint (kip_agreements_get_policy_versions (agreements, DESK_POLICY)->len, ==, 3);
  g_assert_cmpint (kip_agreements_get_policy (agreements, DESK_POLICY, 1)->spec->targets[0][2], ==, 8 * 3600);
  g_assert_cmpuint (kip_agreements_get_policy (agreements, DESK_POLICY, 0)->version, ==, 3);
  g_assert_null (kip_agreements_get_policy (agreements, DESK_POLICY, 4));
}

/* A stricter version that takes effect in the past: recorded when it was published. */
static void
test_late_version (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  publish (desk, DESK_POLICY, BEGINNING, 16, NULL, "");
  publish (desk, DESK_POLICY, "2026-03-10 09:00", 4, NULL, "");
  agreements = desk_agreements (desk);
  clock = resolution (agreements, "03-09 08:00 new");
  assert_instant ("deadline", clock.due, "2026-03-09 12:00");
  assert_instant ("recorded", clock.breached, "2026-03-10 09:00");
}

/* What was finished before anything was agreed (an import) is judged by what was agreed first. */
static void
test_before_everything (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  publish (desk, DESK_POLICY, "2026-06-01 00:00", 8, NULL, "");
  publish (desk, DESK_POLICY, "2026-07-01 00:00", 1, NULL, "");
  agreements = desk_agreements (desk);
  clock = resolution (agreements, "03-09 08:00 new; 03-09 11:00 resolve");
  g_assert_cmpint (clock.state, ==, KIP_CLOCK_MET);
  g_assert_cmpuint (clock.version, ==, 1);
  g_assert_cmpuint (resolution (agreements, "03-09 08:00 new").version, ==, 2);
}

static void
test_calendar_versions (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = flat_spec (8, NULL);
  g_autoptr (KipCalendarSpec) calendar = fixture_spec ("Asia/Ho_Chi_Minh", OFFICE_WEEK, "2026-03-10", NULL, NULL);
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  desk_add (desk, KIP_KIND_CALENDAR, DESK_CALENDAR, KIP_VERB_ENTRY, KIP_FIELD_CALENDAR_VERSION,
            fixture_instant ("2026-03-10 11:00"), kip_calendar_version_to_value (KIP_INSTANT_NONE, calendar));
  agreements = desk_agreements (desk);
  /* A holiday added in between moves what runs … */
  clock = resolution (agreements, "03-09 14:00 new");
  assert_instant ("moved", clock.due, "2026-03-11 14:00");
  g_assert_cmpuint (clock.calendar_version, ==, 2);
  /* … and leaves what was finished before as it was. */
  clock = resolution (agreements, "03-09 14:00 new; 03-10 10:00 resolve");
  g_assert_cmpuint (clock.calendar_version, ==, 1);
  g_assert_cmpint (clock.used, ==, 5 * 3600);
  g_assert_cmpuint (kip_agreements_get_calendar_versions (agreements, DESK_CALENDAR)->len, ==, 2);
  g_assert_true (kip_agreements_get_calendar (agreements, KIP_ID_NONE, 0)
                 == kip_agreements_get_office_calendar (agreements));
}

/* ---- choices ---- */

static KipClock
with_choices (KipOnChange on_change,
              KipReopen   reopen,
              const char *story)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;

  spec->on_change = on_change;
  spec->reopen = reopen;
  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  agreements = desk_agreements (desk);
  return resolution (agreements, story);
}

static void
test_choices (void)
{
  const char *raised = "03-09 08:00 new; 03-09 11:00 p2";
  const char *reopened = "03-09 08:00 new; 03-09 10:00 resolve; 03-12 09:00 open";
  KipClock clock;

  clock = with_choices (KIP_ON_CHANGE_KEEP, KIP_REOPEN_CONTINUE, raised);
  assert_instant ("keep", clock.due, "2026-03-09 12:00");
  clock = with_choices (KIP_ON_CHANGE_FROM_NOW, KIP_REOPEN_CONTINUE, raised);
  assert_instant ("from now", clock.due, "2026-03-09 16:00");
  assert_instant ("from now", clock.started, "2026-03-09 08:00");
  g_assert_cmpint (clock.target, ==, 7 * 3600);
  clock = with_choices (KIP_ON_CHANGE_RESTART, KIP_REOPEN_CONTINUE, raised);
  assert_instant ("restart", clock.due, "2026-03-09 16:00");
  assert_instant ("restart", clock.started, "2026-03-09 11:00");
  g_assert_cmpint (clock.target, ==, 4 * 3600);
  clock = with_choices (KIP_ON_CHANGE_FROM_NOW, KIP_REOPEN_CONTINUE, "03-09 08:00 new; 03-09 14:00 p2");
  assert_instant ("from now is not late", clock.due, "2026-03-10 09:00");
  assert_instant ("from now is not late", clock.breached, "2026-03-10 09:00");
  clock = with_choices (KIP_ON_CHANGE_KEEP, KIP_REOPEN_CONTINUE, reopened);
  assert_instant ("continue", clock.due, "2026-03-12 16:00");
  clock = with_choices (KIP_ON_CHANGE_KEEP, KIP_REOPEN_RESTART, reopened);
  assert_instant ("anew", clock.due, "2026-03-13 09:00");
  g_assert_cmpint (clock.first_used, ==, 2 * 3600);
}

static void
test_pause_kinds (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;

  spec->pauses = 1u << KIP_PAUSE_REQUESTER;
  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  agreements = desk_agreements (desk);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new; 03-09 10:00 wait").state, ==, KIP_CLOCK_PAUSED);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new; 03-09 10:00 supplier").state, ==, KIP_CLOCK_RUNNING);
}

/* ---- outages ---- */

static void
test_outages (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipTicket) ticket = desk_ticket ("03-09 08:00 new network");
  g_autoptr (KipTicket) other = desk_ticket ("03-09 08:00 new printing");
  KipClock clocks[KIP_N_CLOCKS];
  KipClockReading reading;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  desk_outage (desk, OUTAGE, "2026-03-09 09:00", "2026-03-09 11:00", "category:network");
  agreements = desk_agreements (desk);
  kip_ticket_clocks (ticket, agreements, clocks);
  assert_instant ("resolution", clocks[KIP_CLOCK_RESOLUTION].due, "2026-03-10 10:00");
  assert_instant ("response too", clocks[KIP_CLOCK_RESPONSE].due, "2026-03-10 10:00");
  g_assert_cmpint (clocks[KIP_CLOCK_RESOLUTION].paused, ==, 2 * 3600);
  /* Read before, in and after it. */
  kip_clock_read (&clocks[KIP_CLOCK_RESOLUTION], agreements, fixture_instant ("2026-03-09 08:30"), &reading);
  g_assert_cmpint (reading.used, ==, 1800);
  kip_clock_read (&clocks[KIP_CLOCK_RESOLUTION], agreements, fixture_instant ("2026-03-09 10:00"), &reading);
  g_assert_cmpint (reading.used, ==, 3600);
  kip_clock_read (&clocks[KIP_CLOCK_RESOLUTION], agreements, fixture_instant ("2026-03-09 11:30"), &reading);
  g_assert_cmpint (reading.used, ==, 5400);
  kip_ticket_clocks (other, agreements, clocks);
  assert_instant ("out of scope", clocks[KIP_CLOCK_RESOLUTION].due, "2026-03-09 17:00");
}

static void
test_outage_that_goes_on (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  desk_outage (desk, OUTAGE, "2026-03-09 09:00", "", NULL);
  agreements = desk_agreements (desk);
  clock = resolution (agreements, "03-09 08:00 new");
  g_assert_cmpint (clock.state, ==, KIP_CLOCK_PAUSED);
  g_assert_true (clock.outage);
  g_assert_cmpint (clock.used, ==, 3600);
  g_assert_cmpuint (kip_agreements_get_outages (agreements)->len, ==, 1);
}

/* ---- without anything ---- */

static void
test_empty (void)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (KipOffice) office = kip_office_new (nothing);
  g_autoptr (KipAgreements) agreements = kip_agreements_new (nothing, office);
  KipClock clock = resolution (agreements, "03-09 08:00 new; 03-09 10:00 resolve");

  g_assert_cmpint (clock.state, ==, KIP_CLOCK_OFF);
  g_assert_cmpint (clock.first_used, ==, 2 * 3600);
  g_assert_nonnull (kip_agreements_get_office_calendar (agreements));
  g_assert_cmpuint (kip_agreements_get_policies (agreements)->len, ==, 0);
  /* A deadline by hand needs no policy. */
  clock = resolution (agreements, "03-09 08:00 new; 03-09 09:00 due 03-11 10:00");
  g_assert_cmpint (clock.state, ==, KIP_CLOCK_RUNNING);
  g_assert_true (clock.by_hand);
}

/* A calendar without working time: no deadline, and no endless search for one. */
static void
test_no_working_time (void)
{
  g_autoptr (KipCalendarSpec) empty = kip_calendar_spec_new ("Asia/Ho_Chi_Minh");
  g_autoptr (Desk) desk = desk_new_with_calendar (empty);
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;
  KipClock clock;

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  agreements = desk_agreements (desk);
  clock = resolution (agreements, "03-09 08:00 new");
  g_assert_cmpint (clock.state, ==, KIP_CLOCK_RUNNING);
  assert_instant ("no deadline", clock.due, "");
  assert_instant ("no warning", kip_clock_threshold (&clock, agreements, 75), "");
}

/* ---- preview ---- */

static void
test_preview (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipPolicySpec) spec = flat_spec (4, NULL);
  g_autoptr (KipValue) version = kip_policy_spec_to_value (spec);
  g_autoptr (KipAgreements) proposed =
    kip_agreements_propose (agreements, KIP_KIND_POLICY, DESK_POLICY, version, fixture_instant ("2026-03-09 10:00"));
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_ticket_unref);
  g_autoptr (GArray) moves = NULL;
  const KipClockMove *move;

  g_ptr_array_add (tickets, desk_ticket ("03-09 08:00 new on-line"));
  g_ptr_array_add (tickets, desk_ticket ("03-09 08:00 new p2 on-line"));
  g_ptr_array_add (tickets, desk_ticket ("03-09 08:00 new on-line; 03-09 09:00 resolve"));
  moves = kip_agreements_preview (tickets, agreements, proposed);
  /* The first moves, the second has 4 h already, the third is finished. */
  g_assert_cmpuint (moves->len, ==, 1);
  move = &g_array_index (moves, KipClockMove, 0);
  g_assert_cmpint (move->clock, ==, KIP_CLOCK_RESOLUTION);
  assert_instant ("from", move->old_due, "2026-03-09 17:00");
  assert_instant ("to", move->new_due, "2026-03-09 12:00");
  g_assert_cmpint (move->new_target, ==, 4 * 3600);
}

static void
test_propose_change (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipChange) change = kip_change_new (DESK_AGENT, "settings");
  g_autoptr (KipPolicySpec) spec = flat_spec (2, "category:network");
  g_autoptr (KipAgreements) proposed = NULL;

  kip_change_entry (change, KIP_KIND_POLICY, SECOND_POLICY, KIP_FIELD_POLICY_VERSION, kip_policy_spec_to_value (spec));
  kip_change_set_int (change, KIP_KIND_POLICY, SECOND_POLICY, KIP_FIELD_POSITION, 0);
  kip_change_set_int (change, KIP_KIND_POLICY, DESK_POLICY, KIP_FIELD_POSITION, 5);
  kip_change_set_text (change, KIP_KIND_POLICY, SECOND_POLICY, KIP_FIELD_NAME, "Network");
  for (guint i = 0; i < change->events->len; i++)
    ((KipEvent *) g_ptr_array_index (change->events, i))->at = fixture_instant ("2026-03-01 00:00");
  proposed = kip_agreements_propose_change (agreements, change);
  g_assert_cmpuint (kip_agreements_get_policies (proposed)->len, ==, 2);
  g_assert_cmpint (resolution (proposed, "03-09 08:00 new network").target, ==, 2 * 3600);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new network").target, ==, 8 * 3600);
  g_assert_cmpuint (kip_agreements_get_policies (agreements)->len, ==, 1);
}

/* ---- drafts and variations ---- */

/* A draft is listed and rules nothing; put in force it does, and is listed no more. */
static void
test_draft (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipChange) change = kip_change_new (DESK_AGENT, "settings");
  g_autoptr (KipPolicySpec) spec = flat_spec (2, NULL);
  g_autoptr (KipValue) version = kip_policy_spec_to_value (spec);
  g_autoptr (KipAgreements) drafted = NULL;
  g_autoptr (KipAgreements) published = NULL;
  g_autoptr (KipChange) publish = kip_change_new (DESK_AGENT, "settings");
  g_autoptr (GArray) drafts = NULL;
  g_autoptr (GArray) none = NULL;
  const KipVersionDraft *draft;

  kip_change_entry (change, KIP_KIND_POLICY, DESK_POLICY, kip_version_draft_field (KIP_KIND_POLICY),
                    kip_version_draft_to_value (version, "Two hours"))->at = fixture_instant ("2026-03-01 00:00");
  drafted = kip_agreements_propose_change (agreements, change);
  g_assert_cmpint (resolution (drafted, "03-09 08:00 new").target, ==, 8 * 3600);
  drafts = kip_agreements_get_drafts (drafted, KIP_KIND_POLICY, KIP_ID_NONE);
  g_assert_cmpuint (drafts->len, ==, 1);
  draft = &g_array_index (drafts, KipVersionDraft, 0);
  g_assert_cmpstr (draft->name, ==, "Everybody");
  g_assert_cmpstr (draft->note, ==, "Two hours");
  kip_change_entry (publish, KIP_KIND_POLICY, DESK_POLICY, KIP_FIELD_POLICY_VERSION,
                    kip_version_draft_publish (draft, fixture_instant ("2026-03-05 00:00")))->at =
    fixture_instant ("2026-03-02 00:00");
  kip_change_retract (publish, KIP_KIND_POLICY, DESK_POLICY, KIP_FIELD_POLICY_DRAFT, &draft->entry);
  published = kip_agreements_propose_change (drafted, publish);
  g_assert_cmpint (resolution (published, "03-09 08:00 new").target, ==, 2 * 3600);
  g_assert_cmpint (resolution (published, "03-04 08:00 new").target, ==, 8 * 3600);
  none = kip_agreements_get_drafts (published, KIP_KIND_POLICY, DESK_POLICY);
  g_assert_cmpuint (none->len, ==, 0);
}

static KipValue *
halve_targets (KipKind         kind,
               KipId           id,
               const KipValue *version,
               gpointer        data)
{
  g_autoptr (KipPolicySpec) spec = NULL;

  if (kind != KIP_KIND_POLICY)
    return NULL;
  spec = kip_policy_spec_from_value (version);
  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    spec->targets[i][KIP_CLOCK_RESOLUTION] /= 2;
  (*(guint *) data)++;
  return kip_policy_spec_to_value (spec);
}

/* Every version is another, each in force when it was. */
static void
test_vary (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) first = flat_spec (8, NULL);
  g_autoptr (KipPolicySpec) second = flat_spec (4, NULL);
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipAgreements) varied = NULL;
  guint n = 0;

  second->effective_from = fixture_instant ("2026-03-09 00:00");
  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, "2026-01-01 00:00", first);
  desk_publish (desk, DESK_POLICY, "2026-03-01 00:00", second);
  agreements = desk_agreements (desk);
  varied = kip_agreements_vary (agreements, halve_targets, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (resolution (varied, "03-05 08:00 new").target, ==, 4 * 3600);
  g_assert_cmpint (resolution (varied, "03-09 08:00 new").target, ==, 2 * 3600);
  g_assert_cmpint (resolution (agreements, "03-09 08:00 new").target, ==, 4 * 3600);
}

/* Two answered questions and one that is open. */
static void
test_rounds (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipTicket) ticket = desk_ticket ("03-02 08:00 new; 03-02 08:30 reply; 03-02 09:00 incoming; 03-02 10:00 reply;"
                                              "03-02 11:00 incoming; 03-02 17:00 reply; 03-03 08:00 incoming");
  g_autoptr (GArray) rounds = kip_ticket_clock_rounds (ticket, agreements, KIP_CLOCK_UPDATE);
  static const struct { KipClockState state; gint64 used; } expected[] = {
    { KIP_CLOCK_MET, 3600 }, { KIP_CLOCK_MISSED, 5 * 3600 }, { KIP_CLOCK_RUNNING, -1 }
  };

  g_assert_cmpuint (rounds->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rounds->len; i++)
    {
      g_assert_cmpint (g_array_index (rounds, KipClock, i).state, ==, expected[i].state);
      g_assert_cmpint (g_array_index (rounds, KipClock, i).used, ==, expected[i].used);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agreements/order", test_order);
  g_test_add_func ("/agreements/conditions", test_conditions);
  g_test_add_func ("/agreements/past", test_past);
  g_test_add_func ("/agreements/check-condition", test_check_condition);
  g_test_add_func ("/agreements/policy-change", test_policy_change);
  g_test_add_func ("/agreements/versions", test_versions);
  g_test_add_func ("/agreements/late-version", test_late_version);
  g_test_add_func ("/agreements/before-everything", test_before_everything);
  g_test_add_func ("/agreements/calendar-versions", test_calendar_versions);
  g_test_add_func ("/agreements/choices", test_choices);
  g_test_add_func ("/agreements/pause-kinds", test_pause_kinds);
  g_test_add_func ("/agreements/outages", test_outages);
  g_test_add_func ("/agreements/outage-that-goes-on", test_outage_that_goes_on);
  g_test_add_func ("/agreements/empty", test_empty);
  g_test_add_func ("/agreements/no-working-time", test_no_working_time);
  g_test_add_func ("/agreements/preview", test_preview);
  g_test_add_func ("/agreements/propose-change", test_propose_change);
  g_test_add_func ("/agreements/draft", test_draft);
  g_test_add_func ("/agreements/vary", test_vary);
  g_test_add_func ("/agreements/rounds", test_rounds);
  return g_test_run ();
}
