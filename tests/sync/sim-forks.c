/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-replica-private.h"

#include <string.h>

/* Copies of a machine's data, and how two that write as one become two: as kip-store-forks.c has it. */

/* ---- copies ---- */

static void
copy_line (SimDisk       *copy,
           const SimLine *line)
{
  SimLine *other = g_memdup2 (line, sizeof *line);

  other->raws = g_ptr_array_copy (line->raws, (GCopyFunc) (void (*)(void))kip_raw_change_ref, NULL);
  g_ptr_array_add (copy->lines, other);
}

static void
copy_waiting (SimDisk          *copy,
              const SimWaiting *waiting)
{
  SimWaiting *other = g_memdup2 (waiting, sizeof *waiting);

  other->raw = kip_raw_change_ref (waiting->raw);
  g_ptr_array_add (copy->waiting, other);
}

static void
read_said (SimDisk *disk)
{
  g_ptr_array_set_size (disk->said, 0);
  for (guint i = 0; i < disk->lines->len; i++)
    {
      GPtrArray *raws = ((SimLine *) g_ptr_array_index (disk->lines, i))->raws;

      for (guint j = 0; j < raws->len; j++)
        {
          g_autoptr (KipChange) change = kip_raw_change_decode (g_ptr_array_index (raws, j), NULL, NULL);
          gboolean speaks = FALSE;

          for (guint k = 0; k < change->events->len; k++)
            speaks |= kip_members_is_of_them (g_ptr_array_index (change->events, k));
          if (speaks)
            g_ptr_array_add (disk->said, g_steal_pointer (&change));
        }
    }
  sim_disk_count_members (disk);
}

SimDisk *
sim_disk_copy (SimDisk *disk,
               gpointer data)
{
  SimDisk *copy = sim_disk_new (disk->has_author ? &disk->author : NULL, disk->founder_key, disk->taken, data);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < disk->lines->len; i++)
    copy_line (copy, g_ptr_array_index (disk->lines, i));
  for (guint i = 0; i < disk->waiting->len; i++)
    copy_waiting (copy, g_ptr_array_index (disk->waiting, i));
  g_hash_table_iter_init (&iter, disk->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->states, g_strdup (key), g_bytes_ref (value));
  g_hash_table_iter_init (&iter, disk->purged);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy->purged, g_memdup2 (key, sizeof (KipId)));
  g_array_append_vals (copy->purges, disk->purges->data, disk->purges->len);
  read_said (copy);
  return copy;
}

void
sim_disk_each (SimDisk *disk,
               void ( *func )(KipChange *change, gpointer data),
               gpointer data)
{
  for (guint i = 0; i < disk->lines->len; i++)
    {
      GPtrArray *raws = ((SimLine *) g_ptr_array_index (disk->lines, i))->raws;

      for (guint j = 0; j < raws->len; j++)
        {
          g_autoptr (KipChange) change = kip_raw_change_decode (g_ptr_array_index (raws, j), NULL, NULL);

          func (change, data);
        }
    }
}

/* ---- lines ---- */

typedef struct
{
  SimDisk *disk;
  guint8   hash[KIP_HASH_SIZE];
} Log;

static const guint8 *
look_up (guint32  device,
         guint64  seq,
         gpointer data)
{
  Log *log = data;
  SimLine *line = sim_disk_find_line (log->disk, device);

  if (line == NULL || seq == 0 || seq > line->raws->len)
    return NULL;
  sim_raw_hash (g_ptr_array_index (line->raws, seq - 1), log->hash);
  return log->hash;
}

static void
drop (SimDisk *disk,
      guint32  device,
      guint64  last)
{
  Log log = { .disk = disk };
  SimLine *line = sim_disk_find_line (disk, device);

  g_ptr_array_set_size (line->raws, (guint) last);
  memset (line->hash, 0, sizeof line->hash);
  if (last > 0)
    memcpy (line->hash, look_up (device, last, &log), sizeof line->hash);
  read_said (disk);
}

static gboolean
is_given_up (SimDisk         *disk,
             const KipMember *twin)
{
  Log log = { .disk = disk };
  const guint8 *ours = twin->twin_of != 0 ? look_up (twin->twin_of, twin->twin_last + 1, &log) : NULL;

  return ours != NULL && memcmp (ours, twin->given_up, KIP_HASH_SIZE) == 0;
}

/* What the twin says is in the log, so that the members stay the same. */
static void
drop_given_up (SimDisk  *disk,
               KipForks *forks)
{
  g_autoptr (KipMembers) members = kip_members_ref (disk->members);
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (!is_given_up (disk, member))
        continue;
      if (disk->has_author && member->twin_of == disk->author.number)
        {
          forks->own = (KipFork) { .device = member->twin_of, .last = member->twin_last };
          memcpy (forks->own.ours, member->given_up, KIP_HASH_SIZE);
          continue;
        }
      drop (disk, member->twin_of, member->twin_last);
      forks->n_dropped++;
    }
}

static GPtrArray *
waiting_of (SimDisk *disk,
            guint32  device)
{
  GPtrArray *raws = g_ptr_array_new ();

  for (guint i = 0; i < disk->waiting->len; i++)
    {
      KipRawChange *raw = ((SimWaiting *) g_ptr_array_index (disk->waiting, i))->raw;

      if (raw->device == device)
        g_ptr_array_add (raws, raw);
    }
  return raws;
}

