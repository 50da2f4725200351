/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-clock.h"

#include <string.h>

typedef struct
{
  gboolean   is_virtual;
  KipInstant base;      /* virtual time at ... */
  gint64     base_mono; /* ... this g_get_monotonic_time(), µs */
  double     speed;
} ClockState;

static GMutex clock_mutex;
static ClockState clock_state = { FALSE, 0, 0, 1.0 };
static gsize clock_ready = 0;

static gboolean
parse_speed (const char *text,
             double     *speed)
{
  char *end = NULL;

  if (*text != 'x')
    return FALSE;
  *speed = g_ascii_strtod (text + 1, &end);
  return end != text + 1 && *end == '\0' && *speed > 0;
}

static gboolean
parse_clock (const char *text,
             ClockState *out)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *speed = strstr (copy, " x");

  out->speed = 1.0;
  if (speed != NULL)
    {
      if (!parse_speed (speed + 1, &out->speed))
        return FALSE;
      *speed = '\0';
    }
  if (!kip_instant_parse (copy, NULL, &out->base) || out->base < 0 || !kip_instant_is_countable (out->base))
    return FALSE;
  out->base_mono = g_get_monotonic_time ();
  out->is_virtual = TRUE;
  return TRUE;
}

gboolean
kip_clock_set (const char *text)
{
  ClockState next = { FALSE, 0, 0, 1.0 };

  if (text != NULL && !parse_clock (text, &next))
    return FALSE;
  g_mutex_lock (&clock_mutex);
  clock_state = next;
  g_mutex_unlock (&clock_mutex);
  if (g_once_init_enter (&clock_ready))
    g_once_init_leave (&clock_ready, 1);
  return TRUE;
}

static void
ensure_ready (void)
{
  const char *text;

  if (!g_once_init_enter (&clock_ready))
    return;
  text = g_getenv ("KIP_CLOCK");
  if (text != NULL && *text != '\0' && !parse_clock (text, &clock_state))
    g_warning ("KIP_CLOCK is not an ISO instant with an optional speed: %s", text);
  g_once_init_leave (&clock_ready, 1);
}

KipInstant
kip_clock_now (void)
{
  ClockState state;

  ensure_ready ();
  g_mutex_lock (&clock_mutex);
  state = clock_state;
  g_mutex_unlock (&clock_mutex);
  if (!state.is_virtual)
    return g_get_real_time () / 1000;
  return state.base + (KipInstant) ((g_get_monotonic_time () - state.base_mono) / 1000.0 * state.speed);
}

gboolean
kip_clock_is_virtual (void)
{
  ensure_ready ();
  return clock_state.is_virtual;
}

double
kip_clock_speed (void)
{
  ensure_ready ();
  return clock_state.speed;
}
