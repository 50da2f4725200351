/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-window-private.h"

#include "kip-backup-dialogs.h"
#include "kip-export.h"
#include "kip-new-ticket-window.h"
#include "kip-repair-dialog.h"
#include "kip-ticket-window.h"

#include <glib/gi18n-lib.h>

static void
undo (KipWindow *self,
      GVariant  *parameter)
{
  kip_session_undo (self->session);
}

static void
redo (KipWindow *self,
      GVariant  *parameter)
{
  kip_session_redo (self->session);
}

static void
close_window (KipWindow *self,
              GVariant  *parameter)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
new_ticket (KipWindow *self,
            GVariant  *parameter)
{
  GtkWidget *window = kip_new_ticket_window_new (GTK_WINDOW (self), self->session);

  g_signal_connect_object (window, "logged", G_CALLBACK (kip_window_show_ticket), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* The ticket that is shown, in a window of its own. */
static void
open_window (KipWindow *self,
             GVariant  *parameter)
{
  if (kip_desk_get_ticket (self->desk) != KIP_ID_NONE)
    kip_ticket_window_present (GTK_WINDOW (self), self->session, kip_desk_get_ticket (self->desk));
}

static void
search (KipWindow *self,
        GVariant  *parameter)
{
  kip_desk_show_list (self->desk);
  kip_search_entry_focus (self->search);
}

static void
clear_search (KipWindow *self,
              GVariant  *parameter)
{
  kip_search_entry_set_text (self->search, "");
}

static void
show_query (KipWindow *self,
            GVariant  *parameter)
{
  kip_desk_show_list (self->desk);
  kip_search_entry_set_text (self->search, g_variant_get_string (parameter, NULL));
}

static void
show_view (KipWindow *self,
           GVariant  *parameter)
{
  kip_desk_show_list (self->desk);
  kip_desk_show_view (self->desk, g_variant_get_string (parameter, NULL));
}

/* Ctrl+1 … Ctrl+9: the views in the order of the sidebar. */
static void
show_nth_view (KipWindow *self,
               GVariant  *parameter)
{
  g_autoptr (KipViewItem) view =
    g_list_model_get_item (G_LIST_MODEL (kip_desk_get_views (self->desk)), g_variant_get_int32 (parameter));

  if (view == NULL)
    return;
  kip_desk_show_list (self->desk);
  kip_desk_show_view (self->desk, kip_view_item_get_key (view));
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

static void
save_view (KipWindow *self,
           GVariant  *parameter)
{
  kip_desk_save_view (self->desk);
}

static void
show_list (KipWindow *self,
           GVariant  *parameter)
{
  kip_desk_show_list (self->desk);
}

static void
next_ticket (KipWindow *self,
             GVariant  *parameter)
{
  kip_desk_step (self->desk, 1);
}

static void
previous_ticket (KipWindow *self,
                 GVariant  *parameter)
{
  kip_desk_step (self->desk, -1);
}

static void
export (KipWindow *self,
        GVariant  *parameter)
{
  gboolean descending;
  KipSort sort = kip_desk_get_sort (self->desk, &descending);

  kip_export_present (GTK_WINDOW (self), self->session, kip_desk_get_query (self->desk), sort, descending);
}

static void
restore (KipWindow *self,
         GVariant  *parameter)
{
  kip_restore_present (GTK_WINDOW (self));
}

static void
toggle_sidebar (KipWindow *self,
                GVariant  *parameter)
{
  if (kip_desk_is_narrow (self->desk))
    gtk_menu_button_popup (self->views_button);
  else
    kip_desk_set_sidebar_visible (self->desk, !kip_desk_get_sidebar_visible (self->desk));
}

static void
repair (KipWindow *self,
        GVariant  *parameter)
{
  KipSync *sync = kip_sync_of (kip_session_get_store (self->session));

  if (sync != NULL)
    kip_repair_present (GTK_WINDOW (self), sync);
}

/* ---- the table ---- */

static const struct
{
  const char *name;
  const char *parameter; /* (nullable) its type */
  gboolean    office;    /* does nothing before one is open */
  void      (*run) (KipWindow *self,
                    GVariant  *parameter);
} actions[] = {
  { "win.undo", NULL, TRUE, undo },
  { "win.redo", NULL, TRUE, redo },
  { "win.close", NULL, FALSE, close_window },
  { "win.new-ticket", NULL, TRUE, new_ticket },
  { "win.open-window", NULL, TRUE, open_window },
  { "win.search", NULL, TRUE, search },
  { "win.clear-search", NULL, TRUE, clear_search },
  { "win.show-query", "s", TRUE, show_query },
  { "win.show-view", "s", TRUE, show_view },
  { "win.show-nth-view", "i", TRUE, show_nth_view },
  { "win.save-view", NULL, TRUE, save_view },
  { "win.show-list", NULL, TRUE, show_list },
  { "win.next-ticket", NULL, TRUE, next_ticket },
  { "win.previous-ticket", NULL, TRUE, previous_ticket },
  { "win.sidebar", NULL, TRUE, toggle_sidebar },
  { "win.export", NULL, TRUE, export },
  { "win.restore", NULL, FALSE, restore },
  { "win.repair", NULL, TRUE, repair },
};

static void
run_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  KipWindow *self = KIP_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name) && (self->session != NULL || !actions[i].office))
      actions[i].run (self, parameter);
}

