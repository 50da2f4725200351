/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier.h"
#include "kip-error.h"
#include "sim-share.h"

#include <string.h>

/* The carrier on a share where everything goes wrong, one call at a time and all at once. */
#define FILE_NAME "Office.kip"
#define RECORD 64
/* Within which another has its turn, ms: after a compaction that stopped half-way later. */
#define UNBLOCKED 60000
#define UNBLOCKED_COMPACT 135000

/* ---- a machine with a carrier ---- */

typedef struct
{
  SimWorld   *world;    /* (borrowed) */
  SimShare   *share;    /* (borrowed) */
  SimMount   *mount;    /* (borrowed) */
  KipCarrier *carrier;  /* (owned) */
  guint       crashes;  /* of the mount, when the carrier was made */
  guint32     device;
} Machine;

static void
start_machine (Machine  *machine,
               SimWorld *world,
               SimShare *share,
               guint32   device)
{
  *machine = (Machine) { world, share, sim_share_mount (share), NULL, 0, device };
  machine->carrier = kip_carrier_new_share (sim_mount_open (machine->mount), "/anywhere/" FILE_NAME);
}

static void
stop_machine (Machine *machine)
{
  g_clear_pointer (&machine->carrier, kip_carrier_free);
}

/* After a crash the program is another one, which knows nothing of before. */
static gboolean
restart_if_crashed (Machine *machine)
{
  if (sim_mount_count_crashes (machine->mount) == machine->crashes)
    return FALSE;
  machine->crashes = sim_mount_count_crashes (machine->mount);
  kip_carrier_free (machine->carrier);
  machine->carrier = kip_carrier_new_share (sim_mount_open (machine->mount), "/anywhere/" FILE_NAME);
  return TRUE;
}

static GBytes *
make_record (guint32 device,
             guint   seq)
{
  char text[RECORD + 1];

  g_snprintf (text, sizeof text, "<%04u:%06u:%08x:", device, seq, (device * 2654435761u) ^ (seq * 40503u));
  memset (text + strlen (text), 'a' + seq % 26, RECORD - strlen (text));
  text[RECORD - 1] = '>';
  return g_bytes_new (text, RECORD);
}

static gboolean
is_on_share (SimShare *share,
             GBytes   *record)
{
  g_autoptr (GBytes) all = sim_share_get (share, FILE_NAME);

  return all != NULL && memmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all),
                                g_bytes_get_data (record, NULL), RECORD) != NULL;
}

static void
put_header (SimShare *share)
{
  g_autoptr (GBytes) header = make_record (0, 0);

  sim_share_put (share, FILE_NAME, header);
}

/* Steps 1 to 9 of appending; TRUE only when it was read back as it was written.  @patience in ms. */
static gboolean
publish (Machine *machine,
         GBytes  *record,
         guint    patience)
{
  KipCarrier *carrier = machine->carrier;
  g_autoptr (GBytes) back = NULL;
  KipCarrierLook look;
  gboolean is_done;

  if (!kip_carrier_lock (carrier, machine->device, "append", patience, NULL, NULL, NULL))
    return FALSE;
  is_done = kip_carrier_look (carrier, &look, NULL, NULL) && look.has_file &&
            kip_carrier_append (carrier, record, look.size, NULL, NULL);
  kip_carrier_unlock (carrier);
  if (!is_done)
    return FALSE;
  back = kip_carrier_read (carrier, look.size, RECORD, NULL, NULL, NULL);
  return back != NULL && g_bytes_equal (back, record);
}

/* ---- one fault, at each call of all that a carrier does ---- */

typedef struct
{
  gboolean created, first, compacted, second, blob; /* what the carrier said was done */
} Outcome;

