/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  Fixture        fixture;
  KipStore      *store;
  KipTicketList *list;   /* (owned) */
  guint          answers, fresh, partial;
  GString       *told;   /* (owned) items-changed as "position-removed+added " */
} Office;

static void
answered_cb (Office  *office,
             gboolean fresh)
{
  office->answers++;
  office->fresh += fresh;
  office->partial += kip_ticket_list_is_partial (office->list);
}

static void
items_changed_cb (Office *office,
                  guint   position,
                  guint   removed,
                  guint   added)
{
  g_string_append_printf (office->told, "%u-%u+%u ", position, removed, added);
}

static void
office_init (Office *office,
             guint   tickets)
{
  memset (office, 0, sizeof *office);
  fixture_init (&office->fixture);
  office->store = office->fixture.store;
  office->told = g_string_new (NULL);
  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *subject = g_strdup_printf ("Ticket %u", i + 1);

      add_ticket (office->store, subject, KIP_INSTANT_NONE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  office->list = kip_ticket_list_new (office->store);
  g_signal_connect_swapped (office->list, "answered", G_CALLBACK (answered_cb), office);
  g_signal_connect_swapped (office->list, "items-changed", G_CALLBACK (items_changed_cb), office);
}

static gboolean
is_gone (gpointer data)
{
  return ((Office *) data)->list == NULL;
}

/* What is being read keeps the list until it was. */
static void
office_clear (Office *office)
{
  KipTicketList *list = office->list;

  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &office->list);
  g_object_unref (list);
  wait_until (is_gone, office);
  g_string_free (office->told, TRUE);
  fixture_clear (&office->fixture);
}

static gboolean
is_quiet (gpointer data)
{
  return !kip_ticket_list_is_waiting (((Office *) data)->list);
}

static void
ask (Office     *office,
     const char *text,
     gboolean    descending)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);

  kip_ticket_list_ask (office->list, query, KIP_SORT_NUMBER, descending);
  wait_until (is_quiet, office);
}

/* (transfer full) */
static KipTicketItem *
item (Office *office,
      guint   position)
{
  return g_list_model_get_item (G_LIST_MODEL (office->list), position);
}

static gint64
number_at (Office *office,
           guint   position)
{
  g_autoptr (KipTicketItem) found = item (office, position);
  KipTicketRow *row = kip_ticket_item_get_row (found);

  g_assert_nonnull (row);
  return row->number & ((G_GINT64_CONSTANT (1) << KIP_TICKET_NUMBER_BITS) - 1);
}

/* The beginning of a long list comes first, then the rest; a screenful is offered. */
static void
test_long (void)
{
  Office office;

  office_init (&office, 200);
  ask (&office, "", FALSE);
  g_assert_cmpuint (office.fresh, ==, 1);
  g_assert_cmpuint (office.answers, ==, 1 + office.partial);
  g_assert_false (kip_ticket_list_is_partial (office.list));
  g_assert_cmpuint (kip_ticket_list_get_total (office.list), ==, 200);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office.list)), <, 200);
  g_assert_cmpint (number_at (&office, 0), ==, 1);
  g_assert_cmpint (number_at (&office, 9), ==, 10);
  kip_ticket_list_offer_all (office.list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office.list)), ==, 200);
  g_assert_cmpuint (kip_ticket_list_find (office.list, kip_ticket_list_get_id (office.list, 150)), ==, 150);
  g_assert_cmpuint (kip_ticket_list_get_id (office.list, 200), ==, KIP_ID_NONE);
  g_assert_null (item (&office, 200));
  office_clear (&office);
}

/* The other way round the same places show other tickets. */
static void
test_turned_round (void)
{
  Office office;
  g_autoptr (KipTicketItem) first = NULL;

  office_init (&office, 150);
  ask (&office, "", FALSE);
  first = item (&office, 0);
  ask (&office, "", TRUE);
  g_assert_cmpint (number_at (&office, 0), ==, 150);
  g_assert_cmpuint (kip_ticket_item_get_id (first), ==, kip_ticket_list_get_id (office.list, 0));
  g_clear_object (&first);
  office_clear (&office);
}

