/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-pair.h"

#include "kip-sync-move.h"

#include <string.h>

static const KipSyncOptions options = { 1, 8192, "test" };

/* ---- an office of two ---- */

KipCarrier *
open_carrier (Desk       *desk,
              const char *name)
{
  g_autofree char *path = g_build_filename ("/anywhere", name, NULL);

  return kip_carrier_new_share (sim_mount_open (desk->mount), path);
}

/* One machine knows as much as the other once it is started again: those who are told of a new key are in the file. */
static gboolean
keep_keys (const KipShareKeys *keys,
           gpointer            data,
           GError            **error)
{
  Office *office = data;

  g_bytes_unref (office->keys);
  office->keys = kip_share_keys_to_bytes (keys);
  return TRUE;
}

void
start_desk (Office *office,
            Desk   *desk)
{
  g_clear_pointer (&desk->engine, kip_sync_engine_free);
  desk->crashes = sim_mount_count_crashes (desk->mount);
  desk->engine = kip_sync_engine_new (open_carrier (desk, desk->name), sim_replica_new (desk->disk, office->world, desk->mount, 0),
                                      kip_share_keys_from_bytes (office->keys, NULL), &options);
  kip_sync_engine_set_keeper (desk->engine, keep_keys, office, NULL);
}

static void
init_desk (Office       *office,
           Desk         *desk,
           const Device *author)
{
  desk->disk = sim_disk_new (author, office->founder.public_key, NULL, NULL);
  desk->mount = sim_share_mount (office->share);
  desk->name = office->name;
  start_desk (office, desk);
}

static void
clear_desk (Desk *desk)
{
  kip_sync_engine_free (desk->engine);
  sim_disk_free (desk->disk);
}

void
write_some (Desk *desk,
            guint n)
{
  Device *author = sim_disk_get_author (desk->disk);

  for (guint i = 0; i < n; i++)
    sim_disk_write (desk->disk, one_edit (author, i));
}

KipSyncRound
round_of (Office *office,
          Desk   *desk)
{
  gint64 now = sim_world_now (office->world);
  g_autoptr (GError) error = NULL;
  KipSyncRound round = { 0 };

  kip_sync_engine_round (desk->engine, now, EPOCH + now, &round, NULL, NULL, &error);
  if (round.state == KIP_SYNC_MOVED && g_str_has_suffix (kip_sync_engine_get_moved (desk->engine)->path, NEW_NAME))
    go_after (desk, NEW_NAME);
  return round;
}

void
go_after (Desk       *desk,
          const char *name)
{
  desk->name = name;
  kip_sync_engine_go_to (desk->engine, open_carrier (desk, name));
}

void
look_back (Office     *office,
           Desk       *desk,
           const char *name)
{
  g_autoptr (KipSyncEngine) old = NULL;
  g_autofree char *path = g_build_filename ("/anywhere", desk->name, NULL);
  gint64 now = sim_world_now (office->world);
  KipSyncRound round;

  old = kip_sync_engine_new (open_carrier (desk, name), sim_replica_new_beside (desk->disk, office->world, desk->mount, "old-"),
                             kip_share_keys_from_bytes (office->keys, NULL), &options);
  kip_sync_engine_look_back (old, path, "/anywhere/" FILE_NAME, now, EPOCH + now, &round, NULL, NULL);
}

void
admit (Office       *office,
       const Device *device)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (1, 7), "admit");

  kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device->number), KIP_FIELD_MACHINE_KEY,
                  kip_value_bytes (device->public_key, sizeof device->public_key));
  sim_disk_write (office->desks[0].disk, change);
}

void
work (Office *office,
      guint   n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    {
      write_some (&office->desks[i % 2], 1);
      round_of (office, &office->desks[i % 2]);
      sim_world_sleep (office->world, 3000);
    }
  round_of (office, &office->desks[0]);
  round_of (office, &office->desks[1]);
}

