/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"
#include "kip-keys.h"
#include "kip-share-files.h"
#include "kip-sharing.h"
#include "kip-store-purge.h"

#include <string.h>

/* Somebody is forgotten for good in an office of several machines, some of them away for days: in the end no file of any data
 * folder and no frame of the shared file holds a word of it, and all machines show the same. */
#define PASSPHRASE "bốn từ dễ nhớ"
#define CANARY "bồ câu trắng"
#define PLAIN "bo cau trang"
#define MINUTE (60 * 1000)

static const KipSyncOptions options = { 1, 8 * 1024 * 1024, "test" };

typedef struct
{
  Fixture        fixture;
  KipSyncEngine *engine; /* (owned) */
  KipShareFiles *files;  /* (owned) */
} Desk;

#define MAX_DESKS 4

typedef struct
{
  char  *share; /* (owned) folder */
  char  *path;  /* (owned) of the file */
  Desk   desks[MAX_DESKS];
  guint  n_desks;
  gint64 now;
  gint64 begun;    /* UTC: when now was 0 */
  KipId  person;
} Office;

/* ---- machines ---- */

static void
open_engine (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (desk->fixture.dir, &error);

  g_assert_no_error (error);
  desk->engine = kip_sharing_new_engine (sharing, desk->fixture.store, &options);
  desk->files = kip_share_files_new (desk->engine, kip_shelf_new (desk->fixture.store));
}

static void
sync_desk (Office *office,
           guint   i)
{
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) problem = NULL;
      KipSyncRound round;

      office->now += 1000;
      g_assert_true (kip_sync_engine_round (office->desks[i].engine, office->now, office->begun + office->now, &round, &problem, NULL, &error));
      g_assert_no_error (error);
      g_assert_no_error (problem);
      kip_share_files_look (office->desks[i].files);
      while (kip_share_files_step (office->desks[i].files, office->now, office->begun + office->now, NULL, &problem))
        ;
      g_assert_no_error (problem);
    }
}

/* Until everybody has had its turn at everything. */
static void
sync_all (Office *office)
{
  for (guint n = 0; n < 12; n++)
    {
      for (guint i = 0; i < office->n_desks; i++)
        sync_desk (office, i);
      office->now += MINUTE / 2;
    }
}

static void
office_init (Office *office)
{
  g_autoptr (GError) error = NULL;

  memset (office, 0, sizeof *office);
  fixture_init (&office->desks[0].fixture);
  office->share = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  office->path = g_build_filename (office->share, "Office.kip", NULL);
  kip_sharing_begin (office->desks[0].fixture.store, office->path, PASSPHRASE, "bàn 1", &options, NULL, &error);
  g_assert_no_error (error);
  open_engine (&office->desks[0]);
  office->n_desks = 1;
  office->now = 1000;
  office->begun = kip_clock_now ();
}

static void
close_engine (Desk *desk)
{
  g_clear_pointer (&desk->files, kip_share_files_free);
  g_clear_pointer (&desk->engine, kip_sync_engine_free);
}

static void
office_clear (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    {
      close_engine (&office->desks[i]);
      fixture_clear (&office->desks[i].fixture);
    }
  remove_tree (office->share);
  g_free (office->share);
  g_free (office->path);
}

