/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-merge TRACE [EDITS TICKETS]: makes a trace of a hundred thousand edits of one field by two machines that do not see each
 * other, writes it to TRACE for others (merge-others.mjs), and merges it: one machine, which has folded its own
 * edits, takes in the frames of the other: unsealed, taken apart, proved by chain and signature, folded, every value read.
 * Then the same with all that an office keeps (SQLite, durable, rows, clocks), by a round of sync. */

#include "sync-fixture.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kip-clock.h"
#include "kip-entity.h"
#include "kip-keys.h"
#include "kip-sharing.h"
#include "store-fixture.h"

#define TICKETS 10000 /* at most */
#define TARGET (256 * 1024) /* bytes in a frame */
#define ROUNDS 5

static guint n_edits = 100000, n_tickets = TICKETS;

typedef struct
{
  guint    machine; /* 0, 1 */
  guint    ticket;
  KipField field;
  int      number;
  char    *text;    /* (owned) (nullable) */
} Edit;

static const struct
{
  KipField    field;
  const char *name;
  int         share, limit; /* of a hundred; values */
} fields[] = {
  { KIP_FIELD_STATUS, "status", 35, 5 },
  { KIP_FIELD_URGENCY, "urgency", 20, 4 },
  { KIP_FIELD_ASSIGNEE, "assignee", 25, 40 },
  { KIP_FIELD_TEAM, "team", 10, 8 },
  { KIP_FIELD_SUBJECT, "subject", 10, 0 },
};

/* ---- the trace ---- */

static char *
make_subject (GRand *rand)
{
  static const char *const words[] = { "printer", "máy", "in", "vpn", "reset", "mạng", "slow", "password", "tầng", "screen" };
  GString *text = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, 3, 9); i > 0; i--)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static Edit
make_edit (GRand *rand)
{
  Edit edit = { (guint) g_rand_int_range (rand, 0, 2), (guint) g_rand_int_range (rand, 0, (gint32) n_tickets), 0, 0, NULL };
  int share = g_rand_int_range (rand, 0, 100);
  guint i = 0;

  for (; share >= fields[i].share; i++)
    share -= fields[i].share;
  edit.field = fields[i].field;
  if (fields[i].limit > 0)
    edit.number = g_rand_int_range (rand, 1, fields[i].limit + 1);
  else
    edit.text = make_subject (rand);
  return edit;
}

static const char *
name_of (KipField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].field == field)
      return fields[i].name;
  return "";
}

static GArray *
make_trace (const char *path)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GArray *trace = g_array_sized_new (FALSE, FALSE, sizeof (Edit), n_edits);

  for (guint i = 0; i < n_edits; i++)
    {
      Edit edit = make_edit (rand);

      g_string_append_printf (lines, "%u\t%u\t%s\t", edit.machine, edit.ticket, name_of (edit.field));
      if (edit.text != NULL)
        g_string_append_printf (lines, "%s\n", edit.text);
      else
        g_string_append_printf (lines, "%d\n", edit.number);
      g_array_append_val (trace, edit);
    }
  if (!g_file_set_contents (path, lines->str, (gssize) lines->len, &error))
    g_error ("%s", error->message);
  return trace;
}

static KipValue *
value_of (const Edit *edit)
{
  return edit->text != NULL ? kip_value_text (edit->text) : kip_value_int (edit->number);
}

/* ---- two machines in memory ---- */

typedef struct
{
  Device     device;
  GPtrArray *raw;                         /* (owned) of KipRawChange: what it wrote */
  KipEventId live[TICKETS][G_N_ELEMENTS (fields)]; /* seq 0: none */
  guint32    tl[TICKETS];
} Machine;

static guint
place_of (KipField field)
{
  guint i = 0;

  while (fields[i].field != field)
    i++;
  return i;
}

/* As a store completes an edit: it names what it replaces, and stands behind what was seen. */
static void
write_edit (Machine    *machine,
            const Edit *edit)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (machine->device.number, 7), "edit");
  KipEventId *live = &machine->live[edit->ticket][place_of (edit->field)];
  KipEvent *event = kip_change_set (change, KIP_KIND_TICKET, KIP_ID_MAKE (1, 1000 + edit->ticket), edit->field, value_of (edit));

  if (live->seq != 0)
    kip_event_add_ref (event, live);
  event->tl = ++machine->tl[edit->ticket];
  g_ptr_array_add (machine->raw, device_write (&machine->device, change));
  *live = (KipEventId) { machine->device.number, 0, machine->device.seq };
}

static Machine *
machine_new (GArray *trace,
             guint   n)
{
  Machine *machine = g_new0 (Machine, 1);

  device_init (&machine->device, 2 + n);
  machine->raw = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  for (guint i = 0; i < trace->len; i++)
    if (g_array_index (trace, Edit, i).machine == n)
      write_edit (machine, &g_array_index (trace, Edit, i));
  return machine;
}

static void
machine_free (Machine *machine)
{
  g_ptr_array_unref (machine->raw);
  g_free (machine);
}