static gboolean
write_whole (Machine    *machine,
             const char *purpose,
             gboolean    create)
{
  KipCarrier *carrier = machine->carrier;
  g_autoptr (GBytes) header = make_record (0, create ? 0 : 1);
  g_autoptr (GBytes) old = make_record (machine->device, 1);
  g_autoptr (GBytes) back = NULL;
  gboolean is_done;

  if (!kip_carrier_lock (carrier, machine->device, purpose, 0, NULL, NULL, NULL))
    return FALSE;
  is_done = kip_carrier_replace_begin (carrier, NULL, NULL) &&
            kip_carrier_replace_add (carrier, header, NULL, NULL) &&
            (create || kip_carrier_replace_add (carrier, old, NULL, NULL)) &&
            (back = kip_carrier_replace_read (carrier, 0, 1000, NULL, NULL)) != NULL &&
            g_bytes_get_size (back) == (create ? RECORD : 2 * RECORD) &&
            memcmp (g_bytes_get_data (back, NULL), g_bytes_get_data (header, NULL), RECORD) == 0 &&
            (create || memcmp ((const char *) g_bytes_get_data (back, NULL) + RECORD, g_bytes_get_data (old, NULL), RECORD) == 0) &&
            kip_carrier_replace_end (carrier, NULL, create, NULL, NULL);
  kip_carrier_replace_drop (carrier);
  kip_carrier_unlock (carrier);
  return is_done;
}

static gboolean
share_blob (Machine *machine)
{
  g_autoptr (GBytes) blob = make_record (machine->device, 77);
  g_autoptr (GBytes) back = NULL;

  if (!kip_carrier_put_blob (machine->carrier, "a1b2", blob, NULL, NULL))
    return FALSE;
  back = kip_carrier_get_blob (machine->carrier, "a1b2", NULL, NULL);
  return back != NULL && g_bytes_equal (back, blob);
}

/* Creates a file, appends, compacts keeping what was appended if it was, appends again. */
static Outcome
do_everything (Machine *machine)
{
  g_autoptr (GBytes) one = make_record (machine->device, 1);
  g_autoptr (GBytes) two = make_record (machine->device, 2);
  Outcome outcome = { 0 };

  outcome.created = write_whole (machine, "create", TRUE);
  outcome.first = publish (machine, one, 0);
  outcome.compacted = write_whole (machine, "compact", FALSE);
  outcome.second = publish (machine, two, 0);
  outcome.blob = share_blob (machine);
  return outcome;
}

static gint64
get_limit (SimShare *share)
{
  g_autoptr (GBytes) lock = sim_share_get (share, FILE_NAME ".lock");

  if (lock != NULL && g_bytes_get_size (lock) > 0 &&
      memmem (g_bytes_get_data (lock, NULL), g_bytes_get_size (lock), "compact", strlen ("compact")) != NULL)
    return UNBLOCKED_COMPACT;
  return UNBLOCKED;
}

/* However it went, another machine has its turn in time. */
static void
assert_unblocked (SimWorld *world,
                  SimShare *share)
{
  g_autoptr (GBytes) record = make_record (9, 1);
  g_autoptr (GBytes) file = sim_share_get (share, FILE_NAME);
  gint64 begun = sim_world_now (world);
  gint64 limit = get_limit (share);
  Machine other;

  if (file == NULL)
    put_header (share);
  start_machine (&other, world, share, 9);
  while (!publish (&other, record, 2000))
    g_assert_cmpint (sim_world_now (world) - begun, <, limit);
  stop_machine (&other);
  g_assert_true (is_on_share (share, record));
}

static void
assert_outcome (SimShare      *share,
                const Outcome *outcome,
                gboolean       is_harmful)
{
  g_autoptr (GBytes) file = sim_share_get (share, FILE_NAME);
  g_autoptr (GBytes) one = make_record (1, 1);
  g_autoptr (GBytes) two = make_record (1, 2);

  if (outcome->created || outcome->compacted)
    g_assert_nonnull (file);
  if (file != NULL && !is_harmful)
    g_assert_true (memcmp (g_bytes_get_data (file, NULL), "<0000:00000", 11) == 0);
  if (outcome->first && !is_harmful)
    g_assert_true (is_on_share (share, one));
  if (outcome->second && !is_harmful)
    g_assert_true (is_on_share (share, two));
  g_assert_cmpuint (sim_share_count_foreign (share, FILE_NAME), ==, 0);
}