void
office_init (Office *office,
             guint64 seed,
             guint   n_frames)
{
  guint8 id[KIP_OFFICE_ID_SIZE] = { 7 };
  g_autoptr (KipShareKeys) keys = kip_share_keys_new (id);
  g_autoptr (GError) error = NULL;
  Device second;

  memset (office, 0, sizeof *office);
  office->name = FILE_NAME;
  office->n_desks = 2;
  kip_share_keys_begin_generation (keys);
  office->keys = kip_share_keys_to_bytes (keys);
  office->world = sim_world_new (seed);
  office->share = sim_share_new (office->world);
  device_init (&office->founder, 1);
  device_init (&second, 2);
  init_desk (office, &office->desks[0], &office->founder);
  init_desk (office, &office->desks[1], &second);
  admit (office, &second);
  kip_sync_engine_create (office->desks[0].engine, NULL, EPOCH, NULL, &error);
  g_assert_no_error (error);
  round_of (office, &office->desks[0]);
  round_of (office, &office->desks[1]);
  work (office, n_frames);
}

void
add_third (Office *office)
{
  Device third;

  device_init (&third, 3);
  init_desk (office, &office->desks[2], &third);
  office->n_desks = 3;
  admit (office, &third);
  for (guint i = 0; i < 3; i++)
    round_of (office, &office->desks[i]);
}

void
office_clear (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    clear_desk (&office->desks[i]);
  sim_share_free (office->share);
  sim_world_free (office->world);
  g_bytes_unref (office->keys);
}

gboolean
has_file_all (Office *office)
{
  Desk desk = { 0 };
  gboolean is_all;

  init_desk (office, &desk, NULL);
  round_of (office, &desk);
  is_all = sim_disk_equal (desk.disk, office->desks[0].disk) && sim_disk_count_waiting (desk.disk) == 0;
  clear_desk (&desk);
  return is_all;
}

gboolean
are_equal (Office *office)
{
  for (guint i = 1; i < office->n_desks; i++)
    if (!sim_disk_equal (office->desks[0].disk, office->desks[i].disk))
      return FALSE;
  return TRUE;
}

void
assert_all_there (Office *office)
{
  g_assert_true (are_equal (office));
  g_assert_true (has_file_all (office));
}

/* ---- the file by hand ---- */

void
append_to_file (Office       *office,
                gconstpointer data,
                gsize         length)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, office->name);
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GBytes) longer = NULL;

  g_byte_array_append (all, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
  g_byte_array_append (all, data, (guint) length);
  longer = g_byte_array_free_to_bytes (all);
  sim_share_put (office->share, office->name, longer);
}

void
append_frame (Office *office,
              GBytes *frame)
{
  append_to_file (office, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
}

GBytes *
frame_of_type (Office       *office,
               KipFrameType  type,
               KipFrameFlags flags,
               const char   *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GBytes *frame = kip_frame_seal (kip_sync_engine_get_keys (office->desks[0].engine), type, flags, body, &error);

  g_assert_no_error (error);
  return frame;
}

guint
count_frames (Office      *office,
              KipFrameType type,
              const char  *text)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, office->name);
  const KipShareKeys *keys = kip_sync_engine_get_keys (office->desks[0].engine);
  gsize at = KIP_SHARE_HEADER_SIZE;
  gboolean go_on = TRUE;
  guint n = 0;

  while (go_on)
    {
      KipFound found;

      kip_frame_find (keys, file, 0, at, TRUE, &found);
      n += found.kind == KIP_FOUND_FRAME && found.type == type
           && (text == NULL || (g_bytes_get_size (found.body) == strlen (text) && memcmp (g_bytes_get_data (found.body, NULL), text, strlen (text)) == 0));
      go_on = found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED;
      at = (gsize) (found.offset + found.length);
      kip_found_clear (&found);
    }
  return n;
}

void
heal (Office  *office,
      guint64  k,
      SimFault fault)
{
  gint64 begun = sim_world_now (office->world), limit = fault <= SIM_LAST_HARMLESS ? 10 * MINUTE : 27 * 60 * MINUTE;

  for (;;)
    {
      gint64 passed = sim_world_now (office->world) - begun;

      for (guint i = 0; i < office->n_desks; i++)
        round_of (office, &office->desks[i]);
      if (are_equal (office) && has_file_all (office))
        return;
      if (passed >= limit)
        g_error ("call %" G_GUINT64_FORMAT ", %s: not healed, equal: %d", k, sim_fault_get_name (fault),
                 are_equal (office));
      sim_world_sleep (office->world, passed < 10 * MINUTE ? 1000 : 20 * MINUTE);
    }
}
