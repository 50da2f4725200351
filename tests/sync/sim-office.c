/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-office.h"

#include <sodium.h>
#include <string.h>

#include "kip-keys.h"

/* Within which all are equal again after the bad time; and where bytes that everybody has read went
 * bad since: with the daily look at all of them. */
#define HEALED (25 * SIM_MINUTE)
#define HEALED_ROT (26 * 60 * SIM_MINUTE)

/* A poll that finds nothing reads at most this; one that finds k bytes k and this. */
#define IDLE_MAX 8192
#define READ_MAX 65536

/* Within which another has its turn after a crash, when it comes again so often. */
#define UNBLOCKED (60 * 1000)
#define UNBLOCKED_COMPACT (160 * 1000) /* a new file that was being written is waited for longer */
#define POLL_MAX (17 * 1000)

/* What was written is read once more within this. */
#define PROVED (3 * SIM_MINUTE)

/* Where a frame of keys says how many boxes it has; less than 256 here. */
#define AT_N_BOXES 50

/* ---- dice for what draws its own: nonces, ids of files ---- */

static guint64 dice;

static guint32
draw_32 (void)
{
  guint64 z = (dice += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint32) (z ^ (z >> 31));
}

static void
draw_bytes (void *const  buffer,
            const size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((guint8 *) buffer)[i] = (guint8) draw_32 ();
}

static const char *
name_dice (void)
{
  return "simulation";
}

static void
load_dice (guint64 seed)
{
  static randombytes_implementation loaded = { .implementation_name = name_dice, .random = draw_32, .buf = draw_bytes };
  static gboolean is_loaded;

  dice = seed;
  if (!is_loaded)
    randombytes_set_implementation (&loaded);
  is_loaded = TRUE;
}

/* ---- the ledger ---- */

void
sim_office_fail (SimOffice  *office,
                 const char *what,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list list;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  g_error ("KIP_SEED=%" G_GUINT64_FORMAT ", %u desks, %" G_GINT64_FORMAT " ms: not (%s): %s",
           office->seed, office->plan.n_desks, sim_world_now (office->world), what, text);
}

static gboolean
was_said (SimOffice    *office,
          const guint8 *hash)
{
  g_autoptr (GBytes) key = g_bytes_new (hash, KIP_HASH_SIZE);

  return g_hash_table_contains (office->said, key);
}

/* Each change-set that anybody takes up is, once and byte for byte, what its author did (I3, I4, I6). */
static void
compare_with_ledger (KipRawChange *raw,
                     gpointer      data)
{
  SimOffice *office = data;
  GByteArray *hashes = raw->device <= office->ledger->len ? g_ptr_array_index (office->ledger, raw->device - 1) : NULL;
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer bytes = g_bytes_get_data (raw->bytes, &length);

  if (raw->is_redacted)
    memcpy (hash, raw->hash, sizeof hash);
  else
    kip_hash_bytes (bytes, length, hash);
  if (was_said (office, hash))
    return;
  sim_check (office, hashes != NULL && raw->seq * KIP_HASH_SIZE <= hashes->len
             && memcmp (hashes->data + (raw->seq - 1) * KIP_HASH_SIZE, hash, KIP_HASH_SIZE) == 0,
             "change-set %u/%" G_GUINT64_FORMAT " is not what its author did", raw->device, raw->seq);
}

/* The author's own: entered before anybody can have it. */
static void
enter_in_ledger (KipRawChange *raw,
                 gpointer      data)
{
  SimDesk *desk = data;
  GPtrArray *ledger = desk->office->ledger;
  GByteArray *hashes = raw->device <= ledger->len ? g_ptr_array_index (ledger, raw->device - 1) : NULL;
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer bytes = g_bytes_get_data (raw->bytes, &length);

  kip_hash_bytes (bytes, length, hash);
  if (raw->device == sim_disk_get_author (desk->disk)->number)
    {
      if (hashes != NULL && desk->office->plan.clones == 0)
        g_byte_array_append (hashes, hash, sizeof hash);
      else
        g_hash_table_add (desk->office->said, g_bytes_new (hash, sizeof hash));
      desk->office->n_changes++;
    }
  compare_with_ledger (raw, desk->office);
}

