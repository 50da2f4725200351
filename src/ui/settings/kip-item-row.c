/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-item-row.h"

#include <glib/gi18n-lib.h>

#define INDENT 24 /* pixels for each step in */

struct _KipItemRow
{
  AdwActionRow parent_instance;

  KipId          id;
  KipItemFlags   flags;
  GtkWidget     *indent;
  GtkWidget     *handle;
  GtkLabel      *badge;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (KipItemRow, kip_item_row, ADW_TYPE_ACTION_ROW)

enum
{
  SIGNAL_MOVE,
  SIGNAL_ARCHIVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kip_item_clear (gpointer data)
{
  KipItem *item = data;

  g_free (item->title);
  g_free (item->subtitle);
  g_free (item->badge);
}

/* ---- actions ---- */

static void
move_up (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_MOVE], 0, -1);
}

static void
move_down (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_MOVE], 0, 1);
}

static void
archive (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ARCHIVE], 0, TRUE);
}

static void
restore (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ARCHIVE], 0, FALSE);
}

/* ---- showing ---- */

static GMenuModel *
make_menu (KipItemFlags flags)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) life = g_menu_new ();

  if (flags & KIP_ITEM_MOVABLE)
    {
      g_menu_append (order, _("Move _Up"), "row.move-up");
      g_menu_append (order, _("Move _Down"), "row.move-down");
    }
  if (flags & KIP_ITEM_ARCHIVED)
    g_menu_append (life, _("_Restore"), "row.restore");
  else if (!(flags & KIP_ITEM_FIXED))
    g_menu_append (life, flags & KIP_ITEM_DECLARED ? _("_Withdraw") : _("_Archive"), "row.archive");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (life));
  return G_MENU_MODEL (menu);
}

static void
show_flags (KipItemRow  *self,
            KipItemFlags flags)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GMenuModel) menu = make_menu (flags);
  gboolean movable = (flags & KIP_ITEM_MOVABLE) != 0;
  gboolean archived = (flags & KIP_ITEM_ARCHIVED) != 0;

  self->flags = flags;
  gtk_menu_button_set_menu_model (self->menu, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), movable || archived || !(flags & KIP_ITEM_FIXED));
  gtk_widget_set_visible (self->handle, movable);
  gtk_widget_action_set_enabled (widget, "row.move-up", movable);
  gtk_widget_action_set_enabled (widget, "row.move-down", movable);
  gtk_widget_action_set_enabled (widget, "row.archive", !archived && !(flags & KIP_ITEM_FIXED));
  gtk_widget_action_set_enabled (widget, "row.restore", archived);
  if (archived)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static const char *
badge_of (const KipItem *item)
{
  if (!(item->flags & KIP_ITEM_ARCHIVED))
    return item->badge;
  return item->flags & KIP_ITEM_DECLARED ? _("withdrawn") : _("archived");
}

static void
show_badge (KipItemRow *self,
            const char *text)
{
  gtk_label_set_text (self->badge, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badge), text != NULL && *text != '\0');
}

void
kip_item_row_show (KipItemRow    *self,
                   const KipItem *item)
{
  g_autofree char *label = g_strdup_printf (_("More for %s"), item->title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), item->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), item->subtitle != NULL ? item->subtitle : "");
  gtk_widget_set_size_request (self->indent, (int) item->depth * INDENT, -1);
  gtk_widget_set_visible (self->indent, item->depth > 0);
  show_badge (self, badge_of (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  show_flags (self, item->flags);
}

/* ---- object ---- */

static void
kip_item_row_class_init (KipItemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_MOVE] = g_signal_new ("move", KIP_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ARCHIVE] = g_signal_new ("archive", KIP_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-item-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipItemRow, indent);
  gtk_widget_class_bind_template_child (widget_class, KipItemRow, handle);
  gtk_widget_class_bind_template_child (widget_class, KipItemRow, badge);
  gtk_widget_class_bind_template_child (widget_class, KipItemRow, menu);
  gtk_widget_class_install_action (widget_class, "row.move-up", NULL, move_up);
  gtk_widget_class_install_action (widget_class, "row.move-down", NULL, move_down);
  gtk_widget_class_install_action (widget_class, "row.archive", NULL, archive);
  gtk_widget_class_install_action (widget_class, "row.restore", NULL, restore);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.archive", NULL);
}

static void
kip_item_row_init (KipItemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

GtkWidget *
kip_item_row_new (KipId id)
{
  KipItemRow *self = g_object_new (KIP_TYPE_ITEM_ROW, NULL);

  self->id = id;
  return GTK_WIDGET (self);
}

KipId
kip_item_row_get_id (KipItemRow *self)
{
  return self->id;
}

GtkWidget *
kip_item_row_get_handle (KipItemRow *self)
{
  return self->handle;
}
