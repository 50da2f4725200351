/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sidebar-row.h"

#include "kip-tooltip.h"

#include <glib/gi18n-lib.h>

struct _KipSidebarRow
{
  GtkListBoxRow parent_instance;
  KipViewItem  *view; /* (owned) (nullable) */
  const char   *key;  /* (nullable) static, without a view */

  GtkImage     *icon;
  GtkLabel     *name;
  GtkLabel     *count;
};

G_DEFINE_FINAL_TYPE (KipSidebarRow, kip_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_name (KipSidebarRow *self,
           const char    *name)
{
  gtk_label_set_text (self->name, name);
  kip_tooltip_set (GTK_WIDGET (self), name);
}

static void
tell_name (KipSidebarRow *self)
{
  guint count = kip_view_item_get_count (self->view);
  g_autofree char *text = NULL;

  /* Translators: a view and how many tickets it shows, for a screen reader. */
  text = g_strdup_printf (ngettext ("%s, %u ticket", "%s, %u tickets", count != G_MAXUINT ? count : 0),
                          kip_view_item_get_name (self->view), count != G_MAXUINT ? count : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
count_changed_cb (KipSidebarRow *self)
{
  guint count = kip_view_item_get_count (self->view);
  g_autofree char *text = NULL;
  gboolean late = g_str_equal (kip_view_item_get_key (self->view), "overdue") && count > 0 && count != G_MAXUINT;

  if (count != G_MAXUINT && count > 0)
    text = g_strdup_printf ("%'u", count);
  gtk_label_set_text (self->count, text != NULL ? text : "");
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
  tell_name (self);
}

static void
name_changed_cb (KipSidebarRow *self)
{
  show_name (self, kip_view_item_get_name (self->view));
  tell_name (self);
}

static void
kip_sidebar_row_dispose (GObject *object)
{
  KipSidebarRow *self = KIP_SIDEBAR_ROW (object);

  g_clear_object (&self->view);
  G_OBJECT_CLASS (kip_sidebar_row_parent_class)->dispose (object);
}

static void
kip_sidebar_row_class_init (KipSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sidebar_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KipSidebarRow, name);
  gtk_widget_class_bind_template_child (widget_class, KipSidebarRow, count);
}

static void
kip_sidebar_row_init (KipSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

GtkWidget *
kip_sidebar_row_new (KipViewItem *view)
{
  KipSidebarRow *self = g_object_new (KIP_TYPE_SIDEBAR_ROW, NULL);

  self->view = g_object_ref (view);
  gtk_image_set_from_icon_name (self->icon, kip_view_item_get_icon (view));
  g_signal_connect_object (view, "notify::name", G_CALLBACK (name_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::count", G_CALLBACK (count_changed_cb), self, G_CONNECT_SWAPPED);
  name_changed_cb (self);
  count_changed_cb (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kip_sidebar_row_new_plain (const char *key,
                           const char *icon_name,
                           const char *name)
{
  KipSidebarRow *self = g_object_new (KIP_TYPE_SIDEBAR_ROW, NULL);

  self->key = key;
  gtk_image_set_from_icon_name (self->icon, icon_name);
  show_name (self, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const char *
kip_sidebar_row_get_key (KipSidebarRow *self)
{
  g_return_val_if_fail (KIP_IS_SIDEBAR_ROW (self), NULL);

  return self->view != NULL ? kip_view_item_get_key (self->view) : self->key;
}

KipViewItem *
kip_sidebar_row_get_view (KipSidebarRow *self)
{
  g_return_val_if_fail (KIP_IS_SIDEBAR_ROW (self), NULL);

  return self->view;
}
