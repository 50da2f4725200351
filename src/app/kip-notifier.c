/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-notifier.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-notice-text.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

#define SERVICE "org.freedesktop.Notifications"
#define SERVICE_PATH "/org/freedesktop/Notifications"

/* A service that takes longer to say its name does not answer. */
#define PATIENCE_MS 3000

/* Alerts that wait to be shown together with their tickets' rows. */
typedef struct
{
  GArray    *alerts;  /* (owned) of KipAlert */
  GPtrArray *rows;    /* (owned) (nullable) of KipTicketRow, as alerts */
  gboolean   summary;
  guint      due_today, overdue; /* of an agenda: alerts is empty then */
  char      *title;   /* (owned) (nullable) of what is no promise, with … */
  char      *body;    /* (owned) (nullable) */
  char      *action;  /* (owned) (nullable) of the application, that opens it */
} Notice;

/* A notification on screen. */
typedef struct
{
  KipNotifier        *notifier; /* borrowed */
  Notice             *notice;   /* (owned) */
  NotifyNotification *shown;    /* (owned) */
} Shown;

struct _KipNotifier
{
  GObject       parent_instance;
  GApplication *application; /* borrowed: it owns us */
  KipSession   *session;     /* (owned) */
  KipAlerts    *alerts;      /* (owned) */
  GPtrArray    *waiting;     /* (owned) of Notice */
  GPtrArray    *shown;       /* (owned) of Shown */
  GCancellable *cancellable; /* (owned) */
  guint         watch_id;
  guint         snooze_minutes;
  gboolean      available;
  gboolean      asking;
};

G_DEFINE_FINAL_TYPE (KipNotifier, kip_notifier, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_SNOOZE_MINUTES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_array_unref (notice->alerts);
  g_clear_pointer (&notice->rows, g_ptr_array_unref);
  g_free (notice->title);
  g_free (notice->body);
  g_free (notice->action);
  g_free (notice);
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_signal_handlers_disconnect_by_data (shown->shown, shown);
  notify_notification_clear_actions (shown->shown);
  g_object_unref (shown->shown);
  g_clear_pointer (&shown->notice, notice_free);
  g_free (shown);
}

/* ---- the buttons ---- */

static void
open_told (Shown *shown)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (shown->notice->action != NULL && g_action_parse_detailed_name (shown->notice->action, &name, &target, NULL))
    g_action_group_activate_action (G_ACTION_GROUP (shown->notifier->application), name, target);
  else
    g_application_activate (shown->notifier->application);
}

static void
open_notice (Shown *shown)
{
  GPtrArray *rows = shown->notice->rows;
  const KipTicketRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  GActionGroup *actions = G_ACTION_GROUP (shown->notifier->application);

  if (shown->notice->title != NULL)
    open_told (shown);
  else if (rows == NULL)
    g_action_group_activate_action (actions, "show-query", g_variant_new_string ("agent:me due:today"));
  else if (rows->len == 1 && row != NULL)
    {
      g_autofree char *number = kip_ticket_number_format (row->number);

      g_action_group_activate_action (actions, "show-ticket", g_variant_new_string (number));
    }
  else
    {
      g_autofree char *query = kip_notice_query (rows);

      g_action_group_activate_action (actions, "show-query", g_variant_new_string (query));
    }
}

/* Takes what nobody has; a manager's look at a colleague's breach takes nothing away. */
static void
take_notice (Shown *shown)
{
  KipStore *store = kip_session_get_store (shown->notifier->session);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) phases = g_array_new (FALSE, FALSE, sizeof (KipPhase));

  for (guint i = 0; i < shown->notice->rows->len; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (shown->notice->rows, i);

      if (row == NULL || (row->assignee != KIP_ID_NONE && shown->notice->rows->len > 1))
        continue;
      g_array_append_val (ids, row->id);
      g_array_append_val (phases, row->phase);
    }
  if (ids->len > 0)
    kip_session_do (shown->notifier->session,
                    kip_command_take (store, &g_array_index (ids, KipId, 0), &g_array_index (phases, KipPhase, 0), ids->len),
                    _("Taken"), NULL, NULL);
}

static void
snooze_notice (Shown *shown)
{
  KipInstant until = kip_clock_now () + shown->notifier->snooze_minutes * KIP_MS_PER_MINUTE;

  for (guint i = 0; i < shown->notice->alerts->len; i++)
    kip_alerts_snooze (shown->notifier->alerts, &g_array_index (shown->notice->alerts, KipAlert, i).threshold, until);
}

static void
action_cb (NotifyNotification *notification,
           char               *action,
           gpointer            data)
{
  Shown *shown = data;

  if (g_str_equal (action, "take"))
    take_notice (shown);
  else if (g_str_equal (action, "snooze"))
    snooze_notice (shown);
  else
    open_notice (shown);
}

static void
closed_cb (Shown *shown)
{
  g_ptr_array_remove (shown->notifier->shown, shown);
}

/* ---- showing ---- */

