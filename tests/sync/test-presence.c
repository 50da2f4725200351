/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-error.h"
#include "kip-keys.h"
#include "kip-presence.h"
#include "kip-share-blob.h"
#include "kip-sync-engine-private.h"
#include "sim-replica.h"
#include "sim-share.h"

#include <string.h>

/* Who is where, by the note beside the shared file, on a share in memory and in virtual time. */
#define MAX_DESKS 20
#define NOTE "Office.kip.files/desks"
#define POLL 3000
#define SECOND 1000
#define MINUTE 60000
#define EPOCH G_GINT64_CONSTANT (1795132800000)
#define TICKET KIP_ID_MAKE (1, 100)

typedef struct
{
  SimDisk       *disk;     /* (owned) */
  SimMount      *mount;    /* (borrowed) */
  KipSyncEngine *engine;   /* (owned) */
  KipPresence   *presence; /* (owned) (nullable) the program is not there */
  gint64         clock;    /* ms: its clock minus the right one */
} Desk;

typedef struct
{
  SimWorld *world;  /* (owned) */
  SimShare *share;  /* (owned) */
  guint     n_desks;
  Desk      desks[MAX_DESKS];
} Office;

static void
admit (Office *office,
       guint   i)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (1, 7), "admit");
  const Device *device = sim_disk_get_author (office->desks[i].disk);

  kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device->number), KIP_FIELD_MACHINE_KEY,
                  kip_value_bytes (device->public_key, sizeof device->public_key));
  sim_disk_write (office->desks[0].disk, change);
}

static void
tell_members (Office *office)
{
  KipReplica *from = office->desks[0].engine->replica;
  g_autoptr (GPtrArray) changes = from->class->changes_since (from, NULL, G_MAXINT, NULL);

  for (guint i = 1; i < office->n_desks; i++)
    {
      KipReplica *to = office->desks[i].engine->replica;
      KipReceived received;

      g_assert_true (to->class->receive (to, changes, NULL, &received, NULL, NULL));
    }
}

static void
start (Desk *desk)
{
  desk->presence = kip_presence_new (desk->engine);
}

static void
init_desk (Office *office,
           guint   i,
           guint32 number)
{
  static const KipSyncOptions options = { 1, 8192, "simulation" };
  Desk *desk = &office->desks[i];
  Device founder, device;

  device_init (&founder, 1);
  device_init (&device, number);
  desk->disk = sim_disk_new (&device, founder.public_key, NULL, NULL);
  desk->mount = sim_share_mount (office->share);
  desk->engine = kip_sync_engine_new (kip_carrier_new_share (sim_mount_open (desk->mount), "/anywhere/Office.kip"),
                                      sim_replica_new (desk->disk, office->world, desk->mount, 0), fixed_keys (1, 2, 1), &options);
  start (desk);
}

static void
office_init (Office *office,
             guint64 seed,
             guint   n_desks)
{
  memset (office, 0, sizeof *office);
  office->world = sim_world_new (seed);
  office->share = sim_share_new (office->world);
  office->n_desks = n_desks;
  for (guint i = 0; i < n_desks; i++)
    {
      init_desk (office, i, i + 1);
      if (i > 0)
        admit (office, i);
    }
  tell_members (office);
}

static void
office_clear (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    {
      g_clear_pointer (&office->desks[i].presence, kip_presence_free);
      kip_sync_engine_free (office->desks[i].engine);
      sim_disk_free (office->desks[i].disk);
    }
  sim_share_free (office->share);
  sim_world_free (office->world);
}

static guint64
poll_one (Office *office,
          Desk   *desk)
{
  guint64 bytes = 0;
  gint64 now = sim_world_now (office->world);

  kip_presence_poll (desk->presence, now, EPOCH + now + desk->clock, &bytes, NULL, NULL);
  return bytes;
}

static void
poll_all (Office *office,
          gint64  length)
{
  gint64 end = sim_world_now (office->world) + length;

  while (sim_world_now (office->world) < end)
    {
      for (guint i = 0; i < office->n_desks; i++)
        if (office->desks[i].presence != NULL)
          poll_one (office, &office->desks[i]);
      sim_world_sleep (office->world, POLL);
    }
}

/* As "2w 3l": which desks others than @desk itself write and look. */
static char *
seen_by (Office *office,
         guint   desk)
{
  g_autoptr (GArray) notes = kip_presence_list (office->desks[desk].presence, sim_world_now (office->world));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const KipDeskNote *note = &g_array_index (notes, KipDeskNote, i);

      g_assert_cmpuint (note->ticket, ==, TICKET);
      g_string_append_printf (text, "%s%u%c", i > 0 ? " " : "", note->device, note->doing == KIP_DOING_WRITING ? 'w' : 'l');
    }
  return g_string_free (text, FALSE);
}

#define assert_seen(office, desk, expected)                     \
  G_STMT_START {                                                \
    g_autofree char *is_seen = seen_by (office, desk);          \
    g_assert_cmpstr (is_seen, ==, expected);                    \
  } G_STMT_END

