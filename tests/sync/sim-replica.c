/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-replica-private.h"

#include <string.h>

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-keys.h"
#include "kip-redact.h"

/* ---- what lies there ---- */

static void
line_free (gpointer data)
{
  SimLine *line = data;

  g_ptr_array_unref (line->raws);
  g_free (line);
}

static void
waiting_free (gpointer data)
{
  SimWaiting *waiting = data;

  kip_raw_change_unref (waiting->raw);
  g_free (waiting);
}

void
sim_disk_count_members (SimDisk *disk)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  for (guint i = 0; i < disk->said->len; i++)
    g_ptr_array_extend (events, ((KipChange *) g_ptr_array_index (disk->said, i))->events, NULL, NULL);
  g_clear_pointer (&disk->members, kip_members_unref);
  disk->members = kip_members_new (events, disk->founder_key);
}

SimDisk *
sim_disk_new (const Device *author,
              const guint8 *founder_key,
              SimTaken      taken,
              gpointer      data)
{
  SimDisk *disk = g_new0 (SimDisk, 1);

  disk->has_author = author != NULL;
  if (author != NULL)
    disk->author = *author;
  memcpy (disk->founder_key, founder_key, sizeof disk->founder_key);
  disk->taken = taken;
  disk->data = data;
  disk->lines = g_ptr_array_new_with_free_func (line_free);
  disk->waiting = g_ptr_array_new_with_free_func (waiting_free);
  disk->said = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  disk->purged = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  disk->purges = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  disk->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  sim_disk_count_members (disk);
  return disk;
}

void
sim_disk_free (SimDisk *disk)
{
  g_ptr_array_unref (disk->lines);
  g_ptr_array_unref (disk->waiting);
  g_ptr_array_unref (disk->said);
  kip_members_unref (disk->members);
  g_hash_table_unref (disk->purged);
  g_array_unref (disk->purges);
  g_hash_table_unref (disk->states);
  g_free (disk);
}

SimLine *
sim_disk_find_line (SimDisk *disk,
                    guint32  device)
{
  for (guint i = 0; i < disk->lines->len; i++)
    {
      SimLine *line = g_ptr_array_index (disk->lines, i);

      if (line->device == device)
        return line;
    }
  return NULL;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const SimLine *x = *(SimLine *const *) a, *y = *(SimLine *const *) b;

  return (x->device > y->device) - (x->device < y->device);
}

static SimLine *
line_for (SimDisk *disk,
          guint32  device)
{
  SimLine *line = sim_disk_find_line (disk, device);

  if (line != NULL)
    return line;
  line = g_new0 (SimLine, 1);
  line->device = device;
  line->raws = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  g_ptr_array_add (disk->lines, line);
  g_ptr_array_sort (disk->lines, compare_lines);
  return line;
}

guint64
sim_disk_count (SimDisk *disk,
                guint32  device)
{
  SimLine *line = sim_disk_find_line (disk, device);

  return line != NULL ? line->raws->len : 0;
}

Device *
sim_disk_get_author (SimDisk *disk)
{
  return &disk->author;
}

/* As it was signed. */
void
sim_raw_hash (KipRawChange *raw,
              guint8       *hash)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (raw->bytes, &length);

  if (raw->is_redacted)
    memcpy (hash, raw->hash, KIP_HASH_SIZE);
  else
    kip_hash_bytes (data, length, hash);
}

static guint64
last_of (SimDisk *disk,
         guint32  device)
{
  const KipMember *member = kip_members_find (disk->members, device);

  return member != NULL ? member->last : G_MAXUINT64;
}

guint64
sim_disk_count_all (SimDisk *disk)
{
  guint64 n = 0;

  for (guint i = 0; i < disk->lines->len; i++)
    {
      const SimLine *line = g_ptr_array_index (disk->lines, i);

      n += MIN (line->raws->len, last_of (disk, line->device));
    }
  return n;
}

