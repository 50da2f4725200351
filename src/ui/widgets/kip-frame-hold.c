/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-hold.h"

/* Frames wait while anything more urgent is ready.  They are painted with
 * GDK_PRIORITY_REDRAW, or where events were flushed with GDK_PRIORITY_EVENTS + 1. */
#define BEFORE_FRAMES GDK_PRIORITY_EVENTS
#define AFTER_FRAMES (GDK_PRIORITY_REDRAW + 10)

typedef struct
{
  guint *hold;  /* borrowed: whoever holds ends it before it goes */
  gint64 until; /* µs of the monotonic clock */
} Hold;

static gboolean
hold_cb (gpointer data)
{
  Hold *hold = data;

  if (g_get_monotonic_time () >= hold->until)
    {
      *hold->hold = 0;
      return G_SOURCE_REMOVE;
    }
  g_thread_yield (); /* to whoever answers */
  return G_SOURCE_CONTINUE;
}

static void
begin (guint *hold,
       guint  ms,
       int    priority)
{
  Hold *data = g_new0 (Hold, 1);

  kip_frame_hold_end (hold);
  data->hold = hold;
  data->until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  *hold = g_idle_add_full (priority, hold_cb, data, g_free);
}

void
kip_frame_hold_begin (guint *hold,
                      guint  ms)
{
  begin (hold, ms, BEFORE_FRAMES);
}

void
kip_frame_hold_begin_others (guint *hold,
                             guint  ms)
{
  begin (hold, ms, AFTER_FRAMES);
}

void
kip_frame_hold_end (guint *hold)
{
  g_clear_handle_id (hold, g_source_remove);
}
