/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PATIENCE_MS 30000

double
desk_bench_now (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* What was had of the cores: beside it the time on a clock tells how busy the machine was. */
static double
cpu_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* ---- waiting ---- */

void
desk_bench_answer (DeskBench *bench)
{
  if (!bench->answered)
    bench->answer = desk_bench_now () - bench->start;
  bench->answered = TRUE;
  gtk_widget_queue_draw (bench->window);
}

static void
before_paint_cb (DeskBench *bench)
{
  bench->begun = desk_bench_now ();
  bench->begun_cpu = cpu_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_paint_cb (DeskBench *bench)
{
  double length = desk_bench_now () - bench->begun;
  double cpu = cpu_ms (CLOCK_THREAD_CPUTIME_ID) - bench->begun_cpu;

  if (bench->answered)
    bench->painted = TRUE;
  if (bench->frames == NULL)
    return;
  g_array_append_val (bench->frames, length);
  g_array_append_val (bench->frames_cpu, cpu);
}

static gboolean
give_up_cb (gpointer data)
{
  fprintf (stderr, "no answer was painted\n");
  exit (1);
}

void
desk_bench_wait_painted (DeskBench *bench)
{
  guint patience = g_timeout_add (PATIENCE_MS, give_up_cb, NULL);

  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
desk_bench_rest (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- figures ---- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
desk_bench_share (GArray *values,
                  double  fraction)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, MIN ((guint) (values->len * fraction), values->len - 1));
}

void
desk_times_init (DeskTimes *times)
{
  times->values = g_array_new (FALSE, FALSE, sizeof (double));
  times->answers = g_array_new (FALSE, FALSE, sizeof (double));
  times->cpu = g_array_new (FALSE, FALSE, sizeof (double));
}

/* Tells them, and they are done with. */
void
desk_times_show (DeskTimes  *times,
                 const char *what,
                 guint       tickets)
{
  double limit = tickets > 100000 ? 100 : 16;
  double median = desk_bench_share (times->values, 0.5);

  printf ("BENCH\t%s, %u tickets\t%.1f ms (p90 %.1f; the answer after %.1f; of a core %.1f)\t≤ %.0f ms\t%s\n", what, tickets, median,
          desk_bench_share (times->values, 0.9), desk_bench_share (times->answers, 0.5), desk_bench_share (times->cpu, 0.5), limit, median <= limit ? "ok" : "missed");
  fflush (stdout);
  g_array_unref (times->values);
  g_array_unref (times->answers);
  g_array_unref (times->cpu);
}

/* ---- the watch ---- */

void
desk_bench_set_watch (DeskBench *bench)
{
  bench->answered = bench->painted = FALSE;
  bench->start = desk_bench_now ();
  bench->start_cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
}

void
desk_bench_note (DeskBench *bench,
                 DeskTimes *times)
{
  double length, cpu;

  desk_bench_wait_painted (bench);
  length = desk_bench_now () - bench->start;
  cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - bench->start_cpu;
  g_array_append_val (times->values, length);
  g_array_append_val (times->answers, bench->answer);
  g_array_append_val (times->cpu, cpu);
}

/* ---- the window ---- */

static gpointer
find_child (GtkWidget *widget,
            GType      type)
{
  gpointer found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);
  return found;
}

void
desk_bench_open (DeskBench *bench,
                 KipStore  *store)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  bench->session = kip_session_new (store);
  bench->window = gtk_window_new ();
  bench->search = g_object_new (KIP_TYPE_SEARCH_ENTRY, NULL);
  bench->desk = g_object_new (KIP_TYPE_DESK, "vexpand", TRUE, NULL);
  bench->tickets = find_child (GTK_WIDGET (bench->desk), KIP_TYPE_TICKET_VIEW);
  g_signal_connect_swapped (bench->tickets, "answered", G_CALLBACK (desk_bench_answer), bench);
  kip_desk_set_search (bench->desk, bench->search);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench->desk));
  gtk_window_set_child (GTK_WINDOW (bench->window), box);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bench->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (after_paint_cb), bench);
  kip_desk_set_session (bench->desk, bench->session);
  desk_bench_wait_painted (bench);
  desk_bench_rest (2000);
}

GtkColumnView *
desk_bench_column_view (DeskBench *bench)
{
  return find_child (GTK_WIDGET (bench->tickets), GTK_TYPE_COLUMN_VIEW);
}

void
desk_bench_close (DeskBench *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  g_object_unref (bench->session);
}