static NotifyUrgency
urgency_of (const Notice *notice)
{
  static const NotifyUrgency levels[] = { NOTIFY_URGENCY_LOW, NOTIFY_URGENCY_NORMAL, NOTIFY_URGENCY_CRITICAL };

  if (notice->title != NULL)
    return NOTIFY_URGENCY_NORMAL;
  return notice->alerts->len > 0 ? levels[g_array_index (notice->alerts, KipAlert, 0).urgency] : NOTIFY_URGENCY_LOW;
}

static char *
title_of (const Notice *notice)
{
  if (notice->title != NULL)
    return g_strdup (notice->title);
  if (notice->alerts->len == 0)
    return g_strdup (_("Good morning"));
  if (notice->alerts->len == 1 && !notice->summary)
    return kip_notice_title (g_ptr_array_index (notice->rows, 0));
  return kip_notice_summary (notice->alerts->len, notice->summary);
}

static char *
agenda_body (const Notice *notice)
{
  g_autofree char *today = g_strdup_printf (ngettext ("%u promise falls due today", "%u promises fall due today",
                                                      notice->due_today), notice->due_today);
  g_autofree char *late = NULL;

  if (notice->overdue == 0)
    return g_strdup (today);
  late = g_strdup_printf (ngettext ("%u is overdue", "%u are overdue", notice->overdue), notice->overdue);
  return g_strdup_printf ("%s\n%s", today, late);
}

static char *
body_of (KipNotifier  *self,
         const Notice *notice)
{
  KipAgreements *agreements = kip_store_get_agreements (kip_session_get_store (self->session));
  g_autofree char *line = NULL;

  if (notice->title != NULL)
    return g_markup_escape_text (notice->body, -1);
  if (notice->alerts->len == 0)
    return agenda_body (notice);
  if (notice->alerts->len > 1 || notice->summary)
    return kip_notice_body (notice->alerts, notice->rows, agreements, kip_clock_now ());
  line = kip_notice_line (&g_array_index (notice->alerts, KipAlert, 0), g_ptr_array_index (notice->rows, 0),
                          agreements, kip_clock_now ());
  return g_markup_escape_text (line, -1);
}

static void
add_actions (Shown *shown)
{
  notify_notification_add_action (shown->shown, "default", C_ ("button", "Open"), action_cb, shown, NULL);
  notify_notification_add_action (shown->shown, "open", C_ ("button", "Open"), action_cb, shown, NULL);
  if (shown->notice->alerts->len == 0)
    return;
  notify_notification_add_action (shown->shown, "take", _("Take"), action_cb, shown, NULL);
  notify_notification_add_action (shown->shown, "snooze", _("Snooze"), action_cb, shown, NULL);
}

/* Takes @notice unless it could not be shown. */
static gboolean
show_notice (KipNotifier *self,
             Notice      *notice)
{
  g_autofree char *title = title_of (notice);
  g_autofree char *body = body_of (self, notice);
  NotifyNotification *notification = notify_notification_new (title, body, APP_ID);
  g_autoptr (GError) error = NULL;
  Shown *shown = g_new0 (Shown, 1);

  notify_notification_set_urgency (notification, urgency_of (notice));
  notify_notification_set_category (notification, notice->title != NULL ? "x-kip.office" : "x-kip.promise");
  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (APP_ID));
  shown->notifier = self;
  shown->notice = notice;
  shown->shown = notification;
  add_actions (shown);
  g_signal_connect_swapped (notification, "closed", G_CALLBACK (closed_cb), shown);
  g_ptr_array_add (self->shown, shown);
  if (notify_notification_show (notification, &error))
    return TRUE;
  g_info ("notifications: %s", error->message);
  shown->notice = NULL;
  g_ptr_array_remove (self->shown, shown);
  return FALSE;
}

static void
set_available (KipNotifier *self,
               gboolean     available)
{
  if (self->available == available)
    return;
  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AVAILABLE]);
}

static void
show_waiting (KipNotifier *self)
{
  while (self->waiting->len > 0)
    {
      Notice *notice = g_ptr_array_steal_index (self->waiting, 0);

      if (show_notice (self, notice))
        continue;
      g_ptr_array_insert (self->waiting, 0, notice);
      set_available (self, FALSE);
      return;
    }
}

/* ---- is anybody there? ---- */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  KipNotifier *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = data;
  self->asking = FALSE;
  set_available (self, answer != NULL);
  if (answer != NULL)
    show_waiting (self);
}

static void
ask_service (KipNotifier *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (self->application);

  if (self->asking)
    return;
  if (bus == NULL)
    {
      set_available (self, FALSE);
      return;
    }
  self->asking = TRUE;
  g_dbus_connection_call (bus, SERVICE, SERVICE_PATH, SERVICE, "GetServerInformation", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, PATIENCE_MS, self->cancellable, answered_cb, self);
}

static void
appeared_cb (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         data)
{
  ask_service (data);
}

