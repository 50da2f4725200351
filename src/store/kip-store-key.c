/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"
#include "kip-store-share.h"

/* The new pair is on disk before anything names it, and in its place after that is in the log. */

static gboolean
write_key (KipTurn *turn,
           KipBook *book,
           gpointer data,
           GError **error)
{
  KipStore *store = data;
  KipKeys *next = kip_keys_make_next (book->dir, error);
  g_autoptr (KipChange) change = NULL;

  if (next == NULL)
    return FALSE;
  change = kip_change_new (kip_store_get_me (store), "key");
  kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (book->device), KIP_FIELD_MACHINE_KEY,
                  kip_value_bytes (kip_keys_get_public (next), KIP_PUBLIC_KEY_SIZE));
  if (!kip_turn_add (turn, change, NULL, error))
    {
      kip_keys_free (next);
      return FALSE;
    }
  book->next_keys = next;
  return TRUE;
}

gboolean
kip_store_replace_signing_key (KipStore *store,
                               GError  **error)
{
  return kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_key, store), error);
}
