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
  GtkWidget *target_box;
  GtkImage  *target_mark;
  GtkLabel  *target_words;
  GtkLabel  *change;
  GtkWidget *spark;
  GArray    *course; /* (owned) (nullable) of double */
  double     target; /* NAN: none */
};

G_DEFINE_FINAL_TYPE (KipKpiTile, kip_kpi_tile, GTK_TYPE_WIDGET)

/* ---- the course ---- */

/* The target as a thin line that the course is above or below of. */
static void
draw_course_target (KipKpiTile          *self,
                    const KipChartTheme *theme,
                    cairo_t             *cr,
                    int                  width,
                    double               y)
{
  static const double dashes[] = { 3, 2 };

  cairo_set_source_rgba (cr, theme->dim.red, theme->dim.green, theme->dim.blue, theme->dim.alpha);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, 1, floor (y) + 0.5);
  cairo_line_to (cr, width - 1, floor (y) + 0.5);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_course (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        data)
{
  KipKpiTile *self = data;
  KipChartTheme theme;
  double largest = isnan (self->target) ? 0 : self->target;
  gboolean begun = FALSE;
  const KipColor *color;

  if (self->course == NULL || self->course->len < 2)
    return;
  for (guint i = 0; i < self->course->len; i++)
    if (!isnan (g_array_index (self->course, double, i)))
      largest = MAX (largest, g_array_index (self->course, double, i));
  kip_chart_theme_of_widget (GTK_WIDGET (area), &theme);
  if (!isnan (self->target))
    draw_course_target (self, &theme, cr, width, height - 2 - (height - 4) * (largest > 0 ? self->target / largest : 0));
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
add_target (KipKpiTile *self,
            GtkWidget  *box)
{
  self->target_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->target_mark = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (self->target_box), GTK_WIDGET (self->target_mark));
  self->target_words = new_label (self->target_box, "caption", "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->target_words), TRUE);
  gtk_label_set_wrap (self->target_words, TRUE);
  gtk_label_set_lines (self->target_words, 2);
  gtk_widget_set_visible (self->target_box, FALSE);
  gtk_box_append (GTK_BOX (box), self->target_box);
}

static void
kip_kpi_tile_init (KipKpiTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->target = NAN;
  self->name = new_label (box, "caption-heading", "dim-label");
  self->value = new_label (box, "title-2", "numeric");
  add_target (self, box);
  self->change = new_label (box, "caption", "numeric");
  self->spark = gtk_drawing_area_new ();
  gtk_widget_set_size_request (self->spark, 96, 22);
  gtk_widget_set_vexpand (self->spark, TRUE);
  gtk_widget_set_valign (self->spark, GTK_ALIGN_END);
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

/* In words, with a mark of its own shape; the colour only repeats it. */
static void
show_target (KipKpiTile    *self,
             const KipTile *tile)
{
  static const char *const icons[] = {
    [KIP_GOAL_NONE] = "content-loading-symbolic", [KIP_GOAL_MET] = "object-select-symbolic",
    [KIP_GOAL_MISSED] = "window-close-symbolic", [KIP_GOAL_UNKNOWN] = "content-loading-symbolic",
  };
  static const char *const tones[] = {
    [KIP_GOAL_NONE] = "dim-label", [KIP_GOAL_MET] = "success", [KIP_GOAL_MISSED] = "error", [KIP_GOAL_UNKNOWN] = "dim-label",
  };

  gtk_widget_set_visible (self->target_box, tile->verdict != KIP_GOAL_NONE);
  self->target = tile->measure != KIP_MEASURE_RESOLVED ? tile->target : NAN;
  gtk_label_set_text (self->target_words, tile->target_short != NULL ? tile->target_short : "");
  gtk_image_set_from_icon_name (self->target_mark, icons[tile->verdict]);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (self->target_box, tones[i]);
  gtk_widget_add_css_class (self->target_box, tile->now.n < KIP_FEW ? "dim-label" : tones[tile->verdict]);
}

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
  g_autofree char *more = g_strjoin ("\n", tile->now.n < KIP_FEW ? few : count,
                                     tile->now.query != NULL && !tile->now.exact ? _("Opens nearly these tickets") : tile->target_words,
                                     tile->now.query != NULL && !tile->now.exact ? tile->target_words : NULL, NULL);
  g_autofree char *definition = g_strjoin ("\n", _(info->definition), more, NULL);
  g_autofree char *plain = g_strjoin (", ", _(info->label), value, count, tile->target_words, NULL);
  g_autofree char *name = g_strjoin (", ", plain, change, NULL);

  gtk_label_set_text (self->name, _(info->label));
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->change, tile->now.n < KIP_FEW && info->unit != KIP_UNIT_COUNT ? few : change != NULL ? change : count);
  set_tone (self, tile);
  show_target (self, tile);
  g_clear_pointer (&self->course, g_array_unref);
  self->course = g_array_ref (tile->course);
  gtk_widget_queue_draw (self->spark);
  gtk_widget_set_tooltip_text (self->button, definition);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (tile->now.query != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", tile->now.query);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), tile->now.query != NULL ? "app.show-query" : NULL);
}
