/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A review in a real office: what is kept stays, what is agreed becomes tickets, and all
 * of it can be undone. */

#include "kip-clock.h"
#include "kip-goal-commands.h"
#include "kip-review-commands.h"
#include "kip-review-figures.h"

#include <glib/gstdio.h>

typedef struct
{
  char     *dir;   /* (owned) */
  KipStore *store; /* (owned) */
} Office;

static Office
office_new (void)
{
  static const KipOfficeSetup setup = { "Riverside", "Minh", "en", NULL };
  Office office = { g_dir_make_tmp ("kip-review-XXXXXX", NULL), NULL };
  g_autoptr (GError) error = NULL;

  office.store = kip_store_create (office.dir, &setup, &error);
  g_assert_no_error (error);
  return office;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
office_clear (Office *office)
{
  kip_store_close (office->store);
  g_object_unref (office->store);
  remove_tree (office->dir);
  g_free (office->dir);
}

static guint64
append (Office    *office,
        KipChange *change)
{
  g_autoptr (GError) error = NULL;
  KipReceipt receipt;

  kip_store_append (office->store, change, &receipt, &error);
  g_assert_no_error (error);
  return receipt.seq;
}

static KipId
log_ticket (Office     *office,
            const char *subject,
            KipInstant  received)
{
  KipNewTicket ticket = { .subject = subject, .received = received, .not_on_line = TRUE };
  KipId id;

  append (office, kip_command_new_ticket (office->store, &ticket, &id));
  return id;
}

static KipRange
last_week (Office *office)
{
  g_autoptr (GTimeZone) zone = kip_office_zone (office->store);

  return kip_range_last_days (7, kip_clock_now (), zone);
}

static GArray *
figures_now (Office *office)
{
  KipRange range = last_week (office);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipFactTable) table = kip_facts_load (office->store, NULL, &error);
  g_autoptr (KipStudy) study = NULL;

  g_assert_no_error (error);
  study = kip_study_new (office->store, table, NULL, NULL, &range, FALSE, kip_clock_now (), NULL, &error);
  g_assert_no_error (error);
  return kip_review_figures (study, KIP_ID_NONE, KIP_ID_NONE);
}

static const KipReviewFigure *
figure_of (const GArray *figures,
           const char   *measure)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_strcmp0 (g_array_index (figures, KipReviewFigure, i).measure, measure) == 0)
      return &g_array_index (figures, KipReviewFigure, i);
  g_assert_not_reached ();
}

static GArray *
two_actions (Office *office)
{
  GArray *actions = kip_review_actions_new ();
  KipReviewAction first = { g_strdup ("Write it down"), kip_store_get_me (office->store), kip_clock_now () + 5 * KIP_MS_PER_DAY };
  KipReviewAction second = { g_strdup ("Order a phone"), KIP_ID_NONE, KIP_INSTANT_NONE };

  g_array_append_val (actions, first);
  g_array_append_val (actions, second);
  return actions;
}

static guint64
hold (Office *office,
      KipId   agent,
      KipId  *id)
{
  KipRange range = last_week (office);
  g_autoptr (GArray) figures = figures_now (office);
  g_autoptr (GArray) actions = two_actions (office);
  KipNewReview review = { .from = range.from, .to = range.to, .held = KIP_INSTANT_NONE, .agent = agent, .agreed = "Ring back",
                          .figures = figures, .actions = actions, .origin = "From the review" };

  return append (office, kip_command_new_review (office->store, &review, id));
}

static guint
count (Office     *office,
       const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GArray) ids = kip_store_list (office->store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, NULL);

  return ids->len;
}

/* ---- tests ---- */

