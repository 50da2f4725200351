/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change.h"
#include "kip-office.h"

#define GOAL KIP_ID_MAKE (1, 7)
#define OTHER KIP_ID_MAKE (1, 8)
#define REVIEW KIP_ID_MAKE (1, 9)
#define TEAM KIP_ID_MAKE (1, 3)
#define LAN KIP_ID_MAKE (1, 4)
#define DAY KIP_MS_PER_DAY

/* ---- a log in memory ---- */

typedef struct
{
  GPtrArray *events; /* (owned) of KipEvent */
  guint64    seq;
} Log;

/* Completes the events of @change as a store would, published at @at. */
static guint64
append (Log       *log,
        KipChange *change,
        KipInstant at)
{
  log->seq++;
  change->stamp->device = 1;
  change->stamp->seq = log->seq;
  change->stamp->hlc = log->seq << 16;
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = kip_event_copy (g_ptr_array_index (change->events, i));

      event->id = (KipEventId) { 1, i, log->seq };
      event->tl = (guint32) log->seq;
      event->at = at;
      event->stamp = kip_stamp_ref (change->stamp);
      g_ptr_array_add (log->events, event);
    }
  kip_change_free (change);
  return log->seq;
}

static KipEntity *
fold (Log    *log,
      KipKind kind,
      KipId   id)
{
  GPtrArray *own = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  for (guint i = 0; i < log->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (log->events, i);

      if (event->kind == kind && event->entity == id)
        g_ptr_array_add (own, kip_event_copy (event));
    }
  return kip_entity_fold (kind, id, own);
}

static void
log_clear (Log *log)
{
  g_ptr_array_unref (log->events);
}

static Log
log_new (void)
{
  return (Log) { g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free), 0 };
}

static guint64
publish (Log       *log,
         KipId      goal,
         KipInstant at,
         KipInstant from,
         KipInstant until,
         gint64     amount)
{
  KipChange *change = kip_change_new (LAN, "settings");
  KipGoalVersion version = { 0, 0, from, until, KIP_GOAL_AT_MOST, amount, KIP_GOAL_WEEK, FALSE, "because" };

  if (log->seq == 0 || goal != GOAL)
    kip_change_set_text (change, KIP_KIND_GOAL, goal, KIP_FIELD_GOAL_MEASURE, "response-median");
  kip_change_entry (change, KIP_KIND_GOAL, goal, KIP_FIELD_GOAL_VERSION, kip_goal_version_to_value (&version));
  return append (log, change, at);
}

/* ---- versions ---- */

/* Three versions, published on days 1, 2 and 3:
 *   1  from day 10                  100
 *   2  from day 20 until day 30     200
 *   3  from day 10                  150   (a correction of the first) */
static void
test_versions (void)
{
  static const struct
  {
    KipInstant at;
    gint64     amount; /* −1: none in force */
  } cases[] = {
    { 9 * DAY, -1 },          /* nothing was begun */
    { 10 * DAY - 1, -1 },
    { 10 * DAY, 150 },        /* of the same beginning the one published last */
    { 20 * DAY - 1, 150 },
    { 20 * DAY, 200 },
    { 30 * DAY - 1, 200 },
    { 30 * DAY, -1 },         /* ended; the one before does not come back */
  };
  Log log = log_new ();
  g_autoptr (KipEntity) entity = NULL;
  KipGoal *goal;

  publish (&log, GOAL, 1 * DAY, 10 * DAY, KIP_INSTANT_NONE, 100);
  publish (&log, GOAL, 2 * DAY, 20 * DAY, 30 * DAY, 200);
  publish (&log, GOAL, 3 * DAY, 10 * DAY, KIP_INSTANT_NONE, 150);
  entity = fold (&log, KIP_KIND_GOAL, GOAL);
  goal = kip_goal_new (entity);
  g_assert_cmpuint (goal->versions->len, ==, 3);
  g_assert_cmpint (kip_goal_newest (goal)->amount, ==, 150);
  g_assert_cmpuint (kip_goal_newest (goal)->number, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KipGoalVersion *version = kip_goal_at (goal, cases[i].at);

      g_assert_cmpint (version != NULL ? version->amount : -1, ==, cases[i].amount);
    }
  kip_goal_free (goal);
  log_clear (&log);
}

