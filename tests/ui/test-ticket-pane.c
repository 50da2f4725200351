/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-clock.h"
#include "kip-composer.h"
#include "kip-edit-label.h"
#include "kip-field-row.h"
#include "kip-moment-row.h"
#include "kip-picker.h"
#include "kip-promises.h"
#include "kip-text-group.h"
#include "kip-time-popover.h"
#include "kip-timeline-view.h"
#include "pane-fixture.h"

#include <string.h>

/* ---- showing ---- */

static void
test_empty (void)
{
  Desk desk;
  GtkWidget *pane;

  desk_init (&desk);
  pane = kip_ticket_pane_new (desk.session);
  desk_show (&desk, pane, 460, 600);
  find (pane, ADW_TYPE_STATUS_PAGE, "No Ticket Open");
  kip_ticket_pane_set_ticket (KIP_TICKET_PANE (pane), KIP_ID_MAKE (7, 7));
  find (pane, ADW_TYPE_STATUS_PAGE, "This Ticket Cannot Be Shown");
  kip_ticket_pane_set_ticket (KIP_TICKET_PANE (pane), KIP_ID_NONE);
  find (pane, ADW_TYPE_STATUS_PAGE, "No Ticket Open");
  desk_clear (&desk);
}

static void
test_shows (void)
{
  Editor editor;

  editor_init (&editor);
  find (editor.pane, GTK_TYPE_BUTTON, "A-1");
  find (editor.pane, KIP_TYPE_EDIT_LABEL, "Printer jams");
  find (editor.pane, GTK_TYPE_LABEL, "Lan Anh");
  find (editor.pane, GTK_TYPE_MENU_BUTTON, "New");
  find (editor.pane, GTK_TYPE_MENU_BUTTON, "● Normal");
  find (editor.pane, GTK_TYPE_MENU_BUTTON, "Nobody");
  find (editor.pane, KIP_TYPE_MOMENT_ROW, "Every other page");
  find (find (editor.pane, KIP_TYPE_PROMISES, NULL), GTK_TYPE_LABEL, "First response");
  find (editor.pane, GTK_TYPE_BUTTON, "Take");
  editor_clear (&editor);
}

/* From a certain width on the other fields stand beside the timeline. */
static void
test_wide (void)
{
  Editor editor;

  editor_init (&editor);
  g_assert_null (look_for (editor.pane, ADW_TYPE_PREFERENCES_ROW, "Category"));
  act (&editor, "ticket.details");
  find (editor.pane, ADW_TYPE_PREFERENCES_ROW, "Category");
  g_assert_null (look_for (editor.pane, KIP_TYPE_COMPOSER, NULL));
  gtk_window_set_default_size (editor.desk.window, 1000, 700);
  find (editor.pane, KIP_TYPE_COMPOSER, NULL);
  find (editor.pane, ADW_TYPE_PREFERENCES_ROW, "Category");
  gtk_window_set_default_size (editor.desk.window, 420, 700);
  UNTIL (look_for (editor.pane, KIP_TYPE_COMPOSER, NULL) == NULL);
  editor_clear (&editor);
}

/* In a low pane the composer is one line until somebody writes. */
static void
test_low (void)
{
  Editor editor;

  editor_init (&editor);
  find (editor.pane, GTK_TYPE_BUTTON, "Send Reply");
  gtk_window_set_default_size (editor.desk.window, 460, 560);
  UNTIL (look_for (editor.pane, GTK_TYPE_BUTTON, "Send Reply") == NULL);
  type_text (writing (&editor), "H");
  find (editor.pane, GTK_TYPE_BUTTON, "Send Reply");
  find (editor.pane, GTK_TYPE_TOGGLE_BUTTON, "Internal note");
  editor_clear (&editor);
}

/* ---- fields ---- */