static void
vanished_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         data)
{
  /* It may be started by the bus when somebody asks. */
  ask_service (data);
}

/* ---- what is to be told ---- */

static void
queue_notice (KipNotifier *self,
              Notice      *notice)
{
  g_ptr_array_add (self->waiting, notice);
  ask_service (self);
}

typedef struct
{
  KipNotifier *notifier; /* (owned) */
  Notice      *notice;   /* (owned) until queued */
} Fetch;

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Fetch *fetch = data;
  g_autoptr (KipNotifier) self = fetch->notifier;
  g_autoptr (GError) error = NULL;

  fetch->notice->rows = kip_store_rows_finish (KIP_STORE (source), result, &error);
  if (fetch->notice->rows != NULL)
    {
      queue_notice (self, fetch->notice);
      return;
    }
  g_warning ("notifications: %s", error->message);
  notice_free (fetch->notice);
}

static void
alert_cb (KipNotifier *self,
          GArray      *alerts,
          gboolean     summary)
{
  g_autofree KipId *ids = g_new (KipId, alerts->len);
  Fetch *fetch = g_new0 (Fetch, 1);

  for (guint i = 0; i < alerts->len; i++)
    ids[i] = g_array_index (alerts, KipAlert, i).threshold.ticket;
  fetch->notifier = g_object_ref (self);
  fetch->notice = g_new0 (Notice, 1);
  fetch->notice->alerts = g_array_copy (alerts);
  fetch->notice->summary = summary;
  kip_store_rows_async (kip_session_get_store (self->session), ids, alerts->len, NULL, rows_cb, fetch);
}

static void
agenda_cb (KipNotifier *self,
           guint        due_today,
           guint        overdue)
{
  Notice *notice;

  if (due_today + overdue == 0)
    return;
  notice = g_new0 (Notice, 1);
  notice->alerts = g_array_new (FALSE, FALSE, sizeof (KipAlert));
  notice->due_today = due_today;
  notice->overdue = overdue;
  queue_notice (self, notice);
}

void
kip_notifier_say (KipNotifier *self,
                  const char  *title,
                  const char  *body,
                  const char  *action)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->alerts = g_array_new (FALSE, FALSE, sizeof (KipAlert));
  notice->title = g_strdup (title);
  notice->body = g_strdup (body);
  notice->action = g_strdup (action);
  queue_notice (self, notice);
}

/* ---- object ---- */

static void
kip_notifier_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (id == PROP_SNOOZE_MINUTES)
    KIP_NOTIFIER (object)->snooze_minutes = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_notifier_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, KIP_NOTIFIER (object)->available);
  else if (id == PROP_SNOOZE_MINUTES)
    g_value_set_uint (value, KIP_NOTIFIER (object)->snooze_minutes);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_notifier_dispose (GObject *object)
{
  KipNotifier *self = KIP_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  if (self->alerts != NULL)
    g_signal_handlers_disconnect_by_data (self->alerts, self);
  g_clear_object (&self->alerts);
  g_clear_object (&self->session);
  g_ptr_array_set_size (self->shown, 0);
  g_ptr_array_set_size (self->waiting, 0);
  G_OBJECT_CLASS (kip_notifier_parent_class)->dispose (object);
}

static void
kip_notifier_finalize (GObject *object)
{
  KipNotifier *self = KIP_NOTIFIER (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->waiting);
  G_OBJECT_CLASS (kip_notifier_parent_class)->finalize (object);
}

static void
kip_notifier_class_init (KipNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kip_notifier_get_property;
  object_class->set_property = kip_notifier_set_property;
  object_class->dispose = kip_notifier_dispose;
  object_class->finalize = kip_notifier_finalize;
  props[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, TRUE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SNOOZE_MINUTES] = g_param_spec_uint ("snooze-minutes", NULL, NULL, 1, 24 * 60, 15,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kip_notifier_init (KipNotifier *self)
{
  self->available = TRUE;
  self->snooze_minutes = 15;
  self->cancellable = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func (notice_free);
  self->shown = g_ptr_array_new_with_free_func (shown_free);
}

KipNotifier *
kip_notifier_new (GApplication *application,
                  KipSession   *session,
                  KipAlerts    *alerts)
{
  KipNotifier *self = g_object_new (KIP_TYPE_NOTIFIER, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  if (!notify_is_initted ())
    notify_init (_("Kip"));
  self->application = application;
  self->session = g_object_ref (session);
  self->alerts = g_object_ref (alerts);
  g_signal_connect_swapped (alerts, "alert", G_CALLBACK (alert_cb), self);
  g_signal_connect_swapped (alerts, "agenda", G_CALLBACK (agenda_cb), self);
  if (bus != NULL)
    self->watch_id = g_bus_watch_name_on_connection (bus, SERVICE, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                     appeared_cb, vanished_cb, self, NULL);
  else
    self->available = FALSE;
  return self;
}

gboolean
kip_notifier_is_available (KipNotifier *self)
{
  return self->available;
}