/* A ticket of the period that is entered late changes today's figures, not the kept ones. */
static void
test_frozen (void)
{
  Office office = office_new ();
  g_autoptr (KipOffice) snapshot = NULL;
  g_autoptr (GArray) today = NULL;
  const KipReviewFigure *kept;
  KipId id;

  log_ticket (&office, "First", KIP_INSTANT_NONE);
  hold (&office, KIP_ID_NONE, &id);
  log_ticket (&office, "Late", kip_clock_now () - 2 * KIP_MS_PER_DAY);
  snapshot = kip_store_dup_office (office.store);
  kept = kip_review_find (kip_office_review (snapshot, id), "received");
  today = figures_now (&office);
  g_assert_cmpuint (kept->n, ==, 1);
  g_assert_cmpint (kept->amount, ==, 1000);
  g_assert_cmpuint (kept->definition, ==, KIP_MEASURE_DEFINITION);
  /* the first, the late one, and the two actions */
  g_assert_cmpuint (figure_of (today, "received")->n, ==, 4);
  g_assert_false (kip_review_figure_same (kept, figure_of (today, "received")));
  g_assert_true (kip_review_figure_same (kip_review_find (kip_office_review (snapshot, id), "csat"), figure_of (today, "csat")));
  office_clear (&office);
}

static void
test_actions (void)
{
  Office office = office_new ();
  g_autoptr (KipOffice) snapshot = NULL;
  g_autoptr (KipTicket) first = NULL;
  g_autoptr (KipTicket) second = NULL;
  const KipReview *review;
  KipId id;

  hold (&office, KIP_ID_NONE, &id);
  snapshot = kip_store_dup_office (office.store);
  review = kip_office_review (snapshot, id);
  g_assert_cmpuint (review->actions->len, ==, 2);
  g_assert_cmpstr (review->agreed, ==, "Ring back");
  first = kip_store_ticket (office.store, g_array_index (review->actions, KipId, 0), NULL);
  second = kip_store_ticket (office.store, g_array_index (review->actions, KipId, 1), NULL);
  g_assert_cmpstr (first->subject, ==, "Write it down");
  g_assert_cmpstr (first->description, ==, "From the review");
  g_assert_true (first->requester == kip_store_get_me (office.store));
  g_assert_true (first->assignee == kip_store_get_me (office.store));
  g_assert_cmpint (kip_entity_get_int (first->entity, KIP_FIELD_DUE, 0), >, kip_clock_now ());
  g_assert_true ((KipId) kip_entity_get_int (first->entity, KIP_FIELD_REVIEW, 0) == id);
  g_assert_true (second->assignee == KIP_ID_NONE);
  g_assert_cmpint (kip_entity_get_int (second->entity, KIP_FIELD_DUE, KIP_INSTANT_NONE), ==, KIP_INSTANT_NONE);
  g_assert_cmpuint (count (&office, "is:open"), ==, 2);
  office_clear (&office);
}

/* Holding a review was one action, so undoing it is one; and undoing that, too. */
static void
test_undo (void)
{
  Office office = office_new ();
  g_autoptr (GError) error = NULL;
  KipReceipt undone;
  guint64 seq;
  KipId id;

  seq = hold (&office, KIP_ID_NONE, &id);
  g_assert_true (kip_store_undo (office.store, kip_store_get_device (office.store), seq, &undone, &error));
  g_assert_no_error (error);
  {
    g_autoptr (KipOffice) snapshot = kip_store_dup_office (office.store);

    g_assert_true (kip_office_review (snapshot, id)->deleted);
  }
  g_assert_cmpuint (count (&office, "is:open"), ==, 0);
  g_assert_true (kip_store_undo (office.store, kip_store_get_device (office.store), undone.seq, NULL, &error));
  g_assert_no_error (error);
  {
    g_autoptr (KipOffice) snapshot = kip_store_dup_office (office.store);

    g_assert_false (kip_office_review (snapshot, id)->deleted);
    g_assert_cmpuint (kip_office_review (snapshot, id)->actions->len, ==, 2);
  }
  g_assert_cmpuint (count (&office, "is:open"), ==, 2);
  office_clear (&office);
}

static const KipReview *
review_now (Office     *office,
            KipId       id,
            KipOffice **snapshot)
{
  g_clear_pointer (snapshot, kip_office_unref);
  *snapshot = kip_store_dup_office (office->store);
  return kip_office_review (*snapshot, id);
}

