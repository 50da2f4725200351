/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a person waits at the desk: from choosing a view, clicking a header or
 * typing a letter until the rows are on the screen, and how long each frame takes
 * while the list scrolls.
 *
 *   bench-desk TICKETS [views|sorts|typing|scrolling]
 *
 * The window is a real one; "on the screen" is the end of the first painting after
 * the list has its answer. */
#include "big-office.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kip-desk.h"
#include "kip-memory.h"
#include "kip-ticket-view.h"

#define PATIENCE_MS 30000
#define REST_MS 60     /* between two keys of a quick typist */
#define ROUNDS 4
#define SCROLL_STEPS 400
#define SCROLL_PX 40
#define LIMIT_FRAME_MS 50.0
#define LIMIT_MEMORY_MIB 150.0

typedef struct
{
  GtkWidget      *window;
  KipDesk        *desk;
  KipSearchEntry *search;
  KipTicketView  *tickets;
  gboolean        answered, painted; /* since the watch was set */
  double          begun, begun_cpu;  /* of the frame that is being made */
  double          start, answer;     /* ms: of the watch, until the answer */
  double          start_cpu;
  GArray         *frames;            /* of double: ms, while scrolling */
  GArray         *frames_cpu;
} Bench;

typedef struct
{
  GArray *values, *answers, *cpu; /* of double: ms */
} Times;

static double
now_ms (void)
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

/* Painted anew even when it looks as before: nothing found again, say. */
static void
answered_cb (Bench *bench)
{
  if (!bench->answered)
    bench->answer = now_ms () - bench->start;
  bench->answered = TRUE;
  gtk_widget_queue_draw (bench->window);
}

static void
before_paint_cb (Bench *bench)
{
  bench->begun = now_ms ();
  bench->begun_cpu = cpu_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_paint_cb (Bench *bench)
{
  double length = now_ms () - bench->begun;
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

static void
wait_painted (Bench *bench)
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

static void
rest (guint ms)
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

static double
share (GArray *values,
       double  fraction)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, MIN ((guint) (values->len * fraction), values->len - 1));
}

static void
times_init (Times *times)
{
  times->values = g_array_new (FALSE, FALSE, sizeof (double));
  times->answers = g_array_new (FALSE, FALSE, sizeof (double));
  times->cpu = g_array_new (FALSE, FALSE, sizeof (double));
}

/* Tells them, and they are done with. */
static void
show (const char *what,
      guint       tickets,
      Times      *times)
{
  double limit = tickets > 100000 ? 100 : 16;
  double median = share (times->values, 0.5);

  printf ("BENCH\t%s, %u tickets\t%.1f ms (p90 %.1f; the answer after %.1f; of a core %.1f)\t≤ %.0f ms\t%s\n", what, tickets, median,
          share (times->values, 0.9), share (times->answers, 0.5), share (times->cpu, 0.5), limit, median <= limit ? "ok" : "missed");
  fflush (stdout);
  g_array_unref (times->values);
  g_array_unref (times->answers);
  g_array_unref (times->cpu);
}

/* ---- what is measured ---- */

static void
set_watch (Bench *bench)
{
  bench->answered = bench->painted = FALSE;
  bench->start = now_ms ();
  bench->start_cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
}

static void
note (Bench *bench,
      Times *times)
{
  double length, cpu;

  wait_painted (bench);
  length = now_ms () - bench->start;
  cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - bench->start_cpu;
  g_array_append_val (times->values, length);
  g_array_append_val (times->answers, bench->answer);
  g_array_append_val (times->cpu, cpu);
}

static void
measure_views (Bench *bench,
               guint  tickets)
{
  static const char *const keys[] = { "all", "open", "my-queue", "resolved", "unassigned", "overdue" };
  Times times;

  times_init (&times);
  for (guint i = 0; i < ROUNDS * G_N_ELEMENTS (keys); i++)
    {
      set_watch (bench);
      kip_desk_show_view (bench->desk, keys[i % G_N_ELEMENTS (keys)]);
      note (bench, &times);
      rest (600);
    }
  show ("switching a view", tickets, &times);
}

static GtkColumnView *
find_column_view (GtkWidget *widget)
{
  GtkColumnView *found = NULL;

  if (GTK_IS_COLUMN_VIEW (widget))
    return GTK_COLUMN_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_column_view (child);
  return found;
}