static void
add_bindings (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, GDK_CONTROL_MASK, "win.save-view", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, GDK_CONTROL_MASK, "win.show-view", "s", KIP_SIDEBAR_RADAR);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "win.show-list", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F9, 0, "win.sidebar", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "win.next-ticket", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "win.previous-ticket", NULL);
  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (klass, GDK_KEY_1 + i, GDK_CONTROL_MASK, "win.show-nth-view", "i", i);
}

void
kip_window_install_actions (GtkWidgetClass *klass)
{
  for (guint n = 0; n < G_N_ELEMENTS (actions); n++)
    gtk_widget_class_install_action (klass, actions[n].name, actions[n].parameter, run_action);
  add_bindings (klass);
}

/* To stand in quotes: what is quoted within gets single ones. */
static char *
to_be_quoted (const char *label)
{
  GString *inner = g_string_new (label);

  g_string_replace (inner, "“", "‘", 0);
  g_string_replace (inner, "”", "’", 0);
  return g_string_free (inner, FALSE);
}

/* The menu says what would be undone. */
static void
show_undo_labels (KipWindow *self)
{
  g_autofree char *done = to_be_quoted (self->session != NULL ? kip_session_get_undo_label (self->session) : "");
  g_autofree char *undone = to_be_quoted (self->session != NULL ? kip_session_get_redo_label (self->session) : "");
  g_autofree char *undo_label = NULL;
  g_autofree char *redo_label = NULL;

  /* Translators: in the menu; %s is what was done last: "A-214 resolved". */
  undo_label = *done != '\0' ? g_strdup_printf (_("_Undo “%s”"), done) : g_strdup (_("_Undo"));
  redo_label = *undone != '\0' ? g_strdup_printf (_("_Redo “%s”"), undone) : g_strdup (_("_Redo"));
  g_menu_remove_all (self->undo_section);
  g_menu_append (self->undo_section, undo_label, "win.undo");
  g_menu_append (self->undo_section, redo_label, "win.redo");
}

void
kip_window_update_actions (KipWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->session != NULL;
  gboolean searching = open && kip_desk_get_shown (self->desk) == NULL;

  /* Not before an office is open, either; but a button that fades in while the
   * window comes up only looks restless. */
  gtk_widget_action_set_enabled (widget, "win.search", open);
  gtk_widget_action_set_enabled (widget, "win.save-view", searching);
  gtk_widget_action_set_enabled (widget, "win.sidebar", open);
  gtk_widget_action_set_enabled (widget, "win.export", open);
  show_undo_labels (self);
  gtk_widget_action_set_enabled (widget, "win.show-list", open && kip_desk_shows_ticket (self->desk));
  gtk_widget_action_set_enabled (widget, "win.undo", open && *kip_session_get_undo_label (self->session) != '\0');
  gtk_widget_action_set_enabled (widget, "win.redo", open && *kip_session_get_redo_label (self->session) != '\0');
}
