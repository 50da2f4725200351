/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
point_clear (gpointer data)
{
  g_clear_pointer (&((KipChartPoint *) data)->query, g_free);
}

static void
series_free (gpointer data)
{
  KipChartSeries *series = data;

  g_free (series->label);
  g_array_unref (series->points);
  g_free (series);
}

KipChart *
kip_chart_new (KipChartKind kind,
               KipUnit      unit,
               const char  *title)
{
  KipChart *chart = g_new0 (KipChart, 1);

  g_atomic_ref_count_init (&chart->refs);
  chart->kind = kind;
  chart->unit = unit;
  chart->title = g_strdup (title);
  chart->categories = g_ptr_array_new_with_free_func (g_free);
  chart->series = g_ptr_array_new_with_free_func (series_free);
  return chart;
}

KipChart *
kip_chart_ref (KipChart *chart)
{
  g_atomic_ref_count_inc (&chart->refs);
  return chart;
}

void
kip_chart_unref (KipChart *chart)
{
  if (!g_atomic_ref_count_dec (&chart->refs))
    return;
  g_free (chart->title);
  g_free (chart->definition);
  g_free (chart->note);
  g_free (chart->empty);
  g_ptr_array_unref (chart->categories);
  g_ptr_array_unref (chart->series);
  g_free (chart);
}

void
kip_chart_add_category (KipChart   *chart,
                        const char *label)
{
  g_ptr_array_add (chart->categories, g_strdup (label));
}

KipChartSeries *
kip_chart_add_series (KipChart   *chart,
                      const char *label,
                      KipMeaning  meaning,
                      KipMark     mark)
{
  KipChartSeries *series = g_new0 (KipChartSeries, 1);

  series->label = g_strdup (label);
  series->meaning = meaning;
  series->mark = mark;
  series->unit = chart->unit;
  series->points = g_array_new (FALSE, FALSE, sizeof (KipChartPoint));
  g_array_set_clear_func (series->points, point_clear);
  g_ptr_array_add (chart->series, series);
  return series;
}

void
kip_chart_series_add (KipChartSeries *series,
                      double          value,
                      guint           n,
                      const char     *query)
{
  KipChartPoint point = { .value = value, .n = n, .query = g_strdup (query), .low = NAN, .high = NAN, .verdict = KIP_CHART_NO_TARGET };

  g_array_append_val (series->points, point);
}

void
kip_chart_series_say_roughly (KipChartSeries *series)
{
  if (series->points->len > 0)
    g_array_index (series->points, KipChartPoint, series->points->len - 1).roughly = TRUE;
}

void
kip_chart_series_add_forecast (KipChartSeries *series,
                               double          value,
                               double          low,
                               double          high)
{
  KipChartPoint point = { .value = value, .n = (guint) MAX (high, 0), .low = low, .high = high, .verdict = KIP_CHART_NO_TARGET };

  g_array_append_val (series->points, point);
}

void
kip_chart_series_judge (KipChartSeries *series,
                        guint           index,
                        KipChartVerdict verdict)
{
  g_array_index (series->points, KipChartPoint, index).verdict = verdict;
}

gboolean
kip_chart_is_empty (const KipChart *chart)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      const KipChartSeries *series = g_ptr_array_index (chart->series, i);

      for (guint j = 0; j < series->points->len && series->mark != KIP_MARK_TARGET; j++)
        {
          double value = g_array_index (series->points, KipChartPoint, j).value;

          if (!isnan (value) && value != 0)
            return FALSE;
        }
    }
  return TRUE;
}

/* ---- words ---- */

static char *
format_duration (double seconds)
{
  gint64 minutes = (gint64) (fabs (seconds) / 60 + 0.5);
  const char *sign = seconds < 0 ? "−" : "";

  if (minutes < 60)
    return g_strdup_printf (_("%s%d min"), sign, (int) minutes);
  if (minutes % 60 == 0 || minutes >= 600)
    return g_strdup_printf (_("%s%d h"), sign, (int) ((minutes + 30) / 60));
  return g_strdup_printf (_("%s%d h %d min"), sign, (int) (minutes / 60), (int) (minutes % 60));
}

