/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-application.h"

#include "kip-application-private.h"

#include "kip-charts-window.h"
#include "kip-clock.h"
#include "kip-config.h"
#include "kip-icons.h"
#include "kip-instance.h"
#include "kip-what-if-window.h"
#include "kip-window.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (KipApplication, kip_application, ADW_TYPE_APPLICATION)

enum
{
  SIGNAL_SESSION_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the office ---- */

/* Tells @window how it stands with the office. */
static void
show_state (KipApplication *self,
            KipWindow      *window)
{
  if (self->session != NULL)
    kip_window_set_session (window, self->session);
  else if (self->opening)
    kip_window_show_opening (window);
  else if (g_error_matches (self->trouble, KIP_ERROR, KIP_ERROR_NOT_OFFICE))
    kip_window_show_start (window, self->dir);
  else if (self->trouble != NULL)
    kip_window_show_trouble (window, self->dir, self->trouble);
}

static void
show_state_everywhere (KipApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (KIP_IS_WINDOW (l->data))
      show_state (self, KIP_WINDOW (l->data));
}

static void
run_pending (KipApplication *self)
{
  g_autofree char *action = g_steal_pointer (&self->pending_action);

  if (action != NULL && self->session != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), action, NULL);
}

static gboolean
open_again_cb (gpointer data)
{
  KipApplication *self = data;

  kip_application_close_office (self);
  kip_application_open_office (self);
  return G_SOURCE_REMOVE;
}

/* Opened again, this machine writes as the member that it has become. */
static void
came_in_cb (KipApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, open_again_cb, g_object_ref (self), g_object_unref);
}

static void
take_store (KipApplication *self,
            KipStore       *store)
{
  self->session = kip_session_new (store);
  self->sync = kip_sync_new (store, VERSION);
  g_signal_connect_object (self->sync, "came-in", G_CALLBACK (came_in_cb), self, G_CONNECT_SWAPPED);
  g_clear_error (&self->trouble);
  show_state_everywhere (self);
  g_signal_emit (self, signals[SIGNAL_SESSION_CHANGED], 0);
  run_pending (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = kip_store_open_finish (result, &error);

  self->opening = FALSE;
  g_application_release (G_APPLICATION (self));
  if (store != NULL)
    take_store (self, store);
  else
    {
      g_clear_error (&self->trouble);
      self->trouble = g_steal_pointer (&error);
      show_state_everywhere (self);
      if (self->pending_action != NULL)
        kip_application_present (self); /* somebody waits for an answer */
    }
}

void
kip_application_open_office (KipApplication *self)
{
  if (self->opening || self->session != NULL)
    return;
  g_clear_error (&self->trouble);
  if (!kip_store_exists (self->dir))
    {
      self->trouble = g_error_new_literal (KIP_ERROR, KIP_ERROR_NOT_OFFICE, _("There is no office in this folder yet."));
      show_state_everywhere (self);
      return;
    }
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  kip_store_open_async (self->dir, NULL, opened_cb, g_object_ref (self));
}

void
kip_application_close_office (KipApplication *self)
{
  g_autoptr (KipSession) session = g_steal_pointer (&self->session);

  if (session == NULL)
    return;
  self->opening = TRUE;
  show_state_everywhere (self);
  self->opening = FALSE;
  g_signal_emit (self, signals[SIGNAL_SESSION_CHANGED], 0);
  kip_what_if_window_close (GTK_APPLICATION (self));
  kip_charts_window_close (GTK_APPLICATION (self));
  kip_sync_stop (self->sync);
  g_clear_object (&self->sync);
  kip_store_close (kip_session_get_store (session));
}

/* ---- windows ---- */

static void
office_made_cb (KipWindow      *window,
                KipStore       *store,
                KipApplication *self)
{
  if (self->session == NULL)
    take_store (self, store);
}

GtkWindow *
kip_application_new_window (KipApplication *self)
{
  GtkWidget *window = kip_window_new (GTK_APPLICATION (self));

  g_signal_connect_object (window, "office-made", G_CALLBACK (office_made_cb), self, 0);
  g_signal_connect_object (window, "open-again", G_CALLBACK (kip_application_open_office), self, G_CONNECT_SWAPPED);
  show_state (self, KIP_WINDOW (window));
  return GTK_WINDOW (window);
}

static GtkWindow *
main_window (KipApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (KIP_IS_WINDOW (l->data))
      return l->data;
  return kip_application_new_window (self);
}

/* ---- GApplication ---- */

static void
say_trial_clock (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *now = NULL;

  if (!kip_clock_is_virtual ())
    return;
  when = kip_instant_to_local (kip_clock_now (), zone);
  now = g_date_time_format_iso8601 (when);
  g_printerr (_("Kip: KIP_CLOCK is set: this program believes that it is %s, and that time runs %g times as fast. Times written now are not real.\n"),
              now, kip_clock_speed ());
}

static void
kip_application_startup (GApplication *application)
{
  KipApplication *self = KIP_APPLICATION (application);

  /* The store opens in its own thread while GTK starts. */
  kip_application_open_office (self);
  say_trial_clock ();
  G_APPLICATION_CLASS (kip_application_parent_class)->startup (application);
  kip_icons_read_theme ();
  gtk_window_set_default_icon_name (APP_ID);
  kip_application_add_actions (self);
  self->watch = kip_watch_new (self);
}

static void
kip_application_activate (GApplication *application)
{
  KipApplication *self = KIP_APPLICATION (application);

  if (self->pending_action != NULL && g_str_equal (self->pending_action, "quick-log"))
    run_pending (self);
  else
    kip_application_present (self);
  if (self->pending_action != NULL && self->session != NULL)
    run_pending (self);
}

static void
kip_application_shutdown (GApplication *application)
{
  KipApplication *self = KIP_APPLICATION (application);
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
  kip_application_close_office (self);
  g_clear_object (&self->watch);
  G_APPLICATION_CLASS (kip_application_parent_class)->shutdown (application);
}

static char *
folder_from_options (GVariantDict *options)
{
  const char *given = NULL;

  if (g_variant_dict_lookup (options, "data", "^&ay", &given))
    return g_canonicalize_filename (given, NULL);
  return kip_store_default_dir ();
}

static const char *
action_from_options (GVariantDict *options)
{
  if (g_variant_dict_contains (options, "quick-log"))
    return "quick-log";
  if (g_variant_dict_contains (options, "new-ticket"))
    return "new-ticket";
  if (g_variant_dict_contains (options, "new-window"))
    return "new-window";
  return NULL;
}

static void
become_instance (KipApplication *self)
{
  g_autofree char *id = NULL;

  if (g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE)
    return;
  id = kip_instance_choose_id (APP_ID, self->dir);
  if (!g_str_equal (id, APP_ID))
    g_application_set_application_id (G_APPLICATION (self), id);
}

static int
kip_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  KipApplication *self = KIP_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *action = action_from_options (options);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("kip %s\n", VERSION);
      return 0;
    }
  self->dir = folder_from_options (options);
  become_instance (self);
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("kip: %s\n", error->message);
      return 1;
    }
  if (action != NULL && g_application_get_is_remote (application))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
      return 0;
    }
  self->pending_action = g_strdup (action);
  return -1;
}