/* ---- machines ---- */

static gboolean
keep_keys (const KipShareKeys *keys,
           gpointer            data,
           GError            **error)
{
  SimDesk *desk = data;

  kip_share_keys_free (desk->keys);
  desk->keys = kip_share_keys_copy (keys);
  kip_share_keys_merge (desk->office->all_keys, keys);
  return TRUE;
}

static void
start_engine (SimDesk *desk)
{
  static const KipSyncOptions options = { 1, 8192, "simulation" };
  SimOffice *office = desk->office;
  KipCarrier *carrier = kip_carrier_new_share (sim_mount_open (desk->mount), "/anywhere/" SIM_FILE);
  KipReplica *replica;

  desk->crashes = sim_mount_count_crashes (desk->mount);
  replica = sim_replica_new (desk->disk, office->world, desk->mount, office->is_bad ? office->plan.crashes : 0);
  desk->engine = kip_sync_engine_new (carrier, replica, kip_share_keys_copy (desk->keys), &options);
  kip_sync_engine_set_keeper (desk->engine, keep_keys, desk, NULL);
}

static gboolean
has_crashed (SimDesk *desk)
{
  return sim_mount_count_crashes (desk->mount) != desk->crashes;
}

static void
start_again (SimDesk *desk)
{
  desk->office->n_crashes++;
  desk->office->crashed_at = sim_world_now (desk->office->world);
  desk->size = 0;
  /* What it wrote just before it looks at again a minute from now. */
  desk->wrote_at = sim_world_now (desk->office->world);
  g_clear_pointer (&desk->engine, kip_sync_engine_free);
  sim_clones_start (desk);
  start_engine (desk);
}

static void
check_round (SimDesk            *desk,
             const KipSyncRound *round,
             const GError       *problem)
{
  SimOffice *office = desk->office;

  sim_check (office, round->cloned == 0 || office->plan.clones > 0, "device %u is called cloned", round->cloned);
  sim_check (office, (round->state != KIP_SYNC_FOREIGN || office->has_stranger) && round->state != KIP_SYNC_NEWER
             && (round->state != KIP_SYNC_NO_KEY || office->plan.people > 0),
             "state %d: %s", round->state, problem != NULL ? problem->message : "");
  sim_check (office, (round->state == KIP_SYNC_DONE || round->state == KIP_SYNC_MORE) == (problem == NULL), "state %d", round->state);
  sim_check (office, round->state != KIP_SYNC_DONE || round->n_to_send == 0, "%u are left", round->n_to_send);
  office->n_rounds++;
  office->n_recreated += round->recreated;
  office->n_damaged += round->n_damaged;
}

/* Nothing goes wrong but that machines crash. */
static gboolean
is_good_day (SimOffice *office)
{
  return office->plan.mild == 0 && office->plan.harmful == 0 && office->plan.events == 0;
}

/* Only crashes: whoever waits for the lock has it soon (I11). */
static void
check_wait (SimDesk            *desk,
            const KipSyncRound *round)
{
  SimOffice *office = desk->office;
  gint64 now = sim_world_now (office->world), limit = office->plan.compactions + office->plan.people > 0 ? UNBLOCKED_COMPACT : UNBLOCKED;

  if (round->state != KIP_SYNC_BUSY)
    desk->busy_since = 0;
  else if (desk->busy_since == 0)
    desk->busy_since = now;
  sim_check (office, !is_good_day (office) || desk->busy_since == 0
             || now - MAX (desk->busy_since, office->crashed_at) <= limit + POLL_MAX,
             "waiting for %" G_GINT64_FORMAT " ms", now - desk->busy_since);
}

static guint64
get_size (SimOffice *office)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, SIM_FILE);

  return file != NULL ? g_bytes_get_size (file) : 0;
}

/* Where a file says which it is. */
#define AT_FILE_ID 28

/* A file that was written anew in the place of the one that it read is all new to who lacks something of it. */
static gboolean
is_same_file (SimDesk *desk)
{
  g_autoptr (GBytes) file = sim_share_get (desk->office->share, SIM_FILE);
  gsize length = 0;
  const guint8 *data = file != NULL ? g_bytes_get_data (file, &length) : NULL;
  gboolean is_same;

  if (length < KIP_SHARE_HEADER_SIZE)
    return FALSE;
  is_same = memcmp (desk->file, data + AT_FILE_ID, sizeof desk->file) == 0;
  memcpy (desk->file, data + AT_FILE_ID, sizeof desk->file);
  return is_same;
}