guint
sim_disk_count_waiting (SimDisk *disk)
{
  guint n = 0;

  for (guint i = 0; i < disk->waiting->len; i++)
    {
      const KipRawChange *raw = ((SimWaiting *) g_ptr_array_index (disk->waiting, i))->raw;

      n += raw->seq > sim_disk_count (disk, raw->device) && raw->seq <= last_of (disk, raw->device)
           && !kip_members_has_heir (disk->members, raw->device);
    }
  return n;
}

/* The hash of the last one stands for all before it. */
static gboolean
are_equal (SimLine *line,
           SimLine *other,
           guint64  last)
{
  guint64 n = MIN (line->raws->len, last);
  guint8 hash[KIP_HASH_SIZE], other_hash[KIP_HASH_SIZE];

  if (n != MIN (other->raws->len, last))
    return FALSE;
  if (n == 0)
    return TRUE;
  sim_raw_hash (g_ptr_array_index (line->raws, n - 1), hash);
  sim_raw_hash (g_ptr_array_index (other->raws, n - 1), other_hash);
  return memcmp (hash, other_hash, sizeof hash) == 0;
}

static gboolean
has_all_of (SimDisk *a,
            SimDisk *b)
{
  for (guint i = 0; i < a->lines->len; i++)
    {
      SimLine *line = g_ptr_array_index (a->lines, i);

      if (!are_equal (line, line_for (b, line->device), last_of (a, line->device)))
        return FALSE;
    }
  return TRUE;
}

gboolean
sim_disk_equal (SimDisk *a,
                SimDisk *b)
{
  return has_all_of (a, b) && has_all_of (b, a);
}

KipMembers *
sim_disk_get_members (SimDisk *disk)
{
  return disk->members;
}

guint
sim_disk_count_purges (SimDisk *disk)
{
  return disk->purges->len;
}

static gboolean
says (KipRawChange *raw,
      const char   *text)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (raw->bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

gboolean
sim_disk_says (SimDisk    *disk,
               const char *text)
{
  for (guint i = 0; i < disk->lines->len; i++)
    {
      GPtrArray *raws = ((SimLine *) g_ptr_array_index (disk->lines, i))->raws;

      for (guint j = 0; j < raws->len; j++)
        if (says (g_ptr_array_index (raws, j), text))
          return TRUE;
    }
  for (guint i = 0; i < disk->waiting->len; i++)
    if (says (((SimWaiting *) g_ptr_array_index (disk->waiting, i))->raw, text))
      return TRUE;
  return FALSE;
}

/* ---- forgetting ---- */

static gboolean
is_purged (KipKind  kind,
           KipId    entity,
           gpointer data)
{
  return kind == KIP_KIND_TICKET && g_hash_table_contains (((SimDisk *) data)->purged, &entity);
}

/* Without the texts that are to go; TRUE: it had some. */
static gboolean
redact (SimDisk       *disk,
        KipRawChange **raw)
{
  guint8 hash[KIP_HASH_SIZE];
  KipRawChange *rest;

  if (g_hash_table_size (disk->purged) == 0)
    return FALSE;
  sim_raw_hash (*raw, hash);
  rest = kip_raw_change_redact (*raw, hash, is_purged, disk);
  if (rest == NULL)
    return FALSE;
  kip_raw_change_unref (*raw);
  *raw = rest;
  return TRUE;
}

static void
redact_all (SimDisk *disk)
{
  for (guint i = 0; i < disk->lines->len; i++)
    {
      GPtrArray *raws = ((SimLine *) g_ptr_array_index (disk->lines, i))->raws;

      for (guint j = 0; j < raws->len; j++)
        redact (disk, (KipRawChange **) &g_ptr_array_index (raws, j));
    }
  for (guint i = 0; i < disk->waiting->len; i++)
    redact (disk, &((SimWaiting *) g_ptr_array_index (disk->waiting, i))->raw);
}

/* [kind, ticket]: this simulation forgets one at a time. */
static void
take_purge (SimDisk        *disk,
            const KipEvent *event)
{
  const KipHolding who = { event->id.device, event->id.seq };
  gsize length;
  const guint8 *data = kip_value_get_bytes (event->value, &length);
  KipCborReader reader;
  guint64 kind, id;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  g_assert_true (kip_cbor_get_list (&reader, &n) && kip_cbor_get_uint (&reader, &kind) && kip_cbor_get_uint (&reader, &id));
  g_hash_table_add (disk->purged, g_memdup2 (&id, sizeof id));
  g_array_append_val (disk->purges, who);
  g_hash_table_insert (disk->states, g_strdup ("purge"), g_bytes_new_static ("\1", 1));
}

/* TRUE: somebody is to be forgotten. */
static gboolean
take_purges (SimDisk   *disk,
             KipChange *change)
{
  guint before = disk->purges->len;

  for (guint i = 0; i < change->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (change->events, i))->kind == KIP_KIND_PURGE)
      take_purge (disk, g_ptr_array_index (change->events, i));
  if (disk->purges->len > before)
    redact_all (disk);
  return disk->purges->len > before;
}

