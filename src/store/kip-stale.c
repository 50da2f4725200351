/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-stale.h"

#include "kip-pending.h"

/* Few enough to be computed within the transaction that made them stale. */
#define FEW 100

/* ---- what a change reaches ---- */

typedef enum
{
  REACHES_NOTHING,
  REACHES_REQUESTER, /* the tickets of that person */
  REACHES_NAMES,     /* whatever is selected by a name */
  REACHES_ALL
} Reach;

static gboolean
added_other_than (const KipPending *pending,
                  const KipField   *fields,
                  guint             n)
{
  for (guint i = 0; i < pending->added->len; i++)
    {
      KipField field = ((KipEvent *) g_ptr_array_index (pending->added, i))->field;
      guint j = 0;

      while (j < n && fields[j] != field)
        j++;
      if (j == n)
        return TRUE;
    }
  return FALSE;
}

static Reach
reach_of_office (const KipPending *pending)
{
  static const KipField idle[] = { KIP_FIELD_NAME, KIP_FIELD_LANGUAGE, KIP_FIELD_CAUSES, KIP_FIELD_NOTE };

  return added_other_than (pending, idle, G_N_ELEMENTS (idle)) ? REACHES_ALL : REACHES_NOTHING;
}

static Reach
reach_of_promise (const KipPending *pending)
{
  static const KipField idle[] = { KIP_FIELD_NAME, KIP_FIELD_NOTE, KIP_FIELD_POLICY_DRAFT, KIP_FIELD_CALENDAR_DRAFT };

  return added_other_than (pending, idle, G_N_ELEMENTS (idle)) ? REACHES_ALL : REACHES_NOTHING;
}

static Reach
reach_of (const KipPending *pending)
{
  switch (pending->kind)
    {
    case KIP_KIND_OFFICE:
      return reach_of_office (pending);
    case KIP_KIND_CALENDAR:
    case KIP_KIND_POLICY:
    case KIP_KIND_OUTAGE:
      return reach_of_promise (pending);
    case KIP_KIND_PERSON:
      return kip_pending_is_new (pending) ? REACHES_NAMES : REACHES_REQUESTER;
    case KIP_KIND_TEAM:
    case KIP_KIND_CATEGORY:
    case KIP_KIND_STATUS:
    case KIP_KIND_ASSET:
      return REACHES_NAMES;
    case KIP_KIND_TICKET:
    case KIP_KIND_CANNED:
    case KIP_KIND_VIEW:
    case KIP_KIND_GOAL:
    case KIP_KIND_REVIEW:
    default:
      return REACHES_NOTHING;
    }
}

/* ---- whether names are asked for ---- */

static gboolean
asks_names (const KipQueryNode *node)
{
  for (guint i = 0; node != NULL && node->values != NULL && i < node->values->len; i++)
    if (((KipQueryValue *) g_ptr_array_index (node->values, i))->kind == KIP_QUERY_VALUE_NAMED)
      return TRUE;
  for (guint i = 0; node != NULL && node->children != NULL && i < node->children->len; i++)
    if (asks_names (g_ptr_array_index (node->children, i)))
      return TRUE;
  return FALSE;
}

static gboolean
text_asks_names (const char *condition)
{
  g_autoptr (KipQuery) query = NULL;

  if (condition == NULL)
    return FALSE;
  query = kip_query_parse (condition);
  return asks_names (kip_query_get_root (query));
}

/* Whether a policy's condition or an outage's scope depends on what things are called. */
static gboolean
promises_ask_names (KipAgreements *agreements)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements);
  GPtrArray *outages = kip_agreements_get_outages (agreements);

  for (guint i = 0; i < policies->len; i++)
    {
      GPtrArray *versions = kip_agreements_get_policy_versions (agreements, ((KipPolicy *) g_ptr_array_index (policies, i))->id);

      for (guint j = 0; j < versions->len; j++)
        if (text_asks_names (((KipPolicy *) g_ptr_array_index (versions, j))->spec->condition))
          return TRUE;
    }
  for (guint i = 0; i < outages->len; i++)
    if (text_asks_names (((KipOutage *) g_ptr_array_index (outages, i))->scope))
      return TRUE;
  return FALSE;
}

/* ---- marking ---- */

