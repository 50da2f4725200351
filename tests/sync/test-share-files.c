/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "files-office.h"

#include "kip-error.h"
#include "kip-keys.h"

#include <string.h>

/* KIP_SEED: where to begin; KIP_SIM_SEEDS: how many, instead of as many as fit into the time. */
#define TIME_MS 5000
#define BAD_TIME (12 * MINUTE)

/* ---- one thing after the other ---- */

static void
test_there_and_back (void)
{
  static const gsize lengths[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7 };
  Office office;
  guint64 before;

  office_init (&office, 1, 3);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    attach (&office, &office.desks[i % 3], lengths[i]);
  poll_all (&office, MINUTE);
  g_assert_true (have_all (&office));
  g_assert_cmpuint (count_names (&office, ""), ==, 1 + 1 + 1 + 1 + 2 + 6);
  /* Then nothing is written any more. */
  before = written (&office);
  poll_all (&office, 10 * MINUTE);
  g_assert_cmpuint (written (&office), ==, before);
  g_assert_cmpuint (sim_share_count_foreign (office.share, "Office.kip"), ==, 0);
  office_clear (&office);
}

static void
test_once (void)
{
  Office office;
  GBytes *content;
  guint64 before;

  office_init (&office, 2, 2);
  content = attach (&office, &office.desks[0], 3 * CHUNK);
  poll_all (&office, MINUTE);
  before = written (&office);
  /* The same bytes once more, by the other: they are there. */
  sim_shelf_name (office.desks[1].shelf, content, 2, wall (&office), TRUE);
  kip_share_files_look (office.desks[1].files);
  poll_all (&office, MINUTE);
  g_assert_cmpuint (written (&office), ==, before);
  g_assert_cmpuint (count_names (&office, ""), ==, 3);
  office_clear (&office);
}

static void
test_goes_on (void)
{
  Office office;
  Desk *a;
  KipFilesSummary summary;

  office_init (&office, 3, 2);
  a = &office.desks[0];
  attach (&office, a, 10 * CHUNK);
  for (guint i = 0; i < 6; i++)
    kip_share_files_step (a->files, sim_world_now (office.world), wall (&office), NULL, NULL);
  g_assert_cmpuint (count_names (&office, ""), ==, 5); /* one step was for listing */
  /* The share goes, the program ends, the share comes back: no chunk is put twice. */
  sim_mount_set_presence (a->mount, SIM_GONE);
  poll_once (a);
  g_assert_error (a->problem, KIP_ERROR, KIP_ERROR_OFFLINE);
  stop_desk (a);
  sim_mount_set_presence (a->mount, SIM_THERE);
  start_desk (a);
  poll_once (a);
  kip_share_files_summarize (a->files, &summary);
  g_assert_cmpuint (summary.put, ==, 5 * CHUNK);
  g_assert_cmpuint (count_names (&office, ""), ==, 10);
  office_clear (&office);
}

static void
test_fetch_goes_on (void)
{
  Office office;
  Desk *b;
  KipFilesSummary summary;
  KipFileStatus status;
  GBytes *content;
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer data;

  office_init (&office, 4, 2);
  b = &office.desks[1];
  content = attach (&office, &office.desks[0], 10 * CHUNK);
  data = g_bytes_get_data (content, &length);
  kip_hash_bytes (data, length, hash);
  poll_once (&office.desks[0]);
  for (guint i = 0; i < 4; i++)
    kip_share_files_step (b->files, sim_world_now (office.world), wall (&office), NULL, NULL);
  g_assert_true (kip_share_files_status (b->files, hash, &status));
  g_assert_cmpint (status.state, ==, KIP_FILE_FETCHING);
  g_assert_cmpuint (status.fetched, ==, 4 * CHUNK);
  stop_desk (b);
  start_desk (b);
  poll_once (b);
  kip_share_files_summarize (b->files, &summary);
  g_assert_cmpuint (summary.fetched, ==, 6 * CHUNK);
  g_assert_true (have_all (&office));
  office_clear (&office);
}

