/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-sync [--changes N] [--check]: what a round costs, in an office of a thousand change-sets and in one of N, in
 * turns in the same run: a glance at a file in which nothing is new, an edit sent, k edits taken in.  Then how
 * long one waits for an edit to be saved here while rounds go on, beside without; and the file of N
 * written anew, smaller. */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kip-clock.h"
#include "kip-sharing.h"
#include "store-fixture.h"

#define PASSPHRASE "bốn từ dễ nhớ"
#define FEW 1000        /* change-sets of the small office */
#define PER_TICKET 100  /* change-sets of a ticket */
#define EDITED (FEW / PER_TICKET) /* tickets that are worked on: all of the small office */
#define PIECE 4000      /* change-sets a transaction */
#define ROUNDS 25
#define NEW_FRAMES 20
#define EDITS 400       /* saved one after the other, in each of BLOCKS blocks */
#define BLOCKS 4

#define IDLE_GOAL 8192       /* bytes read */
#define EDIT_GOAL 320        /* bytes of the file */
#define EVENT_GOAL 100       /* bytes of the file, of ten in a change-set */
#define GROWTH_GOAL 1.5
#define SAVE_GOAL 1.2
#define COMPACT_GOAL 60.0    /* seconds, for a million change-sets */

/* What is measured is not Argon2id. */
static const KipSyncOptions options = { 1, 8 * 1024 * 1024, "bench" };

/* An office of some size, written by one machine and read by another. */
typedef struct
{
  char          *top;     /* (owned) */
  char          *path;    /* (owned) of the shared file */
  guint          n_changes;
  KipStore      *writer, *reader;               /* (owned) */
  KipSyncEngine *writer_engine, *reader_engine; /* (owned) */
  GArray        *tickets; /* (owned) of KipId */
  guint          n_edits;
  double         idle[ROUNDS], sent[ROUNDS], taken[ROUNDS]; /* milliseconds */
  double         edit_bytes[ROUNDS * NEW_FRAMES];
  guint          n_sent;
  guint64        idle_bytes, ten_bytes, taken_bytes;
} Office;

static gboolean is_well = TRUE;

static const char *
verdict (gboolean ok)
{
  is_well &= ok;
  return ok ? "ok" : "missed";
}

static double
milliseconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
at_share (double *values,
          guint   n,
          guint   percent)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[MIN (n - 1, n * percent / 100)];
}

/* ---- an office ---- */

static KipChange *
edit_of (Office *office,
         KipId   ticket)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->writer), "edit");

  kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ASSIGNEE, (gint64) KIP_ID_MAKE (1, 100 + office->n_edits++));
  return change;
}

static KipChange *
new_ticket (Office *office,
            KipId   id)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->writer), "new");
  g_autofree char *subject = g_strdup_printf ("máy in tầng %u", office->tickets->len);

  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
  return change;
}

static void
add_piece (Office *office,
           guint   n)
{
  GPtrArray *piece = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  g_autoptr (GError) error = NULL;
  KipId ticket = KIP_ID_NONE;

  for (guint i = 0; i < n; i++)
    {
      if (i % PER_TICKET != 0)
        {
          g_ptr_array_add (piece, edit_of (office, ticket));
          continue;
        }
      ticket = kip_store_new_id (office->writer);
      g_array_append_val (office->tickets, ticket);
      g_ptr_array_add (piece, new_ticket (office, ticket));
    }
  if (!kip_store_append_many (office->writer, piece, &error))
    g_error ("%s", error->message);
}

static KipSyncEngine *
open_engine (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), &error);

  if (sharing == NULL)
    g_error ("%s", error != NULL ? error->message : "the office is not shared");
  return kip_sharing_new_engine (sharing, store, &options);
}

static KipSyncRound
one_round (KipSyncEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  KipSyncRound round;

  if (!kip_sync_engine_round (engine, 0, kip_clock_now (), &round, &problem, NULL, &error))
    g_error ("%s", error->message);
  if (problem != NULL)
    g_error ("%s", problem->message);
  return round;
}

static void
settle (KipSyncEngine *engine)
{
  while (one_round (engine).state == KIP_SYNC_MORE)
    continue;
}

static void
join (Office *office)
{
  g_autofree char *dir = g_build_filename (office->top, "reader", NULL);
  const KipJoining joining = { office->path, NULL, PASSPHRASE, "bench", "bench" };
  g_autoptr (GError) error = NULL;

  if (!kip_sharing_join (dir, &joining, NULL, &error) || (office->reader = kip_store_open (dir, &error)) == NULL)
    g_error ("%s", error->message);
  office->reader_engine = open_engine (office->reader);
  settle (office->reader_engine);
}

