/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alerts.h"

#include "kip-clock.h"
#include "kip-snoozes.h"
#include "kip-store-share.h"
#include "kip-wall-timer.h"

/* How far back a pass looks for thresholds that nobody was told of (the program
 * was closed over a holiday), and how far ahead it plans. */
#define LOOK_BACK (14 * KIP_MS_PER_DAY)
#define LOOK_AHEAD KIP_MS_PER_DAY

/* Later than this, it is news of the past. */
#define SUMMARY_AFTER (5 * KIP_MS_PER_MINUTE)

/* So long the others' word is waited for before something is told that they may have told. */
#define PATIENCE (2 * KIP_MS_PER_MINUTE)

/* Kept among this machine's small settings. */
#define KEY_SINCE "alerts-since"   /* nothing before this instant is ever told */
#define KEY_AGENDA "alerts-agenda" /* when the last agenda was shown */
#define KEY_SNOOZED "alerts-snoozed" /* kip-snoozes.h */

struct _KipAlerts
{
  GObject       parent_instance;
  KipStore     *store;   /* (owned) */
  KipAlertStyle style;
  KipWallTimer *timer;   /* (owned) */
  KipInstant    next;
  gulong        changed_id, office_id;
  guint         soon_id; /* a pass is about to start */
  gboolean      looking; /* a pass is under way */
  guint         hearing; /* what others told is being noted: so many times */
  gboolean      again;   /* something changed meanwhile */
  KipInstant    heard;   /* until when the others' word is known */
  KipInstant    waiting; /* since when somebody's word is waited for; NONE: nobody's is */
};

G_DEFINE_FINAL_TYPE (KipAlerts, kip_alerts, G_TYPE_OBJECT)

enum
{
  SIGNAL_ALERT,
  SIGNAL_AGENDA,
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- one pass, in a worker thread ---- */

typedef struct
{
  KipStore      *store;      /* (owned) */
  KipOffice     *office;     /* (owned) */
  KipAgreements *agreements; /* (owned) */
  KipMembers    *members;    /* (owned) */
  KipAlertReader reader;
  KipInstant     heard;
  KipInstant     waiting;    /* NONE: not yet */
  KipInstant     now;
  KipInstant     since;
  GArray        *woken;      /* (owned) of KipSnooze whose moment has come */
  /* found */
  GArray        *alerts;     /* (owned) of KipAlert */
  GArray        *told;       /* (owned) of KipTold */
  gboolean       summary;
  gboolean       is_waiting; /* for the others' word */
  KipInstant     next;
} Pass;

static void
pass_free (gpointer data)
{
  Pass *pass = data;

  g_object_unref (pass->store);
  kip_office_unref (pass->office);
  kip_agreements_unref (pass->agreements);
  kip_members_unref (pass->members);
  g_array_unref (pass->told);
  g_array_unref (pass->woken);
  g_array_unref (pass->alerts);
  g_free (pass);
}

static void
wake_at (Pass      *pass,
         KipInstant at)
{
  if (at > pass->now && (pass->next == KIP_INSTANT_NONE || at < pass->next))
    pass->next = at;
}

static gboolean
is_for_reader (Pass               *pass,
               const KipThreshold *threshold)
{
  return kip_alert_concerns (threshold, pass->office, pass->reader.me, NULL)
         && kip_alert_is_wanted (pass->reader.style, threshold, pass->reader.me);
}

/* How many machines it concerns, and which turn this one's is. */
static guint
turn_of (Pass               *pass,
         const KipThreshold *threshold,
         gboolean           *escalated,
         guint              *turn)
{
  kip_alert_concerns (threshold, pass->office, pass->reader.me, escalated);
  return kip_alert_turn (threshold, *escalated, pass->members, pass->office, kip_store_get_device (pass->store), turn);
}

/* When the reader may hear of it: working hours, then a snooze, and after those whose turn is before. */
static KipInstant
moment_for (Pass               *pass,
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
awaits_word (Pass               *pass,
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
  wake_at (pass, pass->waiting + PATIENCE);
  return pass->now < pass->waiting + PATIENCE;
}

/* Those that may be told now; for the others the moment is noted.  What falls within
 * the same second is one moment, and is told in one. */
static GArray *
pick_due (Pass   *pass,
          GArray *thresholds)
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
        wake_at (pass, at);
      else if (!awaits_word (pass, threshold, at))
        g_array_append_val (due, *threshold);
    }
  return due;
}

