/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-twin.h"

#include <gio/gio.h>
#include <string.h>

/* A data folder that was copied to a second computer, or an older one put in the place of a newer: two lines of one device become
 * two devices, and nothing of either is lost. */

typedef struct
{
  Office  office;
  Desk    founder, first, second;
  Fixture first_at, second_at; /* one folder, and a copy of it */
  KipId   common;              /* a ticket that both have */
} Clones;

static void
copy_folder (const char *from,
             const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (source, "standard::name,standard::type", 0, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  g_assert_nonnull (children);
  g_mkdir_with_parents (to, 0700);
  while (g_file_enumerator_iterate (children, &info, &child, NULL, NULL) && info != NULL)
    {
      g_autofree char *path = g_build_filename (to, g_file_info_get_name (info), NULL);
      g_autoptr (GFile) target = g_file_new_for_path (path);

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        copy_folder (g_file_peek_path (child), path);
      else
        g_assert_true (g_file_copy (child, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_ALL_METADATA, NULL, NULL, NULL, NULL));
    }
}

/* As it lies on the disk while nobody works there. (transfer full) */
static char *
copy_of (Fixture *fixture,
         Desk    *desk)
{
  char *dir = g_dir_make_tmp ("kip-copy-XXXXXX", NULL);

  desk_clear (desk);
  kip_store_close (fixture->store);
  copy_folder (fixture->dir, dir);
  fixture_reopen (fixture);
  desk_open (desk, fixture->store);
  return dir;
}

static void
open_at (Fixture *fixture,
         Desk    *desk,
         char    *dir) /* taken */
{
  g_autoptr (GError) error = NULL;

  fixture->dir = dir;
  fixture->store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  desk_open (desk, fixture->store);
}

static void
clones_init (Clones *clones)
{
  office_init (&clones->office);
  desk_open (&clones->founder, clones->office.founder.store);
  join_by_code (&clones->office, &clones->founder, &clones->first_at, &clones->first, "An");
  clones->common = add_ticket (clones->first_at.store, "máy in", KIP_INSTANT_NONE);
  settle (&clones->first);
  settle (&clones->founder);
  open_at (&clones->second_at, &clones->second, copy_of (&clones->first_at, &clones->first));
}

static void
clones_clear (Clones *clones)
{
  desk_clear (&clones->second);
  fixture_clear (&clones->second_at);
  desk_clear (&clones->first);
  fixture_clear (&clones->first_at);
  desk_clear (&clones->founder);
  office_clear (&clones->office);
}

static GArray *
list (KipStore   *store,
      const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GError) error = NULL;
  GArray *ids = kip_store_list (store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);

  g_assert_no_error (error);
  return ids;
}

static KipId
find_ticket (KipStore   *store,
             const char *subject)
{
  g_autoptr (GArray) ids = list (store, "");
  KipId found = KIP_ID_NONE;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (store, g_array_index (ids, KipId, i));

      if (strcmp (row->subject, subject) != 0)
        continue;
      g_assert_cmpuint (found, ==, KIP_ID_NONE);
      found = row->id;
    }
  g_assert_cmpuint (found, !=, KIP_ID_NONE);
  return found;
}

/* "B-3 máy in (2); …" (transfer full) */
static char *
describe (KipStore *store)
{
  g_autoptr (GArray) ids = list (store, "");
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (store, g_array_index (ids, KipId, i));
      g_autofree char *number = kip_ticket_number_format (row->number);

      g_string_append_printf (out, "%s %s (%u, %u); ", number, row->subject, row->n_messages, row->n_attachments);
    }
  return g_string_free (out, FALSE);
}

/* Both copies, and the third, show the same. */
static void
settle_all (Clones *clones)
{
  settle (&clones->first);
  settle (&clones->second);
  settle (&clones->founder);
  settle (&clones->first);
  settle (&clones->second);
}

static void
assert_same (Clones *clones)
{
  KipStore *stores[] = { clones->office.founder.store, clones->first_at.store, clones->second_at.store };
  g_autofree char *all = describe (stores[0]);

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *tickets = describe (stores[i]);

      g_assert_cmpstr (tickets, ==, all);
      assert_whole (stores[i]);
      assert_rebuilds_same (stores[i]);
    }
}