static void
office_init (Office *office,
             guint   n_changes)
{
  static const KipOfficeSetup setup = { "Office", "Me", "vi", NULL, NULL };
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  office->top = g_dir_make_tmp ("kip-bench-XXXXXX", NULL);
  office->path = g_build_filename (office->top, "Office.kip", NULL);
  dir = g_build_filename (office->top, "writer", NULL);
  office->tickets = g_array_new (FALSE, FALSE, sizeof (KipId));
  office->n_changes = n_changes;
  office->writer = kip_store_create (dir, &setup, &error);
  for (guint n = 0; error == NULL && n < n_changes; n += PIECE)
    add_piece (office, MIN (PIECE, n_changes - n));
  if (error != NULL || !kip_sharing_begin (office->writer, office->path, PASSPHRASE, "bench", &options, NULL, &error))
    g_error ("%s", error->message);
  office->writer_engine = open_engine (office->writer);
  settle (office->writer_engine);
  join (office);
  settle (office->writer_engine);
  settle (office->reader_engine);
}

static void
office_clear (Office *office)
{
  kip_sync_engine_free (office->writer_engine);
  kip_sync_engine_free (office->reader_engine);
  kip_store_close (office->writer);
  kip_store_close (office->reader);
  g_object_unref (office->writer);
  g_object_unref (office->reader);
  g_array_unref (office->tickets);
  remove_tree (office->top);
  g_free (office->top);
  g_free (office->path);
}

/* ---- rounds ---- */

static guint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
}

static void
save (Office    *office,
      KipChange *change)
{
  g_autoptr (GError) error = NULL;

  if (!kip_store_append (office->writer, change, NULL, &error))
    g_error ("%s", error->message);
}

/* As many different ones in either office, as each is folded anew; here and there among all. */
static KipId
some_ticket (Office *office)
{
  guint which = office->n_edits * 7 % EDITED;

  return g_array_index (office->tickets, KipId, which * (office->tickets->len / EDITED));
}

/* Ten fields and messages at once: as much as somebody can do with one dialog. */
static KipChange *
ten_events (Office *office)
{
  KipChange *change = kip_change_new (kip_store_get_me (office->writer), "edit");
  KipId ticket = some_ticket (office);
  static const KipField fields[] = {
    KIP_FIELD_URGENCY, KIP_FIELD_IMPACT, KIP_FIELD_ASSIGNEE, KIP_FIELD_TEAM, KIP_FIELD_CATEGORY, KIP_FIELD_REQUESTER,
    KIP_FIELD_CHANNEL, KIP_FIELD_PARENT, KIP_FIELD_ASSET, KIP_FIELD_CAUSE
  };

  office->n_edits++;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, fields[i], 1 + (office->n_edits + i) % 3);
  return change;
}

/* One edit at a time is sent, so that each is a frame of its own. */
static void
send_edit (Office *office,
           guint   i)
{
  guint64 before = size_of (office->path);
  gint64 begin;

  save (office, edit_of (office, some_ticket (office)));
  begin = g_get_monotonic_time ();
  one_round (office->writer_engine);
  office->sent[i] = milliseconds_since (begin);
  office->edit_bytes[office->n_sent++] = (double) (size_of (office->path) - before);
}

static void
measure_rounds (Office *office,
                guint   i)
{
  KipSyncRound round;
  gint64 begin;
  guint64 before;

  begin = g_get_monotonic_time ();
  round = one_round (office->reader_engine);
  office->idle[i] = milliseconds_since (begin);
  office->idle_bytes = MAX (office->idle_bytes, round.bytes_read);
  for (guint n = 0; n < NEW_FRAMES; n++)
    send_edit (office, i);
  begin = g_get_monotonic_time ();
  round = one_round (office->reader_engine);
  office->taken[i] = milliseconds_since (begin);
  office->taken_bytes = MAX (office->taken_bytes, round.bytes_read);
  if (round.n_received < NEW_FRAMES)
    g_error ("only %u edits arrived", round.n_received);
  before = size_of (office->path);
  save (office, ten_events (office));
  one_round (office->writer_engine);
  office->ten_bytes = MAX (office->ten_bytes, size_of (office->path) - before);
  one_round (office->reader_engine);
}

static void
tell_growth (const char *what,
             double     *small,
             double     *large,
             guint       n_changes)
{
  double ratios[ROUNDS], ratio;

  for (guint i = 0; i < ROUNDS; i++)
    ratios[i] = large[i] / small[i];
  ratio = at_share (ratios, ROUNDS, 50);
  g_print ("BENCH\t%s, %u change-sets in the file and %u\t%.2f and %.2f ms, %.2f x\t<= %.1f x\t%s\n", what, FEW, n_changes,
           at_share (small, ROUNDS, 50), at_share (large, ROUNDS, 50), ratio, GROWTH_GOAL, verdict (ratio <= GROWTH_GOAL));
}