/* What a version says comes back as it was written; what is not there, too. */
static void
test_round_trip (void)
{
  static const KipGoalVersion versions[] = {
    { 1, 5 * DAY, KIP_INSTANT_NONE, KIP_INSTANT_NONE, KIP_GOAL_AT_LEAST, 90500, KIP_GOAL_MONTH, FALSE, NULL },
    { 1, 5 * DAY, -3 * DAY, 8 * DAY, KIP_GOAL_AT_MOST, 7200000, KIP_GOAL_WEEK, TRUE, "Khách phải chờ lâu" },
    { 1, 5 * DAY, 0, 1, KIP_GOAL_AT_MOST, 0, KIP_GOAL_MONTH, FALSE, "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      Log log = log_new ();
      KipChange *change = kip_change_new (LAN, "settings");
      g_autoptr (KipEntity) entity = NULL;
      const KipGoalVersion *read;
      KipGoal *goal;

      kip_change_entry (change, KIP_KIND_GOAL, GOAL, KIP_FIELD_GOAL_VERSION, kip_goal_version_to_value (&versions[i]));
      append (&log, change, 5 * DAY);
      entity = fold (&log, KIP_KIND_GOAL, GOAL);
      goal = kip_goal_new (entity);
      read = kip_goal_newest (goal);
      g_assert_cmpint (read->published, ==, versions[i].published);
      g_assert_cmpint (read->from, ==, versions[i].from);
      g_assert_cmpint (read->until, ==, versions[i].until);
      g_assert_cmpint (read->direction, ==, versions[i].direction);
      g_assert_cmpint (read->amount, ==, versions[i].amount);
      g_assert_cmpint (read->period, ==, versions[i].period);
      g_assert_cmpint (read->elapsed, ==, versions[i].elapsed);
      g_assert_cmpstr (read->why, ==, versions[i].why);
      kip_goal_free (goal);
      log_clear (&log);
    }
}

/* An undone version is retracted and counts no more. */
static void
test_retracted (void)
{
  Log log = log_new ();
  KipChange *change = kip_change_new (LAN, "undo");
  g_autoptr (KipEntity) entity = NULL;
  KipEventId second = { 1, 0, 0 };
  KipGoal *goal;

  publish (&log, GOAL, 1 * DAY, 10 * DAY, KIP_INSTANT_NONE, 100);
  second.seq = publish (&log, GOAL, 2 * DAY, 10 * DAY, KIP_INSTANT_NONE, 200);
  kip_change_retract (change, KIP_KIND_GOAL, GOAL, KIP_FIELD_GOAL_VERSION, &second);
  append (&log, change, 3 * DAY);
  entity = fold (&log, KIP_KIND_GOAL, GOAL);
  goal = kip_goal_new (entity);
  g_assert_cmpuint (goal->versions->len, ==, 1);
  g_assert_cmpint (kip_goal_at (goal, 20 * DAY)->amount, ==, 100);
  kip_goal_free (goal);
  log_clear (&log);
}

/* ---- in an office ---- */

static void
set_scope (Log     *log,
           KipId    goal,
           KipField field,
           KipId    id)
{
  KipChange *change = kip_change_new (LAN, "settings");

  kip_change_set_int (change, KIP_KIND_GOAL, goal, field, (gint64) id);
  append (log, change, 1 * DAY);
}

static KipOffice *
make_office (Log *log)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  g_ptr_array_add (entities, fold (log, KIP_KIND_GOAL, GOAL));
  g_ptr_array_add (entities, fold (log, KIP_KIND_GOAL, OTHER));
  g_ptr_array_add (entities, fold (log, KIP_KIND_REVIEW, REVIEW));
  return kip_office_new (entities);
}

static gint64
amount_for (KipOffice  *office,
            const char *measure,
            KipId       team,
            KipId       agent,
            KipInstant  at)
{
  const KipGoalVersion *version;

  return kip_goal_find (kip_office_get_goals (office), measure, team, agent, at, &version) != NULL ? version->amount : -1;
}

static void
test_find (void)
{
  Log log = log_new ();
  g_autoptr (KipOffice) office = NULL;

  publish (&log, GOAL, 1 * DAY, 10 * DAY, KIP_INSTANT_NONE, 100);
  publish (&log, OTHER, 1 * DAY, 10 * DAY, KIP_INSTANT_NONE, 50);
  set_scope (&log, OTHER, KIP_FIELD_GOAL_TEAM, TEAM);
  office = make_office (&log);
  g_assert_cmpint (amount_for (office, "response-median", KIP_ID_NONE, KIP_ID_NONE, 11 * DAY), ==, 100);
  g_assert_cmpint (amount_for (office, "response-median", TEAM, KIP_ID_NONE, 11 * DAY), ==, 50);
  g_assert_cmpint (amount_for (office, "response-median", KIP_ID_NONE, LAN, 11 * DAY), ==, -1);
  g_assert_cmpint (amount_for (office, "response-median", TEAM, KIP_ID_NONE, 9 * DAY), ==, -1);
  g_assert_cmpint (amount_for (office, "csat", KIP_ID_NONE, KIP_ID_NONE, 11 * DAY), ==, -1);
  g_assert_true (kip_office_goal (office, OTHER)->team == TEAM);
  log_clear (&log);
}

/* Put away, it is no target any more, but history still names it. */
static void
test_put_away (void)
{
  Log log = log_new ();
  g_autoptr (KipOffice) office = NULL;

  publish (&log, GOAL, 1 * DAY, 10 * DAY, KIP_INSTANT_NONE, 100);
  set_scope (&log, GOAL, KIP_FIELD_DELETED, 1);
  office = make_office (&log);
  g_assert_cmpint (amount_for (office, "response-median", KIP_ID_NONE, KIP_ID_NONE, 11 * DAY), ==, -1);
  g_assert_nonnull (kip_office_goal (office, GOAL));
  log_clear (&log);
}

