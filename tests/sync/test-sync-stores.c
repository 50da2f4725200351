/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine.h"
#include "shared-office.h"
#include "sim-share.h"

#include <string.h>

/* Real offices on the bad share of the simulation: what the simulation's light machines leave out, which
 * is the fold.  Everybody comes to the same, conflicts are what two did without knowing of each other, and
 * nothing else is.  The seeds are fixed: a run costs disk and real time. */
#define FILE_NAME "Office.kip"
#define EPOCH G_GINT64_CONSTANT (1795132800000)
#define TICKETS 4
#define STEPS 50
/* Rounds in the good time, each some seconds apart, until all are equal. */
#define PATIENCE 600

/* What somebody wrote, and what they knew of then. */
typedef struct
{
  KipId   ticket;
  guint   machine;
  guint64 seq;
  guint64 known[MACHINES];
  gint64  value;
} Written;

typedef struct
{
  Office         office;
  SimWorld      *world;             /* (owned) */
  SimShare      *share;             /* (owned) */
  GBytes        *keys;              /* (owned) */
  SimMount      *mounts[MACHINES];  /* (borrowed) */
  KipSyncEngine *engines[MACHINES]; /* (owned) */
  guint          crashes[MACHINES];
  GArray        *written;           /* (owned) of Written */
} Life;

/* ---- machines ---- */

static void
start_engine (Life *life,
              guint i)
{
  static const KipSyncOptions options = { 1, 8192, "test" };
  KipCarrier *carrier = kip_carrier_new_share (sim_mount_open (life->mounts[i]), "/anywhere/" FILE_NAME);

  g_clear_pointer (&life->engines[i], kip_sync_engine_free);
  life->crashes[i] = sim_mount_count_crashes (life->mounts[i]);
  life->engines[i] = kip_sync_engine_new (carrier, kip_replica_new (life->office.stores[i]),
                                          kip_share_keys_from_bytes (life->keys, NULL), &options);
}

static KipSyncRound
do_round (Life *life,
          guint i)
{
  gint64 now = sim_world_now (life->world);
  g_autoptr (GError) error = NULL;
  KipSyncRound round = { 0 };
  gboolean ok = kip_sync_engine_round (life->engines[i], now, EPOCH + now, &round, NULL, NULL, &error);

  if (sim_mount_count_crashes (life->mounts[i]) != life->crashes[i])
    start_engine (life, i);
  else
    g_assert_true (ok);
  g_assert_cmpuint (round.cloned, ==, 0);
  sim_world_sleep (life->world, 1000 + (gint64) sim_world_below (life->world, 5000));
  return round;
}

static void
life_init (Life   *life,
           guint32 seed)
{
  guint8 id[KIP_OFFICE_ID_BYTES];
  g_autoptr (KipShareKeys) keys = NULL;
  g_autoptr (GError) error = NULL;

  memset (life, 0, sizeof *life);
  office_init (&life->office, seed);
  life->world = sim_world_new (seed);
  life->share = sim_share_new (life->world);
  life->written = g_array_new (FALSE, FALSE, sizeof (Written));
  kip_store_get_office_id (life->office.stores[0], id, NULL, &error);
  g_assert_no_error (error);
  keys = kip_share_keys_new (id);
  kip_share_keys_begin_generation (keys);
  life->keys = kip_share_keys_to_bytes (keys);
  for (guint i = 0; i < MACHINES; i++)
    {
      life->mounts[i] = sim_share_mount (life->share);
      start_engine (life, i);
    }
  kip_sync_engine_create (life->engines[0], NULL, EPOCH, NULL, &error);
  g_assert_no_error (error);
}

static void
life_clear (Life *life)
{
  for (guint i = 0; i < MACHINES; i++)
    kip_sync_engine_free (life->engines[i]);
  sim_share_free (life->share);
  sim_world_free (life->world);
  g_bytes_unref (life->keys);
  g_array_unref (life->written);
  office_clear (&life->office);
}

/* ---- work ---- */

static guint64
count_known (KipStore *store,
             guint     device)
{
  g_autoptr (GArray) holdings = kip_store_holdings (store, NULL);

  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == device)
      return g_array_index (holdings, KipHolding, i).seq;
  return 0;
}

static gboolean
knows_ticket (KipStore *store,
              KipId     ticket)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (store, &ticket, 1, NULL);

  return rows != NULL && g_ptr_array_index (rows, 0) != NULL;
}

static void
write_urgency (Life *life,
               guint i,
               KipId ticket)
{
  KipStore *store = life->office.stores[i];
  Written written = { ticket, i, 0, { 0 }, 1 + (gint64) sim_world_below (life->world, 3) };

  for (guint other = 0; other < MACHINES; other++)
    written.known[other] = count_known (store, other + 1);
  set_int (store, ticket, KIP_FIELD_URGENCY, written.value);
  written.seq = count_known (store, i + 1);
  /* The value that stands there already is no edit. */
  if (written.seq > written.known[i])
    g_array_append_val (life->written, written);
}

