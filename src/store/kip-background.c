/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-background.h"

#include "kip-indexer.h"
#include "kip-purge.h"
#include "kip-stale.h"
#include "kip-turn.h"

/* Tickets a piece, at first and at most; fewer where a piece takes longer than this, in
 * microseconds: an edit may have to wait for its end. */
#define MOST_A_PIECE 200
#define FEWEST_A_PIECE 20
#define LONG_PIECE (12 * G_TIME_SPAN_MILLISECOND)

/* Pieces of the index before they are merged; with 16 FTS5 would merge them all at once. */
#define MOST_UNMERGED 8

/* ---- a piece ---- */

static guint
piece_of (KipBook *book)
{
  return book->piece != 0 ? book->piece : MOST_A_PIECE;
}

static void
fit_piece (KipBook *book,
           gint64   took)
{
  guint piece = piece_of (book);

  if (took > LONG_PIECE)
    piece /= 2;
  else if (took < LONG_PIECE / 3)
    piece *= 2;
  book->piece = CLAMP (piece, FEWEST_A_PIECE, MOST_A_PIECE);
}

/* What is computed can be computed again after a power cut, so that the disk need not
 * be waited for: it is written with the next edit. */
static gboolean
begin_piece (KipBook *book,
             GError **error)
{
  return kip_db_exec (book->db, "PRAGMA synchronous = NORMAL", error)
         && kip_db_exec (book->db, "BEGIN IMMEDIATE", error);
}

static gboolean
end_piece (KipBook *book,
           gboolean ok,
           GError **error)
{
  ok = ok && kip_db_exec (book->db, "COMMIT", error);
  if (!ok && !sqlite3_get_autocommit (kip_db_handle (book->db)))
    kip_db_exec (book->db, "ROLLBACK", NULL);
  return kip_db_exec (book->db, "PRAGMA synchronous = FULL", ok ? error : NULL) && ok;
}

typedef gboolean (*PieceFunc) (KipBook  *book,
                               KipNews  *news,
                               gboolean *more,
                               GError  **error);

static gboolean
do_piece (KipBook  *book,
          PieceFunc func,
          KipNews  *news,
          gboolean *more,
          GError  **error)
{
  gboolean ok = begin_piece (book, error);

  return end_piece (book, ok && func (book, news, more, error), ok ? error : NULL);
}

static gboolean
do_fitting_piece (KipBook  *book,
                  PieceFunc func,
                  KipNews  *news,
                  gboolean *more,
                  GError  **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean ok = do_piece (book, func, news, more, error);

  if (ok)
    fit_piece (book, g_get_monotonic_time () - begin);
  return ok;
}

/* ---- stale tickets ---- */

static gboolean
compute_stale (KipBook  *book,
               KipNews  *news,
               gboolean *more,
               GError  **error)
{
  g_autoptr (KipTurn) turn = kip_turn_new (book, news);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  if (!kip_book_refresh (book, news, error) || !kip_stale_take (book->db, piece_of (book), ids, error))
    return FALSE;
  *more = ids->len > 0;
  for (guint i = 0; i < ids->len; i++)
    kip_turn_touch (turn, g_array_index (ids, KipId, i));
  return kip_turn_settle (turn, error);
}

static gboolean
has_stale (KipBook  *book,
           gboolean *found,
           GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (book->db, 0, &n, error,
                       "SELECT EXISTS (SELECT 1 FROM stale) OR EXISTS (SELECT 1 FROM counter WHERE key = 'stale-slot')", ""))
    return FALSE;
  *found = n != 0;
  return TRUE;
}

static gboolean
stale_step (KipBook  *book,
            KipNews  *news,
            gboolean *more,
            GError  **error)
{
  if (!has_stale (book, more, error))
    return FALSE;
  if (!*more)
    return TRUE;
  return do_fitting_piece (book, compute_stale, news, more, error);
}

/* ---- the search index ---- */

