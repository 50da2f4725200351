/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-lists [--tickets N] [--query TEXT]: how long a view, a sort and each key of a search take
 * from the request to the ids and the first page of rows, as the list asks for them. */

#include "big-office.h"

#include "kip-clock.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define REPEATS 7
#define PAGE 128

typedef struct
{
  GMainLoop *loop;
  GArray    *ids; /* (owned) (nullable) */
  GPtrArray *rows; /* (owned) (nullable) */
} Answer;

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->ids = kip_store_list_finish (KIP_STORE (source), result, &error);
  if (answer->ids == NULL)
    g_error ("%s", error->message);
  g_main_loop_quit (answer->loop);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Answer *answer = data;

  answer->rows = kip_store_rows_finish (KIP_STORE (source), result, NULL);
  g_main_loop_quit (answer->loop);
}

/* From the request to the first page of rows, in milliseconds. */
static double
time_list (KipStore   *store,
           const char *text,
           KipSort     sort,
           gboolean    descending,
           guint      *n)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KipQuery) query = kip_query_parse (text);
  Answer answer = { loop, NULL, NULL };
  gint64 begin = g_get_monotonic_time (), end;

  kip_store_list_async (store, query, sort, descending, kip_clock_now (), NULL, listed_cb, &answer);
  g_main_loop_run (loop);
  kip_store_rows_async (store, (const KipId *) (gpointer) answer.ids->data, MIN (PAGE, answer.ids->len), NULL, rows_cb, &answer);
  g_main_loop_run (loop);
  end = g_get_monotonic_time ();
  *n = answer.ids->len;
  g_array_unref (answer.ids);
  g_ptr_array_unref (answer.rows);
  return (double) (end - begin) / 1000;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *times,
        guint   n)
{
  qsort (times, n, sizeof *times, compare_doubles);
  return times[n / 2];
}

static double
measure (KipStore   *store,
         const char *text,
         KipSort     sort,
         gboolean    descending,
         guint      *n)
{
  double times[REPEATS];

  time_list (store, text, sort, descending, n);
  for (guint i = 0; i < REPEATS; i++)
    times[i] = time_list (store, text, sort, descending, n);
  return median (times, REPEATS);
}

/* ---- the yardstick ---- */

/* The ids of all tickets in the order of an index, read by nothing but SQLite. */
static double
time_bare (sqlite3 *db)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 begin = g_get_monotonic_time ();
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (db, "SELECT id FROM ticket WHERE hidden = 0 ORDER BY due_sort, id", -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  sqlite3_finalize (stmt);
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static double
measure_bare (KipStore *store)
{
  g_autofree char *path = g_build_filename (kip_store_get_dir (store), "kip.db", NULL);
  double times[REPEATS];
  sqlite3 *db;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  time_bare (db);
  for (guint i = 0; i < REPEATS; i++)
    times[i] = time_bare (db);
  sqlite3_close (db);
  return median (times, REPEATS);
}

/* ---- what is measured ---- */

typedef struct
{
  GArray *medians; /* (owned) of double */
  double  bound;
  double  bare;    /* the yardstick at that time: other programs may be running */
} Group;

static void
tell (Group      *group,
      const char *what,
      double      ms,
      guint       n)
{
  g_array_append_val (group->medians, ms);
  g_print ("  %-44s %8.2f ms  %u tickets\n", what, ms, n);
}

static void
tell_group (Group      *group,
            const char *what,
            guint       n_tickets)
{
  double ms = median ((double *) (gpointer) group->medians->data, group->medians->len);

  double slowest = g_array_index (group->medians, double, group->medians->len - 1);

  g_print ("BENCH\t%s at %u tickets, median\t%.1f ms, %.2f x reading all ids bare\t<= %.0f ms\t%s\n", what, n_tickets, ms,
           ms / group->bare, group->bound, ms <= group->bound ? "ok" : "missed");
  g_print ("BENCH\t%s at %u tickets, slowest\t%.1f ms, %.2f x\t-\t-\n", what, n_tickets, slowest, slowest / group->bare);
  g_array_unref (group->medians);
}

static Group
new_group (KipStore *store,
           guint     n_tickets)
{
  /* Of the bound from the key to the screen, what is left for the window is little. */
  return (Group) { g_array_new (FALSE, FALSE, sizeof (double)), n_tickets <= 100000 ? 12 : 90, measure_bare (store) };
}

static void
bench_views (KipStore *store,
             guint     n_tickets)
{
  GPtrArray *agents = kip_office_get_agents (kip_store_get_office (store));
  g_autofree char *agent = g_strdup_printf ("is:open agent:\"%s\"", ((KipPerson *) g_ptr_array_index (agents, 1))->name);
  const char *views[] = {
    "", "is:open", agent, "is:open agent:none", "is:open due:today", "is:open is:overdue", "is:waiting",
    "resolved:this-week sort:-resolved", "received:last-month", "is:closed", "priority:high", "is:open priority:high",
  };
  Group group = new_group (store, n_tickets);
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      double ms = measure (store, views[i], KIP_SORT_DUE, FALSE, &n);

      tell (&group, *views[i] != '\0' ? views[i] : "(everything)", ms, n);
    }
  tell_group (&group, "switching a view", n_tickets);
}

