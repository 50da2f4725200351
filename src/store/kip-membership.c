/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-membership.h"

#include "kip-holdings.h"

#include <string.h>

/* ---- reading ---- */

gboolean
kip_membership_founder_key (KipDb   *db,
                            guint8  *key,
                            GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT 0 AS place, 0 AS seq, value FROM share WHERE key = 'founder-key'"
                               " UNION ALL SELECT 1, from_seq, public_key FROM device_key WHERE device = 1"
                               " ORDER BY place, seq DESC LIMIT 1", "");
  gsize length = 0;
  gconstpointer bytes;

  memset (key, 0, KIP_MEMBER_KEY_SIZE);
  if (kip_rows_next (&rows))
    {
      bytes = kip_rows_blob (&rows, 2, &length);
      if (length == KIP_MEMBER_KEY_SIZE)
        memcpy (key, bytes, length);
    }
  return kip_rows_end (&rows, error);
}

/* This machine, when it is not among the others any more; 0: it is. */
static gboolean
read_alone (KipDb   *db,
            KipId   *machine,
            GError **error)
{
  gint64 device;

  if (!kip_db_get_int (db, 0, &device, error, "SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM share WHERE key = ?1", "t", KIP_MEMBERSHIP_ALONE))
    return FALSE;
  *machine = device > 0 ? KIP_ID_MACHINE ((guint32) device) : KIP_ID_NONE;
  return TRUE;
}

KipMembers *
kip_membership_read (KipDb   *db,
                     GError **error)
{
  guint8 founder_key[KIP_MEMBER_KEY_SIZE];
  g_autoptr (GPtrArray) events = kip_log_read_said (db, error);
  g_autoptr (GPtrArray) ours = g_ptr_array_new ();
  KipMembers *members;
  KipId alone;

  if (events == NULL || !kip_membership_founder_key (db, founder_key, error) || !read_alone (db, &alone, error))
    return NULL;
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (kip_members_is_of_them (event)
          && !(alone != KIP_ID_NONE && event->kind == KIP_KIND_MACHINE && event->entity == alone && event->field == KIP_FIELD_MACHINE_LAST))
        g_ptr_array_add (ours, g_ptr_array_index (events, i));
    }
  members = kip_members_new (ours, founder_key);
  /* Whoever let it in may have been removed as well. */
  if (alone != KIP_ID_NONE)
    kip_members_spare (members, KIP_ID_DEVICE (alone));
  return members;
}

/* ---- keys ---- */

static gboolean
write_keys (KipDb           *db,
            const KipMember *member,
            GError         **error)
{
  for (guint i = 0; i < member->keys->len; i++)
    {
      const KipMemberKey *key = &g_array_index (member->keys, KipMemberKey, i);

      if (!kip_db_run (db, error, "INSERT OR REPLACE INTO device_key (device, from_seq, public_key) VALUES (?1, ?2, ?3)",
                       "iiB", (gint64) member->device, (gint64) key->from_seq, key->key, sizeof key->key))
        return FALSE;
    }
  return TRUE;
}

/* ---- what does not count ---- */

static gboolean
add_tickets (KipDb   *db,
             GArray  *tickets,
             guint32  device,
             guint64  after,
             GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT DISTINCT e.entity FROM changeset AS c JOIN event AS e"
                               " ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1"
                               " WHERE c.device = ?1 AND c.seq > ?2 AND e.kind = 2", "ii", (gint64) device, (gint64) after);

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (tickets, id);
    }
  return kip_rows_end (&rows, error);
}

/* From @device's change-sets on that come after @last nothing counts; G_MAXUINT64: all counts. */
static gboolean
write_end (KipDb    *db,
           guint32   device,
           guint64   last,
           GArray   *tickets,
           gboolean *office_changed,
           GError  **error)
{
  gint64 before;

  if (!kip_db_get_int (db, G_MAXINT64, &before, error, "SELECT last_seq FROM ended WHERE device = ?1", "i", (gint64) device))
    return FALSE;
  if (MIN (last, G_MAXINT64) == (guint64) before)
    return TRUE;
  *office_changed = TRUE;
  if (last == G_MAXUINT64)
    return kip_db_run (db, error, "DELETE FROM ended WHERE device = ?1", "i", (gint64) device)
           && add_tickets (db, tickets, device, (guint64) before, error);
  return kip_db_run (db, error, "INSERT OR REPLACE INTO ended (device, last_seq) VALUES (?1, ?2)", "ii", (gint64) device, (gint64) last)
         && add_tickets (db, tickets, device, MIN (last, (guint64) before), error);
}

/* Of those whose log is here and who are not in by what is known today: another machine may not have taken it up. */
static gboolean
write_strangers (KipDb      *db,
                 KipMembers *members,
                 GArray     *tickets,
                 gboolean   *office_changed,
                 GError    **error)
{
  g_autoptr (GArray) holdings = kip_holdings_read (db, error);

  for (guint i = 0; holdings != NULL && i < holdings->len; i++)
    {
      guint32 device = g_array_index (holdings, KipHolding, i).device;
      const KipMember *member = kip_members_find (members, device);

      if ((member == NULL || member->keys->len == 0) && !write_end (db, device, 0, tickets, office_changed, error))
        return FALSE;
    }
  return holdings != NULL;
}

/* The refused events are none of tickets: no ticket depends on them but by the office. */
static gboolean
write_refused (KipDb    *db,
               GArray   *refused,
               gboolean *office_changed,
               GError  **error)
{
  gint64 before, after;

  if (!kip_db_get_int (db, 0, &before, error, "SELECT total(device * 31 + seq * 7 + place + 1) FROM refused", "")
      || !kip_db_run (db, error, "DELETE FROM refused", ""))
    return FALSE;
  for (guint i = 0; i < refused->len; i++)
    {
      const KipEventId *id = &g_array_index (refused, KipEventId, i);

      if (!kip_db_run (db, error, "INSERT OR IGNORE INTO refused (device, seq, place) VALUES (?1, ?2, ?3)",
                       "iii", (gint64) id->device, (gint64) id->seq, (gint64) id->index))
        return FALSE;
    }
  if (!kip_db_get_int (db, 0, &after, error, "SELECT total(device * 31 + seq * 7 + place + 1) FROM refused", ""))
    return FALSE;
  *office_changed |= before != after;
  return TRUE;
}

gboolean
kip_membership_write (KipDb      *db,
                      KipMembers *members,
                      GArray     *tickets,
                      gboolean   *office_changed,
                      GError    **error)
{
  GPtrArray *all = kip_members_get_all (members);

  *office_changed = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (!write_keys (db, member, error)
          || (member->keys->len > 0 && !write_end (db, member->device, member->last, tickets, office_changed, error)))
        return FALSE;
    }
  return write_strangers (db, members, tickets, office_changed, error)
         && write_refused (db, kip_members_get_refused (members), office_changed, error);
}
