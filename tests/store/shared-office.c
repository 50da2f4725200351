/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shared-office.h"

#include "kip-clock.h"

#include <string.h>

guint
pick (Office *office,
      guint   n)
{
  return (guint) g_rand_int_range (office->rand, 0, (gint32) n);
}

/* ---- giving and taking ---- */

KipReceived
receive (KipStore  *store,
         GPtrArray *changes)
{
  g_autoptr (GError) error = NULL;
  KipReceived received;

  kip_store_receive (store, changes, NULL, &received, NULL, &error);
  g_assert_no_error (error);
  return received;
}

GPtrArray *
lacking (KipStore *from,
         KipStore *to,
         gsize     max_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) since = kip_store_holdings (to, &error);
  GPtrArray *changes = kip_store_changes_since (from, since, max_bytes, &error);

  g_assert_no_error (error);
  return changes;
}

void
exchange (KipStore *from,
          KipStore *to)
{
  g_autoptr (GPtrArray) changes = lacking (from, to, G_MAXINT);

  receive (to, changes);
}

void
exchange_all (Office *office)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < MACHINES; i++)
      for (guint j = 0; j < MACHINES; j++)
        if (i != j)
          exchange (office->stores[i], office->stores[j]);
}

/* ---- an office ---- */

/* Admits the key of the copy in @dir as @device, as a manager would. */
static void
admit (KipStore *founder,
       KipStore *copy,
       guint32   device,
       KipId     person)
{
  KipChange *change = kip_change_new (kip_store_get_me (founder), "admit");
  guint8 public_key[32], secret_key[64];

  g_assert_true (kip_store_get_signing_key (copy, public_key, secret_key, NULL));
  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_PERSON, (gint64) person);
  kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_KEY, kip_value_bytes (public_key, sizeof public_key));
  append (founder, change);
}

static KipStore *
reopen (KipStore   *store,
        const char *dir)
{
  g_autoptr (GError) error = NULL;

  kip_store_close (store);
  g_object_unref (store);
  store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  return store;
}

KipStore *
join_office (KipStore   *founder,
             const char *dir,
             guint       device,
             const char *name)
{
  KipId person = add_person (founder, name, FALSE);
  KipStore *store;
  guint8 id[KIP_OFFICE_ID_BYTES], founder_key[KIP_MEMBER_KEY_SIZE];
  KipReplicaSetup setup = { id, founder_key, 0, NULL };

  g_assert_true (kip_store_get_office_id (founder, id, founder_key, NULL));
  store = kip_store_create_replica (dir, &setup, NULL);
  g_assert_nonnull (store);
  admit (founder, store, device, person);
  exchange (founder, store);
  g_assert_true (kip_store_become_device (store, device, person, NULL));
  store = reopen (store, dir);
  g_assert_cmpuint (kip_store_get_device (store), ==, device);
  return store;
}

void
office_init (Office *office,
             guint32 seed)
{
  Fixture fixture;

  memset (office, 0, sizeof *office);
  fixture_init (&fixture);
  office->rand = g_rand_new_with_seed (seed);
  office->now = kip_clock_now ();
  office->dirs[0] = fixture.dir;
  office->stores[0] = fixture.store;
  office->tickets = g_array_new (FALSE, FALSE, sizeof (KipId));
  for (guint i = 1; i < MACHINES; i++)
    {
      office->dirs[i] = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
      office->stores[i] = join_office (office->stores[0], office->dirs[i], i + 1, i == 1 ? "An" : "Bình");
    }
}

void
office_clear (Office *office)
{
  for (guint i = 0; i < MACHINES; i++)
    {
      kip_store_close (office->stores[i]);
      g_object_unref (office->stores[i]);
      remove_tree (office->dirs[i]);
      g_free (office->dirs[i]);
    }
  g_array_unref (office->tickets);
  g_rand_free (office->rand);
}