/* The one that comes second to the file has a number of its own afterwards, and the same person. */
static void
assert_two (Desk   *stays,
            Desk   *goes,
            guint32 device)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (stays->store);
  guint32 twin = kip_store_get_device (goes->store);

  g_assert_cmpuint (kip_store_get_device (stays->store), ==, device);
  g_assert_cmpuint (twin, >=, KIP_TWIN_FIRST);
  g_assert_cmpuint (kip_members_find (members, twin)->twin_of, ==, device);
  g_assert_cmpuint (kip_members_find (members, twin)->person, ==, kip_members_find (members, device)->person);
  g_assert_cmpuint (kip_store_get_me (stays->store), ==, kip_store_get_me (goes->store));
}

/* ---- a copy ---- */

static void
work (KipStore   *store,
      KipId       common,
      const char *name)
{
  g_autofree char *subject = g_strdup_printf ("của %s", name);
  g_autofree char *text = g_strdup_printf ("lời của %s", name);
  g_autofree char *draft = g_strdup_printf ("nháp của %s", name);
  KipId ticket = add_ticket (store, subject, KIP_INSTANT_NONE);

  set_text (store, common, KIP_FIELD_SUBJECT, name);
  add_message (store, ticket, KIP_MESSAGE_REPLY, text);
  kip_store_save_draft (store, ticket, "reply", draft);
}

static guint
count_messages (KipStore *store,
                KipId     ticket)
{
  g_autoptr (KipTicketRow) row = get_row (store, ticket);

  return row->n_messages;
}

static void
assert_worked (KipStore   *store,
               const char *name,
               gboolean    has_draft)
{
  g_autofree char *subject = g_strdup_printf ("của %s", name);
  g_autofree char *expected = g_strdup_printf ("nháp của %s", name);
  KipId ticket = find_ticket (store, subject);
  g_autofree char *draft = kip_store_load_draft (store, ticket, "reply");

  g_assert_cmpuint (count_messages (store, ticket), ==, 1);
  g_assert_cmpstr (draft, ==, has_draft ? expected : NULL);
}

static void
test_copy (gconstpointer data)
{
  gboolean second_first = GPOINTER_TO_INT (data);
  Clones clones;
  Desk *stays, *goes;
  guint32 device;

  clones_init (&clones);
  device = kip_store_get_device (clones.first.store);
  work (clones.first_at.store, clones.common, "một");
  work (clones.second_at.store, clones.common, "hai");
  stays = second_first ? &clones.second : &clones.first;
  goes = second_first ? &clones.first : &clones.second;
  g_assert_cmpuint (settle (stays).gave_way, ==, 0);
  g_assert_cmpuint (settle (goes).cloned, ==, 0);
  settle_all (&clones);
  assert_two (stays, goes, device);
  assert_same (&clones);
  assert_worked (clones.first_at.store, "một", TRUE);
  assert_worked (clones.first_at.store, "hai", FALSE);
  assert_worked (clones.second_at.store, "hai", TRUE);
  assert_worked (clones.second_at.store, "một", FALSE);
  assert_worked (clones.office.founder.store, "một", FALSE);
  assert_worked (clones.office.founder.store, "hai", FALSE);
  /* What both said of one ticket stands beside each other. */
  g_autoptr (KipTicketRow) row = get_row (clones.office.founder.store, clones.common);
  g_assert_true (row->conflict);
  /* And both go on. */
  add_ticket (clones.first_at.store, "sau, một", KIP_INSTANT_NONE);
  add_ticket (clones.second_at.store, "sau, hai", KIP_INSTANT_NONE);
  settle_all (&clones);
  reopen (&clones.second_at, &clones.second);
  reopen (&clones.first_at, &clones.first);
  settle_all (&clones);
  assert_same (&clones);
  assert_two (stays, goes, device);
  clones_clear (&clones);
}

/* ---- what was done there ---- */

