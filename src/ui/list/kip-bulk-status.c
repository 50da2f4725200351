/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bulk-bar-private.h"

#include "kip-resolve-dialog.h"

void
kip_bulk_fill_statuses (KipBulkBar     *self,
                        KipPickPopover *popover)
{
  GPtrArray *statuses = kip_office_get_statuses (kip_bulk_bar_office (self));

  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (statuses, i);

      if (!status->deleted)
        kip_pick_popover_add (popover, status->id, status->name, NULL);
    }
}

static void
set_status (KipBulkBar      *self,
            GArray          *ids,
            const KipStatus *status,
            const char      *cause,
            const char      *done)
{
  KipChange *change = kip_command_set_status (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, status);

  for (guint i = 0; i < ids->len; i++)
    {
      KipId *id = &g_array_index (ids, KipId, i);

      if (self->answers != NULL && g_hash_table_contains (self->answers, id))
        kip_resolve_add (change, *id, cause, done);
    }
  kip_bulk_bar_finish (self, change, kip_bulk_bar_label (ids->len, status->name));
}

/* One answer for all of them, and one change: one undo takes it back. */
static void
resolved_cb (KipId       ticket,
             const char *cause,
             const char *done,
             gpointer    data)
{
  KipBulkBar *self = data;
  const KipStatus *status;

  if (self->session == NULL || self->resolving == NULL)
    return;
  status = kip_office_status (kip_bulk_bar_office (self), self->resolved);
  if (status != NULL)
    set_status (self, self->resolving, status, cause, done);
}

/* What was resolved before keeps what was said of it then. */
static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipBulkBar) self = data;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, NULL);

  if (rows == NULL || self->session == NULL)
    return;
  g_hash_table_remove_all (self->answers);
  for (guint i = 0; i < rows->len; i++)
    {
      KipTicketRow *row = g_ptr_array_index (rows, i);

      if (row != NULL && kip_phase_is_open (row->phase))
        g_hash_table_add (self->answers, g_memdup2 (&row->id, sizeof row->id));
    }
  if (g_hash_table_size (self->answers) > 0)
    kip_resolve_dialog_present_many (GTK_WIDGET (self), KIP_STORE (source), g_hash_table_size (self->answers),
                                     resolved_cb, self);
  else
    resolved_cb (KIP_ID_NONE, "", "", self);
}

static void
resolve (KipBulkBar      *self,
         GArray          *ids,
         const KipStatus *status)
{
  g_clear_pointer (&self->resolving, g_array_unref);
  self->resolving = g_array_ref (ids);
  self->resolved = status->id;
  if (self->answers == NULL)
    self->answers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  kip_store_rows_async (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, NULL, rows_cb, g_object_ref (self));
}

void
kip_bulk_status_picked (KipBulkBar *self,
                        guint64     id)
{
  g_autoptr (GArray) ids = kip_bulk_bar_dup_ids (self);
  const KipStatus *status = kip_office_status (kip_bulk_bar_office (self), id);

  if (status == NULL)
    return;
  if (!kip_phase_is_open (status->phase))
    resolve (self, ids, status);
  else
    kip_bulk_bar_finish (self, kip_command_set_status (kip_bulk_bar_store (self), kip_bulk_bar_ids (ids), ids->len, status),
                         kip_bulk_bar_label (ids->len, status->name));
}
