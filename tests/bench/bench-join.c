/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-join [--tickets N] [--rounds N] [--check]: a computer joins an office of N tickets by its shared file,
 * beside the time that it takes to append the very same events in a new office on the same disk, in turns.  By the
 * clock, and by what it had of the cores, which other programs may want too: the bounds are held against the latter
 * where it says so. */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "big-office.h"
#include "kip-clock.h"
#include "kip-sharing.h"
#include "store-fixture.h"

#define PASSPHRASE "bốn từ dễ nhớ"
#define PIECE 4000       /* change-sets a transaction, as an import appends them */
#define GOAL 2.0         /* times as long as appending */
#define RATE 50000       /* change-sets a second on two cores */
#define MAX_ROUNDS 9

/* What somebody waits for is not Argon2id. */
static const KipSyncOptions options = { 1, 8 * 1024 * 1024, "bench" };

typedef struct
{
  gint64 begin;     /* monotonic */
  double cpu_begin; /* seconds of a core that this program had */
} Watch;

typedef struct
{
  double wall, cpu; /* seconds */
} Spent;

typedef struct
{
  GPtrArray *changes;  /* (owned) of KipRawChange: all that an office ever said */
  guint64    n_events;
  guint      n_tickets;
  char      *top;      /* (owned) folder of all that is made */
  Spent      append[MAX_ROUNDS], begin[MAX_ROUNDS], join[MAX_ROUNDS], whole[MAX_ROUNDS];
  Spent      first[MAX_ROUNDS], newest[MAX_ROUNDS]; /* until rows can be looked at, and the newest among them */
  guint64    file_size;
} Bench;

static double
cpu_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static Watch
watch_start (void)
{
  return (Watch) { g_get_monotonic_time (), cpu_now () };
}

static Spent
watch_read (Watch watch)
{
  return (Spent) { (double) (g_get_monotonic_time () - watch.begin) / G_USEC_PER_SEC, cpu_now () - watch.cpu_begin };
}

/* ---- what is said ---- */

static void
read_changes (Bench *bench)
{
  g_autoptr (KipStore) store = big_office_open (bench->n_tickets);
  g_autoptr (GError) error = NULL;

  bench->changes = kip_store_changes_since (store, NULL, G_MAXSIZE, &error);
  if (bench->changes == NULL)
    g_error ("%s", error->message);
  kip_store_close (store);
}

/* The same change once more, as if somebody had just made it. */
static KipChange *
say_again (KipRawChange *raw)
{
  g_autoptr (GError) error = NULL;
  KipChange *change = kip_raw_change_decode (raw, NULL, &error);

  if (change == NULL)
    g_error ("%s", error->message);
  return change;
}

/* ---- appending ---- */

