/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-progress-relay.h"

#define INTERVAL (40 * G_TIME_SPAN_MILLISECOND)

struct _KipProgressRelay
{
  gatomicrefcount refs;
  GMainContext   *context;  /* (owned) */
  KipProgress     progress; /* (nullable) */
  gpointer        data;
  gint64          last;     /* monotonic: told last; the worker's */
};

typedef struct
{
  KipProgressRelay *relay; /* (owned) */
  double            fraction;
} Message;

KipProgressRelay *
kip_progress_relay_new (KipProgress progress,
                        gpointer    data)
{
  KipProgressRelay *relay = g_new0 (KipProgressRelay, 1);

  g_atomic_ref_count_init (&relay->refs);
  relay->context = g_main_context_ref_thread_default ();
  relay->progress = progress;
  relay->data = data;
  return relay;
}

void
kip_progress_relay_unref (KipProgressRelay *relay)
{
  if (!g_atomic_ref_count_dec (&relay->refs))
    return;
  g_main_context_unref (relay->context);
  g_free (relay);
}

static gboolean
deliver_cb (gpointer data)
{
  Message *message = data;

  message->relay->progress (message->fraction, message->relay->data);
  return G_SOURCE_REMOVE;
}

static void
message_free (gpointer data)
{
  kip_progress_relay_unref (((Message *) data)->relay);
  g_free (data);
}

void
kip_progress_relay_tell (double   fraction,
                         gpointer data)
{
  KipProgressRelay *relay = data;
  gint64 now = g_get_monotonic_time ();
  Message *message;

  if (relay->progress == NULL || (now - relay->last < INTERVAL && fraction < 1))
    return;
  relay->last = now;
  g_atomic_ref_count_inc (&relay->refs);
  message = g_new (Message, 1);
  message->relay = relay;
  message->fraction = fraction;
  g_main_context_invoke_full (relay->context, G_PRIORITY_DEFAULT, deliver_cb, message, message_free);
}
