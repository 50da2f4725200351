/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-early.h"

#include "kip-keys.h"

#include <string.h>

struct _KipEarly
{
  gatomicrefcount refs;
  GHashTable *events;  /* (owned) gint64 → GPtrArray of KipEvent */
  GArray     *tickets; /* (owned) of KipId, the newest first */
};

/* ---- who vouches ---- */

typedef struct
{
  KipRawChange *raw;    /* borrowed */
  KipChange    *change; /* (owned) */
  guint8        hash[KIP_HASH_SIZE], previous[KIP_HASH_SIZE];
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  kip_change_free (item->change);
  g_free (item);
}

/* (nullable) what cannot be read */
static Item *
item_new (KipRawChange *raw)
{
  Item *item = g_new0 (Item, 1);

  item->raw = raw;
  item->change = kip_raw_change_decode (raw, item->previous, NULL);
  if (item->change == NULL)
    {
      g_free (item);
      return NULL;
    }
  if (raw->is_redacted)
    memcpy (item->hash, raw->hash, sizeof item->hash);
  else
    kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), item->hash);
  return item;
}

/* By device, the last one first. */
static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const KipRawChange *x = (*(Item *const *) a)->raw, *y = (*(Item *const *) b)->raw;

  if (x->device != y->device)
    return x->device < y->device ? -1 : 1;
  return x->seq != y->seq ? (x->seq < y->seq ? 1 : -1) : 0;
}

static GPtrArray *
make_items (GPtrArray *changes)
{
  GPtrArray *items = g_ptr_array_new_full (changes->len, item_free);

  for (guint i = 0; i < changes->len; i++)
    {
      Item *item = item_new (g_ptr_array_index (changes, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_items);
  return items;
}

static gboolean
follows (const Item *later, /* (nullable) */
         const Item *item)
{
  return later != NULL && later->raw->device == item->raw->device && later->raw->seq == item->raw->seq + 1
         && memcmp (later->previous, item->hash, sizeof item->hash) == 0;
}

static gboolean
is_signed (const Item *item,
           KipMembers *members)
{
  const guint8 *key = kip_members_key (members, item->raw->device, item->raw->seq);

  return item->raw->is_signed && key != NULL && kip_members_has (members, item->raw->device, item->raw->seq)
         && kip_keys_verify (key, item->hash, item->raw->signature);
}

/* ---- what of it is shown ---- */

static GPtrArray *
events_of (KipEarly *early,
           gint64    ticket)
{
  GPtrArray *events = g_hash_table_lookup (early->events, &ticket);

  if (events == NULL)
    {
      events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
      g_hash_table_insert (early->events, g_memdup2 (&ticket, sizeof ticket), events);
    }
  return events;
}

/* Takes the events of tickets out of the change-set; of one in which somebody was forgotten only its place in the chain is proved. */
static void
take_events (KipEarly *early,
             Item     *item)
{
  GPtrArray *events = item->change->events;

  for (guint i = 0; i < events->len && !item->raw->is_redacted; i++)
    {
      KipEvent *event = g_ptr_array_index (events, i);

      if (event->kind == KIP_KIND_TICKET && event->entity != KIP_ID_NONE && event->entity <= G_MAXINT64)
        g_ptr_array_add (events_of (early, (gint64) event->entity), kip_event_copy (event));
    }
}

static void
take_proved (KipEarly   *early,
             GPtrArray  *items,
             KipMembers *members)
{
  const Item *later = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (!follows (later, item) && !is_signed (item, members))
        continue;
      take_events (early, item);
      later = item;
    }
}

typedef struct
{
  KipId   id;
  guint64 made; /* hybrid clock of its beginning; 0: that is not here */
} Ticket;

/* Every ticket gets its number with its first change-set; one that was merged is seen in another. */
static Ticket
describe (gint64     id,
          GPtrArray *events)
{
  Ticket ticket = { (KipId) id, 0 };

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->field == KIP_FIELD_MERGED_INTO)
        return (Ticket) { (KipId) id, 0 }
      ;
      if (event->field == KIP_FIELD_NUMBER && event->verb == KIP_VERB_SET)
        ticket.made = event->stamp->hlc;
    }
  return ticket;
}

static int
compare_tickets (gconstpointer a,
                 gconstpointer b)
{
  const Ticket *x = a, *y = b;

  if (x->made != y->made)
    return x->made < y->made ? 1 : -1;
  return (x->id < y->id) - (x->id > y->id);
}

static GArray *
find_whole (KipEarly *early)
{
  GArray *whole = g_array_new (FALSE, FALSE, sizeof (Ticket));
  GHashTableIter iter;
  gpointer id, events;

  g_hash_table_iter_init (&iter, early->events);
  while (g_hash_table_iter_next (&iter, &id, &events))
    {
      Ticket ticket = describe (*(gint64 *) id, events);

      if (ticket.made != 0)
        g_array_append_val (whole, ticket);
      else
        g_hash_table_iter_remove (&iter);
    }
  g_array_sort (whole, compare_tickets);
  return whole;
}

static void
keep_newest (KipEarly *early,
             guint     max)
{
  g_autoptr (GArray) whole = find_whole (early);

  for (guint i = 0; i < whole->len; i++)
    {
      gint64 id = (gint64) g_array_index (whole, Ticket, i).id;

      if (i < max)
        g_array_append_val (early->tickets, id);
      else
        g_hash_table_remove (early->events, &id);
    }
}

/* ---- life ---- */

KipEarly *
kip_early_new (GPtrArray  *changes,
               KipMembers *members,
               guint       max)
{
  KipEarly *early = g_new0 (KipEarly, 1);
  g_autoptr (GPtrArray) items = make_items (changes);

  g_atomic_ref_count_init (&early->refs);
  early->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  early->tickets = g_array_new (FALSE, FALSE, sizeof (KipId));
  take_proved (early, items, members);
  keep_newest (early, max);
  return early;
}

KipEarly *
kip_early_ref (KipEarly *early)
{
  g_atomic_ref_count_inc (&early->refs);
  return early;
}

void
kip_early_unref (KipEarly *early)
{
  if (!g_atomic_ref_count_dec (&early->refs))
    return;
  g_hash_table_unref (early->events);
  g_array_unref (early->tickets);
  g_free (early);
}

/* ---- asking ---- */

GArray *
kip_early_get_tickets (KipEarly *early)
{
  return early->tickets;
}

gboolean
kip_early_has (KipEarly *early,
               KipId     ticket)
{
  gint64 id = (gint64) ticket;

  return g_hash_table_contains (early->events, &id);
}

static gboolean
is_there (GPtrArray      *events,
          guint           n,
          const KipEvent *event)
{
  for (guint i = 0; i < n; i++)
    if (kip_event_id_equal (&((const KipEvent *) g_ptr_array_index (events, i))->id, &event->id))
      return TRUE;
  return FALSE;
}

void
kip_early_add (KipEarly  *early,
               KipId      ticket,
               GPtrArray *events)
{
  gint64 id = (gint64) ticket;
  GPtrArray *known = early != NULL ? g_hash_table_lookup (early->events, &id) : NULL;
  guint n = events->len;

  for (guint i = 0; known != NULL && i < known->len; i++)
    if (!is_there (events, n, g_ptr_array_index (known, i)))
      g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (known, i)));
}