/* Much that is new is read in windows, and a frame that reaches beyond one again. */
#define WINDOW (2 * KIP_FRAME_MAX)

static void
note_written (SimDesk            *desk,
              const KipSyncRound *round)
{
  if (round->bytes_written > 0)
    desk->wrote_at = sim_world_now (desk->office->world);
  desk->unproved += round->bytes_written;
}

/* Nothing went wrong: what is new is read once, and what it wrote itself once more (I7). */
static void
check_cost (SimDesk            *desk,
            const KipSyncRound *round)
{
  SimOffice *office = desk->office;
  gint64 now = sim_world_now (office->world);
  guint64 size, known = is_same_file (desk) ? desk->size : 0, again;

  /* Who is to be forgotten is looked for in all of the file, and a new key brings what was passed over. */
  if (!is_good_day (office) || office->plan.crashes > 0 || office->plan.people > 0 || office->plan.clones > 0)
    return;
  size = get_size (office);
  again = size - known > WINDOW ? (size - known) / 2 : 0;
  /* Not the size: another may have appended since it read. */
  desk->size = kip_sync_engine_get_size (desk->engine);
  sim_check (office, known == 0
             || round->bytes_read <= size - known + again + desk->unproved + READ_MAX,
             "%" G_GUINT64_FORMAT " bytes read, where %" G_GUINT64_FORMAT " were new", round->bytes_read, size - known);
  /* Who slept meanwhile reads it in the first round after. */
  if (now - desk->wrote_at > PROVED)
    desk->unproved = 0;
}

static KipSyncState
do_round (SimDesk *desk)
{
  SimOffice *office = desk->office;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round;
  gint64 now = sim_world_now (office->world);
  gboolean ok;

  sim_people_begin_round (desk);
  ok = kip_sync_engine_round (desk->engine, now, SIM_EPOCH + now + desk->clock, &round, &problem, NULL, &error);

  note_written (desk, &round);
  if (has_crashed (desk))
    {
      start_again (desk);
      g_clear_pointer (&desk->future, g_bytes_unref);
      return KIP_SYNC_BUSY;
    }
  sim_people_end_round (desk, round.state);
  sim_check (office, ok, "%s", error != NULL ? error->message : "");
  check_round (desk, &round, problem);
  check_wait (desk, &round);
  check_cost (desk, &round);
  desk->n_rounds++;
  return round.state;
}

/* The file is made smaller now and then, at any moment, by anybody. */
static void
compact (SimDesk *desk)
{
  SimOffice *office = desk->office;
  gint64 now = sim_world_now (office->world);
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;
  gboolean ok;

  if (!office->is_bad || office->plan.compactions == 0 || !sim_world_chance (office->world, office->plan.compactions))
    return;
  ok = kip_sync_engine_compact (desk->engine, now, SIM_EPOCH + now + desk->clock, &compaction, NULL, NULL, NULL, &error);
  if (has_crashed (desk))
    start_again (desk);
  office->n_compacted += ok;
  /* Everybody has a new file to look at, also when an error came although it was put in place. */
  for (guint i = 0; i < office->plan.n_desks; i++)
    office->desks[i].size = 0;
  sim_check (office, ok == (error == NULL), "no reason");
}

/* ---- a day ---- */

static KipChange *
draw_change (SimDesk *desk)
{
  SimWorld *world = desk->office->world;
  Device *author = sim_disk_get_author (desk->disk);
  KipChange *change;
  g_autofree char *text = NULL;
  gsize length;

  if (!sim_world_chance (world, 20000))
    return one_edit (author, (guint) sim_world_below (world, 500));
  /* A long message: of noise, so that it stays long. */
  length = 1 + (gsize) sim_world_below (world, sim_world_chance (world, 50000) ? 3000000 : 60000);
  text = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('!' + sim_world_below (world, 90));
  text[length] = '\0';
  change = one_edit (author, 1);
  kip_change_add_message (change, KIP_ID_MAKE (author->number, 1000), KIP_MESSAGE_REPLY, text);
  return change;
}

