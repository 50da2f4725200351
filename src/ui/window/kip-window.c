/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-window-private.h"

#include "kip-config.h"
#include "kip-frame-hold.h"
#include "kip-toast.h"
#include "kip-tooltip.h"

#include <glib/gi18n-lib.h>

/* Opening an office is quicker than this, or says that it takes time. */
#define SPINNER_AFTER_MS 500

/* Opening the office and reading the first rows take less, usually. */
#define HOLD_MS 120

G_DEFINE_FINAL_TYPE (KipWindow, kip_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  SIGNAL_OFFICE_MADE,
  SIGNAL_OPEN_AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- coming up ---- */

/* Now there is time for what does not show. */
static void
painted_cb (GdkFrameClock *clock,
            KipWindow     *self)
{
  kip_frame_hold_end (&self->first_hold);
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
}

static void
kip_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kip_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb), widget, 0);
}

static void
be_ready (KipWindow *self)
{
  self->is_ready = TRUE;
  kip_frame_hold_end (&self->hold);
}

/* ---- which page ---- */

static void show_page (KipWindow  *self,
                       const char *name);

static gboolean
show_spinner_cb (gpointer data)
{
  KipWindow *self = data;

  self->spinner_source = 0;
  show_page (self, "opening");
  gtk_widget_set_visible (self->opening_box, TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

/* What stands in the header follows what is shown below it. */
static void
show_header (KipWindow *self,
             gboolean   desk)
{
  gboolean narrow = kip_desk_is_narrow (self->desk);

  gtk_widget_set_visible (GTK_WIDGET (self->search), desk);
  gtk_widget_set_visible (self->new_button, desk);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_button), desk);
  kip_sync_button_set_compact (self->sync_button, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->views_button), desk && narrow && !kip_desk_shows_ticket (self->desk));
  gtk_widget_set_visible (self->back_button, desk && kip_desk_shows_ticket (self->desk));
  adw_button_content_set_label (self->new_content, narrow ? "" : _("_New Ticket"));
}

static void
layout_changed_cb (KipWindow *self)
{
  show_header (self, self->session != NULL);
  kip_window_update_actions (self);
}

static void
view_changed_cb (KipWindow *self)
{
  if (self->views_list != NULL)
    kip_sidebar_mark (self->views_list, kip_desk_get_shown (self->desk));
  kip_window_update_actions (self);
}

static void
view_chosen_cb (KipWindow  *self,
                const char *key)
{
  gtk_menu_button_popdown (self->views_button);
  kip_desk_show_view (self->desk, key);
}

static void
view_edit_cb (KipWindow  *self,
              const char *text)
{
  gtk_menu_button_popdown (self->views_button);
  kip_search_entry_set_text (self->search, text);
}

/* ---- what is made only when it is needed: a window should come up at once ---- */

static void
fill_views_button (GtkMenuButton *button,
                   gpointer       data)
{
  KipWindow *self = data;
  GtkWidget *popover;

  if (self->views_list != NULL)
    return;
  popover = gtk_popover_new ();
  self->views_list = KIP_SIDEBAR (kip_sidebar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->views_list), 240, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->views_list));
  gtk_widget_add_css_class (popover, "menu");
  g_signal_connect_object (self->views_list, "chosen", G_CALLBACK (view_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views_list, "edit", G_CALLBACK (view_edit_cb), self, G_CONNECT_SWAPPED);
  kip_sidebar_set_views (self->views_list, self->session, kip_desk_get_views (self->desk));
  kip_sidebar_mark (self->views_list, kip_desk_get_shown (self->desk));
  gtk_menu_button_set_popover (button, popover);
}

static void
fill_menu_button (GtkMenuButton *button,
                  gpointer       data)
{
  KipWindow *self = data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->main_menu);
}

static void
made_cb (KipWindow *self,
         KipStore  *store)
{
  g_signal_emit (self, signals[SIGNAL_OFFICE_MADE], 0, store);
}

