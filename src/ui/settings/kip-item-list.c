/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-item-list.h"

struct _KipItemList
{
  GtkWidget parent_instance;

  GtkListBox *box;
  GtkLabel   *empty;
  GHashTable *rows;     /* (owned) KipId → KipItemRow, borrowed from box */
  KipId       dragged;  /* what is being dragged out of this list */
};

G_DEFINE_FINAL_TYPE (KipItemList, kip_item_list, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPEN,
  SIGNAL_MOVE,
  SIGNAL_MOVE_BEFORE,
  SIGNAL_ARCHIVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

GArray *
kip_item_array_new (void)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (KipItem));

  g_array_set_clear_func (items, kip_item_clear);
  return items;
}

/* ---- what rows tell ---- */

static void
row_activated_cb (KipItemList *self,
                  KipItemRow  *row)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, kip_item_row_get_id (row));
}

static void
row_move_cb (KipItemRow  *row,
             int          step,
             KipItemList *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, kip_item_row_get_id (row), step);
}

static void
row_archive_cb (KipItemRow  *row,
                gboolean     archived,
                KipItemList *self)
{
  g_signal_emit (self, signals[SIGNAL_ARCHIVE], 0, kip_item_row_get_id (row), archived);
}

/* ---- dragging ---- */

static KipItemList *
list_of (KipItemRow *row)
{
  return KIP_ITEM_LIST (gtk_widget_get_ancestor (GTK_WIDGET (row), KIP_TYPE_ITEM_LIST));
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            KipItemRow    *row)
{
  list_of (row)->dragged = kip_item_row_get_id (row);
  return gdk_content_provider_new_typed (G_TYPE_UINT64, kip_item_row_get_id (row));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               KipItemRow    *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, 16, gtk_widget_get_height (GTK_WIDGET (row)) / 2);
}

static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       deleted,
             KipItemRow    *row)
{
  KipItemList *self = list_of (row);

  if (self != NULL)
    self->dragged = KIP_ID_NONE;
}

/* What stands after @row; KIP_ID_NONE: nothing. */
static KipId
id_after (KipItemRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  return next != NULL ? kip_item_row_get_id (KIP_ITEM_ROW (next)) : KIP_ID_NONE;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         KipItemRow    *row)
{
  KipItemList *self = list_of (row);
  KipId id = g_value_get_uint64 (value);
  gboolean upper = y < gtk_widget_get_height (GTK_WIDGET (row)) / 2.0;

  if (id != self->dragged || id == kip_item_row_get_id (row))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_MOVE_BEFORE], 0, id, upper ? kip_item_row_get_id (row) : id_after (row));
  return TRUE;
}

static void
make_draggable (KipItemRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT64, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), row);
  gtk_widget_add_controller (kip_item_row_get_handle (row), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}

/* ---- showing ---- */

static KipItemRow *
make_row (KipItemList *self,
          KipId        id)
{
  KipItemRow *row = KIP_ITEM_ROW (kip_item_row_new (id));

  g_signal_connect (row, "move", G_CALLBACK (row_move_cb), self);
  g_signal_connect (row, "archive", G_CALLBACK (row_archive_cb), self);
  make_draggable (row);
  return row;
}

static void
place_row (KipItemList *self,
           KipItemRow  *row,
           int          index)
{
  GtkWidget *widget = GTK_WIDGET (row);
  gboolean had_focus;

  if (gtk_list_box_get_row_at_index (self->box, index) == GTK_LIST_BOX_ROW (row))
    return;
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->box)) == widget;
  g_object_ref (row);
  if (gtk_widget_get_parent (widget) != NULL)
    gtk_list_box_remove (self->box, widget);
  gtk_list_box_insert (self->box, widget, index);
  g_object_unref (row);
  if (had_focus)
    gtk_widget_grab_focus (widget);
}

/* Takes away the rows whose ids are not in @kept. */
static void
drop_rows (KipItemList *self,
           GHashTable  *kept)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    if (!g_hash_table_contains (kept, key))
      {
        gtk_list_box_remove (self->box, row);
        g_hash_table_iter_remove (&iter);
      }
}

static KipId *
id_key (KipId id)
{
  return g_memdup2 (&id, sizeof id);
}

void
kip_item_list_show (KipItemList  *self,
                    const GArray *items)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (kept, &g_array_index (items, KipItem, i).id);
  drop_rows (self, kept);
  for (guint i = 0; i < items->len; i++)
    {
      const KipItem *item = &g_array_index (items, KipItem, i);
      KipItemRow *row = g_hash_table_lookup (self->rows, &item->id);

      if (row == NULL)
        {
          row = make_row (self, item->id);
          g_hash_table_insert (self->rows, id_key (item->id), row);
        }
      place_row (self, row, (int) i);
      kip_item_row_show (row, item);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->box), items->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), items->len == 0);
}

/* ---- object ---- */

static void
kip_item_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_item_list_parent_class)->dispose (object);
}

static void
kip_item_list_finalize (GObject *object)
{
  g_hash_table_unref (KIP_ITEM_LIST (object)->rows);
  G_OBJECT_CLASS (kip_item_list_parent_class)->finalize (object);
}

static void
kip_item_list_class_init (KipItemListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_item_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_item_list_finalize;
  signals[SIGNAL_OPEN] = g_signal_new ("open", KIP_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[SIGNAL_MOVE] = g_signal_new ("move", KIP_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_INT);
  signals[SIGNAL_MOVE_BEFORE] = g_signal_new ("move-before", KIP_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_ARCHIVE] = g_signal_new ("archive", KIP_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kip_item_list_init (KipItemList *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "boxed-list");
  g_signal_connect_swapped (self->box, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->box), widget);

  self->empty = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->empty, TRUE);
  gtk_label_set_justify (self->empty, GTK_JUSTIFY_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), FALSE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->empty), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->empty), 18);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->empty), widget);
}

/* ---- public ---- */

GtkWidget *
kip_item_list_new (void)
{
  return g_object_new (KIP_TYPE_ITEM_LIST, NULL);
}

void
kip_item_list_set_empty_text (KipItemList *self,
                              const char  *text)
{
  gtk_label_set_text (self->empty, text);
}

KipItemRow *
kip_item_list_get_row (KipItemList *self,
                       KipId        id)
{
  return g_hash_table_lookup (self->rows, &id);
}