static void
test_here_and_gone (void)
{
  Office office;

  office_init (&office, 1, 3);
  poll_all (&office, MINUTE);
  g_assert_null (sim_share_get (office.share, NOTE)); /* nobody has anything to say */
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_LOOKING, NULL);
  kip_presence_tell (office.desks[1].presence, TICKET, KIP_DOING_WRITING, NULL);
  poll_all (&office, 3 * POLL);
  assert_seen (&office, 0, "2w");
  assert_seen (&office, 1, "1l");
  assert_seen (&office, 2, "1l 2w");
  /* For as long as they are there. */
  poll_all (&office, 10 * MINUTE);
  assert_seen (&office, 2, "1l 2w");
  kip_presence_tell (office.desks[1].presence, KIP_ID_NONE, KIP_DOING_NOTHING, NULL);
  poll_all (&office, 2 * POLL);
  assert_seen (&office, 2, "1l");
  office_clear (&office);
}

/* Who stops without a word is forgotten, whatever their clocks say. */
static void
test_expiry (void)
{
  Office office;

  office_init (&office, 2, 2);
  office.desks[0].clock = 400 * KIP_MS_PER_DAY;
  office.desks[1].clock = -400 * KIP_MS_PER_DAY;
  poll_all (&office, POLL);
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_WRITING, NULL);
  poll_all (&office, 3 * POLL);
  assert_seen (&office, 1, "1w");
  g_clear_pointer (&office.desks[0].presence, kip_presence_free);
  poll_all (&office, KIP_PRESENCE_LASTS - 15 * SECOND);
  assert_seen (&office, 1, "1w");
  poll_all (&office, 30 * SECOND);
  assert_seen (&office, 1, "");
  /* Back again, it does not say what it did before. */
  start (&office.desks[0]);
  poll_all (&office, 2 * POLL);
  g_assert_cmpuint (sim_mount_count_crashes (office.desks[0].mount), ==, 0);
  assert_seen (&office, 1, "");
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_LOOKING, NULL);
  poll_all (&office, 2 * POLL);
  assert_seen (&office, 1, "1l");
  office_clear (&office);
}

/* What was left there long ago is nobody. */
static void
test_old_line (void)
{
  Office office;

  office_init (&office, 3, 2);
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_WRITING, NULL);
  poll_one (&office, &office.desks[0]);
  sim_world_sleep (office.world, 20 * MINUTE);
  poll_one (&office, &office.desks[1]);
  assert_seen (&office, 1, "");
  poll_all (&office, 2 * POLL); /* it is there after all */
  assert_seen (&office, 1, "1w");
  office_clear (&office);
}

static void
test_junk (void)
{
  Office office;
  g_autoptr (GBytes) junk = g_bytes_new_static ("KIPBLOB\1nonsense nonsense nonsense nonsense nonsense nonsense", 60);
  g_autofree guint8 *zeros = g_malloc0 (100000);
  g_autoptr (GBytes) large = g_bytes_new_take (g_steal_pointer (&zeros), 100000);
  guint64 read = 0;

  office_init (&office, 4, 2);
  sim_share_put (office.share, NOTE, junk);
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_WRITING, NULL);
  poll_all (&office, 2 * POLL);
  assert_seen (&office, 1, "1w");
  /* Something large is not read again and again. */
  sim_share_put (office.share, NOTE, large);
  kip_presence_tell (office.desks[0].presence, KIP_ID_NONE, KIP_DOING_NOTHING, NULL);
  for (guint i = 0; i < 20; i++)
    {
      read += poll_one (&office, &office.desks[1]);
      sim_world_sleep (office.world, POLL);
    }
  g_assert_cmpuint (read, ==, 100000);
  office_clear (&office);
}

/* Somebody without a number in this office says something. */
static void
test_stranger (void)
{
  Office office;

  office_init (&office, 5, 2);
  office.n_desks = 3;
  init_desk (&office, 2, 9);
  tell_members (&office);
  kip_presence_tell (office.desks[2].presence, TICKET, KIP_DOING_WRITING, NULL);
  kip_presence_tell (office.desks[1].presence, TICKET, KIP_DOING_LOOKING, NULL);
  poll_all (&office, 4 * POLL);
  assert_seen (&office, 0, "2l");
  office_clear (&office);
}

static void
test_lacks (void)
{
  g_autoptr (GPtrArray) lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) heard = NULL;
  Office office;

  office_init (&office, 6, 2);
  for (guint i = 0; i < 12; i++)
    {
      guint8 hash[KIP_HASH_SIZE] = { (guint8) i };

      g_ptr_array_add (lacks, g_bytes_new (hash, sizeof hash));
    }
  kip_presence_tell (office.desks[0].presence, KIP_ID_NONE, KIP_DOING_NOTHING, lacks);
  poll_all (&office, 2 * POLL);
  heard = kip_presence_lacks (office.desks[1].presence, sim_world_now (office.world));
  g_assert_cmpuint (heard->len, ==, KIP_PRESENCE_LACKS);
  g_assert_true (g_bytes_equal (g_ptr_array_index (heard, 3), g_ptr_array_index (lacks, 3)));
  assert_seen (&office, 1, "");
  office_clear (&office);
}