static void
attach (KipStore   *store,
        KipId       ticket,
        const char *content)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  guint8 hash[KIP_HASH_SIZE];
  KipValue *value = kip_value_map ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_store_put_file (store, bytes, hash, &error));
  g_assert_no_error (error);
  kip_value_put (value, 1, kip_value_text ("ảnh.png"));
  kip_value_put (value, 2, kip_value_int ((gint64) strlen (content)));
  kip_value_put (value, 3, kip_value_bytes (hash, sizeof hash));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

/* A person and a ticket that refer to each other, an attachment, a link, and an undo of what was done before the copy got a
 * number of its own. */
static void
test_references (void)
{
  Clones clones;
  KipStore *store;
  KipReceipt priority, subject;
  KipId person, ticket, linked;

  clones_init (&clones);
  work (clones.first_at.store, clones.common, "một");
  store = clones.second_at.store;
  person = add_person (store, "Bình", FALSE);
  ticket = add_ticket (store, "có đính kèm", KIP_INSTANT_NONE);
  linked = add_ticket (store, "liên quan", KIP_INSTANT_NONE);
  set_int (store, ticket, KIP_FIELD_REQUESTER, (gint64) person);
  set_int (store, linked, KIP_FIELD_PARENT, (gint64) ticket);
  attach (store, ticket, "nội dung");
  priority = set_int (store, ticket, KIP_FIELD_IMPACT, 1);
  subject = set_text (store, clones.common, KIP_FIELD_SUBJECT, "nhầm");
  undo (store, priority);
  settle (&clones.first);
  settle (&clones.second);
  undo (store, subject);
  settle_all (&clones);
  assert_same (&clones);
  store = clones.office.founder.store;
  g_autoptr (KipTicketRow) child = get_row (store, find_ticket (store, "liên quan"));
  g_autoptr (KipTicketRow) parent = get_row (store, find_ticket (store, "có đính kèm"));
  g_autoptr (KipTicketRow) common = get_row (store, clones.common);
  g_assert_cmpuint (child->parent, ==, parent->id);
  g_assert_cmpstr (kip_office_person (kip_store_get_office (store), parent->requester)->name, ==, "Bình");
  g_assert_cmpuint (parent->n_attachments, ==, 1);
  /* The undone subject stands against nothing. */
  g_assert_cmpstr (common->subject, ==, "một");
  clones_clear (&clones);
}

/* ---- an older folder in the place of a newer ---- */

static void
put_back (Fixture *fixture,
          Desk    *desk,
          char    *copy) /* taken */
{
  char *newer = fixture->dir;

  desk_clear (desk);
  kip_store_close (fixture->store);
  g_clear_object (&fixture->store);
  remove_tree (newer);
  g_free (newer);
  open_at (fixture, desk, copy);
}

/* What was written since the copy comes back from the file, and what was written on the old one before that is kept. */
static void
test_put_back (void)
{
  Clones clones;
  guint32 device;
  char *older;

  clones_init (&clones);
  device = kip_store_get_device (clones.first.store);
  older = copy_of (&clones.first_at, &clones.first);
  work (clones.first_at.store, clones.common, "một");
  settle (&clones.first);
  put_back (&clones.first_at, &clones.first, older);
  work (clones.first_at.store, clones.common, "hai");
  g_assert_cmpuint (settle (&clones.first).cloned, ==, 0);
  settle_all (&clones);
  assert_same (&clones);
  g_assert_cmpuint (kip_store_get_device (clones.first.store), !=, device);
  assert_worked (clones.first_at.store, "hai", TRUE);
  assert_worked (clones.office.founder.store, "một", FALSE);
  assert_worked (clones.office.founder.store, "hai", FALSE);
  clones_clear (&clones);
}

/* Nothing was written on it before the file was read: it is the machine that it was. */
static void
test_put_back_unused (void)
{
  Clones clones;
  guint32 device;
  char *older;

  clones_init (&clones);
  device = kip_store_get_device (clones.first.store);
  older = copy_of (&clones.first_at, &clones.first);
  work (clones.first_at.store, clones.common, "một");
  settle (&clones.first);
  put_back (&clones.first_at, &clones.first, older);
  settle (&clones.first);
  work (clones.first_at.store, clones.common, "hai");
  settle_all (&clones);
  assert_same (&clones);
  g_assert_cmpuint (kip_store_get_device (clones.first.store), ==, device);
  clones_clear (&clones);
}