static void
forget_events (gpointer events)
{
  if (events != NULL)
    g_ptr_array_unref (events);
}

/* What a ticket is folded of, by ticket. (owned) of GPtrArray of KipEvent */
static GPtrArray *
empty_tickets (void)
{
  GPtrArray *tickets = g_ptr_array_new_with_free_func (forget_events);

  for (guint i = 0; i < n_tickets; i++)
    g_ptr_array_add (tickets, g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free));
  return tickets;
}

static void
add_change (GPtrArray    *tickets,
            KipRawChange *raw,
            guint8       *previous)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipChange) change = kip_raw_change_decode (raw, previous, &error);

  if (change == NULL)
    g_error ("%s", error->message);
  g_ptr_array_set_free_func (change->events, NULL);
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      g_ptr_array_add (g_ptr_array_index (tickets, KIP_ID_COUNTER (event->entity) - 1000), event);
    }
}

/* Each names the one before it by its hash, and one signature vouches for all before it. */
static void
prove_and_add (Machine   *from,
               GPtrArray *changes,
               guint8    *hash, /* in, out: of the one before */
               GPtrArray *tickets)
{
  guint8 previous[KIP_HASH_SIZE];
  const KipRawChange *last = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      gsize length;
      gconstpointer data;

      last = g_ptr_array_index (changes, i);
      add_change (tickets, g_ptr_array_index (changes, i), previous);
      if (memcmp (previous, hash, KIP_HASH_SIZE) != 0)
        g_error ("the chain is broken");
      data = g_bytes_get_data (last->bytes, &length);
      kip_hash_bytes (data, length, hash);
    }
  if (last == NULL || !last->is_signed || !kip_keys_verify (from->device.public_key, hash, last->signature))
    g_error ("the signature is wrong");
}

static void
open_frames (KipShareKeys *keys,
             Machine      *from,
             GPtrArray    *frames,
             GPtrArray    *tickets)
{
  guint8 hash[KIP_HASH_SIZE] = { 0 };

  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (GPtrArray) changes = NULL;
      KipFound found;

      kip_frame_find (keys, g_ptr_array_index (frames, i), 0, 0, TRUE, &found);
      changes = kip_frame_unpack_changes (found.body, NULL);
      kip_found_clear (&found);
      if (changes == NULL)
        g_error ("a frame is damaged");
      prove_and_add (from, changes, hash, tickets);
    }
}

/* Folds every ticket and reads all of its values; how many of them are shown with another one beside. */
static guint
fold_and_read (GPtrArray *tickets)
{
  guint n_conflicts = 0;

  for (guint i = 0; i < tickets->len; i++)
    {
      GPtrArray *events = g_steal_pointer (&g_ptr_array_index (tickets, i));
      g_autoptr (KipEntity) entity = kip_entity_fold (KIP_KIND_TICKET, KIP_ID_MAKE (1, 1000 + i), events);

      for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
        if (kip_entity_get (entity, fields[j].field) != NULL)
          n_conflicts += kip_entity_has_conflict (entity, fields[j].field);
    }
  g_ptr_array_set_size (tickets, 0);
  return n_conflicts;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* What this program had of the cores, in milliseconds: others may want them, too. */
static double
cpu_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Of the rounds that in the middle. */
static double
merge_in_memory (Machine *here,
                 Machine *there,
                 gsize   *shipped,
                 guint   *n_conflicts)
{
  KipShareKeys *keys = fixed_keys (1, 2, 1);
  g_autoptr (GPtrArray) frames = kip_frame_seal_changes (keys, there->raw, TARGET, NULL);
  double times[ROUNDS];

  *shipped = 0;
  for (guint i = 0; i < frames->len; i++)
    *shipped += g_bytes_get_size (g_ptr_array_index (frames, i));
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) tickets = empty_tickets ();
      guint8 previous[KIP_HASH_SIZE];
      double begin;

      for (guint i = 0; i < here->raw->len; i++)
        add_change (tickets, g_ptr_array_index (here->raw, i), previous);
      begin = cpu_now ();
      open_frames (keys, there, frames, tickets);
      *n_conflicts = fold_and_read (tickets);
      times[round] = cpu_now () - begin;
    }
  kip_share_keys_free (keys);
  qsort (times, ROUNDS, sizeof *times, compare_doubles);
  return times[ROUNDS / 2];
}

/* ---- two offices ---- */

static const KipSyncOptions options = { 1, 8 * 1024 * 1024, "bench" };

static void
must (gboolean ok,
      GError  *error)
{
  if (!ok || error != NULL)
    g_error ("%s", error != NULL ? error->message : "no reason");
}

static KipSyncEngine *
open_engine (KipStore *store)
{
  GError *error = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), &error);

  must (sharing != NULL, error);
  return kip_sharing_new_engine (sharing, store, &options);
}

