/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-error.h"
#include "kip-row.h"
#include "kip-text.h"

#include <glib/gi18n-lib.h>

/* ---- by what people call it ---- */

static gboolean
find_by_number (KipDb   *db,
                guint    device,
                gint64   counter,
                KipId   *id,
                GError **error)
{
  gint64 found;

  /* Any machine's: the one with that counter that was changed last. */
  if (device == 0)
    {
      if (!kip_db_get_int (db, 0, &found, error,
                           "SELECT t.id FROM (SELECT DISTINCT device FROM device_key) AS d"
                           " JOIN ticket AS t ON t.number = (d.device << ?2 | ?1)"
                           " ORDER BY t.hidden, t.updated DESC LIMIT 1", "id", counter, KIP_TICKET_NUMBER_BITS))
        return FALSE;
    }
  else if (!kip_db_get_int (db, 0, &found, error, "SELECT id FROM ticket WHERE number = ?1 ORDER BY hidden LIMIT 1",
                            "i", KIP_TICKET_NUMBER (device, counter)))
    {
      return FALSE;
    }
  *id = (KipId) found;
  return TRUE;
}

/* The one that is there, rather not spam or merged, else KIP_ID_NONE; those that are
 * not there any more are added to @deleted (nullable). */
static gboolean
find_by_external (KipDb      *db,
                  const char *external,
                  KipId      *id,
                  GArray     *deleted,
                  GError    **error)
{
  g_autofree char *folded = kip_text_fold (external);
  KipRows rows = kip_db_query (db, "SELECT id, hidden FROM ticket WHERE external = ?1", "t", folded);
  gint64 least = G_MAXINT64;

  *id = KIP_ID_NONE;
  while (kip_rows_next (&rows))
    {
      KipId found = (KipId) kip_rows_int (&rows, 0);
      gint64 hidden = kip_rows_int (&rows, 1);

      if ((hidden & KIP_HIDDEN_DELETED) != 0 && deleted != NULL)
        g_array_append_val (deleted, found);
      if ((hidden & KIP_HIDDEN_DELETED) != 0 || hidden >= least)
        continue;
      least = hidden;
      *id = found;
    }
  return kip_rows_end (&rows, error);
}

static gboolean
find_number (KipDb      *db,
             const char *text,
             KipId      *id,
             GError    **error)
{
  gint64 counter;
  guint device;

  *id = KIP_ID_NONE;
  if (kip_ticket_number_parse (text, &device, &counter) && !find_by_number (db, device, counter, id, error))
    return FALSE;
  return *id != KIP_ID_NONE || find_by_external (db, text, id, NULL, error);
}

KipId
kip_store_find_number (KipStore   *store,
                       const char *text,
                       GError    **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  KipId id = KIP_ID_NONE;
  gboolean ok;

  if (db == NULL)
    return KIP_ID_NONE;
  ok = find_number (db, text, &id, error);
  kip_pool_give (store->pool, db);
  if (ok && id == KIP_ID_NONE)
    g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("There is no ticket “%s”."), text);
  return id;
}

/* ---- by the number that it has elsewhere ---- */

/* The first of @ids that was deleted rather than undone with what made it. */
static gboolean
choose_deleted (KipDb   *db,
                GArray  *ids,
                KipId   *deleted,
                GError **error)
{
  *deleted = KIP_ID_NONE;
  for (guint i = 0; i < ids->len && *deleted == KIP_ID_NONE; i++)
    {
      KipId id = g_array_index (ids, KipId, i);
      GPtrArray *events = kip_log_read_entity (db, KIP_KIND_TICKET, id, error);
      g_autoptr (KipEntity) entity = events != NULL ? kip_entity_fold (KIP_KIND_TICKET, id, events) : NULL;

      if (entity == NULL)
        return FALSE;
      if (!kip_entity_never_was (entity))
        *deleted = id;
    }
  return TRUE;
}

static gboolean
find_known (KipDb      *db,
            const char *external,
            GArray     *ids,
            GArray     *deleted, /* (nullable) */
            GError    **error)
{
  g_autoptr (GArray) gone = deleted != NULL ? g_array_new (FALSE, FALSE, sizeof (KipId)) : NULL;
  KipId id, chosen = KIP_ID_NONE;

  if (!find_by_external (db, external, &id, gone, error)
      || (gone != NULL && id == KIP_ID_NONE && !choose_deleted (db, gone, &chosen, error)))
    return FALSE;
  g_array_append_val (ids, id);
  if (deleted != NULL)
    g_array_append_val (deleted, chosen);
  return TRUE;
}

GArray *
kip_store_find_external (KipStore          *store,
                         const char *const *external,
                         guint              n,
                         GArray           **deleted,
                         GError           **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (KipId), n);
  g_autoptr (GArray) gone = deleted != NULL ? g_array_sized_new (FALSE, FALSE, sizeof (KipId), n) : NULL;
  gboolean ok = TRUE;

  if (db == NULL)
    return NULL;
  for (guint i = 0; i < n && ok; i++)
    ok = find_known (db, external[i], ids, gone, error);
  kip_pool_give (store->pool, db);
  if (!ok)
    return NULL;
  if (deleted != NULL)
    *deleted = g_steal_pointer (&gone);
  return g_steal_pointer (&ids);
}