static guint64
try_fault (guint64  k,
           SimFault fault,
           gboolean is_gvfs)
{
  g_autoptr (SimWorld) world = sim_world_new (k * 100 + fault);
  SimShare *share = sim_share_new (world);
  Machine machine;
  Outcome outcome;
  guint64 n_calls;

  start_machine (&machine, world, share, 1);
  if (is_gvfs)
    sim_mount_set_kind (machine.mount, KIP_SHARE_GVFS, FALSE);
  if (k > 0)
    sim_mount_inject (machine.mount, k, fault);
  outcome = do_everything (&machine);
  n_calls = sim_mount_count_calls (machine.mount);
  if (k == 0)
    g_assert_true (outcome.created && outcome.first && (outcome.compacted || is_gvfs) && outcome.second && outcome.blob);
  stop_machine (&machine);
  assert_outcome (share, &outcome, fault > SIM_LAST_HARMLESS);
  assert_unblocked (world, share);
  sim_share_free (share);
  return n_calls;
}

static void
test_each_call (gconstpointer data)
{
  gboolean is_gvfs = GPOINTER_TO_INT (data);
  guint64 n_calls = try_fault (0, SIM_NO_FAULT, is_gvfs);

  g_test_message ("%" G_GUINT64_FORMAT " calls, %d faults", n_calls, SIM_N_FAULTS);
  g_assert_cmpuint (n_calls, >, 50);
  for (guint64 k = 1; k <= n_calls; k++)
    for (guint fault = 0; fault < SIM_N_FAULTS; fault++)
      try_fault (k, fault, is_gvfs);
}

/* ---- many writers, many faults ---- */

typedef struct
{
  Machine  machine;
  guint    n_records, patience;
  gboolean is_checked_later; /* a look again when all is quiet, as for "verified" */
  gint64   slowest;          /* ms for one record */
  guint    n_tries;
} Writer;

static void
publish_until_shared (Writer *writer,
                      guint   seq)
{
  Machine *machine = &writer->machine;
  g_autoptr (GBytes) record = make_record (machine->device, seq);
  gint64 begun = sim_world_now (machine->world);

  for (;;)
    {
      gboolean is_shared = publish (machine, record, writer->patience);

      writer->n_tries++;
      restart_if_crashed (machine);
      if (is_shared)
        break;
      sim_world_sleep (machine->world, (gint64) sim_world_below (machine->world, 1000));
    }
  writer->slowest = MAX (writer->slowest, sim_world_now (machine->world) - begun);
}

static void
write_all (gpointer data)
{
  Writer *writer = data;

  for (guint seq = 1; seq <= writer->n_records; seq++)
    {
      publish_until_shared (writer, seq);
      sim_world_sleep (writer->machine.world, (gint64) sim_world_below (writer->machine.world, 500));
    }
}

/* By now nobody hangs in a call any more: each publishes again what is not there. */
static void
check_later (gpointer data)
{
  Writer *writer = data;

  for (guint seq = 1; seq <= writer->n_records; seq++)
    {
      g_autoptr (GBytes) record = make_record (writer->machine.device, seq);

      if (!is_on_share (writer->machine.share, record))
        publish_until_shared (writer, seq);
    }
}

static guint
count_missing (Writer *writers,
               guint   n)
{
  guint missing = 0;

  for (guint i = 0; i < n; i++)
    for (guint seq = 1; seq <= writers[i].n_records; seq++)
      {
        g_autoptr (GBytes) record = make_record (writers[i].machine.device, seq);

        missing += !is_on_share (writers[i].machine.share, record);
      }
  return missing;
}

static void
run_all (SimWorld *world,
         Writer   *writers,
         guint     n,
         SimFunc   func)
{
  for (guint i = 0; i < n; i++)
    sim_world_add (world, (gint64) sim_world_below (world, 100), func, &writers[i]);
  sim_world_run (world);
}

typedef struct
{
  guint   n_writers, n_records;
  guint   mild, harmful; /* rates, per million calls */
  guint64 without;       /* faults that would make reading back at once too little, as a set */
} Weather;