static void
ensure_start_page (KipWindow *self)
{
  if (self->start_page != NULL)
    return;
  self->start_page = g_object_new (KIP_TYPE_START_PAGE, NULL);
  g_signal_connect_object (self->start_page, "made", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->start_page), "start");
}

static void
try_again_cb (KipWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_AGAIN], 0);
}

static void
ensure_trouble_page (KipWindow *self)
{
  if (self->trouble_page != NULL)
    return;
  self->trouble_page = g_object_new (KIP_TYPE_TROUBLE_PAGE, NULL);
  g_signal_connect_object (self->trouble_page, "try-again", G_CALLBACK (try_again_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->trouble_page), "trouble");
}

static void
show_page (KipWindow  *self,
           const char *name)
{
  kip_frame_hold_end (&self->hold);
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (self->opening_box, FALSE);
  gtk_stack_set_visible_child_name (self->stack, name);
  show_header (self, g_str_equal (name, "desk"));
  kip_window_update_actions (self);
}

/* ---- what the session tells ---- */

static void
watch_session (KipWindow *self)
{
  KipSession *session = self->session;

  kip_toasts_watch (self->toasts, session, TRUE);
  g_signal_connect_object (session, "notify::undo-label", G_CALLBACK (kip_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::redo-label", G_CALLBACK (kip_window_update_actions), self, G_CONNECT_SWAPPED);
}

static void
drop_session (KipWindow *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (kip_session_get_store (self->session), self);
  kip_window_watch_store (self, NULL);
  if (self->views_list != NULL)
    kip_sidebar_set_views (self->views_list, NULL, NULL);
  kip_desk_set_session (self->desk, NULL);
  kip_sync_button_set_sync (self->sync_button, NULL);
  g_clear_object (&self->session);
  gtk_window_set_title (GTK_WINDOW (self), _("Kip"));
}

/* ---- its size ---- */

static void
restore_size (KipWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (KipWindow *self)
{
  int width, height;

  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (gtk_window_is_maximized (GTK_WINDOW (self)) || gtk_window_is_fullscreen (GTK_WINDOW (self)))
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width <= 0 || height <= 0)
    return;
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
}

static gboolean
kip_window_close_request (GtkWindow *window)
{
  KipWindow *self = KIP_WINDOW (window);

  save_size (self);
  kip_desk_save_state (self->desk);
  return GTK_WINDOW_CLASS (kip_window_parent_class)->close_request (window);
}

/* ---- class ---- */

static void
kip_window_dispose (GObject *object)
{
  KipWindow *self = KIP_WINDOW (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  kip_frame_hold_end (&self->hold);
  kip_frame_hold_end (&self->first_hold);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->power);
  G_OBJECT_CLASS (kip_window_parent_class)->dispose (object);
}

static void
kip_window_class_init (KipWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_window_dispose;
  widget_class->realize = kip_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = kip_window_close_request;

  signals[SIGNAL_OFFICE_MADE] =
    g_signal_new ("office-made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KIP_TYPE_STORE);
  signals[SIGNAL_OPEN_AGAIN] =
    g_signal_new ("open-again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KIP_TYPE_DESK);
  g_type_ensure (KIP_TYPE_SEARCH_ENTRY);
  g_type_ensure (KIP_TYPE_SYNC_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, opening_box);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, undo_section);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, new_content);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, views_button);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, search);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, KipWindow, desk);
  gtk_widget_class_bind_template_callback (widget_class, layout_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  kip_window_install_actions (widget_class);
}

static void
add_tooltips (KipWindow *self)
{
  kip_tooltip_set (self->back_button, _("Back to the list (Alt+Left)"));
  kip_tooltip_set (GTK_WIDGET (self->views_button), _("Views (F9)"));
  kip_tooltip_set (self->new_button, _("Write a new ticket (Ctrl+N)"));
  kip_tooltip_set (GTK_WIDGET (self->menu_button), _("Main menu (F10)"));
}

