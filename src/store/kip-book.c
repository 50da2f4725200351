/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-book.h"

#include "kip-membership.h"
#include "kip-store-share.h"

/* ---- keys ---- */

KipKey *
kip_key_new (KipKind kind,
             KipId   id)
{
  KipKey key = { kind, id };

  return g_memdup2 (&key, sizeof key);
}

guint
kip_key_hash (gconstpointer key)
{
  const KipKey *k = key;

  return (guint) (k->id ^ (k->id >> 32)) * 31 + (guint) k->kind;
}

gboolean
kip_key_equal (gconstpointer a,
               gconstpointer b)
{
  const KipKey *x = a, *y = b;

  return x->kind == y->kind && x->id == y->id;
}

/* ---- news ---- */

void
kip_news_init (KipNews *news)
{
  news->changed = g_array_new (FALSE, FALSE, sizeof (KipChanged));
  news->everything = FALSE;
  news->office_changed = FALSE;
  news->forgotten = FALSE;
}

void
kip_news_clear (KipNews *news)
{
  g_clear_pointer (&news->changed, g_array_unref);
}

/* ---- the book ---- */

KipBook *
kip_book_new (KipDb   *db,
              KipKeys *keys,
              guint    device)
{
  KipBook *book = g_new0 (KipBook, 1);

  book->db = db;
  book->keys = keys;
  book->device = device;
  book->checkpoint = kip_checkpoint_new (db);
  book->entities = g_hash_table_new_full (kip_key_hash, kip_key_equal, g_free, (GDestroyNotify) kip_entity_unref);
  return book;
}

void
kip_book_free (KipBook *book)
{
  g_clear_pointer (&book->agreements, kip_agreements_unref);
  g_clear_pointer (&book->office, kip_office_unref);
  g_clear_pointer (&book->members, kip_members_unref);
  g_clear_pointer (&book->early, kip_early_unref);
  g_hash_table_unref (book->entities);
  g_clear_pointer (&book->keys, kip_keys_free);
  g_clear_pointer (&book->next_keys, kip_keys_free);
  g_free (book->dir);
  kip_checkpoint_free (book->checkpoint);
  kip_db_close (book->db);
  g_free (book);
}

void
kip_book_forget (KipBook *book)
{
  book->is_fresh = FALSE;
}

KipEntity *
kip_book_fold (KipBook *book,
               KipKind  kind,
               KipId    id,
               GError **error)
{
  GPtrArray *events = kip_log_read_entity (book->db, kind, id, error);

  if (events == NULL)
    return NULL;
  if (kind == KIP_KIND_TICKET)
    kip_early_add (book->early, id, events);
  return kip_entity_fold (kind, id, events);
}

/* ---- the office ---- */

void
kip_book_put_entity (KipBook   *book,
                     KipEntity *entity)
{
  g_hash_table_replace (book->entities, kip_key_new (kip_entity_get_kind (entity), kip_entity_get_id (entity)), entity);
}

static int
compare_entities (gconstpointer a,
                  gconstpointer b)
{
  KipEntity *x = *(KipEntity *const *) a, *y = *(KipEntity *const *) b;
  KipId id_x = kip_entity_get_id (x), id_y = kip_entity_get_id (y);

  if (kip_entity_get_kind (x) != kip_entity_get_kind (y))
    return (int) kip_entity_get_kind (x) - (int) kip_entity_get_kind (y);
  return (id_x > id_y) - (id_x < id_y);
}

/* In an order of its own: the table's is none. */
void
kip_book_make_snapshots (KipBook *book)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, book->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    g_ptr_array_add (all, entity);
  g_ptr_array_sort (all, compare_entities);
  g_clear_pointer (&book->agreements, kip_agreements_unref);
  g_clear_pointer (&book->office, kip_office_unref);
  book->office = kip_office_new (all);
  book->agreements = kip_agreements_new (all, book->office);
}

static GPtrArray *
events_of (GHashTable     *table,
           const KipEvent *event)
{
  KipKey key = { event->kind, event->entity };
  GPtrArray *events = g_hash_table_lookup (table, &key);

  if (events == NULL)
    {
      events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
      g_hash_table_insert (table, kip_key_new (key.kind, key.id), events);
    }
  return events;
}

static gboolean
is_shared (KipBook *book)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, book->entities);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (((KipKey *) key)->kind == KIP_KIND_MACHINE)
      return TRUE;
  return FALSE;
}

/* Where nothing is shared there is only the founder's machine, and nobody need be read. */
gboolean
kip_book_read_members (KipBook *book,
                       GError **error)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  guint8 key[KIP_MEMBER_KEY_SIZE];
  KipMembers *members;

  if (!is_shared (book) && !kip_membership_founder_key (book->db, key, error))
    return FALSE;
  members = is_shared (book) ? kip_membership_read (book->db, error) : kip_members_new (nobody, key);
  if (members == NULL)
    return FALSE;
  g_clear_pointer (&book->members, kip_members_unref);
  book->members = members;
  return TRUE;
}

