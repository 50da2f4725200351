/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-new-ticket-window.h"
#include "kip-quick-log.h"
#include "kip-suggest-row.h"
#include "ui-fixture.h"

#include <string.h>

static void
take_id (KipId  *id,
         guint64 logged)
{
  *id = logged;
}

static GtkWidget *
open_quick_log (Desk  *desk,
                KipId *logged)
{
  GtkWidget *window;

  kip_quick_log_present (NULL, desk->session);
  window = find_window ("Quick Log");
  g_signal_connect_swapped (window, "logged", G_CALLBACK (take_id), logged);
  return window;
}

static GtkWidget *
row (GtkWidget  *window,
     const char *title)
{
  return find (window, ADW_TYPE_ENTRY_ROW, title);
}

/* Typed as on the phone: half a name without marks, the matter, half a category. */
static void
test_quick_log (void)
{
  Desk desk;
  GtkWidget *window;
  KipId lan, logged = KIP_ID_NONE;
  g_autoptr (KipTicket) ticket = NULL;
  const KipCategory *category;

  desk_init (&desk);
  lan = add_person (desk.office.store, "Đặng Thị Lan", TRUE);
  add_person (desk.office.store, "Minh", FALSE);
  settle ();
  window = open_quick_log (&desk, &logged);
  type_text (row (window, "Requester"), "dang l");
  g_assert_true (kip_suggest_row_accept (KIP_SUGGEST_ROW (row (window, "Requester"))));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (window, "Requester"))), ==, "Đặng Thị Lan");
  type_text (row (window, "What is it about?"), "Máy in kẹt giấy");
  type_text (row (window, "Category"), "print");
  g_signal_emit_by_name (row (window, "Category"), "entry-activated");
  UNTIL (logged != KIP_ID_NONE);
  ticket = read_ticket (&desk, logged);
  category = kip_office_category (kip_store_get_office (desk.office.store), ticket->category);
  g_assert_cmpstr (ticket->subject, ==, "Máy in kẹt giấy");
  g_assert_cmpint (ticket->requester, ==, lan);
  g_assert_nonnull (strstr (category->folded, "print"));
  g_assert_cmpint (ticket->channel, ==, KIP_CHANNEL_PHONE);
  g_assert_true (ticket->on_line);
  g_assert_cmpint (ticket->assignee, ==, kip_store_get_me (desk.office.store));
  desk_clear (&desk);
}

/* Whoever only takes calls down says so once. */
static void
test_not_mine (void)
{
  Desk desk;

  desk_init (&desk);
  for (int i = 0; i < 2; i++)
    {
      KipId logged = KIP_ID_NONE;
      GtkWidget *window = open_quick_log (&desk, &logged);
      g_autoptr (KipTicket) ticket = NULL;

      if (i == 0)
        gtk_switch_set_active (GTK_SWITCH (find (window, GTK_TYPE_SWITCH, NULL)), FALSE);
      type_text (row (window, "What is it about?"), "VPN");
      kip_quick_log_log (KIP_QUICK_LOG (window));
      UNTIL (logged != KIP_ID_NONE);
      ticket = read_ticket (&desk, logged);
      g_assert_cmpint (ticket->assignee, ==, KIP_ID_NONE);
      settle ();
    }
  desk_clear (&desk);
}

/* A name that nobody has is a new person; the same name again is that person. */
static void
test_new_person (void)
{
  Desk desk;
  KipId first = KIP_ID_NONE, second = KIP_ID_NONE;
  g_autoptr (KipTicket) one = NULL;
  g_autoptr (KipTicket) two = NULL;

  desk_init (&desk);
  for (int i = 0; i < 2; i++)
    {
      KipId *logged = i == 0 ? &first : &second;
      GtkWidget *window = open_quick_log (&desk, logged);

      type_text (row (window, "Requester"), i == 0 ? "Bùi Văn Nam" : "bui van nam");
      type_text (row (window, "What is it about?"), "VPN");
      kip_quick_log_log (KIP_QUICK_LOG (window));
      UNTIL (*logged != KIP_ID_NONE);
      settle ();
    }
  one = read_ticket (&desk, first);
  two = read_ticket (&desk, second);
  g_assert_cmpstr (kip_office_person (kip_store_get_office (desk.office.store), one->requester)->name, ==,
                   "Bùi Văn Nam");
  g_assert_cmpint (one->requester, ==, two->requester);
  desk_clear (&desk);
}