/* ---- taking up ---- */

static gboolean
speaks_of_members (KipChange *change)
{
  for (guint i = 0; i < change->events->len; i++)
    if (kip_members_is_of_them (g_ptr_array_index (change->events, i)))
      return TRUE;
  return FALSE;
}

/* TRUE: by it somebody is to be forgotten. */
static gboolean
take (SimDisk      *disk,
      SimLine      *line,
      KipRawChange *raw)
{
  g_autoptr (KipChange) change = kip_raw_change_decode (raw, NULL, NULL);
  KipRawChange *clean = kip_raw_change_ref (raw);
  gboolean forgets;

  g_assert_nonnull (change);
  g_assert_cmpuint (raw->seq, ==, line->raws->len + 1);
  redact (disk, &clean);
  g_ptr_array_add (line->raws, clean);
  sim_raw_hash (raw, line->hash);
  if (disk->has_author && raw->device == disk->author.number)
    {
      disk->author.seq = raw->seq;
      memcpy (disk->author.hash, line->hash, sizeof disk->author.hash);
    }
  if (disk->taken != NULL)
    disk->taken (raw, disk->data);
  forgets = take_purges (disk, change);
  if (!speaks_of_members (change))
    return forgets;
  g_ptr_array_add (disk->said, g_steal_pointer (&change));
  sim_disk_count_members (disk);
  return forgets;
}

void
sim_disk_write (SimDisk   *disk,
                KipChange *change)
{
  g_autoptr (KipRawChange) raw = device_write (&disk->author, change);

  take (disk, line_for (disk, disk->author.number), raw);
}

/* What one machine has found to be signed is not worked out again by each of the others. */
#define REMEMBERED 20000

static gboolean
is_signed_by (KipRawChange *raw,
              const guint8 *hash,
              const guint8 *key)
{
  static GHashTable *known;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) id = NULL;

  if (known == NULL)
    known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_byte_array_append (all, hash, KIP_HASH_SIZE);
  g_byte_array_append (all, key, KIP_MEMBER_KEY_SIZE);
  g_byte_array_append (all, raw->signature, sizeof raw->signature);
  id = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  if (g_hash_table_contains (known, id))
    return TRUE;
  if (!kip_keys_verify (key, hash, raw->signature))
    return FALSE;
  if (g_hash_table_size (known) >= REMEMBERED)
    g_hash_table_remove_all (known);
  g_hash_table_add (known, g_steal_pointer (&id));
  return TRUE;
}

/* A copy of a machine comes in by what it says first. */
static gboolean
is_twin (SimDisk      *disk,
         KipRawChange *raw,
         const guint8 *hash)
{
  g_autoptr (KipChange) change = raw->seq == 1 ? kip_raw_change_decode (raw, NULL, NULL) : NULL;
  guint8 key[KIP_MEMBER_KEY_SIZE];

  return change != NULL && change->events->len > 0 && kip_members_let_in (disk->members, g_ptr_array_index (change->events, 0), key)
         && is_signed_by (raw, hash, key);
}