static void
work (SimDesk *desk)
{
  SimOffice *office = desk->office;

  if (!office->is_bad || !sim_world_chance (office->world, office->plan.edits))
    return;
  for (guint n = 1 + (guint) sim_world_below (office->world, 3); n > 0; n--)
    {
      KipChange *change = draw_change (desk);

      if (office->plan.people > 0 && sim_world_below (office->world, 3) == 0)
        sim_people_add_text (desk, change);
      if (office->plan.clones > 0)
        sim_clones_add_edit (desk, change);
      for (guint i = change->events->len; i < office->plan.burst; i++)
        kip_change_set (change, KIP_KIND_TICKET, KIP_ID_MAKE (1, i), KIP_FIELD_PRIORITY, kip_value_int ((gint64) i));
      office->n_events += change->events->len;
      sim_disk_write (desk->disk, change);
    }
}

static gint64
draw_pause (SimDesk     *desk,
            KipSyncState state)
{
  SimOffice *office = desk->office;

  if (office->is_bad && sim_world_chance (office->world, office->plan.sleeps))
    return (gint64) sim_world_below (office->world, 15 * SIM_MINUTE);
  if (state == KIP_SYNC_MORE)
    return 1000;
  /* Days without an event go by faster. */
  if (office->is_slow)
    return (gint64) sim_world_below (office->world, 10 * SIM_MINUTE);
  return (state == KIP_SYNC_DONE ? 3000 : 5000) + (gint64) sim_world_below (office->world, 12000);
}

static void
live (gpointer data)
{
  SimDesk *desk = data;
  SimWorld *world = desk->office->world;

  while (sim_world_now (world) < desk->office->until && !desk->is_lost)
    {
      gint64 pause;

      work (desk);
      pause = draw_pause (desk, do_round (desk));
      compact (desk);
      sim_world_sleep (world, MIN (pause, MAX (0, desk->office->until - sim_world_now (world))));
    }
}

void
sim_office_add_copy (SimDesk *from,
                     SimDesk *to)
{
  SimOffice *office = from->office;

  to->office = office;
  to->clock = from->clock;
  to->keys = kip_share_keys_copy (from->keys);
  to->disk = sim_disk_copy (from->disk, to);
  to->mount = sim_share_mount (office->share);
  start_engine (to);
  sim_world_add (office->world, (gint64) sim_world_below (office->world, 3000), live, to);
}

static void
run_until (SimOffice *office,
           gint64     until)
{
  office->until = until;
  for (guint i = 0; i < office->plan.n_desks; i++)
    sim_world_add (office->world, (gint64) sim_world_below (office->world, 3000), live, &office->desks[i]);
  if (office->is_bad)
    {
      sim_world_add (office->world, 0, sim_office_befall, office);
      if (office->plan.people > 0)
        sim_world_add (office->world, 0, sim_office_decide, office);
      if (office->plan.clones > 0)
        sim_world_add (office->world, 0, sim_office_copy_folders, office);
    }
  sim_world_run (office->world);
}

/* ---- the office ---- */

static guint
draw_one_of (SimWorld    *world,
             const guint *values,
             guint        n)
{
  return values[sim_world_below (world, n)];
}

#define DRAW(world, ...) \
  draw_one_of (world, (const guint[]) { __VA_ARGS__ }, sizeof ((const guint[]) { __VA_ARGS__ }) / sizeof (guint))

static void
draw_plan (SimWorld *world,
           SimPlan  *plan)
{
  plan->n_desks = sim_world_chance (world, 40000) ? 20 : 2 + (guint) sim_world_below (world, 5);
  plan->length = (5 + (gint64) sim_world_below (world, 25)) * SIM_MINUTE;
  plan->mild = DRAW (world, 0, 0, 50, 500, 3000);
  plan->harmful = DRAW (world, 0, 0, 0, 50, 500);
  plan->crashes = DRAW (world, 0, 0, 50, 500);
  plan->events = DRAW (world, 0, 3, 10, 30);
  plan->edits = DRAW (world, 20000, 100000, 400000);
  plan->sleeps = DRAW (world, 0, 2000, 50000);
  /* Some days are only good, or only full of crashes. */
  if (sim_world_below (world, 6) == 0)
    plan->mild = plan->harmful = plan->events = 0;
  plan->has_wrong_clocks = sim_world_below (world, 3) == 0;
  plan->is_mixed = sim_world_below (world, 3) == 0;
}

