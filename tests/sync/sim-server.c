/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-office.h"

#include <string.h>

/* What is done to the file, by a hand that is not Kip's. */

static GByteArray *
copy_file (SimOffice *office)
{
  g_autoptr (GBytes) bytes = sim_share_get (office->share, SIM_FILE);
  gsize length;
  gconstpointer data;
  GByteArray *copy;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  copy = g_byte_array_new ();
  g_byte_array_append (copy, data, (guint) length);
  return copy;
}

static void
put_file (SimOffice  *office,
          GByteArray *copy)
{
  g_autoptr (GBytes) bytes = g_bytes_new (copy->data, copy->len);

  sim_share_put (office->share, SIM_FILE, bytes);
}

static void
delete_file (SimOffice *office)
{
  sim_share_put (office->share, SIM_FILE, NULL);
}

static void
empty_file (SimOffice *office)
{
  g_autoptr (GByteArray) none = g_byte_array_new ();

  put_file (office, none);
}

static void
cut_file (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);

  if (copy == NULL || copy->len == 0)
    return;
  g_byte_array_set_size (copy, (guint) sim_world_below (office->world, copy->len));
  put_file (office, copy);
}

static void
cut_tail (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);

  if (copy == NULL || copy->len < KIP_SHARE_HEADER_SIZE + 100)
    return;
  g_byte_array_set_size (copy, copy->len - 1 - (guint) sim_world_below (office->world, 300));
  put_file (office, copy);
}

static void
flip_file (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);

  if (copy == NULL || copy->len == 0)
    return;
  copy->data[sim_world_below (office->world, copy->len)] ^= (guint8) (1 << sim_world_below (office->world, 8));
  put_file (office, copy);
}

/* Zeros or noise over a stretch of it. */
static void
spoil_file (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);
  gboolean is_noise = sim_world_below (office->world, 2) == 0;
  guint from, length;

  if (copy == NULL || copy->len == 0)
    return;
  from = (guint) sim_world_below (office->world, copy->len);
  length = 1 + (guint) sim_world_below (office->world, 5000);
  length = MIN (copy->len - from, length);
  for (guint i = 0; i < length; i++)
    copy->data[from + i] = is_noise ? (guint8) sim_world_random (office->world) : 0;
  put_file (office, copy);
}

static void
spoil_header (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);

  if (copy == NULL || copy->len < KIP_SHARE_HEADER_SIZE)
    return;
  memset (copy->data + sim_world_below (office->world, KIP_SHARE_HEADER_SIZE - 64), 0x5a, 64);
  put_file (office, copy);
}

static void
replace_file (SimOffice *office)
{
  static const char text[] = "This was a file once, and now somebody wrote a letter in its place.\n";
  g_autoptr (GByteArray) letter = g_byte_array_new ();

  for (guint i = 0; i < 1 + sim_world_below (office->world, 200); i++)
    g_byte_array_append (letter, (const guint8 *) text, sizeof text - 1);
  put_file (office, letter);
}

/* A tail of something that is no frame, as another program's write leaves it. */
static void
litter_file (SimOffice *office)
{
  g_autoptr (GByteArray) copy = copy_file (office);

  if (copy == NULL || copy->len == 0)
    return;
  for (guint n = 1 + (guint) sim_world_below (office->world, 700); n > 0; n--)
    {
      guint8 byte = (guint8) sim_world_random (office->world);

      g_byte_array_append (copy, &byte, 1);
    }
  put_file (office, copy);
}

static void
back_up (SimOffice *office)
{
  g_clear_pointer (&office->backup, sim_backup_free);
  office->backup = sim_share_back_up (office->share);
}

static void
restore (SimOffice *office)
{
  if (office->backup != NULL)
    sim_share_restore (office->share, office->backup);
}

/* ---- the net and the machines ---- */

static SimDesk *
draw_desk (SimOffice *office)
{
  return &office->desks[sim_world_below (office->world, office->plan.n_desks)];
}

static gint64
draw_while (SimOffice *office)
{
  return 1000 + (gint64) sim_world_below (office->world, 5 * SIM_MINUTE);
}

