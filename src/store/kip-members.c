/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members.h"

#include <string.h>

#define FOUNDER 1

struct _KipMembers
{
  gatomicrefcount refs;
  GPtrArray  *all;     /* (owned) of KipMember, by device */
  GHashTable *roles;   /* (owned) gint64 person → KipRole */
  GArray     *refused; /* (owned) of KipEventId */
  GArray     *governed; /* (owned) of KipEventId: said by who was no manager at that time */
};

/* ---- members ---- */

static void
member_free (gpointer data)
{
  KipMember *member = data;

  g_array_unref (member->keys);
  g_free (member->name);
  g_free (member);
}

static KipMember *
find (KipMembers *members,
      guint32     device)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      KipMember *member = g_ptr_array_index (members->all, i);

      if (member->device == device)
        return member;
    }
  return NULL;
}

static KipMember *
ensure (KipMembers *members,
        guint32     device)
{
  KipMember *member = find (members, device);

  if (member != NULL)
    return member;
  member = g_new0 (KipMember, 1);
  member->device = device;
  member->last = G_MAXUINT64;
  member->admitted = member->ended = KIP_INSTANT_NONE;
  member->keys = g_array_new (FALSE, FALSE, sizeof (KipMemberKey));
  g_ptr_array_add (members->all, member);
  return member;
}

static void
add_key (KipMember    *member,
         guint64       from_seq,
         const guint8 *bytes)
{
  KipMemberKey key = { from_seq, { 0 } };

  memcpy (key.key, bytes, sizeof key.key);
  g_array_append_val (member->keys, key);
}

static gboolean
is_in (const KipMember *member)
{
  return member != NULL && member->keys->len > 0;
}

static KipRole
role_of (KipMembers *members,
         KipId       person)
{
  gint64 key = (gint64) person;

  return GPOINTER_TO_INT (g_hash_table_lookup (members->roles, &key));
}

gboolean
kip_members_is_manager (KipMembers *members,
                        guint32     device)
{
  const KipMember *member = find (members, device);

  if (!is_in (member))
    return FALSE;
  return device == FOUNDER || (member->person != KIP_ID_NONE && role_of (members, member->person) == KIP_ROLE_MANAGER);
}

/* ---- weighing one event ---- */

static gboolean
take_key (KipMembers     *members,
          const KipEvent *event,
          guint32         device)
{
  gsize length;
  const guint8 *bytes = kip_value_get_bytes (event->value, &length);
  KipMember *member = find (members, device);
  gboolean is_own = event->id.device == device;

  if (bytes == NULL || length != KIP_MEMBER_KEY_SIZE)
    return FALSE;
  if (is_in (member))
    {
      if (is_own)
        {
          add_key (member, event->id.seq + 1, bytes);
          member->is_recovery = FALSE;
        }
      return is_own;
    }
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  member = ensure (members, device);
  member->admitted = event->at;
  member->admitted_by = event->stamp->author;
  add_key (member, 1, bytes);
  return TRUE;
}

static gboolean
is_own_end (const KipEvent *event)
{
  return event->kind == KIP_KIND_MACHINE && event->field == KIP_FIELD_MACHINE_LAST && event->entity == KIP_ID_MACHINE (event->id.device);
}

static gboolean
is_return (const KipEvent *event)
{
  return is_own_end (event) && kip_value_get_int (event->value, 0) == G_MAXINT64;
}

static gboolean
take_end (KipMembers     *members,
          const KipEvent *event,
          guint32         device)
{
  gint64 last = kip_value_get_int (event->value, -1);
  KipMember *member = find (members, device);
  gboolean is_own = event->id.device == device;

  if (member == NULL || last < 0 || (!is_own && !kip_members_is_manager (members, event->id.device)))
    return FALSE;
  if (is_return (event) || (guint64) last >= member->last)
    return TRUE;
  member->last = (guint64) last;
  member->ended = event->at;
  member->ended_by = event->stamp->author;
  member->has_left = is_own;
  return TRUE;
}