/* Other words are agreed on: figures, dates and tickets stay, and it can be undone. */
static void
test_change (void)
{
  Office office = office_new ();
  g_autoptr (KipOffice) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  const KipReview *review;
  KipId id;
  guint64 seq;

  log_ticket (&office, "First", KIP_INSTANT_NONE);
  hold (&office, KIP_ID_NONE, &id);
  seq = append (&office, kip_command_setting (office.store, KIP_KIND_REVIEW, id, KIP_FIELD_REVIEW_AGREED, kip_value_text ("Write first")));
  review = review_now (&office, id, &snapshot);
  g_assert_cmpstr (review->agreed, ==, "Write first");
  g_assert_cmpint (kip_review_find (review, "received")->amount, ==, 1000);
  g_assert_cmpuint (review->actions->len, ==, 2);
  g_assert_true (kip_store_undo (office.store, kip_store_get_device (office.store), seq, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (review_now (&office, id, &snapshot)->agreed, ==, "Ring back");
  office_clear (&office);
}

/* Without the review its tickets are still to be done. */
static void
test_delete (void)
{
  Office office = office_new ();
  g_autoptr (KipOffice) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  KipId id;
  guint64 seq;

  hold (&office, KIP_ID_NONE, &id);
  seq = append (&office, kip_command_archive (office.store, KIP_KIND_REVIEW, id, TRUE));
  g_assert_true (review_now (&office, id, &snapshot)->deleted);
  g_assert_cmpuint (count (&office, "is:open"), ==, 2);
  g_assert_true (kip_store_undo (office.store, kip_store_get_device (office.store), seq, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (review_now (&office, id, &snapshot)->deleted);
  office_clear (&office);
}

static void
test_target (void)
{
  Office office = office_new ();
  KipGoalVersion version = { 0, 0, KIP_INSTANT_NONE, KIP_INSTANT_NONE, KIP_GOAL_AT_MOST, 0, KIP_GOAL_MONTH, FALSE, NULL };
  g_autoptr (GArray) figures = NULL;
  guint judged, met;

  append (&office, kip_command_set_goal (office.store, "open", KIP_ID_NONE, KIP_ID_NONE, &version));
  version.amount = 90 * KIP_GOAL_SCALE;
  version.direction = KIP_GOAL_AT_LEAST;
  append (&office, kip_command_set_goal (office.store, "csat", KIP_ID_NONE, KIP_ID_NONE, &version));
  log_ticket (&office, "Open", KIP_INSTANT_NONE);
  figures = figures_now (&office);
  g_assert_cmpint (figure_of (figures, "open")->verdict, ==, KIP_GOAL_MISSED);
  g_assert_cmpint (figure_of (figures, "open")->target, ==, 0);
  g_assert_cmpuint (figure_of (figures, "open")->version, ==, 1);
  g_assert_cmpint (figure_of (figures, "csat")->verdict, ==, KIP_GOAL_UNKNOWN);
  g_assert_cmpint (figure_of (figures, "received")->verdict, ==, KIP_GOAL_NONE);
  kip_review_count_met (figures, &judged, &met);
  g_assert_cmpuint (judged, ==, 1);
  g_assert_cmpuint (met, ==, 0);
  office_clear (&office);
}

/* A second version of a target is one of the same target, not another target. */
static void
test_versions_of_one (void)
{
  Office office = office_new ();
  KipGoalVersion version = { 0, 0, KIP_INSTANT_NONE, KIP_INSTANT_NONE, KIP_GOAL_AT_MOST, 5000, KIP_GOAL_MONTH, FALSE, "first" };
  g_autoptr (KipOffice) snapshot = NULL;
  GPtrArray *goals;

  append (&office, kip_command_set_goal (office.store, "open", KIP_ID_NONE, KIP_ID_NONE, &version));
  version.amount = 7000;
  append (&office, kip_command_set_goal (office.store, "open", KIP_ID_NONE, KIP_ID_NONE, &version));
  snapshot = kip_store_dup_office (office.store);
  goals = kip_office_get_goals (snapshot);
  g_assert_cmpuint (goals->len, ==, 1);
  g_assert_cmpuint (((KipGoal *) g_ptr_array_index (goals, 0))->versions->len, ==, 2);
  g_assert_cmpint (kip_goal_at (g_ptr_array_index (goals, 0), kip_clock_now ())->amount, ==, 7000);
  office_clear (&office);
}

static void
test_who_sees (void)
{
  Office office = office_new ();
  KipChange *change = kip_change_new (KIP_ID_NONE, "settings");
  KipId lan = kip_store_new_id (office.store), me = kip_store_get_me (office.store), of_lan, of_all;
  g_autoptr (KipOffice) snapshot = NULL;

  kip_change_set_text (change, KIP_KIND_PERSON, lan, KIP_FIELD_NAME, "Lan");
  kip_change_set_int (change, KIP_KIND_PERSON, lan, KIP_FIELD_ROLE, KIP_ROLE_AGENT);
  append (&office, change);
  hold (&office, lan, &of_lan);
  hold (&office, KIP_ID_NONE, &of_all);
  snapshot = kip_store_dup_office (office.store);
  g_assert_true (kip_review_may_hold (snapshot, me));
  g_assert_false (kip_review_may_hold (snapshot, lan));
  g_assert_true (kip_review_may_see (snapshot, me, kip_office_review (snapshot, of_lan)));
  g_assert_false (kip_review_may_see (snapshot, lan, kip_office_review (snapshot, of_lan)));
  g_assert_true (kip_review_may_see (snapshot, lan, kip_office_review (snapshot, of_all)));
  office_clear (&office);
}

/* A filter that is just a team or an agent is theirs; any other is nobody's. */
static void
test_whose (void)
{
  Office office = office_new ();
  g_autoptr (KipOffice) snapshot = kip_store_dup_office (office.store);
  const KipTeam *team = g_ptr_array_index (kip_office_get_teams (snapshot), 0);
  KipId me = kip_store_get_me (office.store);
  g_autofree char *of_team = g_strdup_printf ("team:\"%s\"", team->name);
  const struct
  {
    const char *query;
    gboolean    some;
    KipId       team, agent;
  } cases[] = {
    { "", FALSE, KIP_ID_NONE, KIP_ID_NONE },
    { of_team, FALSE, team->id, KIP_ID_NONE },
    { "agent:me", FALSE, KIP_ID_NONE, me },
    { "agent:Minh", FALSE, KIP_ID_NONE, me },
    { "agent:me priority:high", TRUE, KIP_ID_NONE, KIP_ID_NONE },
    { "-agent:me", TRUE, KIP_ID_NONE, KIP_ID_NONE },
    { "priority:high", TRUE, KIP_ID_NONE, KIP_ID_NONE },
    { "printer", TRUE, KIP_ID_NONE, KIP_ID_NONE },
  };
  g_autoptr (KipFactTable) table = kip_facts_load (office.store, NULL, NULL);
  KipRange range = last_week (&office);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (cases[i].query);
      g_autoptr (KipStudy) study = kip_study_new (office.store, table, NULL, query, &range, FALSE, kip_clock_now (), NULL, NULL);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpint (study->whose.some, ==, cases[i].some);
      g_assert_true (study->whose.team == cases[i].team);
      g_assert_true (study->whose.agent == cases[i].agent);
    }
  office_clear (&office);
}

/* Due when work ends on that day: 17:00 on a Friday, and on a Sunday for want of better. */
static void
test_due (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);
  KipDay friday = kip_day_from_ymd (2026, 3, 6), sunday = kip_day_from_ymd (2026, 3, 8);

  g_assert_cmpint (kip_review_due (calendar, friday), ==, kip_calendar_day_start (calendar, friday) + 17 * KIP_MS_PER_HOUR);
  g_assert_cmpint (kip_review_due (calendar, sunday), ==, kip_calendar_day_start (calendar, sunday) + 17 * KIP_MS_PER_HOUR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reviews/frozen", test_frozen);
  g_test_add_func ("/reviews/actions", test_actions);
  g_test_add_func ("/reviews/undo", test_undo);
  g_test_add_func ("/reviews/change", test_change);
  g_test_add_func ("/reviews/delete", test_delete);
  g_test_add_func ("/reviews/target", test_target);
  g_test_add_func ("/reviews/versions-of-one", test_versions_of_one);
  g_test_add_func ("/reviews/who-sees", test_who_sees);
  g_test_add_func ("/reviews/whose", test_whose);
  g_test_add_func ("/reviews/due", test_due);
  return g_test_run ();
}