/* Few machines, little time, much that goes wrong. */
static void
draw_brief_plan (SimWorld *world,
                 SimPlan  *plan)
{
  plan->n_desks = 2 + sim_world_chance (world, 200000);
  plan->length = (15 + (gint64) sim_world_below (world, 50)) * 1000;
  plan->mild = DRAW (world, 0, 500, 3000, 20000);
  plan->harmful = DRAW (world, 0, 0, 1000, 10000);
  plan->crashes = DRAW (world, 0, 0, 1000, 10000);
  plan->events = DRAW (world, 0, 1, 3);
  plan->edits = 500000;
  plan->compactions = DRAW (world, 0, 0, 0, 50000);
  plan->people = DRAW (world, 0, 0, 2, 5);
  plan->has_wrong_clocks = sim_world_below (world, 3) == 0;
  plan->is_mixed = sim_world_below (world, 3) == 0;
}

/* A whole day of diligent people: each round of each has one to three change-sets. */
static void
draw_long_plan (SimWorld *world,
                SimPlan  *plan)
{
  *plan = (SimPlan) {
    .n_desks = 3, .length = 5 * 60 * SIM_MINUTE, .mild = 50, .harmful = 5, .crashes = 20, .events = 25,
    .edits = 1000000, .compactions = 500, .burst = 25, .people = 2,
  };
  plan->has_wrong_clocks = sim_world_below (world, 2) == 0;
  plan->is_mixed = sim_world_below (world, 2) == 0;
}

/* Not drawn, so that the days of seeds that found something stay what they were. */
static guint
plan_compactions (guint64 seed)
{
  return seed % 5 == 1 ? (seed % 2 == 0 ? 20000 : 2000) : 0;
}

/* The kept seeds are small. */
#define SEEDS_WITH_PEOPLE 10000

static guint
plan_people (guint64 seed)
{
  return seed >= SEEDS_WITH_PEOPLE && seed % 3 == 2 ? 10 : 0;
}

/* With people nobody is in the mood for both. */
static void
plan_clones (SimOffice *office)
{
  SimPlan *plan = &office->plan;

  gboolean is_known = office->seed < SIM_SEEDS_DRAWN;

  if ((is_known && office->scale == SIM_DAY && office->seed >= SEEDS_WITH_PEOPLE && office->seed % 7 == 3)
      || (is_known && office->scale == SIM_BRIEF && office->seed % 4 == 3) || g_getenv ("KIP_SIM_CLONES") != NULL)
    {
      plan->clones = 3 + office->seed % 5;
      plan->people = 0;
    }
}

/* Brief days with people take their time: of those that are drawn anew each time some are enough. */
static gboolean
has_people (guint64 seed)
{
  return seed < SIM_SEEDS_DRAWN || seed % 3 == 0;
}

static void
admit (SimDesk *founder,
       SimDesk *desk)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (1, 7), "admit");
  const Device *device = sim_disk_get_author (desk->disk);

  kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device->number), KIP_FIELD_MACHINE_KEY,
                  kip_value_bytes (device->public_key, sizeof device->public_key));
  sim_disk_write (founder->disk, change);
}

static void
place_desk (SimOffice    *office,
            guint         i,
            const Device *founder)
{
  static const struct
  {
    KipShareKind kind;
    gboolean     has_locks;
  } mounts[] = { { KIP_SHARE_SMB, TRUE }, { KIP_SHARE_SMB, FALSE }, { KIP_SHARE_NFS, TRUE }, { KIP_SHARE_NFS, FALSE }, { KIP_SHARE_GVFS, FALSE } };
  SimDesk *desk = &office->desks[i];
  guint which = office->plan.is_mixed ? (guint) sim_world_below (office->world, G_N_ELEMENTS (mounts)) : 0;
  Device author;

  device_init (&author, i + 1);
  desk->office = office;
  desk->keys = kip_share_keys_copy (office->all_keys);
  desk->disk = sim_disk_new (&author, founder->public_key, enter_in_ledger, desk);
  desk->mount = sim_share_mount (office->share);
  if (i > 0)
    sim_mount_set_kind (desk->mount, mounts[which].kind, mounts[which].has_locks);
}

