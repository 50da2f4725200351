/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a program takes from being started to having painted its window, seen
 * from outside: the X server reports what is drawn (the Damage extension), so
 * nothing in the program has to help.
 *
 *   bench-window EMPTY KIP TICKETS
 *
 * "Painted" is the last drawing before half a second of rest; the programs take
 * turns and the medians are compared. */
#include "big-office.h"

#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 5
#define REST_MS 500.0
#define PATIENCE_MS 30000.0
#define BOUND_RATIO 1.5
#define BOUND_MORE_MS 150.0

typedef struct
{
  Display *display;
  int      damage_event;
  Window   window;
  double   started, painted;
} Watch;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  /* A window may be gone before it is asked about. */
  return 0;
}

static void
note_window (Watch *watch,
             Window window)
{
  XWindowAttributes attributes;

  if (watch->window != 0 || !XGetWindowAttributes (watch->display, window, &attributes) || attributes.width < 300)
    return;
  watch->window = window;
  XDamageCreate (watch->display, window, XDamageReportRawRectangles);
  XFlush (watch->display);
}

static void
take_events (Watch *watch)
{
  while (XPending (watch->display) > 0)
    {
      XEvent event;

      XNextEvent (watch->display, &event);
      if (event.type == MapNotify)
        note_window (watch, event.xmap.window);
      else if (event.type == watch->damage_event + XDamageNotify)
        watch->painted = now_ms ();
    }
}

static pid_t
start (char **command)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      execv (command[0], command);
      _exit (127);
    }
  return pid;
}

/* Resident memory in MiB. */
static double
resident (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

static double
measure (Watch  *watch,
         char  **command,
         double *memory)
{
  pid_t pid;

  watch->window = 0;
  watch->painted = 0;
  watch->started = now_ms ();
  pid = start (command);
  while (now_ms () - watch->started < PATIENCE_MS)
    {
      struct pollfd descriptor = { ConnectionNumber (watch->display), POLLIN, 0 };

      take_events (watch);
      if (watch->painted > 0 && now_ms () - watch->painted > REST_MS)
        break;
      poll (&descriptor, 1, 10);
    }
  *memory = resident (pid);
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
  take_events (watch);
  return watch->painted > 0 ? watch->painted - watch->started : -1;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

int
main (int    argc,
      char **argv)
{
  Watch watch = { 0 };
  double empty[ROUNDS], kip[ROUNDS], memory[ROUNDS], unused;
  g_autofree char *folder = NULL;
  g_autofree char *clock = kip_instant_to_iso (big_office_now ());
  int error_event;

  if (argc != 4)
    return 2;
  folder = big_office_dir ((guint) g_ascii_strtoull (argv[3], NULL, 10));
  g_setenv ("KIP_CLOCK", clock, TRUE);
  watch.display = XOpenDisplay (NULL);
  if (watch.display == NULL || !XDamageQueryExtension (watch.display, &watch.damage_event, &error_event))
    return 2;
  XSetErrorHandler (ignore_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);
  for (int i = -1; i < ROUNDS; i++)
    {
      /* The first turn only warms the disk's cache. */
      empty[MAX (i, 0)] = measure (&watch, (char *[]) { argv[1], NULL }, &unused);
      kip[MAX (i, 0)] = measure (&watch, (char *[]) { argv[2], (char *) "--data", folder, NULL }, &memory[MAX (i, 0)]);
      if (empty[MAX (i, 0)] < 0 || kip[MAX (i, 0)] < 0)
        {
          fprintf (stderr, "a window did not come up\n");
          return 1;
        }
    }
  printf ("BENCH\tempty window painted\t%.0f ms\t-\t-\n", median (empty));
  printf ("BENCH\tKip painted, %s tickets\t%.0f ms = %.2f of the empty window\t≤ %.1f, or + %.0f ms\t%s\n", argv[3],
          median (kip), median (kip) / median (empty), BOUND_RATIO, BOUND_MORE_MS,
          median (kip) <= MAX (median (empty) * BOUND_RATIO, median (empty) + BOUND_MORE_MS) ? "ok" : "missed");
  printf ("BENCH\tKip resident, %s tickets\t%.0f MiB\t≤ 150 MiB\t%s\n", argv[3], median (memory),
          median (memory) <= 150 ? "ok" : "missed");
  XCloseDisplay (watch.display);
  return 0;
}
