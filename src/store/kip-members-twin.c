/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members-private.h"

#include "kip-twin.h"

#include <string.h>

/* Copies of machines among the members: kip-twin.h. */

/* By the key of the copied one at the place where the two part. */
static gboolean
is_twin (KipMembers    *members,
         const KipTwin *twin,
         guint32        device)
{
  const guint8 *key = kip_members_key (members, twin->of, twin->last + 1);

  return key != NULL && kip_twin_verify (twin, device, key);
}

gboolean
kip_members_let_in (KipMembers     *members,
                    const KipEvent *event,
                    guint8         *key)
{
  KipTwin twin;

  if (!kip_twin_from_event (&twin, event) || !is_twin (members, &twin, event->id.device))
    return FALSE;
  memcpy (key, twin.key, sizeof twin.key);
  return TRUE;
}

/* Neither it nor, at that place, the one that it is a copy of is out. */
static gboolean
does_count (KipMembers     *members,
            const KipEvent *event,
            const KipTwin  *twin,
            GArray         *removals)
{
  return event->id.seq <= kip_members_end_by (removals, event->id.device)
         && twin->last < kip_members_end_by (removals, twin->of)
         && kip_members_has (members, twin->of, twin->last + 1);
}

gboolean
kip_members_take_twin (KipMembers     *members,
                       const KipEvent *event,
                       GArray         *removals)
{
  guint32 device = event->id.device;
  KipKnown *known;
  KipTwin twin;

  if (!kip_twin_from_event (&twin, event) || !is_twin (members, &twin, device))
    return FALSE;
  known = kip_members_ensure (members, device);
  kip_members_add_key (&known->is, 1, twin.key);
  known->admitted = kip_members_standing (members, twin.of);
  known->is.admitted = event->at;
  known->is.admitted_by = event->stamp->author;
  known->is.twin_of = twin.of;
  known->is.twin_last = twin.last;
  memcpy (known->is.given_up, twin.given_up, sizeof known->is.given_up);
  if (!does_count (members, event, &twin, removals))
    known->is.last = 0;
  return TRUE;
}

const KipKnown *
kip_members_original (KipMembers     *members,
                      const KipKnown *known)
{
  const KipKnown *of = known->is.twin_of != 0 ? kip_members_look_up (members, known->is.twin_of) : NULL;

  while (of != NULL && (known->is.person == KIP_ID_NONE || known->is.person == of->is.person))
    {
      known = of;
      of = known->is.twin_of != 0 ? kip_members_look_up (members, known->is.twin_of) : NULL;
    }
  return known;
}

static guint32
root_of (KipMembers *members,
         guint32     device)
{
  const KipMember *member = kip_members_find (members, device);

  while (member != NULL && member->twin_of != 0)
    {
      device = member->twin_of;
      member = kip_members_find (members, device);
    }
  return device;
}

static gboolean
are_twins (KipMembers *members,
           guint32     a,
           guint32     b)
{
  return root_of (members, a) == root_of (members, b);
}

void
kip_members_note_spoken (KipMembers     *members,
                         const KipEvent *event,
                         guint32         device)
{
  KipKnown *known = kip_members_look_up (members, device);

  if (known != NULL && kip_members_is_manager (members, event->id.device) && !are_twins (members, device, event->id.device))
    known->is.is_spoken_of = TRUE;
}

static void
add_strangers_of (KipMembers       *members,
                  const KipRemoval *removal)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      const KipMember *member = &((KipKnown *) g_ptr_array_index (members->all, i))->is;
      KipRemoval stranger = { removal->event, member->device, 0, removal->standing };

      if (member->twin_of == removal->device && member->last > 0 && !member->is_spoken_of)
        g_array_append_val (members->removals, stranger);
    }
}

void
kip_members_add_strangers (KipMembers *members,
                           GArray     *removals)
{
  for (guint i = 0; i < removals->len; i++)
    {
      const KipRemoval *removal = &g_array_index (removals, KipRemoval, i);

      if (!are_twins (members, removal->device, removal->event->id.device))
        add_strangers_of (members, removal);
    }
}

void
kip_members_settle_twins (KipMembers *members)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      KipMember *member = &((KipKnown *) g_ptr_array_index (members->all, i))->is;
      const KipMember *root = kip_members_find (members, root_of (members, member->device));

      if (member->person == KIP_ID_NONE && root != NULL)
        member->person = root->person;
    }
}

const KipMember *
kip_members_find_heir (KipMembers   *members,
                       guint32       device,
                       const guint8 *hash)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (members->all, i);

      if (member->twin_of == device && member->last > 0 && memcmp (member->given_up, hash, sizeof member->given_up) == 0)
        return member;
    }
  return NULL;
}

gboolean
kip_members_has_heir (KipMembers *members,
                      guint32     device)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (members->all, i);

      if (member->twin_of == device && member->last > 0)
        return TRUE;
    }
  return FALSE;
}