char *
kip_chart_format_value (KipUnit unit,
                        double  value)
{
  if (isnan (value))
    return g_strdup ("–");
  switch (unit)
    {
    case KIP_UNIT_PERCENT:
      return g_strdup_printf (_("%.0f %%"), value);
    case KIP_UNIT_DURATION:
      return format_duration (value);
    case KIP_UNIT_SCORE:
      return g_strdup_printf ("%.1f", value);
    case KIP_UNIT_COUNT:
    default:
      return g_strdup_printf ("%.0f", value);
    }
}

static char *
format_point (const KipChartSeries *series,
              const KipChartPoint  *point)
{
  g_autofree char *value = kip_chart_format_value (series->unit, point->value);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (isnan (point->low) || isnan (point->high))
    return g_steal_pointer (&value);
  low = kip_chart_format_value (series->unit, point->low);
  high = kip_chart_format_value (series->unit, point->high);
  /* Translators: a forecast and what it is likely to lie between: "14 (8–20)". */
  return g_strdup_printf (_("%s (%s–%s)"), value, low, high);
}

char *
kip_chart_format_point (const KipChartSeries *series,
                        guint                 index)
{
  return index < series->points->len ? format_point (series, &g_array_index (series->points, KipChartPoint, index)) : g_strdup ("–");
}

/* The number is that of its tickets; a part of them says of how many. */
static gboolean
counts_itself (const KipChartSeries *series,
               const KipChartPoint  *point)
{
  return series->is_forecast || fabs (point->value - point->n) < 0.5;
}

static char *
describe (const KipChart *chart,
          guint           series_index,
          guint           index)
{
  const KipChartSeries *series = g_ptr_array_index (chart->series, series_index);
  const KipChartPoint *point = &g_array_index (series->points, KipChartPoint, index);
  const char *category = index < chart->categories->len ? g_ptr_array_index (chart->categories, index) : "";
  g_autofree char *value = format_point (series, point);

  if (series->mark == KIP_MARK_TARGET || (series->unit == KIP_UNIT_COUNT && counts_itself (series, point)))
    /* Translators: a mark of a chart: "2 Nov · Received: 14". */
    return g_strdup_printf (_("%s · %s: %s"), category, series->label, value);
  /* Translators: "2 Nov · Median: 2 h 5 min (n = 14)". */
  return g_strdup_printf (_("%s · %s: %s (n = %u)"), category, series->label, value, point->n);
}

static char *
describe_value (const KipChart *chart,
                guint           series_index,
                guint           index)
{
  const KipChartSeries *series = g_ptr_array_index (chart->series, series_index);
  char *words = describe (chart, series_index, index);
  g_autofree char *plain = NULL;

  switch (g_array_index (series->points, KipChartPoint, index).verdict)
    {
    case KIP_CHART_MET:
      plain = words;
      return g_strdup_printf (_("%s, target met"), plain);
    case KIP_CHART_MISSED:
      plain = words;
      return g_strdup_printf (_("%s, target missed"), plain);
    case KIP_CHART_NO_TARGET:
    default:
      return words;
    }
}

char *
kip_chart_describe_point (const KipChart *chart,
                          guint           series_index,
                          guint           index)
{
  const KipChartSeries *series = g_ptr_array_index (chart->series, series_index);
  const KipChartPoint *point = &g_array_index (series->points, KipChartPoint, index);
  g_autofree char *words = describe_value (chart, series_index, index);

  if (!point->roughly)
    return g_steal_pointer (&words);
  /* Translators: a mark of a chart whose search cannot say exactly which tickets it stands for. */
  return g_strdup_printf (_("%s · opens nearly these tickets"), words);
}

/* ---- comparing ---- */

static gboolean
same_number (double a,
             double b)
{
  return (isnan (a) && isnan (b)) || !(a < b || a > b || isnan (a) || isnan (b));
}

static gboolean
same_point (const KipChartPoint *a,
            const KipChartPoint *b)
{
  return same_number (a->value, b->value) && same_number (a->low, b->low) && same_number (a->high, b->high) && a->n == b->n
         && a->roughly == b->roughly && a->verdict == b->verdict && g_strcmp0 (a->query, b->query) == 0;
}