/* ---- reviews ---- */

static GArray *
some_figures (void)
{
  static const KipReviewFigure figures[] = {
    { "response-median", TRUE, 1800000, 42, KIP_GOAL_MET, KIP_GOAL_AT_MOST, 3600000, GOAL, 2, 1 },
    { "csat", FALSE, 0, 0, KIP_GOAL_UNKNOWN, KIP_GOAL_AT_LEAST, 90000, OTHER, 1, 1 },
    { "received", TRUE, 57000, 57, KIP_GOAL_NONE, KIP_GOAL_AT_MOST, 0, KIP_ID_NONE, 0, 1 },
  };
  GArray *all = g_array_new (FALSE, FALSE, sizeof (KipReviewFigure));

  g_array_append_vals (all, figures, G_N_ELEMENTS (figures));
  return all;
}

static void
hold (Log    *log,
      GArray *figures)
{
  KipChange *change = kip_change_new (LAN, "review");

  kip_change_set_int (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_FROM, 31 * DAY);
  kip_change_set_int (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_TO, 61 * DAY);
  kip_change_set_int (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_HELD, 63 * DAY);
  kip_change_set_int (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_AGENT, (gint64) LAN);
  kip_change_set_text (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_AGREED, "Gọi lại trong ngày");
  kip_change_set (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_FIGURES, kip_review_figures_to_value (figures, TRUE));
  kip_change_add (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_ACTIONS, kip_value_int (KIP_ID_MAKE (1, 20)));
  kip_change_add (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_ACTIONS, kip_value_int (KIP_ID_MAKE (1, 21)));
  append (log, change, 63 * DAY);
}

static void
assert_figure (const KipReviewFigure *read,
               const KipReviewFigure *written)
{
  g_assert_cmpstr (read->measure, ==, written->measure);
  g_assert_cmpint (read->known, ==, written->known);
  g_assert_cmpint (read->amount, ==, written->amount);
  g_assert_cmpuint (read->n, ==, written->n);
  g_assert_cmpint (read->verdict, ==, written->verdict);
  g_assert_cmpint (read->direction, ==, written->direction);
  g_assert_cmpint (read->target, ==, written->target);
  g_assert_true (read->goal == written->goal);
  g_assert_cmpuint (read->version, ==, written->version);
  g_assert_cmpuint (read->definition, ==, written->definition);
}

static void
test_review (void)
{
  Log log = log_new ();
  g_autoptr (GArray) figures = some_figures ();
  g_autoptr (KipOffice) office = NULL;
  const KipReview *review;

  hold (&log, figures);
  office = make_office (&log);
  review = kip_office_review (office, REVIEW);
  g_assert_cmpint (review->from, ==, 31 * DAY);
  g_assert_cmpint (review->to, ==, 61 * DAY);
  g_assert_cmpint (review->held, ==, 63 * DAY);
  g_assert_true (review->agent == LAN && review->team == KIP_ID_NONE);
  g_assert_true (review->elapsed);
  g_assert_cmpstr (review->agreed, ==, "Gọi lại trong ngày");
  g_assert_cmpuint (review->actions->len, ==, 2);
  g_assert_cmpuint (review->figures->len, ==, figures->len);
  for (guint i = 0; i < figures->len; i++)
    assert_figure (&g_array_index (review->figures, KipReviewFigure, i), &g_array_index (figures, KipReviewFigure, i));
  g_assert_cmpuint (kip_review_find (review, "received")->n, ==, 57);
  g_assert_null (kip_review_find (review, "open"));
  log_clear (&log);
}

/* What a newer or broken program wrote is read as far as it goes. */
static void
test_review_forgives (void)
{
  Log log = log_new ();
  KipChange *change = kip_change_new (LAN, "review");
  KipValue *map = kip_value_map (), *list = kip_value_list ();
  g_autoptr (KipEntity) entity = NULL;
  KipReview *review;

  kip_value_append (list, kip_value_text ("no figure"));
  kip_value_append (list, kip_value_map ());
  kip_value_put (map, 2, list);
  kip_change_set (change, KIP_KIND_REVIEW, REVIEW, KIP_FIELD_REVIEW_FIGURES, map);
  append (&log, change, DAY);
  entity = fold (&log, KIP_KIND_REVIEW, REVIEW);
  review = kip_review_new (entity);
  g_assert_cmpuint (review->figures->len, ==, 0);
  g_assert_cmpint (review->from, ==, KIP_INSTANT_NONE);
  kip_review_free (review);
  log_clear (&log);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/goal/versions", test_versions);
  g_test_add_func ("/goal/round-trip", test_round_trip);
  g_test_add_func ("/goal/retracted", test_retracted);
  g_test_add_func ("/goal/find", test_find);
  g_test_add_func ("/goal/put-away", test_put_away);
  g_test_add_func ("/review/round-trip", test_review);
  g_test_add_func ("/review/forgives", test_review_forgives);
  return g_test_run ();
}
