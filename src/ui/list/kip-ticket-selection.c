/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-selection.h"

/* Of so many it is looked up where they stand. */
#define FEW 16

struct _KipTicketSelection
{
  GObject        parent_instance;
  KipTicketList *list;     /* (owned) */
  GHashTable    *ids;      /* (owned) set of ids (owned) */
  gboolean       inverted; /* selected are all but those */
};

static void kip_ticket_selection_list_init (GListModelInterface *iface);
static void kip_ticket_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KipTicketSelection, kip_ticket_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kip_ticket_selection_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, kip_ticket_selection_model_init))

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
put (KipTicketSelection *self,
     KipId               id,
     gboolean            selected)
{
  if (selected != self->inverted)
    g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->ids, &id);
}

static void
put_range (KipTicketSelection *self,
           guint               position,
           guint               n_items,
           gboolean            selected)
{
  guint total;
  const KipId *ids = kip_ticket_list_get_ids (self->list, &total);

  for (guint i = position; i < total && i - position < n_items; i++)
    put (self, ids[i], selected);
}

static void
clear (KipTicketSelection *self,
       gboolean            inverted)
{
  g_hash_table_remove_all (self->ids);
  self->inverted = inverted;
}

/* Each row that GTK keeps is asked whether it is still selected, so a view is told
 * of as few as can be. */
static void
tell_range (KipTicketSelection *self,
            guint               position,
            guint               n_items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (position < n && n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, MIN (n_items, n - position));
}

static void
tell (KipTicketSelection *self)
{
  tell_range (self, 0, G_MAXUINT);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Where the few that are selected stand; NULL when they are many. */
static GArray *
few_positions (KipTicketSelection *self)
{
  GArray *positions;
  GHashTableIter iter;
  gpointer id;

  if (self->inverted || g_hash_table_size (self->ids) > FEW)
    return NULL;
  positions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint position = kip_ticket_list_find (self->list, *(KipId *) id);

      if (position != G_MAXUINT)
        g_array_append_val (positions, position);
    }
  return positions;
}

/* @id alone, which stands at @position. */
static void
select_only (KipTicketSelection *self,
             KipId               id,
             guint               position)
{
  g_autoptr (GArray) before = few_positions (self);

  clear (self, FALSE);
  if (id != KIP_ID_NONE)
    put (self, id, TRUE);
  if (before == NULL)
    tell_range (self, 0, G_MAXUINT);
  for (guint i = 0; before != NULL && i < before->len; i++)
    tell_range (self, g_array_index (before, guint, i), 1);
  if (before != NULL)
    tell_range (self, position, 1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- what the list tells ---- */

static void
items_changed_cb (KipTicketSelection *self,
                  guint               position,
                  guint               removed,
                  guint               added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Drops what is not in the list any more. */
static gboolean
prune (KipTicketSelection *self)
{
  g_autoptr (GHashTable) left = NULL;
  const KipId *ids;
  guint total, before = g_hash_table_size (self->ids);

  if (before == 0)
    return self->inverted;
  left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  ids = kip_ticket_list_get_ids (self->list, &total);
  for (guint i = 0; i < total && g_hash_table_size (left) < before; i++)
    if (g_hash_table_contains (self->ids, &ids[i]))
      g_hash_table_add (left, g_memdup2 (&ids[i], sizeof ids[i]));
  g_hash_table_unref (self->ids);
  self->ids = g_steal_pointer (&left);
  return self->inverted || g_hash_table_size (self->ids) != before;
}

static void
answered_cb (KipTicketSelection *self,
             gboolean            fresh)
{
  if (fresh && (self->inverted || g_hash_table_size (self->ids) > 0))
    {
      clear (self, FALSE);
      tell (self);
    }
  else if (!fresh && prune (self))
    tell (self);
}

/* ---- GListModel ---- */

static GType
kip_ticket_selection_get_item_type (GListModel *model)
{
  return KIP_TYPE_TICKET_ITEM;
}

static guint
kip_ticket_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (KIP_TICKET_SELECTION (model)->list));
}

static gpointer
kip_ticket_selection_get_item (GListModel *model,
                               guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (KIP_TICKET_SELECTION (model)->list), position);
}

static void
kip_ticket_selection_list_init (GListModelInterface *iface)
{
  iface->get_item_type = kip_ticket_selection_get_item_type;
  iface->get_n_items = kip_ticket_selection_get_n_items;
  iface->get_item = kip_ticket_selection_get_item;
}

/* ---- GtkSelectionModel ---- */

static gboolean
kip_ticket_selection_is_selected (GtkSelectionModel *model,
                                  guint              position)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (model);
  KipId id = kip_ticket_list_get_id (self->list, position);

  return id != KIP_ID_NONE && kip_ticket_selection_contains (self, id);
}

static GtkBitset *
kip_ticket_selection_get_in_range (GtkSelectionModel *model,
                                   guint              position,
                                   guint              n_items)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (model);
  GtkBitset *set = gtk_bitset_new_empty ();
  const KipId *ids;
  guint total;

  ids = kip_ticket_list_get_ids (self->list, &total);
  if (self->inverted)
    gtk_bitset_add_range (set, position, MIN (n_items, total - MIN (position, total)));
  if (g_hash_table_size (self->ids) == 0)
    return set;
  for (guint i = position; i < total && i - position < n_items; i++)
    if (g_hash_table_contains (self->ids, &ids[i]))
      {
        if (self->inverted)
          gtk_bitset_remove (set, i);
        else
          gtk_bitset_add (set, i);
      }
  return set;
}