static gboolean
say_once (Pass               *pass,
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
add_alert (Pass               *pass,
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
say_all (Pass   *pass,
         GArray *due)
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
tell_again (Pass            *pass,
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

static void
run_pass (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Pass *pass = data;
  KipInstant from = MAX (pass->since, pass->now - LOOK_BACK);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) thresholds = kip_store_thresholds (pass->store, from, pass->now + LOOK_AHEAD, &error);
  g_autoptr (GArray) due = NULL;

  wake_at (pass, pass->now + LOOK_AHEAD / 2);
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

/* ---- when to look ---- */

static void look (KipAlerts *self);

static KipInstant
read_instant (KipAlerts  *self,
              const char *key,
              KipInstant  fallback)
{
  g_autofree char *text = kip_store_get_local (self->store, key);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;
  return number;
}

static void
write_instant (KipAlerts  *self,
               const char *key,
               KipInstant  instant)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, instant);

  kip_store_set_local (self->store, key, text);
}

static GArray *
read_snoozes (KipAlerts *self)
{
  g_autofree char *text = kip_store_get_local (self->store, KEY_SNOOZED);

  return kip_snoozes_parse (text);
}

static void
write_snoozes (KipAlerts *self,
               GArray    *snoozes)
{
  g_autofree char *text = kip_snoozes_format (snoozes);

  kip_store_set_local (self->store, KEY_SNOOZED, text);
}

static GArray *
take_woken (KipAlerts *self,
            KipInstant now)
{
  g_autoptr (GArray) snoozes = read_snoozes (self);
  GArray *woken = kip_snoozes_take_due (snoozes, now);

  if (woken->len > 0)
    write_snoozes (self, snoozes);
  return woken;
}

/* At the very first start nobody wants to hear of the past. */
static KipInstant
ensure_since (KipAlerts *self,
              KipInstant now)
{
  KipInstant since = read_instant (self, KEY_SINCE, KIP_INSTANT_NONE);

  if (since == KIP_INSTANT_NONE)
    {
      since = now;
      write_instant (self, KEY_SINCE, since);
    }
  return since;
}

static KipCalendar *
reader_hours (KipAlerts *self)
{
  KipOffice *office = kip_store_get_office (self->store);
  const KipPerson *me = kip_office_person (office, kip_store_get_me (self->store));
  KipId id = me != NULL && me->calendar != KIP_ID_NONE ? me->calendar : kip_office_get_calendar (office);

  return kip_agreements_get_calendar (kip_store_get_agreements (self->store), id, 0);
}

static KipAlertReader
the_reader (KipAlerts *self)
{
  KipAlertReader reader = { kip_store_get_me (self->store), self->style, reader_hours (self) };

  return reader;
}

static gboolean
shows_agenda (KipAlerts            *self,
              const KipAlertReader *reader,
              KipInstant            now)
{
  KipInstant last = read_instant (self, KEY_AGENDA, KIP_INSTANT_NONE);
  KipInstant due;

  if (last == KIP_INSTANT_NONE)
    {
      write_instant (self, KEY_AGENDA, now);
      return FALSE;
    }
  due = kip_alert_next_agenda (reader, last);
  if (due == KIP_INSTANT_NONE || due > now)
    return FALSE;
  write_instant (self, KEY_AGENDA, now);
  return TRUE;
}

static void
plan (KipAlerts *self,
      Pass      *pass)
{
  KipAlertReader reader = the_reader (self);
  KipInstant agenda = kip_alert_next_agenda (&reader, pass->now);
  g_autoptr (GArray) snoozes = read_snoozes (self);
  KipInstant woken = kip_snoozes_next (snoozes);

  if (agenda != KIP_INSTANT_NONE)
    wake_at (pass, agenda);
  if (woken != KIP_INSTANT_NONE)
    wake_at (pass, woken);
  self->waiting = pass->is_waiting ? pass->waiting : KIP_INSTANT_NONE;
  self->next = pass->next;
  kip_wall_timer_set (self->timer, self->next);
}

static void
passed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  KipAlerts *self = KIP_ALERTS (source);
  Pass *pass = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->looking = FALSE;
  if (self->store == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("alerts: %s", error->message);
  plan (self, pass);
  if (pass->alerts->len > 0)
    g_signal_emit (self, signals[SIGNAL_ALERT], 0, pass->alerts, pass->summary);
  if (pass->told->len > 0)
    g_signal_emit (self, signals[SIGNAL_TOLD], 0, pass->told);
  if (self->again)
    look (self);
}

/* ---- the agenda ---- */

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipAlerts) self = data;
  g_autoptr (GArray) counts = kip_store_count_finish (KIP_STORE (source), result, NULL);

  if (counts != NULL && counts->len == 2 && self->store != NULL)
    g_signal_emit (self, signals[SIGNAL_AGENDA], 0,
                   g_array_index (counts, guint, 0), g_array_index (counts, guint, 1));
}

