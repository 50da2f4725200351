/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a person waits at the desk: from choosing a view, clicking a header or
 * typing a letter until the rows are on the screen, and how long each frame takes
 * while the list scrolls.
 *
 *   bench-desk TICKETS [views|sorts|typing|scrolling|edits]
 *
 * The window is a real one; "on the screen" is the end of the first painting after
 * the list has its answer. */
#include "bare-commits.h"
#include "big-office.h"
#include "desk-bench.h"

#include <stdio.h>
#include <string.h>

#include "kip-memory.h"

#define REST_MS 60     /* between two keys of a quick typist */
#define ROUNDS 4
#define EDITS 300
#define ROWS_EDITED 12 /* from the first on: all are in sight */
#define SCROLL_STEPS 400
#define SCROLL_PX 40
#define LIMIT_FRAME_MS 50.0
#define LIMIT_MEMORY_MIB 150.0

static void
measure_views (DeskBench *bench,
               guint      tickets)
{
  static const char *const keys[] = { "all", "open", "my-queue", "resolved", "unassigned", "overdue" };
  DeskTimes times;

  desk_times_init (&times);
  for (guint i = 0; i < ROUNDS * G_N_ELEMENTS (keys); i++)
    {
      desk_bench_set_watch (bench);
      kip_desk_show_view (bench->desk, keys[i % G_N_ELEMENTS (keys)]);
      desk_bench_note (bench, &times);
      desk_bench_rest (600);
    }
  desk_times_show (&times, "switching a view", tickets);
}

static void
measure_sorts (DeskBench *bench,
               guint      tickets)
{
  GtkColumnView *view = desk_bench_column_view (bench);
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n = g_list_model_get_n_items (columns);
  DeskTimes times;

  desk_times_init (&times);
  desk_bench_set_watch (bench);
  kip_desk_show_view (bench->desk, "all");
  desk_bench_wait_painted (bench);
  desk_bench_rest (2000);
  for (guint i = 0; i < ROUNDS * n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i % n);

      desk_bench_set_watch (bench);
      gtk_column_view_sort_by_column (view, column, i / n % 2 == 0 ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      desk_bench_note (bench, &times);
      desk_bench_rest (600);
    }
  desk_times_show (&times, "sorting by a header", tickets);
}

static void
measure_typing (DeskBench *bench,
                guint      tickets)
{
  static const char *const texts[] = { "may in tang", "status:open printer", "mang wifi", "password", "214" };
  DeskTimes times;

  desk_times_init (&times);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      kip_search_entry_set_text (bench->search, "");
      desk_bench_rest (800);
      for (gsize n = 1; n <= strlen (texts[i]); n++)
        {
          g_autofree char *text = g_strndup (texts[i], n);

          desk_bench_set_watch (bench);
          kip_search_entry_set_text (bench->search, text);
          desk_bench_note (bench, &times);
          desk_bench_rest (REST_MS);
        }
    }
  kip_search_entry_set_text (bench->search, "");
  desk_bench_rest (800);
  desk_times_show (&times, "a key of search", tickets);
}

static GtkAdjustment *
adjustment_of (DeskBench *bench)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (desk_bench_column_view (bench)),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  DeskBench *bench = data;
  GtkAdjustment *adjustment = adjustment_of (bench);
  static guint steps;

  /* Slowly, then by leaps. */
  steps++;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                            (steps % 10 == 0 ? 20 * SCROLL_PX : SCROLL_PX));
  return bench->frames->len < SCROLL_STEPS ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
measure_scrolling (DeskBench *bench,
                   guint      tickets)
{
  double longest;

  desk_bench_set_watch (bench);
  kip_desk_show_view (bench->desk, "all");
  desk_bench_wait_painted (bench);
  desk_bench_rest (2000);
  bench->frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench->frames_cpu = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_widget_add_tick_callback (bench->window, scroll_cb, bench, NULL);
  while (bench->frames->len < SCROLL_STEPS)
    g_main_context_iteration (NULL, TRUE);
  longest = desk_bench_share (bench->frames, 1.0);
  printf ("BENCH\ta frame while scrolling, %u tickets\tlongest %.1f ms (median %.1f; of a core %.1f and %.1f)\t≤ %.0f ms\t%s\n", tickets, longest,
          desk_bench_share (bench->frames, 0.5), desk_bench_share (bench->frames_cpu, 1.0), desk_bench_share (bench->frames_cpu, 0.5), LIMIT_FRAME_MS, longest <= LIMIT_FRAME_MS ? "ok" : "missed");
  g_clear_pointer (&bench->frames, g_array_unref);
  g_clear_pointer (&bench->frames_cpu, g_array_unref);
}