static gboolean
take_person (KipMembers     *members,
             const KipEvent *event,
             guint32         device)
{
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  ensure (members, device)->person = (KipId) kip_value_get_int (event->value, 0);
  return TRUE;
}

static gboolean
take_recovery (KipMembers     *members,
               const KipEvent *event,
               guint32         device)
{
  if (!kip_members_is_manager (members, event->id.device))
    return FALSE;
  ensure (members, device)->is_recovery = kip_value_get_int (event->value, 0) != 0;
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
  member = ensure (members, device);
  g_free (member->name);
  member->name = g_strdup (kip_value_get_text (event->value));
  return TRUE;
}

static gboolean
take_machine (KipMembers     *members,
              const KipEvent *event)
{
  guint32 device = KIP_ID_DEVICE (event->entity);

  if (event->entity != KIP_ID_MACHINE (device) || device == 0 || event->verb != KIP_VERB_SET)
    return FALSE;
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
take_role (KipMembers     *members,
           const KipEvent *event)
{
  KipRole role = (KipRole) kip_value_get_int (event->value, KIP_ROLE_REQUESTER);
  gint64 person = (gint64) event->entity;

  if (!kip_members_is_manager (members, event->id.device)
      && (role != KIP_ROLE_REQUESTER || role_of (members, event->entity) != KIP_ROLE_REQUESTER))
    return FALSE;
  g_hash_table_insert (members->roles, g_memdup2 (&person, sizeof person), GINT_TO_POINTER (role));
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

static gboolean
take (KipMembers     *members,
      const KipEvent *event)
{
  if (event->kind == KIP_KIND_PURGE)
    return take_purge (members, event);
  /* Who is a manager by now may have been one to itself before the clocks of others say so: see settle_governed (). */
  if (kip_members_is_governed (event) && !kip_members_is_manager (members, event->id.device))
    {
      g_array_append_val (members->governed, event->id);
      return TRUE;
    }
  if (kip_members_is_governed (event))
    return TRUE;
  if (event->kind == KIP_KIND_MACHINE)
    return take_machine (members, event);
  return event->kind != KIP_KIND_PERSON || take_role (members, event);
}

/* ---- the walk ---- */

static int
compare_numbers (guint64 a,
                 guint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a, *y = *(KipEvent *const *) b;
  int order = compare_numbers (x->stamp->hlc, y->stamp->hlc);

  if (order == 0)
    order = compare_numbers (x->id.device, y->id.device);
  if (order == 0)
    order = compare_numbers (x->id.seq, y->id.seq);
  return order != 0 ? order : compare_numbers (x->id.index, y->id.index);
}

/* The last word that a machine says of itself counts, in whatever order the others hear it. */
static void
drop_ends_before_returns (GPtrArray *events)
{
  g_autoptr (GHashTable) returns = g_hash_table_new (NULL, NULL); /* device → the event */

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      const KipEvent *known = g_hash_table_lookup (returns, GUINT_TO_POINTER (event->id.device));

      if (is_return (event) && (known == NULL || known->id.seq < event->id.seq))
        g_hash_table_insert (returns, GUINT_TO_POINTER (event->id.device), (gpointer) event);
    }
  for (guint i = events->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (events, i - 1);
      const KipEvent *back = g_hash_table_lookup (returns, GUINT_TO_POINTER (event->id.device));

      if (back != NULL && is_own_end (event) && event->id.seq < back->id.seq)
        g_ptr_array_remove_index_fast (events, i - 1);
    }
}

/* One round over what waits; TRUE when somebody came in by it, so that another may help. */
static gboolean
walk (KipMembers *members,
      GPtrArray  *waiting)
{
  g_autoptr (GPtrArray) put_off = g_ptr_array_new ();
  guint before = members->all->len, done = 0;

  for (guint i = 0; i < waiting->len; i++)
    {
      KipEvent *event = g_ptr_array_index (waiting, i);

      if (!is_in (find (members, event->id.device)))
        {
          g_ptr_array_add (put_off, event);
          continue;
        }
      done++;
      if (event->id.seq > find (members, event->id.device)->last || !take (members, event))
        g_array_append_val (members->refused, event->id);
    }
  g_ptr_array_set_size (waiting, 0);
  g_ptr_array_extend (waiting, put_off, NULL, NULL);
  return waiting->len > 0 && done > 0 && members->all->len >= before;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const KipEventId *x = a, *y = b;
  int order = compare_numbers (x->device, y->device);

  if (order == 0)
    order = compare_numbers (x->seq, y->seq);
  return order != 0 ? order : compare_numbers (x->index, y->index);
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  return compare_numbers ((*(KipMember *const *) a)->device, (*(KipMember *const *) b)->device);
}

static void
settle_governed (KipMembers *members)
{
  for (guint i = 0; i < members->governed->len; i++)
    {
      const KipEventId *id = &g_array_index (members->governed, KipEventId, i);

      if (!kip_members_is_manager (members, id->device))
        g_array_append_val (members->refused, *id);
    }
}

KipMembers *
kip_members_new (GPtrArray    *events,
                 const guint8 *founder_key)
{
  KipMembers *members = g_new0 (KipMembers, 1);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_atomic_ref_count_init (&members->refs);
  members->all = g_ptr_array_new_with_free_func (member_free);
  members->roles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  members->refused = g_array_new (FALSE, FALSE, sizeof (KipEventId));
  members->governed = g_array_new (FALSE, FALSE, sizeof (KipEventId));
  add_key (ensure (members, FOUNDER), 1, founder_key);
  g_ptr_array_extend (waiting, events, NULL, NULL);
  drop_ends_before_returns (waiting);
  g_ptr_array_sort (waiting, compare_events);
  while (walk (members, waiting))
    ;
  for (guint i = 0; i < waiting->len; i++)
    g_array_append_val (members->refused, ((KipEvent *) g_ptr_array_index (waiting, i))->id);
  settle_governed (members);
  g_array_sort (members->refused, compare_ids);
  g_ptr_array_sort (members->all, compare_members);
  return members;
}

KipMembers *
kip_members_ref (KipMembers *members)
{
  g_atomic_ref_count_inc (&members->refs);
  return members;
}

void
kip_members_unref (KipMembers *members)
{
  if (!g_atomic_ref_count_dec (&members->refs))
    return;
  g_ptr_array_unref (members->all);
  g_hash_table_unref (members->roles);
  g_array_unref (members->refused);
  g_array_unref (members->governed);
  g_free (members);
}

/* ---- asking ---- */

GPtrArray *
kip_members_get_all (KipMembers *members)
{
  return members->all;
}

const KipMember *
kip_members_find (KipMembers *members,
                  guint32     device)
{
  return find (members, device);
}

const guint8 *
kip_members_key (KipMembers *members,
                 guint32     device,
                 guint64     seq)
{
  const KipMember *member = find (members, device);
  const guint8 *key = NULL;

  for (guint i = 0; member != NULL && i < member->keys->len; i++)
    {
      const KipMemberKey *one = &g_array_index (member->keys, KipMemberKey, i);

      if (one->from_seq <= seq)
        key = one->key;
    }
  return key;
}

gboolean
kip_members_has (KipMembers *members,
                 guint32     device,
                 guint64     seq)
{
  const KipMember *member = find (members, device);

  return is_in (member) && seq <= member->last;
}

GArray *
kip_members_get_refused (KipMembers *members)
{
  return members->refused;
}

guint32
kip_members_next_device (KipMembers *members)
{
  guint32 next = FOUNDER + 1;

  for (guint i = 0; i < members->all->len; i++)
    next = MAX (next, ((KipMember *) g_ptr_array_index (members->all, i))->device + 1);
  return next;
}
