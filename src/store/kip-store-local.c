/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

/* ---- drafts and small settings ---- */

void
kip_store_save_draft (KipStore   *store,
                      KipId       ticket,
                      const char *slot,
                      const char *text)
{
  if (kip_local_set_draft (store->local, ticket, slot, text) && ticket != KIP_ID_NONE)
    g_signal_emit_by_name (store, "draft-changed", ticket);
}

char *
kip_store_load_draft (KipStore   *store,
                      KipId       ticket,
                      const char *slot)
{
  return kip_local_dup_draft (store->local, ticket, slot);
}

GArray *
kip_store_draft_tickets (KipStore *store)
{
  return kip_local_draft_tickets (store->local);
}

char *
kip_store_get_local (KipStore   *store,
                     const char *key)
{
  return kip_local_dup (store->local, key);
}

void
kip_store_set_local (KipStore   *store,
                     const char *key,
                     const char *value)
{
  kip_local_set (store->local, key, value);
}

/* ---- what was said ---- */

typedef struct
{
  KipId        ticket;
  KipClockKind clock;
  int          percent;
  KipInstant   at;
  gboolean     is_first; /* out */
} Saying;

static gboolean
write_said (KipTurn *turn,
            KipBook *book,
            gpointer data,
            GError **error)
{
  Saying *saying = data;
  gboolean ok = kip_db_run (book->db, error, "INSERT OR IGNORE INTO said (ticket, clock, percent, at) VALUES (?1, ?2, ?3, ?4)",
                            "iddi", (gint64) saying->ticket, (int) saying->clock, saying->percent, saying->at);

  saying->is_first = ok && sqlite3_changes (kip_db_handle (book->db)) > 0;
  return ok;
}

gboolean
kip_store_say_once (KipStore    *store,
                    KipId        ticket,
                    KipClockKind clock,
                    int          percent,
                    KipInstant   at,
                    GError     **error)
{
  Saying saying = { ticket, clock, percent, at, FALSE };

  return kip_writer_write (store->writer, write_said, &saying, error) && saying.is_first;
}

/* ---- snoozes ---- */

static gboolean
write_snooze (KipTurn *turn,
              KipBook *book,
              gpointer data,
              GError **error)
{
  const Saying *snooze = data;

  return kip_db_run (book->db, error, "INSERT OR REPLACE INTO snooze (ticket, until) VALUES (?1, ?2)",
                     "ii", (gint64) snooze->ticket, snooze->at);
}

gboolean
kip_store_snooze (KipStore  *store,
                  KipId      ticket,
                  KipInstant until,
                  GError   **error)
{
  Saying snooze = { .ticket = ticket, .at = until };

  if (!kip_writer_write (store->writer, write_snooze, &snooze, error))
    return FALSE;
  kip_local_note_snooze (store->local, ticket, until);
  return TRUE;
}

KipInstant
kip_store_get_snooze (KipStore *store,
                      KipId     ticket)
{
  return kip_local_get_snooze (store->local, ticket);
}
