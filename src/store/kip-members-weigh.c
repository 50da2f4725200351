/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members-private.h"

/* ---- machines ---- */

/* (nullable) when it is none */
static const guint8 *
get_key (const KipEvent *event)
{
  gsize length;
  const guint8 *bytes = kip_value_get_bytes (event->value, &length);

  return bytes != NULL && length == KIP_MEMBER_KEY_SIZE ? bytes : NULL;
}

gboolean
kip_members_note_key (KipKnown       *author,
                      const KipEvent *event)
{
  if (event->kind != KIP_KIND_MACHINE || event->entity != KIP_ID_MACHINE (event->id.device)
      || event->field != KIP_FIELD_MACHINE_KEY || event->verb != KIP_VERB_SET || get_key (event) == NULL)
    return FALSE;
  kip_members_add_key (&author->is, event->id.seq + 1, get_key (event));
  return TRUE;
}

/* The number was another machine's already: whose the new one is was said of that one in the same breath, and is not so. */
static void
turn_away (KipKnown       *known,
           const KipEvent *event)
{
  if (known->placed_by.device != event->id.device || known->placed_by.seq != event->id.seq)
    return;
  known->is.person = known->person_before;
  known->placed = known->placed_before;
}

static gboolean
take_key (KipMembers     *members,
          const KipEvent *event,
          guint32         device)
{
  KipKnown *known = kip_members_look_up (members, device);

  if (get_key (event) == NULL)
    return FALSE;
  if (kip_members_is_known (known))
    {
      if (event->id.device != device)
        {
          turn_away (known, event);
          return FALSE;
        }
      known->is.is_recovery = FALSE;
      return kip_members_note_key (known, event);
    }
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  known = kip_members_ensure (members, device);
  known->is.admitted = event->at;
  known->is.admitted_by = event->stamp->author;
  known->admitted = kip_members_standing (members, event->id.device);
  kip_members_add_key (&known->is, 1, get_key (event));
  return TRUE;
}

gboolean
kip_members_is_own_end (const KipEvent *event)
{
  return event->kind == KIP_KIND_MACHINE && event->field == KIP_FIELD_MACHINE_LAST && event->entity == KIP_ID_MACHINE (event->id.device);
}

gboolean
kip_members_is_return (const KipEvent *event)
{
  return kip_members_is_own_end (event) && kip_value_get_int (event->value, 0) == G_MAXINT64;
}

static void
leave (KipMember      *member,
       const KipEvent *event,
       guint64         last)
{
  if (kip_members_is_return (event) || last >= member->last)
    return;
  member->last = last;
  member->ended = event->at;
  member->ended_by = event->stamp->author;
  member->has_left = TRUE;
}

/* Another's end counts from the next walk on: kip-members-ends.c. */
static gboolean
take_end (KipMembers     *members,
          const KipEvent *event,
          guint32         device)
{
  gint64 last = kip_value_get_int (event->value, -1);
  KipRemoval removal = { event, device, (guint64) last, kip_members_standing (members, event->id.device) };

  if (last < 0)
    return FALSE;
  if (event->id.device == device)
    {
      leave (&kip_members_look_up (members, device)->is, event, (guint64) last);
      return TRUE;
    }
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  if (last < G_MAXINT64)
    g_array_append_val (members->removals, removal);
  return TRUE;
}

static gboolean
take_person (KipMembers     *members,
             const KipEvent *event,
             guint32         device)
{
  KipKnown *known;

  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  known = kip_members_ensure (members, device);
  known->placed_by = event->id;
  known->person_before = known->is.person;
  known->placed_before = known->placed;
  known->is.person = (KipId) kip_value_get_int (event->value, 0);
  known->placed = kip_members_standing (members, event->id.device);
  return TRUE;
}

static gboolean
take_recovery (KipMembers     *members,
               const KipEvent *event,
               guint32         device)
{
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  kip_members_ensure (members, device)->is.is_recovery = kip_value_get_int (event->value, 0) != 0;
  return TRUE;
}

static gboolean
take_name (KipMembers     *members,
           const KipEvent *event,
           guint32         device)
{
  KipMember *member;

  if (event->id.device != device && !kip_members_is_manager (members, event->id.device))
    return FALSE;
  member = &kip_members_ensure (members, device)->is;
  g_free (member->name);
  member->name = g_strdup (kip_value_get_text (event->value));
  return TRUE;
}

