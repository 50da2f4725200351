/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-frames [--check] [--tickets N]: change-sets sealed for the shared file, and found, unsealed, taken apart and
 * proved by their chain and signatures, on one core and on two; beside BLAKE2b over the very same bytes.
 * With --tickets they are those of a large office, else made up. */

#include "sync-fixture.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "big-office.h"
#include "kip-keys.h"
#include "kip-store-share.h"

#define MADE_UP 60000
#define TARGET 65536 /* bytes in a frame */
#define ROUNDS 3
#define GOAL 50000   /* change-sets a second on two cores */

typedef struct
{
  KipShareKeys *keys;
  GPtrArray *changes; /* (owned) of KipRawChange */
  GPtrArray *frames;  /* (owned) of GBytes */
  guint8 public_key[32];
  gsize raw_bytes, sealed_bytes;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) MAX (1, g_get_monotonic_time () - began) / 1e6;
}

/* ---- the yardstick ---- */

static double
measure_hash (Bench *bench)
{
  double best = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 began = g_get_monotonic_time ();
      guint8 hash[KIP_HASH_SIZE];

      for (guint i = 0; i < bench->changes->len; i++)
        {
          const KipRawChange *raw = g_ptr_array_index (bench->changes, i);

          kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
        }
      best = MAX (best, bench->changes->len / seconds_since (began));
    }
  return best;
}

/* ---- sealing ---- */

static double
measure_seal (Bench *bench)
{
  double best = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 began = g_get_monotonic_time ();

      g_clear_pointer (&bench->frames, g_ptr_array_unref);
      bench->frames = kip_frame_seal_changes (bench->keys, bench->changes, TARGET, NULL);
      best = MAX (best, bench->changes->len / seconds_since (began));
    }
  for (guint i = 0; i < bench->frames->len; i++)
    bench->sealed_bytes += g_bytes_get_size (g_ptr_array_index (bench->frames, i));
  return best;
}

/* ---- opening ---- */

/* A row of change-sets of one device: each must name the one before it, and the last that is signed vouches for them. */
static void
prove (Bench     *bench,
       GPtrArray *changes)
{
  guint8 hash[KIP_HASH_SIZE], previous[KIP_HASH_SIZE] = { 0 }, vouched[KIP_HASH_SIZE];
  const guint8 *signature = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i);
      gsize length;
      const guint8 *data = g_bytes_get_data (raw->bytes, &length);

      if (i > 0 && memmem (data, MIN (length, 96), previous, sizeof previous) == NULL)
        g_error ("the chain is broken");
      kip_hash_bytes (data, length, hash);
      memcpy (previous, hash, sizeof previous);
      if (raw->is_signed)
        {
          signature = raw->signature;
          memcpy (vouched, hash, sizeof vouched);
        }
    }
  if (signature != NULL && !kip_keys_verify (bench->public_key, vouched, signature))
    g_error ("the signature is wrong");
}

typedef struct
{
  Bench *bench;
  guint from, step;
  guint n;
} Share;

static gpointer
open_share (gpointer data)
{
  Share *share = data;

  for (guint i = share->from; i < share->bench->frames->len; i += share->step)
    {
      g_autoptr (GPtrArray) changes = NULL;
      KipFound found;

      kip_frame_find (share->bench->keys, g_ptr_array_index (share->bench->frames, i), 0, 0, TRUE, &found);
      changes = found.type == KIP_FRAME_CHANGES ? kip_frame_unpack_changes (found.body, NULL) : NULL;
      kip_found_clear (&found);
      if (changes == NULL)
        continue;
      prove (share->bench, changes);
      share->n += changes->len;
    }
  return NULL;
}

static double
measure_open (Bench *bench,
              guint  n_threads)
{
  double best = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 began = g_get_monotonic_time ();
      Share shares[2] = { { bench, 0, n_threads, 0 }, { bench, 1, n_threads, 0 } };
      GThread *second = n_threads == 2 ? g_thread_new ("open", open_share, &shares[1]) : NULL;

      open_share (&shares[0]);
      if (second != NULL)
        g_thread_join (second);
      best = MAX (best, (shares[0].n + shares[1].n) / seconds_since (began));
    }
  return best;
}

/* ---- what is sealed ---- */

static void
make_up (Bench *bench)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Device device;

  device_init (&device, 1);
  memcpy (bench->public_key, device.public_key, sizeof bench->public_key);
  bench->changes = random_changes (&device, rand, MADE_UP);
  for (guint i = 0; i < bench->changes->len; i++)
    {
      KipRawChange *raw = g_ptr_array_index (bench->changes, i);
      guint8 hash[KIP_HASH_SIZE];

      kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
      crypto_sign_detached (raw->signature, NULL, hash, sizeof hash, device.secret_key);
      raw->is_signed = TRUE;
    }
}

static void
take_large_office (Bench *bench,
                   guint  n_tickets)
{
  g_autoptr (KipStore) store = big_office_open (n_tickets);
  guint8 secret_key[64];

  if (!kip_store_get_signing_key (store, bench->public_key, secret_key, NULL))
    g_error ("no key");
  bench->changes = kip_store_changes_since (store, NULL, 1000u * n_tickets, NULL);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .keys = fixed_keys (1, 2, 1) };
  gboolean is_check = argc > 1 && strcmp (argv[1], "--check") == 0;
  double hash, seal, one, two;

  if (argc > 2 && strcmp (argv[1], "--tickets") == 0)
    take_large_office (&bench, (guint) g_ascii_strtoull (argv[2], NULL, 10));
  else
    make_up (&bench);
  for (guint i = 0; i < bench.changes->len; i++)
    bench.raw_bytes += g_bytes_get_size (((KipRawChange *) g_ptr_array_index (bench.changes, i))->bytes);
  hash = measure_hash (&bench);
  seal = measure_seal (&bench);
  one = measure_open (&bench, 1);
  two = measure_open (&bench, 2);
  g_print ("BENCH\tchange-sets, bytes each, bytes of file each\t%u, %.0f, %.0f\t-\t-\n", bench.changes->len,
           (double) bench.raw_bytes / bench.changes->len, (double) bench.sealed_bytes / bench.changes->len);
  g_print ("BENCH\tBLAKE2b over them, one core\t%.0f thousand/s\t-\t-\n", hash / 1e3);
  g_print ("BENCH\tseal, one core\t%.0f thousand/s\t-\t-\n", seal / 1e3);
  g_print ("BENCH\topen and prove, one core\t%.0f thousand/s\t-\t-\n", one / 1e3);
  g_print ("BENCH\topen and prove, two cores\t%.0f thousand/s, BLAKE2b is %.1f times as fast\t>= %d thousand/s\t%s\n", two / 1e3,
           hash / two, GOAL / 1000, two >= GOAL ? "ok" : "missed");
  g_ptr_array_unref (bench.frames);
  g_ptr_array_unref (bench.changes);
  kip_share_keys_free (bench.keys);
  if (!is_check || two >= GOAL)
    return 0;
  g_printerr ("fewer than %d change-sets a second\n", GOAL);
  return 1;
}