/* ---- a copy of a copy ---- */

/* What both copies have, before either gets a number of its own, is said once. */
static void
test_copy_of_copy (void)
{
  Clones clones;
  Fixture third_at;
  Desk third;

  clones_init (&clones);
  work (clones.first_at.store, clones.common, "một");
  work (clones.second_at.store, clones.common, "hai");
  open_at (&third_at, &third, copy_of (&clones.second_at, &clones.second));
  add_ticket (third_at.store, "của ba", KIP_INSTANT_NONE);
  add_ticket (clones.second_at.store, "của hai, sau", KIP_INSTANT_NONE);
  settle (&clones.first);
  settle (&clones.second);
  settle (&third);
  settle_all (&clones);
  settle (&third);
  settle_all (&clones);
  assert_same (&clones);
  assert_worked (clones.office.founder.store, "hai", FALSE);
  assert_worked (third_at.store, "hai", TRUE);
  find_ticket (clones.office.founder.store, "của ba");
  find_ticket (clones.office.founder.store, "của hai, sau");
  g_assert_cmpuint (kip_store_get_device (third.store), !=, kip_store_get_device (clones.second.store));
  desk_clear (&third);
  fixture_clear (&third_at);
  clones_clear (&clones);
}

/* ---- rights ---- */

/* Who is removed with one computer keeps the copy that the manager knows of; and whoever has the key of a removed
 * computer makes no copy that counts. */
static void
test_removed (void)
{
  Clones clones;
  g_autoptr (GError) error = NULL;
  guint32 device;

  clones_init (&clones);
  device = kip_store_get_device (clones.first.store);
  work (clones.first_at.store, clones.common, "một");
  work (clones.second_at.store, clones.common, "hai");
  settle (&clones.first);
  settle (&clones.second);
  settle (&clones.founder);
  g_assert_true (kip_sharing_remove (clones.office.founder.store, device, &error));
  g_assert_no_error (error);
  settle (&clones.founder);
  add_ticket (clones.second_at.store, "vẫn ở lại", KIP_INSTANT_NONE);
  settle (&clones.second);
  settle (&clones.founder);
  find_ticket (clones.office.founder.store, "vẫn ở lại");
  clones_clear (&clones);
}

static void
test_stranger (void)
{
  Clones clones;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipMembers) members = NULL;
  guint32 device;

  clones_init (&clones);
  device = kip_store_get_device (clones.first.store);
  work (clones.first_at.store, clones.common, "một");
  settle (&clones.first);
  settle (&clones.founder);
  /* The copy comes to the share with a file in which it is not said yet that it is out. */
  g_assert_true (kip_sharing_remove (clones.office.founder.store, device, &error));
  add_ticket (clones.second_at.store, "của người lạ", KIP_INSTANT_NONE);
  settle (&clones.second);
  settle (&clones.founder);
  members = kip_store_dup_members (clones.office.founder.store);
  g_assert_cmpuint (kip_members_find (members, kip_store_get_device (clones.second.store))->last, ==, 0);
  g_autoptr (GArray) ids = list (clones.office.founder.store, "");
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (clones.office.founder.store, g_array_index (ids, KipId, i));

      g_assert_cmpstr (row->subject, !=, "của người lạ");
    }
  clones_clear (&clones);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/clones/copy", GINT_TO_POINTER (FALSE), test_copy);
  g_test_add_data_func ("/clones/copy-first", GINT_TO_POINTER (TRUE), test_copy);
  g_test_add_func ("/clones/references", test_references);
  g_test_add_func ("/clones/put-back", test_put_back);
  g_test_add_func ("/clones/put-back-unused", test_put_back_unused);
  g_test_add_func ("/clones/copy-of-copy", test_copy_of_copy);
  g_test_add_func ("/clones/removed", test_removed);
  g_test_add_func ("/clones/stranger", test_stranger);
  return g_test_run ();
}
