/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-pick-popover.h"

#include "kip-text.h"

#include <glib/gi18n-lib.h>

/* With so few a list is seen at a glance: no box to type in. */
#define FEW 8

struct _KipPickPopover
{
  GtkPopover  parent_instance;
  GtkWidget  *entry;
  GtkListBox *list;
  char       *wanted; /* (owned) what was typed, folded */
  guint       n_items;
};

G_DEFINE_FINAL_TYPE (KipPickPopover, kip_pick_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  SIGNAL_FILLING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
filter_func (GtkListBoxRow *row,
             gpointer       data)
{
  KipPickPopover *self = data;

  return kip_text_matches (g_object_get_data (G_OBJECT (row), "kip-folded"), self->wanted);
}

static void
search_changed_cb (KipPickPopover *self)
{
  g_free (self->wanted);
  self->wanted = kip_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_list_box_invalidate_filter (self->list);
}

static void
row_activated_cb (KipPickPopover *self,
                  GtkListBoxRow  *row)
{
  guint64 *id = g_object_get_data (G_OBJECT (row), "kip-id");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, *id);
}

/* Enter takes the first that is left. */
static void
activate_cb (KipPickPopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_func (row, self))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
kip_pick_popover_show (GtkWidget *widget)
{
  KipPickPopover *self = KIP_PICK_POPOVER (widget);

  g_signal_emit (self, signals[SIGNAL_FILLING], 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (self->entry, self->n_items > FEW);
  GTK_WIDGET_CLASS (kip_pick_popover_parent_class)->show (widget);
  if (self->n_items > FEW)
    gtk_widget_grab_focus (self->entry);
}

static void
kip_pick_popover_finalize (GObject *object)
{
  KipPickPopover *self = KIP_PICK_POPOVER (object);

  g_free (self->wanted);
  G_OBJECT_CLASS (kip_pick_popover_parent_class)->finalize (object);
}

static void
kip_pick_popover_class_init (KipPickPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_pick_popover_finalize;
  GTK_WIDGET_CLASS (klass)->show = kip_pick_popover_show;

  signals[SIGNAL_PICKED] =
    g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[SIGNAL_FILLING] =
    g_signal_new ("filling", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static GtkWidget *
new_nothing (void)
{
  GtkWidget *label = gtk_label_new (_("Nothing like that"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  return label;
}

static void
kip_pick_popover_init (KipPickPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->wanted = g_strdup ("");
  self->entry = gtk_search_entry_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, filter_func, self, NULL);
  gtk_list_box_set_placeholder (self->list, new_nothing ());
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 200, -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), new_scroller (GTK_WIDGET (self->list)));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

GtkWidget *
kip_pick_popover_new (const char *placeholder)
{
  KipPickPopover *self = g_object_new (KIP_TYPE_PICK_POPOVER, NULL);

  g_object_set (self->entry, "placeholder-text", placeholder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
  return GTK_WIDGET (self);
}

void
kip_pick_popover_clear (KipPickPopover *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (KIP_IS_PICK_POPOVER (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_items = 0;
}

void
kip_pick_popover_add (KipPickPopover *self,
                      guint64         id,
                      const char     *label,
                      const char     *icon_name)
{
  GtkWidget *row, *box, *name;

  g_return_if_fail (KIP_IS_PICK_POPOVER (self));

  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  name = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 40);
  if (icon_name != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (box), name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "kip-id", g_memdup2 (&id, sizeof id), g_free);
  g_object_set_data_full (G_OBJECT (row), "kip-folded", kip_text_fold (label), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (self->list, row);
  self->n_items++;
}
