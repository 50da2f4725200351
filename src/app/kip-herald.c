/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-herald.h"

#include "kip-notice-text.h"
#include "kip-settings-window.h"
#include "kip-store-each.h"
#include "kip-tiding-words.h"
#include "kip-window.h"

#include <glib/gi18n.h>

struct _KipHerald
{
  GObject         parent_instance;
  GtkApplication *application; /* borrowed: it owns us */
  KipSession     *session;     /* (owned) (nullable) once disposed of */
  KipNotifier    *notifier;    /* (owned) (nullable) */
  gboolean        looking;
  gboolean        again;       /* something changed meanwhile */
};

G_DEFINE_FINAL_TYPE (KipHerald, kip_herald, G_TYPE_OBJECT)

/* More of one kind are told in one sentence. */
#define MOST 3

/* ---- what there is to tell, found in a thread of the store ---- */

typedef struct
{
  GArray    *tidings; /* (owned) of KipTiding */
  GPtrArray *rows;    /* (owned) of KipTicketRow, NULL where it is about no ticket */
} Found;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->tidings, g_array_unref);
  g_clear_pointer (&found->rows, g_ptr_array_unref);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static GPtrArray *
rows_of (KipStore *store,
         GArray   *tidings,
         GError  **error)
{
  g_autofree KipId *ids = g_new (KipId, tidings->len);

  for (guint i = 0; i < tidings->len; i++)
    {
      const KipTiding *tiding = &g_array_index (tidings, KipTiding, i);

      ids[i] = tiding->entity_kind == KIP_KIND_TICKET ? tiding->entity : KIP_ID_NONE;
    }
  return kip_store_rows (store, ids, tidings->len, error);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  GError *error = NULL;

  found->tidings = kip_store_take_tidings (source, &error);
  if (found->tidings != NULL)
    found->rows = rows_of (source, found->tidings, &error);
  if (found->rows != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) found_free);
  else
    g_task_return_error (task, error);
}

/* ---- telling ---- */

/* One that shows the office; NULL: none is open. */
static KipWindow *
find_window (KipHerald *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (KIP_IS_WINDOW (l->data) && gtk_widget_get_mapped (l->data) && kip_window_get_session (l->data) != NULL)
      return l->data;
  return NULL;
}

/* @action: of the application. */
static void
say (KipHerald  *self,
     const char *title,
     const char *body,
     const char *action)
{
  KipWindow *window = find_window (self);
  g_autofree char *text = g_strdup_printf ("%s: %s", title, body);
  g_autofree char *detailed = action != NULL ? g_strdup_printf ("app.%s", action) : NULL;

  if (window != NULL)
    kip_window_tell (window, text, detailed);
  else
    kip_notifier_say (self->notifier, title, body, action);
}

static char *
action_on (const char *name,
           const char *target)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (target));

  return g_action_print_detailed_name (name, value);
}

/* That shows the tickets; NULL: there are none. */
static char *
action_for (GPtrArray *rows)
{
  const KipTicketRow *row = rows->len == 1 ? g_ptr_array_index (rows, 0) : NULL;
  g_autofree char *target = row != NULL ? kip_ticket_number_format (row->number) : kip_notice_query (rows);

  return *target != '\0' ? action_on (row != NULL ? "show-ticket" : "show-query", target) : NULL;
}

/* That shows where the first of them is set. */
static char *
action_for_settings (GPtrArray *tidings)
{
  const KipTiding *tiding = g_ptr_array_index (tidings, 0);
  const char *page = kip_settings_page_for (tiding->entity_kind);

  return page != NULL ? action_on ("settings-page", page) : NULL;
}

static GPtrArray *
just (gpointer row)
{
  GPtrArray *rows = g_ptr_array_new ();

  g_ptr_array_add (rows, row);
  return rows;
}

static void
say_assigned (KipHerald *self,
              GPtrArray *tidings,
              GPtrArray *rows)
{
  KipOffice *office = kip_store_get_office (kip_session_get_store (self->session));
  g_autofree char *many = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; tidings->len <= MOST && i < tidings->len; i++)
    {
      g_autofree char *title = kip_notice_title (g_ptr_array_index (rows, i));
      g_autofree char *body = kip_tiding_sentence (g_ptr_array_index (tidings, i), office);
      g_autoptr (GPtrArray) one = just (g_ptr_array_index (rows, i));
      g_autofree char *action = action_for (one);

      say (self, title, body, action);
    }
  if (tidings->len <= MOST)
    return;
  many = g_strdup_printf (ngettext ("%u ticket was assigned by a colleague at the same time as by you.",
                                    "%u tickets were assigned by colleagues at the same time as by you.", tidings->len), tidings->len);
  all = action_for (rows);
  say (self, _("Assigned by two at once"), many, all);
}

static void
say_refused (KipHerald    *self,
             KipTidingKind kind,
             GPtrArray    *tidings,
             GPtrArray    *rows)
{
  g_autofree char *body = kip_tiding_refused (kind, tidings->len);
  g_autofree char *action = action_for (rows);

  if (action == NULL)
    action = action_for_settings (tidings);
  say (self, _("Not taken over"), body, action);
}

static void
say_kind (KipHerald    *self,
          const Found  *found,
          KipTidingKind kind)
{
  g_autoptr (GPtrArray) tidings = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < found->tidings->len; i++)
    {
      KipTiding *tiding = &g_array_index (found->tidings, KipTiding, i);

      if (tiding->kind != kind)
        continue;
      g_ptr_array_add (tidings, tiding);
      g_ptr_array_add (rows, g_ptr_array_index (found->rows, i));
    }
  if (tidings->len == 0)
    return;
  if (kind == KIP_TIDING_ASSIGNED)
    say_assigned (self, tidings, rows);
  else
    say_refused (self, kind, tidings, rows);
}

/* ---- looking ---- */

static void look (KipHerald *self);

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipHerald) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = g_task_propagate_pointer (G_TASK (result), &error);
  static const KipTidingKind kinds[] = { KIP_TIDING_ASSIGNED, KIP_TIDING_REFUSED, KIP_TIDING_PUT_OUT };

  self->looking = FALSE;
  if (self->session == NULL)
    return;
  if (found == NULL)
    g_warning ("tidings: %s", error->message);
  for (guint i = 0; found != NULL && i < G_N_ELEMENTS (kinds); i++)
    say_kind (self, found, kinds[i]);
  if (self->again)
    look (self);
}

static void
look (KipHerald *self)
{
  KipStore *store = kip_session_get_store (self->session);
  g_autoptr (GTask) task = NULL;

  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  task = g_task_new (store, NULL, found_cb, g_object_ref (self));
  g_task_set_source_tag (task, look);
  kip_store_run (store, task, find_thread);
}

/* ---- object ---- */

static void
kip_herald_dispose (GObject *object)
{
  KipHerald *self = KIP_HERALD (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (kip_session_get_store (self->session), self);
  g_clear_object (&self->session);
  g_clear_object (&self->notifier);
  G_OBJECT_CLASS (kip_herald_parent_class)->dispose (object);
}

static void
kip_herald_class_init (KipHeraldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_herald_dispose;
}

static void
kip_herald_init (KipHerald *self)
{
}

KipHerald *
kip_herald_new (GtkApplication *application,
                KipSession     *session,
                KipNotifier    *notifier)
{
  KipHerald *self = g_object_new (KIP_TYPE_HERALD, NULL);
  KipStore *store = kip_session_get_store (session);

  self->application = application;
  self->session = g_object_ref (session);
  self->notifier = g_object_ref (notifier);
  g_signal_connect_object (store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}