/* Twenty at once: all are seen by all, an idle poll reads little, and it is written seldom. */
static void
test_many (void)
{
  Office office;
  guint64 before, most = 0;

  office_init (&office, 7, 20);
  for (guint i = 0; i < 20; i++)
    kip_presence_tell (office.desks[i].presence, TICKET, i % 2 == 0 ? KIP_DOING_LOOKING : KIP_DOING_WRITING, NULL);
  poll_all (&office, 2 * MINUTE);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GArray) notes = kip_presence_list (office.desks[i].presence, sim_world_now (office.world));

      g_assert_cmpuint (notes->len, ==, 19);
    }
  before = sim_mount_count_written (office.desks[3].mount);
  for (guint i = 0; i < 100; i++)
    {
      for (guint j = 0; j < 20; j++)
        most = MAX (most, poll_one (&office, &office.desks[j]));
      sim_world_sleep (office.world, POLL);
    }
  g_assert_cmpuint (most, <=, 2048);
  /* One that changes nothing writes a line each half a minute, and what collides again. */
  g_assert_cmpuint (sim_mount_count_written (office.desks[3].mount) - before, <=, 40 * 2048);
  office_clear (&office);
}

/* Alone there is nobody to tell. */
static void
test_alone (void)
{
  Office office;

  office_init (&office, 8, 1);
  kip_presence_tell (office.desks[0].presence, TICKET, KIP_DOING_WRITING, NULL);
  poll_all (&office, MINUTE);
  g_assert_null (sim_share_get (office.share, NOTE));
  office_clear (&office);
}

/* ---- on a bad share ---- */

typedef struct
{
  Office *office;
  guint   i;
} Living;

static void
live (gpointer data)
{
  Living *living = data;
  Office *office = living->office;
  Desk *desk = &office->desks[living->i];
  gint64 end = 10 * MINUTE;

  while (sim_world_now (office->world) < end)
    {
      if (sim_world_below (office->world, 10) == 0)
        kip_presence_tell (desk->presence, TICKET, (KipDoing) sim_world_below (office->world, 3), NULL);
      poll_one (office, desk);
      sim_world_sleep (office->world, POLL);
    }
}

static void
live_once (guint64 seed)
{
  Office office;
  Living living[5];

  office_init (&office, seed, 2 + (guint) (seed % 4));
  sim_share_set_rates (office.share, 0, SIM_LAST_HARMLESS, 10000);
  sim_share_set_rates (office.share, SIM_HANG, SIM_CRASH_AFTER, 0);
  sim_share_set_rates (office.share, SIM_LAST_HARMLESS + 1, SIM_ROT, seed % 2 == 0 ? 2000 : 0);
  for (guint i = 0; i < office.n_desks; i++)
    {
      living[i] = (Living) { &office, i };
      sim_world_add (office.world, i * 100, live, &living[i]);
    }
  sim_world_run (office.world);
  /* Then all is well, and everybody is seen by everybody, and not those who left. */
  sim_share_set_rates (office.share, 0, SIM_N_FAULTS - 1, 0);
  for (guint i = 0; i < office.n_desks; i++)
    kip_presence_tell (office.desks[i].presence, TICKET, i == 0 ? KIP_DOING_NOTHING : KIP_DOING_LOOKING, NULL);
  poll_all (&office, 8 * MINUTE);
  for (guint i = 0; i < office.n_desks; i++)
    {
      g_autoptr (GArray) notes = kip_presence_list (office.desks[i].presence, sim_world_now (office.world));

      if (notes->len != office.n_desks - 1 - (i > 0) || (notes->len > 0 && g_array_index (notes, KipDeskNote, 0).device == 1))
        g_error ("KIP_SEED=%" G_GUINT64_FORMAT ": desk %u sees %u of %u", seed, i + 1, notes->len, office.n_desks);
    }
  if (sim_share_count_foreign (office.share, "Office.kip") != 0)
    g_error ("KIP_SEED=%" G_GUINT64_FORMAT ": a name was written that is none of ours", seed);
  office_clear (&office);
}

static guint64
get_number (const char *variable,
            guint64     otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_random (void)
{
  guint64 seed = get_number ("KIP_SEED", g_random_int ());
  guint64 n = get_number ("KIP_SIM_SEEDS", 60);

  g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT, seed);
  for (guint64 i = 0; i < n; i++)
    live_once (seed + i);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presence/here-and-gone", test_here_and_gone);
  g_test_add_func ("/presence/expiry", test_expiry);
  g_test_add_func ("/presence/old-line", test_old_line);
  g_test_add_func ("/presence/junk", test_junk);
  g_test_add_func ("/presence/stranger", test_stranger);
  g_test_add_func ("/presence/lacks", test_lacks);
  g_test_add_func ("/presence/many", test_many);
  g_test_add_func ("/presence/alone", test_alone);
  g_test_add_func ("/presence/random", test_random);
  return g_test_run ();
}
