/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-case.h"

#include "kip-draft.h"
#include "kip-form-draft.h"
#include "kip-work-timer.h"
#include "store-fixture.h"

#define MINUTE KIP_MS_PER_MINUTE

typedef struct
{
  Fixture     office;
  KipSession *session;
  KipCase    *kase;
} Desk;

static void
desk_open (Desk *desk)
{
  fixture_init (&desk->office);
  desk->session = kip_session_new (desk->office.store);
  desk->kase = kip_case_new (desk->session);
}

static void
desk_close (Desk *desk)
{
  g_assert_finalize_object (desk->kase);
  g_assert_finalize_object (desk->session);
  fixture_clear (&desk->office);
}

static gboolean
has_ticket (gpointer data)
{
  return kip_case_get_ticket (data) != NULL;
}

static void
show (Desk *desk,
      KipId ticket)
{
  kip_case_open (desk->kase, ticket);
  g_assert_null (kip_case_get_ticket (desk->kase));
  wait_until (has_ticket, desk->kase);
  g_assert_cmpint (kip_case_get_ticket (desk->kase)->id, ==, ticket);
}

static gboolean
is_renamed (gpointer data)
{
  return g_strcmp0 (kip_case_get_ticket (data)->subject, "Plotter") == 0;
}

/* It follows what happens, whoever does it, and forgets what is closed. */
static void
test_follows (void)
{
  Desk desk;
  KipId ticket;

  desk_open (&desk);
  ticket = add_ticket (desk.office.store, "Printer", KIP_INSTANT_NONE);
  show (&desk, ticket);
  g_assert_cmpstr (kip_case_get_ticket (desk.kase)->subject, ==, "Printer");
  set_text (desk.office.store, ticket, KIP_FIELD_SUBJECT, "Plotter");
  wait_until (is_renamed, desk.kase);
  kip_case_open (desk.kase, KIP_ID_NONE);
  g_assert_null (kip_case_get_ticket (desk.kase));
  desk_close (&desk);
}

static void
note_failure (GError  **failure,
              GError   *error,
              gpointer *kase)
{
  *failure = g_error_copy (error);
}

static gboolean
has_failed (gpointer data)
{
  return *(GError **) data != NULL;
}

