/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-indexer.h"

/* Pages of the index that are written at a time: a few milliseconds. */
#define PAGES "32"

/* Otherwise FTS5 does it within the COMMIT of what was written last, and as much of it
 * at once as that takes. https://www.sqlite.org/fts5.html#the_automerge_configuration_option */
static gboolean
merge_only_when_asked (KipDb   *db,
                       GError **error)
{
  gint64 automerge;

  return kip_db_get_int (db, -1, &automerge, error, "SELECT v FROM search_config WHERE k = 'automerge'", "")
         && (automerge == 0 || kip_db_run (db, error, "INSERT INTO search (search, rank) VALUES ('automerge', 0)", ""));
}

gboolean
kip_indexer_merge (KipDb    *db,
                   gboolean *more,
                   GError  **error)
{
  int before = sqlite3_total_changes (kip_db_handle (db));

  *more = FALSE;
  if (!merge_only_when_asked (db, error)
      || !kip_db_run (db, error, "INSERT INTO search (search, rank) VALUES ('merge', " PAGES ")", ""))
    return FALSE;
  /* One is this row, which is none. https://www.sqlite.org/fts5.html#the_merge_command */
  *more = sqlite3_total_changes (kip_db_handle (db)) - before >= 2;
  return TRUE;
}