static guint
settle (KipSyncEngine *engine)
{
  GError *error = NULL, *problem = NULL;
  guint n_received = 0;
  KipSyncRound round;

  do
    {
      must (kip_sync_engine_round (engine, 0, kip_clock_now (), &round, &problem, NULL, &error), error);
      must (problem == NULL, problem);
      n_received += round.n_received;
    }
  while (round.state == KIP_SYNC_MORE);
  return n_received;
}

static void
append_all (KipStore  *store,
            GPtrArray *changes)
{
  GError *error = NULL;

  must (kip_store_append_many (store, changes, &error), error);
}

static void
add_tickets (KipStore *store,
             KipId    *ids)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

  for (guint i = 0; i < n_tickets; i++)
    {
      KipChange *change = kip_change_new (kip_store_get_me (store), "new");

      ids[i] = kip_store_new_id (store);
      kip_change_set_text (change, KIP_KIND_TICKET, ids[i], KIP_FIELD_SUBJECT, "máy in");
      g_ptr_array_add (changes, change);
    }
  append_all (store, changes);
}

static void
add_edits (KipStore *store,
           GArray   *trace,
           guint     machine,
           KipId    *ids)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

  for (guint i = 0; i < trace->len; i++)
    {
      const Edit *edit = &g_array_index (trace, Edit, i);
      KipChange *change;

      if (edit->machine != machine)
        continue;
      change = kip_change_new (kip_store_get_me (store), "edit");
      kip_change_set (change, KIP_KIND_TICKET, ids[edit->ticket], edit->field, value_of (edit));
      g_ptr_array_add (changes, change);
    }
  append_all (store, changes);
}

static KipStore *
join (KipStore      *founder,
      KipSyncEngine *engine,
      const char    *path,
      const char    *dir)
{
  GError *error = NULL;
  KipId person = add_person (founder, "An", FALSE);
  g_autofree char *code = kip_sharing_invite (founder, engine, person, G_MAXINT64, &error);
  KipJoining joining = { path, code, NULL, NULL, "bench" };
  KipStore *store;
  KipSyncEngine *own;

  must (code != NULL, error);
  settle (engine);
  must (kip_sharing_join (dir, &joining, NULL, &error), error);
  store = kip_store_open (dir, &error);
  must (store != NULL, error);
  own = open_engine (store);
  settle (own);
  kip_sharing_come_in (store, &error);
  must (TRUE, error);
  kip_sync_engine_free (own);
  kip_store_close (store);
  g_object_unref (store);
  store = kip_store_open (dir, &error);
  must (store != NULL, error);
  return store;
}

static double
merge_offices (GArray *trace)
{
  g_autofree char *top = g_dir_make_tmp ("kip-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (top, "Office.kip", NULL), *dir = g_build_filename (top, "there", NULL);
  g_autofree KipId *ids = g_new0 (KipId, n_tickets);
  Fixture fixture;
  KipSyncEngine *here_engine, *there_engine;
  g_autoptr (KipStore) there = NULL;
  GError *error = NULL;
  double begin, milliseconds;
  guint n;

  fixture_init (&fixture);
  add_tickets (fixture.store, ids);
  must (kip_sharing_begin (fixture.store, path, "bốn từ dễ nhớ", "bench", &options, NULL, &error), error);
  here_engine = open_engine (fixture.store);
  there = join (fixture.store, here_engine, path, dir);
  there_engine = open_engine (there);
  settle (there_engine);
  settle (here_engine);
  add_edits (fixture.store, trace, 0, ids);
  add_edits (there, trace, 1, ids);
  settle (there_engine);
  begin = cpu_now ();
  n = settle (here_engine);
  milliseconds = cpu_now () - begin;
  if (n < n_edits / 3)
    g_error ("only %u edits arrived", n);
  kip_sync_engine_free (here_engine);
  kip_sync_engine_free (there_engine);
  kip_store_close (there);
  fixture_clear (&fixture);
  remove_tree (top);
  return milliseconds;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GArray) trace = NULL;
  Machine *here, *there;
  gsize shipped;
  guint n_conflicts;
  double time;

  if (argc < 2)
    g_error ("bench-merge TRACE [EDITS TICKETS]");
  if (argc == 4)
    {
      n_edits = (guint) CLAMP (g_ascii_strtoull (argv[2], NULL, 10), 100, 1000000);
      n_tickets = (guint) CLAMP (g_ascii_strtoull (argv[3], NULL, 10), 1, TICKETS);
    }
  trace = make_trace (argv[1]);
  here = machine_new (trace, 0);
  there = machine_new (trace, 1);
  time = merge_in_memory (here, there, &shipped, &n_conflicts);
  g_print ("Kip\t%.1f\t%" G_GSIZE_FORMAT "\t%u\n", time, shipped, n_conflicts);
  g_print ("Kip, kept\t%.1f\t0\t0\n", merge_offices (trace));
  machine_free (here);
  machine_free (there);
  for (guint i = 0; i < trace->len; i++)
    g_free (g_array_index (trace, Edit, i).text);
  return 0;
}
