/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-append [--tickets N]: an edit from the request to the answer that it is on
 * disk, beside what SQLite needs for a bare commit of one row on the same disk; and
 * how many events a second are folded. */

#include "bare-commits.h"
#include "big-office.h"
#include "fold-rate.h"

#include "kip-clock.h"

#include <sqlite3.h>

#define EDITS 300

/* A person who is quick rests so long between two edits; meanwhile the index goes on. */
#define PAUSE_MS 20

/* ---- edits ---- */

typedef struct
{
  GMainLoop *loop;
  gboolean   is_saved, is_told;
} Edit;

static void
quit_when_done (Edit *edit)
{
  if (edit->is_saved && edit->is_told)
    g_main_loop_quit (edit->loop);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Edit *edit = data;
  g_autoptr (GError) error = NULL;

  if (!kip_store_append_finish (KIP_STORE (source), result, NULL, &error))
    g_error ("%s", error->message);
  edit->is_saved = TRUE;
  quit_when_done (edit);
}

static void
changed_cb (KipStore *store,
            GArray   *changed,
            gpointer  data)
{
  Edit *edit = data;

  edit->is_told = TRUE;
  quit_when_done (edit);
}

/* From the request until it is durable, listeners know, and its row is read again. */
static double
time_edit (KipStore *store,
           Edit     *edit,
           KipId     ticket,
           guint     i)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "edit");
  g_autofree char *subject = g_strdup_printf ("edit %u at %" G_GINT64_FORMAT, i, g_get_monotonic_time ());
  gint64 begin = g_get_monotonic_time ();

  kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, subject);
  edit->is_saved = edit->is_told = FALSE;
  kip_store_append_async (store, change, NULL, saved_cb, edit);
  g_main_loop_run (edit->loop);
  g_ptr_array_unref (kip_store_rows (store, &ticket, 1, NULL));
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
pause_ms (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (ms, quit_cb, loop);
  g_main_loop_run (loop);
}

static void
edit_some (KipStore *store,
           double   *times,
           guint     pause)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KipQuery) query = kip_query_parse ("is:open");
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_DUE, FALSE, kip_clock_now (), NULL, NULL);
  Edit edit = { loop, FALSE, FALSE };
  gulong handler = g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &edit);

  for (guint i = 0; i < EDITS; i++)
    {
      pause_ms (pause);
      times[i] = time_edit (store, &edit, g_array_index (ids, KipId, i * 7 % ids->len), i);
    }
  g_signal_handler_disconnect (store, handler);
}

/* The disk may be slower before than after: half of the yardstick is taken there, half here. */
static void
bench_edits (KipStore   *store,
             guint       pause,
             const char *what)
{
  double bare[EDITS], times[EDITS];
  const char *dir = kip_store_get_dir (store);

  bare_commits_time (dir, bare, EDITS / 2);
  edit_some (store, times, pause);
  bare_commits_time (dir, bare + EDITS / 2, EDITS - EDITS / 2);
  bare_commits_compare (what, times, bare, EDITS);
}

static void
bench_edits_of (KipStore *store,
                guint     n_tickets)
{
  g_autofree char *by_person = g_strdup_printf ("an edit until durable and told, %u tickets", n_tickets);
  g_autofree char *in_a_row = g_strdup_printf ("one edit right behind the other, %u tickets", n_tickets);

  bench_edits (store, PAUSE_MS, by_person);
  bench_edits (store, 0, in_a_row);
}

/* ---- edits while the search index is made ---- */

/* As if an office of this size had just been brought in; what the index held is freed, so that a
 * run leaves the office as it found it. */
static void
forget_index (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "kip.db", NULL);
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK
      || sqlite3_exec (db, "INSERT INTO search (search) VALUES ('delete-all');"
                       "DELETE FROM document; DELETE FROM reindex; DELETE FROM counter WHERE key = 'indexed'", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

static KipStore *
bench_edits_while_indexing (KipStore *store,
                            guint     n_tickets)
{
  g_autoptr (KipQuery) words = kip_query_parse ("printer");
  g_autofree char *dir = g_strdup (kip_store_get_dir (store));
  g_autofree char *what = g_strdup_printf ("an edit while all is indexed, %u tickets", n_tickets);
  double bare[EDITS], times[EDITS];

  bare_commits_time (dir, bare, EDITS);
  kip_store_close (store);
  g_object_unref (store);
  forget_index (dir);
  store = big_office_open (n_tickets);
  edit_some (store, times, PAUSE_MS);
  bare_commits_compare (what, times, bare, EDITS);
  g_array_unref (kip_store_list (store, words, KIP_SORT_DUE, FALSE, kip_clock_now (), NULL, NULL)); /* waits for the index */
  return store;
}

int
main (int    argc,
      char **argv)
{
  int n_tickets = 100000;
  gboolean no_fold = FALSE;
  const GOptionEntry entries[] = {
    { "tickets", 0, 0, G_OPTION_ARG_INT, &n_tickets, "Size of the office", "N" },
    { "no-fold", 0, 0, G_OPTION_ARG_NONE, &no_fold, "Only the edits", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  store = big_office_open ((guint) n_tickets);
  bench_edits_of (store, (guint) n_tickets);
  store = bench_edits_while_indexing (store, (guint) n_tickets);
  if (!no_fold)
    {
      g_autofree char *what = g_strdup_printf ("%d tickets", n_tickets);

      fold_rate_print (store, what);
    }
  kip_store_close (store);
  return 0;
}