static void
work (Life *life,
      guint i)
{
  GArray *tickets = life->office.tickets;
  KipStore *store = life->office.stores[i];
  KipId ticket;

  if (tickets->len < TICKETS)
    {
      ticket = add_ticket (store, "máy in", KIP_INSTANT_NONE);
      g_array_append_val (tickets, ticket);
      return;
    }
  ticket = g_array_index (tickets, KipId, sim_world_below (life->world, tickets->len));
  if (!knows_ticket (store, ticket))
    return;
  if (sim_world_below (life->world, 4) == 0)
    add_message (store, ticket, KIP_MESSAGE_NOTE, "đã xem");
  else
    write_urgency (life, i, ticket);
}

/* ---- what must hold ---- */

static gboolean
are_equal (Life *life)
{
  for (guint i = 1; i < MACHINES; i++)
    for (guint device = 1; device <= MACHINES; device++)
      if (count_known (life->office.stores[i], device) != count_known (life->office.stores[0], device)
          || count_known (life->office.stores[i], device) < count_known (life->office.stores[device - 1], device))
        return FALSE;
  return TRUE;
}

static gboolean
knew (const Written *later,
      const Written *earlier)
{
  return later->known[earlier->machine] >= earlier->seq;
}

/* Nobody who wrote there later knew of it. */
static gboolean
stands (Life          *life,
        const Written *written)
{
  for (guint i = 0; i < life->written->len; i++)
    {
      const Written *other = &g_array_index (life->written, Written, i);

      if (other != written && other->ticket == written->ticket && knew (other, written))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_disputed (Life *life,
             KipId ticket)
{
  gint64 value = 0;

  for (guint i = 0; i < life->written->len; i++)
    {
      const Written *written = &g_array_index (life->written, Written, i);

      if (written->ticket != ticket || !stands (life, written))
        continue;
      if (value != 0 && value != written->value)
        return TRUE;
      value = written->value;
    }
  return FALSE;
}

static guint
check_ticket (Life *life,
              KipId ticket)
{
  gboolean disputed = is_disputed (life, ticket);
  g_autoptr (KipTicketRow) first = get_row (life->office.stores[0], ticket);

  for (guint i = 0; i < MACHINES; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (life->office.stores[i], ticket);

      g_assert_nonnull (row);
      g_assert_cmpint (row->conflict, ==, disputed);
      g_assert_cmpint (row->priority, ==, first->priority);
      g_assert_cmpint (row->updated, ==, first->updated);
    }
  return disputed;
}

static void
heal (Life *life)
{
  sim_share_set_rates (life->share, 0, SIM_N_FAULTS - 1, 0);
  for (guint n = 0; !are_equal (life); n++)
    {
      g_assert_cmpuint (n, <, PATIENCE);
      do_round (life, n % MACHINES);
      sim_world_sleep (life->world, 5000);
    }
}

static guint
live (guint32 seed)
{
  guint disputed = 0;
  Life life;

  g_test_message ("seed %u", seed);
  life_init (&life, seed);
  sim_share_set_rates (life.share, 0, SIM_LAST_HARMLESS, 1000);
  for (guint step = 0; step < STEPS; step++)
    {
      guint i = (guint) sim_world_below (life.world, MACHINES);

      work (&life, i);
      if (sim_world_below (life.world, 3) == 0)
        do_round (&life, (guint) sim_world_below (life.world, MACHINES));
    }
  heal (&life);
  for (guint i = 0; i < life.office.tickets->len; i++)
    disputed += check_ticket (&life, g_array_index (life.office.tickets, KipId, i));
  for (guint i = 0; i < MACHINES; i++)
    {
      assert_rebuilds_same (life.office.stores[i]);
      assert_whole (life.office.stores[i]);
    }
  life_clear (&life);
  return disputed;
}

static void
test_live (void)
{
  const char *seeds = g_getenv ("KIP_SEEDS"), *base = g_getenv ("KIP_SEED");
  guint32 n = seeds != NULL ? (guint32) g_ascii_strtoull (seeds, NULL, 10) : 6;
  guint32 first = base != NULL ? (guint32) g_ascii_strtoull (base, NULL, 10) : 1;
  guint disputed = 0;

  for (guint32 seed = first; seed < first + n; seed++)
    disputed += live (seed);
  g_test_message ("%u tickets with a conflict", disputed);
  g_assert_cmpuint (disputed, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/stores/live", test_live);
  return g_test_run ();
}
