/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-toast.h"

#include <glib/gi18n-lib.h>

#define BEFORE "kip-toast-before"
/* Where a toast of WIDE letters beside its buttons has no room, of which libadwaita cuts what is too much. */
#define WIDE 38
#define NARROW 20
#define NARROW_WINDOW 520
#define MOST_LINES 6
#define SPEAKS "kip-toast-speaks" /* of a window: gint64 *, when it last came to the front or left it (monotonic µs) */

AdwToast *
kip_toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static GtkWidget *
make_title (const char *text,
            int         width)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width > 0 && width < NARROW_WINDOW ? NARROW : WIDE);
  return label;
}

AdwToast *
kip_toast_new_told (AdwToastOverlay *overlay,
                    const char      *text,
                    const char      *action)
{
  AdwToast *toast = kip_toast_new (text);

  adw_toast_set_custom_title (toast, make_title (text, gtk_widget_get_width (GTK_WIDGET (overlay))));
  adw_toast_set_timeout (toast, 0);
  if (action == NULL)
    return toast;
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_detailed_action_name (toast, action);
  return toast;
}

void
kip_toast_show (AdwToastOverlay *overlay,
                AdwToast        *toast)
{
  AdwToast *before = g_object_get_data (G_OBJECT (overlay), BEFORE);

  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (overlay), BEFORE, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (overlay, toast);
}

/* ---- what a session says ---- */

typedef struct
{
  GWeakRef session;
  char    *label; /* (owned) */
  guint    device;
  guint64  seq;
} Done;

static Done *
done_new (KipSession *session,
          const char *label,
          guint       device,
          guint64     seq)
{
  Done *done = g_new0 (Done, 1);

  g_weak_ref_init (&done->session, session);
  done->label = g_strdup (label);
  done->device = device;
  done->seq = seq;
  return done;
}

static void
done_free (gpointer  data,
           GClosure *closure)
{
  Done *done = data;

  g_weak_ref_clear (&done->session);
  g_free (done->label);
  g_free (done);
}

static void
undo_cb (AdwToast *toast,
         Done     *done)
{
  g_autoptr (KipSession) session = g_weak_ref_get (&done->session);

  if (session != NULL)
    kip_session_undo_change (session, done->device, done->seq, done->label);
}

/* G_MAXINT64: it is in front; 0: it never was, or does not speak. */
static gint64
in_front_since (GtkWindow *window)
{
  gint64 *since = g_object_get_data (G_OBJECT (window), SPEAKS);

  if (gtk_window_is_active (window))
    return G_MAXINT64;
  return since != NULL ? *since : 0;
}

/* Between a dialog that closes and the window below no window is in front: then it is the
 * one that was last.  Borrowed, nullable. */
static GtkWindow *
front_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *front = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (in_front_since (window) > (front != NULL ? in_front_since (front) : 0))
        front = window;
    }
  return front;
}

/* The window in front is the overlay's own, or a dialog over it that has none. */
static gboolean
is_in_front (AdwToastOverlay *overlay)
{
  GtkWindow *front = front_window ();

  while (front != NULL && g_object_get_data (G_OBJECT (front), SPEAKS) == NULL)
    front = gtk_window_get_transient_for (front);
  return front != NULL && GTK_ROOT (front) == gtk_widget_get_root (GTK_WIDGET (overlay));
}

static void
active_cb (GtkWindow *window)
{
  gint64 *since = g_object_get_data (G_OBJECT (window), SPEAKS);

  *since = g_get_monotonic_time ();
}

static void
done_cb (KipSession      *session,
         const char      *label,
         guint            device,
         guint64          seq,
         AdwToastOverlay *overlay)
{
  AdwToast *toast;

  if (label == NULL || *label == '\0' || !is_in_front (overlay))
    return;
  toast = kip_toast_new (label);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), done_new (session, label, device, seq),
                         done_free, 0);
  kip_toast_show (overlay, toast);
}

static void
undone_cb (KipSession      *session,
           const char      *label,
           gboolean         again,
           AdwToastOverlay *overlay)
{
  g_autofree char *text = NULL;

  if (!is_in_front (overlay))
    return;
  if (label == NULL || *label == '\0')
    text = g_strdup (again ? _("Done again") : _("Undone"));
  else
    text = g_strdup_printf (again ? _("Done again: %s") : _("Undone: %s"), label);
  kip_toast_show (overlay, kip_toast_new (text));
}

/* It stays until it was read, whatever is done meanwhile. */
static void
say_failure (AdwToastOverlay *overlay,
             const GError    *error)
{
  AdwToast *toast = kip_toast_new (error->message);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (overlay, toast);
}

static void
failed_cb (KipSession      *session,
           const GError    *error,
           AdwToastOverlay *overlay)
{
  if (is_in_front (overlay))
    say_failure (overlay, error);
}

static void
any_failed_cb (KipSession      *session,
               const GError    *error,
               AdwToastOverlay *overlay)
{
  say_failure (overlay, error);
}

void
kip_toasts_watch (AdwToastOverlay *overlay,
                  KipSession      *session,
                  gboolean         every_failure)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (overlay));

  g_return_if_fail (root != NULL);

  if (g_object_get_data (G_OBJECT (root), SPEAKS) == NULL)
    {
      g_object_set_data_full (G_OBJECT (root), SPEAKS, g_new0 (gint64, 1), g_free);
      g_signal_connect (root, "notify::is-active", G_CALLBACK (active_cb), NULL);
    }
  g_signal_connect_object (session, "done", G_CALLBACK (done_cb), overlay, 0);
  g_signal_connect_object (session, "undone", G_CALLBACK (undone_cb), overlay, 0);
  g_signal_connect_object (session, "failed", G_CALLBACK (every_failure ? any_failed_cb : failed_cb), overlay, 0);
}