/* Another machine; its person is a manager, too, when @is_manager. */
static guint
join (Office  *office,
      gboolean is_manager)
{
  guint i = office->n_desks++;
  Desk *desk = &office->desks[i];
  KipStore *founder = office->desks[0].fixture.store;
  g_autofree char *name = g_strdup_printf ("Quỳnh %u", i);
  KipId person = add_person (founder, name, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  KipJoining joining;
  KipChange *change = kip_change_new (kip_store_get_me (founder), "settings");

  kip_change_set_int (change, KIP_KIND_PERSON, person, KIP_FIELD_ROLE, is_manager ? KIP_ROLE_MANAGER : KIP_ROLE_AGENT);
  append (founder, change);
  code = kip_sharing_invite (founder, office->desks[0].engine, person, G_MAXINT64, &error);
  g_assert_no_error (error);
  sync_desk (office, 0);
  desk->fixture.dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  joining = (KipJoining) { office->path, code, NULL, NULL, "bàn sau" };
  kip_sharing_join (desk->fixture.dir, &joining, NULL, &error);
  g_assert_no_error (error);
  desk->fixture.store = kip_store_open (desk->fixture.dir, &error);
  g_assert_no_error (error);
  open_engine (desk);
  sync_desk (office, i);
  g_assert_true (kip_sharing_come_in (desk->fixture.store, &error));
  g_assert_no_error (error);
  close_engine (desk);
  fixture_reopen (&desk->fixture);
  open_engine (desk);
  sync_desk (office, i);
  return i;
}

/* ---- what is done ---- */

static KipId
ticket_of (Office *office,
           guint   desk,
           KipId   requester)
{
  KipStore *store = office->desks[desk].fixture.store;
  KipId ticket = add_ticket (store, "máy in của " CANARY, KIP_INSTANT_NONE);

  set_int (store, ticket, KIP_FIELD_REQUESTER, (gint64) requester);
  add_message (store, ticket, KIP_MESSAGE_INCOMING, "xin chào, " CANARY);
  return ticket;
}

/* One action of a machine on a ticket that is to go and one that is to stay. */
static void
tag_both (Office *office,
          guint   desk,
          KipId   one,
          KipId   other)
{
  KipStore *store = office->desks[desk].fixture.store;
  KipChange *change = kip_change_new (kip_store_get_me (store), "bulk");

  kip_change_add (change, KIP_KIND_TICKET, one, KIP_FIELD_TAGS, kip_value_text (CANARY));
  kip_change_add (change, KIP_KIND_TICKET, other, KIP_FIELD_TAGS, kip_value_text ("mực in"));
  append (store, change);
}

static void
purge (Office *office,
       guint   desk)
{
  g_autoptr (GError) error = NULL;

  kip_store_purge (office->desks[desk].fixture.store, office->person, &error);
  g_assert_no_error (error);
}

/* As a repair does, and somebody's own copy. */
static const char *const asides[] = { ".damaged", ".damaged.2", ".damaged.mine" };

static gboolean
has_aside (Office *office,
           guint   i)
{
  g_autofree char *path = g_strconcat (office->path, asides[i], NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
set_aside (Office *office)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (office->path, &data, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (asides); i++)
    {
      g_autofree char *path = g_strconcat (office->path, asides[i], NULL);

      g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
    }
}

/* ---- what is left ---- */

static guint
count_in_tree (const char *path,
               const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  const char *name;
  gsize length;
  guint n = 0;

  if (dir == NULL && g_file_get_contents (path, &data, &length, NULL))
    n = memmem (data, length, text, strlen (text)) != NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      n += count_in_tree (inner, text);
    }
  return n;
}

/* Frames of the shared file that say @text, once they are opened. */
static guint
count_in_share (Office     *office,
                const char *text)
{
  const KipShareKeys *keys = kip_sync_engine_get_keys (office->desks[0].engine);
  g_autoptr (GMappedFile) file = g_mapped_file_new (office->path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  gsize at = KIP_SHARE_HEADER_SIZE;
  gboolean go_on = TRUE;
  guint n = 0;

  while (go_on)
    {
      KipFound found;

      kip_frame_find (keys, bytes, 0, at, TRUE, &found);
      n += found.kind == KIP_FOUND_FRAME && memmem (g_bytes_get_data (found.body, NULL), g_bytes_get_size (found.body), text, strlen (text)) != NULL;
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      at = (gsize) (found.offset + found.length);
      kip_found_clear (&found);
    }
  return n;
}

static guint
count_sealed_with (Office *office,
                   guint16 generation)
{
  const KipShareKeys *keys = kip_sync_engine_get_keys (office->desks[0].engine);
  g_autoptr (GMappedFile) file = g_mapped_file_new (office->path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  gsize at = KIP_SHARE_HEADER_SIZE;
  gboolean go_on = TRUE;
  guint n = 0;

  while (go_on)
    {
      KipFound found;

      kip_frame_find (keys, bytes, 0, at, TRUE, &found);
      n += (found.kind == KIP_FOUND_FRAME || found.kind == KIP_FOUND_SEALED) && found.generation == generation;
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      at = (gsize) (found.offset + found.length);
      kip_found_clear (&found);
    }
  return n;
}

static void
assert_same_rows (Office *office)
{
  g_autofree char *first = list_numbers (office->desks[0].fixture.store, "");

  for (guint i = 1; i < office->n_desks; i++)
    {
      g_autofree char *numbers = list_numbers (office->desks[i].fixture.store, "");

      g_assert_cmpstr (numbers, ==, first);
    }
}

static void
assert_forgotten (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    {
      Fixture *fixture = &office->desks[i].fixture;
      g_autoptr (GError) error = NULL;

      kip_store_scrub (fixture->store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count_in_tree (fixture->dir, CANARY), ==, 0);
      g_assert_cmpuint (count_in_tree (fixture->dir, PLAIN), ==, 0);
      assert_whole (fixture->store);
      assert_rebuilds_same (fixture->store);
    }
  g_assert_cmpuint (count_in_share (office, CANARY), ==, 0);
  g_assert_cmpuint (count_in_share (office, "mực in"), >, 0);
  assert_same_rows (office);
}

/* One ticket has the tag of which only the other half went. */
static void
assert_tagged (Office *office,
               guint   desk)
{
  g_autofree char *numbers = list_numbers (office->desks[desk].fixture.store, "tag:\"mực in\"");

  g_assert_cmpstr (numbers, ==, "2");
}

/* ---- tests ---- */

/* Who purges is not who wrote; a machine comes later that never had the whole.  What a repair set aside has the texts, too. */
static void
test_forget (void)
{
  Office office;
  KipId one, other;
  guint second, third;

  office_init (&office);
  second = join (&office, TRUE);
  office.person = add_person (office.desks[0].fixture.store, CANARY " Lan", FALSE);
  one = ticket_of (&office, 0, office.person);
  other = add_ticket (office.desks[0].fixture.store, "màn hình", KIP_INSTANT_NONE);
  tag_both (&office, 0, one, other);
  sync_all (&office);
  add_message (office.desks[second].fixture.store, one, KIP_MESSAGE_REPLY, "chào " CANARY);
  sync_all (&office);
  g_assert_cmpuint (count_in_share (&office, CANARY), >, 0);
  set_aside (&office);
  sync_all (&office);
  g_assert_true (has_aside (&office, 0));
  purge (&office, second);
  sync_all (&office);
  assert_forgotten (&office);
  g_assert_false (has_aside (&office, 0) || has_aside (&office, 1));
  g_assert_true (has_aside (&office, 2));
  third = join (&office, FALSE);
  sync_all (&office);
  assert_tagged (&office, third);
  assert_forgotten (&office);
  /* Work goes on. */
  set_text (office.desks[third].fixture.store, other, KIP_FIELD_SUBJECT, "màn hình mới");
  sync_all (&office);
  assert_forgotten (&office);
  office_clear (&office);
}

/* A laptop was away and has written more about the same person, and brings it when it is back. */
static void
test_away (void)
{
  Office office;
  KipId one, other;
  guint laptop;

  office_init (&office);
  laptop = join (&office, FALSE);
  office.person = add_person (office.desks[0].fixture.store, CANARY " Lan", FALSE);
  one = ticket_of (&office, 0, office.person);
  other = add_ticket (office.desks[0].fixture.store, "màn hình", KIP_INSTANT_NONE);
  sync_all (&office);
  tag_both (&office, laptop, one, other);
  add_message (office.desks[laptop].fixture.store, one, KIP_MESSAGE_NOTE, "gọi lại " CANARY);
  purge (&office, 0);
  for (guint i = 0; i < 5; i++)
    sync_desk (&office, 0);
  sync_all (&office);
  assert_forgotten (&office);
  join (&office, FALSE);
  sync_all (&office);
  assert_tagged (&office, office.n_desks - 1);
  assert_forgotten (&office);
  office_clear (&office);
}

/* Two managers forget two people at the same time, each with something of the other's in one change-set; and the share
 * is put back to what it was before. */
static void
test_at_once (void)
{
  Office office;
  KipId one, two, other, lan;
  guint second;
  g_autofree char *before = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  second = join (&office, TRUE);
  lan = add_person (office.desks[0].fixture.store, CANARY " Lan", FALSE);
  office.person = add_person (office.desks[0].fixture.store, CANARY " Mai", FALSE);
  one = ticket_of (&office, 0, lan);
  two = ticket_of (&office, 0, office.person);
  other = add_ticket (office.desks[0].fixture.store, "màn hình", KIP_INSTANT_NONE);
  tag_both (&office, 0, one, two);
  tag_both (&office, 0, one, other);
  sync_all (&office);
  g_assert_true (g_file_get_contents (office.path, &before, &length, &error));
  purge (&office, second);
  office.person = lan;
  purge (&office, 0);
  sync_all (&office);
  {
    KipChange *change = kip_change_new (kip_store_get_me (office.desks[0].fixture.store), "edit");

    kip_change_add (change, KIP_KIND_TICKET, other, KIP_FIELD_TAGS, kip_value_text ("mực in"));
    append (office.desks[0].fixture.store, change);
  }
  sync_all (&office);
  /* The second tag of the first action was of somebody who went, too. */
  g_assert_cmpuint (count_in_share (&office, CANARY), ==, 0);
  g_assert_true (g_file_set_contents (office.path, before, (gssize) length, &error));
  sync_all (&office);
  sync_all (&office);
  assert_forgotten (&office);
  join (&office, FALSE);
  sync_all (&office);
  assert_forgotten (&office);
  office_clear (&office);
}

/* ---- the key ---- */

static guint16
newest (Office *office,
        guint   desk)
{
  return kip_share_keys_get_newest (kip_sync_engine_get_keys (office->desks[desk].engine));
}

/* What the shared file says now is sealed with a key by which no older copy of it is opened.  Who purged says so and
 * switches off: another one makes the key. */
static void
test_new_key (void)
{
  Office office;
  guint second;

  office_init (&office);
  second = join (&office, TRUE);
  office.person = add_person (office.desks[0].fixture.store, CANARY " Lan", FALSE);
  ticket_of (&office, 0, office.person);
  add_ticket (office.desks[0].fixture.store, "mực in", KIP_INSTANT_NONE);
  sync_all (&office);
  g_assert_cmpuint (newest (&office, 0), ==, 1);
  purge (&office, second);
  sync_desk (&office, second);
  g_assert_cmpuint (newest (&office, second), ==, 1);
  for (guint i = 0; i < 10; i++)
    sync_desk (&office, 0);
  g_assert_cmpuint (newest (&office, 0), ==, 65);
  sync_all (&office);
  assert_forgotten (&office);
  g_assert_cmpuint (newest (&office, second), ==, 65);
  g_assert_cmpuint (count_sealed_with (&office, 1), ==, 0);
  g_assert_cmpuint (count_sealed_with (&office, 65), >, 0);
  /* One purge, one key. */
  office.now += 60 * MINUTE;
  sync_all (&office);
  g_assert_cmpuint (newest (&office, 0), ==, 65);
  office_clear (&office);
}

static void
attach (Office *office,
        guint   desk,
        KipId   ticket,
        guint8 *hash)
{
  KipStore *store = office->desks[desk].fixture.store;
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  KipValue *value = kip_value_map ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hình chụp màn hình", 20);

  g_assert_true (kip_store_put_file (store, bytes, hash, NULL));
  kip_value_put (value, 1, kip_value_text ("photo.png"));
  kip_value_put (value, 2, kip_value_int (20));
  kip_value_put (value, 3, kip_value_bytes (hash, KIP_HASH_SIZE));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

static gboolean
has_key (Office *office,
         guint   desk,
         guint16 generation)
{
  g_autoptr (KipSharing) kept = kip_sharing_load (office->desks[desk].fixture.dir, NULL);
  gboolean has = kip_share_keys_has (kip_sync_engine_get_keys (office->desks[desk].engine), generation);

  g_assert_cmpint (has, ==, kip_share_keys_has (kip_sharing_get_keys (kept), generation));
  return has;
}

/* Everybody but @away, every minute. */
static void
pass (Office *office,
      guint   minutes,
      guint   away)
{
  for (guint n = 0; n < minutes; n++)
    {
      for (guint i = 0; i < office->n_desks; i++)
        if (i != away)
          sync_desk (office, i);
      office->now += MINUTE;
    }
}

typedef struct
{
  Office office;
  KipId  other;   /* a ticket that stays */
  guint  laptop;
  guint8 hash[KIP_HASH_SIZE]; /* of a file that only the laptop and the share have */
  char  *before;  /* (owned) the file as it was before */
  gsize  length;
} OldKey;

static void
old_key_init (OldKey *self)
{
  Office *office = &self->office;

  office_init (office);
  join (office, TRUE);
  self->laptop = join (office, FALSE);
  office->person = add_person (office->desks[0].fixture.store, CANARY " Lan", FALSE);
  ticket_of (office, 0, office->person);
  self->other = add_ticket (office->desks[0].fixture.store, "mực in", KIP_INSTANT_NONE);
  pass (office, 2, G_MAXUINT);
  attach (office, self->laptop, self->other, self->hash);
  pass (office, 15, G_MAXUINT);
  g_assert_true (g_file_get_contents (office->path, &self->before, &self->length, NULL));
  purge (office, 0);
}

static void
old_key_clear (OldKey *self)
{
  office_clear (&self->office);
  g_free (self->before);
}

static void
assert_old_key (OldKey  *self,
                gboolean there)
{
  for (guint i = 0; i < self->office.n_desks; i++)
    g_assert_cmpint (has_key (&self->office, i, 1), ==, there);
}

static void
assert_fetches (OldKey *self,
                guint   desk)
{
  KipFileStatus status;

  kip_share_files_want (self->office.desks[desk].files, self->hash);
  pass (&self->office, 2, self->laptop);
  g_assert_true (kip_share_files_status (self->office.desks[desk].files, self->hash, &status));
  g_assert_cmpint (status.state, ==, KIP_FILE_HERE);
}

/* Not before all have heard of it; then everywhere, and what was sealed with it can be read with the new one. */
static void
test_old_key (void)
{
  OldKey self;
  Office *office = &self.office;
  guint late;

  old_key_init (&self);
  pass (office, 120, self.laptop);
  g_assert_true (has_key (office, 0, 1));
  g_assert_true (has_key (office, self.laptop, 1));
  pass (office, 30, G_MAXUINT);
  assert_old_key (&self, FALSE);
  assert_forgotten (office);
  g_assert_cmpuint (newest (office, 0), ==, 65);
  /* A backup of the share brings nothing of it back. */
  g_assert_true (g_file_set_contents (office->path, self.before, (gssize) self.length, NULL));
  pass (office, 30, G_MAXUINT);
  assert_old_key (&self, FALSE);
  assert_forgotten (office);
  late = join (office, FALSE);
  pass (office, 15, G_MAXUINT);
  assert_old_key (&self, FALSE);
  assert_forgotten (office);
  assert_fetches (&self, late);
  old_key_clear (&self);
}

/* A laptop that does not come is waited for no longer than 90 days; when it comes, what it wrote comes with it. */
static void
test_old_key_days (void)
{
  OldKey self;
  Office *office = &self.office;
  g_autofree char *found = NULL;

  old_key_init (&self);
  pass (office, 20, self.laptop);
  office->now += G_GINT64_CONSTANT (89) * 24 * 60 * MINUTE;
  pass (office, 20, self.laptop);
  g_assert_true (has_key (office, 0, 1));
  office->now += G_GINT64_CONSTANT (24) * 60 * MINUTE;
  pass (office, 20, self.laptop);
  g_assert_false (has_key (office, 0, 1));
  g_assert_true (has_key (office, self.laptop, 1));
  assert_fetches (&self, 1);
  set_text (office->desks[self.laptop].fixture.store, self.other, KIP_FIELD_SUBJECT, "của laptop");
  pass (office, 20, G_MAXUINT);
  assert_old_key (&self, FALSE);
  found = list_numbers (office->desks[0].fixture.store, "laptop");
  g_assert_cmpstr (found, ==, "2");
  assert_same_rows (office);
  old_key_clear (&self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forget/forget", test_forget);
  g_test_add_func ("/forget/away", test_away);
  g_test_add_func ("/forget/at-once", test_at_once);
  g_test_add_func ("/forget/new-key", test_new_key);
  g_test_add_func ("/forget/old-key", test_old_key);
  g_test_add_func ("/forget/old-key/days", test_old_key_days);
  return g_test_run ();
}