static void
kip_application_finalize (GObject *object)
{
  KipApplication *self = KIP_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_error (&self->trouble);
  g_clear_pointer (&self->dir, g_free);
  g_clear_pointer (&self->pending_action, g_free);
  G_OBJECT_CLASS (kip_application_parent_class)->finalize (object);
}

static void
kip_application_class_init (KipApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = kip_application_finalize;
  application_class->startup = kip_application_startup;
  application_class->activate = kip_application_activate;
  application_class->shutdown = kip_application_shutdown;
  application_class->handle_local_options = kip_application_handle_local_options;

  signals[SIGNAL_SESSION_CHANGED] =
    g_signal_new ("session-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static const GOptionEntry options[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Use the office in this folder"), N_("DIR") },
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
  { "new-ticket", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Write a new ticket"), NULL },
  { "quick-log", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Log a call quickly"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { NULL }
};

static void
kip_application_init (KipApplication *self)
{
  g_application_set_option_context_parameter_string (G_APPLICATION (self), NULL);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Kip, the help desk of a small office."));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* ---- public ---- */

KipApplication *
kip_application_new (void)
{
  return g_object_new (KIP_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", "/io/github/kipdesk/Kip",
                       NULL);
}

KipSession *
kip_application_get_session (KipApplication *self)
{
  g_return_val_if_fail (KIP_IS_APPLICATION (self), NULL);

  return self->session;
}

const char *
kip_application_get_dir (KipApplication *self)
{
  g_return_val_if_fail (KIP_IS_APPLICATION (self), NULL);

  return self->dir;
}

GtkWindow *
kip_application_present (KipApplication *self)
{
  GtkWindow *window;

  g_return_val_if_fail (KIP_IS_APPLICATION (self), NULL);

  window = main_window (self);
  kip_window_present (KIP_WINDOW (window));
  return window;
}

void
kip_application_show_ticket (KipApplication *self,
                             KipId           ticket)
{
  GtkWindow *window;

  g_return_if_fail (KIP_IS_APPLICATION (self));

  window = main_window (self);
  kip_window_show_ticket (KIP_WINDOW (window), ticket);
  kip_window_present (KIP_WINDOW (window));
}