static gboolean
same_series (const KipChartSeries *a,
             const KipChartSeries *b)
{
  if (a->meaning != b->meaning || a->mark != b->mark || a->is_forecast != b->is_forecast || a->unit != b->unit
      || a->points->len != b->points->len || g_strcmp0 (a->label, b->label) != 0)
    return FALSE;
  for (guint i = 0; i < a->points->len; i++)
    if (!same_point (&g_array_index (a->points, KipChartPoint, i), &g_array_index (b->points, KipChartPoint, i)))
      return FALSE;
  return TRUE;
}

static gboolean
same_category (const KipChart *a,
               const KipChart *b,
               guint           i)
{
  return i < a->categories->len && i < b->categories->len
         && g_strcmp0 (g_ptr_array_index (a->categories, i), g_ptr_array_index (b->categories, i)) == 0;
}

static gboolean
same_point_of_series (const KipChartSeries *a,
                      const KipChartSeries *b,
                      guint                 i)
{
  if (i >= a->points->len || i >= b->points->len)
    return a->points->len <= i && b->points->len <= i;
  return same_point (&g_array_index (a->points, KipChartPoint, i), &g_array_index (b->points, KipChartPoint, i));
}

gboolean
kip_chart_same_row (const KipChart *a,
                    const KipChart *b,
                    guint           row)
{
  if (a->series->len != b->series->len || !same_category (a, b, row))
    return FALSE;
  for (guint i = 0; i < a->series->len; i++)
    {
      const KipChartSeries *x = g_ptr_array_index (a->series, i), *y = g_ptr_array_index (b->series, i);

      if (x->unit != y->unit || g_strcmp0 (x->label, y->label) != 0 || !same_point_of_series (x, y, row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_parts (const KipChart *a,
            const KipChart *b)
{
  if (a->categories->len != b->categories->len || a->series->len != b->series->len)
    return FALSE;
  for (guint i = 0; i < a->categories->len; i++)
    if (!same_category (a, b, i))
      return FALSE;
  for (guint i = 0; i < a->series->len; i++)
    if (!same_series (g_ptr_array_index (a->series, i), g_ptr_array_index (b->series, i)))
      return FALSE;
  return TRUE;
}

gboolean
kip_chart_equal (const KipChart *a,
                 const KipChart *b)
{
  return a->kind == b->kind && a->unit == b->unit && a->cumulative == b->cumulative && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->definition, b->definition) == 0 && g_strcmp0 (a->note, b->note) == 0
         && g_strcmp0 (a->empty, b->empty) == 0 && same_parts (a, b);
}

/* ---- as a table ---- */

static void
append_cell (GString    *csv,
             const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (csv, "\"%s\"", quoted->str);
}

static void
append_number (GString *csv,
               double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (value))
    g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.10g", value));
}

static void
append_head (GString              *csv,
             const KipChartSeries *series)
{
  g_string_append_c (csv, ',');
  append_cell (csv, series->label);
  if (series->is_forecast)
    {
      g_string_append_c (csv, ',');
      append_cell (csv, _("from"));
      g_string_append_c (csv, ',');
      append_cell (csv, _("to"));
    }
}

static void
append_point (GString              *csv,
              const KipChartSeries *series,
              const KipChartPoint  *point)
{
  const double numbers[] = { point != NULL ? point->value : NAN, point != NULL ? point->low : NAN, point != NULL ? point->high : NAN };

  for (guint i = 0; i < (series->is_forecast ? 3 : 1); i++)
    {
      g_string_append_c (csv, ',');
      append_number (csv, numbers[i]);
    }
}

char *
kip_chart_to_csv (const KipChart *chart)
{
  GString *csv = g_string_new (NULL);

  append_cell (csv, chart->title);
  for (guint i = 0; i < chart->series->len; i++)
    append_head (csv, g_ptr_array_index (chart->series, i));
  g_string_append (csv, "\r\n");
  for (guint row = 0; row < chart->categories->len; row++)
    {
      append_cell (csv, g_ptr_array_index (chart->categories, row));
      for (guint i = 0; i < chart->series->len; i++)
        {
          const KipChartSeries *series = g_ptr_array_index (chart->series, i);

          append_point (csv, series, row < series->points->len ? &g_array_index (series->points, KipChartPoint, row) : NULL);
        }
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
