/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-wall-timer.h"

#include "kip-clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct _KipWallTimer
{
  int              fd;
  GSource         *source; /* (owned) */
  KipWallTimerFunc callback;
  gpointer         data;
};

/* Milliseconds; a clock that nearly stands still would otherwise have no number for the moment. */
#define FARTHEST 1e12

static gboolean
fired (int          fd,
       GIOCondition condition,
       gpointer     data)
{
  KipWallTimer *timer = data;
  guint64 times;

  /* ECANCELED says that the clock was set: our owner must look again then too. */
  if (read (fd, &times, sizeof times) < 0 && errno != ECANCELED)
    return G_SOURCE_CONTINUE;
  timer->callback (timer->data);
  return G_SOURCE_CONTINUE;
}

KipWallTimer *
kip_wall_timer_new (KipWallTimerFunc callback,
                    gpointer         data)
{
  KipWallTimer *timer = g_new0 (KipWallTimer, 1);
  int clock = kip_clock_is_virtual () ? CLOCK_MONOTONIC : CLOCK_REALTIME;

  timer->callback = callback;
  timer->data = data;
  timer->fd = timerfd_create (clock, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer->fd < 0)
    g_error ("timerfd_create: %s", g_strerror (errno));
  timer->source = g_unix_fd_source_new (timer->fd, G_IO_IN);
  g_source_set_callback (timer->source, G_SOURCE_FUNC (fired), timer, NULL);
  g_source_attach (timer->source, g_main_context_get_thread_default ());
  return timer;
}

void
kip_wall_timer_free (KipWallTimer *timer)
{
  g_source_destroy (timer->source);
  g_source_unref (timer->source);
  close (timer->fd);
  g_free (timer);
}

/* When @at comes, on the clock that the descriptor was made with, in nanoseconds. */
static gint64
on_its_clock (KipInstant at)
{
  double away;

  if (!kip_clock_is_virtual ())
    return at * 1000000;
  away = (double) (at - kip_clock_now ()) / kip_clock_speed ();
  return g_get_monotonic_time () * 1000 + (gint64) (CLAMP (away, 0.0, FARTHEST) * 1000000.0);
}

void
kip_wall_timer_set (KipWallTimer *timer,
                    KipInstant    at)
{
  struct itimerspec when = { 0 };
  int flags = TFD_TIMER_ABSTIME | (kip_clock_is_virtual () ? 0 : TFD_TIMER_CANCEL_ON_SET);

  if (at != KIP_INSTANT_NONE)
    {
      /* All zero would disarm: the first nanosecond of 1970 is as good. */
      gint64 ns = MAX (on_its_clock (at), 1);

      when.it_value.tv_sec = (time_t) (ns / 1000000000);
      when.it_value.tv_nsec = (long) (ns % 1000000000);
    }
  timerfd_settime (timer->fd, flags, &when, NULL);
}
