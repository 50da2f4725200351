/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-drop.h"

#include "kip-indexer.h"
#include "kip-membership.h"
#include "kip-turn-private.h"

/* ---- what there is ---- */

static GArray *
read_numbers (KipDb   *db,
              guint32  device,
              guint64  last,
              GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT seq FROM changeset WHERE device = ?1 AND seq > ?2 ORDER BY seq", "ii", (gint64) device, (gint64) last);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint64));

  while (kip_rows_next (&rows))
    {
      guint64 seq = (guint64) kip_rows_int (&rows, 0);

      g_array_append_val (numbers, seq);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&numbers) : NULL;
}

GPtrArray *
kip_drop_read (KipDb   *db,
               guint32  device,
               guint64  last,
               GError **error)
{
  g_autoptr (GArray) numbers = read_numbers (db, device, last, error);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      KipChange *change = kip_log_read_change (db, device, g_array_index (numbers, guint64, i), error);

      if (change == NULL)
        return NULL;
      g_ptr_array_add (changes, change);
    }
  return numbers != NULL ? g_steal_pointer (&changes) : NULL;
}

GArray *
kip_drop_find_made (KipDb   *db,
                    guint32  device,
                    guint64  last,
                    GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT DISTINCT e.kind, e.entity FROM changeset AS c JOIN event AS e"
                               " ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1 WHERE c.device = ?1 AND c.seq > ?2"
                               " AND NOT EXISTS (SELECT 1 FROM event AS o JOIN changeset AS oc ON oc.row = o.changeset"
                               " WHERE o.entity = e.entity AND o.kind = e.kind AND NOT (oc.device = ?1 AND oc.seq > ?2))",
                               "ii", (gint64) device, (gint64) last);
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (KipKey));

  while (kip_rows_next (&rows))
    {
      KipKey key = { (KipKind) kip_rows_int (&rows, 0), (KipId) kip_rows_int (&rows, 1) };

      g_array_append_val (made, key);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&made) : NULL;
}

/* ---- taking it out ---- */

static gboolean
touch_tickets (KipTurn *turn,
               guint32  device,
               guint64  last,
               GError **error)
{
  KipRows rows = kip_db_query (turn->book->db, "SELECT DISTINCT e.entity FROM changeset AS c JOIN event AS e"
                               " ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1"
                               " WHERE c.device = ?1 AND c.seq > ?2 AND e.kind = 2", "ii", (gint64) device, (gint64) last);

  while (kip_rows_next (&rows))
    kip_turn_touch (turn, (KipId) kip_rows_int (&rows, 0));
  return kip_rows_end (&rows, error);
}

static gboolean
delete_rows (KipDb   *db,
             guint32  device,
             guint64  last,
             GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM event WHERE changeset IN (SELECT row FROM changeset WHERE device = ?1 AND seq > ?2)",
    "DELETE FROM changeset WHERE device = ?1 AND seq > ?2",
    "DELETE FROM redacted WHERE device = ?1 AND seq > ?2",
    "DELETE FROM refused WHERE device = ?1 AND seq > ?2",
    "DELETE FROM tiding WHERE device = ?1 AND seq > ?2",
    "DELETE FROM device_key WHERE device = ?1 AND from_seq > ?2 + 1"
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!kip_db_run (db, error, statements[i], "ii", (gint64) device, (gint64) last))
      return FALSE;
  return TRUE;
}

/* ---- tickets that were made by it ---- */

static gboolean
find_gone (KipDb   *db,
           GArray  *made,
           GError **error)
{
  if (!kip_db_exec (db, "CREATE TEMP TABLE IF NOT EXISTS gone (slot INTEGER PRIMARY KEY); DELETE FROM temp.gone;", error))
    return FALSE;
  for (guint i = 0; i < made->len; i++)
    {
      const KipKey *key = &g_array_index (made, KipKey, i);

      if (key->kind == KIP_KIND_TICKET
          && !kip_db_run (db, error, "INSERT INTO temp.gone (slot) SELECT slot FROM ticket WHERE id = ?1", "i", (gint64) key->id))
        return FALSE;
    }
  return TRUE;
}

/* Slots go up without a gap, as a rebuild would give them.  On their way down they are far above all others: below zero stand
 * tickets that are shown before the log has come to them. */
#define FAR_UP "1099511627776"
#define CLOSE_GAPS(table) \
  "UPDATE " table " SET slot = slot - (SELECT count(*) FROM temp.gone AS g WHERE g.slot < " table ".slot) + " FAR_UP \
  " WHERE slot > (SELECT min(slot) FROM temp.gone)", \
  "UPDATE " table " SET slot = slot - " FAR_UP " WHERE slot > " FAR_UP

static gboolean
delete_tickets (KipDb   *db,
                GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM merge WHERE source IN (SELECT id FROM ticket WHERE slot IN (SELECT slot FROM temp.gone))",
    "DELETE FROM stale WHERE ticket IN (SELECT id FROM ticket WHERE slot IN (SELECT slot FROM temp.gone))",
    "DELETE FROM ticket_row WHERE slot IN (SELECT slot FROM temp.gone)",
    "DELETE FROM ticket_tag WHERE slot IN (SELECT slot FROM temp.gone)",
    "DELETE FROM running WHERE slot IN (SELECT slot FROM temp.gone)",
    "DELETE FROM fact WHERE slot IN (SELECT slot FROM temp.gone)",
    "DELETE FROM ticket WHERE slot IN (SELECT slot FROM temp.gone)",
    CLOSE_GAPS ("ticket"), CLOSE_GAPS ("ticket_row"), CLOSE_GAPS ("ticket_tag"), CLOSE_GAPS ("running"), CLOSE_GAPS ("fact")
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!kip_db_run (db, error, statements[i], ""))
      return FALSE;
  return TRUE;
}

/* The office and who takes part, as the log says now. */
static gboolean
reload_office (KipTurn *turn,
               GError **error)
{
  KipBook *book = turn->book;
  gboolean changed;

  turn->news->office_changed = turn->news->everything = TRUE;
  return kip_book_reload (book, error)
         && kip_membership_write (book->db, book->members, turn->touched, &changed, error)
         && (!changed || kip_book_reload (book, error))
         && kip_db_run (book->db, error, "INSERT OR REPLACE INTO counter (key, value) SELECT 'stale-slot', max(slot) FROM ticket HAVING max(slot) > 0", "");
}

gboolean
kip_drop_line (KipTurn *turn,
               guint32  device,
               guint64  last,
               GError **error)
{
  KipDb *db = turn->book->db;
  g_autoptr (GArray) made = kip_drop_find_made (db, device, last, error);

  return made != NULL && touch_tickets (turn, device, last, error)
         && find_gone (db, made, error)
         && delete_tickets (db, error)
         && kip_db_get_int (db, 0, &turn->book->slot, error, "SELECT max(slot) FROM ticket", "")
         && delete_rows (db, device, last, error)
         && kip_indexer_reset (db, error)
         && reload_office (turn, error);
}
