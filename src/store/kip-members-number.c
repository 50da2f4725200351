/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members-private.h"

static gboolean
gives_numbers (KipMembers      *members,
               const KipMember *member)
{
  return member->last == G_MAXUINT64 && !member->is_recovery && kip_members_is_manager (members, member->device);
}

/* How many give numbers, and how many of them come before @device. */
static guint
count_givers (KipMembers *members,
              guint32     device,
              guint      *rank)
{
  guint n = 0;

  *rank = 0;
  for (guint i = 0; i < members->all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (members->all, i);

      if (!gives_numbers (members, member))
        continue;
      n++;
      *rank += member->device < device;
    }
  return MAX (n, 1);
}

guint32
kip_members_draw_number (KipMembers *members,
                         guint32     device)
{
  guint32 next = KIP_MEMBERS_FOUNDER + 1;
  guint rank, n = count_givers (members, device, &rank);

  for (guint i = 0; i < members->all->len; i++)
    if (((KipMember *) g_ptr_array_index (members->all, i))->twin_of == 0)
      next = MAX (next, ((KipMember *) g_ptr_array_index (members->all, i))->device + 1);
  while (next % n != rank % n || kip_members_find (members, next) != NULL)
    next++;
  return next;
}