static KipShareKeys *
make_keys (void)
{
  guint8 id[KIP_OFFICE_ID_SIZE] = { 7 };
  KipShareKeys *keys = kip_share_keys_new (id);

  kip_share_keys_begin_generation (keys);
  return keys;
}

void
sim_office_init (SimOffice *office,
                 guint64    seed,
                 SimScale   scale)
{
  Device founder;
  g_autoptr (GError) error = NULL;

  memset (office, 0, sizeof *office);
  load_dice (seed);
  office->seed = seed;
  office->scale = scale;
  office->world = sim_world_new (seed);
  office->share = sim_share_new (office->world);
  office->all_keys = make_keys ();
  office->said = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  office->excused = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_array_set_size (office->excused, 1);
  sim_disks_begin ();
  office->futures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  office->ledger = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  if (scale == SIM_BRIEF)
    draw_brief_plan (office->world, &office->plan);
  else if (scale == SIM_LONG)
    draw_long_plan (office->world, &office->plan);
  else
    draw_plan (office->world, &office->plan);
  if (scale == SIM_BRIEF && !has_people (seed))
    office->plan.people = 0;
  if (scale == SIM_DAY)
    {
      office->plan.compactions = plan_compactions (seed);
      office->plan.people = plan_people (seed);
    }
  plan_clones (office);
  device_init (&founder, 1);
  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      g_ptr_array_add (office->ledger, g_byte_array_new ());
      place_desk (office, i, &founder);
      if (i > 0)
        admit (&office->desks[0], &office->desks[i]);
      start_engine (&office->desks[i]);
    }
  kip_sync_engine_create (office->desks[0].engine, NULL, SIM_EPOCH, NULL, &error);
  g_assert_no_error (error);
}

void
sim_office_clear (SimOffice *office)
{
  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      g_clear_pointer (&office->desks[i].engine, kip_sync_engine_free);
      sim_disk_free (office->desks[i].disk);
      kip_share_keys_free (office->desks[i].keys);
      g_clear_pointer (&office->desks[i].future, g_bytes_unref);
      g_clear_pointer (&office->desks[i].put_back, sim_disk_free);
    }
  g_clear_pointer (&office->kept, sim_disk_free);
  g_hash_table_unref (office->said);
  g_array_unref (office->excused);
  g_ptr_array_unref (office->futures);
  g_clear_pointer (&office->backup, sim_backup_free);
  g_ptr_array_unref (office->ledger);
  kip_share_keys_free (office->all_keys);
  sim_share_free (office->share);
  sim_world_free (office->world);
}

/* ---- the three times ---- */

static gboolean
may_be_rotten (SimOffice *office)
{
  return office->plan.harmful > 0 || office->plan.events > 0;
}

static void
have_a_bad_time (SimOffice *office)
{
  const SimPlan *plan = &office->plan;

  sim_share_set_rates (office->share, 0, SIM_LAST_HARMLESS, plan->mild);
  sim_share_set_rates (office->share, SIM_LAST_HARMLESS + 1, SIM_N_FAULTS - 1, plan->harmful);
  sim_share_set_rates (office->share, SIM_CRASH, SIM_CRASH_AFTER, plan->crashes);
  office->is_bad = TRUE;
  for (guint i = 0; i < plan->n_desks; i++)
    start_again (&office->desks[i]);
  do
    run_until (office, sim_world_now (office->world) + plan->length);
  while (office->scale == SIM_LONG && office->n_events < SIM_MANY);
  office->is_bad = office->has_stranger = FALSE;
  sim_share_set_rates (office->share, 0, SIM_N_FAULTS - 1, 0);
  for (guint i = 0; i < plan->n_desks; i++)
    start_again (&office->desks[i]);
}

static gboolean
has_lost (SimOffice *office)
{
  for (guint i = 0; i < office->plan.n_desks; i++)
    if (office->desks[i].is_lost)
      return TRUE;
  return FALSE;
}

