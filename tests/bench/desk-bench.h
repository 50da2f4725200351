/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-desk.h"
#include "kip-ticket-view.h"

/* A desk in a window of its own, and a watch that runs until what was asked of it is painted. */
typedef struct
{
  GtkWidget      *window;
  KipSession     *session; /* (owned) */
  KipDesk        *desk;
  KipSearchEntry *search;
  KipTicketView  *tickets;
  gboolean        answered, painted; /* since the watch was set */
  double          begun, begun_cpu;  /* of the frame that is being made */
  double          start, answer;     /* ms: of the watch, until the answer */
  double          start_cpu;
  GArray         *frames;            /* of double: ms, while scrolling */
  GArray         *frames_cpu;
} DeskBench;

typedef struct
{
  GArray *values, *answers, *cpu; /* of double: ms */
} DeskTimes;

void desk_bench_open (DeskBench *bench,
                      KipStore  *store);
void desk_bench_close (DeskBench *bench);

/* Milliseconds of a clock that only goes forward. */
double desk_bench_now (void);

/* Lets the window be for @ms. */
void desk_bench_rest (guint ms);

/* Sets the watch; then, after something was asked of the desk: waits until the answer is painted
 * and adds how long that took. */
void desk_bench_set_watch (DeskBench *bench);
void desk_bench_note (DeskBench *bench,
                      DeskTimes *times);
void desk_bench_wait_painted (DeskBench *bench);

/* The answer is there: it is painted next, even when it looks as before.  For what the list answers
 * this needs no call. */
void desk_bench_answer (DeskBench *bench);

void desk_times_init (DeskTimes *times);

/* Prints them as a line of the table, and they are done with. */
void desk_times_show (DeskTimes  *times,
                      const char *what,
                      guint       tickets);

/* The value that @fraction of @values (of double) do not exceed; sorts them. */
double desk_bench_share (GArray *values,
                         double  fraction);

GtkColumnView *desk_bench_column_view (DeskBench *bench);
