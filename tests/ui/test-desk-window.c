/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-commands.h"
#include "kip-desk.h"
#include "kip-due-cell.h"
#include "kip-quick-log.h"
#include "kip-search-entry.h"
#include "kip-ticket-selection.h"
#include "kip-toast.h"
#include "ui-fixture.h"

/* ---- what is said in which window ---- */

static AdwToastOverlay *
show_toasts (GtkWindow  *window,
             KipSession *session)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());

  adw_toast_overlay_set_child (overlay, gtk_label_new ("Below"));
  gtk_window_set_child (window, GTK_WIDGET (overlay));
  kip_toasts_watch (overlay, session, FALSE);
  gtk_window_present (window);
  UNTIL (gtk_window_is_active (window));
  return overlay;
}

static void
take_id (KipId  *id,
         guint64 logged)
{
  *id = logged;
}

/* A dialog that has no place for it leaves it to the window below, with Undo; so does one
 * that has closed by then, when no window is in front. */
static void
test_toast_of_dialog (void)
{
  Desk desk;
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  AdwToastOverlay *overlay;
  GtkWidget *dialog;
  KipId logged = KIP_ID_NONE;

  desk_init (&desk);
  overlay = show_toasts (window, desk.session);
  dialog = GTK_WIDGET (kip_quick_log_present (window, desk.session));
  g_signal_connect_swapped (dialog, "logged", G_CALLBACK (take_id), &logged);
  UNTIL (gtk_window_is_active (GTK_WINDOW (dialog)));
  type_text (find (dialog, ADW_TYPE_ENTRY_ROW, "What is it about?"), "VPN");
  kip_quick_log_log (KIP_QUICK_LOG (dialog));
  UNTIL (logged != KIP_ID_NONE);
  g_assert_nonnull (find (overlay, GTK_TYPE_LABEL, "“VPN” logged"));
  click (find (overlay, GTK_TYPE_BUTTON, "Undo"));
  UNTIL (look_for (overlay, GTK_TYPE_LABEL, "Undone: “VPN” logged") != NULL);
  gtk_window_destroy (window);
  desk_clear (&desk);
}

/* A window that has a place of its own says it there, and only there. */
static void
test_toast_of_window (void)
{
  Desk desk;
  GtkWindow *below = GTK_WINDOW (gtk_window_new ());
  GtkWindow *above = GTK_WINDOW (gtk_window_new ());
  AdwToastOverlay *first, *second;
  KipId ticket;

  desk_init (&desk);
  ticket = add_ticket (desk.office.store, "VPN", KIP_INSTANT_NONE);
  first = show_toasts (below, desk.session);
  gtk_window_set_transient_for (above, below);
  second = show_toasts (above, desk.session);
  kip_session_do (desk.session, kip_command_delete (desk.office.store, &ticket, 1, TRUE), "Deleted", NULL, NULL);
  UNTIL (look_for (second, GTK_TYPE_LABEL, "Deleted") != NULL);
  g_assert_null (look_for (first, GTK_TYPE_LABEL, "Deleted"));
  gtk_window_destroy (above);
  gtk_window_destroy (below);
  desk_clear (&desk);
}

/* ---- what the list marks ---- */

static KipTicketSelection *
selection_of (KipDesk *widget)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find (widget, GTK_TYPE_COLUMN_VIEW, NULL));

  return KIP_TICKET_SELECTION (gtk_column_view_get_model (view));
}

/* The ticket that was just logged is shown before the list has heard of it, and marked as soon as it has. */
static void
test_marks_what_was_logged (void)
{
  Desk desk;
  KipDesk *widget;
  KipId logged;

  desk_init (&desk);
  add_ticket (desk.office.store, "Printer", KIP_INSTANT_NONE);
  widget = g_object_new (KIP_TYPE_DESK, NULL);
  desk_show (&desk, GTK_WIDGET (widget), 1280, 700);
  kip_desk_set_session (widget, desk.session);
  kip_desk_show_view (widget, "all");
  UNTIL (g_list_model_get_n_items (G_LIST_MODEL (selection_of (widget))) == 1);
  logged = add_ticket (desk.office.store, "VPN", KIP_INSTANT_NONE);
  kip_desk_show_ticket (widget, logged);
  UNTIL (kip_ticket_selection_get_single (selection_of (widget)) == logged);
  g_assert_cmpint (kip_desk_get_ticket (widget), ==, logged);
  desk_hide (&desk);
  desk_clear (&desk);
}