gboolean
kip_book_reload (KipBook *book,
                 GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (kip_key_hash, kip_key_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) all = kip_log_read_office (book->db, error);
  GHashTableIter iter;
  gpointer key, events;

  if (all == NULL)
    return FALSE;
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (events_of (table, g_ptr_array_index (all, i)), g_ptr_array_index (all, i));
  g_hash_table_remove_all (book->entities);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &events))
    kip_book_put_entity (book, kip_entity_fold (((KipKey *) key)->kind, ((KipKey *) key)->id, g_ptr_array_ref (events)));
  kip_book_make_snapshots (book);
  return kip_book_read_members (book, error);
}

/* ---- what the database says ---- */

static gboolean
read_ends (KipBook *book,
           GError **error)
{
  gint64 lowest, number, reserved, restored, device;

  if (!kip_db_get_int (book->db, book->device, &device, error, "SELECT value FROM counter WHERE key = 'device'", ""))
    return FALSE;
  book->device = (guint) device;
  lowest = KIP_TICKET_NUMBER (book->device, 0);
  if (!kip_log_read_head (book->db, book->device, &book->head, error)
      || !kip_db_get_int (book->db, 0, &book->slot, error, "SELECT max(slot) FROM ticket WHERE slot > 0", "")
      || !kip_db_get_int (book->db, lowest, &number, error,
                          "SELECT max(number) FROM ticket WHERE number >= ?1 AND number < ?2",
                          "ii", lowest, KIP_TICKET_NUMBER (book->device + 1, 0))
      || !kip_db_get_int (book->db, 0, &reserved, error, "SELECT value FROM counter WHERE key = 'number'", "")
      || !kip_db_get_int (book->db, 0, &restored, error, "SELECT count(*) FROM share WHERE key = ?1", "t", KIP_STORE_RESTORED))
    return FALSE;
  book->is_restored = restored != 0;
  book->number = MAX (number - lowest, reserved);
  return TRUE;
}

/* More than this and it is not worth saying what changed: everything may have. */
#define MANY 1000

static gboolean
find_others (KipBook *book,
             KipNews *news,
             GError **error)
{
  KipRows rows = kip_db_query (book->db, "SELECT e.kind, e.entity, NOT EXISTS"
                               " (SELECT 1 FROM event AS o WHERE o.entity = e.entity AND o.kind = e.kind AND o.id <= ?1)"
                               " FROM event AS e WHERE e.id > ?1 GROUP BY e.kind, e.entity LIMIT ?2",
                               "id", book->told, MANY + 1);

  while (kip_rows_next (&rows))
    {
      KipChanged changed = { (KipKind) kip_rows_int (&rows, 0), (KipId) kip_rows_int (&rows, 1), kip_rows_int (&rows, 2) != 0 };

      g_array_append_val (news->changed, changed);
    }
  news->everything |= news->changed->len > MANY;
  return kip_rows_end (&rows, error);
}

/* The office has to be folded anew when it never was, when what is remembered of
 * it is not to be trusted, or when somebody else added to it. */
static gboolean
must_load (KipBook  *book,
           gboolean *load,
           GError  **error)
{
  gint64 n = 1;

  if (book->office != NULL && book->is_fresh
      && !kip_db_get_int (book->db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM event WHERE id > ?1 AND kind <> 2)",
                          "i", book->told))
    return FALSE;
  *load = n != 0;
  return TRUE;
}

static gboolean
refresh (KipBook *book,
         KipNews *news,
         GError **error)
{
  gboolean is_first = book->office == NULL;
  gboolean load;

  if (!read_ends (book, error) || !must_load (book, &load, error))
    return FALSE;
  if (load && !kip_book_reload (book, error))
    return FALSE;
  news->office_changed |= load;
  if (!is_first && book->head.event > book->told && !find_others (book, news, error))
    return FALSE;
  book->told = book->head.event;
  return TRUE;
}

/* ---- keys ---- */

/* The file follows the log: what is not written now is put in place at the next start. */
void
kip_book_turn_keys (KipBook *book,
                    gboolean is_in)
{
  if (book->next_keys == NULL)
    return;
  if (is_in)
    {
      kip_keys_free (book->keys);
      book->keys = g_steal_pointer (&book->next_keys);
      kip_keys_put_in_place (book->keys, book->dir, NULL);
    }
  g_clear_pointer (&book->next_keys, kip_keys_free);
}

/* Another process that works in the same folder may have changed them. */
static void
reload_keys (KipBook *book)
{
  KipKeys *keys = book->dir != NULL && book->is_fresh ? kip_keys_load (book->dir, NULL, NULL) : NULL;

  if (keys == NULL)
    return;
  kip_keys_free (book->keys);
  book->keys = keys;
}

gboolean
kip_book_refresh (KipBook *book,
                  KipNews *news,
                  GError **error)
{
  gint64 version;

  if (!kip_db_get_int (book->db, 0, &version, error, "PRAGMA data_version", ""))
    return FALSE;
  if (book->is_fresh && version == book->version)
    return TRUE;
  reload_keys (book);
  if (!refresh (book, news, error))
    return FALSE;
  book->version = version;
  book->is_fresh = TRUE;
  return TRUE;
}
