/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a person waits for the charts: from opening the window, choosing another
 * range, grouping or filter, and from an edit in the office, until all charts in sight are on
 * the screen; and the longest time in which the window could not have answered a key.
 *
 *   bench-charts-window TICKETS
 *
 * The window is a real one; "on the screen" is when the display server has worked off the
 * frame that was painted after all in sight had been filled with the new figures. */
#include "big-office.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kip-charts-window-private.h"
#include "kip-commands.h"

#define PATIENCE_MS 60000
#define LIMIT_OPEN_MS 400.0
#define LIMIT_CHANGE_MS 250.0
#define LIMIT_EVENT_MS 50.0
#define LIMIT_BLOCK_MS 8.0

typedef struct
{
  GtkWindow  *window;
  KipSession *session;
  gboolean    shown, painted; /* since the watch was set */
  double      asked;          /* when the watch was set */
  double      worked;         /* what the processor had done by then */
  double      begun;          /* of the frame that is being made */
  double      frame;          /* the longest */
  double      block;          /* the longest turn of the main loop that made no frame */
  gboolean    was_frame;      /* in this turn */
} Bench;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* Of this thread: others may use the machine, too. */
static double
cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

/* Of all threads of this process. */
static double
process_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

/* ---- waiting ---- */

static void
shown_cb (Bench *bench)
{
  bench->shown = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (bench->window));
}

static void
before_paint_cb (Bench *bench)
{
  bench->begun = cpu_ms ();
}

static void
after_paint_cb (Bench *bench)
{
  bench->frame = MAX (bench->frame, cpu_ms () - bench->begun);
  bench->painted |= bench->shown;
  bench->was_frame = TRUE;
}

/* One turn; while nothing is ready there is nothing to measure. */
static void
turn (Bench *bench)
{
  double begin = cpu_ms (), length;

  bench->was_frame = FALSE;
  if (!g_main_context_iteration (NULL, FALSE))
    {
      g_poll (NULL, 0, 1);
      return;
    }
  length = cpu_ms () - begin;
  if (bench->was_frame)
    return;
  if (length > LIMIT_BLOCK_MS && g_getenv ("KIP_BENCH_TURNS") != NULL)
    fprintf (stderr, "a turn of %.1f ms, %.1f ms after the question\n", length, now_ms () - bench->asked);
  bench->block = MAX (bench->block, length);
}

static double
wait_painted (Bench *bench)
{
  while (!bench->painted)
    {
      turn (bench);
      if (now_ms () - bench->asked > PATIENCE_MS)
        {
          fprintf (stderr, "no answer was painted\n");
          exit (1);
        }
    }
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (bench->window)));
  return now_ms () - bench->asked;
}

static void
set_watch (Bench *bench)
{
  bench->worked = process_ms ();
  bench->shown = bench->painted = FALSE;
  bench->asked = now_ms ();
  bench->block = bench->frame = 0;
}

static void
rest (Bench *bench,
      double ms)
{
  for (double begin = now_ms (); now_ms () - begin < ms;)
    turn (bench);
}

static void
show (Bench      *bench,
      const char *what,
      guint       tickets,
      double      limit)
{
  double ms = wait_painted (bench);

  printf ("BENCH\t%s, %u tickets\t%.1f ms\t≤ %.0f ms\t%s\n", what, tickets, ms, limit, ms <= limit ? "ok" : "missed");
  printf ("BENCH\t  a core's time for it, all threads\t%.1f ms\t-\t-\n", process_ms () - bench->worked);
  printf ("BENCH\t  longest turn without a frame\t%.1f ms\t≤ %.0f ms\t%s\n", bench->block, LIMIT_BLOCK_MS,
          bench->block <= LIMIT_BLOCK_MS ? "ok" : "missed");
  printf ("BENCH\t  longest frame\t%.1f ms\t-\t-\n", bench->frame);
}

/* ---- what is measured ---- */