/* Also by who is out: see kip-receive.c. */
static gboolean
is_vouched_for (SimDisk      *disk,
                KipRawChange *raw,
                const guint8 *hash)
{
  const guint8 *key = kip_members_key (disk->members, raw->device, raw->seq);

  if (!raw->is_signed)
    return FALSE;
  return key != NULL ? is_signed_by (raw, hash, key) : is_twin (disk, raw, hash);
}

/* The same, with other texts left out. */
static gboolean
is_same (SimDisk      *disk,
         KipRawChange *raw,
         const guint8 *hash)
{
  guint8 ours[KIP_HASH_SIZE];

  sim_raw_hash (g_ptr_array_index (line_for (disk, raw->device)->raws, raw->seq - 1), ours);
  return memcmp (ours, hash, sizeof ours) == 0;
}

/* One that waits and follows; FALSE when there is none. */
static gboolean
take_one (SimDisk     *disk,
          KipReceived *received)
{
  for (guint i = 0; i < disk->waiting->len; i++)
    {
      SimWaiting *waiting = g_ptr_array_index (disk->waiting, i);
      SimLine *line = line_for (disk, waiting->raw->device);

      if (waiting->raw->seq <= line->raws->len)
        {
          /* Another line of the device stays. */
          if (is_same (disk, waiting->raw, waiting->hash))
            g_ptr_array_remove_index (disk->waiting, i--);
          continue;
        }
      if (waiting->raw->seq != line->raws->len + 1 || memcmp (waiting->previous, line->hash, sizeof line->hash) != 0
          || !is_vouched_for (disk, waiting->raw, waiting->hash)
          || kip_members_find_heir (disk->members, waiting->raw->device, waiting->hash) != NULL)
        continue;
      received->forgot |= take (disk, line, waiting->raw);
      received->n_new++;
      g_ptr_array_remove_index (disk->waiting, i);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_held (SimDisk      *disk,
         KipRawChange *raw)
{
  SimLine *line = line_for (disk, raw->device);
  KipRawChange *ours = raw->seq <= line->raws->len ? g_ptr_array_index (line->raws, raw->seq - 1) : NULL;
  guint8 here[KIP_HASH_SIZE], there[KIP_HASH_SIZE];

  if (ours == NULL || (raw->is_redacted && !g_bytes_equal (ours->bytes, raw->bytes)))
    return FALSE;
  sim_raw_hash (ours, here);
  sim_raw_hash (raw, there);
  return memcmp (here, there, sizeof here) == 0;
}

static void
let_wait (SimDisk          *disk,
          KipRawChange     *raw,
          const SimWaiting *item,
          KipReceived      *received)
{
  SimWaiting waiting = *item;

  waiting.raw = kip_raw_change_ref (raw);
  received->n_to_forget += redact (disk, &waiting.raw);
  for (guint i = 0; i < disk->waiting->len; i++)
    if (memcmp (((SimWaiting *) g_ptr_array_index (disk->waiting, i))->hash, item->hash, sizeof item->hash) == 0)
      {
        kip_raw_change_unref (waiting.raw);
        return;
      }
  g_ptr_array_add (disk->waiting, g_memdup2 (&waiting, sizeof waiting));
}

static void
look_at_known (SimDisk          *disk,
               KipRawChange     *raw,
               const SimWaiting *item,
               KipReceived      *received)
{
  const guint8 *hash = item->hash;

  if (is_same (disk, raw, hash))
    {
      received->n_known++;
      received->n_to_forget += !raw->is_redacted && ((KipRawChange *) g_ptr_array_index (sim_disk_find_line (disk, raw->device)->raws, raw->seq - 1))->is_redacted;
    }
  else if (!raw->is_signed || kip_members_key (disk->members, raw->device, raw->seq) == NULL
           || (is_vouched_for (disk, raw, hash) && kip_members_has (disk->members, raw->device, raw->seq)))
    let_wait (disk, raw, item, received);
  else
    received->n_refused++;
}

void
sim_disk_take_in (SimDisk     *disk,
                  GPtrArray   *changes,
                  KipReceived *received)
{
  for (guint i = 0; i < changes->len; i++)
    {
      KipRawChange *raw = g_ptr_array_index (changes, i);
      g_autoptr (KipChange) change = NULL;
      SimWaiting item = { raw, { 0 }, { 0 } };

      sim_raw_hash (raw, item.hash);
      change = kip_raw_change_decode (raw, item.previous, NULL);
      if (change == NULL)
        received->n_refused++;
      else if (raw->seq <= sim_disk_count (disk, raw->device))
        look_at_known (disk, raw, &item, received);
      else
        let_wait (disk, raw, &item, received);
    }
  while (take_one (disk, received))
    ;
  received->n_waiting = sim_disk_count_waiting (disk);
}

/* ---- what the program sees ---- */

typedef struct
{
  KipReplica replica;
  SimDisk   *disk;  /* (borrowed) */
  SimWorld  *world; /* (borrowed) */
  SimMount  *mount; /* (borrowed) (nullable) */
  guint      crashes, rate;
  char      *prefix; /* (owned) */
} SimReplica;

#define DISK(replica) (((SimReplica *) (replica))->disk)

static gboolean
is_dead (KipReplica *replica,
         GError    **error)
{
  SimReplica *self = (SimReplica *) replica;

  if (self->mount == NULL || sim_mount_count_crashes (self->mount) == self->crashes)
    return FALSE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED, "the machine is off");
  return TRUE;
}

/* The machine may stop here; TRUE when it did, now or before. */
static gboolean
stops (KipReplica *replica,
       GError    **error)
{
  SimReplica *self = (SimReplica *) replica;

  if (self->mount != NULL && !is_dead (replica, NULL) && sim_world_chance (self->world, self->rate))
    sim_mount_crash (self->mount);
  return is_dead (replica, error);
}

static guint32
get_device (KipReplica *replica)
{
  return DISK (replica)->has_author ? DISK (replica)->author.number : 0;
}

static gboolean
get_signing_key (KipReplica *replica,
                 guint8     *public_key,
                 guint8     *secret_key,
                 GError    **error)
{
  const Device *author = &DISK (replica)->author;

  if (!DISK (replica)->has_author)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED, "this machine only reads");
      return FALSE;
    }
  memcpy (public_key, author->public_key, sizeof author->public_key);
  memcpy (secret_key, author->secret_key, sizeof author->secret_key);
  return TRUE;
}