/* ---- where the keyboard is ---- */

static void
search_for (KipDesk        *widget,
            KipSearchEntry *search,
            const char     *text,
            guint           rows)
{
  kip_search_entry_set_text (search, text);
  UNTIL (g_list_model_get_n_items (G_LIST_MODEL (selection_of (widget))) == rows);
  settle ();
}

/* The ticket that Return opens. */
static KipId
ticket_with_focus (KipDesk *widget)
{
  g_assert_true (gtk_widget_activate (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (widget)))));
  settle ();
  return kip_desk_get_ticket (widget);
}

static void
check_focus (KipDesk *widget,
             KipId    expected)
{
  g_assert_cmpint (kip_ticket_selection_get_single (selection_of (widget)), ==, expected);
  g_assert_cmpint (ticket_with_focus (widget), ==, expected);
}

/* Rows stay and stand for other tickets; the focus goes to the one that is marked. */
static void
test_focus_follows_mark (void)
{
  Desk desk;
  KipId tickets[7];
  KipSearchEntry *search = g_object_ref_sink (g_object_new (KIP_TYPE_SEARCH_ENTRY, NULL));
  KipDesk *widget = g_object_new (KIP_TYPE_DESK, NULL);

  desk_init (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    tickets[i] = add_ticket (desk.office.store, i < 4 ? "Printer" : "Keyboard", KIP_INSTANT_NONE);
  kip_desk_set_search (widget, search);
  desk_show (&desk, GTK_WIDGET (widget), 1280, 700);
  kip_desk_set_session (widget, desk.session);
  search_for (widget, search, "printer", 4);
  g_signal_emit_by_name (search, "leave");
  check_focus (widget, tickets[0]);
  gtk_widget_grab_focus (GTK_WIDGET (widget));
  kip_desk_step (widget, 2);
  check_focus (widget, tickets[2]);
  search_for (widget, search, "keyboard", 3);
  g_signal_emit_by_name (search, "leave");
  check_focus (widget, tickets[4]);
  /* Down before the answer is there. */
  kip_search_entry_set_text (search, "printer");
  g_signal_emit_by_name (search, "leave");
  UNTIL (g_list_model_get_n_items (G_LIST_MODEL (selection_of (widget))) == 4);
  settle ();
  check_focus (widget, tickets[0]);
  desk_hide (&desk);
  desk_clear (&desk);
  g_object_unref (search);
}

/* ---- how wide the columns are ---- */

static GtkColumnViewColumn *
find_column (KipDesk    *widget,
             const char *title)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find (widget, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return column;
    }
  return NULL;
}

/* Whatever the language, and however narrow the list: the words of a promise are not cut off. */
static void
test_promise_fits (void)
{
  Desk desk;
  KipDesk *widget = g_object_new (KIP_TYPE_DESK, NULL);

  desk_init (&desk);
  add_ticket (desk.office.store, "Printer", KIP_INSTANT_NONE);
  desk_show (&desk, GTK_WIDGET (widget), 1160, 700);
  kip_desk_set_session (widget, desk.session);
  kip_desk_show_view (widget, "all");
  UNTIL (g_list_model_get_n_items (G_LIST_MODEL (selection_of (widget))) == 1);
  settle ();
  g_assert_null (find_column (widget, "Priority")); /* in a narrow list it has no title */
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (widget, "Due")), >,
                   kip_due_cell_usual_width (GTK_WIDGET (widget)));
  desk_hide (&desk);
  desk_clear (&desk);
}

static void
add_tests (void)
{
  g_test_add_func ("/desk/toast-of-dialog", test_toast_of_dialog);
  g_test_add_func ("/desk/toast-of-window", test_toast_of_window);
  g_test_add_func ("/desk/marks-what-was-logged", test_marks_what_was_logged);
  g_test_add_func ("/desk/focus-follows-mark", test_focus_follows_mark);
  g_test_add_func ("/desk/promise-fits", test_promise_fits);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run (&argc, &argv, add_tests);
}