static void
show_agenda (KipAlerts *self,
             KipInstant now)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_unref);

  g_ptr_array_add (queries, kip_query_parse ("agent:me due:today"));
  g_ptr_array_add (queries, kip_query_parse ("agent:me is:overdue"));
  kip_store_count_async (self->store, queries, now, NULL, counted_cb, g_object_ref (self));
}

/* ---- looking ---- */

static Pass *
pass_new (KipAlerts            *self,
          const KipAlertReader *reader,
          KipInstant            now)
{
  Pass *pass = g_new0 (Pass, 1);

  pass->store = g_object_ref (self->store);
  pass->office = kip_store_dup_office (self->store);
  pass->agreements = kip_store_dup_agreements (self->store);
  pass->members = kip_store_dup_members (self->store);
  pass->reader = *reader;
  pass->heard = self->heard;
  pass->waiting = self->waiting;
  pass->told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  pass->now = now;
  pass->since = ensure_since (self, now);
  pass->woken = take_woken (self, now);
  pass->alerts = g_array_new (FALSE, FALSE, sizeof (KipAlert));
  pass->next = KIP_INSTANT_NONE;
  return pass;
}

static void
look (KipAlerts *self)
{
  g_autoptr (GTask) task = NULL;
  KipInstant now = kip_clock_now ();
  KipAlertReader reader;

  self->again = self->looking;
  if (self->looking || self->store == NULL)
    return;
  self->looking = TRUE;
  self->next = KIP_INSTANT_NONE;
  reader = the_reader (self);
  if (shows_agenda (self, &reader, now))
    show_agenda (self, now);
  task = g_task_new (self, NULL, passed_cb, NULL);
  g_task_set_task_data (task, pass_new (self, &reader, now), pass_free);
  g_task_run_in_thread (task, run_pass);
}

static gboolean
look_soon_cb (gpointer data)
{
  KipAlerts *self = data;

  self->soon_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* Many changes at once (an import) are one look. */
static void
look_soon (KipAlerts *self)
{
  if (self->soon_id == 0)
    self->soon_id = g_timeout_add (100, look_soon_cb, self);
}

static void
timer_cb (gpointer data)
{
  look (data);
}

/* ---- object ---- */

static void
kip_alerts_dispose (GObject *object)
{
  KipAlerts *self = KIP_ALERTS (object);

  g_clear_handle_id (&self->soon_id, g_source_remove);
  g_clear_pointer (&self->timer, kip_wall_timer_free);
  if (self->store != NULL)
    {
      g_clear_signal_handler (&self->changed_id, self->store);
      g_clear_signal_handler (&self->office_id, self->store);
    }
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_alerts_parent_class)->dispose (object);
}

