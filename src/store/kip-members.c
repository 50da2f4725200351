/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-members-private.h"

#include <string.h>

/* ---- members ---- */

static void
known_free (gpointer data)
{
  KipKnown *known = data;

  g_array_unref (known->is.keys);
  g_free (known->is.name);
  g_free (known);
}

KipKnown *
kip_members_look_up (KipMembers *members,
                     guint32     device)
{
  for (guint i = 0; i < members->all->len; i++)
    {
      KipKnown *known = g_ptr_array_index (members->all, i);

      if (known->is.device == device)
        return known;
    }
  return NULL;
}

KipKnown *
kip_members_ensure (KipMembers *members,
                    guint32     device)
{
  KipKnown *known = kip_members_look_up (members, device);

  if (known != NULL)
    return known;
  known = g_new0 (KipKnown, 1);
  known->is.device = device;
  known->is.last = G_MAXUINT64;
  known->is.admitted = known->is.ended = KIP_INSTANT_NONE;
  known->is.keys = g_array_new (FALSE, FALSE, sizeof (KipMemberKey));
  g_ptr_array_add (members->all, known);
  return known;
}

void
kip_members_add_key (KipMember    *member,
                     guint64       from_seq,
                     const guint8 *bytes)
{
  KipMemberKey key = { from_seq, { 0 } };
  guint place = member->keys->len;

  memcpy (key.key, bytes, sizeof key.key);
  while (place > 0 && g_array_index (member->keys, KipMemberKey, place - 1).from_seq > from_seq)
    place--;
  g_array_insert_val (member->keys, place, key);
}

gboolean
kip_members_is_known (const KipKnown *known)
{
  return known != NULL && known->is.keys->len > 0;
}

static const KipKnownRole *
find_role (KipMembers *members,
           KipId       person)
{
  gint64 key = (gint64) person;

  return person != KIP_ID_NONE ? g_hash_table_lookup (members->roles, &key) : NULL;
}

gboolean
kip_members_is_manager (KipMembers *members,
                        guint32     device)
{
  const KipKnown *known = kip_members_look_up (members, device);
  const KipKnown *original = known != NULL ? kip_members_original (members, known) : NULL;
  const KipKnownRole *role = original != NULL ? find_role (members, original->is.person) : NULL;

  return kip_members_is_known (known) && (original->is.device == KIP_MEMBERS_FOUNDER || (role != NULL && role->role == KIP_ROLE_MANAGER));
}

KipStanding
kip_members_standing (KipMembers *members,
                      guint32     device)
{
  const KipKnown *known = kip_members_look_up (members, device);
  const KipKnownRole *role = known != NULL ? find_role (members, kip_members_original (members, known)->is.person) : NULL;
  KipStanding standing = device;

  if (known == NULL || device == KIP_MEMBERS_FOUNDER)
    return device;
  standing = MAX (standing, MAX (known->admitted, known->placed));
  return role != NULL ? MAX (standing, role->standing) : standing;
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

static gboolean
is_over (const KipEvent *event,
         GArray         *removals)
{
  return event->id.seq > kip_members_end_by (removals, event->id.device);
}

/* The last word that a machine says of itself counts, in whatever order the others hear it. */
static void
drop_ends_before_returns (GPtrArray *events,
                          GArray    *removals)
{
  g_autoptr (GHashTable) returns = g_hash_table_new (NULL, NULL); /* device → the event */

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      const KipEvent *known = g_hash_table_lookup (returns, GUINT_TO_POINTER (event->id.device));

      if (kip_members_is_return (event) && !is_over (event, removals) && (known == NULL || known->id.seq < event->id.seq))
        g_hash_table_insert (returns, GUINT_TO_POINTER (event->id.device), (gpointer) event);
    }
  for (guint i = events->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (events, i - 1);
      const KipEvent *back = g_hash_table_lookup (returns, GUINT_TO_POINTER (event->id.device));

      if (back != NULL && kip_members_is_own_end (event) && event->id.seq < back->id.seq)
        g_ptr_array_remove_index (events, i - 1);
    }
}

