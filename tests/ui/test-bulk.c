/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bulk-bar-private.h"
#include "kip-ticket-selection.h"
#include "ui-fixture.h"

#include <string.h>

typedef struct
{
  Desk                desk;
  KipTicketList      *list;      /* (owned) */
  KipTicketSelection *selection; /* (owned) */
  KipBulkBar         *bar;
  guint               changes;
} Bulk;

static void
count_cb (guint *changes)
{
  (*changes)++;
}

static void
ask (Bulk       *bulk,
     const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);

  kip_ticket_list_ask (bulk->list, query, KIP_SORT_NUMBER, FALSE);
  UNTIL (!kip_ticket_list_is_waiting (bulk->list));
  settle ();
}

static void
bulk_init (Bulk *bulk)
{
  memset (bulk, 0, sizeof *bulk);
  desk_init (&bulk->desk);
  for (guint i = 0; i < 5; i++)
    add_ticket (bulk->desk.office.store, "Ticket", KIP_INSTANT_NONE);
  settle ();
  bulk->list = kip_ticket_list_new (bulk->desk.office.store);
  bulk->selection = kip_ticket_selection_new (bulk->list);
  g_signal_connect_swapped (bulk->selection, "changed", G_CALLBACK (count_cb), &bulk->changes);
  ask (bulk, "");
}

static void
bulk_clear (Bulk *bulk)
{
  g_object_unref (bulk->selection);
  g_object_unref (bulk->list);
  desk_clear (&bulk->desk);
}

static KipId
id_at (Bulk *bulk,
       guint position)
{
  return kip_ticket_list_get_id (bulk->list, position);
}

/* Which places are selected, as "0 2".  (transfer full) */
static char *
selected (Bulk *bulk)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (bulk->selection));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gtk_bitset_get_size (set); i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", gtk_bitset_get_nth (set, i));
  return g_string_free (text, FALSE);
}

static void
assert_selected (Bulk       *bulk,
                 const char *expected,
                 guint       size)
{
  g_autofree char *text = selected (bulk);
  g_autoptr (GArray) ids = kip_ticket_selection_dup_ids (bulk->selection);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (kip_ticket_selection_get_size (bulk->selection), ==, size);
  g_assert_cmpuint (ids->len, ==, size);
}

static void
test_selection (void)
{
  Bulk bulk;
  GtkSelectionModel *model;

  bulk_init (&bulk);
  model = GTK_SELECTION_MODEL (bulk.selection);
  gtk_selection_model_select_item (model, 1, TRUE);
  assert_selected (&bulk, "1", 1);
  g_assert_cmpuint (kip_ticket_selection_get_single (bulk.selection), ==, id_at (&bulk, 1));
  gtk_selection_model_select_item (model, 3, FALSE);
  assert_selected (&bulk, "1 3", 2);
  g_assert_cmpuint (kip_ticket_selection_get_single (bulk.selection), ==, KIP_ID_NONE);
  gtk_selection_model_unselect_item (model, 1);
  assert_selected (&bulk, "3", 1);
  gtk_selection_model_select_all (model);
  assert_selected (&bulk, "0 1 2 3 4", 5);
  gtk_selection_model_unselect_item (model, 2);
  assert_selected (&bulk, "0 1 3 4", 4);
  gtk_selection_model_select_range (model, 1, 2, TRUE);
  assert_selected (&bulk, "1 2", 2);
  kip_ticket_selection_set_single (bulk.selection, id_at (&bulk, 4));
  assert_selected (&bulk, "4", 1);
  bulk_clear (&bulk);
}

/* It stays with its tickets while they move, forgets those that go, and another
 * question unselects everything. */
static void
test_follows (void)
{
  Bulk bulk;
  KipId second;

  bulk_init (&bulk);
  ask (&bulk, "is:open");
  second = id_at (&bulk, 1);
  kip_ticket_selection_set_single (bulk.selection, second);
  set_status (bulk.desk.office.store, id_at (&bulk, 0), "resolved");
  UNTIL (kip_ticket_list_get_total (bulk.list) == 4);
  assert_selected (&bulk, "0", 1);
  g_assert_true (kip_ticket_selection_contains (bulk.selection, second));
  set_status (bulk.desk.office.store, second, "resolved");
  UNTIL (kip_ticket_list_get_total (bulk.list) == 3);
  assert_selected (&bulk, "", 0);
  kip_ticket_selection_set_single (bulk.selection, id_at (&bulk, 0));
  bulk.changes = 0;
  ask (&bulk, "");
  assert_selected (&bulk, "", 0);
  g_assert_cmpuint (bulk.changes, ==, 1);
  bulk_clear (&bulk);
}