typedef struct
{
  guint64 faults, tries;
  guint   healed;
  gint64  slowest;
} Score;

static void
run_weather (const Weather *weather,
             guint64        seed,
             Score         *score)
{
  g_autoptr (SimWorld) world = sim_world_new (seed);
  SimShare *share = sim_share_new (world);
  g_autofree Writer *writers = g_new0 (Writer, weather->n_writers);
  guint missing;

  sim_share_set_rates (share, 0, SIM_LAST_HARMLESS, weather->mild);
  sim_share_set_rates (share, SIM_LAST_HARMLESS + 1, SIM_N_FAULTS - 1, weather->harmful);
  for (guint i = 0; i < SIM_N_FAULTS; i++)
    if (weather->without & (G_GUINT64_CONSTANT (1) << i))
      sim_share_set_rate (share, i, 0);
  put_header (share);
  for (guint i = 0; i < weather->n_writers; i++)
    {
      start_machine (&writers[i].machine, world, share, i + 1);
      writers[i].n_records = weather->n_records;
      writers[i].patience = 5000;
    }
  run_all (world, writers, weather->n_writers, write_all);
  missing = count_missing (writers, weather->n_writers);
  if (weather->without != 0)
    g_assert_cmpuint (missing, ==, 0);

  sim_share_set_rates (share, 0, SIM_N_FAULTS - 1, 0);
  while (count_missing (writers, weather->n_writers) > 0)
    run_all (world, writers, weather->n_writers, check_later);
  g_assert_cmpuint (sim_share_count_foreign (share, FILE_NAME), ==, 0);
  score->healed += missing;
  for (guint i = 0; i < weather->n_writers; i++)
    {
      score->tries += writers[i].n_tries;
      score->slowest = MAX (score->slowest, writers[i].slowest);
      stop_machine (&writers[i].machine);
    }
  for (guint i = 0; i < SIM_N_FAULTS; i++)
    score->faults += sim_share_count_fault (share, i);
  sim_share_free (share);
}