static void
test_subject (void)
{
  Editor editor;
  GtkWidget *entry;

  editor_init (&editor);
  act (&editor, "ticket.subject");
  entry = find (find (editor.pane, KIP_TYPE_EDIT_LABEL, NULL), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  Printer jams again ");
  g_signal_emit_by_name (entry, "activate");
  UNTIL (strcmp (shown (&editor)->subject, "Printer jams again") == 0);
  act (&editor, "ticket.subject");
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_signal_emit_by_name (entry, "activate");
  find (editor.pane, KIP_TYPE_EDIT_LABEL, "Printer jams again");
  editor_clear (&editor);
}

/* By keyboard alone: the picker opens, a word narrows, Enter picks. */
static void
pick (Editor     *editor,
      const char *action,
      const char *word)
{
  GtkWidget *picker, *search;

  act (editor, action);
  picker = find (editor->pane, KIP_TYPE_PICKER, NULL);
  search = find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), word);
  g_signal_emit_by_name (search, "activate");
  UNTIL (!gtk_widget_get_mapped (picker));
}

static void
test_status (void)
{
  Editor editor;

  editor_init (&editor);
  pick (&editor, "ticket.status", "suppl");
  UNTIL (shown (&editor)->pause == KIP_PAUSE_SUPPLIER);
  find (editor.pane, GTK_TYPE_LABEL, "paused · supplier");
  pick (&editor, "ticket.status", "open");
  UNTIL (shown (&editor)->phase == KIP_PHASE_OPEN);
  editor_clear (&editor);
}

static void
test_assignee (void)
{
  Editor editor;

  editor_init (&editor);
  pick (&editor, "ticket.assignee", "ha");
  UNTIL (shown (&editor)->assignee == kip_store_get_me (editor.desk.office.store));
  g_assert_null (look_for (editor.pane, GTK_TYPE_BUTTON, "Take"));
  pick (&editor, "ticket.assignee", "nobody");
  UNTIL (shown (&editor)->assignee == KIP_ID_NONE);
  act (&editor, "ticket.take");
  UNTIL (shown (&editor)->assignee == kip_store_get_me (editor.desk.office.store));
  g_assert_cmpint (shown (&editor)->phase, ==, KIP_PHASE_OPEN);
  editor_clear (&editor);
}

static void
test_priority (void)
{
  Editor editor;
  GtkWidget *popover, *reason;

  editor_init (&editor);
  act (&editor, "ticket.priority");
  popover = find (editor.pane, GTK_TYPE_POPOVER, NULL);
  click (find (popover, GTK_TYPE_TOGGLE_BUTTON, "▲▲ Critical"));
  UNTIL (shown (&editor)->priority == KIP_PRIORITY_CRITICAL);
  act (&editor, "ticket.priority");
  reason = find (popover, GTK_TYPE_ENTRY, NULL);
  g_assert_false (gtk_widget_is_sensitive (find (popover, GTK_TYPE_BUTTON, "Set")));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (popover, GTK_TYPE_DROP_DOWN, NULL)), KIP_PRIORITY_LOW - 1);
  type_text (reason, "he is on holiday");
  click (find (popover, GTK_TYPE_BUTTON, "Set"));
  UNTIL (shown (&editor)->priority == KIP_PRIORITY_LOW);
  g_assert_cmpstr (shown (&editor)->priority_reason, ==, "he is on holiday");
  act (&editor, "ticket.priority");
  click (find (popover, GTK_TYPE_BUTTON, "Back to the Matrix"));
  UNTIL (shown (&editor)->priority == KIP_PRIORITY_CRITICAL);
  editor_clear (&editor);
}

static void
test_tags (void)
{
  Editor editor;
  GtkWidget *entry;

  editor_init (&editor);
  act (&editor, "ticket.details");
  entry = find (editor.pane, GTK_TYPE_ENTRY, "Add a tag");
  type_text (entry, "printer");
  g_signal_emit_by_name (entry, "activate");
  UNTIL (shown (&editor)->tags->len == 1);
  click (find (editor.pane, GTK_TYPE_BUTTON, "Remove the tag printer"));
  UNTIL (shown (&editor)->tags->len == 0);
  editor_clear (&editor);
}

