/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-store-purge.h"

#include <glib/gstdio.h>
#include <string.h>

/* Somebody is forgotten for good: no file of the data folder holds a word of it, and everything else is as before.
 * Every text of the person has this in it. */
#define CANARY "bồ câu trắng"
#define PLAIN "bo cau trang" /* as the index folds it */

typedef struct
{
  Fixture fixture;
  KipId   person, other;           /* the first is to go */
  KipId   ticket, open, others;    /* tickets of the first, resolved and open; and of the other */
  guint8  file[32], shared_file[32];
} Office;

/* ---- what is written ---- */

static void
attach (KipStore   *store,
        KipId       ticket,
        const char *text,
        const char *name,
        guint8     *hash)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  KipValue *value = kip_value_map ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_store_put_file (store, bytes, hash, &error));
  g_assert_no_error (error);
  kip_value_put (value, 1, kip_value_text (name));
  kip_value_put (value, 2, kip_value_int ((gint64) strlen (text)));
  kip_value_put (value, 3, kip_value_bytes (hash, 32));
  kip_value_put (value, 4, kip_value_text ("text/plain"));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

static KipId
add_ticket_of (Office     *office,
               KipId       requester,
               const char *subject)
{
  KipId ticket = add_ticket (office->fixture.store, subject, KIP_INSTANT_NONE);

  set_int (office->fixture.store, ticket, KIP_FIELD_REQUESTER, (gint64) requester);
  set_text (office->fixture.store, ticket, KIP_FIELD_DESCRIPTION, subject);
  add_message (office->fixture.store, ticket, KIP_MESSAGE_INCOMING, subject);
  add_message (office->fixture.store, ticket, KIP_MESSAGE_REPLY, subject);
  return ticket;
}

/* One action on tickets of both. */
static void
tag_both (Office     *office,
          const char *tag)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->fixture.store), "bulk");

  kip_change_add (change, KIP_KIND_TICKET, office->ticket, KIP_FIELD_TAGS, kip_value_text (tag));
  kip_change_add (change, KIP_KIND_TICKET, office->others, KIP_FIELD_TAGS, kip_value_text ("mực in"));
  append (office->fixture.store, change);
}

static void
set_priority (Office *office)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->fixture.store), "edit");
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (1));
  kip_value_put (value, 2, kip_value_text (CANARY " cần gấp"));
  kip_change_set (change, KIP_KIND_TICKET, office->ticket, KIP_FIELD_PRIORITY, value);
  append (office->fixture.store, change);
}

static void
office_init (Office *office)
{
  KipStore *store;

  memset (office, 0, sizeof *office);
  fixture_init (&office->fixture);
  store = office->fixture.store;
  office->person = add_person (store, CANARY " Lan", FALSE);
  office->other = add_person (store, "Quỳnh", FALSE);
  {
    KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

    kip_change_set_text (change, KIP_KIND_PERSON, office->person, KIP_FIELD_MAIL, CANARY "@example.org");
    kip_change_set_text (change, KIP_KIND_PERSON, office->person, KIP_FIELD_PHONE, CANARY " 0903");
    append (store, change);
  }
  office->ticket = add_ticket_of (office, office->person, "máy in của " CANARY);
  office->open = add_ticket_of (office, office->person, "chuột của " CANARY);
  office->others = add_ticket_of (office, office->other, "màn hình của Quỳnh");
  tag_both (office, CANARY);
  set_priority (office);
  attach (store, office->ticket, "thư của " CANARY, CANARY ".txt", office->file);
  attach (store, office->ticket, "hướng dẫn in", "in.txt", office->shared_file);
  attach (store, office->others, "hướng dẫn in", "in.txt", office->shared_file);
  set_status (store, office->ticket, "resolved");
  kip_store_save_draft (store, office->open, "reply", "gửi " CANARY);
  kip_store_save_draft (store, office->others, "reply", "gửi Quỳnh");
  kip_store_set_local (store, "search-history", CANARY);
}

static void
office_clear (Office *office)
{
  fixture_clear (&office->fixture);
}

/* ---- looking into files ---- */

static guint
count_in_file (const char *path,
               const char *text)
{
  g_autofree char *data = NULL;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return 0;
  return memmem (data, length, text, strlen (text)) != NULL;
}

/* Files below @path that hold @text. */
static guint
count_in_tree (const char *path,
               const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    return count_in_file (path, text);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      guint found = count_in_tree (inner, text);

      if (found > 0)
        g_test_message ("“%s” in %s", text, inner);
      n += found;
    }
  return n;
}

static void
assert_forgotten (Office *office)
{
  g_autoptr (GError) error = NULL;

  kip_store_scrub (office->fixture.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_in_tree (office->fixture.dir, CANARY), ==, 0);
  g_assert_cmpuint (count_in_tree (office->fixture.dir, PLAIN), ==, 0);
  g_assert_cmpuint (count_in_tree (office->fixture.dir, "Quỳnh"), >, 0);
  assert_whole (office->fixture.store);
  assert_rebuilds_same (office->fixture.store);
  g_assert_cmpuint (count_in_tree (office->fixture.dir, CANARY), ==, 0);
}