/* Of a machine that is in; what comes after its end only says how it signs from there on. */
static void
hear (KipMembers     *members,
      KipKnown       *author,
      const KipEvent *event,
      GArray         *removals)
{
  if (event->id.seq > author->is.last || is_over (event, removals))
    kip_members_note_key (author, event);
  else if (!kip_members_weigh (members, event))
    g_array_append_val (members->refused, event->id);
}

/* One round over what waits; TRUE when somebody was heard, so that another may help. */
static gboolean
walk (KipMembers *members,
      GPtrArray  *waiting,
      GArray     *removals)
{
  g_autoptr (GPtrArray) put_off = g_ptr_array_new ();
  guint n = waiting->len;

  for (guint i = 0; i < waiting->len; i++)
    {
      KipEvent *event = g_ptr_array_index (waiting, i);
      KipKnown *author = kip_members_look_up (members, event->id.device);

      if (kip_members_is_known (author))
        hear (members, author, event, removals);
      else if (!kip_members_take_twin (members, event, removals))
        g_ptr_array_add (put_off, event);
    }
  g_ptr_array_set_size (waiting, 0);
  g_ptr_array_extend (waiting, put_off, NULL, NULL);
  return waiting->len > 0 && waiting->len < n;
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

static KipMembers *
members_new (const guint8 *founder_key)
{
  KipMembers *members = g_new0 (KipMembers, 1);

  g_atomic_ref_count_init (&members->refs);
  members->all = g_ptr_array_new_with_free_func (known_free);
  members->roles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  members->refused = g_array_new (FALSE, FALSE, sizeof (KipEventId));
  members->governed = g_array_new (FALSE, FALSE, sizeof (KipEventId));
  members->removals = g_array_new (FALSE, FALSE, sizeof (KipRemoval));
  kip_members_add_key (&kip_members_ensure (members, KIP_MEMBERS_FOUNDER)->is, 1, founder_key);
  return members;
}

/* One step: what is known when @removals count.  What is said by those who are not in is nobody's. */
static KipMembers *
fold (GPtrArray    *events, /* in their order */
      GArray       *removals,
      const guint8 *founder_key)
{
  KipMembers *members = members_new (founder_key);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_ptr_array_extend (waiting, events, NULL, NULL);
  drop_ends_before_returns (waiting, removals);
  while (walk (members, waiting, removals))
    ;
  kip_members_settle_governed (members);
  kip_members_end_all (members, removals);
  kip_members_add_strangers (members, removals);
  return members;
}

KipMembers *
kip_members_new (GPtrArray    *events,
                 const guint8 *founder_key)
{
  g_autoptr (GArray) removals = g_array_new (FALSE, FALSE, sizeof (KipRemoval));
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  KipMembers *members;
  KipRemoval next;

  g_ptr_array_extend (sorted, events, NULL, NULL);
  g_ptr_array_sort (sorted, compare_events);
  members = fold (sorted, removals, founder_key);
  while (kip_members_find_next (members, removals, &next))
    {
      g_autoptr (KipMembers) before = members;

      g_array_append_val (removals, next);
      members = fold (sorted, removals, founder_key);
      kip_members_carry_over (members, before, &next);
    }
  g_array_set_size (members->removals, 0);
  kip_members_settle_twins (members);
  g_array_sort (members->refused, compare_ids);
  g_ptr_array_sort (members->all, compare_members);
  return members;
}

void
kip_members_spare (KipMembers *members,
                   guint32     device)
{
  KipKnown *known = kip_members_look_up (members, device);

  if (known == NULL)
    return;
  known->is.last = G_MAXUINT64;
  known->is.ended = KIP_INSTANT_NONE;
  known->is.ended_by = KIP_ID_NONE;
  known->is.has_left = FALSE;
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
  g_array_unref (members->removals);
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
  const KipKnown *known = kip_members_look_up (members, device);

  return known != NULL ? &known->is : NULL;
}

const guint8 *
kip_members_key (KipMembers *members,
                 guint32     device,
                 guint64     seq)
{
  const KipMember *member = kip_members_find (members, device);
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
  const KipMember *member = kip_members_find (members, device);

  return member != NULL && member->keys->len > 0 && seq <= member->last;
}

GArray *
kip_members_get_refused (KipMembers *members)
{
  return members->refused;
}