static void
be_away (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);

  sim_mount_set_presence (desk->mount, SIM_FROZEN + sim_world_below (office->world, 3));
  sim_world_sleep (office->world, draw_while (office));
  sim_mount_set_presence (desk->mount, SIM_THERE);
}

/* The server itself is away: everybody's share is. */
static void
stop_server (SimOffice *office)
{
  SimPresence presence = SIM_FROZEN + sim_world_below (office->world, 3);

  for (guint i = 0; i < office->plan.n_desks; i++)
    sim_mount_set_presence (office->desks[i].mount, presence);
  sim_world_sleep (office->world, draw_while (office));
  for (guint i = 0; i < office->plan.n_desks; i++)
    sim_mount_set_presence (office->desks[i].mount, SIM_THERE);
}

static void
fill_share (SimOffice *office)
{
  g_autoptr (GBytes) file = sim_share_get (office->share, SIM_FILE);

  sim_share_set_room (office->share, (file != NULL ? g_bytes_get_size (file) : 0) + sim_world_below (office->world, 3000));
  sim_world_sleep (office->world, draw_while (office));
  sim_share_set_room (office->share, G_MAXUINT64);
}

static void
forbid_writing (SimOffice *office)
{
  sim_share_set_read_only (office->share, TRUE);
  sim_world_sleep (office->world, draw_while (office));
  sim_share_set_read_only (office->share, FALSE);
}

static void
switch_off (SimOffice *office)
{
  sim_mount_crash (draw_desk (office)->mount);
}

/* Stolen, or its disk broke: never the founder's, who has let the others in. */
static void
lose_desk (SimOffice *office)
{
  SimDesk *desk = draw_desk (office);

  if (desk == &office->desks[0] || sim_world_below (office->world, 4) > 0)
    return;
  sim_mount_crash (desk->mount);
  desk->is_lost = TRUE;
  sim_clones_excuse (desk);
}

static GBytes *
make_strange_file (void)
{
  guint8 id[KIP_OFFICE_ID_SIZE] = { 99 };
  g_autoptr (KipShareKeys) keys = kip_share_keys_new (id);
  Device stranger;

  device_init (&stranger, 1000);
  kip_share_keys_begin_generation (keys);
  return kip_share_header_make (keys, 1, NULL, NULL, 1, stranger.secret_key, 1, 8192, NULL);
}

/* For a while another office's file has the name of ours, and then ours is put back. */
static void
mix_up_files (SimOffice *office)
{
  g_autoptr (GBytes) ours = sim_share_get (office->share, SIM_FILE);
  g_autoptr (GBytes) strange = make_strange_file ();

  office->has_stranger = TRUE;
  sim_share_put (office->share, SIM_FILE, strange);
  sim_world_sleep (office->world, draw_while (office));
  sim_share_put (office->share, SIM_FILE, ours);
}

static void
set_clock (SimOffice *office)
{
  static const gint64 offsets[] = { 0, 3000, -90000, 3600000, -86400000, G_GINT64_CONSTANT (94608000000), -G_GINT64_CONSTANT (94608000000) };
  SimDesk *desk = draw_desk (office);

  if (!office->plan.has_wrong_clocks)
    return;
  desk->clock = offsets[sim_world_below (office->world, G_N_ELEMENTS (offsets))];
  sim_mount_set_clock (desk->mount, desk->clock);
}

void
sim_office_befall (gpointer data)
{
  static void (*const events[]) (SimOffice *office) = {
    delete_file, empty_file, cut_file, cut_tail, cut_tail, flip_file, flip_file, spoil_file, spoil_header, replace_file, litter_file,
    back_up, back_up, restore, restore, be_away, be_away, be_away, stop_server, fill_share, forbid_writing, switch_off, switch_off,
    set_clock, set_clock, lose_desk, mix_up_files
  };
  SimOffice *office = data;
  gint64 pause = office->plan.events > 0 ? office->plan.length / office->plan.events : 0;

  while (office->plan.events > 0 && sim_world_now (office->world) < office->until)
    {
      sim_world_sleep (office->world, 1 + (gint64) sim_world_below (office->world, (guint64) (2 * pause)));
      if (sim_world_now (office->world) < office->until)
        events[sim_world_below (office->world, G_N_ELEMENTS (events))] (office);
    }
}
