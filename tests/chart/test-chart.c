/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-file.h"
#include "kip-chart-layout.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <pango/pangocairo.h>

static KipChart *
weeks (void)
{
  KipChart *chart = kip_chart_new (KIP_CHART_COLUMNS, KIP_UNIT_COUNT, "Received and resolved");
  KipChartSeries *received = kip_chart_add_series (chart, "Received", KIP_MEANING_ARRIVED, KIP_MARK_SIDE);
  KipChartSeries *resolved = kip_chart_add_series (chart, "Resolved", KIP_MEANING_KEPT, KIP_MARK_SIDE);
  KipChartSeries *open = kip_chart_add_series (chart, "Open", KIP_MEANING_OPEN, KIP_MARK_LINE);
  static const int in[] = { 34, 41, 28, 39, 45, 31, 36, 44, 29, 33, 40, 38 };
  static const int out[] = { 30, 39, 31, 40, 38, 36, 37, 41, 33, 30, 37, 42 };
  KipChartSeries *target = kip_chart_add_series (chart, "Target at most 40", KIP_MEANING_OTHER, KIP_MARK_TARGET);
  int left = 20;

  for (guint i = 0; i < G_N_ELEMENTS (in); i++)
    {
      g_autofree char *name = g_strdup_printf ("W%u", 36 + i);

      left += in[i] - out[i];
      kip_chart_add_category (chart, name);
      kip_chart_series_add (received, in[i], (guint) in[i], "received:this-week");
      kip_chart_series_add (resolved, out[i], (guint) out[i], NULL);
      kip_chart_series_add (open, left, (guint) left, NULL);
      kip_chart_series_judge (open, i, left <= 40 ? KIP_CHART_MET : KIP_CHART_MISSED);
      kip_chart_series_add (target, i > 1 ? 40 : NAN, 0, NULL);
    }
  chart->note = g_strdup ("n = 438");
  return chart;
}

