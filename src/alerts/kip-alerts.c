/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alerts-private.h"

#include "kip-alert-pass.h"
#include "kip-clock.h"
#include "kip-snoozes.h"

/* Kept among this machine's small settings. */
#define KEY_SINCE "alerts-since"   /* nothing before this instant is ever told */
#define KEY_AGENDA "alerts-agenda" /* when the last agenda was shown */
#define KEY_SNOOZED "alerts-snoozed" /* kip-snoozes.h */

G_DEFINE_FINAL_TYPE (KipAlerts, kip_alerts, G_TYPE_OBJECT)

enum
{
  SIGNAL_ALERT,
  SIGNAL_AGENDA,
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

GArray *
kip_alerts_read_snoozes (KipAlerts *self)
{
  g_autofree char *text = kip_store_get_local (self->store, KEY_SNOOZED);

  return kip_snoozes_parse (text);
}

void
kip_alerts_write_snoozes (KipAlerts *self,
                          GArray    *snoozes)
{
  g_autofree char *text = kip_snoozes_format (snoozes);

  kip_store_set_local (self->store, KEY_SNOOZED, text);
}

static GArray *
take_woken (KipAlerts *self,
            KipInstant now)
{
  g_autoptr (GArray) snoozes = kip_alerts_read_snoozes (self);
  GArray *woken = kip_snoozes_take_due (snoozes, now);

  if (woken->len > 0)
    kip_alerts_write_snoozes (self, snoozes);
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
plan (KipAlerts    *self,
      KipAlertPass *pass)
{
  KipAlertReader reader = the_reader (self);
  KipInstant agenda = kip_alert_next_agenda (&reader, pass->now);
  g_autoptr (GArray) snoozes = kip_alerts_read_snoozes (self);
  KipInstant woken = kip_snoozes_next (snoozes);

  if (agenda != KIP_INSTANT_NONE)
    kip_alert_pass_wake_at (pass, agenda);
  if (woken != KIP_INSTANT_NONE)
    kip_alert_pass_wake_at (pass, woken);
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
  KipAlertPass *pass = g_task_get_task_data (G_TASK (result));
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

static KipAlertPass *
pass_new (KipAlerts            *self,
          const KipAlertReader *reader,
          KipInstant            now)
{
  KipAlertPass *pass = g_new0 (KipAlertPass, 1);

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
  /* What others told is written down first: it would be told here once more. */
  if (self->looking || self->hearing > 0 || self->store == NULL)
    return;
  self->looking = TRUE;
  self->next = KIP_INSTANT_NONE;
  reader = the_reader (self);
  if (shows_agenda (self, &reader, now))
    show_agenda (self, now);
  task = g_task_new (self, NULL, passed_cb, NULL);
  g_task_set_task_data (task, pass_new (self, &reader, now), kip_alert_pass_free);
  g_task_run_in_thread (task, kip_alert_pass_run);
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

KipInstant
kip_alerts_get_next (KipAlerts *self)
{
  return self->hearing > 0 || self->soon_id != 0 ? KIP_INSTANT_NONE : self->next;
}