static KipStore *
open_new_office (Bench      *bench,
                 const char *name)
{
  static const KipOfficeSetup setup = { "Big office", "Me", "vi", NULL, NULL };
  g_autofree char *dir = g_build_filename (bench->top, name, NULL);
  g_autoptr (GError) error = NULL;
  KipStore *store = kip_store_create (dir, &setup, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

static guint64
seq_of (KipStore *store)
{
  g_autoptr (GArray) holdings = kip_store_holdings (store, NULL);

  return g_array_index (holdings, KipHolding, 0).seq;
}

/* Decoding is not counted: a program that appends has its changes in hand. */
static Spent
append_all (Bench    *bench,
            KipStore *store)
{
  guint64 from = seq_of (store);
  Spent all = { 0 };

  bench->n_events = 0;
  for (guint i = (guint) from; i < bench->changes->len;)
    {
      GPtrArray *piece = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
      g_autoptr (GError) error = NULL;
      Watch watch;
      Spent spent;

      for (; i < bench->changes->len && piece->len < PIECE; i++)
        {
          g_ptr_array_add (piece, say_again (g_ptr_array_index (bench->changes, i)));
          bench->n_events += ((KipChange *) g_ptr_array_index (piece, piece->len - 1))->events->len;
        }
      watch = watch_start ();
      if (!kip_store_append_many (store, piece, &error))
        g_error ("%s", error->message);
      spent = watch_read (watch);
      all.wall += spent.wall;
      all.cpu += spent.cpu;
    }
  return all;
}

/* A search answers when everything can be found. */
static void
wait_for_index (KipStore *store)
{
  g_autoptr (KipQuery) query = kip_query_parse ("printer");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_RECEIVED, TRUE, kip_clock_now (), NULL, &error);

  if (ids == NULL)
    g_error ("%s", error->message);
}

static Spent
share (Bench      *bench,
       KipStore   *store,
       const char *path)
{
  Watch watch = watch_start ();
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  if (!kip_sharing_begin (store, path, PASSPHRASE, "bench", &options, NULL, &error))
    g_error ("%s", error->message);
  if (g_stat (path, &info) == 0)
    bench->file_size = (guint64) info.st_size;
  return watch_read (watch);
}

/* ---- joining ---- */

/* Somebody who looks while everything arrives. */
typedef struct
{
  KipStore *store;
  KipId     newest;      /* of the office that arrives */
  Watch     watch;
  Spent     seen, newest_seen; /* nothing: not yet */
  GMutex    mutex;
  GCond     over;
  gboolean  is_over;     /* (mutex mutex) */
} Onlooker;

/* TRUE when it is over, after a moment at most. */
static gboolean
wait_a_moment (Onlooker *onlooker)
{
  gint64 until = g_get_monotonic_time () + 5 * G_TIME_SPAN_MILLISECOND;
  gboolean is_over;

  g_mutex_lock (&onlooker->mutex);
  while (!onlooker->is_over && g_cond_wait_until (&onlooker->over, &onlooker->mutex, until))
    continue;
  is_over = onlooker->is_over;
  g_mutex_unlock (&onlooker->mutex);
  return is_over;
}

static gpointer
look_on (gpointer data)
{
  Onlooker *onlooker = data;

  do
    {
      g_autoptr (GArray) ids = kip_store_list (onlooker->store, NULL, KIP_SORT_RECEIVED, TRUE, kip_clock_now (), NULL, NULL);

      if (ids == NULL || ids->len == 0)
        continue;
      if (onlooker->seen.wall == 0)
        onlooker->seen = watch_read (onlooker->watch);
      if (g_array_index (ids, KipId, 0) == onlooker->newest)
        onlooker->newest_seen = watch_read (onlooker->watch);
    }
  while (onlooker->newest_seen.wall == 0 && !wait_a_moment (onlooker));
  return NULL;
}

static void
come_in (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), &error);
  g_autoptr (KipSyncEngine) engine = sharing != NULL ? kip_sharing_new_engine (sharing, store, &options) : NULL;
  KipSyncRound round;

  if (engine == NULL || !kip_sync_engine_settle (engine, &round, NULL, NULL, &problem, NULL, &error))
    g_error ("%s", error->message);
  if (round.state != KIP_SYNC_DONE)
    g_error ("the office did not arrive: %s", problem != NULL ? problem->message : "no reason");
}

static guint
count_tickets (KipStore *store)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_RECEIVED, TRUE, kip_clock_now (), NULL, NULL);

  return ids != NULL ? ids->len : 0;
}

static void
join (Bench      *bench,
      const char *path,
      KipId       newest,
      guint       round)
{
  g_autofree char *name = g_strdup_printf ("joined-%u", round);
  g_autofree char *dir = g_build_filename (bench->top, name, NULL);
  const KipJoining joining = { path, NULL, PASSPHRASE, "bench", "bench" };
  g_autoptr (KipStore) store = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = watch_start ();
  Onlooker onlooker = { .newest = newest, .watch = watch };
  GThread *thread;

  if (!kip_sharing_join (dir, &joining, NULL, &error) || (store = kip_store_open (dir, &error)) == NULL)
    g_error ("%s", error->message);
  onlooker.store = store;
  g_mutex_init (&onlooker.mutex);
  g_cond_init (&onlooker.over);
  thread = g_thread_new ("onlooker", look_on, &onlooker);
  come_in (store);
  bench->join[round] = watch_read (watch);
  g_mutex_lock (&onlooker.mutex);
  onlooker.is_over = TRUE;
  g_cond_signal (&onlooker.over);
  g_mutex_unlock (&onlooker.mutex);
  g_thread_join (thread);
  g_mutex_clear (&onlooker.mutex);
  g_cond_clear (&onlooker.over);
  bench->first[round] = onlooker.seen.wall != 0 ? onlooker.seen : bench->join[round];
  bench->newest[round] = onlooker.newest_seen.wall != 0 ? onlooker.newest_seen : bench->join[round];
  wait_for_index (store);
  bench->whole[round] = watch_read (watch);
  if (count_tickets (store) < bench->n_tickets * 9 / 10)
    g_error ("only %u tickets arrived", count_tickets (store));
  kip_store_close (store);
  remove_tree (dir);
}

static KipId
newest_ticket (KipStore *store)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_RECEIVED, TRUE, kip_clock_now (), NULL, NULL);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, KipId, 0) : KIP_ID_NONE;
}