/* ---- edits ---- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!kip_session_do_finish (KIP_SESSION (source), result, NULL, &error))
    g_error ("%s", error->message);
  *(gboolean *) data = TRUE;
}

/* TRUE when the list shows @ticket with @subject from its next frame on. */
static gboolean
is_known (DeskBench  *bench,
          KipId       ticket,
          const char *subject)
{
  KipTicketRow *row = kip_ticket_list_peek_row (kip_ticket_view_get_list (bench->tickets), ticket);

  return row != NULL && g_str_equal (row->subject, subject);
}

/* Of the @i-th row in sight, until the edit is on disk and painted. */
static double
time_edit (DeskBench *bench,
           guint      i)
{
  KipId ticket = kip_ticket_list_get_id (kip_ticket_view_get_list (bench->tickets), i % ROWS_EDITED);
  g_autofree char *subject = g_strdup_printf ("edit %u at %.3f", i, desk_bench_now ());
  KipChange *change = kip_change_new (kip_store_get_me (kip_session_get_store (bench->session)), "edit");
  gboolean is_saved = FALSE;

  kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, subject);
  desk_bench_set_watch (bench);
  kip_session_do (bench->session, change, "", saved_cb, &is_saved);
  while (!is_known (bench, ticket, subject))
    g_main_context_iteration (NULL, TRUE);
  desk_bench_answer (bench);
  desk_bench_wait_painted (bench);
  while (!is_saved)
    g_main_context_iteration (NULL, TRUE);
  return desk_bench_now () - bench->start;
}

static void
measure_edits (DeskBench *bench,
               guint      tickets)
{
  const char *dir = kip_store_get_dir (kip_session_get_store (bench->session));
  g_autofree char *what = g_strdup_printf ("an edit until on disk and painted in the list, %u tickets", tickets);
  double bare[EDITS], edits[EDITS];

  desk_bench_set_watch (bench);
  kip_desk_show_view (bench->desk, "open");
  desk_bench_wait_painted (bench);
  desk_bench_rest (2000);
  bare_commits_time (dir, bare, EDITS / 2);
  for (guint i = 0; i < EDITS; i++)
    {
      edits[i] = time_edit (bench, i);
      desk_bench_rest (REST_MS);
    }
  bare_commits_time (dir, bare + EDITS / 2, EDITS - EDITS / 2);
  bare_commits_compare (what, edits, bare, EDITS);
}

static void
measure_memory (guint tickets)
{
  g_autofree char *text = NULL;
  const char *line;
  double mib;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return;
  mib = g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
  printf ("BENCH\tresident after all this, %u tickets\t%.0f MiB\t≤ %.0f MiB\t%s\n", tickets, mib, LIMIT_MEMORY_MIB,
          mib <= LIMIT_MEMORY_MIB ? "ok" : "missed");
}

int
main (int    argc,
      char **argv)
{
  DeskBench bench = { 0 };
  g_autoptr (KipStore) store = NULL;
  const char *only = argc > 2 ? argv[2] : NULL;
  guint tickets = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100000;

  kip_memory_init (); /* as the program does */
  gtk_init ();
  adw_init ();
  store = big_office_open (tickets);
  desk_bench_open (&bench, store);
  if (only == NULL || g_str_equal (only, "views"))
    measure_views (&bench, tickets);
  if (only == NULL || g_str_equal (only, "sorts"))
    measure_sorts (&bench, tickets);
  if (only == NULL || g_str_equal (only, "typing"))
    measure_typing (&bench, tickets);
  if (only == NULL || g_str_equal (only, "scrolling"))
    measure_scrolling (&bench, tickets);
  if (only == NULL || g_str_equal (only, "edits"))
    measure_edits (&bench, tickets);
  measure_memory (tickets);
  desk_bench_close (&bench);
  kip_store_close (store);
  return 0;
}
