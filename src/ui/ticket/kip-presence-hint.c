/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-presence-hint.h"

#include "kip-sync-traffic.h"

#include <glib/gi18n-lib.h>

/* Who typed within this is writing, s. */
#define WRITING_LASTS 60

struct _KipPresenceHint
{
  KipCaseWidget parent_instance;
  GtkWidget    *box;
  GtkLabel     *label;
  KipSync      *sync;     /* (owned) (nullable) the office is not open any more */
  GtkWindow    *window;   /* (borrowed) (nullable) */
  KipId         ticket;
  KipId         told;     /* the ticket that the others were told of; NONE: none */
  guint         writing;  /* source that ends it; 0: nobody writes */
};

G_DEFINE_FINAL_TYPE (KipPresenceHint, kip_presence_hint, KIP_TYPE_CASE_WIDGET)

/* ---- telling the others ---- */

static gboolean
is_looked_at (KipPresenceHint *self)
{
  return self->ticket != KIP_ID_NONE && gtk_widget_get_mapped (GTK_WIDGET (self)) && self->window != NULL
         && gtk_window_is_active (self->window);
}

static void
tell (KipPresenceHint *self)
{
  KipId ticket = is_looked_at (self) ? self->ticket : KIP_ID_NONE;

  if (self->sync == NULL)
    return;
  if (self->told != KIP_ID_NONE && self->told != ticket)
    kip_sync_be_at (self->sync, self->told, KIP_DOING_NOTHING);
  if (ticket != KIP_ID_NONE)
    kip_sync_be_at (self->sync, ticket, self->writing != 0 ? KIP_DOING_WRITING : KIP_DOING_LOOKING);
  self->told = ticket;
}

static gboolean
written_cb (gpointer data)
{
  KipPresenceHint *self = data;

  self->writing = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
stop_writing (KipPresenceHint *self)
{
  g_clear_handle_id (&self->writing, g_source_remove);
}

void
kip_presence_hint_write (KipPresenceHint *self)
{
  g_return_if_fail (KIP_IS_PRESENCE_HINT (self));

  stop_writing (self);
  if (self->sync == NULL)
    return;
  self->writing = g_timeout_add_seconds (WRITING_LASTS, written_cb, self);
  tell (self);
}

static gboolean
key_cb (KipPresenceHint *self)
{
  tell (self);
  return GDK_EVENT_PROPAGATE;
}

void
kip_presence_hint_watch (KipPresenceHint *self,
                         GtkWidget       *widget)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_return_if_fail (KIP_IS_PRESENCE_HINT (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "enter", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
}

/* ---- what the others tell ---- */

static void
show (KipPresenceHint *self)
{
  g_autoptr (GArray) notes = NULL;
  g_autofree char *words = NULL;

  if (self->sync != NULL && self->ticket != KIP_ID_NONE)
    {
      notes = kip_sync_who_is_at (self->sync, self->ticket);
      words = kip_sync_presence_words (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), notes);
    }
  gtk_label_set_label (self->label, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (self->box, words);
  gtk_widget_set_visible (self->box, words != NULL);
}

static void
set_sync (KipPresenceHint *self,
          KipSync         *sync)
{
  if (self->sync == sync)
    return;
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "presence-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

static void
kip_presence_hint_update (KipCaseWidget *widget,
                          KipTicket     *ticket)
{
  KipPresenceHint *self = KIP_PRESENCE_HINT (widget);
  KipCase *kase = kip_case_widget_get_case (widget);
  KipId id = ticket != NULL ? ticket->id : KIP_ID_NONE;

  set_sync (self, kase != NULL ? kip_sync_of (kip_case_get_store (kase)) : NULL);
  if (id == self->ticket && id == self->told)
    return;
  if (id != self->ticket)
    stop_writing (self);
  self->ticket = id;
  tell (self);
  show (self);
}

/* ---- where it is ---- */

static void
kip_presence_hint_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kip_presence_hint_parent_class)->map (widget);
  tell (KIP_PRESENCE_HINT (widget));
}

static void
kip_presence_hint_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kip_presence_hint_parent_class)->unmap (widget);
  tell (KIP_PRESENCE_HINT (widget));
}

static void
kip_presence_hint_root (GtkWidget *widget)
{
  KipPresenceHint *self = KIP_PRESENCE_HINT (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (kip_presence_hint_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  self->window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  if (self->window != NULL)
    g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
}

static void
kip_presence_hint_unroot (GtkWidget *widget)
{
  KipPresenceHint *self = KIP_PRESENCE_HINT (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
  tell (self);
  GTK_WIDGET_CLASS (kip_presence_hint_parent_class)->unroot (widget);
}

/* ---- object ---- */

static void
kip_presence_hint_dispose (GObject *object)
{
  KipPresenceHint *self = KIP_PRESENCE_HINT (object);

  stop_writing (self);
  self->ticket = KIP_ID_NONE;
  tell (self);
  set_sync (self, NULL);
  G_OBJECT_CLASS (kip_presence_hint_parent_class)->dispose (object);
}

static void
kip_presence_hint_class_init (KipPresenceHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_presence_hint_dispose;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_presence_hint_update;
  widget_class->map = kip_presence_hint_map;
  widget_class->unmap = kip_presence_hint_unmap;
  widget_class->root = kip_presence_hint_root;
  widget_class->unroot = kip_presence_hint_unroot;
}

static void
kip_presence_hint_init (KipPresenceHint *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("avatar-default-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (self->box, "dim-label");
  gtk_widget_add_css_class (self->box, "caption");
  gtk_widget_set_halign (self->box, GTK_ALIGN_START);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