static void
measure (Bench *bench,
         guint  round)
{
  g_autofree char *name = g_strdup_printf ("office-%u", round);
  g_autofree char *path = g_build_filename (bench->top, "Office.kip", NULL);
  g_autoptr (KipStore) store = open_new_office (bench, name);

  KipId newest;

  bench->append[round] = append_all (bench, store);
  wait_for_index (store);
  newest = newest_ticket (store);
  bench->begin[round] = share (bench, store, path);
  kip_store_close (store);
  join (bench, path, newest, round);
  remove_tree (kip_store_get_dir (store));
  g_unlink (path);
}

/* ---- telling ---- */

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

/* Of @times divided by @by (nullable). */
static double
median_of (const Spent *times,
           const Spent *by,
           guint        n,
           gboolean     cpu)
{
  double values[MAX_ROUNDS];

  for (guint i = 0; i < n; i++)
    {
      values[i] = cpu ? times[i].cpu : times[i].wall;
      if (by != NULL)
        values[i] /= cpu ? by[i].cpu : by[i].wall;
    }
  return median (values, n);
}

static gboolean
tell (Bench *bench,
      guint  n)
{
  double ratio = median_of (bench->join, bench->append, n, FALSE);
  double rate = bench->changes->len / median_of (bench->join, NULL, n, FALSE);
  double newest = median_of (bench->newest, NULL, n, FALSE);
  double cpu_rate = 2 * bench->changes->len / median_of (bench->join, NULL, n, TRUE);

  g_print ("BENCH\tan office of %u tickets: change-sets, events, bytes of shared file\t%u, %" G_GUINT64_FORMAT ", %.1f MB\t-\t-\n",
           bench->n_tickets, bench->changes->len, bench->n_events, (double) bench->file_size / 1e6);
  g_print ("BENCH\tappended here\t%.1f s (%.1f s of a core)\t-\t-\n", median_of (bench->append, NULL, n, FALSE),
           median_of (bench->append, NULL, n, TRUE));
  g_print ("BENCH\tits shared file written and proved\t%.1f s (%.1f s of a core)\t-\t-\n", median_of (bench->begin, NULL, n, FALSE),
           median_of (bench->begin, NULL, n, TRUE));
  g_print ("BENCH\tjoined by another machine\t%.1f s, %.2f x appending (of a core: %.1f s, %.2f x)\t<= %.0f x\t%s\n",
           median_of (bench->join, NULL, n, FALSE), ratio, median_of (bench->join, NULL, n, TRUE),
           median_of (bench->join, bench->append, n, TRUE), GOAL, ratio <= GOAL ? "ok" : "missed");
  g_print ("BENCH\tchange-sets verified, unsealed, folded and kept\t%.0f a second by the clock, %.0f by what two cores could\t>= %d\t%s\n",
           rate, cpu_rate, RATE, cpu_rate >= RATE ? "ok" : "missed");
  g_print ("BENCH\tfirst tickets seen while joining\t%.2f s (%.2f s of a core)\t-\t-\n", median_of (bench->first, NULL, n, FALSE),
           median_of (bench->first, NULL, n, TRUE));
  g_print ("BENCH\tthe newest ticket seen while joining\t%.2f s (%.2f s of a core)\t<= 1 s\t%s\n", newest,
           median_of (bench->newest, NULL, n, TRUE), newest <= 1 ? "ok" : "missed");
  g_print ("BENCH\tjoined, search index included\t%.1f s (%.1f s of a core)\t-\t-\n", median_of (bench->whole, NULL, n, FALSE),
           median_of (bench->whole, NULL, n, TRUE));
  return ratio <= GOAL && cpu_rate >= RATE;
}

int
main (int   argc,
      char *argv[])
{
  int n_tickets = 100000, n_rounds = 1;
  gboolean check = FALSE, ok;
  const GOptionEntry entries[] = {
    { "tickets", 0, 0, G_OPTION_ARG_INT, &n_tickets, "Size of the office", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, "Fail when a bound is missed", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  bench.n_tickets = (guint) n_tickets;
  bench.top = g_dir_make_tmp ("kip-bench-XXXXXX", NULL);
  read_changes (&bench);
  n_rounds = CLAMP (n_rounds, 1, MAX_ROUNDS);
  for (guint i = 0; i < (guint) n_rounds; i++)
    measure (&bench, i);
  ok = tell (&bench, (guint) n_rounds);
  remove_tree (bench.top);
  g_free (bench.top);
  g_ptr_array_unref (bench.changes);
  return check && !ok ? 1 : 0;
}