static void
test_full (void)
{
  Office office;
  Desk *a;
  KipFilesSummary summary;

  office_init (&office, 5, 2);
  a = &office.desks[0];
  sim_share_set_room (office.share, 3 * CHUNK);
  attach (&office, a, 6 * CHUNK);
  poll_all (&office, 2 * MINUTE);
  poll_once (a);
  kip_share_files_summarize (a->files, &summary);
  g_assert_cmpuint (summary.n_to_put, ==, 1);
  g_assert_false (have_all (&office));
  while (a->problem == NULL)
    {
      poll_once (a);
      sim_world_sleep (office.world, POLL);
    }
  g_assert_error (a->problem, KIP_ERROR, KIP_ERROR_NO_SPACE);
  g_assert_cmpuint (count_names (&office, ".tmp"), ==, 0);
  sim_share_set_room (office.share, G_MAXUINT64);
  poll_all (&office, 3 * MINUTE);
  g_assert_true (have_all (&office));
  office_clear (&office);
}

/* Who has it is away: it says so, and comes when they are back. */
static void
test_missing (void)
{
  Office office;
  GBytes *content;

  office_init (&office, 6, 2);
  content = attach (&office, &office.desks[0], CHUNK);
  for (guint i = 0; i < 10; i++)
    {
      poll_once (&office.desks[1]);
      sim_world_sleep (office.world, POLL);
    }
  g_assert_cmpint (status_of (&office.desks[1], content).state, ==, KIP_FILE_MISSING);
  g_assert_cmpuint (status_of (&office.desks[1], content).device, ==, 1);
  poll_all (&office, 2 * MINUTE);
  g_assert_cmpint (status_of (&office.desks[1], content).state, ==, KIP_FILE_HERE);
  office_clear (&office);
}

/* The name of the only blob. (transfer full) */
static char *
only_blob (Office *office)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);

  for (guint i = 0; i < names->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (names, i), FOLDER))
      return g_strdup (g_ptr_array_index (names, i));
  g_assert_not_reached ();
}

static void
test_damaged (void)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) junk = g_bytes_new_static ("KIPBLOB\1 and then nothing that makes any sense to anybody at all", 62);
  Office office;
  GBytes *content;

  office_init (&office, 7, 2);
  content = attach (&office, &office.desks[0], CHUNK);
  poll_once (&office.desks[0]);
  name = only_blob (&office);
  sim_share_put (office.share, name, junk);
  poll_once (&office.desks[1]);
  g_assert_cmpint (status_of (&office.desks[1], content).state, ==, KIP_FILE_DAMAGED);
  /* It tells, and who has the file puts it there again. */
  poll_all (&office, MINUTE);
  g_assert_true (have_all (&office));
  office_clear (&office);
}

/* Somebody cleans the folder up: who attached it finds that out within a day; without them, somebody else does. */
static void
test_deleted (void)
{
  Office office;

  office_init (&office, 8, 3);
  attach (&office, &office.desks[0], CHUNK);
  poll_all (&office, MINUTE);
  for (guint who = 0; who < 2; who++)
    {
      g_autofree char *name = only_blob (&office);

      sim_share_put (office.share, name, NULL);
      for (gint64 end = sim_world_now (office.world) + 25 * HOUR; sim_world_now (office.world) < end;)
        {
          for (guint i = who; i < 3; i++)
            poll_once (&office.desks[i]);
          sim_world_sleep (office.world, MINUTE);
        }
      g_assert_cmpuint (count_names (&office, ""), ==, 1);
    }
  office_clear (&office);
}

static void
test_leftovers (void)
{
  g_autoptr (GBytes) half = g_bytes_new_static ("half", 4);
  g_autoptr (GBytes) notes = g_bytes_new_static ("mine", 4);
  Office office;

  office_init (&office, 9, 1);
  attach (&office, &office.desks[0], CHUNK);
  poll_all (&office, MINUTE);
  sim_share_put (office.share, FOLDER "a-1-00112233445566778899aabbccddeeff-0.0123abcd.tmp", half);
  sim_share_put (office.share, FOLDER "notes.tmp", notes);
  poll_all (&office, 24 * HOUR); /* seen first with the daily listing */
  g_assert_cmpuint (count_names (&office, ".tmp"), ==, 2);
  poll_all (&office, 2 * HOUR);
  g_assert_cmpuint (count_names (&office, ".tmp"), ==, 1); /* what is not ours stays */
  office_clear (&office);
}