static gboolean
take_field (KipMembers     *members,
            const KipEvent *event,
            guint32         device)
{
  switch (event->field)
    {
    case KIP_FIELD_MACHINE_KEY:
      return take_key (members, event, device);
    case KIP_FIELD_MACHINE_LAST:
      return take_end (members, event, device);
    case KIP_FIELD_MACHINE_PERSON:
      return take_person (members, event, device);
    case KIP_FIELD_MACHINE_RECOVERY:
      return take_recovery (members, event, device);
    case KIP_FIELD_NAME:
      return take_name (members, event, device);
    /* What a newer Kip says of machines gives nobody a right. */
    default:
      return TRUE;
    }
}

static gboolean
take_machine (KipMembers     *members,
              const KipEvent *event)
{
  guint32 device = KIP_ID_DEVICE (event->entity);

  if (event->entity != KIP_ID_MACHINE (device) || device == 0 || event->verb != KIP_VERB_SET || !take_field (members, event, device))
    return FALSE;
  kip_members_note_spoken (members, event, device);
  return TRUE;
}

/* ---- people, and the office ---- */

static KipRole
role_of (KipMembers *members,
         gint64      person)
{
  const KipKnownRole *known = g_hash_table_lookup (members->roles, &person);

  return known != NULL ? known->role : KIP_ROLE_REQUESTER;
}

static gboolean
take_role (KipMembers     *members,
           const KipEvent *event)
{
  KipKnownRole role = { (KipRole) kip_value_get_int (event->value, KIP_ROLE_REQUESTER), kip_members_standing (members, event->id.device) };
  gint64 person = (gint64) event->entity;

  if (!kip_members_is_manager (members, event->id.device)
      && (role.role != KIP_ROLE_REQUESTER || role_of (members, person) != KIP_ROLE_REQUESTER))
    return FALSE;
  g_hash_table_insert (members->roles, g_memdup2 (&person, sizeof person), g_memdup2 (&role, sizeof role));
  return TRUE;
}

/* Whom to forget is a manager's word; what is left of its own change-sets every machine says itself. */
static gboolean
take_purge (KipMembers     *members,
            const KipEvent *event)
{
  return event->field == KIP_FIELD_PURGE_OWN_PROOFS || kip_members_is_manager (members, event->id.device);
}

gboolean
kip_members_is_governed (const KipEvent *event)
{
  switch (event->kind)
    {
    case KIP_KIND_OFFICE:
    case KIP_KIND_STATUS:
    case KIP_KIND_GOAL:
      return TRUE;
    case KIP_KIND_CALENDAR:
      return event->field != KIP_FIELD_CALENDAR_DRAFT;
    case KIP_KIND_POLICY:
      return event->field != KIP_FIELD_POLICY_DRAFT;
    default:
      return FALSE;
    }
}

gboolean
kip_members_is_of_them (const KipEvent *event)
{
  return event->kind == KIP_KIND_MACHINE || event->kind == KIP_KIND_PURGE || kip_members_is_governed (event)
         || (event->kind == KIP_KIND_PERSON && event->field == KIP_FIELD_ROLE && event->verb == KIP_VERB_SET);
}

/* Who is a manager by the end of the walk may have been one to itself before the clocks of others say so. */
static gboolean
take_governed (KipMembers     *members,
               const KipEvent *event)
{
  if (!kip_members_is_manager (members, event->id.device))
    g_array_append_val (members->governed, event->id);
  return TRUE;
}

gboolean
kip_members_weigh (KipMembers     *members,
                   const KipEvent *event)
{
  if (kip_members_is_governed (event))
    return take_governed (members, event);
  switch (event->kind)
    {
    case KIP_KIND_PURGE:
      return take_purge (members, event);
    case KIP_KIND_MACHINE:
      return take_machine (members, event);
    case KIP_KIND_PERSON:
      return take_role (members, event);
    default:
      return TRUE;
    }
}

void
kip_members_settle_governed (KipMembers *members)
{
  for (guint i = 0; i < members->governed->len; i++)
    {
      const KipEventId *id = &g_array_index (members->governed, KipEventId, i);

      if (!kip_members_is_manager (members, id->device))
        g_array_append_val (members->refused, *id);
    }
}