/* A date and a time that are typed, in this machine's zone. */
static void
test_received_and_due (void)
{
  Editor editor;
  GtkWidget *popover;
  KipInstant expected;

  editor_init (&editor);
  act (&editor, "ticket.details");
  kip_field_row_popup (KIP_FIELD_ROW (find (editor.pane, KIP_TYPE_FIELD_ROW, "Received")));
  popover = find (editor.pane, KIP_TYPE_TIME_POPOVER, NULL);
  gtk_editable_set_text (GTK_EDITABLE (find (popover, GTK_TYPE_ENTRY, "Day, month and year: 6/3/2026")), "6/3/2026");
  gtk_editable_set_text (GTK_EDITABLE (find (popover, GTK_TYPE_ENTRY, "Hours and minutes: 16:20")), "25:00");
  g_assert_false (gtk_widget_is_sensitive (find (popover, GTK_TYPE_BUTTON, "Set")));
  gtk_editable_set_text (GTK_EDITABLE (find (popover, GTK_TYPE_ENTRY, "Hours and minutes: 16:20")), "1630");
  click (find (popover, GTK_TYPE_BUTTON, "Set"));
  g_assert_true (kip_instant_parse ("2026-03-06T16:30:00+07:00", NULL, &expected));
  UNTIL (shown (&editor)->received == expected);
  find (editor.pane, KIP_TYPE_FIELD_ROW, "Fri 6 Mar 2026, 16:30");

  kip_field_row_popup (KIP_FIELD_ROW (find (editor.pane, KIP_TYPE_FIELD_ROW, "Due by hand")));
  popover = find (editor.pane, KIP_TYPE_TIME_POPOVER, NULL);
  g_assert_null (look_for (popover, GTK_TYPE_BUTTON, "None"));
  click (find (popover, GTK_TYPE_BUTTON, "Set"));
  UNTIL (shown (&editor)->due_by_hand != KIP_INSTANT_NONE);
  find (editor.pane, GTK_TYPE_LABEL, "1 h left · by hand");
  kip_field_row_popup (KIP_FIELD_ROW (find (editor.pane, KIP_TYPE_FIELD_ROW, "Due by hand")));
  click (find (popover, GTK_TYPE_BUTTON, "None"));
  UNTIL (shown (&editor)->due_by_hand == KIP_INSTANT_NONE);
  editor_clear (&editor);
}

static GtkWidget *
description (Editor *editor)
{
  return find (find (editor->pane, KIP_TYPE_TEXT_GROUP, "Description"), GTK_TYPE_TEXT_VIEW, NULL);
}

static gboolean
is_forgotten (Editor *editor)
{
  g_autofree char *draft = kip_store_load_draft (editor->desk.office.store, editor->ticket, "field-22");

  return draft == NULL || *draft == '\0';
}

/* What is typed into it and not left yet is a draft; going elsewhere saves it. */
static void
test_description (void)
{
  Editor editor;
  g_autofree char *draft = NULL;

  editor_init (&editor);
  act (&editor, "ticket.details");
  type_text (description (&editor), ", and it smells");
  draft = kip_store_load_draft (editor.desk.office.store, editor.ticket, "field-22");
  g_assert_cmpstr (draft, ==, "Every other page, and it smells");
  g_assert_cmpstr (shown (&editor)->description, ==, "Every other page");
  kip_ticket_pane_set_ticket (editor.pane, KIP_ID_NONE);
  kip_ticket_pane_set_ticket (editor.pane, editor.ticket);
  UNTIL (shown (&editor) != NULL && strcmp (shown (&editor)->description, draft) == 0);
  UNTIL (is_forgotten (&editor));
  editor_clear (&editor);
}

static void
pick_in_row (Editor     *editor,
             const char *title,
             const char *word)
{
  GtkWidget *row = find (editor->pane, KIP_TYPE_FIELD_ROW, title);
  GtkWidget *picker, *search;

  kip_field_row_popup (KIP_FIELD_ROW (row));
  picker = find (row, KIP_TYPE_PICKER, NULL);
  search = find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), word);
  g_signal_emit_by_name (search, "activate");
  UNTIL (!gtk_widget_get_mapped (picker));
}

static void
test_requester (void)
{
  Editor editor;
  KipId minh;
  const KipPerson *person;

  editor_init (&editor);
  minh = add_person (editor.desk.office.store, "Trần Văn Minh", FALSE);
  settle ();
  act (&editor, "ticket.details");
  pick_in_row (&editor, "Requester", "van mi");
  UNTIL (shown (&editor)->requester == minh);
  pick_in_row (&editor, "Requester", "Bùi Hoa");
  UNTIL (shown (&editor)->requester != minh);
  person = kip_office_person (kip_store_get_office (editor.desk.office.store), shown (&editor)->requester);
  g_assert_cmpstr (person->name, ==, "Bùi Hoa");
  editor_clear (&editor);
}