static gboolean
index_some (KipBook  *book,
            KipNews  *news,
            gboolean *more,
            GError  **error)
{
  gboolean ok;

  kip_db_set_cancellable (book->db, book->way);
  ok = kip_indexer_step (book, news, piece_of (book), error);
  kip_db_set_cancellable (book->db, NULL);
  return ok;
}

/* Each piece is a part of the index by itself; the more parts, the longer a search takes. */
static gboolean
merge_some (KipBook  *book,
            KipNews  *news,
            gboolean *more,
            GError  **error)
{
  return kip_indexer_merge (book->db, more, error);
}

static gboolean
merge_step (KipBook  *book,
            KipNews  *news,
            gboolean *more,
            GError  **error)
{
  *more = book->n_unmerged > 0;
  if (!*more)
    return TRUE;
  if (!do_piece (book, merge_some, news, more, error))
    return FALSE;
  if (!*more)
    book->n_unmerged = 0;
  return TRUE;
}

static gboolean
index_step (KipBook  *book,
            KipNews  *news,
            gboolean *more,
            GError  **error)
{
  if (!kip_indexer_is_behind (book->db, more, error))
    return FALSE;
  if (!*more)
    return TRUE;
  book->n_unmerged++;
  return do_fitting_piece (book, index_some, news, more, error);
}

static gboolean
index_or_merge_step (KipBook  *book,
                     KipNews  *news,
                     gboolean *more,
                     GError  **error)
{
  if (book->n_unmerged < MOST_UNMERGED)
    return index_step (book, news, more, error);
  if (!merge_step (book, news, more, error))
    return FALSE;
  *more = TRUE;
  return TRUE;
}

gboolean
kip_background_catch_up (KipBook  *book,
                         KipNews  *news,
                         guint     limit,
                         gboolean *more,
                         GError  **error)
{
  guint waiting;

  if (!kip_indexer_count (book->db, &waiting, error))
    return FALSE;
  *more = waiting > 0;
  while (*more && (limit == 0 || waiting <= limit))
    if (!(limit == 0 ? index_or_merge_step : index_step)(book, news, more, error))
      return FALSE;
  return TRUE;
}

/* ---- checkpoints ---- */

static gboolean
checkpoint_step (KipBook *book,
                 GError **error)
{
  if (kip_checkpoint_is_overdue (book->checkpoint))
    return kip_checkpoint_catch_up (book->checkpoint, error);
  kip_checkpoint_begin_if_due (book->checkpoint);
  return TRUE;
}

/* ---- what was forgotten ---- */

static gboolean
scrub_step (KipBook *book,
            GError **error)
{
  gboolean done;

  return !kip_purge_must_scrub (book->db, NULL) || kip_purge_scrub (book, &done, error);
}

/* ---- public ---- */

gboolean
kip_background_step (KipBook  *book,
                     KipNews  *news,
                     gboolean *more,
                     GError  **error)
{
  gboolean ok = index_or_merge_step (book, news, more, error);

  if (ok && !*more)
    ok = stale_step (book, news, more, error);
  book->is_settled = ok && !*more;
  if (book->is_settled)
    ok = merge_step (book, news, more, error);
  if (ok && !*more)
    ok = scrub_step (book, error);
  return ok && checkpoint_step (book, error);
}

/* As long as closing may take because of the index, in microseconds. */
#define FAREWELL (300 * G_TIME_SPAN_MILLISECOND)

void
kip_background_finish (KipBook *book)
{
  gint64 until = g_get_monotonic_time () + FAREWELL;
  gboolean more = TRUE;
  KipNews news;

  kip_news_init (&news);
  while (more && g_get_monotonic_time () < until && index_step (book, &news, &more, NULL))
    continue;
  kip_news_clear (&news);
  kip_checkpoint_wait (book->checkpoint);
  sqlite3_wal_checkpoint_v2 (kip_db_handle (book->db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}