static void
measure_sorts (Bench *bench,
               guint  tickets)
{
  GtkColumnView *view = find_column_view (GTK_WIDGET (bench->tickets));
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n = g_list_model_get_n_items (columns);
  Times times;

  times_init (&times);
  set_watch (bench);
  kip_desk_show_view (bench->desk, "all");
  wait_painted (bench);
  rest (2000);
  for (guint i = 0; i < ROUNDS * n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i % n);

      set_watch (bench);
      gtk_column_view_sort_by_column (view, column, i / n % 2 == 0 ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      note (bench, &times);
      rest (600);
    }
  show ("sorting by a header", tickets, &times);
}

static void
measure_typing (Bench *bench,
                guint  tickets)
{
  static const char *const texts[] = { "may in tang", "status:open printer", "mang wifi", "password", "214" };
  Times times;

  times_init (&times);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      kip_search_entry_set_text (bench->search, "");
      rest (800);
      for (gsize n = 1; n <= strlen (texts[i]); n++)
        {
          g_autofree char *text = g_strndup (texts[i], n);

          set_watch (bench);
          kip_search_entry_set_text (bench->search, text);
          note (bench, &times);
          rest (REST_MS);
        }
    }
  kip_search_entry_set_text (bench->search, "");
  rest (800);
  show ("a key of search", tickets, &times);
}

static GtkAdjustment *
adjustment_of (Bench *bench)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (find_column_view (GTK_WIDGET (bench->tickets))),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  Bench *bench = data;
  GtkAdjustment *adjustment = adjustment_of (bench);
  static guint steps;

  /* Slowly, then by leaps. */
  steps++;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                            (steps % 10 == 0 ? 20 * SCROLL_PX : SCROLL_PX));
  return bench->frames->len < SCROLL_STEPS ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
measure_scrolling (Bench *bench,
                   guint  tickets)
{
  double longest;

  set_watch (bench);
  kip_desk_show_view (bench->desk, "all");
  wait_painted (bench);
  rest (2000);
  bench->frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench->frames_cpu = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_widget_add_tick_callback (bench->window, scroll_cb, bench, NULL);
  while (bench->frames->len < SCROLL_STEPS)
    g_main_context_iteration (NULL, TRUE);
  longest = share (bench->frames, 1.0);
  printf ("BENCH\ta frame while scrolling, %u tickets\tlongest %.1f ms (median %.1f; of a core %.1f and %.1f)\t≤ %.0f ms\t%s\n", tickets, longest,
          share (bench->frames, 0.5), share (bench->frames_cpu, 1.0), share (bench->frames_cpu, 0.5), LIMIT_FRAME_MS, longest <= LIMIT_FRAME_MS ? "ok" : "missed");
  g_clear_pointer (&bench->frames, g_array_unref);
  g_clear_pointer (&bench->frames_cpu, g_array_unref);
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

/* ---- the window ---- */

static KipTicketView *
find_tickets (GtkWidget *widget)
{
  KipTicketView *found = NULL;

  if (KIP_IS_TICKET_VIEW (widget))
    return KIP_TICKET_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_tickets (child);
  return found;
}

static void
open_window (Bench    *bench,
             KipStore *store)
{
  g_autoptr (KipSession) session = kip_session_new (store);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  bench->window = gtk_window_new ();
  bench->search = g_object_new (KIP_TYPE_SEARCH_ENTRY, NULL);
  bench->desk = g_object_new (KIP_TYPE_DESK, "vexpand", TRUE, NULL);
  bench->tickets = find_tickets (GTK_WIDGET (bench->desk));
  g_signal_connect_swapped (bench->tickets, "answered", G_CALLBACK (answered_cb), bench);
  kip_desk_set_search (bench->desk, bench->search);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench->desk));
  gtk_window_set_child (GTK_WINDOW (bench->window), box);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bench->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (after_paint_cb), bench);
  kip_desk_set_session (bench->desk, session);
  wait_painted (bench);
  rest (2000);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };
  g_autoptr (KipStore) store = NULL;
  const char *only = argc > 2 ? argv[2] : NULL;
  guint tickets = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100000;

  kip_memory_init (); /* as the program does */
  gtk_init ();
  adw_init ();
  store = big_office_open (tickets);
  open_window (&bench, store);
  if (only == NULL || g_str_equal (only, "views"))
    measure_views (&bench, tickets);
  if (only == NULL || g_str_equal (only, "sorts"))
    measure_sorts (&bench, tickets);
  if (only == NULL || g_str_equal (only, "typing"))
    measure_typing (&bench, tickets);
  if (only == NULL || g_str_equal (only, "scrolling"))
    measure_scrolling (&bench, tickets);
  measure_memory (tickets);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  kip_store_close (store);
  return 0;
}