static KipMembers *
dup_members (KipReplica *replica)
{
  return kip_members_ref (DISK (replica)->members);
}

static GArray *
get_holdings (KipReplica *replica,
              GError    **error)
{
  GArray *holdings;

  if (stops (replica, error))
    return NULL;
  holdings = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  for (guint i = 0; i < DISK (replica)->lines->len; i++)
    {
      SimLine *line = g_ptr_array_index (DISK (replica)->lines, i);
      KipHolding holding = { line->device, line->raws->len };

      if (holding.seq > 0)
        g_array_append_val (holdings, holding);
    }
  return holdings;
}

static guint64
find_holding (GArray *since,
              guint32 device)
{
  for (guint i = 0; since != NULL && i < since->len; i++)
    if (g_array_index (since, KipHolding, i).device == device)
      return g_array_index (since, KipHolding, i).seq;
  return 0;
}

static GPtrArray *
get_changes_since (KipReplica *replica,
                   GArray     *since,
                   gsize       max_bytes,
                   GError    **error)
{
  SimDisk *disk = DISK (replica);
  GPtrArray *changes;
  gsize sum = 0;

  if (stops (replica, error))
    return NULL;
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  for (guint i = 0; i < disk->lines->len; i++)
    {
      SimLine *line = g_ptr_array_index (disk->lines, i);

      for (guint64 seq = find_holding (since, line->device); seq < line->raws->len && sum < max_bytes; seq++)
        {
          KipRawChange *raw = g_ptr_array_index (line->raws, seq);

          sum += g_bytes_get_size (raw->bytes);
          g_ptr_array_add (changes, kip_raw_change_ref (raw));
        }
    }
  return changes;
}

