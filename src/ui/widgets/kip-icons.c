/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-icons.h"

/* Icons looked up before, of one icon theme; it changes rarely. */
static GHashTable *
paintables (GtkIconTheme *theme)
{
  GHashTable *known = g_object_get_data (G_OBJECT (theme), "kip-icons");

  if (known != NULL)
    return known;
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_object_set_data_full (G_OBJECT (theme), "kip-icons", known, (GDestroyNotify) g_hash_table_unref);
  g_signal_connect_swapped (theme, "changed", G_CALLBACK (g_hash_table_remove_all), known);
  return known;
}

static GtkIconPaintable *
find_icon (GtkWidget  *widget,
           const char *icon_name,
           int         size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  int scale = gtk_widget_get_scale_factor (widget);
  g_autofree char *key = g_strdup_printf ("%s %d %d", icon_name, size, scale);
  GtkIconPaintable *icon = g_hash_table_lookup (paintables (theme), key);

  if (icon != NULL)
    return icon;
  icon = gtk_icon_theme_lookup_icon (theme, icon_name, NULL, size, scale, GTK_TEXT_DIR_NONE, 0);
  g_hash_table_insert (paintables (theme), g_steal_pointer (&key), icon);
  return icon;
}

void
kip_snapshot_icon (GtkSnapshot   *snapshot,
                   GtkWidget     *widget,
                   const char    *icon_name,
                   int            size,
                   const GdkRGBA *color)
{
  GtkIconPaintable *icon = find_icon (widget, icon_name, size);
  GdkRGBA colors[4] = { *color, *color, *color, *color };

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, colors, 4);
}

/* ---- the theme ---- */

static gpointer
read_theme (gpointer data)
{
  g_autoptr (GtkIconTheme) theme = data;

  gtk_icon_theme_has_icon (theme, "open-menu-symbolic");
  return NULL;
}

void
kip_icons_read_theme (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  g_thread_unref (g_thread_new ("kip-icons", read_theme, g_object_ref (theme)));
}