/* Nothing found: the items stay for the next answer and stand for nothing. */
static void
test_nothing (void)
{
  Office office;
  guint offered;
  g_autoptr (KipTicketItem) first = NULL;

  office_init (&office, 12);
  ask (&office, "", FALSE);
  offered = g_list_model_get_n_items (G_LIST_MODEL (office.list));
  first = item (&office, 0);
  g_string_truncate (office.told, 0);
  ask (&office, "nothingatall", FALSE);
  g_assert_cmpuint (kip_ticket_list_get_total (office.list), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office.list)), ==, offered);
  g_assert_cmpstr (office.told->str, ==, "");
  g_assert_cmpuint (kip_ticket_item_get_id (first), ==, KIP_ID_NONE);
  g_assert_null (kip_ticket_item_get_row (first));
  ask (&office, "", FALSE);
  g_assert_cmpint (number_at (&office, 0), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (office.list)), ==, 12);
  g_clear_object (&first);
  office_clear (&office);
}

static gboolean
was_told (gpointer data)
{
  return ((Office *) data)->told->len > 0 && is_quiet (data);
}

/* What comes, goes or moves is told as the few edits that it is. */
static void
test_edits (void)
{
  Office office;
  KipId third;

  office_init (&office, 6);
  ask (&office, "is:open", FALSE);
  third = kip_ticket_list_get_id (office.list, 2);
  g_string_truncate (office.told, 0);
  set_status (office.store, third, "resolved");
  wait_until (was_told, &office);
  g_assert_cmpstr (office.told->str, ==, "2-1+0 ");
  g_string_truncate (office.told, 0);
  set_status (office.store, third, "open");
  wait_until (was_told, &office);
  g_assert_cmpstr (office.told->str, ==, "2-0+1 ");
  g_string_truncate (office.told, 0);
  add_ticket (office.store, "New", KIP_INSTANT_NONE);
  wait_until (was_told, &office);
  g_assert_cmpstr (office.told->str, ==, "6-0+1 ");
  g_assert_cmpuint (office.fresh, ==, 1);
  office_clear (&office);
}

typedef struct
{
  const char *subject;
  gboolean    seen;
} Wanted;

static void
look_cb (KipTicketItem *found,
         gpointer       data)
{
  Wanted *wanted = data;
  KipTicketRow *row = kip_ticket_item_get_row (found);

  wanted->seen |= row != NULL && strcmp (row->subject, wanted->subject) == 0;
}

static gboolean
is_seen (gpointer data)
{
  return ((Wanted *) data)->seen;
}

/* A watcher hears of its ticket's new row, and when it is told for another reason. */
static void
test_watch (void)
{
  Office office;
  Wanted wanted = { "Another", FALSE };
  g_autoptr (KipTicketItem) second = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  KipId id;

  office_init (&office, 3);
  ask (&office, "", FALSE);
  second = item (&office, 1);
  id = kip_ticket_item_get_id (second);
  kip_ticket_item_watch (second, look_cb, &wanted);
  set_text (office.store, id, KIP_FIELD_SUBJECT, "Another");
  wait_until (is_seen, &wanted);
  wait_until (is_quiet, &office);
  wanted.seen = FALSE;
  g_array_append_val (ids, id);
  kip_ticket_list_tell (office.list, ids);
  g_assert_true (wanted.seen);
  kip_ticket_item_unwatch (second, &wanted);
  g_clear_object (&second);
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket-list/long", test_long);
  g_test_add_func ("/ticket-list/turned-round", test_turned_round);
  g_test_add_func ("/ticket-list/nothing", test_nothing);
  g_test_add_func ("/ticket-list/edits", test_edits);
  g_test_add_func ("/ticket-list/watch", test_watch);
  return g_test_run ();
}