static gboolean
kip_ticket_selection_select_item (GtkSelectionModel *model,
                                  guint              position,
                                  gboolean           unselect_rest)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (model);

  if (unselect_rest)
    {
      select_only (self, kip_ticket_list_get_id (self->list, position), position);
      return TRUE;
    }
  put_range (self, position, 1, TRUE);
  tell_range (self, position, 1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

static gboolean
kip_ticket_selection_unselect_item (GtkSelectionModel *model,
                                    guint              position)
{
  put_range (KIP_TICKET_SELECTION (model), position, 1, FALSE);
  tell_range (KIP_TICKET_SELECTION (model), position, 1);
  g_signal_emit (model, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

static gboolean
kip_ticket_selection_select_range (GtkSelectionModel *model,
                                   guint              position,
                                   guint              n_items,
                                   gboolean           unselect_rest)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (model);

  if (unselect_rest)
    clear (self, FALSE);
  put_range (self, position, n_items, TRUE);
  tell (self);
  return TRUE;
}

static gboolean
kip_ticket_selection_unselect_range (GtkSelectionModel *model,
                                     guint              position,
                                     guint              n_items)
{
  put_range (KIP_TICKET_SELECTION (model), position, n_items, FALSE);
  tell (KIP_TICKET_SELECTION (model));
  return TRUE;
}

static gboolean
kip_ticket_selection_select_all (GtkSelectionModel *model)
{
  clear (KIP_TICKET_SELECTION (model), TRUE);
  tell (KIP_TICKET_SELECTION (model));
  return TRUE;
}

static gboolean
kip_ticket_selection_unselect_all (GtkSelectionModel *model)
{
  clear (KIP_TICKET_SELECTION (model), FALSE);
  tell (KIP_TICKET_SELECTION (model));
  return TRUE;
}

static gboolean
kip_ticket_selection_set_selection (GtkSelectionModel *model,
                                    GtkBitset         *selected,
                                    GtkBitset         *mask)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    put_range (self, position, 1, gtk_bitset_contains (selected, position));
  tell (self);
  return TRUE;
}

static void
kip_ticket_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = kip_ticket_selection_is_selected;
  iface->get_selection_in_range = kip_ticket_selection_get_in_range;
  iface->select_item = kip_ticket_selection_select_item;
  iface->unselect_item = kip_ticket_selection_unselect_item;
  iface->select_range = kip_ticket_selection_select_range;
  iface->unselect_range = kip_ticket_selection_unselect_range;
  iface->select_all = kip_ticket_selection_select_all;
  iface->unselect_all = kip_ticket_selection_unselect_all;
  iface->set_selection = kip_ticket_selection_set_selection;
}

/* ---- class ---- */

static void
kip_ticket_selection_finalize (GObject *object)
{
  KipTicketSelection *self = KIP_TICKET_SELECTION (object);

  g_clear_object (&self->list);
  g_hash_table_unref (self->ids);
  G_OBJECT_CLASS (kip_ticket_selection_parent_class)->finalize (object);
}

static void
kip_ticket_selection_class_init (KipTicketSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_ticket_selection_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_ticket_selection_init (KipTicketSelection *self)
{
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* ---- public ---- */

KipTicketSelection *
kip_ticket_selection_new (KipTicketList *list)
{
  KipTicketSelection *self = g_object_new (KIP_TYPE_TICKET_SELECTION, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
kip_ticket_selection_get_size (KipTicketSelection *self)
{
  guint n;

  g_return_val_if_fail (KIP_IS_TICKET_SELECTION (self), 0);

  n = g_hash_table_size (self->ids);
  return self->inverted ? kip_ticket_list_get_total (self->list) - n : n;
}

gboolean
kip_ticket_selection_contains (KipTicketSelection *self,
                               KipId               id)
{
  g_return_val_if_fail (KIP_IS_TICKET_SELECTION (self), FALSE);

  return g_hash_table_contains (self->ids, &id) != self->inverted;
}

GArray *
kip_ticket_selection_dup_ids (KipTicketSelection *self)
{
  GArray *selected;
  const KipId *ids;
  guint total, wanted;

  g_return_val_if_fail (KIP_IS_TICKET_SELECTION (self), NULL);

  wanted = kip_ticket_selection_get_size (self);
  selected = g_array_sized_new (FALSE, FALSE, sizeof (KipId), wanted);
  ids = kip_ticket_list_get_ids (self->list, &total);
  for (guint i = 0; i < total && selected->len < wanted; i++)
    if (kip_ticket_selection_contains (self, ids[i]))
      g_array_append_val (selected, ids[i]);
  return selected;
}

KipId
kip_ticket_selection_get_single (KipTicketSelection *self)
{
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (KIP_IS_TICKET_SELECTION (self), KIP_ID_NONE);

  if (kip_ticket_selection_get_size (self) != 1)
    return KIP_ID_NONE;
  if (self->inverted)
    {
      g_autoptr (GArray) ids = kip_ticket_selection_dup_ids (self);

      return ids->len == 1 ? g_array_index (ids, KipId, 0) : KIP_ID_NONE;
    }
  g_hash_table_iter_init (&iter, self->ids);
  return g_hash_table_iter_next (&iter, &id, NULL) ? *(KipId *) id : KIP_ID_NONE;
}

void
kip_ticket_selection_set_single (KipTicketSelection *self,
                                 KipId               id)
{
  g_return_if_fail (KIP_IS_TICKET_SELECTION (self));

  select_only (self, id, id != KIP_ID_NONE ? kip_ticket_list_find (self->list, id) : G_MAXUINT);
}