static void
test_choices (void)
{
  Editor editor;
  const KipAsset *asset;

  editor_init (&editor);
  act (&editor, "ticket.details");
  pick_in_row (&editor, "Category", "printer");
  UNTIL (shown (&editor)->category != KIP_ID_NONE);
  pick_in_row (&editor, "Category", "none");
  UNTIL (shown (&editor)->category == KIP_ID_NONE);
  pick_in_row (&editor, "Channel", "walk");
  UNTIL (shown (&editor)->channel == KIP_CHANNEL_WALK_IN);
  pick_in_row (&editor, "Asset", "PRN-9");
  UNTIL (shown (&editor)->asset != KIP_ID_NONE);
  asset = kip_office_asset (kip_store_get_office (editor.desk.office.store), shown (&editor)->asset);
  g_assert_cmpstr (asset->name, ==, "PRN-9");
  editor_clear (&editor);
}

/* ---- the timeline ---- */

static GListModel *
moments (Editor *editor)
{
  return kip_timeline_view_get_model (KIP_TIMELINE_VIEW (find (editor->pane, KIP_TYPE_TIMELINE_VIEW, NULL)));
}

static void
test_undo_this (void)
{
  Editor editor;
  GtkWidget *row;

  editor_init (&editor);
  set_status (editor.desk.office.store, editor.ticket, "waiting-supplier");
  UNTIL (shown (&editor)->pause == KIP_PAUSE_SUPPLIER);
  row = find (editor.pane, KIP_TYPE_MOMENT_ROW, "Status: New → Waiting for supplier");
  click (find (row, GTK_TYPE_BUTTON, "Undo this"));
  UNTIL (shown (&editor)->phase == KIP_PHASE_NEW);
  UNTIL (g_list_model_get_n_items (moments (&editor)) == 3);
  row = find (editor.pane, KIP_TYPE_MOMENT_ROW, "Status: New → Waiting for supplier");
  UNTIL (look_for (row, GTK_TYPE_BUTTON, "Undo this") == NULL);
  editor_clear (&editor);
}

static void
test_messages_only (void)
{
  Editor editor;

  editor_init (&editor);
  set_status (editor.desk.office.store, editor.ticket, "open");
  UNTIL (g_list_model_get_n_items (moments (&editor)) == 2);
  click (find (editor.pane, GTK_TYPE_TOGGLE_BUTTON, "Show only what was said"));
  UNTIL (g_list_model_get_n_items (moments (&editor)) == 1);
  editor_clear (&editor);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = KIP_IS_MOMENT_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* A story of thousands of moments builds only what is near what is seen, and
 * opens at its end. */
static void
test_long (void)
{
  enum { MANY = 3000 };
  Editor editor;
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  g_autoptr (GError) error = NULL;

  editor_init (&editor);
  for (int i = 0; i < MANY; i++)
    {
      KipChange *change = kip_change_new (kip_store_get_me (editor.desk.office.store), "note");
      g_autofree char *text = g_strdup_printf ("note %d", i + 1);

      kip_change_add_message (change, editor.ticket, KIP_MESSAGE_NOTE, text);
      g_ptr_array_add (changes, change);
    }
  kip_store_append_many (editor.desk.office.store, changes, &error);
  g_assert_no_error (error);
  UNTIL (g_list_model_get_n_items (moments (&editor)) == MANY + 1);
  find (editor.pane, KIP_TYPE_MOMENT_ROW, "note 3000");
  g_assert_cmpint (count_rows (GTK_WIDGET (editor.pane)), <, 400);
  editor_clear (&editor);
}

/* ---- dialogs ---- */

static void
test_resolve_and_reopen (void)
{
  Editor editor;
  GtkWidget *dialog;

  editor_init (&editor);
  act (&editor, "ticket.resolve");
  dialog = find_window ("Resolve");
  click (find (dialog, GTK_TYPE_TOGGLE_BUTTON, "Supplier"));
  type_text (find (dialog, GTK_TYPE_TEXT_VIEW, NULL), "New fuser");
  click (find (dialog, GTK_TYPE_BUTTON, "Resolve"));
  UNTIL (shown (&editor)->phase == KIP_PHASE_RESOLVED);
  g_assert_cmpstr (shown (&editor)->cause, ==, "Supplier");
  g_assert_cmpstr (shown (&editor)->done, ==, "New fuser");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Reopen"));
  UNTIL (shown (&editor)->phase == KIP_PHASE_OPEN);
  editor_clear (&editor);
}

static void
test_survey (void)
{
  Editor editor;
  GtkWidget *dialog;

  editor_init (&editor);
  append (editor.desk.office.store, kip_command_resolve (editor.desk.office.store, &editor.ticket, 1, NULL, "done"));
  UNTIL (shown (&editor)->phase == KIP_PHASE_RESOLVED);
  act (&editor, "ticket.survey");
  dialog = find_window ("Follow-up Call");
  g_assert_false (gtk_widget_is_sensitive (find (dialog, GTK_TYPE_BUTTON, "Log")));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (dialog, GTK_TYPE_TOGGLE_BUTTON, "4")), TRUE);
  click (find (dialog, GTK_TYPE_BUTTON, "Log"));
  UNTIL (shown (&editor)->surveys->len == 1);
  g_assert_cmpint (g_array_index (shown (&editor)->surveys, KipSurvey, 0).score, ==, 4);
  editor_clear (&editor);
}

