/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alert-pass.h"

#include "kip-alert-turn.h"
#include "kip-snoozes.h"

/* How far back a pass looks for thresholds that nobody was told of (the program
 * was closed over a holiday), and how far ahead it plans. */
#define LOOK_BACK (14 * KIP_MS_PER_DAY)
#define LOOK_AHEAD KIP_MS_PER_DAY

/* Later than this, it is news of the past. */
#define SUMMARY_AFTER (5 * KIP_MS_PER_MINUTE)

/* So long the others' word is waited for before something is told that they may have told. */
#define PATIENCE (2 * KIP_MS_PER_MINUTE)

void
kip_alert_pass_free (gpointer data)
{
  KipAlertPass *pass = data;

  g_object_unref (pass->store);
  kip_office_unref (pass->office);
  kip_agreements_unref (pass->agreements);
  kip_members_unref (pass->members);
  g_array_unref (pass->told);
  g_array_unref (pass->woken);
  g_array_unref (pass->alerts);
  g_free (pass);
}

void
kip_alert_pass_wake_at (KipAlertPass *pass,
                        KipInstant    at)
{
  if (at > pass->now && (pass->next == KIP_INSTANT_NONE || at < pass->next))
    pass->next = at;
}

static gboolean
is_for_reader (KipAlertPass       *pass,
               const KipThreshold *threshold)
{
  return kip_alert_concerns (threshold, pass->office, pass->reader.me, NULL)
         && kip_alert_is_wanted (pass->reader.style, threshold, pass->reader.me);
}

/* How many machines it concerns, and which turn this one's is. */
static guint
turn_of (KipAlertPass       *pass,
         const KipThreshold *threshold,
         gboolean           *escalated,
         guint              *turn)
{
  kip_alert_concerns (threshold, pass->office, pass->reader.me, escalated);
  return kip_alert_turn (threshold, *escalated, pass->members, pass->office, kip_store_get_device (pass->store), turn);
}

/* When the reader may hear of it: working hours, then a snooze, and after those whose turn is before. */
static KipInstant
moment_for (KipAlertPass       *pass,
            const KipThreshold *threshold)
{
  KipInstant at = kip_alert_when (&pass->reader, threshold->at, threshold->round_the_clock);
  KipInstant snoozed = kip_store_get_snooze (pass->store, threshold->ticket);
  gboolean escalated;
  guint turn;

  turn_of (pass, threshold, &escalated, &turn);
  return MAX (at, snoozed) + turn * KIP_ALERT_TURN;
}

/* Whether another machine may have told it meanwhile, as far as is known here. */
static gboolean
awaits_word (KipAlertPass       *pass,
             const KipThreshold *threshold,
             KipInstant          at)
{
  gboolean escalated;
  guint turn, n = turn_of (pass, threshold, &escalated, &turn);

  /* While it is the first one's turn nobody else tells. */
  if (pass->heard >= at || n < 2 || (turn == 0 && pass->now < at + KIP_ALERT_TURN))
    return FALSE;
  pass->is_waiting = TRUE;
  if (pass->waiting == KIP_INSTANT_NONE)
    pass->waiting = pass->now;
  kip_alert_pass_wake_at (pass, pass->waiting + PATIENCE);
  return pass->now < pass->waiting + PATIENCE;
}

/* Those that may be told now; for the others the moment is noted.  What falls within
 * the same second is one moment, and is told in one. */
static GArray *
pick_due (KipAlertPass *pass,
          GArray       *thresholds)
{
  KipInstant second = pass->now - pass->now % KIP_MS_PER_SECOND + KIP_MS_PER_SECOND;
  GArray *due = g_array_new (FALSE, FALSE, sizeof (KipThreshold));

  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *threshold = &g_array_index (thresholds, KipThreshold, i);
      KipInstant at;

      if (!is_for_reader (pass, threshold))
        continue;
      at = moment_for (pass, threshold);
      if (at >= second)
        kip_alert_pass_wake_at (pass, at);
      else if (!awaits_word (pass, threshold, at))
        g_array_append_val (due, *threshold);
    }
  return due;
}

static gboolean
say_once (KipAlertPass       *pass,
          const KipThreshold *threshold)
{
  g_autoptr (GError) error = NULL;
  gboolean first = kip_store_say_once (pass->store, threshold->ticket, threshold->clock,
                                       threshold->percent, threshold->at, &error);

  if (error != NULL)
    g_warning ("alerts: %s", error->message);
  return first;
}

static void
add_alert (KipAlertPass       *pass,
           const KipThreshold *threshold)
{
  KipAlert alert = { *threshold, kip_alert_urgency (pass->reader.style, threshold->percent), FALSE };

  if (turn_of (pass, threshold, &alert.escalated, NULL) > 1)
    {
      KipTold told = { threshold->ticket, threshold->clock, threshold->percent, threshold->at, alert.escalated };

      g_array_append_val (pass->told, told);
    }
  if (pass->now - moment_for (pass, threshold) > SUMMARY_AFTER)
    pass->summary = TRUE;
  g_array_append_val (pass->alerts, alert);
}

static int
compare_alerts (gconstpointer a,
                gconstpointer b)
{
  const KipAlert *x = a, *y = b;

  if (x->urgency != y->urgency)
    return (int) y->urgency - (int) x->urgency;
  return (x->threshold.at > y->threshold.at) - (x->threshold.at < y->threshold.at);
}

static void
say_all (KipAlertPass *pass,
         GArray       *due)
{
  g_autoptr (GArray) say = NULL;
  g_autoptr (GArray) tick_off = NULL;

  kip_alert_split (due, &say, &tick_off);
  for (guint i = 0; i < tick_off->len; i++)
    say_once (pass, &g_array_index (due, KipThreshold, g_array_index (tick_off, guint, i)));
  for (guint i = 0; i < say->len; i++)
    {
      const KipThreshold *threshold = &g_array_index (due, KipThreshold, g_array_index (say, guint, i));

      if (say_once (pass, threshold))
        add_alert (pass, threshold);
    }
  g_array_sort (pass->alerts, compare_alerts);
}

/* What was put off is told again if it is still a promise in danger. */
static void
tell_again (KipAlertPass    *pass,
            const KipSnooze *snooze)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (pass->store, &snooze->what.ticket, 1, NULL);
  const KipTicketRow *row = rows != NULL ? g_ptr_array_index (rows, 0) : NULL;
  KipAlert alert = { snooze->what, kip_alert_urgency (pass->reader.style, snooze->what.percent), FALSE };

  if (row == NULL || row->deleted || row->clocks[snooze->what.clock].state != KIP_CLOCK_RUNNING)
    return;
  alert.threshold.at = snooze->until;
  alert.threshold.assignee = row->assignee;
  alert.threshold.team = row->team;
  g_array_append_val (pass->alerts, alert);
}

void
kip_alert_pass_run (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  KipAlertPass *pass = data;
  KipInstant from = MAX (pass->since, pass->now - LOOK_BACK);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) thresholds = kip_store_thresholds (pass->store, from, pass->now + LOOK_AHEAD, &error);
  g_autoptr (GArray) due = NULL;

  kip_alert_pass_wake_at (pass, pass->now + LOOK_AHEAD / 2);
  if (thresholds == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  due = pick_due (pass, thresholds);
  for (guint i = 0; i < pass->woken->len; i++)
    tell_again (pass, &g_array_index (pass->woken, KipSnooze, i));
  say_all (pass, due);
  g_task_return_boolean (task, TRUE);
}
