/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list-private.h"

/* What is not offered at once comes after some calm, or when somebody scrolls there,
 * by steps until GTK has all that it keeps. */
#define OFFER_AFTER_MS 300
#define NEAR_THE_END 12
#define OFFER_STEP 32
#define OFFER_ENOUGH 256

/* Items out of sight are told when there was calm for a while, by so many at a time. */
#define TELL_AFTER_MS 250
#define TELL_STEP 24

/* ---- items ---- */

KipId
kip_ticket_list_id_at (KipTicketList *self,
                       guint          position)
{
  return g_array_index (self->ids, KipId, position);
}

KipTicketItem *
kip_ticket_list_item_at (KipTicketList *self,
                         guint          position)
{
  return g_hash_table_lookup (self->places, GUINT_TO_POINTER (position));
}

void
kip_ticket_list_forget (KipTicketList *self,
                        KipTicketItem *item)
{
  g_hash_table_remove (self->places, GUINT_TO_POINTER (item->position));
}

/* (transfer container) of KipTicketItem, each referenced */
static GPtrArray *
dup_items (KipTicketList *self)
{
  GPtrArray *items = g_ptr_array_new_full (g_hash_table_size (self->places), g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (items, g_object_ref (value));
  return items;
}

/* Puts the items where they stand after @edit. */
void
kip_ticket_list_move_items (KipTicketList     *self,
                            const KipListEdit *edit)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < items->len; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (item->position >= edit->position + edit->removed)
        item->position += edit->added - edit->removed;
      else if (item->position >= edit->position)
        kip_ticket_item_detach (item);
      if (item->list != NULL)
        g_hash_table_insert (self->places, GUINT_TO_POINTER (item->position), item);
    }
}

/* ---- telling ---- */

static gboolean
in_sight (KipTicketList *self,
          KipTicketItem *item)
{
  return item->position >= self->first && item->position <= self->last;
}

static gboolean
tell_some_cb (gpointer data)
{
  KipTicketList *self = data;
  g_autoptr (GPtrArray) items = dup_items (self);
  guint told = 0;

  for (guint i = 0; i < items->len && told < TELL_STEP; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (!item->stale)
        continue;
      kip_ticket_item_tell (item);
      told++;
    }
  if (told == TELL_STEP)
    return G_SOURCE_CONTINUE;
  self->tell_source = 0;
  return G_SOURCE_REMOVE;
}

void
kip_ticket_list_tell_in_sight (KipTicketList *self)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  for (guint i = 0; i < items->len; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (item->stale && in_sight (self, item))
        kip_ticket_item_tell (item);
    }
}

static gboolean
start_telling_cb (gpointer data)
{
  KipTicketList *self = data;

  self->tell_source = g_idle_add_full (G_PRIORITY_LOW, tell_some_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

void
kip_ticket_list_tell_later (KipTicketList *self)
{
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->tell_source = g_timeout_add (TELL_AFTER_MS, start_telling_cb, self);
}

/* ---- offering ---- */

static gboolean
offer_more_cb (gpointer data)
{
  KipTicketList *self = data;
  guint before = self->offered;

  self->offered = before < OFFER_ENOUGH ? MIN (before + OFFER_STEP, self->ids->len) : self->ids->len;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->offered - before);
  if (self->offered < self->ids->len)
    return G_SOURCE_CONTINUE;
  self->offer_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
start_offering_cb (gpointer data)
{
  KipTicketList *self = data;

  self->offer_source = g_idle_add_full (G_PRIORITY_LOW, offer_more_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

void
kip_ticket_list_offer_rest_later (KipTicketList *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  if (self->offered < self->ids->len)
    self->offer_source = g_timeout_add (OFFER_AFTER_MS, start_offering_cb, self);
}

/* Somebody is about to reach the end of what is offered. */
static void
offer_rest_soon (KipTicketList *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  self->offer_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, offer_more_cb, self, NULL);
}

/* ---- at the end ---- */

void
kip_ticket_list_detach_items (KipTicketList *self)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  for (guint i = 0; i < items->len; i++)
    kip_ticket_item_detach (g_ptr_array_index (items, i));
  g_hash_table_remove_all (self->places);
}

/* ---- public ---- */

/* Not at once: a window moves while GTK lays out its rows, and what they say may
 * change their size. */
static gboolean
tell_in_sight_cb (gpointer data)
{
  KipTicketList *self = data;

  self->sight_source = 0;
  kip_ticket_list_tell_in_sight (self);
  return G_SOURCE_REMOVE;
}

void
kip_ticket_list_set_window (KipTicketList *self,
                            guint          first,
                            guint          last)
{
  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  self->first = first;
  self->last = MAX (first, last);
  if (self->offered < self->ids->len && self->last + NEAR_THE_END >= self->offered)
    offer_rest_soon (self);
  if (self->tell_source != 0 && self->sight_source == 0)
    self->sight_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_in_sight_cb, self, NULL);
}

void
kip_ticket_list_offer_all (KipTicketList *self)
{
  guint before;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  g_clear_handle_id (&self->offer_source, g_source_remove);
  before = self->offered;
  self->offered = MAX (before, self->ids->len);
  if (self->offered != before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->offered - before);
}

void
kip_ticket_list_tell (KipTicketList *self,
                      GArray        *ids)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, &g_array_index (ids, KipId, i));
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_hash_table_contains (set, &KIP_TICKET_ITEM (value)->id))
      KIP_TICKET_ITEM (value)->stale = TRUE;
  kip_ticket_list_tell_in_sight (self);
  kip_ticket_list_tell_later (self);
}

void
kip_ticket_list_tell_all (KipTicketList *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    KIP_TICKET_ITEM (value)->stale = TRUE;
  kip_ticket_list_tell_in_sight (self);
  kip_ticket_list_tell_later (self);
}