static void
kip_window_init (KipWindow *self)
{
  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tooltips (self);
  if (g_str_equal (PROFILE, "devel"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE); /* until a key is pressed */
  kip_desk_set_search (self->desk, self->search);
  g_signal_connect_object (self->desk, "answered", G_CALLBACK (be_ready), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->menu_button, fill_menu_button, self, NULL);
  gtk_menu_button_set_create_popup_func (self->views_button, fill_views_button, self, NULL);
  kip_window_watch_view (self);
  restore_size (self);
  kip_window_add_notices (self);
  kip_window_update_actions (self);
}

/* ---- public ---- */

GtkWidget *
kip_window_new (GtkApplication *application)
{
  return g_object_new (KIP_TYPE_WINDOW, "application", application, NULL);
}

void
kip_window_present (KipWindow *self)
{
  g_return_if_fail (KIP_IS_WINDOW (self));

  if (!self->is_ready && !gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      kip_frame_hold_begin (&self->hold, HOLD_MS);
      kip_frame_hold_begin_others (&self->first_hold, 2 * HOLD_MS);
    }
  gtk_window_present (GTK_WINDOW (self));
}

void
kip_window_show_opening (KipWindow *self)
{
  g_return_if_fail (KIP_IS_WINDOW (self));

  drop_session (self);
  show_page (self, "desk"); /* usually it is filled at once */
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    kip_frame_hold_begin (&self->hold, HOLD_MS);
  self->spinner_source = g_timeout_add (SPINNER_AFTER_MS, show_spinner_cb, self);
}

void
kip_window_show_start (KipWindow  *self,
                       const char *dir)
{
  g_return_if_fail (KIP_IS_WINDOW (self));

  drop_session (self);
  ensure_start_page (self);
  kip_start_page_set_dir (self->start_page, dir);
  show_page (self, "start");
  gtk_widget_grab_focus (GTK_WIDGET (self->start_page));
  be_ready (self);
}

void
kip_window_show_trouble (KipWindow    *self,
                         const char   *dir,
                         const GError *error)
{
  g_return_if_fail (KIP_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  drop_session (self);
  ensure_trouble_page (self);
  kip_trouble_page_show (self->trouble_page, dir, error);
  show_page (self, "trouble");
  gtk_widget_grab_focus (GTK_WIDGET (self->trouble_page));
  be_ready (self);
}

void
kip_window_set_session (KipWindow  *self,
                        KipSession *session)
{
  const char *name;

  g_return_if_fail (KIP_IS_WINDOW (self));
  g_return_if_fail (KIP_IS_SESSION (session));

  if (self->session == session)
    return;
  drop_session (self);
  self->session = g_object_ref (session);
  watch_session (self);
  kip_window_watch_store (self, kip_session_get_store (session));
  kip_desk_set_session (self->desk, session);
  kip_window_update_view (self);
  kip_sync_button_set_sync (self->sync_button, kip_sync_of (kip_session_get_store (session)));
  if (self->views_list != NULL)
    kip_sidebar_set_views (self->views_list, session, kip_desk_get_views (self->desk));
  name = kip_office_get_name (kip_store_get_office (kip_session_get_store (session)));
  gtk_window_set_title (GTK_WINDOW (self), *name != '\0' ? name : _("Kip"));
  show_page (self, "desk");
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
  if (self->wanted != KIP_ID_NONE)
    kip_desk_show_ticket (self->desk, self->wanted);
  self->wanted = KIP_ID_NONE;
}

KipSession *
kip_window_get_session (KipWindow *self)
{
  g_return_val_if_fail (KIP_IS_WINDOW (self), NULL);

  return self->session;
}

void
kip_window_tell (KipWindow  *self,
                 const char *text,
                 const char *action)
{
  g_return_if_fail (KIP_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, kip_toast_new_told (self->toasts, text, action));
}

void
kip_window_show_ticket (KipWindow *self,
                        KipId      ticket)
{
  g_return_if_fail (KIP_IS_WINDOW (self));

  if (self->session != NULL)
    kip_desk_show_ticket (self->desk, ticket);
  else
    self->wanted = ticket;
}
