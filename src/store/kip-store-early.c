/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-early.h"

#include "kip-cbor.h"
#include "kip-project.h"
#include "kip-store-private.h"
#include "kip-store-share.h"

/* As many as somebody looks through until the rest is here. */
#define MAX_EARLY 300

/* In the table of what sync keeps: the tickets that are shown before their time.  Where the program ended meanwhile, they are
 * computed by the log alone with the next. */
#define KEY "early"

/* ---- which ones there are ---- */

static GByteArray *
encode_ids (GArray *ids)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, ids->len);
  for (guint i = 0; i < ids->len; i++)
    kip_cbor_put_int (out, (gint64) g_array_index (ids, KipId, i));
  return out;
}

static void
touch_ids (KipTurn      *turn,
           gconstpointer data,
           gsize         length)
{
  KipCborReader reader;
  gint64 id;
  guint n = 0;

  kip_cbor_reader_init (&reader, data, length);
  kip_cbor_get_list (&reader, &n);
  for (guint i = 0; i < n && kip_cbor_get_int (&reader, &id); i++)
    kip_turn_touch (turn, (KipId) id);
}

static gboolean
touch_shown (KipTurn *turn,
             KipDb   *db,
             GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT value FROM share WHERE key = '" KEY "'", "");

  if (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer data = kip_rows_blob (&rows, 0, &length);

      touch_ids (turn, data, length);
    }
  return kip_rows_end (&rows, error);
}

static gboolean
keep_shown (KipDb   *db,
            GArray  *ids,
            GError **error)
{
  g_autoptr (GByteArray) bytes = encode_ids (ids);

  return kip_db_run (db, error, "INSERT OR REPLACE INTO share (key, value) VALUES ('" KEY "', ?1)", "B", bytes->data, (gsize) bytes->len);
}

/* ---- writing ---- */

/* (transfer full) */
static KipComputed *
compute (KipBook *book,
         KipId    id)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (KipTicket) ticket = NULL;

  kip_early_add (book->early, id, events);
  entity = kip_entity_fold (KIP_KIND_TICKET, id, events);
  ticket = kip_ticket_new (entity, NULL, kip_office_get_matrix (book->office));
  return kip_computed_new (ticket, book->agreements, book->office);
}

static gboolean
show (KipTurn *turn,
      KipBook *book,
      GError **error)
{
  GArray *ids = kip_early_get_tickets (book->early);

  for (guint i = 0; i < ids->len; i++)
    {
      KipId id = g_array_index (ids, KipId, i);
      g_autoptr (KipComputed) computed = compute (book, id);

      if (!kip_project_early (book, computed, i + 1, error))
        return FALSE;
      kip_turn_tell (turn, KIP_KIND_TICKET, id, TRUE);
    }
  return keep_shown (book->db, ids, error);
}

static gboolean
write_early (KipTurn *turn,
             KipBook *book,
             gpointer data,
             GError **error)
{
  KipEarly *early = data;

  g_clear_pointer (&book->early, kip_early_unref);
  if (!touch_shown (turn, book->db, error) || !kip_project_drop_early (book->db, error)
      || !kip_db_run (book->db, error, "DELETE FROM share WHERE key = '" KEY "'", ""))
    return FALSE;
  if (early == NULL)
    return TRUE;
  book->early = kip_early_ref (early);
  return show (turn, book, error);
}

/* Before the rows are there, so that whoever sees one can open it. */
static void
let_readers_see (KipStore *store,
                 KipEarly *early)
{
  g_mutex_lock (&store->mutex);
  g_clear_pointer (&store->early, kip_early_unref);
  store->early = early != NULL ? kip_early_ref (early) : NULL;
  g_mutex_unlock (&store->mutex);
}

gboolean
kip_store_show_early (KipStore  *store,
                      GPtrArray *changes,
                      GError   **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autoptr (KipEarly) early = changes != NULL ? kip_early_new (changes, members, MAX_EARLY) : NULL;

  if (early != NULL)
    let_readers_see (store, early);
  if (!kip_writer_write (store->writer, write_early, early, error))
    return FALSE;
  if (early == NULL)
    let_readers_see (store, NULL);
  return TRUE;
}

/* ---- reading ---- */

void
kip_store_add_early (KipStore  *store,
                     KipId      ticket,
                     GPtrArray *events)
{
  g_autoptr (KipEarly) early = NULL;

  g_mutex_lock (&store->mutex);
  early = store->early != NULL ? kip_early_ref (store->early) : NULL;
  g_mutex_unlock (&store->mutex);
  kip_early_add (early, ticket, events);
}