/* (transfer full) */
static char *
name_of (KipReplica *replica,
         const char *key)
{
  return g_strconcat (((SimReplica *) replica)->prefix, key, NULL);
}

static void
keep (KipReplica *replica,
      const char *key,
      GBytes     *state)
{
  g_autofree char *name = name_of (replica, key);

  if (state != NULL)
    g_hash_table_replace (DISK (replica)->states, g_steal_pointer (&name), g_bytes_ref (state));
  else
    g_hash_table_remove (DISK (replica)->states, name);
}

static gboolean
receive (KipReplica          *replica,
         GPtrArray           *changes,
         const KipStateMaker *state,
         KipReceived         *received,
         gboolean            *held,
         GError             **error)
{
  SimDisk *disk = DISK (replica);

  memset (received, 0, sizeof *received);
  if (stops (replica, error))
    return FALSE;
  sim_disk_take_in (disk, changes, received);
  for (guint i = 0; held != NULL && i < changes->len; i++)
    held[i] = is_held (disk, g_ptr_array_index (changes, i));
  if (state != NULL)
    {
      g_autoptr (GBytes) made = state->make (state->data);

      keep (replica, state->key, made);
    }
  return !stops (replica, error);
}

static gboolean
find_forks (KipReplica *replica,
            KipForks   *forks,
            GError    **error)
{
  if (stops (replica, error))
    return FALSE;
  sim_disk_find_forks (DISK (replica), forks);
  return !stops (replica, error);
}

static gboolean
give_way (KipReplica    *replica,
          const KipFork *fork,
          GError       **error)
{
  if (stops (replica, error))
    return FALSE;
  sim_disk_give_way (DISK (replica), fork);
  return !stops (replica, error);
}

static GArray *
list_purges (KipReplica *replica,
             GError    **error)
{
  return g_array_copy (DISK (replica)->purges);
}

static KipRawChange *
clean (KipReplica   *replica,
       KipRawChange *raw,
       GError      **error)
{
  KipRawChange *clean = kip_raw_change_ref (raw);

  redact (DISK (replica), &clean);
  return clean;
}

static GBytes *
get_state (KipReplica *replica,
           const char *key)
{
  g_autofree char *name = name_of (replica, key);
  GBytes *state = g_hash_table_lookup (DISK (replica)->states, name);

  return state != NULL ? g_bytes_ref (state) : NULL;
}

static gboolean
set_state (KipReplica *replica,
           const char *key,
           GBytes     *state,
           GError    **error)
{
  if (stops (replica, error))
    return FALSE;
  keep (replica, key, state);
  return !stops (replica, error);
}

static void
free_replica (KipReplica *replica)
{
  g_free (((SimReplica *) replica)->prefix);
  g_free (replica);
}

static const KipReplicaClass sim_class = {
  get_device, get_signing_key, dup_members, get_holdings, get_changes_since, receive, find_forks, give_way, list_purges, clean, get_state, set_state, free_replica
};

KipReplica *
sim_replica_new (SimDisk  *disk,
                 SimWorld *world,
                 SimMount *mount,
                 guint     crashes)
{
  SimReplica *self = g_new0 (SimReplica, 1);

  self->replica.class = &sim_class;
  self->disk = disk;
  self->world = world;
  self->mount = mount;
  self->crashes = mount != NULL ? sim_mount_count_crashes (mount) : 0;
  self->rate = crashes;
  self->prefix = g_strdup ("");
  return &self->replica;
}

KipReplica *
sim_replica_new_beside (SimDisk    *disk,
                        SimWorld   *world,
                        SimMount   *mount,
                        const char *prefix)
{
  KipReplica *replica = sim_replica_new (disk, world, mount, 0);
  SimReplica *self = (SimReplica *) replica;

  g_free (self->prefix);
  self->prefix = g_strdup (prefix);
  return replica;
}