/* What lies here damaged is not given to others; what is here and cannot be kept is said. */
static void
test_own_disk (void)
{
  Office office;
  GBytes *content, *other;

  office_init (&office, 10, 2);
  content = attach (&office, &office.desks[0], 2 * CHUNK);
  sim_shelf_spoil (office.desks[0].shelf, content);
  other = attach (&office, &office.desks[0], 2 * CHUNK);
  sim_shelf_set_room (office.desks[1].shelf, CHUNK);
  poll_all (&office, MINUTE);
  g_assert_cmpuint (count_names (&office, ""), ==, 2);
  g_assert_cmpint (status_of (&office.desks[1], content).state, ==, KIP_FILE_MISSING);
  g_assert_cmpint (status_of (&office.desks[1], other).state, ==, KIP_FILE_FAILED);
  sim_shelf_set_room (office.desks[1].shelf, G_MAXUINT64);
  poll_all (&office, 2 * MINUTE);
  g_assert_cmpint (status_of (&office.desks[1], other).state, ==, KIP_FILE_HERE);
  office_clear (&office);
}

/* Slots and all, as everybody takes it from the file. */
static void
change_key (Office *office)
{
  guint8 key[KIP_OFFICE_KEY_SIZE];

  memset (key, 77, sizeof key);
  for (guint i = 0; i < office->n_desks; i++)
    {
      KipShareKeys *keys = office->desks[i].engine->keys;
      const KipShareSlots *before = kip_share_keys_get_slots (keys);
      g_autoptr (KipShareSlots) slots = before != NULL ? kip_share_slots_copy (before) : kip_share_slots_new ();

      slots->generation = 3;
      kip_share_keys_add (keys, 3, key);
      kip_share_keys_set_slots (keys, slots);
    }
}

/* After a new key what is there can still be read, what is new is sealed with the new one. */
static void
test_new_key (void)
{
  Office office;

  office_init (&office, 11, 2);
  attach (&office, &office.desks[0], CHUNK);
  poll_once (&office.desks[0]);
  change_key (&office);
  attach (&office, &office.desks[0], CHUNK);
  poll_all (&office, MINUTE);
  g_assert_true (have_all (&office));
  g_assert_cmpuint (count_names (&office, ""), ==, 2);
  office_clear (&office);
}

/* Who came later does not have the keys of before: what they want is sealed once more, with today's. */
static void
test_newcomer (void)
{
  Office office;

  office_init (&office, 14, 2);
  attach (&office, &office.desks[0], 3 * CHUNK);
  poll_once (&office.desks[0]);
  change_key (&office);
  kip_share_keys_forget (office.desks[1].engine->keys, 1);
  kip_share_keys_forget (office.desks[1].engine->keys, 2);
  poll_all (&office, 2 * MINUTE);
  g_assert_true (have_all (&office));
  g_assert_cmpuint (count_names (&office, ""), ==, 6);
  office_clear (&office);
}

/* Nobody asked: small and new ones come by themselves, others when somebody looks; who looks no more ends it. */
static void
test_wanted (void)
{
  Office office;
  GBytes *small, *large, *old;
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer data;

  office_init (&office, 12, 2);
  stop_desk (&office.desks[1]);
  start_desk (&office.desks[1]);
  office.desks[1].files->wants_all = FALSE;
  small = attach (&office, &office.desks[0], CHUNK);
  large = attach (&office, &office.desks[0], 300 * CHUNK);
  old = make_content (&office, CHUNK);
  for (guint i = 0; i < 2; i++)
    sim_shelf_name (office.desks[i].shelf, old, 1, wall (&office) - 40 * KIP_MS_PER_DAY, i == 0);
  poll_all (&office, MINUTE);
  g_assert_cmpint (status_of (&office.desks[1], small).state, ==, KIP_FILE_HERE);
  g_assert_cmpint (status_of (&office.desks[1], old).state, ==, KIP_FILE_AWAY);
  g_assert_cmpint (status_of (&office.desks[1], large).state, ==, KIP_FILE_AWAY);

  data = g_bytes_get_data (large, &length);
  kip_hash_bytes (data, length, hash);
  kip_share_files_want (office.desks[1].files, hash);
  for (guint i = 0; i < 5; i++)
    kip_share_files_step (office.desks[1].files, sim_world_now (office.world), wall (&office), NULL, NULL);
  g_assert_cmpint (status_of (&office.desks[1], large).state, ==, KIP_FILE_FETCHING);
  kip_share_files_unwant (office.desks[1].files, hash);
  poll_all (&office, MINUTE);
  g_assert_cmpint (status_of (&office.desks[1], large).state, ==, KIP_FILE_AWAY);
  kip_share_files_want (office.desks[1].files, hash);
  poll_all (&office, MINUTE);
  g_assert_cmpint (status_of (&office.desks[1], large).state, ==, KIP_FILE_HERE);
  g_bytes_unref (old);
  office_clear (&office);
}