static void
test_work (void)
{
  Editor editor;
  GtkWidget *dialog, *time;

  editor_init (&editor);
  act (&editor, "ticket.work");
  dialog = find_window ("Work Time");
  time = find (dialog, ADW_TYPE_ENTRY_ROW, "Time spent: 45 min, 1:30");
  type_text (time, "soon");
  g_assert_false (gtk_widget_is_sensitive (find (dialog, GTK_TYPE_BUTTON, "Log")));
  gtk_editable_set_text (GTK_EDITABLE (time), "1:30");
  click (find (dialog, GTK_TYPE_BUTTON, "Log"));
  UNTIL (shown (&editor)->works->len == 1);
  g_assert_cmpint (g_array_index (shown (&editor)->works, KipWork, 0).seconds, ==, 90 * 60);
  editor_clear (&editor);
}

static void
test_merge (void)
{
  Editor editor;
  KipId other;
  GtkWidget *dialog;

  editor_init (&editor);
  other = add_ticket (editor.desk.office.store, "Printer broken", KIP_INSTANT_NONE);
  act (&editor, "ticket.merge");
  dialog = find_window ("Merge into Another Ticket");
  find (dialog, ADW_TYPE_ACTION_ROW, "A-2  Printer broken");
  g_assert_null (look_for (dialog, ADW_TYPE_ACTION_ROW, "A-1  Printer jams"));
  click (find (dialog, GTK_TYPE_BUTTON, "Merge"));
  UNTIL (shown (&editor)->merged_into == other);
  click (find (editor.pane, GTK_TYPE_BUTTON, "Take It Back Out"));
  UNTIL (shown (&editor)->merged_into == KIP_ID_NONE);
  editor_clear (&editor);
}

static void
remember (guint64 *opened,
          guint64  ticket)
{
  *opened = ticket;
}

static void
test_ties (void)
{
  Editor editor;
  KipId other;
  guint64 opened = 0;
  GtkWidget *row, *focus;

  editor_init (&editor);
  other = add_ticket (editor.desk.office.store, "Printer broken", KIP_INSTANT_NONE);
  g_signal_connect_swapped (editor.pane, "open-ticket", G_CALLBACK (remember), &opened);
  act (&editor, "ticket.link");
  find (find_window ("Link to Another Ticket"), ADW_TYPE_ACTION_ROW, "A-2  Printer broken");
  focus = gtk_window_get_focus (GTK_WINDOW (find_window ("Link to Another Ticket")));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));
  click (find (find_window ("Link to Another Ticket"), GTK_TYPE_BUTTON, "Link"));
  UNTIL (shown (&editor)->links->len == 1);
  act (&editor, "ticket.details");
  row = find (editor.pane, ADW_TYPE_ACTION_ROW, "A-2  Printer broken");
  g_signal_emit_by_name (row, "activate");
  UNTIL (opened == other);
  click (find (row, GTK_TYPE_BUTTON, "Remove this tie"));
  UNTIL (shown (&editor)->links->len == 0);

  act (&editor, "ticket.parent");
  find (find_window ("Make It Part of Another Ticket"), ADW_TYPE_ACTION_ROW, "A-2  Printer broken");
  click (find (find_window ("Make It Part of Another Ticket"), GTK_TYPE_BUTTON, "Make Part"));
  UNTIL (shown (&editor)->parent == other);
  kip_ticket_pane_set_ticket (editor.pane, other);
  row = find (editor.pane, ADW_TYPE_ACTION_ROW, "A-1  Printer jams");
  click (find (row, GTK_TYPE_BUTTON, "Remove this tie"));
  UNTIL (look_for (editor.pane, ADW_TYPE_ACTION_ROW, "A-1  Printer jams") == NULL);
  editor_clear (&editor);
}

