/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ahead.h"

/* Handed over by so many: a lock for each would take as long as the ticket. */
#define BATCH 32

struct _KipAhead
{
  gatomicrefcount refs;      /* of who takes and of the thread */
  GPtrArray     *tickets;    /* borrowed, of KipPending */
  KipOffice     *office;     /* (owned) */
  KipAgreements *agreements; /* (owned) */
  GPtrArray     *computed;   /* (owned) of KipComputed, NULL where nothing counts */
  guint          n_ready;    /* (mutex mutex) of them */
  gboolean       is_left;    /* (mutex mutex) nobody takes any more */
  gboolean       is_idle;    /* (mutex mutex) nothing is computed any more */
  guint          n_taken, n_known; /* of the taker; n_known: n_ready as it saw it last */
  GMutex         mutex;
  GCond          changed;
};

static KipComputed *
compute (KipAhead   *ahead,
         KipPending *pending)
{
  KipEntity *entity = kip_pending_fold (pending);
  g_autoptr (KipTicket) ticket = NULL;

  if (kip_entity_is_empty (entity))
    return NULL;
  ticket = kip_ticket_new (entity, NULL, kip_office_get_matrix (ahead->office));
  return kip_computed_new (ticket, ahead->agreements, ahead->office);
}

/* FALSE: nobody takes any more. */
static gboolean
hand_over (KipAhead *ahead,
           guint     n_ready)
{
  gboolean goes_on;

  g_mutex_lock (&ahead->mutex);
  ahead->n_ready = n_ready;
  goes_on = !ahead->is_left;
  g_cond_signal (&ahead->changed);
  g_mutex_unlock (&ahead->mutex);
  return goes_on;
}

static void
compute_all (KipAhead *ahead)
{
  guint n = ahead->tickets->len;

  for (guint i = 0; i < n; i++)
    {
      ahead->computed->pdata[i] = compute (ahead, g_ptr_array_index (ahead->tickets, i));
      if (((i + 1) % BATCH == 0 || i + 1 == n) && !hand_over (ahead, i + 1))
        break;
    }
}

static void
wait_until_left (KipAhead *ahead)
{
  g_mutex_lock (&ahead->mutex);
  ahead->is_idle = TRUE;
  g_cond_signal (&ahead->changed);
  while (!ahead->is_left)
    g_cond_wait (&ahead->changed, &ahead->mutex);
  g_mutex_unlock (&ahead->mutex);
}

static void
ahead_unref (KipAhead *ahead)
{
  if (!g_atomic_ref_count_dec (&ahead->refs))
    return;
  for (guint i = 0; i < ahead->computed->len; i++)
    g_clear_pointer ((KipComputed **) &ahead->computed->pdata[i], kip_computed_free);
  g_ptr_array_unref (ahead->computed);
  kip_agreements_unref (ahead->agreements);
  kip_office_unref (ahead->office);
  g_mutex_clear (&ahead->mutex);
  g_cond_clear (&ahead->changed);
  g_free (ahead);
}

/* What a thread has allocated it frees itself: another would wait for its memory's lock
 * at each piece. */
static gpointer
ahead_thread (gpointer data)
{
  KipAhead *ahead = data;

  compute_all (ahead);
  wait_until_left (ahead);
  ahead_unref (ahead);
  return NULL;
}

KipAhead *
kip_ahead_new (KipBook   *book,
               GPtrArray *tickets)
{
  KipAhead *ahead = g_new0 (KipAhead, 1);

  g_atomic_ref_count_init (&ahead->refs);
  g_atomic_ref_count_inc (&ahead->refs);
  ahead->tickets = tickets;
  ahead->office = kip_office_ref (book->office);
  ahead->agreements = kip_agreements_ref (book->agreements);
  ahead->computed = g_ptr_array_sized_new (tickets->len);
  g_ptr_array_set_size (ahead->computed, (int) tickets->len);
  g_mutex_init (&ahead->mutex);
  g_cond_init (&ahead->changed);
  g_thread_unref (g_thread_new ("kip-ahead", ahead_thread, ahead));
  return ahead;
}

static void
wait_for_more (KipAhead *ahead)
{
  g_mutex_lock (&ahead->mutex);
  while (ahead->n_ready <= ahead->n_taken)
    g_cond_wait (&ahead->changed, &ahead->mutex);
  ahead->n_known = ahead->n_ready;
  g_mutex_unlock (&ahead->mutex);
}

const KipComputed *
kip_ahead_take (KipAhead *ahead)
{
  if (ahead->n_taken >= ahead->n_known)
    wait_for_more (ahead);
  return g_ptr_array_index (ahead->computed, ahead->n_taken++);
}

void
kip_ahead_leave (KipAhead *ahead)
{
  g_mutex_lock (&ahead->mutex);
  ahead->is_left = TRUE;
  g_cond_signal (&ahead->changed);
  while (!ahead->is_idle)
    g_cond_wait (&ahead->changed, &ahead->mutex);
  g_mutex_unlock (&ahead->mutex);
  ahead_unref (ahead);
}
