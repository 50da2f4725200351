/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alert-turn.h"

static gboolean
is_in (const KipMember *member)
{
  return member->keys->len > 0 && member->last == G_MAXUINT64;
}

/* The machines at which somebody hears of it in the same way, rising. */
static GArray *
find_concerned (const KipThreshold *threshold,
                gboolean            escalated,
                KipMembers         *members,
                KipOffice          *office)
{
  GArray *devices = g_array_new (FALSE, FALSE, sizeof (guint32));
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);
      gboolean as_manager;

      if (is_in (member) && kip_alert_concerns (threshold, office, member->person, &as_manager) && as_manager == escalated)
        g_array_append_val (devices, member->device);
    }
  return devices;
}

guint
kip_alert_turn (const KipThreshold *threshold,
                gboolean            escalated,
                KipMembers         *members,
                KipOffice          *office,
                guint32             device,
                guint              *turn)
{
  g_autoptr (GArray) devices = find_concerned (threshold, escalated, members, office);
  gboolean is_own = threshold->assignee != KIP_ID_NONE && !escalated;
  guint n = devices->len, place = 0, first;

  while (place < n && g_array_index (devices, guint32, place) != device)
    place++;
  /* One that the others do not count on waits for nobody. */
  if (place == n)
    n = 1, place = 0;
  first = is_own ? 0 : (guint) (threshold->ticket % n);
  if (turn != NULL)
    *turn = (place + n - first) % n;
  return n;
}
