/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-arriving.h"
#include "kip-sync-private.h"

#include "kip-clock.h"

#include <glib/gi18n-lib.h>

guint
kip_sync_count_arrived (KipStore *store)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_unref);
  g_autoptr (GArray) counts = NULL;

  g_ptr_array_add (queries, kip_query_parse (""));
  counts = kip_store_count (store, queries, kip_clock_now (), NULL, NULL);
  return counts != NULL ? g_array_index (counts, guint, 0) : 0;
}

char *
kip_sync_arriving_words (guint64 read,
                         guint64 size,
                         guint   n_tickets)
{
  int percent = size > 0 ? (int) (MIN (read, size) * 100 / size) : 0;

  return g_strdup_printf (ngettext ("%d %% arrived, %u ticket", "%d %% arrived, %u tickets", n_tickets), percent, n_tickets);
}

static void
reading_cb (guint64  read,
            guint64  size,
            gpointer data)
{
  KipSync *self = data;
  guint n_tickets = kip_sync_count_arrived (self->store);

  g_mutex_lock (&self->mutex);
  self->status.arriving = read;
  self->status.arriving_of = size;
  self->status.n_arrived = n_tickets;
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_watch_arriving (KipSync       *self,
                         KipSyncEngine *engine)
{
  kip_sync_engine_set_reading (engine, reading_cb, self);
}
