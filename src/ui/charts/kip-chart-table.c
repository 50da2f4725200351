/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static GtkWidget *
new_label (const char *text,
           const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "87 % ✗": whether it meets its target is said by the shape, too. */
static char *
cell_text (const KipChartSeries *series,
           guint                 row)
{
  g_autofree char *text = kip_chart_format_point (series, row);
  KipChartVerdict verdict = KIP_CHART_NO_TARGET;

  if (row < series->points->len)
    verdict = g_array_index (series->points, KipChartPoint, row).verdict;
  if (verdict == KIP_CHART_NO_TARGET)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s %s", text, verdict == KIP_CHART_MET ? "✓" : "✗");
}

static GtkWidget *
new_cell (const KipChart       *chart,
          const KipChartSeries *series,
          guint                 series_index,
          guint                 row)
{
  g_autofree char *text = cell_text (series, row);
  const KipChartPoint *point = row < series->points->len ? &g_array_index (series->points, KipChartPoint, row) : NULL;
  GtkWidget *label = new_label (text, "numeric", 1);
  g_autofree char *words = NULL;
  GtkWidget *button;

  if (point == NULL || point->query == NULL || point->n == 0)
    return label;
  words = kip_chart_describe_point (chart, series_index, row);
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kip-table-cell");
  gtk_widget_set_tooltip_text (button, words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", point->query);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.show-query");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return button;
}

static GtkWidget *
new_bar (const KipChartSeries *series,
         guint                 row)
{
  GtkWidget *bar = gtk_level_bar_new ();
  double largest = 1;

  for (guint i = 0; i < series->points->len; i++)
    {
      double value = g_array_index (series->points, KipChartPoint, i).value;

      if (!isnan (value))
        largest = MAX (largest, value);
    }
  gtk_level_bar_set_max_value (GTK_LEVEL_BAR (bar), largest);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL, largest);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), MAX (g_array_index (series->points, KipChartPoint, row).value, 0));
  gtk_widget_set_size_request (bar, 60, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "kip-agent-bar");
  gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return bar;
}

static void
add_row (GtkGrid        *grid,
         const KipChart *chart,
         guint           row,
         gboolean        bars)
{
  GtkWidget *name = new_label (g_ptr_array_index (chart->categories, row), "kip-table-name", 0);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 28);
  gtk_widget_set_tooltip_text (name, g_ptr_array_index (chart->categories, row));
  gtk_grid_attach (grid, name, 0, (int) row + 1, 1, 1);
  if (bars && chart->series->len > 0)
    gtk_grid_attach (grid, new_bar (g_ptr_array_index (chart->series, 0), row), 1, (int) row + 1, 1, 1);
  for (guint i = 0; i < chart->series->len; i++)
    gtk_grid_attach (grid, new_cell (chart, g_ptr_array_index (chart->series, i), i, row), (int) i + 2, (int) row + 1, 1, 1);
}

/* As many as somebody reads; every cell is a widget. */
#define MOST_ROWS 40

static void
add_rest (GtkGrid *grid,
          guint    n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u more row is in the CSV file.", "%u more rows are in the CSV file.", n), n);

  gtk_grid_attach (grid, new_label (words, "dim-label", 0), 0, MOST_ROWS + 1, 4, 1);
}

/* A table in the making: a few rows at a time, so that the window answers meanwhile. */
#define ROWS_AT_ONCE 5

typedef struct
{
  GtkGrid  *grid;   /* borrowed: it ends with it */
  KipChart *chart;  /* (owned) */
  guint     row, n;
  gboolean  bars;
  guint     source;
} Filling;

static void
filling_free (gpointer data)
{
  Filling *filling = data;

  g_clear_handle_id (&filling->source, g_source_remove);
  kip_chart_unref (filling->chart);
  g_free (filling);
}

static gboolean
fill_cb (gpointer data)
{
  Filling *filling = data;

  for (guint i = 0; i < ROWS_AT_ONCE && filling->row < filling->n; i++)
    add_row (filling->grid, filling->chart, filling->row++, filling->bars);
  if (filling->row < filling->n)
    return G_SOURCE_CONTINUE;
  if (filling->chart->categories->len > filling->n)
    add_rest (filling->grid, filling->chart->categories->len - filling->n);
  filling->source = 0;
  return G_SOURCE_REMOVE;
}

static void
fill (GtkGrid  *grid,
      KipChart *chart,
      gboolean  bars)
{
  Filling *filling = g_new0 (Filling, 1);

  filling->grid = grid;
  filling->chart = kip_chart_ref (chart);
  filling->n = MIN (chart->categories->len, MOST_ROWS);
  filling->bars = bars;
  g_object_set_data_full (G_OBJECT (grid), "kip-filling", filling, filling_free);
  if (fill_cb (filling) == G_SOURCE_CONTINUE)
    filling->source = g_idle_add_full (GTK_PRIORITY_RESIZE - 3, fill_cb, filling, NULL);
}

GtkWidget *
kip_chart_table_new (KipChart *chart,
                     gboolean  bars)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const KipChartSeries *series = g_ptr_array_index (chart->series, i);
      GtkWidget *head = new_label (series->label, "caption-heading", 1);

      gtk_grid_attach (GTK_GRID (grid), head, (int) i + 2, 0, 1, 1);
    }
  fill (GTK_GRID (grid), chart, bars);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  /* Nobody looks for columns that nothing points to. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_widget_set_size_request (scrolled, -1, 200);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}