static void
kip_alerts_class_init (KipAlertsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_alerts_dispose;

  signals[SIGNAL_ALERT] = g_signal_new ("alert", KIP_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
  signals[SIGNAL_AGENDA] = g_signal_new ("agenda", KIP_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_TOLD] = g_signal_new ("told", KIP_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
kip_alerts_init (KipAlerts *self)
{
  self->next = KIP_INSTANT_NONE;
  self->heard = KIP_INSTANT_MAX;
  self->waiting = KIP_INSTANT_NONE;
  self->timer = kip_wall_timer_new (timer_cb, self);
}

KipAlerts *
kip_alerts_new (KipStore     *store,
                KipAlertStyle style)
{
  KipAlerts *self = g_object_new (KIP_TYPE_ALERTS, NULL);

  self->store = g_object_ref (store);
  self->style = style;
  self->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (look_soon), self);
  self->office_id = g_signal_connect_swapped (store, "office-changed", G_CALLBACK (look_soon), self);
  look_soon (self);
  return self;
}

void
kip_alerts_set_style (KipAlerts    *self,
                      KipAlertStyle style)
{
  self->style = style;
  look_soon (self);
}

void
kip_alerts_look (KipAlerts *self)
{
  look (self);
}

void
kip_alerts_set_heard (KipAlerts *self,
                      KipInstant until)
{
  gboolean look_again = self->waiting != KIP_INSTANT_NONE && until > self->heard;

  self->heard = until;
  if (look_again)
    look_soon (self);
}

/* ---- what others told ---- */

typedef struct
{
  KipAlerts *alerts; /* (owned) */
  KipOffice *office; /* (owned) */
  GArray    *told;   /* (owned) of KipTold */
} Hearsay;

static void
hearsay_free (gpointer data)
{
  Hearsay *hearsay = data;

  g_object_unref (hearsay->alerts);
  kip_office_unref (hearsay->office);
  g_array_unref (hearsay->told);
  g_free (hearsay);
}

/* What was told to those among whom the person at this machine is, is told; what was told to the ticket's
 * agent says nothing of its escalation. */
static void
hear_one (KipStore      *store,
          KipOffice     *office,
          const KipTold *told)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &told->ticket, 1, NULL);
  const KipTicketRow *row = rows != NULL ? g_ptr_array_index (rows, 0) : NULL;
  KipThreshold threshold = { told->ticket, told->clock, told->at, told->percent, KIP_ID_NONE, KIP_ID_NONE, FALSE };
  g_autoptr (GError) error = NULL;
  gboolean escalated;

  /* Of a clock that is over nothing is told any more. */
  if (row == NULL || row->clocks[told->clock].state != KIP_CLOCK_RUNNING)
    return;
  threshold.assignee = row->assignee;
  threshold.team = row->team;
  if (kip_alert_concerns (&threshold, office, kip_store_get_me (store), &escalated) && escalated == told->escalated)
    kip_store_say_once (store, told->ticket, told->clock, told->percent, told->at, &error);
  if (error != NULL)
    g_warning ("alerts: %s", error->message);
}

static void
hear_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Hearsay *hearsay = data;

  for (guint i = 0; i < hearsay->told->len; i++)
    hear_one (KIP_STORE (source), hearsay->office, &g_array_index (hearsay->told, KipTold, i));
  g_task_return_boolean (task, TRUE);
}

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  KipAlerts *self = ((Hearsay *) g_task_get_task_data (G_TASK (result)))->alerts;

  self->hearing--;
  look (self);
}

void
kip_alerts_note_told (KipAlerts *self,
                      GArray    *told)
{
  g_autoptr (GTask) task = NULL;
  Hearsay hearsay;

  if (self->store == NULL)
    return;
  hearsay = (Hearsay) { g_object_ref (self), kip_store_dup_office (self->store), g_array_copy (told) };
  task = g_task_new (self->store, NULL, heard_cb, NULL);
  self->hearing++;
  g_task_set_task_data (task, g_memdup2 (&hearsay, sizeof hearsay), hearsay_free);
  g_task_run_in_thread (task, hear_thread);
}

typedef struct
{
  KipAlerts *alerts; /* (owned) */
  KipId      ticket;
  KipInstant until;
} Hush;

static void
hush_free (gpointer data)
{
  g_object_unref (((Hush *) data)->alerts);
  g_free (data);
}

static void
hush_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Hush *hush = data;
  g_autoptr (GError) error = NULL;

  if (!kip_store_snooze (KIP_STORE (source), hush->ticket, hush->until, &error))
    g_warning ("alerts: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
hushed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  look (((Hush *) g_task_get_task_data (G_TASK (result)))->alerts);
}

void
kip_alerts_snooze (KipAlerts          *self,
                   const KipThreshold *what,
                   KipInstant          until)
{
  g_autoptr (GTask) task = g_task_new (self->store, NULL, hushed_cb, NULL);
  g_autoptr (GArray) snoozes = read_snoozes (self);
  Hush hush = { g_object_ref (self), what->ticket, until };

  kip_snoozes_put (snoozes, what, until);
  write_snoozes (self, snoozes);
  g_task_set_task_data (task, g_memdup2 (&hush, sizeof hush), hush_free);
  g_task_run_in_thread (task, hush_thread);
}

KipInstant
kip_alerts_get_next (KipAlerts *self)
{
  return self->hearing > 0 || self->soon_id != 0 ? KIP_INSTANT_NONE : self->next;
}
