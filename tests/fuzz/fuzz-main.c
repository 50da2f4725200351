/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>

/* Runs a fuzz target without libFuzzer: every file of the folder given, then
 * that with small changes, for as many rounds as an ordinary test may take.
 *   fuzz-NAME FOLDER [ROUNDS] */
#define DEFAULT_ROUNDS 2000
#define MAX_SIZE 4096

static GPtrArray *
read_folder (const char *folder)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *data = NULL;
      gsize size = 0;

      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (seeds, g_bytes_new_take (data, size));
    }
  return seeds;
}

/* Exactly as large as it is, so that a step beyond its end is seen. */
static void
run (const guint8 *data,
     gsize         size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  g_assert_cmpint (LLVMFuzzerTestOneInput (copy, size), ==, 0);
}

static void
change_once (GRand      *rand,
             GByteArray *bytes,
             GBytes     *other)
{
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  gsize other_size;
  const guint8 *other_data = g_bytes_get_data (other, &other_size);
  guint8 byte = (guint8) g_rand_int (rand);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      if (bytes->len > 0)
        bytes->data[at] = byte;
      break;
    case 1:
      if (bytes->len > 0)
        bytes->data[at] ^= (guint8) (1u << (byte & 7));
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    case 3:
      if (bytes->len > 0)
        g_byte_array_remove_index (bytes, at);
      break;
    default:
      if (other_size > 0 && bytes->len + other_size <= MAX_SIZE)
        g_byte_array_append (bytes, other_data, (guint) g_rand_int_range (rand, 0, (gint32) other_size) + 1);
      break;
    }
}

static GBytes *
pick (GRand     *rand,
      GPtrArray *seeds)
{
  return g_ptr_array_index (seeds, g_rand_int_range (rand, 0, (gint32) seeds->len));
}

static void
run_changed (GRand     *rand,
             GPtrArray *seeds)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (pick (rand, seeds), &size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int changes = g_rand_int_range (rand, 1, 5);

  g_byte_array_append (bytes, data, (guint) size);
  for (int i = 0; i < changes; i++)
    change_once (rand, bytes, pick (rand, seeds));
  run (bytes->data, bytes->len);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) seeds = NULL;
  guint64 rounds = DEFAULT_ROUNDS;
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_assert_cmpint (argc, >=, 2);
  if (argc > 2)
    g_assert_true (g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXINT32, &rounds, NULL));
  seeds = read_folder (argv[1]);
  g_assert_cmpuint (seeds->len, >, 0);
  g_print ("%u files, then %u changed ones, seed %u\n", seeds->len, (guint) rounds, seed);
  run (NULL, 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      run (data, size);
    }
  for (guint64 i = 0; i < rounds; i++)
    run_changed (rand, seeds);
  return 0;
}