static void
test_drop (void)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  Office office;
  GBytes *gone, *kept;
  guint8 hash[KIP_HASH_SIZE];

  office_init (&office, 13, 1);
  gone = attach (&office, &office.desks[0], 3 * CHUNK);
  kept = attach (&office, &office.desks[0], 2 * CHUNK);
  poll_all (&office, MINUTE);
  sim_shelf_purge (office.desks[0].shelf, gone);
  kip_hash_bytes (g_bytes_get_data (gone, NULL), g_bytes_get_size (gone), hash);
  g_ptr_array_add (hashes, g_bytes_new (hash, sizeof hash));
  kip_hash_bytes (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), hash);
  g_ptr_array_add (hashes, g_bytes_new (hash, sizeof hash)); /* a ticket still names it */
  g_assert_true (kip_share_files_drop (office.desks[0].files, hashes, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_names (&office, ""), ==, 2);
  poll_all (&office, MINUTE);
  g_assert_cmpuint (count_names (&office, ""), ==, 2);
  office_clear (&office);
}

/* ---- everything at once ---- */

static void
spoil_some_blob (Office *office)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);
  const char *name = g_ptr_array_index (names, sim_world_below (office->world, names->len));
  g_autoptr (GBytes) bytes = sim_share_get (office->share, name);
  g_autoptr (GBytes) spoilt = NULL;
  gsize length = g_bytes_get_size (bytes);

  if (!g_str_has_prefix (name, FOLDER) || length == 0)
    return;
  if (sim_world_below (office->world, 2) == 0)
    {
      guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

      data[sim_world_below (office->world, length)] ^= (guint8) (1 + sim_world_below (office->world, 255));
      spoilt = g_bytes_new_take (data, length);
    }
  sim_share_put (office->share, name, spoilt);
}

static void
befall (gpointer data)
{
  Office *office = data;
  static const SimPresence presences[] = { SIM_FROZEN, SIM_GONE, SIM_UNMOUNTED };

  while (sim_world_now (office->world) < BAD_TIME)
    {
      SimMount *mount = office->desks[sim_world_below (office->world, office->n_desks)].mount;

      sim_world_sleep (office->world, 1000 + (gint64) sim_world_below (office->world, 60000));
      switch (sim_world_below (office->world, 5))
        {
        case 0:
          sim_mount_set_presence (mount, presences[sim_world_below (office->world, 3)]);
          sim_world_sleep (office->world, (gint64) sim_world_below (office->world, 40000));
          sim_mount_set_presence (mount, SIM_THERE);
          break;
        case 1:
          sim_share_set_room (office->share, sim_world_below (office->world, 20 * CHUNK));
          sim_world_sleep (office->world, (gint64) sim_world_below (office->world, 60000));
          sim_share_set_room (office->share, G_MAXUINT64);
          break;
        case 2:
          sim_mount_crash (mount);
          break;
        default:
          spoil_some_blob (office);
          break;
        }
    }
}

static void
live (gpointer data)
{
  Desk *desk = data;
  Office *office = desk->office;

  while (sim_world_now (office->world) < BAD_TIME)
    {
      if (sim_world_below (office->world, 8) == 0)
        attach (office, desk, (gsize) sim_world_below (office->world, 6 * CHUNK));
      poll_once (desk);
      sim_world_sleep (office->world, POLL + (gint64) sim_world_below (office->world, 5 * POLL));
    }
}