static void
test_missing (void)
{
  Desk desk;
  g_autoptr (GError) failure = NULL;

  desk_open (&desk);
  g_signal_connect_swapped (desk.kase, "failed", G_CALLBACK (note_failure), &failure);
  kip_case_open (desk.kase, KIP_ID_MAKE (9, 9));
  wait_until (has_failed, &failure);
  g_assert_error (failure, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_assert_null (kip_case_get_ticket (desk.kase));
  desk_close (&desk);
}

/* ---- relatives ---- */

static gboolean
has_relatives (gpointer data)
{
  return kip_case_get_of_requester (data)->len == 2 && kip_case_get_children (data)->len == 1;
}

static void
test_relatives (void)
{
  Desk desk;
  KipStore *store;
  KipId lan, namesake, ticket, other, child, link, strange;
  g_autofree char *number = NULL;

  desk_open (&desk);
  store = desk.office.store;
  lan = add_person (store, "Lan \"Xinh\"", FALSE);
  namesake = add_person (store, "Lan \"Xinh\"", FALSE);
  ticket = add_ticket (store, "Printer", KIP_INSTANT_NONE);
  other = add_ticket (store, "VPN", KIP_INSTANT_NONE);
  child = add_ticket (store, "Toner", KIP_INSTANT_NONE);
  link = add_ticket (store, "Paper", KIP_INSTANT_NONE);
  strange = add_ticket (store, "Mouse", KIP_INSTANT_NONE);
  set_int (store, ticket, KIP_FIELD_REQUESTER, (gint64) lan);
  set_int (store, other, KIP_FIELD_REQUESTER, (gint64) lan);
  set_int (store, child, KIP_FIELD_REQUESTER, (gint64) lan);
  set_int (store, strange, KIP_FIELD_REQUESTER, (gint64) namesake);
  append (store, kip_command_set_parent (store, child, ticket));
  append (store, kip_command_link (store, ticket, link, TRUE));
  show (&desk, ticket);
  wait_until (has_relatives, desk.kase);
  g_assert_cmpint (((KipTicketRow *) g_ptr_array_index (kip_case_get_children (desk.kase), 0))->id, ==, child);
  g_assert_cmpstr (kip_case_get_row (desk.kase, link)->subject, ==, "Paper");
  number = kip_format_ticket (kip_case_get_words (desk.kase), link);
  g_assert_cmpstr (number, ==, "A-4");
  desk_close (&desk);
}

/* ---- answers of colleagues ---- */

static void
answer (KipStore      *store,
        KipId          ticket,
        KipId          author,
        KipMessageKind kind)
{
  KipChange *change = kip_change_new (author, "reply");

  kip_change_add_message (change, ticket, kind, "…");
  append (store, change);
}

static gboolean
has_two (gpointer data)
{
  return kip_case_count_answers (data) == 2;
}

/* Own replies, notes and what the requester writes do not hold a reply back. */
static void
test_answers (void)
{
  Desk desk;
  KipStore *store;
  KipId ticket, minh;

  desk_open (&desk);
  store = desk.office.store;
  minh = add_person (store, "Minh", FALSE);
  ticket = add_ticket (store, "Printer", KIP_INSTANT_NONE);
  show (&desk, ticket);
  answer (store, ticket, kip_store_get_me (store), KIP_MESSAGE_REPLY);
  answer (store, ticket, minh, KIP_MESSAGE_NOTE);
  answer (store, ticket, minh, KIP_MESSAGE_INCOMING);
  answer (store, ticket, minh, KIP_MESSAGE_REPLY);
  answer (store, ticket, minh, KIP_MESSAGE_CALL);
  wait_until (has_two, desk.kase);
  g_assert_cmpint (kip_case_newer_answer (desk.kase, 0)->kind, ==, KIP_MESSAGE_CALL);
  g_assert_cmpint (kip_case_newer_answer (desk.kase, 1)->author, ==, minh);
  g_assert_null (kip_case_newer_answer (desk.kase, 2));
  desk_close (&desk);
}

/* ---- drafts and the stop watch, over a restart ---- */

static void
assert_draft (KipStore      *store,
              KipId          ticket,
              KipMessageKind kind,
              const char    *text,
              guint          seen)
{
  guint got = 77;
  g_autofree char *draft = kip_draft_load (store, ticket, kind, &got);

  g_assert_cmpstr (draft, ==, text);
  g_assert_cmpint (got, ==, seen);
}

static void
test_drafts (void)
{
  Fixture office;
  KipId ticket;

  fixture_init (&office);
  ticket = add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  assert_draft (office.store, ticket, KIP_MESSAGE_REPLY, "", 77);
  g_assert_cmpint (kip_draft_find (office.store, ticket), ==, 0);
  kip_draft_save (office.store, ticket, KIP_MESSAGE_NOTE, "x", 0);
  kip_draft_save (office.store, ticket, KIP_MESSAGE_REPLY, "H", 3);
  kip_draft_save (office.store, ticket, KIP_MESSAGE_REPLY, "Hello", 5);
  fixture_reopen (&office);
  assert_draft (office.store, ticket, KIP_MESSAGE_REPLY, "Hello", 3);
  g_assert_cmpint (kip_draft_find (office.store, ticket), ==, KIP_MESSAGE_REPLY);
  kip_draft_save (office.store, ticket, KIP_MESSAGE_REPLY, "", 9);
  g_assert_cmpint (kip_draft_find (office.store, ticket), ==, KIP_MESSAGE_NOTE);
  kip_draft_save (office.store, ticket, KIP_MESSAGE_REPLY, "Again", 6);
  fixture_reopen (&office);
  assert_draft (office.store, ticket, KIP_MESSAGE_REPLY, "Again", 6);
  fixture_clear (&office);
}

static void
test_form_drafts (void)
{
  Fixture office;
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) read = NULL;

  fixture_init (&office);
  g_assert_null (kip_form_draft_load (office.store, "quick-log"));
  g_hash_table_insert (fields, (gpointer) "subject", (gpointer) " Máy in\nkẹt = giấy [3]; \\n #");
  g_hash_table_insert (fields, (gpointer) "requester", (gpointer) "");
  kip_form_draft_save (office.store, "quick-log", fields);
  fixture_reopen (&office);
  read = kip_form_draft_load (office.store, "quick-log");
  g_assert_cmpint (g_hash_table_size (read), ==, 1);
  g_assert_cmpstr (kip_form_draft_get (read, "subject"), ==, " Máy in\nkẹt = giấy [3]; \\n #");
  g_assert_cmpstr (kip_form_draft_get (read, "requester"), ==, "");
  kip_form_draft_clear (office.store, "quick-log");
  g_assert_null (kip_form_draft_load (office.store, "quick-log"));
  fixture_clear (&office);
}

static void
test_work_timer (void)
{
  Fixture office;
  KipInstant start = 1000 * MINUTE;

  fixture_init (&office);
  g_assert_cmpint (kip_work_timer_get (office.store, 5), ==, KIP_INSTANT_NONE);
  g_assert_cmpint (kip_work_timer_stop (office.store, 5, start), ==, 0);
  kip_work_timer_start (office.store, 5, start);
  kip_work_timer_start (office.store, 6, start + MINUTE);
  fixture_reopen (&office);
  g_assert_cmpint (kip_work_timer_get (office.store, 5), ==, start);
  g_assert_cmpint (kip_work_timer_stop (office.store, 5, start + 90 * MINUTE), ==, 90 * 60);
  g_assert_cmpint (kip_work_timer_get (office.store, 5), ==, KIP_INSTANT_NONE);
  g_assert_cmpint (kip_work_timer_stop (office.store, 6, start - MINUTE), ==, 0);
  fixture_clear (&office);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case/follows", test_follows);
  g_test_add_func ("/case/missing", test_missing);
  g_test_add_func ("/case/relatives", test_relatives);
  g_test_add_func ("/case/answers", test_answers);
  g_test_add_func ("/case/drafts", test_drafts);
  g_test_add_func ("/case/form-drafts", test_form_drafts);
  g_test_add_func ("/case/work-timer", test_work_timer);
  return g_test_run ();
}
