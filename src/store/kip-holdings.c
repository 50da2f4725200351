/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-holdings.h"

GArray *
kip_holdings_read (KipDb   *db,
                   GError **error)
{
  /* From device to device by the index: with GROUP BY SQLite would read all of it. */
  KipRows rows = kip_db_query (db, "WITH RECURSIVE found (device) AS (SELECT min(device) FROM changeset UNION ALL"
                               " SELECT (SELECT min(c.device) FROM changeset AS c WHERE c.device > found.device) FROM found"
                               " WHERE found.device IS NOT NULL)"
                               " SELECT device, (SELECT max(c.seq) FROM changeset AS c WHERE c.device = found.device) FROM found"
                               " WHERE device IS NOT NULL ORDER BY device", "");
  g_autoptr (GArray) holdings = g_array_new (FALSE, FALSE, sizeof (KipHolding));

  while (kip_rows_next (&rows))
    {
      KipHolding holding = { (guint32) kip_rows_int (&rows, 0), (guint64) kip_rows_int (&rows, 1) };

      g_array_append_val (holdings, holding);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&holdings) : NULL;
}