/* What every author did, everywhere (I2, I9); where a disk was lost, what the others have; of who was removed
 * what counts. */
static gboolean
are_equal (SimOffice *office)
{
  gboolean has_all = !has_lost (office);

  for (guint i = 0; i < office->plan.n_desks; i++)
    if (sim_desk_is_in (&office->desks[i]) && !sim_disk_equal (office->desks[0].disk, office->desks[i].disk))
      return FALSE;
  for (guint i = 0; i < office->plan.n_desks && has_all && office->plan.clones == 0; i++)
    for (guint device = 1; device <= office->plan.n_desks; device++)
      if (sim_desk_is_in (&office->desks[i]) && !sim_desk_is_out (&office->desks[device - 1])
          && sim_disk_count (office->desks[i].disk, device) * KIP_HASH_SIZE
          != ((GByteArray *) g_ptr_array_index (office->ledger, device - 1))->len)
        return FALSE;
  return TRUE;
}

/* Copies of one that have written nothing are one. */
static guint
count_members (SimOffice *office)
{
  g_autoptr (GHashTable) devices = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < office->plan.n_desks; i++)
    if (!sim_desk_is_out (&office->desks[i]))
      g_hash_table_add (devices, GUINT_TO_POINTER (sim_disk_get_author (office->desks[i].disk)->number));
  return g_hash_table_size (devices);
}

/* A frame of keys with a box for everybody: whole, as far as its checksum tells. */
static gboolean
has_all_boxes (SimOffice *office,
               GBytes    *file,
               KipFound  *found)
{
  const guint8 *data = g_bytes_get_data (file, NULL);

  return found->kind == KIP_FOUND_SEALED && found->type == KIP_FRAME_KEYS
         && data[found->offset + AT_N_BOXES] >= count_members (office);
}

static gboolean
has_file_keys (SimOffice *office)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, SIM_FILE);
  g_autoptr (KipShareKeys) keys = kip_share_keys_copy (office->all_keys);
  g_autoptr (KipShareHeader) header = file != NULL ? kip_share_header_read (file, NULL) : NULL;
  gboolean has = FALSE, go_on = header != NULL;
  gsize at = KIP_SHARE_HEADER_SIZE;

  if (header != NULL)
    kip_share_keys_set_file (keys, &kip_share_header_get_info (header)->identity);
  while (go_on && !has)
    {
      KipFound found;

      kip_frame_find (keys, file, 0, at, TRUE, &found);
      has = has_all_boxes (office, file, &found);
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      at = (gsize) (found.offset + found.length);
      kip_found_clear (&found);
    }
  return has;
}

/* Somebody new finds it all in the file alone; what was written to a bad share and is on no disk any more, nobody does. */
static gboolean
has_file_all (SimOffice *office)
{
  static const KipSyncOptions options = { 1, 8192, "simulation" };
  g_autoptr (KipSyncEngine) engine = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  Device founder;
  SimDisk *disk;
  KipSyncRound round;
  gboolean ok, is_all;

  device_init (&founder, 1);
  disk = sim_disk_new (NULL, founder.public_key, compare_with_ledger, office);
  engine = kip_sync_engine_new (kip_carrier_new_share (sim_mount_open (sim_share_mount (office->share)), "/anywhere/" SIM_FILE),
                                sim_replica_new (disk, office->world, NULL, 0),
                                kip_share_keys_copy (office->desks[0].keys), &options);
  ok = kip_sync_engine_round (engine, sim_world_now (office->world), SIM_EPOCH, &round, &problem, NULL, &error);
  sim_check (office, ok, "%s", error != NULL ? error->message : "");
  is_all = sim_disk_equal (disk, office->desks[0].disk) && (has_lost (office) || sim_disk_count_waiting (disk) == 0);
  g_clear_pointer (&engine, kip_sync_engine_free);
  sim_disk_free (disk);
  return is_all;
}

