/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An older program on an office in which a newer one has written: what it does not know it keeps, hands on as it
 * was signed, and leaves alone.  This one is the older; what the newer wrote is made up here and signed with the
 * founder's key. */

#include "store-fixture.h"
#include "sync-fixture.h"

#include <string.h>

#include "kip-keys.h"
#include "kip-store-share.h"

/* None of these is ours. */
#define NEW_KIND ((KipKind) 4000)
#define NEW_VERB ((KipVerb) 40)
#define NEW_FIELD ((KipField) 4000)

typedef struct
{
  Fixture    founder;
  Device     newer;   /* the founder's machine, with a newer program */
  GPtrArray *changes; /* (owned) of KipRawChange: what that wrote */
  KipId      plain, critical;
} Office;

static void
append_next (Office    *office,
             KipChange *change)
{
  g_ptr_array_add (office->changes, device_write (&office->newer, change));
}

static KipEvent *
add_new (KipChange *change,
         KipKind    kind,
         KipId      entity,
         KipVerb    verb,
         KipField   field,
         gint64     number)
{
  KipEvent *event = kip_change_entry (change, kind, entity, field, kip_value_int (number));

  event->verb = verb;
  event->tl = 100;
  return event;
}

static KipChange *
new_change (Office *office)
{
  return kip_change_new (kip_store_get_me (office->founder.store), "from-the-future");
}

/* Where the log of the older program ends. */
static void
take_over (Office *office)
{
  g_autoptr (GPtrArray) all = kip_store_changes_since (office->founder.store, NULL, G_MAXINT, NULL);
  const KipRawChange *last = g_ptr_array_index (all, all->len - 1);
  gsize length;
  gconstpointer data = g_bytes_get_data (last->bytes, &length);

  office->newer.number = 1;
  office->newer.seq = last->seq;
  kip_hash_bytes (data, length, office->newer.hash);
  g_assert_true (kip_store_get_signing_key (office->founder.store, office->newer.public_key, office->newer.secret_key, NULL));
}

static void
write_the_future (Office *office)
{
  KipChange *change = new_change (office);

  /* A kind, a verb and fields that nobody here knows. */
  add_new (change, NEW_KIND, 77, KIP_VERB_SET, NEW_FIELD, 1);
  add_new (change, NEW_KIND, 78, KIP_VERB_SET, KIP_FIELD_NAME, 1);
  add_new (change, KIP_KIND_TICKET, office->plain, NEW_VERB, KIP_FIELD_SUBJECT, 2);
  add_new (change, KIP_KIND_TICKET, office->plain, KIP_VERB_SET, NEW_FIELD, 3);
  append_next (office, change);
  /* A list of a newer program's is no conflict. */
  change = new_change (office);
  add_new (change, KIP_KIND_TICKET, office->plain, KIP_VERB_ENTRY, NEW_FIELD + 1, 4);
  add_new (change, KIP_KIND_TICKET, office->plain, KIP_VERB_ENTRY, NEW_FIELD + 1, 5);
  append_next (office, change);
  change = new_change (office);
  add_new (change, KIP_KIND_TICKET, office->critical, KIP_VERB_SET, NEW_FIELD, 6)->is_critical = TRUE;
  append_next (office, change);
  /* What is critical and known is nothing new. */
  change = new_change (office);
  add_new (change, KIP_KIND_TICKET, office->plain, KIP_VERB_SET, KIP_FIELD_URGENCY, 1)->is_critical = TRUE;
  append_next (office, change);
}

static void
office_init (Office *office)
{
  fixture_init (&office->founder);
  office->plain = add_ticket (office->founder.store, "máy in", KIP_INSTANT_NONE);
  office->critical = add_ticket (office->founder.store, "mạng", KIP_INSTANT_NONE);
  office->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  take_over (office);
  write_the_future (office);
}

static void
office_clear (Office *office)
{
  g_ptr_array_unref (office->changes);
  fixture_clear (&office->founder);
}