/* Enter without a subject goes there; a category that there is none of is refused. */
static void
test_refused (void)
{
  Desk desk;
  GtkWidget *window;
  KipId logged = KIP_ID_NONE;

  desk_init (&desk);
  window = open_quick_log (&desk, &logged);
  kip_quick_log_log (KIP_QUICK_LOG (window));
  type_text (row (window, "What is it about?"), "VPN");
  type_text (row (window, "Category"), "qqq");
  kip_quick_log_log (KIP_QUICK_LOG (window));
  settle ();
  g_assert_true (gtk_widget_has_css_class (row (window, "Category"), "error"));
  g_assert_cmpint (logged, ==, KIP_ID_NONE);
  gtk_editable_set_text (GTK_EDITABLE (row (window, "Category")), "");
  kip_quick_log_log (KIP_QUICK_LOG (window));
  UNTIL (logged != KIP_ID_NONE);
  desk_clear (&desk);
}

/* What was typed and not logged is there after a restart, until one starts afresh. */
static void
test_quick_draft (void)
{
  Desk desk;
  GtkWidget *window;
  KipId logged = KIP_ID_NONE;

  desk_init (&desk);
  window = open_quick_log (&desk, &logged);
  type_text (row (window, "Requester"), "Lan");
  type_text (row (window, "What is it about?"), "Half a sen");
  gtk_window_destroy (GTK_WINDOW (window));
  desk_restart (&desk);
  window = open_quick_log (&desk, &logged);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (window, "What is it about?"))), ==, "Half a sen");
  click (find (window, GTK_TYPE_BUTTON, "Start Afresh"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (window, "Requester"))), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
  desk_clear (&desk);
}

static void
test_form (void)
{
  Desk desk;
  GtkWidget *window;
  KipId logged = KIP_ID_NONE;
  g_autoptr (KipTicket) ticket = NULL;

  desk_init (&desk);
  window = kip_new_ticket_window_new (NULL, desk.session);
  g_signal_connect_swapped (window, "logged", G_CALLBACK (take_id), &logged);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_is_sensitive (find (window, GTK_TYPE_BUTTON, "Log")));
  type_text (row (window, "Requester"), "Lan");
  type_text (row (window, "Subject"), "Printer");
  type_text (find (window, GTK_TYPE_TEXT_VIEW, NULL), "It jams");
  gtk_editable_set_text (GTK_EDITABLE (row (window, "Tags, with commas between")), " floor 3,, printer ");
  gtk_editable_set_text (GTK_EDITABLE (row (window, "External number")), "INC-9");
  click (find (window, GTK_TYPE_BUTTON, "Log"));
  UNTIL (logged != KIP_ID_NONE);
  ticket = read_ticket (&desk, logged);
  g_assert_cmpstr (ticket->subject, ==, "Printer");
  g_assert_cmpstr (ticket->description, ==, "It jams");
  g_assert_cmpstr (ticket->external, ==, "INC-9");
  g_assert_cmpint (ticket->tags->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (ticket->tags, 0), ==, "floor 3");
  g_assert_cmpint (ticket->impact, ==, KIP_LEVEL_MEDIUM);
  g_assert_cmpint (ticket->due_by_hand, ==, KIP_INSTANT_NONE);
  desk_clear (&desk);
}

static void
add_tests (void)
{
  g_test_add_func ("/new/quick-log", test_quick_log);
  g_test_add_func ("/new/not-mine", test_not_mine);
  g_test_add_func ("/new/new-person", test_new_person);
  g_test_add_func ("/new/refused", test_refused);
  g_test_add_func ("/new/quick-draft", test_quick_draft);
  g_test_add_func ("/new/form", test_form);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run (&argc, &argv, add_tests);
}
