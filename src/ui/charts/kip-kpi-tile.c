/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-kpi-tile.h"

#include "kip-chart-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _KipKpiTile
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkLabel  *name;
  GtkLabel  *value;
  GtkLabel  *change;
  GtkWidget *spark;
  GArray    *course; /* (owned) (nullable) of double */
};

G_DEFINE_FINAL_TYPE (KipKpiTile, kip_kpi_tile, GTK_TYPE_WIDGET)

/* ---- the course ---- */

static void
draw_course (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        data)
{
  KipKpiTile *self = data;
  KipChartTheme theme;
  double largest = 0;
  gboolean begun = FALSE;
  const KipColor *color;

  if (self->course == NULL || self->course->len < 2)
    return;
  for (guint i = 0; i < self->course->len; i++)
    if (!isnan (g_array_index (self->course, double, i)))
      largest = MAX (largest, g_array_index (self->course, double, i));
  kip_chart_theme_of_widget (GTK_WIDGET (area), &theme);
  color = &theme.meanings[KIP_MEANING_KEPT];
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < self->course->len; i++)
    {
      double value = g_array_index (self->course, double, i);
      double x = 1 + (width - 2) * (double) i / (self->course->len - 1);
      double y = height - 2 - (height - 4) * (largest > 0 ? value / largest : 0);

      if (isnan (value))
        continue;
      if (begun)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      begun = TRUE;
    }
  cairo_stroke (cr);
}

/* ---- widget ---- */

static void
kip_kpi_tile_dispose (GObject *object)
{
  KipKpiTile *self = KIP_KPI_TILE (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->course, g_array_unref);
  G_OBJECT_CLASS (kip_kpi_tile_parent_class)->dispose (object);
}

static void
kip_kpi_tile_class_init (KipKpiTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_kpi_tile_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
new_label (GtkWidget  *box,
           const char *first_class,
           const char *second_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, first_class);
  gtk_widget_add_css_class (label, second_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
kip_kpi_tile_init (KipKpiTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->name = new_label (box, "caption-heading", "dim-label");
  self->value = new_label (box, "title-2", "numeric");
  self->change = new_label (box, "caption", "numeric");
  self->spark = gtk_drawing_area_new ();
  gtk_widget_set_size_request (self->spark, 96, 22);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->spark), draw_course, self, NULL);
  gtk_box_append (GTK_BOX (box), self->spark);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "card");
  gtk_widget_add_css_class (self->button, "kip-tile");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
kip_kpi_tile_new (void)
{
  return g_object_new (KIP_TYPE_KPI_TILE, NULL);
}

/* ---- the figure ---- */

static void
set_tone (KipKpiTile    *self,
          const KipTile *tile)
{
  int better = kip_measure_info (tile->measure)->better;
  double change = tile->now.value - tile->before;
  gboolean certain = tile->now.n >= KIP_FEW && tile->n_before >= KIP_FEW && !isnan (change) && fabs (change) > 1e-9 && better != 0;

  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->change), !certain ? "dim-label" : (change > 0) == (better > 0) ? "success" : "warning");
  if (tile->now.n < KIP_FEW)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "dim-label");
}

void
kip_kpi_tile_set (KipKpiTile    *self,
                  const KipTile *tile)
{
  const KipMeasureInfo *info = kip_measure_info (tile->measure);
  g_autofree char *value = kip_chart_format_value (info->unit, tile->now.value);
  g_autofree char *change = kip_tile_change_words (tile);
  g_autofree char *few = g_strdup_printf (_("n = %u, too few to rely on"), tile->now.n);
  g_autofree char *count = g_strdup_printf (_("n = %u"), tile->now.n);
  g_autofree char *definition = g_strdup_printf ("%s\n%s", _(info->definition), tile->now.n < KIP_FEW ? few : count);
  g_autofree char *name = g_strjoin (", ", _(info->label), value, count, change, NULL);

  gtk_label_set_text (self->name, _(info->label));
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->change, tile->now.n < KIP_FEW && info->unit != KIP_UNIT_COUNT ? few : change != NULL ? change : count);
  set_tone (self, tile);
  g_clear_pointer (&self->course, g_array_unref);
  self->course = g_array_ref (tile->course);
  gtk_widget_queue_draw (self->spark);
  gtk_widget_set_tooltip_text (self->button, definition);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (tile->now.query != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", tile->now.query);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), tile->now.query != NULL ? "app.show-query" : NULL);
}
