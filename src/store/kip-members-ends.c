/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members-private.h"

/* ---- which removal counts next ---- */

static int
compare (guint64 a,
         guint64 b)
{
  return (a > b) - (a < b);
}

/* Whose right is older; of one standing who gave the right comes before those that have it from there. */
static int
compare_removals (const KipRemoval *a,
                  const KipRemoval *b)
{
  const KipEventId *x = &a->event->id, *y = &b->event->id;
  int order = compare (a->standing, b->standing);

  if (order == 0)
    order = compare (x->device != a->standing, y->device != b->standing);
  if (order == 0)
    order = compare (x->device, y->device);
  if (order == 0)
    order = compare (x->seq, y->seq);
  return order != 0 ? order : compare (x->index, y->index);
}

guint64
kip_members_end_by (GArray *removals,
                    guint32 device)
{
  guint64 last = G_MAXUINT64;

  for (guint i = 0; i < removals->len; i++)
    if (g_array_index (removals, KipRemoval, i).device == device)
      last = MIN (last, g_array_index (removals, KipRemoval, i).last);
  return last;
}

gboolean
kip_members_find_next (KipMembers *members,
                       GArray     *removals,
                       KipRemoval *next)
{
  const KipRemoval *first = NULL;

  for (guint i = 0; i < members->removals->len; i++)
    {
      const KipRemoval *one = &g_array_index (members->removals, KipRemoval, i);

      if (one->last < kip_members_end_by (removals, one->device) && (first == NULL || compare_removals (one, first) < 0))
        first = one;
    }
  if (first != NULL)
    *next = *first;
  return first != NULL;
}

/* ---- what comes of it ---- */

static void
end (KipMember        *member,
     const KipRemoval *removal,
     guint64           last)
{
  member->last = last;
  member->ended = removal->event->at;
  member->ended_by = removal->event->stamp->author;
  member->has_left = FALSE;
}

/* Who left and was removed as well, was removed. */
void
kip_members_end_all (KipMembers *members,
                     GArray     *removals)
{
  for (guint i = 0; i < removals->len; i++)
    {
      const KipRemoval *removal = &g_array_index (removals, KipRemoval, i);
      KipKnown *known = kip_members_look_up (members, removal->device);

      if (known != NULL && (removal->last < known->is.last || (removal->last == known->is.last && known->is.has_left)))
        end (&known->is, removal, removal->last);
    }
}

void
kip_members_carry_over (KipMembers       *members,
                        KipMembers       *before,
                        const KipRemoval *removal)
{
  for (guint i = 0; i < before->all->len; i++)
    {
      const KipKnown *old = g_ptr_array_index (before->all, i);
      KipMember *member;

      if (!kip_members_is_known (old))
        continue;
      member = &kip_members_ensure (members, old->is.device)->is;
      if (member->keys->len > 0)
        continue;
      end (member, removal, 0);
      member->person = KIP_ID_NONE;
      member->admitted = old->is.admitted;
      member->admitted_by = old->is.admitted_by;
      member->twin_of = old->is.twin_of;
      g_array_append_vals (member->keys, old->is.keys->data, old->is.keys->len);
    }
}