/* The timer runs on while its dialog is closed, and shows in the header. */
static void
test_timer (void)
{
  Editor editor;
  GtkWidget *dialog;

  editor_init (&editor);
  act (&editor, "ticket.work");
  dialog = find_window ("Work Time");
  click (find (dialog, GTK_TYPE_BUTTON, "Start"));
  gtk_window_close (GTK_WINDOW (dialog));
  settle ();
  g_assert_true (kip_clock_set ("2026-03-09T09:10:30+07:00 x0.000001"));
  click (find (editor.pane, GTK_TYPE_BUTTON, "⏱ 1:10"));
  dialog = find_window ("Work Time");
  click (find (dialog, GTK_TYPE_BUTTON, "Stop"));
  click (find (dialog, GTK_TYPE_BUTTON, "Log"));
  UNTIL (shown (&editor)->works->len == 1);
  g_assert_cmpint (g_array_index (shown (&editor)->works, KipWork, 0).seconds, ==, 71 * 60);
  UNTIL (look_for (editor.pane, GTK_TYPE_BUTTON, "⏱ 1:10") == NULL);
  editor_clear (&editor);
}

static void
test_why (void)
{
  Editor editor;
  GtkWidget *window;

  editor_init (&editor);
  act (&editor, "ticket.explain");
  window = find_window ("Why This Deadline?");
  find (window, ADW_TYPE_ACTION_ROW, "Policy");
  find (window, ADW_TYPE_ACTION_ROW, "Will count");
  gtk_window_close (GTK_WINDOW (window));
  editor_clear (&editor);
}

static void
test_put_away (void)
{
  Editor editor;

  editor_init (&editor);
  act (&editor, "ticket.spam");
  UNTIL (shown (&editor)->spam);
  click (find (editor.pane, GTK_TYPE_BUTTON, "Not Spam"));
  UNTIL (!shown (&editor)->spam);
  act (&editor, "ticket.delete");
  UNTIL (shown (&editor)->deleted);
  click (find (editor.pane, GTK_TYPE_BUTTON, "Restore"));
  UNTIL (!shown (&editor)->deleted);
  editor_clear (&editor);
}

static void
add_tests (void)
{
  g_test_add_func ("/pane/empty", test_empty);
  g_test_add_func ("/pane/shows", test_shows);
  g_test_add_func ("/pane/wide", test_wide);
  g_test_add_func ("/pane/low", test_low);
  g_test_add_func ("/pane/subject", test_subject);
  g_test_add_func ("/pane/status", test_status);
  g_test_add_func ("/pane/assignee", test_assignee);
  g_test_add_func ("/pane/priority", test_priority);
  g_test_add_func ("/pane/tags", test_tags);
  g_test_add_func ("/pane/received-and-due", test_received_and_due);
  g_test_add_func ("/pane/description", test_description);
  g_test_add_func ("/pane/requester", test_requester);
  g_test_add_func ("/pane/choices", test_choices);
  g_test_add_func ("/pane/undo-this", test_undo_this);
  g_test_add_func ("/pane/messages-only", test_messages_only);
  g_test_add_func ("/pane/long", test_long);
  g_test_add_func ("/pane/resolve-and-reopen", test_resolve_and_reopen);
  g_test_add_func ("/pane/survey", test_survey);
  g_test_add_func ("/pane/work", test_work);
  g_test_add_func ("/pane/merge", test_merge);
  g_test_add_func ("/pane/ties", test_ties);
  g_test_add_func ("/pane/timer", test_timer);
  g_test_add_func ("/pane/why", test_why);
  g_test_add_func ("/pane/put-away", test_put_away);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run (&argc, &argv, add_tests);
}
