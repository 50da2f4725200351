/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

/* What another process commits goes through the write-ahead log beside the
 * database; when that moves, the writer looks what is new. */

static void
log_changed_cb (GFileMonitor     *monitor,
                GFile            *file,
                GFile            *other,
                GFileMonitorEvent event,
                gpointer          data)
{
  KipStore *store = data;

  if (event == G_FILE_MONITOR_EVENT_CHANGED || event == G_FILE_MONITOR_EVENT_CREATED)
    kip_writer_look (store->writer);
}

/* On the thread of the context: a monitor reports where it was made. */
static gboolean
watch_cb (gpointer data)
{
  KipStore *store = data;
  g_autofree char *path = kip_store_path (store->dir, "kip.db-wal");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (store->is_closed || store->monitor != NULL)
    return G_SOURCE_REMOVE;
  store->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (store->monitor == NULL)
    return G_SOURCE_REMOVE;
  g_file_monitor_set_rate_limit (store->monitor, 50);
  g_signal_connect (store->monitor, "changed", G_CALLBACK (log_changed_cb), store);
  /* What was committed between opening and now. */
  kip_writer_look (store->writer);
  return G_SOURCE_REMOVE;
}

void
kip_store_watch (KipStore *store)
{
  g_main_context_invoke_full (store->context, G_PRIORITY_DEFAULT, watch_cb, g_object_ref (store), g_object_unref);
}

void
kip_store_unwatch (KipStore *store)
{
  if (store->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_func (store->monitor, log_changed_cb, store);
  g_file_monitor_cancel (store->monitor);
  g_clear_object (&store->monitor);
}
