/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-case-tidings.h"

#include "kip-store-each.h"

void
kip_case_tidings_free (KipCaseTidings *self)
{
  g_clear_pointer (&self->tidings, g_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (KipCaseTidings) self = g_new0 (KipCaseTidings, 1);
  GError *error = NULL;

  self->ticket = *(KipId *) data;
  self->tidings = kip_store_tidings (source, KIP_KIND_TICKET, self->ticket, cancellable, &error);
  if (self->tidings != NULL)
    self->refused = kip_store_refused_events (source, KIP_KIND_TICKET, self->ticket, &error);
  if (self->refused != NULL)
    g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) kip_case_tidings_free);
  else
    g_task_return_error (task, error);
}

void
kip_case_tidings_read_async (KipStore           *store,
                             KipId               ticket,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_case_tidings_read_async);
  g_task_set_task_data (task, g_memdup2 (&ticket, sizeof ticket), g_free);
  kip_store_run (store, task, read_thread);
}

KipCaseTidings *
kip_case_tidings_read_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
last_of (const KipCaseTidings *self)
{
  return self->tidings->len > 0 ? g_array_index (self->tidings, KipTiding, self->tidings->len - 1).id : 0;
}

static guint
count (const KipCaseTidings *self)
{
  return self != NULL ? self->tidings->len + self->refused->len : 0;
}

gboolean
kip_case_tidings_equal (const KipCaseTidings *a,
                        const KipCaseTidings *b)
{
  if (count (a) == 0 || count (b) == 0)
    return count (a) == count (b);
  return a->ticket == b->ticket && count (a) == count (b) && last_of (a) == last_of (b);
}