static gboolean
mark_requester (KipDb   *db,
                KipId    person,
                GError **error)
{
  return kip_db_run (db, error, "INSERT OR IGNORE INTO stale SELECT id FROM ticket WHERE requester = ?1 AND hidden = 0", "i", (gint64) person)
         && kip_db_run (db, error, "INSERT OR IGNORE INTO stale SELECT id FROM ticket WHERE requester = ?1 AND hidden <> 0", "i", (gint64) person)
         && kip_db_run (db, error, "INSERT OR IGNORE INTO reindex SELECT id FROM ticket WHERE requester = ?1 AND hidden = 0", "i", (gint64) person)
         && kip_db_run (db, error, "INSERT OR IGNORE INTO reindex SELECT id FROM ticket WHERE requester = ?1 AND hidden <> 0", "i", (gint64) person)
         && kip_db_run (db, error, "INSERT OR IGNORE INTO reindex SELECT merged_into FROM ticket WHERE requester = ?1 AND merged_into <> 0", "i", (gint64) person);
}

/* Its tickets are found by its name. */
static gboolean
mark_asset (KipDb   *db,
            KipId    asset,
            GError **error)
{
  return kip_db_run (db, error, "INSERT OR IGNORE INTO reindex SELECT id FROM ticket WHERE asset = ?1", "i", (gint64) asset)
         && kip_db_run (db, error, "INSERT OR IGNORE INTO reindex SELECT merged_into FROM ticket WHERE asset = ?1 AND merged_into <> 0", "i", (gint64) asset);
}

/* The open ones first, then all from the newest down. */
static gboolean
mark_all (KipDb   *db,
          GError **error)
{
  return kip_db_run (db, error, "INSERT OR IGNORE INTO stale SELECT id FROM ticket WHERE hidden = 0 AND phase < 5", "")
         && kip_db_run (db, error, "INSERT OR REPLACE INTO counter (key, value)"
                        " SELECT 'stale-slot', max(slot) FROM ticket HAVING max(slot) > 0", "");
}

gboolean
kip_stale_note (KipBook   *book,
                GPtrArray *changed,
                GError   **error)
{
  Reach widest = REACHES_NOTHING;

  for (guint i = 0; i < changed->len; i++)
    {
      const KipPending *pending = g_ptr_array_index (changed, i);
      Reach reach = reach_of (pending);

      if (reach == REACHES_REQUESTER && !mark_requester (book->db, pending->id, error))
        return FALSE;
      if (pending->kind == KIP_KIND_ASSET && !kip_pending_is_new (pending) && !mark_asset (book->db, pending->id, error))
        return FALSE;
      widest = MAX (widest, reach == REACHES_REQUESTER ? REACHES_NAMES : reach);
    }
  if (widest == REACHES_ALL || (widest == REACHES_NAMES && promises_ask_names (book->agreements)))
    return mark_all (book->db, error);
  return TRUE;
}

/* ---- taking ---- */

static gboolean
take_marked (KipDb   *db,
             guint    n,
             GArray  *ids,
             GError **error)
{
  guint before = ids->len;
  KipRows rows = kip_db_query (db, "SELECT ticket FROM stale ORDER BY ticket LIMIT ?1", "d", (int) n);

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (ids, id);
    }
  if (!kip_rows_end (&rows, error))
    return FALSE;
  return ids->len == before
         || kip_db_run (db, error, "DELETE FROM stale WHERE ticket <= ?1", "i", (gint64) g_array_index (ids, KipId, ids->len - 1));
}

static gboolean
take_next (KipDb   *db,
           guint    n,
           GArray  *ids,
           GError **error)
{
  gint64 slot;
  KipRows rows;

  if (!kip_db_get_int (db, 0, &slot, error, "SELECT value FROM counter WHERE key = 'stale-slot'", ""))
    return FALSE;
  if (slot == 0)
    return TRUE;
  rows = kip_db_query (db, "SELECT id, slot FROM ticket WHERE slot <= ?1 ORDER BY slot DESC LIMIT ?2", "id", slot, (int) n);
  slot = 0;
  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (ids, id);
      slot = kip_rows_int (&rows, 1) - 1;
    }
  if (!kip_rows_end (&rows, error))
    return FALSE;
  if (slot <= 0)
    return kip_db_run (db, error, "DELETE FROM counter WHERE key = 'stale-slot'", "");
  return kip_db_run (db, error, "UPDATE counter SET value = ?1 WHERE key = 'stale-slot'", "i", slot);
}

gboolean
kip_stale_take (KipDb   *db,
                guint    n,
                GArray  *ids,
                GError **error)
{
  guint before = ids->len;

  if (!take_marked (db, n, ids, error))
    return FALSE;
  return ids->len > before || take_next (db, n, ids, error);
}

gboolean
kip_stale_take_few (KipDb   *db,
                    GArray  *ids,
                    GError **error)
{
  gint64 marked;

  if (!kip_db_get_int (db, 0, &marked, error, "SELECT count(*) FROM (SELECT 1 FROM stale LIMIT ?1)", "d", FEW + 1))
    return FALSE;
  return marked == 0 || marked > FEW || take_marked (db, FEW, ids, error);
}