static void
measure_opening (Bench          *bench,
                 GtkApplication *application,
                 guint           tickets)
{
  set_watch (bench);
  kip_charts_window_present (application, bench->session);
  bench->window = g_list_nth_data (gtk_application_get_windows (application), 0);
  g_signal_connect_swapped (bench->window, "shown", G_CALLBACK (shown_cb), bench);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint", G_CALLBACK (after_paint_cb), bench);
  show (bench, "charts opened", tickets, LIMIT_OPEN_MS);
}

static void
measure_by (Bench      *bench,
            const char *by,
            guint       tickets)
{
  g_autofree char *what = g_strdup_printf ("charts by %s", by);

  rest (bench, 400);
  set_watch (bench);
  g_object_set (bench->window, "by", by, NULL);
  show (bench, what, tickets, LIMIT_CHANGE_MS);
}

static void
measure_range (Bench *bench,
               guint  days,
               guint  tickets)
{
  g_autofree char *what = g_strdup_printf ("charts of %u days", days);
  g_autoptr (GTimeZone) zone = kip_office_zone (kip_session_get_store (bench->session));
  KipRange range = kip_range_last_days (days, big_office_now (), zone);

  rest (bench, 400);
  set_watch (bench);
  kip_range_button_set_range (KIP_CHARTS_WINDOW (bench->window)->range, &range);
  show (bench, what, tickets, LIMIT_CHANGE_MS);
}

static void
measure_filter (Bench      *bench,
                const char *filter,
                guint       tickets)
{
  g_autofree char *what = g_strdup_printf ("charts filtered by “%s”", filter);

  rest (bench, 400);
  set_watch (bench);
  kip_search_entry_set_text (KIP_CHARTS_WINDOW (bench->window)->search, filter);
  show (bench, what, tickets, LIMIT_CHANGE_MS);
}

static void
measure_edit (Bench    *bench,
              KipStore *store,
              guint     tickets)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (KipQuery) open = kip_query_parse ("is:open");
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;
  KipChange *change;

  ids = kip_store_list (store, open, KIP_SORT_DUE, FALSE, big_office_now (), NULL, &error);
  g_assert_no_error (error);
  ticket = kip_store_ticket (store, g_array_index (ids, KipId, 0), &error);
  g_assert_no_error (error);
  change = kip_change_new (kip_store_get_me (store), "edit");
  kip_change_set_int (change, KIP_KIND_TICKET, ticket->id, KIP_FIELD_URGENCY, ticket->urgency % 3 + 1); /* another one */
  rest (bench, 600);
  set_watch (bench);
  kip_store_append_async (store, change, NULL, NULL, NULL);
  show (bench, "an edit in the charts", tickets, LIMIT_EVENT_MS);
}

int
main (int    argc,
      char **argv)
{
  guint tickets = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 100000;
  Bench bench = { 0 };
  g_autoptr (AdwApplication) application = NULL;
  KipStore *store;

  adw_init ();
  application = adw_application_new ("io.github.kipdesk.KipBench", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  store = big_office_open (tickets);
  bench.session = kip_session_new (store);
  measure_opening (&bench, GTK_APPLICATION (application), tickets);
  rest (&bench, 3000); /* all that ever was is read */
  measure_by (&bench, "day", tickets);
  measure_by (&bench, "week", tickets);
  measure_by (&bench, "month", tickets);
  measure_edit (&bench, store, tickets);
  measure_edit (&bench, store, tickets);
  measure_filter (&bench, "priority:high", tickets);
  measure_filter (&bench, "may in", tickets);
  measure_filter (&bench, "", tickets);
  measure_range (&bench, 90, tickets);
  measure_range (&bench, 365, tickets);
  kip_charts_window_close (GTK_APPLICATION (application));
  rest (&bench, 50);
  g_object_unref (bench.session);
  kip_store_close (store);
  g_object_unref (store);
  return 0;
}
