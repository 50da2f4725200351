/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "files-office.h"

#include "kip-keys.h"

#include <string.h>

/* ---- machines ---- */

void
start_desk (Desk *desk)
{
  static const KipSyncOptions options = { 1, 8192, "simulation" };
  Office *office = desk->office;
  KipCarrier *carrier = kip_carrier_new_share (sim_mount_open (desk->mount), "/anywhere/Office.kip");
  KipCarrierLook look;

  desk->crashes = sim_mount_count_crashes (desk->mount);
  /* As the engine does: what lies there is compared with the first time. */
  if (!desk->has_place && kip_carrier_look (carrier, &look, NULL, NULL))
    {
      desk->place = look.place;
      desk->has_place = TRUE;
    }
  kip_carrier_expect_place (carrier, &desk->place);
  desk->engine = kip_sync_engine_new (carrier, sim_replica_new (desk->disk, office->world, desk->mount, 0),
                                      fixed_keys (1, 2, office->generations), &options);
  desk->files = kip_share_files_new (desk->engine, sim_shelf_open (desk->shelf));
  desk->files->chunk = CHUNK;
  kip_share_files_want_all (desk->files);
}

void
stop_desk (Desk *desk)
{
  g_clear_pointer (&desk->files, kip_share_files_free);
  g_clear_pointer (&desk->engine, kip_sync_engine_free);
}

static void
init_desk (Office *office,
           guint   i)
{
  Desk *desk = &office->desks[i];
  Device device;

  device_init (&device, i + 1);
  desk->office = office;
  desk->device = i + 1;
  desk->disk = sim_disk_new (&device, device.public_key, NULL, NULL);
  desk->shelf = sim_shelf_new ();
  desk->mount = sim_share_mount (office->share);
  start_desk (desk);
}

void
office_init (Office *office,
             guint64 seed,
             guint   n_desks)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("file", 4);

  memset (office, 0, sizeof *office);
  office->seed = seed;
  office->world = sim_world_new (seed);
  office->share = sim_share_new (office->world);
  office->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  office->generations = 2;
  office->n_desks = n_desks;
  sim_share_put (office->share, "Office.kip", file);
  for (guint i = 0; i < n_desks; i++)
    init_desk (office, i);
}

void
office_clear (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    {
      Desk *desk = &office->desks[i];

      stop_desk (desk);
      sim_disk_free (desk->disk);
      sim_shelf_free (desk->shelf);
      g_clear_pointer (&desk->lacks, g_ptr_array_unref);
      g_clear_error (&desk->problem);
    }
  sim_share_free (office->share);
  sim_world_free (office->world);
  g_ptr_array_unref (office->contents);
}

gint64
wall (Office *office)
{
  return EPOCH + sim_world_now (office->world);
}

/* ---- what they do ---- */

GBytes *
make_content (Office *office,
              gsize   length)
{
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) sim_world_random (office->world);
  return g_bytes_new_take (data, length);
}

/* The event is with all at once: what is tried here is the way of the bytes. */
GBytes *
attach (Office *office,
        Desk   *desk,
        gsize   length)
{
  GBytes *bytes = make_content (office, length);

  g_ptr_array_add (office->contents, bytes);
  for (guint i = 0; i < office->n_desks; i++)
    {
      Desk *other = &office->desks[i];

      sim_shelf_name (other->shelf, bytes, desk->device, wall (office), other == desk);
      if (other->files != NULL)
        kip_share_files_look (other->files);
    }
  return bytes;
}

static void
hear_others (Desk *desk)
{
  for (guint i = 0; i < desk->office->n_desks; i++)
    {
      Desk *other = &desk->office->desks[i];

      for (guint j = 0; other != desk && other->lacks != NULL && j < other->lacks->len; j++)
        kip_share_files_doubt (desk->files, g_bytes_get_data (g_ptr_array_index (other->lacks, j), NULL));
    }
  g_clear_pointer (&desk->lacks, g_ptr_array_unref);
  desk->lacks = kip_share_files_lacks (desk->files);
}

void
poll_once (Desk *desk)
{
  Office *office = desk->office;
  gboolean more = TRUE;

  if (sim_mount_count_crashes (desk->mount) != desk->crashes)
    {
      stop_desk (desk);
      start_desk (desk);
    }
  hear_others (desk);
  g_clear_error (&desk->problem);
  for (guint i = 0; i < 200 && more; i++)
    {
      g_clear_error (&desk->problem);
      more = kip_share_files_step (desk->files, sim_world_now (office->world), wall (office), NULL, &desk->problem);
    }
}

gboolean
has_all (Office *office,
         Desk   *desk)
{
  for (guint i = 0; i < office->contents->len; i++)
    {
      GBytes *content = g_ptr_array_index (office->contents, i);
      g_autoptr (GBytes) here = sim_shelf_get (desk->shelf, content);

      if (here == NULL)
        return FALSE;
      g_assert_true (g_bytes_equal (here, content));
    }
  return TRUE;
}

gboolean
have_all (Office *office)
{
  for (guint i = 0; i < office->n_desks; i++)
    if (!has_all (office, &office->desks[i]))
      return FALSE;
  return TRUE;
}

void
poll_all (Office *office,
          gint64  length)
{
  gint64 end = sim_world_now (office->world) + length;

  while (sim_world_now (office->world) < end)
    {
      for (guint i = 0; i < office->n_desks; i++)
        poll_once (&office->desks[i]);
      sim_world_sleep (office->world, POLL);
    }
}

guint64
written (Office *office)
{
  guint64 n = 0;

  for (guint i = 0; i < office->n_desks; i++)
    n += sim_mount_count_written (office->desks[i].mount);
  return n;
}

guint
count_names (Office     *office,
             const char *ending)
{
  g_autoptr (GPtrArray) names = sim_share_list (office->share);
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (names, i), FOLDER) && g_str_has_suffix (g_ptr_array_index (names, i), ending);
  return n;
}

KipFileStatus
status_of (Desk   *desk,
           GBytes *content)
{
  KipFileStatus status;
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);

  kip_hash_bytes (data, length, hash);
  g_assert_true (kip_share_files_status (desk->files, hash, &status));
  return status;
}