static void
test_scale (void)
{
  static const struct
  {
    KipUnit unit;
    double  largest;
    guint   most;
    double  step, top;
  } cases[] = {
    { KIP_UNIT_COUNT, 0, 5, 1, 1 },
    { KIP_UNIT_COUNT, 3, 5, 1, 3 },
    { KIP_UNIT_COUNT, 45, 5, 10, 50 },
    { KIP_UNIT_COUNT, 45, 3, 20, 60 },
    { KIP_UNIT_COUNT, 1001, 5, 500, 1500 },
    { KIP_UNIT_PERCENT, 37, 4, 25, 100 },
    { KIP_UNIT_PERCENT, 100, 4, 25, 100 },
    { KIP_UNIT_DURATION, 50 * 60, 4, 15 * 60, 3600 },
    { KIP_UNIT_DURATION, 7 * 3600, 4, 2 * 3600, 8 * 3600 },
    { KIP_UNIT_DURATION, 300 * 3600, 4, 80 * 3600, 320 * 3600 },
    { KIP_UNIT_SCORE, 4.2, 5, 1, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipChartScale scale;

      g_test_message ("case %u", i);
      kip_chart_scale_init (&scale, cases[i].unit, cases[i].largest, cases[i].most);
      g_assert_cmpfloat (scale.step, ==, cases[i].step);
      g_assert_cmpfloat (scale.top, ==, cases[i].top);
      g_assert_cmpuint (scale.n, <=, MAX (cases[i].most, 1) + 1);
    }
}

/* Every mark lies in the plot, every label in the picture, whatever the size. */
static void
test_inside (void)
{
  g_autoptr (KipChart) chart = weeks ();
  KipChartTheme theme;

  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  for (double width = 120; width < 1300; width += 61)
    for (double height = 80; height < 700; height += 77)
      {
        g_autoptr (KipChartLayout) layout = kip_chart_layout_new (chart, &theme, width, height);

        g_assert_cmpuint (layout->shapes->len, ==, 46);
        for (guint i = 0; i < layout->labels->len; i++)
          {
            const KipLabel *label = &g_array_index (layout->labels, KipLabel, i);

            g_assert_cmpfloat (label->x, >=, 0);
            g_assert_cmpfloat (label->y, >=, 0);
            g_assert_cmpfloat (label->y + label->height, <=, height + 0.5);
          }
        for (guint i = 0; i < layout->shapes->len; i++)
          {
            const KipRect *area = &g_array_index (layout->shapes, KipShape, i).area;

            g_assert_cmpfloat (area->x + area->width, <=, width + 12);
            g_assert_cmpfloat (area->height, >=, 0);
          }
      }
}

/* A column of twice the value is twice as high, and stands on the axis. */
static void
test_heights (void)
{
  g_autoptr (KipChart) chart = kip_chart_new (KIP_CHART_COLUMNS, KIP_UNIT_COUNT, "t");
  KipChartSeries *series = kip_chart_add_series (chart, "s", KIP_MEANING_KEPT, KIP_MARK_STACK);
  KipChartSeries *upper = kip_chart_add_series (chart, "u", KIP_MEANING_BROKEN, KIP_MARK_STACK);
  g_autoptr (KipChartLayout) layout = NULL;
  KipChartTheme theme;
  const KipShape *shapes;

  kip_chart_add_category (chart, "a");
  kip_chart_add_category (chart, "b");
  kip_chart_series_add (series, 10, 10, NULL);
  kip_chart_series_add (series, 20, 20, NULL);
  kip_chart_series_add (upper, 5, 5, NULL);
  kip_chart_series_add (upper, NAN, 0, NULL);
  kip_chart_theme_init (&theme, TRUE, FALSE, 1.0);
  layout = kip_chart_layout_new (chart, &theme, 400, 300);
  g_assert_cmpuint (layout->shapes->len, ==, 3);
  shapes = &g_array_index (layout->shapes, KipShape, 0);
  g_assert_cmpfloat_with_epsilon (shapes[1].area.height, 2 * shapes[0].area.height, 1e-6);
  g_assert_cmpfloat_with_epsilon (shapes[0].area.y + shapes[0].area.height, layout->plot.y + layout->plot.height, 1e-6);
  g_assert_cmpfloat_with_epsilon (shapes[2].area.y + shapes[2].area.height, shapes[0].area.y, 1e-6);
}

/* A target is one line as long as it stays the same, at its own height, and leaves out
 * what it does not hold for; marks say whether they meet it. */
static void
test_target (void)
{
  g_autoptr (KipChart) chart = weeks ();
  g_autoptr (KipChartLayout) layout = NULL;
  g_autofree char *line = NULL;
  g_autofree char *met = NULL;
  g_autofree char *missed = NULL;
  KipChartTheme theme;
  const KipShape *target;

  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  layout = kip_chart_layout_new (chart, &theme, 640, 320);
  target = &g_array_index (layout->shapes, KipShape, 36);
  g_assert_cmpuint (target[0].series, ==, 3);
  g_assert_cmpuint (target[0].index, ==, 2);
  for (guint i = 1; i < 10; i++)
    {
      g_assert_cmpfloat_with_epsilon (target[i - 1].area.x + target[i - 1].area.width, target[i].area.x, 1e-6);
      g_assert_cmpfloat_with_epsilon (target[i - 1].area.y, target[i].area.y, 1e-6);
    }
  /* 40 received in the eleventh week: that column reaches just up to it. */
  g_assert_cmpfloat_with_epsilon (g_array_index (layout->shapes, KipShape, 10).area.y, target[0].area.y + 1, 1e-6);
  line = kip_chart_describe_point (chart, 3, 2);
  met = kip_chart_describe_point (chart, 2, 0);
  missed = kip_chart_describe_point (chart, 1, 0);
  g_assert_cmpstr (line, ==, "W38 · Target at most 40: 40");
  g_assert_cmpstr (met, ==, "W36 · Open: 24, target met");
  g_assert_cmpstr (missed, ==, "W36 · Resolved: 30");
}

/* A part says of how many. */
static void
test_part (void)
{
  g_autoptr (KipChart) chart = kip_chart_new (KIP_CHART_COLUMNS, KIP_UNIT_COUNT, "t");
  KipChartSeries *kept = kip_chart_add_series (chart, "Kept", KIP_MEANING_KEPT, KIP_MARK_STACK);
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;

  kip_chart_add_category (chart, "26 Oct");
  kip_chart_add_category (chart, "2 Nov");
  kip_chart_series_add (kept, 26, 29, NULL);
  kip_chart_series_add (kept, 30, 30, NULL);
  part = kip_chart_describe_point (chart, 0, 0);
  all = kip_chart_describe_point (chart, 0, 1);
  g_assert_cmpstr (part, ==, "26 Oct · Kept: 26 (n = 29)");
  g_assert_cmpstr (all, ==, "2 Nov · Kept: 30");
}

/* A target alone is no figure. */
static void
test_target_is_no_figure (void)
{
  g_autoptr (KipChart) chart = kip_chart_new (KIP_CHART_COLUMNS, KIP_UNIT_PERCENT, "t");
  KipChartSeries *series = kip_chart_add_series (chart, "s", KIP_MEANING_KEPT, KIP_MARK_LINE);
  KipChartSeries *target = kip_chart_add_series (chart, "Target", KIP_MEANING_OTHER, KIP_MARK_TARGET);
  g_autofree char *csv = NULL;

  kip_chart_add_category (chart, "a");
  kip_chart_series_add (series, NAN, 0, NULL);
  kip_chart_series_add (target, 90, 0, NULL);
  g_assert_true (kip_chart_is_empty (chart));
  csv = kip_chart_to_csv (chart);
  g_assert_cmpstr (csv, ==, "\"t\",\"s\",\"Target\"\r\n\"a\",,90\r\n");
}

static void
test_hit_and_keys (void)
{
  g_autoptr (KipChart) chart = weeks ();
  g_autoptr (KipChartLayout) layout = NULL;
  KipChartTheme theme;
  gboolean reached[46] = { FALSE };
  int at = -1;

  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  layout = kip_chart_layout_new (chart, &theme, 900, 300);
  for (guint i = 0; i < 24; i++)
    {
      const KipRect *area = &g_array_index (layout->shapes, KipShape, i).area;

      g_assert_cmpint (kip_chart_layout_hit (layout, area->x + area->width / 2, area->y + area->height - 1), ==, (int) i);
    }
  g_assert_cmpint (kip_chart_layout_hit (layout, 1, 299), ==, -1);
  for (guint i = 0; i < 60; i++)
    {
      at = kip_chart_layout_move (layout, at, KIP_CHART_RIGHT);
      reached[at] = TRUE;
    }
  g_assert_cmpint (at, >=, 0);
  g_assert_true (reached[0]);
  g_assert_cmpint (kip_chart_layout_move (layout, at, KIP_CHART_RIGHT), ==, at);
}

/* Marks 3:1, text 4.5:1, in both themes. */
static void
test_contrast (void)
{
  for (int dark = 0; dark < 2; dark++)
    {
      KipChartTheme theme;

      kip_chart_theme_init (&theme, dark, FALSE, 1.0);
      for (guint i = 0; i < KIP_N_MEANINGS; i++)
        {
          g_test_message ("%s %u", dark ? "dark" : "light", i);
          g_assert_cmpfloat (kip_color_contrast (&theme.meanings[i], &theme.background), >=, 3.0);
        }
      g_assert_cmpfloat (kip_color_contrast (&theme.text, &theme.background), >=, 4.5);
      g_assert_cmpfloat (kip_color_contrast (&theme.dim, &theme.background), >=, 4.5);
    }
}

static void
test_files (void)
{
  static const char *const names[] = { "c.png", "c.svg", "c.pdf", "c.csv" };
  static const char *const begins[] = { "\x89PNG", "<?xml", "%PDF", "\"Received" };
  g_autoptr (KipChart) chart = weeks ();
  g_autofree char *dir = g_dir_make_tmp ("kip-chart-XXXXXX", NULL);
  KipChartTheme theme;

  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      KipChartFormat format;
      gsize length;

      g_assert_true (kip_chart_format_from_path (path, &format));
      g_assert_true (kip_chart_save (chart, &theme, 640, 320, format, path, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_true (g_str_has_prefix (text, begins[i]));
      g_unlink (path);
    }
  g_rmdir (dir);
}

static void
test_csv (void)
{
  g_autoptr (KipChart) chart = kip_chart_new (KIP_CHART_BARS, KIP_UNIT_COUNT, "By \"kind\"");
  KipChartSeries *series = kip_chart_add_series (chart, "n", KIP_MEANING_OTHER, KIP_MARK_STACK);
  g_autofree char *csv = NULL;

  kip_chart_add_category (chart, "Wi-Fi, floor 3");
  kip_chart_add_category (chart, "none");
  kip_chart_series_add (series, 12.5, 3, NULL);
  kip_chart_series_add (series, NAN, 0, NULL);
  csv = kip_chart_to_csv (chart);
  g_assert_cmpstr (csv, ==, "\"By \"\"kind\"\"\",\"n\"\r\n\"Wi-Fi, floor 3\",12.5\r\n\"none\",\r\n");
}

static guint
count_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (tasks != NULL && g_dir_read_name (tasks) != NULL)
    n++;
  return n;
}

/* What Pango, cairo and fontconfig keep for the life of a program is let go of, so that
 * whatever is still held is lost by us. */
static void
let_go_of_fonts (void)
{
  pango_cairo_font_map_set_default (NULL);
  /* Pango looks for fonts in a thread of its own, which ends when it has heard that nobody asks any
   * more; as long as it holds something, cairo and fontconfig cannot end. */
  for (guint i = 0; i < 1000000 && count_threads () > 1; i++)
    g_thread_yield ();
  cairo_debug_reset_static_data ();
  FcFini ();
}

/* A mark whose search is not exact says so; a forecast says what it is likely to lie between. */
static void
test_says (void)
{
  g_autoptr (KipChart) chart = kip_chart_new (KIP_CHART_COLUMNS, KIP_UNIT_COUNT, "t");
  KipChartSeries *series = kip_chart_add_series (chart, "Received", KIP_MEANING_ARRIVED, KIP_MARK_STACK);
  KipChartSeries *ahead = kip_chart_add_series (chart, "Expected", KIP_MEANING_ARRIVED, KIP_MARK_STACK);
  g_autofree char *exact = NULL;
  g_autofree char *roughly = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *csv = NULL;

  ahead->is_forecast = TRUE;
  for (guint i = 0; i < 3; i++)
    kip_chart_add_category (chart, i == 0 ? "a" : i == 1 ? "b" : "c");
  kip_chart_series_add (series, 4, 4, "q");
  kip_chart_series_add (series, 5, 5, "q");
  kip_chart_series_say_roughly (series);
  kip_chart_series_add (ahead, NAN, 0, NULL);
  kip_chart_series_add (ahead, NAN, 0, NULL);
  kip_chart_series_add_forecast (ahead, 6.4, 3, 10);
  exact = kip_chart_describe_point (chart, 0, 0);
  roughly = kip_chart_describe_point (chart, 0, 1);
  expected = kip_chart_describe_point (chart, 1, 2);
  csv = kip_chart_to_csv (chart);
  g_assert_cmpstr (exact, ==, "a · Received: 4");
  g_assert_cmpstr (roughly, ==, "b · Received: 5 · opens nearly these tickets");
  g_assert_nonnull (strstr (expected, "6 (3–10)"));
  g_assert_nonnull (strstr (csv, "\"Expected\",\"from\",\"to\""));
  g_assert_nonnull (strstr (csv, "6.4,3,10"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/scale", test_scale);
  g_test_add_func ("/chart/inside", test_inside);
  g_test_add_func ("/chart/heights", test_heights);
  g_test_add_func ("/chart/target", test_target);
  g_test_add_func ("/chart/part", test_part);
  g_test_add_func ("/chart/target-is-no-figure", test_target_is_no_figure);
  g_test_add_func ("/chart/hit-and-keys", test_hit_and_keys);
  g_test_add_func ("/chart/contrast", test_contrast);
  g_test_add_func ("/chart/files", test_files);
  g_test_add_func ("/chart/csv", test_csv);
  g_test_add_func ("/chart/says", test_says);
  status = g_test_run ();
  let_go_of_fonts ();
  return status;
}