/* ---- tests ---- */

static void
test_purge (void)
{
  Office office;
  KipStore *store;
  KipPurgeCount count;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) before = NULL;
  g_autoptr (KipTicketRow) after = NULL;
  g_autoptr (KipTicketRow) others = NULL;
  g_autofree char *found = NULL, *open = NULL, *draft = NULL, *kept = NULL;

  office_init (&office);
  store = office.fixture.store;
  before = get_row (store, office.ticket);
  g_assert_cmpuint (count_in_tree (office.fixture.dir, CANARY), >, 0);
  g_assert_true (kip_store_count_purge (store, office.person, &count, &error));
  g_assert_cmpuint (count.n_tickets, ==, 2);
  g_assert_cmpuint (count.n_open, ==, 1);
  g_assert_cmpuint (count.n_messages, ==, 4);
  g_assert_cmpuint (count.n_attachments, ==, 2);
  kip_store_purge (store, office.person, &error);
  g_assert_no_error (error);
  assert_forgotten (&office);
  after = get_row (store, office.ticket);
  g_assert_cmpstr (after->subject, ==, "");
  g_assert_cmpint (after->number, ==, before->number);
  g_assert_cmpint (after->received, ==, before->received);
  g_assert_cmpint (after->phase, ==, before->phase);
  g_assert_cmpint (after->priority, ==, before->priority);
  others = get_row (store, office.others);
  g_assert_cmpstr (others->subject, ==, "màn hình của Quỳnh");
  found = list_numbers (store, "is:open");
  g_assert_cmpstr (found, ==, "3");
  open = list_numbers (store, PLAIN);
  g_assert_cmpstr (open, ==, "");
  draft = kip_store_load_draft (store, office.open, "reply");
  g_assert_null (draft);
  kept = kip_store_load_draft (store, office.others, "reply");
  g_assert_cmpstr (kept, ==, "gửi Quỳnh");
  office_clear (&office);
}

/* From now on no text can be written about it; numbers can. */
static void
test_frozen (void)
{
  Office office;
  KipStore *store;
  g_autoptr (GError) error = NULL;
  KipChange *change;

  office_init (&office);
  store = office.fixture.store;
  g_assert_true (kip_store_purge (store, office.person, &error));
  change = kip_change_new (kip_store_get_me (store), "edit");
  kip_change_set_text (change, KIP_KIND_TICKET, office.ticket, KIP_FIELD_SUBJECT, CANARY);
  g_assert_false (kip_store_append (store, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
  set_status (store, office.ticket, "closed");
  fixture_reopen (&office.fixture);
  assert_forgotten (&office);
  office_clear (&office);
}

/* A second person in the same change-sets. */
static void
test_both (void)
{
  Office office;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  g_assert_true (kip_store_purge (office.fixture.store, office.person, &error));
  g_assert_true (kip_store_purge (office.fixture.store, office.other, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_in_tree (office.fixture.dir, CANARY), ==, 0);
  g_assert_cmpuint (count_in_tree (office.fixture.dir, "Quỳnh"), ==, 0);
  g_assert_cmpuint (count_in_tree (office.fixture.dir, "hướng dẫn in"), ==, 0);
  assert_whole (office.fixture.store);
  assert_rebuilds_same (office.fixture.store);
  /* And again: nothing is left to do. */
  g_assert_true (kip_store_purge (office.fixture.store, office.person, &error));
  assert_whole (office.fixture.store);
  office_clear (&office);
}

static void
test_refusals (void)
{
  Office office;
  KipPurgeCount count;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  g_assert_false (kip_store_purge (office.fixture.store, kip_store_get_me (office.fixture.store), &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (kip_store_purge (office.fixture.store, KIP_ID_MAKE (1, 9999999), &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (kip_store_count_purge (office.fixture.store, KIP_ID_MAKE (1, 9999999), &count, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  office_clear (&office);
}

/* A backup from before brings nothing back. */
static void
test_restored (void)
{
  Office office;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("kip-backup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "before.kipbackup", NULL);
  g_autofree char *aside = NULL;

  office_init (&office);
  kip_store_backup (office.fixture.store, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kip_store_purge (office.fixture.store, office.person, &error));
  kip_store_close (office.fixture.store);
  g_clear_object (&office.fixture.store);
  kip_store_restore (path, office.fixture.dir, &aside, &error);
  g_assert_no_error (error);
  office.fixture.store = kip_store_open (office.fixture.dir, &error);
  g_assert_no_error (error);
  assert_forgotten (&office);
  remove_tree (folder);
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/purge/purge", test_purge);
  g_test_add_func ("/purge/frozen", test_frozen);
  g_test_add_func ("/purge/both", test_both);
  g_test_add_func ("/purge/refusals", test_refusals);
  g_test_add_func ("/purge/restored", test_restored);
  return g_test_run ();
}