/* KIP_SEED: where to begin, to see a found one again; KIP_SEEDS: how many. */
static guint64
get_number (const char *variable,
            guint64     otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static guint64
get_base (void)
{
  return get_number ("KIP_SEED", (guint32) g_test_rand_int ());
}

static void
run_seeds (const Weather *weather,
           guint          n_seeds)
{
  guint64 base = get_base ();
  Score score = { 0 };

  n_seeds = (guint) get_number ("KIP_SEEDS", n_seeds);
  for (guint i = 0; i < n_seeds; i++)
    {
      g_test_message ("seed %" G_GUINT64_FORMAT, base + i);
      run_weather (weather, base + i, &score);
    }
  g_test_message ("%u seeds: %" G_GUINT64_FORMAT " faults, %" G_GUINT64_FORMAT " tries, %u records healed, slowest %" G_GINT64_FORMAT " ms",
                  n_seeds, score.faults, score.tries, score.healed, score.slowest);
}

#define BIT(fault) (G_GUINT64_CONSTANT (1) << (fault))

/* Refusals, lies that reading shows, crashes: what was read back stays. */
static void
test_shared_stays (void)
{
  static const Weather weather = {
    4, 12, 4000, 0, BIT (SIM_HANG) | BIT (SIM_STALE_SIZE) | BIT (SIM_STALE_READ) | BIT (SIM_OLDER)
  };

  run_seeds (&weather, 150);
}

/* Everything: what was overwritten, lost or rotten is found out later and published again. */
static void
test_healed (void)
{
  static const Weather weather = { 4, 12, 3000, 3000, 0 };

  run_seeds (&weather, 150);
}

static void
test_twenty_writers (void)
{
  static const Weather calm = { 20, 10, 0, 0, BIT (SIM_HANG) };
  Score score = { 0 };

  run_weather (&calm, 20, &score);
  g_test_message ("slowest %" G_GINT64_FORMAT " ms", score.slowest);
  g_assert_cmpint (score.slowest, <, UNBLOCKED);
}

/* ---- who holds the lock ---- */

typedef struct
{
  Machine machine;
  guint  *n_holders, *n_overlaps;
  guint   n_turns;
} Holder;

static void
take_turns (gpointer data)
{
  Holder *holder = data;
  Machine *machine = &holder->machine;

  for (guint i = 0; i < holder->n_turns;)
    {
      if (kip_carrier_lock (machine->carrier, machine->device, "append", 10000, NULL, NULL, NULL))
        {
          *holder->n_overlaps += ++*holder->n_holders > 1;
          sim_world_sleep (machine->world, (gint64) sim_world_below (machine->world, 300));
          --*holder->n_holders;
          kip_carrier_unlock (machine->carrier);
          i++;
        }
      restart_if_crashed (machine);
    }
}

/* How many of so many turns may have had two holders.  Nothing promises that there is none: who finds a lock abandoned
 * looks and then renames, and in those hundredths of a second another may have done so too and a third
 * taken the lock anew.  It takes a lock that could not be given back, or a machine that crashed, and
 * two observers at the same moment; reading back is what helps then.  Measured over 10,000 seeds: 5 of 400,000
 * turns without crashes, 12 with. */
#define OVERLAPS_ONE_IN 800
#define OVERLAPS_ONE_IN_CRASHING 200

/* Seeds that had two holders once. */
static const guint64 overlapping[] = { 39, 1573, 1580, 10633, 13774, 3430, 8950 };

static guint
count_overlaps (guint64  seed,
                gboolean crashes,
                guint   *n_turns)
{
  g_autoptr (SimWorld) world = sim_world_new (seed);
  SimShare *share = sim_share_new (world);
  Holder holders[5];
  guint n_holders = 0, n_overlaps = 0;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  sim_share_set_rates (share, 0, SIM_LAST_HARMLESS, 5000);
  sim_share_set_rate (share, SIM_HANG, 0);
  if (!crashes)
    sim_share_set_rates (share, SIM_CRASH, SIM_CRASH_AFTER, 0);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    {
      holders[i] = (Holder) { .n_holders = &n_holders, .n_overlaps = &n_overlaps, .n_turns = 8 };
      *n_turns += holders[i].n_turns;
      start_machine (&holders[i].machine, world, share, i + 1);
      sim_world_add (world, 0, take_turns, &holders[i]);
    }
  sim_world_run (world);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    stop_machine (&holders[i].machine);
  sim_share_free (share);
  if (n_overlaps > 0)
    g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT ": %u turns with two holders", seed, n_overlaps);
  return n_overlaps;
}

/* Without hangs hardly anybody holds it beside another, whatever fails. */
static void
test_one_holder (gconstpointer data)
{
  gboolean crashes = GPOINTER_TO_INT (data);
  guint n_overlaps = 0, n_turns = 0;
  guint64 base = get_base ();
  guint64 n_seeds = get_number ("KIP_SEEDS", 60);

  for (guint64 seed = base; seed < base + n_seeds; seed++)
    n_overlaps += count_overlaps (seed, crashes, &n_turns);
  g_test_message ("%u of %u turns with two holders", n_overlaps, n_turns);
  g_assert_cmpuint (n_overlaps * (crashes ? OVERLAPS_ONE_IN_CRASHING : OVERLAPS_ONE_IN), <=, n_turns);
}

static void
test_two_holders (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (overlapping); i++)
    {
      guint n_turns = 0;

      g_assert_cmpuint (count_overlaps (overlapping[i], FALSE, &n_turns), <=, 1);
    }
}

/* ---- the share comes and goes ---- */

