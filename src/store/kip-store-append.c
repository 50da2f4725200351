/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"
#include "kip-undo.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* ---- one change-set ---- */

typedef struct
{
  KipChange *change; /* (owned) */
  KipReceipt receipt;
} Append;

static void
append_free (gpointer data)
{
  Append *append = data;

  g_clear_pointer (&append->change, kip_change_free);
  g_free (append);
}

static gboolean
write_append (KipTurn *turn,
              KipBook *book,
              gpointer data,
              GError **error)
{
  Append *append = data;

  return kip_turn_add (turn, append->change, &append->receipt, error);
}

gboolean
kip_store_append (KipStore   *store,
                  KipChange  *change,
                  KipReceipt *receipt,
                  GError    **error)
{
  Append append = { change, { 0 } };
  gboolean ok = kip_store_check_ids (store, change, error)
                && kip_writer_write (store->writer, write_append, &append, error);

  kip_change_free (change);
  if (ok && receipt != NULL)
    *receipt = append.receipt;
  return ok;
}

void
kip_store_append_async (KipStore           *store,
                        KipChange          *change,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  GTask *task = g_task_new (store, cancellable, callback, data);
  Append *append = g_new0 (Append, 1);
  GError *error = NULL;

  /* What was handed in will be on disk: saying "cancelled" would be a lie. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, kip_store_append_async);
  append->change = change;
  g_task_set_task_data (task, append, append_free);
  if (!kip_store_check_ids (store, change, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  kip_writer_write_async (store->writer, write_append, append, NULL, task);
}

gboolean
kip_store_append_finish (KipStore     *store,
                         GAsyncResult *result,
                         KipReceipt   *receipt,
                         GError      **error)
{
  GTask *task = G_TASK (result);

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  if (receipt != NULL)
    *receipt = ((Append *) g_task_get_task_data (task))->receipt;
  return TRUE;
}

/* ---- many ---- */

static gboolean
write_many (KipTurn *turn,
            KipBook *book,
            gpointer data,
            GError **error)
{
  GPtrArray *changes = data;

  for (guint i = 0; i < changes->len; i++)
    if (!kip_turn_may_add (turn, g_ptr_array_index (changes, i), error))
      return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!kip_turn_add_allowed (turn, g_ptr_array_index (changes, i), NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_all_ids (KipStore  *store,
               GPtrArray *changes,
               GError   **error)
{
  for (guint i = 0; i < changes->len; i++)
    if (!kip_store_check_ids (store, g_ptr_array_index (changes, i), error))
      return FALSE;
  return TRUE;
}

gboolean
kip_store_append_many (KipStore  *store,
                       GPtrArray *changes,
                       GError   **error)
{
  gboolean ok = check_all_ids (store, changes, error)
                && kip_writer_write (store->writer, write_many, changes, error);

  g_ptr_array_set_free_func (changes, (GDestroyNotify) kip_change_free);
  g_ptr_array_unref (changes);
  return ok;
}

/* ---- undo ---- */

typedef struct
{
  Append     append; /* first: kip_store_append_finish() takes it for one */
  KipEventId change;
  KipId      me;
} Undo;

static gboolean
write_undo (KipTurn *turn,
            KipBook *book,
            gpointer data,
            GError **error)
{
  Undo *undo = data;

  undo->append.change = kip_undo_new (book, &undo->change, undo->me, error);
  return undo->append.change != NULL
         && kip_turn_add (turn, undo->append.change, &undo->append.receipt, error);
}

gboolean
kip_store_undo (KipStore   *store,
                guint32     device,
                guint64     seq,
                KipReceipt *receipt,
                GError    **error)
{
  Undo undo = { { NULL, { 0 } }, kip_store_follow_change (store, device, seq), kip_store_get_me (store) };
  gboolean ok = kip_writer_write (store->writer, write_undo, &undo, error);

  g_clear_pointer (&undo.append.change, kip_change_free);
  if (ok && receipt != NULL)
    *receipt = undo.append.receipt;
  return ok;
}

void
kip_store_undo_async (KipStore           *store,
                      guint32             device,
                      guint64             seq,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  GTask *task = g_task_new (store, cancellable, callback, data);
  Undo *undo = g_new0 (Undo, 1);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, kip_store_undo_async);
  undo->change = kip_store_follow_change (store, device, seq);
  undo->me = kip_store_get_me (store);
  g_task_set_task_data (task, undo, append_free);
  kip_writer_write_async (store->writer, write_undo, undo, NULL, task);
}

/* ---- undoing a batch ---- */

/* About how many events are undone in one transaction. */
#define PIECE 10000

typedef struct
{
  guint64 batch;
  KipId   me;
  GArray *changes; /* (owned) (nullable) of KipEventId, the last one first */
  guint   done;
} UndoBatch;

/* Undoes one change-set of the batch; @n: of how many events. */
static gboolean
undo_next (UndoBatch *undo,
           KipTurn   *turn,
           KipBook   *book,
           guint     *n,
           GError   **error)
{
  g_autoptr (GError) problem = NULL;
  const KipEventId *id = &g_array_index (undo->changes, KipEventId, undo->done++);
  g_autoptr (KipChange) change = kip_undo_new_in_batch (book, id, undo->batch, undo->me, &problem);

  *n = change != NULL ? change->events->len : 0;
  /* What was undone by itself meanwhile needs no undoing. */
  if (change != NULL || g_error_matches (problem, KIP_ERROR, KIP_ERROR_CONFLICT))
    return change == NULL || kip_turn_add (turn, change, NULL, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
write_undo_piece (KipTurn *turn,
                  KipBook *book,
                  gpointer data,
                  GError **error)
{
  UndoBatch *undo = data;
  guint events = 0, n;

  if (undo->changes == NULL && (undo->changes = kip_log_find_batch (book->db, undo->batch, error)) == NULL)
    return FALSE;
  if (undo->changes->len == 0)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                   _("There is no import with the number %" PRIu64 ". Nothing was changed."), undo->batch);
      return FALSE;
    }
  for (; events < PIECE && undo->done < undo->changes->len; events += n + 1)
    if (!undo_next (undo, turn, book, &n, error))
      return FALSE;
  return TRUE;
}

gboolean
kip_store_undo_batch (KipStore     *store,
                      guint64       batch,
                      GCancellable *cancellable,
                      GError      **error)
{
  UndoBatch undo = { batch, kip_store_get_me (store), NULL, 0 };
  gboolean ok = TRUE;

  while (ok && (undo.changes == NULL || undo.done < undo.changes->len))
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
         && kip_writer_write (store->writer, write_undo_piece, &undo, error);
  g_clear_pointer (&undo.changes, g_array_unref);
  return ok;
}
