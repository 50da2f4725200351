/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include <string.h>

int
ui_run (int    *argc,
        char ***argv,
        void ( *add_tests )(void))
{
  g_autoptr (GtkCssProvider) style = NULL;

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/io/github/kipdesk/Kip/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  add_tests ();
  return g_test_run ();
}

void
settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

void
desk_init (Desk *desk)
{
  fixture_init (&desk->office);
  desk->session = kip_session_new (desk->office.store);
  desk->window = NULL;
}

void
desk_hide (Desk *desk)
{
  if (desk->window != NULL)
    gtk_window_destroy (desk->window);
  desk->window = NULL;
  settle ();
}

void
desk_clear (Desk *desk)
{
  desk_hide (desk);
  g_clear_object (&desk->session);
  fixture_clear (&desk->office);
}

void
desk_restart (Desk *desk)
{
  desk_hide (desk);
  g_clear_object (&desk->session);
  fixture_reopen (&desk->office);
  desk->session = kip_session_new (desk->office.store);
}

void
desk_show (Desk      *desk,
           GtkWidget *child,
           int        width,
           int        height)
{
  desk->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (desk->window, width, height);
  gtk_window_set_child (desk->window, child);
  gtk_window_present (desk->window);
  UNTIL (gtk_widget_get_mapped (child));
  gtk_test_widget_wait_for_draw (child);
}

/* ---- finding ---- */

static gboolean
is_text (const char *shown,
         const char *text)
{
  return shown != NULL && strcmp (shown, text) == 0;
}

static gboolean
says_itself (GtkWidget  *widget,
             const char *text)
{
  if (is_text (gtk_widget_get_tooltip_text (widget), text))
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      is_text (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text))
    return TRUE;
  return GTK_IS_LABEL (widget) && is_text (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (says_itself (widget, text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && !GTK_IS_POPOVER (child) && says (child, text))
      return TRUE;
  return FALSE;
}

GtkWidget *
look_for (gpointer    root,
          GType       type,
          const char *text)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root) && (text == NULL || says (root, text)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      found = look_for (child, type, text);
  return found;
}

GtkWidget *
find (gpointer    root,
      GType       type,
      const char *text)
{
  g_test_message ("looking for %s %s", g_type_name (type), text != NULL ? text : "");
  UNTIL (look_for (root, type, text) != NULL);
  return look_for (root, type, text);
}

static GtkWidget *
look_for_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (is_text (gtk_window_get_title (window), title) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return GTK_WIDGET (window);
    }
  return NULL;
}

GtkWidget *
find_window (const char *title)
{
  g_test_message ("looking for a window %s", title);
  UNTIL (look_for_window (title) != NULL);
  return look_for_window (title);
}

/* ---- doing ---- */

void
click (gpointer button)
{
  g_assert_true (gtk_widget_get_mapped (button));
  UNTIL (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

void
type_text (gpointer    widget,
           const char *text)
{
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (widget);
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert (buffer, &end, text, -1);
    }
  else
    {
      int end = -1;

      g_object_get (widget, "cursor-position", &end, NULL);
      gtk_editable_insert_text (widget, text, -1, &end);
    }
  settle ();
}

char *
get_text (gpointer text_view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

KipTicket *
read_ticket (Desk *desk,
             KipId ticket)
{
  g_autoptr (GError) error = NULL;
  KipTicket *read = kip_store_ticket (desk->office.store, ticket, &error);

  g_assert_no_error (error);
  return read;
}
