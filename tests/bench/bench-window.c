/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How long a program takes from being started to having painted its window, seen
 * from outside: the X server reports what is drawn (the Damage extension), so
 * nothing in the program has to help.
 *
 *   bench-window EMPTY KIP TICKETS
 *
 * An empty window is painted when it has its own colour, which is not the black that
 * a server puts where nothing was drawn; the list when several colours stand where its
 * rows belong.  "At rest" is the last drawing before
 * half a second without any.  The programs take turns and the medians are compared. */
#include "big-office.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 9
#define REST_MS 500.0
#define PATIENCE_MS 30000.0
#define BOUND_RATIO 1.5
#define BOUND_MORE_MS 150.0
#define LARGE 100000

typedef struct
{
  Display *display;
  int      damage_event;
  Window   window;
  gboolean wants_rows;
  pid_t    pid;
  double   started, painted, rest; /* ms */
  double   core;                   /* ms that its main thread computed until it was painted */
} Watch;

/* A strip of the list, in the window: a few rows of it. */
#define STRIP_X 260
#define STRIP_Y 260
#define STRIP_WIDTH 500
#define STRIP_HEIGHT 120
#define MANY_COLOURS 8

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

static gsize
colour_at (XImage *image,
           int     x,
           int     y)
{
  return XGetPixel (image, x, y) & 0xffffff;
}

/* (transfer full) (nullable) of what stands in the strip */
static GHashTable *
strip_colours (Watch *watch)
{
  XImage *image = XGetImage (watch->display, watch->window, STRIP_X, STRIP_Y, STRIP_WIDTH, STRIP_HEIGHT, AllPlanes, ZPixmap);
  GHashTable *colours = g_hash_table_new (NULL, NULL);

  for (int y = 0; image != NULL && y < STRIP_HEIGHT; y++)
    for (int x = 0; x < STRIP_WIDTH; x++)
      g_hash_table_add (colours, GSIZE_TO_POINTER (colour_at (image, x, y)));
  if (image != NULL)
    XDestroyImage (image);
  return colours;
}

/* Text has many shades; a surface has one or two. */
static gboolean
is_painted (Watch *watch)
{
  g_autoptr (GHashTable) colours = strip_colours (watch);
  guint n = g_hash_table_size (colours);

  return watch->wants_rows ? n >= MANY_COLOURS : n > 1 || (n == 1 && !g_hash_table_contains (colours, NULL));
}

/* ms that the main thread of @pid has computed */
static double
core_ms (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/schedstat", pid, pid);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_ascii_strtod (text, NULL) / 1e6 : 0;
}

static void
take_damage (Watch *watch)
{
  double now = now_ms ();

  watch->rest = now;
  if (watch->painted != 0)
    return;
  watch->core = core_ms (watch->pid);
  if (is_painted (watch))
    watch->painted = now;
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
        take_damage (watch);
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
         double *rest,
         double *memory)
{
  watch->window = 0;
  watch->painted = watch->rest = 0;
  watch->started = now_ms ();
  watch->pid = start (command);
  while (now_ms () - watch->started < PATIENCE_MS)
    {
      struct pollfd descriptor = { ConnectionNumber (watch->display), POLLIN, 0 };

      take_events (watch);
      if (watch->painted > 0 && now_ms () - watch->rest > REST_MS)
        break;
      poll (&descriptor, 1, 10);
    }
  *memory = resident (watch->pid);
  *rest = watch->rest - watch->started;
  kill (watch->pid, SIGTERM);
  waitpid (watch->pid, NULL, 0);
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

/* Of the largest office a little more is allowed than of a large one. */
static double
bound (const char *tickets,
       double      empty)
{
  return empty * BOUND_RATIO + (g_ascii_strtoull (tickets, NULL, 10) > LARGE ? BOUND_MORE_MS : 0);
}

/* The list that the window comes up with is the longest there is. */
static void
show_all_tickets (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", "keyfile", NULL);
  g_autofree char *dir = g_path_get_dirname (path);

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_mkdir_with_parents (dir, 0700);
  if (!g_file_set_contents (path, "[io/github/kipdesk/Kip]\nlast-view='all'\n", -1, NULL))
    g_error ("%s cannot be written", path);
}

int
main (int    argc,
      char **argv)
{
  Watch watch = { 0 };
  double empty[ROUNDS], kip[ROUNDS], rest[ROUNDS], memory[ROUNDS], empty_core[ROUNDS], kip_core[ROUNDS], unused;
  g_autofree char *folder = NULL;
  g_autofree char *clock = kip_instant_to_iso (big_office_now ());
  int error_event;

  if (argc != 4)
    return 2;
  folder = big_office_dir ((guint) g_ascii_strtoull (argv[3], NULL, 10));
  g_setenv ("KIP_CLOCK", clock, TRUE);
  show_all_tickets ();
  watch.display = XOpenDisplay (NULL);
  if (watch.display == NULL || !XDamageQueryExtension (watch.display, &watch.damage_event, &error_event))
    return 2;
  XSetErrorHandler (ignore_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);
  for (int i = -1; i < ROUNDS; i++)
    {
      /* The first turn only warms the disk's cache. */
      watch.wants_rows = FALSE;
      empty[MAX (i, 0)] = measure (&watch, (char *[]) { argv[1], NULL }, &unused, &unused);
      empty_core[MAX (i, 0)] = watch.core;
      watch.wants_rows = TRUE;
      kip[MAX (i, 0)] = measure (&watch, (char *[]) { argv[2], (char *) "--data", folder, NULL },
                                 &rest[MAX (i, 0)], &memory[MAX (i, 0)]);
      kip_core[MAX (i, 0)] = watch.core;
      if (empty[MAX (i, 0)] < 0 || kip[MAX (i, 0)] < 0)
        {
          fprintf (stderr, "a window did not come up\n");
          return 1;
        }
    }
  printf ("BENCH\tempty window painted\t%.0f ms\t-\t-\n", median (empty));
  printf ("BENCH\tKip's rows painted, %s tickets\t%.0f ms = %.2f of the empty window\t≤ %.1f (beyond 100,000: + %.0f ms)\t%s\n", argv[3],
          median (kip), median (kip) / median (empty), BOUND_RATIO, BOUND_MORE_MS,
          median (kip) <= bound (argv[3], median (empty)) ? "ok" : "missed");
  printf ("BENCH\tof it a core's time of the main thread, %s tickets\t%.0f ms = %.2f of the empty window's %.0f\t-\t-\n", argv[3],
          median (kip_core), median (kip_core) / median (empty_core), median (empty_core));
  printf ("BENCH\tKip at rest, %s tickets\t%.0f ms\t-\t-\n", argv[3], median (rest));
  printf ("BENCH\tKip resident, %s tickets\t%.0f MiB\t≤ 150 MiB\t%s\n", argv[3], median (memory),
          median (memory) <= 150 ? "ok" : "missed");
  XCloseDisplay (watch.display);
  return 0;
}