void
sim_disk_find_forks (SimDisk  *disk,
                     KipForks *forks)
{
  Log log = { .disk = disk };

  memset (forks, 0, sizeof *forks);
  drop_given_up (disk, forks);
  for (guint i = 0; i < disk->lines->len && disk->waiting->len > 0; i++)
    {
      guint32 device = ((SimLine *) g_ptr_array_index (disk->lines, i))->device;
      g_autoptr (GPtrArray) others = waiting_of (disk, device);
      KipFork fork;

      if (others->len == 0 || !kip_fork_find (others, device, disk->members, look_up, &log, &fork))
        continue;
      if (!disk->has_author || device != disk->author.number)
        forks->cloned = device;
      else if (forks->own.device == 0)
        forks->own = fork;
    }
}

/* ---- giving way ---- */

static GHashTable *numbers; /* number of a twin → its key, as GBytes */

void
sim_disks_begin (void)
{
  g_clear_pointer (&numbers, g_hash_table_unref);
  numbers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
}

static guint32
give_number (const guint8 *key,
             KipMembers   *members)
{
  g_autoptr (GBytes) wanted = g_bytes_new (key, KIP_MEMBER_KEY_SIZE);
  guint32 number = kip_fork_derive_number (key, members);
  GBytes *has;

  while ((has = g_hash_table_lookup (numbers, GUINT_TO_POINTER (number))) != NULL && !g_bytes_equal (has, wanted))
    number++;
  g_hash_table_insert (numbers, GUINT_TO_POINTER (number), g_steal_pointer (&wanted));
  return number;
}

static void
add_ids (GHashTable *ids,
         GPtrArray  *raws,
         guint       from,
         guint       to)
{
  for (guint i = from; i < to; i++)
    {
      g_autoptr (KipChange) change = kip_raw_change_decode (g_ptr_array_index (raws, i), NULL, NULL);

      for (guint j = 0; j < change->events->len; j++)
        {
          KipId id = ((KipEvent *) g_ptr_array_index (change->events, j))->entity;

          g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
        }
    }
}

/* Those of @raws from @last on that nobody else speaks of. */
static void
name_made (SimDisk      *disk,
           KipForkNames *names,
           GPtrArray    *raws,
           guint         last)
{
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < disk->lines->len; i++)
    {
      const SimLine *line = g_ptr_array_index (disk->lines, i);

      if (line->raws != raws)
        add_ids (others, line->raws, 0, line->device == names->from ? MIN (last, line->raws->len) : line->raws->len);
    }
  add_ids (others, raws, 0, last);
  add_ids (made, raws, last, raws->len);
  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (others, id) && KIP_ID_COUNTER (*(KipId *) id) != 0)
      kip_fork_names_add (names, *(KipId *) id);
}

/* What @raws says after @last, by a twin of @device; that is @device then. (transfer full) */
static GPtrArray *
say_again (SimDisk   *disk,
           Device    *device,
           GPtrArray *raws,
           guint64    last)
{
  KipTwin twin = { .of = device->number, .last = last };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  g_autoptr (KipForkNames) names = NULL;
  guint8 secret[64];

  sim_raw_hash (g_ptr_array_index (raws, last), twin.given_up);
  kip_fork_derive_key (device->secret_key, twin.given_up, twin.key, secret);
  names = kip_fork_names_new (device->number, give_number (twin.key, disk->members), last);
  name_made (disk, names, raws, (guint) last);
  for (guint i = (guint) last; i < raws->len; i++)
    g_ptr_array_add (changes, kip_raw_change_decode (g_ptr_array_index (raws, i), NULL, NULL));
  kip_twin_sign (&twin, names->to, device->secret_key);
  device->number = names->to;
  memcpy (device->public_key, twin.key, sizeof device->public_key);
  memcpy (device->secret_key, secret, sizeof device->secret_key);
  return kip_fork_say_again (names, &twin, secret, changes);
}

static guint
find_other (SimDisk   *disk,
            guint32    device,
            GPtrArray *said)
{
  Log log = { .disk = disk };
  guint8 hash[KIP_HASH_SIZE];

  for (guint i = 0; i < said->len; i++)
    {
      const guint8 *known = look_up (device, i + 1, &log);

      sim_raw_hash (g_ptr_array_index (said, i), hash);
      if (known != NULL && memcmp (known, hash, sizeof hash) != 0)
        return i;
    }
  return said->len;
}

static void
stand_at_end (SimDisk *disk,
              Device  *device)
{
  SimLine *line = sim_disk_find_line (disk, device->number);

  g_assert_nonnull (line);
  device->seq = line->raws->len;
  memcpy (device->hash, line->hash, sizeof device->hash);
}

void
sim_disk_give_way (SimDisk       *disk,
                   const KipFork *fork)
{
  Device *device = &disk->author;
  g_autoptr (GPtrArray) line = g_ptr_array_ref (sim_disk_find_line (disk, fork->device)->raws);
  g_autoptr (GPtrArray) said = say_again (disk, device, line, fork->last);
  KipReceived received = { 0 };

  drop (disk, fork->device, fork->last);
  for (guint parted = find_other (disk, device->number, said); parted < said->len; parted = find_other (disk, device->number, said))
    {
      GPtrArray *rest = say_again (disk, device, said, parted);

      g_ptr_array_unref (said);
      said = rest;
    }
  sim_disk_take_in (disk, said, &received);
  stand_at_end (disk, device);
}