/* ---- the bar ---- */

static void
show_bar (Bulk *bulk)
{
  bulk->bar = g_object_new (KIP_TYPE_BULK_BAR, NULL);
  kip_bulk_bar_set_selection (bulk->bar, bulk->desk.session, bulk->list, bulk->selection);
  desk_show (&bulk->desk, GTK_WIDGET (bulk->bar), 600, 100);
}

static const KipStatus *
status (Bulk       *bulk,
        const char *key)
{
  return kip_office_status_by_key (kip_store_get_office (bulk->desk.office.store), key);
}

static gboolean
has_phase (Bulk    *bulk,
           KipId    id,
           KipPhase phase)
{
  g_autoptr (KipTicket) ticket = read_ticket (&bulk->desk, id);

  return ticket->phase == phase;
}

static void
assert_cause (Bulk       *bulk,
              KipId       id,
              const char *cause,
              KipPhase    phase)
{
  g_autoptr (KipTicket) ticket = read_ticket (&bulk->desk, id);

  g_assert_cmpstr (ticket->cause, ==, cause);
  g_assert_cmpint (ticket->phase, ==, phase);
}

/* Asked once for all that are open; what was resolved before keeps what was said then. */
static void
test_resolve (void)
{
  Bulk bulk;
  GtkWidget *dialog;
  KipId ids[3];

  bulk_init (&bulk);
  for (guint i = 0; i < 3; i++)
    ids[i] = id_at (&bulk, i);
  set_text (bulk.desk.office.store, ids[1], KIP_FIELD_CAUSE, "Known");
  set_status (bulk.desk.office.store, ids[1], "resolved");
  settle ();
  show_bar (&bulk);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (bulk.selection), 0, 3, TRUE);
  find (bulk.bar, GTK_TYPE_LABEL, "3 selected");
  kip_bulk_status_picked (bulk.bar, status (&bulk, "resolved")->id);
  dialog = find_window ("Resolve");
  find (dialog, GTK_TYPE_LABEL, "2 tickets");
  type_text (find (dialog, GTK_TYPE_ENTRY, NULL), "Dust");
  click (find (dialog, GTK_TYPE_BUTTON, "Resolve"));
  UNTIL (has_phase (&bulk, ids[0], KIP_PHASE_RESOLVED));
  assert_cause (&bulk, ids[0], "Dust", KIP_PHASE_RESOLVED);
  assert_cause (&bulk, ids[1], "Known", KIP_PHASE_RESOLVED);
  assert_cause (&bulk, ids[2], "Dust", KIP_PHASE_RESOLVED);
  UNTIL (*kip_session_get_undo_label (bulk.desk.session) != '\0');
  kip_session_undo (bulk.desk.session);
  UNTIL (has_phase (&bulk, ids[0], KIP_PHASE_NEW));
  assert_cause (&bulk, ids[0], NULL, KIP_PHASE_NEW);
  assert_cause (&bulk, ids[1], "Known", KIP_PHASE_RESOLVED);
  desk_hide (&bulk.desk);
  bulk_clear (&bulk);
}

/* Another status asks nothing. */
static void
test_status (void)
{
  Bulk bulk;
  KipId first;

  bulk_init (&bulk);
  first = id_at (&bulk, 0);
  show_bar (&bulk);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (bulk.selection));
  kip_bulk_status_picked (bulk.bar, status (&bulk, "open")->id);
  UNTIL (has_phase (&bulk, first, KIP_PHASE_OPEN));
  assert_cause (&bulk, first, NULL, KIP_PHASE_OPEN);
  desk_hide (&bulk.desk);
  bulk_clear (&bulk);
}

static void
add_tests (void)
{
  g_test_add_func ("/bulk/selection", test_selection);
  g_test_add_func ("/bulk/follows", test_follows);
  g_test_add_func ("/bulk/resolve", test_resolve);
  g_test_add_func ("/bulk/status", test_status);
}

int
main (int    argc,
      char **argv)
{
  return ui_run (&argc, &argv, add_tests);
}