static void
heal (SimOffice *office)
{
  gint64 begun = sim_world_now (office->world);
  gint64 limit = may_be_rotten (office) ? HEALED_ROT : HEALED;

  for (;;)
    {
      gint64 passed = sim_world_now (office->world) - begun;

      office->is_slow = passed >= HEALED;
      run_until (office, sim_world_now (office->world) + (office->is_slow ? 60 * SIM_MINUTE : SIM_MINUTE));
      office->healed_after = sim_world_now (office->world) - begun;
      if (!are_equal (office))
        office->equal_after = office->healed_after + SIM_MINUTE;
      if (are_equal (office) && has_file_all (office) && has_file_keys (office) && sim_people_have_keys (office) && sim_people_are_forgotten (office))
        break;
      sim_check (office, office->healed_after < limit, "equal: %d, file: %d, its keys: %d, theirs: %d, forgotten: %d", are_equal (office), has_file_all (office),
                 has_file_keys (office), sim_people_have_keys (office), sim_people_are_forgotten (office));
    }
  if (office->plan.clones == 0)
    sim_people_check (office, is_good_day (office));
  sim_clones_check (office);
}

static guint64
count_written (SimOffice *office)
{
  guint64 n = 0;

  for (guint i = 0; i < office->plan.n_desks; i++)
    n += sim_mount_count_written (office->desks[i].mount);
  return n;
}

/* Where the file is damaged for good, the daily reading of it makes each desk tell once more
 * what it has; otherwise nobody writes when nothing changed. */
#define TELLING_MAX 1024

static guint64
may_be_written (SimOffice *office)
{
  return office->n_damaged > 0 ? (guint64) office->plan.n_desks * TELLING_MAX : 0;
}

/* After the last have told what they have, hours pass. */
static void
rest (SimOffice *office)
{
  guint64 written;

  office->is_slow = FALSE;
  run_until (office, sim_world_now (office->world) + 25 * SIM_MINUTE);
  written = count_written (office);
  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      SimDesk *desk = &office->desks[i];
      guint64 read = sim_mount_count_read (desk->mount);
      KipSyncState state = sim_desk_is_in (desk) ? do_round (desk) : KIP_SYNC_DONE;

      sim_check (office, state == KIP_SYNC_DONE, "state %d", state);
      read = sim_mount_count_read (desk->mount) - read;
      sim_check (office, read <= IDLE_MAX, "desk %u read %" G_GUINT64_FORMAT " bytes", i + 1, read);
    }
  run_until (office, sim_world_now (office->world) + 20 * SIM_MINUTE);
  sim_check (office, count_written (office) - written <= may_be_written (office), "%" G_GUINT64_FORMAT " bytes", count_written (office) - written);
}

/* Who is out and has not heard of it goes on putting texts into the file, also of somebody who is forgotten meanwhile: whoever
 * finds them when all is read again writes the file anew. */
static gboolean
may_find_texts (SimOffice *office)
{
  return count_members (office) < office->plan.n_desks && sim_disk_count_purges (office->desks[0].disk) > 0;
}

/* Reading all of it again changes nothing (I5). */
static void
replay (SimOffice *office)
{
  guint64 written = count_written (office);

  for (guint i = 0; i < office->plan.n_desks; i++)
    {
      guint64 held = sim_disk_count_all (office->desks[i].disk);

      if (!sim_desk_is_in (&office->desks[i]))
        continue;
      kip_sync_engine_rescan (office->desks[i].engine);
      office->desks[i].size = 0;
      do_round (&office->desks[i]);
      sim_check (office, sim_disk_count_all (office->desks[i].disk) == held, "desk %u", i + 1);
    }
  /* Where there was no rest, some have yet to tell what they have. */
  sim_check (office, office->scale == SIM_BRIEF || may_find_texts (office) || count_written (office) == written,
             "%" G_GUINT64_FORMAT " bytes", count_written (office) - written);
  sim_check (office, are_equal (office) && has_file_all (office), "after reading again");
}

void
sim_office_live (SimOffice *office)
{
  have_a_bad_time (office);
  heal (office);
  if (office->scale != SIM_BRIEF)
    rest (office);
  if (office->scale != SIM_BRIEF || office->seed % 4 == 0)
    replay (office);
  sim_check (office, sim_share_count_foreign (office->share, SIM_FILE) == 0, "names of others");
  sim_check (office, !is_good_day (office)
             || sim_share_count_overwrites (office->share, SIM_FILE) == 0,
             "%u writes below the end", sim_share_count_overwrites (office->share, SIM_FILE));
}