static void
take (KipStore  *store,
      GPtrArray *changes)
{
  g_autofree gboolean *held = g_new0 (gboolean, changes->len);
  g_autoptr (GError) error = NULL;
  KipReceived received;

  kip_store_receive (store, changes, NULL, &received, held, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (received.n_new, ==, changes->len);
  g_assert_cmpuint (received.n_refused, ==, 0);
  for (guint i = 0; i < changes->len; i++)
    g_assert_true (held[i]);
}

/* A copy that has what @from has, and then @changes. */
static KipStore *
copy_of (Office     *office,
         KipStore   *from,
         const char *dir,
         GPtrArray  *changes)
{
  guint8 id[KIP_OFFICE_ID_BYTES], founder_key[KIP_MEMBER_KEY_SIZE];
  KipReplicaSetup setup = { id, founder_key, 0, NULL };
  g_autoptr (GPtrArray) all = kip_store_changes_since (from, NULL, G_MAXINT, NULL);
  KipStore *store;

  g_assert_true (kip_store_get_office_id (office->founder.store, id, founder_key, NULL));
  store = kip_store_create_replica (dir, &setup, NULL);
  g_assert_nonnull (store);
  take (store, all);
  if (changes != NULL)
    take (store, changes);
  return store;
}

/* ---- what is carried ---- */

static void
assert_carried (KipStore  *store,
                GPtrArray *changes)
{
  g_autoptr (GPtrArray) all = kip_store_changes_since (store, NULL, G_MAXINT, NULL);
  guint from = all->len - changes->len;

  for (guint i = 0; i < changes->len; i++)
    {
      const KipRawChange *there = g_ptr_array_index (all, from + i), *here = g_ptr_array_index (changes, i);

      assert_same_bytes (there->bytes, here->bytes);
      g_assert_cmpmem (there->signature, sizeof there->signature, here->signature, sizeof here->signature);
    }
}

/* From one older program to the next, to a third: every byte as it was signed. */
static void
test_carried (void)
{
  Office office;
  g_autofree char *dir = g_dir_make_tmp ("kip-older-XXXXXX", NULL), *other = g_dir_make_tmp ("kip-older-XXXXXX", NULL);
  g_autoptr (KipStore) store = NULL;
  g_autoptr (KipStore) next = NULL;

  office_init (&office);
  store = copy_of (&office, office.founder.store, dir, office.changes);
  assert_carried (store, office.changes);
  next = copy_of (&office, store, other, NULL);
  assert_carried (next, office.changes);
  for (guint i = 0; i < 2; i++)
    {
      assert_rebuilds_same (i == 0 ? store : next);
      assert_whole (i == 0 ? store : next);
      kip_store_close (i == 0 ? store : next);
    }
  remove_tree (dir);
  remove_tree (other);
  office_clear (&office);
}

/* ---- what can be written ---- */

static KipChange *
subject (Office     *office,
         KipId       ticket,
         const char *text)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->founder.store), "edit");

  kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, text);
  return change;
}

static void
assert_refused (gboolean ok,
                GError **error)
{
  g_assert_false (ok);
  g_assert_error (*error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (error);
}

static gboolean
is_newer (KipStore *store,
          KipId     id)
{
  g_autoptr (KipTicket) ticket = kip_store_ticket (store, id, NULL);

  g_assert_nonnull (ticket);
  return ticket->newer;
}

/* Only the ticket of which something critical was said is read-only, and stays so. */
static void
test_critical (void)
{
  Office office;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) row = NULL;
  GPtrArray *both = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

  office_init (&office);
  take (office.founder.store, office.changes);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (is_newer (office.founder.store, office.critical));
      g_assert_false (is_newer (office.founder.store, office.plain));
      assert_refused (kip_store_append (office.founder.store, subject (&office, office.critical, "mạng chậm"), NULL, &error), &error);
      fixture_reopen (&office.founder);
    }
  set_text (office.founder.store, office.plain, KIP_FIELD_SUBJECT, "máy in tầng 3");
  /* Both or none. */
  g_ptr_array_add (both, subject (&office, office.plain, "máy in tầng 4"));
  g_ptr_array_add (both, subject (&office, office.critical, "mạng chậm"));
  assert_refused (kip_store_append_many (office.founder.store, both, &error), &error);
  row = get_row (office.founder.store, office.plain);
  g_assert_cmpstr (row->subject, ==, "máy in tầng 3");
  g_assert_false (row->conflict);
  assert_rebuilds_same (office.founder.store);
  assert_whole (office.founder.store);
  office_clear (&office);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/newer/carried", test_carried);
  g_test_add_func ("/newer/critical", test_critical);
  return g_test_run ();
}