static void
bench_sorts (KipStore   *store,
             const char *query,
             guint       n_tickets)
{
  static const char *const names[] = {
    "due", "number", "subject", "requester", "priority", "status", "assignee", "team", "category", "received", "updated", "resolved",
  };
  g_autofree char *what = g_strdup_printf ("sorting %s", *query != '\0' ? query : "everything");
  Group group = new_group (store, n_tickets);
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s by %s", *query != '\0' ? query : "everything", names[i]);
      double ms = measure (store, query, (KipSort) i, i % 2 == 1, &n);

      tell (&group, name, ms, n);
    }
  tell_group (&group, what, n_tickets);
}

/* Each beginning of what is typed. */
static void
bench_typing (KipStore   *store,
              const char *text,
              Group      *group)
{
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end))
    {
      g_autofree char *typed = g_strndup (text, (gsize) (end - text));
      guint n;
      double ms = measure (store, typed, KIP_SORT_DUE, FALSE, &n);

      tell (group, typed, ms, n);
      if (*end == '\0')
        break;
    }
}

static void
bench_search (KipStore *store,
              guint     n_tickets)
{
  static const char *const texts[] = { "may in", "đường dây", "printer jam", "is:open vpn", "ab12", "a-214", "requester 77" };
  Group group = new_group (store, n_tickets);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    bench_typing (store, texts[i], &group);
  tell_group (&group, "each key of a search", n_tickets);
}

static void
bench_one (KipStore   *store,
           const char *text)
{
  double times[200];
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = time_list (store, text, KIP_SORT_DUE, FALSE, &n);
  g_print ("  %-44s %8.2f ms  %u tickets\n", text, median (times, G_N_ELEMENTS (times)), n);
  kip_store_close (store);
}

/* ---- memory ---- */

static void
tell_memory (guint n_tickets)
{
  g_autofree char *status = NULL;
  const char *line;
  gint64 kib;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    return;
  kib = g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10);
  g_print ("BENCH\tmemory of the store after all that, %u tickets\t%" G_GINT64_FORMAT " MB\t<= 150 MB\t%s\n", n_tickets, kib / 1024,
           kib <= 150 * 1024 ? "ok" : "missed");
}

int
main (int    argc,
      char **argv)
{
  int n_tickets = 100000;
  g_autofree char *query = NULL;
  const GOptionEntry entries[] = {
    { "tickets", 0, 0, G_OPTION_ARG_INT, &n_tickets, "Size of the office", "N" },
    { "query", 0, 0, G_OPTION_ARG_STRING, &query, "Only this one, many times over, for a profiler", "TEXT" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = NULL;
  gint64 begin;
  double opened;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  kip_store_close ((store = big_office_open ((guint) n_tickets)));
  g_clear_object (&store);
  begin = g_get_monotonic_time ();
  store = big_office_open ((guint) n_tickets);
  opened = (double) (g_get_monotonic_time () - begin) / 1000;
  g_print ("BENCH\topening the office, %d tickets\t%.1f ms\t<= 150 ms\t%s\n", n_tickets, opened, opened <= 150 ? "ok" : "missed");
  g_print ("BENCH\treading all ids bare, %d tickets\t%.1f ms\t-\t-\n", n_tickets, measure_bare (store));
  if (query != NULL)
    {
      bench_one (store, query);
      return 0;
    }
  bench_views (store, (guint) n_tickets);
  bench_sorts (store, "", (guint) n_tickets);
  bench_sorts (store, "is:open", (guint) n_tickets);
  bench_search (store, (guint) n_tickets);
  tell_memory ((guint) n_tickets);
  kip_store_close (store);
  return 0;
}