static void
test_unmounted (void)
{
  g_autoptr (SimWorld) world = sim_world_new (1);
  SimShare *share = sim_share_new (world);
  g_autoptr (GBytes) record = make_record (1, 1);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;
  Machine machine;

  put_header (share);
  start_machine (&machine, world, share, 1);
  g_assert_true (kip_carrier_look (machine.carrier, &look, NULL, NULL));
  kip_carrier_expect_place (machine.carrier, &look.place);
  sim_mount_set_presence (machine.mount, SIM_UNMOUNTED);
  g_assert_true (kip_carrier_look (machine.carrier, &look, NULL, NULL));
  g_assert_false (look.has_file);
  g_assert_cmpint (look.place.kind, ==, KIP_SHARE_LOCAL);
  g_assert_false (kip_carrier_lock (machine.carrier, 1, "append", 1000, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (kip_carrier_read (machine.carrier, 0, 10, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (kip_carrier_put_blob (machine.carrier, "a", record, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);

  sim_mount_set_presence (machine.mount, SIM_GONE);
  g_assert_false (kip_carrier_look (machine.carrier, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  sim_mount_set_presence (machine.mount, SIM_THERE);
  g_assert_true (publish (&machine, record, 0));
  names = sim_share_list (share);
  g_assert_cmpuint (names->len, ==, 1);
  stop_machine (&machine);
  sim_share_free (share);
}

static void
test_refusals (void)
{
  static const struct
  {
    gboolean is_read_only;
    guint64  room;
    int      code;
  } cases[] = {
    { TRUE, G_MAXUINT64, KIP_ERROR_READ_ONLY },
    { FALSE, RECORD, KIP_ERROR_NO_SPACE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SimWorld) world = sim_world_new (1);
      SimShare *share = sim_share_new (world);
      g_autoptr (GBytes) record = make_record (1, 1);
      g_autoptr (GError) error = NULL;
      Machine machine;

      put_header (share);
      sim_share_set_read_only (share, cases[i].is_read_only);
      sim_share_set_room (share, cases[i].room);
      start_machine (&machine, world, share, 1);
      g_assert_false (kip_carrier_lock (machine.carrier, 1, "append", 5000, NULL, NULL, &error));
      g_assert_error (error, KIP_ERROR, cases[i].code);
      sim_share_set_read_only (share, FALSE);
      sim_share_set_room (share, G_MAXUINT64);
      g_assert_true (publish (&machine, record, 0));
      stop_machine (&machine);
      sim_share_free (share);
    }
}

/* The whole sum of the clocks: the share's minus ours. */
static void
test_clock (void)
{
  g_autoptr (SimWorld) world = sim_world_new (1);
  SimShare *share = sim_share_new (world);
  gint64 offset = 0;
  Machine machine;

  start_machine (&machine, world, share, 1);
  sim_mount_set_clock (machine.mount, -G_GINT64_CONSTANT (3600000));
  g_assert_true (kip_carrier_lock (machine.carrier, 1, "append", 0, &offset, NULL, NULL));
  g_assert_cmpint (ABS (offset - 3600000), <, 200);
  stop_machine (&machine);
  sim_share_free (share);
}

/* The same seed, the same day. */
static void
test_same_again (void)
{
  static const Weather weather = { 5, 6, 6000, 6000, 0 };
  Score one = { 0 }, two = { 0 };

  run_weather (&weather, 4711, &one);
  run_weather (&weather, 4711, &two);
  g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sync/share/each-call", GINT_TO_POINTER (FALSE), test_each_call);
  g_test_add_data_func ("/sync/share/each-call-gvfs", GINT_TO_POINTER (TRUE), test_each_call);
  g_test_add_func ("/sync/share/shared-stays", test_shared_stays);
  g_test_add_func ("/sync/share/healed", test_healed);
  g_test_add_func ("/sync/share/twenty-writers", test_twenty_writers);
  g_test_add_data_func ("/sync/share/one-holder", GINT_TO_POINTER (FALSE), test_one_holder);
  g_test_add_data_func ("/sync/share/one-holder-crashes", GINT_TO_POINTER (TRUE), test_one_holder);
  g_test_add_func ("/sync/share/two-holders", test_two_holders);
  g_test_add_func ("/sync/share/unmounted", test_unmounted);
  g_test_add_func ("/sync/share/refusals", test_refusals);
  g_test_add_func ("/sync/share/clock", test_clock);
  g_test_add_func ("/sync/share/same-again", test_same_again);
  return g_test_run ();
}
