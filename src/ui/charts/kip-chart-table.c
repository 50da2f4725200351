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

static double
find_largest (const KipChartSeries *series)
{
  double largest = 1;

  for (guint i = 0; i < series->points->len; i++)
    {
      double value = g_array_index (series->points, KipChartPoint, i).value;

      if (!isnan (value))
        largest = MAX (largest, value);
    }
  return largest;
}

static GtkWidget *
new_bar (const KipChartSeries *series,
         guint                 row)
{
  GtkWidget *bar = gtk_level_bar_new ();
  double largest = find_largest (series);

  gtk_level_bar_set_max_value (GTK_LEVEL_BAR (bar), largest);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL, largest);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), MAX (g_array_index (series->points, KipChartPoint, row).value, 0));
  gtk_widget_set_size_request (bar, 40, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "kip-agent-bar");
  gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return bar;
}

/* ---- rows ---- */

static GtkWidget *
new_name (const char *text)
{
  GtkWidget *name = new_label (text, "kip-table-name", 0);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 28);
  gtk_widget_set_tooltip_text (name, text);
  return name;
}

/* Heads are row 0, names column 0 and bars column 1. */
static void
add_row (GtkGrid        *grid,
         const KipChart *chart,
         guint           row,
         gboolean        bars)
{
  int at = (int) row + 1;

  gtk_grid_attach (grid, new_name (g_ptr_array_index (chart->categories, row)), 0, at, 1, 1);
  if (bars && chart->series->len > 0)
    gtk_grid_attach (grid, new_bar (g_ptr_array_index (chart->series, 0), row), 1, at, 1, 1);
  for (guint i = 0; i < chart->series->len; i++)
    gtk_grid_attach (grid, new_cell (chart, g_ptr_array_index (chart->series, i), i, row), (int) i + 2, at, 1, 1);
}

static void
clear_row (GtkGrid *grid,
           guint    n_series,
           int      at)
{
  for (int column = 0; column < (int) n_series + 2; column++)
    {
      GtkWidget *child = gtk_grid_get_child_at (grid, column, at);

      if (child != NULL)
        gtk_grid_remove (grid, child);
    }
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

/* ---- filling ---- */

/* A few rows at a time, so that the window answers meanwhile. */
#define ROWS_AT_ONCE 4

typedef struct
{
  GtkGrid  *grid;   /* borrowed: it ends with it */
  gboolean  bars;
  KipChart *chart;  /* (owned) (nullable) */
  KipChart *before; /* (owned) (nullable) what the rows say that are not filled yet */
  guint     n_before; /* rows that there are, or were */
  guint     n_series; /* and columns of numbers */
  guint     row;    /* the next one to be filled */
  guint     source;
} Table;

static void
table_free (gpointer data)
{
  Table *table = data;

  g_clear_handle_id (&table->source, g_source_remove);
  g_clear_pointer (&table->chart, kip_chart_unref);
  g_clear_pointer (&table->before, kip_chart_unref);
  g_free (table);
}

static guint
count_rows (const KipChart *chart)
{
  return MIN (chart->categories->len, MOST_ROWS);
}

/* They are as long as their number is of the largest one. */
static gboolean
has_same_bars (const Table *table)
{
  double largest, was;

  if (!table->bars || table->chart->series->len == 0)
    return TRUE;
  largest = find_largest (g_ptr_array_index (table->chart->series, 0));
  was = find_largest (g_ptr_array_index (table->before->series, 0));
  return !(largest < was || largest > was);
}

static gboolean
says_the_same (const Table *table,
               guint        row)
{
  return table->before != NULL && row < count_rows (table->before) && kip_chart_same_row (table->before, table->chart, row)
         && has_same_bars (table);
}

static gboolean
fill_cb (gpointer data)
{
  Table *table = data;
  guint n = count_rows (table->chart), n_filled = 0;

  for (; n_filled < ROWS_AT_ONCE && table->row < MAX (n, table->n_before); table->row++)
    {
      if (table->row < n && says_the_same (table, table->row))
        continue;
      clear_row (table->grid, table->n_series, (int) table->row + 1);
      if (table->row < n)
        add_row (table->grid, table->chart, table->row, table->bars);
      n_filled++;
    }
  if (table->row < MAX (n, table->n_before))
    return G_SOURCE_CONTINUE;
  if (table->chart->categories->len > n)
    add_rest (table->grid, table->chart->categories->len - n);
  g_clear_pointer (&table->before, kip_chart_unref);
  table->n_before = n;
  table->n_series = table->chart->series->len;
  table->source = 0;
  return G_SOURCE_REMOVE;
}

/* Long ones make the column no wider than its numbers need. */
static GtkWidget *
new_head (const char *text)
{
  GtkWidget *head = new_label (text, "caption-heading", 1);

  gtk_label_set_wrap (GTK_LABEL (head), TRUE);
  gtk_label_set_justify (GTK_LABEL (head), GTK_JUSTIFY_RIGHT);
  gtk_label_set_yalign (GTK_LABEL (head), 1);
  return head;
}

static void
fill_heads (Table *table)
{
  clear_row (table->grid, table->n_series, 0);
  for (guint i = 0; i < table->chart->series->len; i++)
    {
      const KipChartSeries *series = g_ptr_array_index (table->chart->series, i);

      gtk_grid_attach (table->grid, new_head (series->label), (int) i + 2, 0, 1, 1);
    }
}

/* Of a filling that was not finished nobody knows which rows say what. */
static void
take_chart (Table    *table,
            KipChart *chart)
{
  gboolean was_filled = table->source == 0;

  g_clear_handle_id (&table->source, g_source_remove);
  if (table->chart != NULL && !was_filled)
    table->n_before = MAX (table->n_before, count_rows (table->chart));
  if (table->chart != NULL)
    table->n_series = MAX (table->n_series, table->chart->series->len);
  g_clear_pointer (&table->before, kip_chart_unref);
  if (was_filled)
    table->before = g_steal_pointer (&table->chart);
  g_clear_pointer (&table->chart, kip_chart_unref);
  table->chart = kip_chart_ref (chart);
  table->row = 0;
}

/* ---- public ---- */

void
kip_chart_table_set_chart (GtkWidget *widget,
                           KipChart  *chart)
{
  Table *table = g_object_get_data (G_OBJECT (widget), "kip-table");

  take_chart (table, chart);
  clear_row (table->grid, 0, MOST_ROWS + 1);
  fill_heads (table);
  if (fill_cb (table) == G_SOURCE_CONTINUE)
    table->source = g_idle_add_full (GTK_PRIORITY_RESIZE - 3, fill_cb, table, NULL);
}

GtkWidget *
kip_chart_table_new (gboolean bars)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  Table *table = g_new0 (Table, 1);

  table->grid = GTK_GRID (grid);
  table->bars = bars;
  g_object_set_data_full (G_OBJECT (scrolled), "kip-table", table, table_free);
  gtk_grid_set_column_spacing (table->grid, 6);
  gtk_grid_set_row_spacing (table->grid, 3);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  /* Nobody looks for columns that nothing points to. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_widget_set_size_request (scrolled, -1, 200);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}
