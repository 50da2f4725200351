/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-rebuild.h"

#include "kip-background.h"
#include "kip-compare.h"
#include "kip-indexer.h"
#include "kip-migrate.h"
#include "kip-store-private.h"
#include "kip-turn.h"

/* Tickets a transaction. */
#define PIECE 500

/* How much of the work each part is. */
#define FOLDED 0.6
#define COMPARED 0.7

static void
tell_progress (const KipRebuild *rebuild,
               double            fraction)
{
  if (rebuild->progress != NULL)
    rebuild->progress (fraction, rebuild->data);
}

/* ---- folding beside ---- */

/* The log is read where it is, while tables of the same names as ours are those
 * of the new file: SQLite looks there first. */
static KipBook *
open_beside (KipBook    *book,
             const char *path,
             const char *database,
             GError    **error)
{
  g_autoptr (KipDb) db = kip_db_open (path, KIP_DB_CREATE, error);

  if (db == NULL
      || !kip_db_exec (db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;", error)
      || !kip_migrate_projections (db, error)
      || !kip_db_run (db, error, "ATTACH ?1 AS log", "t", database))
    return NULL;
  return kip_book_new (g_steal_pointer (&db), NULL, book->device);
}

static GArray *
read_tickets (KipDb   *db,
              GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT entity, min(id) AS first FROM log.event WHERE kind = 2 GROUP BY entity ORDER BY first", "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (ids, id);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
fold_piece (KipBook *beside,
            GArray  *ids,
            guint    from,
            GError **error)
{
  g_autoptr (KipTurn) turn = NULL;
  gboolean ok;
  KipNews news;

  kip_news_init (&news);
  turn = kip_turn_new (beside, &news);
  for (guint i = from; i < MIN (from + PIECE, ids->len); i++)
    kip_turn_touch (turn, g_array_index (ids, KipId, i));
  ok = kip_db_exec (beside->db, "BEGIN", error)
       && kip_book_refresh (beside, &news, error)
       && kip_turn_settle (turn, error)
       && kip_db_exec (beside->db, "COMMIT", error);
  kip_news_clear (&news);
  return ok;
}

static gboolean
fold_all (KipBook          *beside,
          const KipRebuild *rebuild,
          GError          **error)
{
  g_autoptr (GArray) ids = read_tickets (beside->db, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i += PIECE)
    {
      if (g_cancellable_set_error_if_cancelled (rebuild->cancellable, error) || !fold_piece (beside, ids, i, error))
        return FALSE;
      tell_progress (rebuild, FOLDED * i / ids->len);
    }
  return TRUE;
}

/* ---- putting in place ---- */

static gboolean
copy_tables (KipDb   *db,
             GError **error)
{
  return kip_db_exec (db, "BEGIN IMMEDIATE", error)
         && kip_db_exec (db, "DELETE FROM main.ticket; INSERT INTO main.ticket SELECT * FROM beside.ticket;"
                         "DELETE FROM main.ticket_row; INSERT INTO main.ticket_row SELECT * FROM beside.ticket_row;"
                         "DELETE FROM main.ticket_tag; INSERT INTO main.ticket_tag SELECT * FROM beside.ticket_tag;"
                         "DELETE FROM main.merge; INSERT INTO main.merge SELECT * FROM beside.merge;"
                         "DELETE FROM main.running; INSERT INTO main.running SELECT * FROM beside.running;"
                         "DELETE FROM main.fact; INSERT INTO main.fact SELECT * FROM beside.fact;", error)
         && kip_db_exec (db, "COMMIT", error);
}

static gboolean
put_in_place (KipBook    *book,
              const char *path,
              GError    **error)
{
  KipDb *db = book->db;
  gboolean ok;

  if (!kip_db_run (db, error, "ATTACH ?1 AS beside", "t", path))
    return FALSE;
  ok = copy_tables (db, error);
  if (!sqlite3_get_autocommit (kip_db_handle (db)))
    kip_db_exec (db, "ROLLBACK", NULL);
  kip_db_exec (db, "DETACH beside", NULL);
  kip_book_forget (book);
  return ok;
}

/* ---- the index of texts ---- */

static gboolean
reset_index (KipBook *book,
             GError **error)
{
  if (kip_db_exec (book->db, "BEGIN IMMEDIATE", error)
      && kip_indexer_reset (book->db, error)
      && kip_db_exec (book->db, "COMMIT", error))
    return TRUE;
  kip_db_exec (book->db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
work_off (KipBook          *book,
          KipNews          *news,
          const KipRebuild *rebuild,
          GError          **error)
{
  gboolean more = TRUE;

  while (more)
    if (g_cancellable_set_error_if_cancelled (rebuild->cancellable, error)
        || !kip_background_step (book, news, &more, error))
      return FALSE;
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
compare_and_replace (KipBook    *book,
                     KipBook    *beside,
                     KipRebuild *rebuild,
                     const char *path,
                     GError    **error)
{
  if (!kip_compare_projections (beside->db, &rebuild->difference, error))
    return FALSE;
  tell_progress (rebuild, COMPARED);
  return rebuild->difference == NULL || put_in_place (book, path, error);
}

static gboolean
rebuild_beside (KipBook    *book,
                KipRebuild *rebuild,
                const char *path,
                GError    **error)
{
  g_autofree char *database = kip_store_path (rebuild->dir, "kip.db");
  g_autoptr (KipBook) beside = open_beside (book, path, database, error);

  return beside != NULL && fold_all (beside, rebuild, error)
         && compare_and_replace (book, beside, rebuild, path, error);
}

gboolean
kip_rebuild_run (KipBook *book,
                 KipNews *news,
                 gpointer data,
                 GError **error)
{
  KipRebuild *rebuild = data;
  g_autofree char *path = kip_store_path (rebuild->dir, "rebuild.tmp");
  gboolean ok;

  if (!work_off (book, news, rebuild, error))
    return FALSE;
  kip_db_remove (path);
  ok = rebuild_beside (book, rebuild, path, error);
  kip_db_remove (path);
  ok = ok && reset_index (book, error) && work_off (book, news, rebuild, error);
  news->everything = TRUE;
  tell_progress (rebuild, 1);
  return ok;
}