static void
tell_rounds (Office *small,
             Office *large)
{
  guint64 idle = MAX (small->idle_bytes, large->idle_bytes), ten = MAX (small->ten_bytes, large->ten_bytes);
  /* What this machine holds is told with one of them in ten minutes. */
  double edit = at_share (large->edit_bytes, large->n_sent, 95), with_have = at_share (large->edit_bytes, large->n_sent, 100);

  g_print ("BENCH\ta glance at a file in which nothing is new\t%" G_GUINT64_FORMAT " bytes read\t<= %d\t%s\n", idle, IDLE_GOAL,
           verdict (idle <= IDLE_GOAL));
  g_print ("BENCH\ta lone edit of one field; once in ten minutes with what this machine holds\t%.0f bytes of the file; %.0f\t<= %d\t%s\n",
           edit, with_have, EDIT_GOAL, verdict (edit <= EDIT_GOAL));
  g_print ("BENCH\tten events of one change-set, each\t%.1f bytes of the file\t<= %d\t%s\n", (double) ten / 10, EVENT_GOAL,
           verdict (ten <= 10 * EVENT_GOAL));
  g_print ("BENCH\t%d edits taken in, bytes read\t%" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT "\t-\t-\n", NEW_FRAMES,
           small->taken_bytes, large->taken_bytes);
  tell_growth ("a round with nothing new", small->idle, large->idle, large->n_changes);
  tell_growth ("a round that sends one edit", small->sent, large->sent, large->n_changes);
  tell_growth ("a round that takes in twenty edits", small->taken, large->taken, large->n_changes);
}

/* ---- saving while rounds go on ---- */

typedef struct
{
  KipSyncEngine *engine;
  gint           is_over; /* (atomic) */
  guint          n;
} Rounds;

/* One after the other without a rest: more than any sync does. */
static gpointer
go_round (gpointer data)
{
  Rounds *rounds = data;

  while (!g_atomic_int_get (&rounds->is_over))
    {
      one_round (rounds->engine);
      rounds->n++;
    }
  return NULL;
}

static void
save_many (Office *office,
           double *times)
{
  for (guint i = 0; i < EDITS; i++)
    {
      KipChange *change = edit_of (office, some_ticket (office));
      gint64 begin = g_get_monotonic_time ();

      save (office, change);
      times[i] = milliseconds_since (begin);
    }
}

static void
measure_saving (Office *office)
{
  double alone[BLOCKS * EDITS], beside[BLOCKS * EDITS], without, with;
  Rounds rounds = { office->writer_engine, FALSE, 0 };

  for (guint i = 0; i < BLOCKS; i++)
    {
      GThread *thread;

      save_many (office, alone + i * EDITS);
      g_atomic_int_set (&rounds.is_over, FALSE);
      thread = g_thread_new ("rounds", go_round, &rounds);
      save_many (office, beside + i * EDITS);
      g_atomic_int_set (&rounds.is_over, TRUE);
      g_thread_join (thread);
    }
  g_print ("BENCH\tan edit saved, without rounds and with %u of them, middle\t%.2f and %.2f ms\t-\t-\n", rounds.n,
           at_share (alone, G_N_ELEMENTS (alone), 50), at_share (beside, G_N_ELEMENTS (beside), 50));
  without = at_share (alone, G_N_ELEMENTS (alone), 99);
  with = at_share (beside, G_N_ELEMENTS (beside), 99);
  g_print ("BENCH\tan edit saved, without rounds and with them, 99 of 100\t%.2f and %.2f ms, %.2f x\t<= %.1f x\t%s\n", without, with,
           with / without, SAVE_GOAL, verdict (with <= SAVE_GOAL * without));
}

/* ---- written anew ---- */

static void
measure_compaction (Office *office)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;
  double seconds, cpu = cpu_seconds (), goal = COMPACT_GOAL * MAX (1, office->n_changes / 1e6);

  if (!kip_sync_engine_compact (office->writer_engine, 0, kip_clock_now (), &compaction, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  seconds = milliseconds_since (begin) / 1000;
  g_print ("BENCH\t%" G_GUINT64_FORMAT " change-sets compacted, %.1f MB to %.1f MB\t%.1f s (%.1f s of a core)\t<= %.0f s\t%s\n", compaction.n_changes,
           (double) compaction.size_before / 1e6, (double) compaction.size_after / 1e6, seconds, cpu_seconds () - cpu, goal, verdict (seconds <= goal));
}

int
main (int   argc,
      char *argv[])
{
  int n_changes = 1000000;
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "changes", 0, 0, G_OPTION_ARG_INT, &n_changes, "Change-sets of the large office", "N" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, "Fail when a bound is missed", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Office small = { 0 }, large = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  office_init (&small, FEW);
  office_init (&large, (guint) n_changes);
  for (guint i = 0; i < ROUNDS; i++)
    {
      measure_rounds (&small, i);
      measure_rounds (&large, i);
    }
  tell_rounds (&small, &large);
  measure_saving (&large);
  measure_compaction (&large);
  office_clear (&small);
  office_clear (&large);
  return check && !is_well ? 1 : 0;
}