static void
draw_faults (Office *office)
{
  static const guint rates[] = { 0, 300, 3000, 15000 };

  sim_share_set_rates (office->share, 0, SIM_LAST_HARMLESS, rates[sim_world_below (office->world, G_N_ELEMENTS (rates))]);
  /* Crashes in each of many calls leave no time for work. */
  sim_share_set_rates (office->share, SIM_HANG, SIM_CRASH_AFTER, 200);
  if (sim_world_below (office->world, 2) == 0)
    sim_share_set_rates (office->share, SIM_LAST_HARMLESS + 1, SIM_ROT, 500);
}

/* Who lacks what, for whoever looks into a seed. */
static void
explain (Office *office)
{
  for (guint i = 0; i < office->contents->len; i++)
    for (guint j = 0; j < office->n_desks; j++)
      {
        GBytes *content = g_ptr_array_index (office->contents, i);
        KipFileStatus status = status_of (&office->desks[j], content);
        const Desk *desk = &office->desks[j];

        if (status.state != KIP_FILE_HERE)
          g_test_message ("file %u of desk %u: desk %u has %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ", state %d; %s",
                          i, status.device, j + 1, status.fetched, status.size, status.state,
                          desk->problem != NULL ? desk->problem->message : "");
      }
  for (guint j = 0; j < office->n_desks; j++)
    {
      KipFilesSummary summary;

      kip_share_files_summarize (office->desks[j].files, &summary);
      g_test_message ("desk %u: %u to put, %u to fetch", j + 1, summary.n_to_put, summary.n_to_fetch);
    }
}

static void
live_once (guint64 seed)
{
  Office office;
  guint64 before;

  office_init (&office, seed, 2 + (guint) (seed % (MAX_DESKS - 1)));
  draw_faults (&office);
  for (guint i = 0; i < office.n_desks; i++)
    sim_world_add (office.world, (gint64) i * 500, live, &office.desks[i]);
  sim_world_add (office.world, 0, befall, &office);
  sim_world_run (office.world);

  sim_share_set_rates (office.share, 0, SIM_N_FAULTS - 1, 0);
  sim_share_set_room (office.share, G_MAXUINT64);
  for (guint i = 0; i < 60 && !have_all (&office); i++)
    poll_all (&office, MINUTE);
  if (!have_all (&office))
    explain (&office);
  if (!have_all (&office))
    g_error ("KIP_SEED=%" G_GUINT64_FORMAT ": not everybody has every file an hour after all is well again", seed);
  /* A day later nothing half-written is left, and nothing is written any more. */
  for (guint i = 0; i < 26 * 60; i++)
    {
      for (guint j = 0; j < office.n_desks; j++)
        poll_once (&office.desks[j]);
      sim_world_sleep (office.world, MINUTE);
    }
  before = written (&office);
  poll_all (&office, 20 * MINUTE);
  if (written (&office) != before || count_names (&office, ".tmp") != 0)
    g_error ("KIP_SEED=%" G_GUINT64_FORMAT ": something is written in vain, or was left half-written", seed);
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
  guint64 n = get_number ("KIP_SIM_SEEDS", 0), done = 0;
  gint64 end = g_get_monotonic_time () + TIME_MS * G_GINT64_CONSTANT (1000);

  g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT, seed);
  for (; n > 0 ? done < n : g_get_monotonic_time () < end; done++)
    live_once (seed + done);
  g_test_message ("%" G_GUINT64_FORMAT " days", done);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-files/there-and-back", test_there_and_back);
  g_test_add_func ("/share-files/once", test_once);
  g_test_add_func ("/share-files/goes-on", test_goes_on);
  g_test_add_func ("/share-files/fetch-goes-on", test_fetch_goes_on);
  g_test_add_func ("/share-files/full", test_full);
  g_test_add_func ("/share-files/missing", test_missing);
  g_test_add_func ("/share-files/damaged", test_damaged);
  g_test_add_func ("/share-files/deleted", test_deleted);
  g_test_add_func ("/share-files/leftovers", test_leftovers);
  g_test_add_func ("/share-files/own-disk", test_own_disk);
  g_test_add_func ("/share-files/new-key", test_new_key);
  g_test_add_func ("/share-files/newcomer", test_newcomer);
  g_test_add_func ("/share-files/wanted", test_wanted);
  g_test_add_func ("/share-files/drop", test_drop);
  g_test_add_func ("/share-files/random", test_random);
  return g_test_run ();
}
