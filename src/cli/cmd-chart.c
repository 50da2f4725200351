/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-board.h"
#include "kip-chart-file.h"
#include "kip-cli-study.h"

#include <glib/gi18n.h>

typedef struct
{
  KipCliRange range;
  char    *out, *by; /* (owned) (nullable) */
  gboolean dark, compare;
  int      width, height;
} Options;

static void
options_clear (Options *options)
{
  kip_cli_range_clear (&options->range);
  g_free (options->out);
  g_free (options->by);
}

static int
list_charts (KipCli *cli)
{
  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    {
      g_autofree char *key = kip_cli_cell (kip_board_chart_key ((KipBoardChart) i), 16);

      kip_cli_print ("%s %s\n", key, kip_board_chart_title ((KipBoardChart) i));
    }
  return KIP_CLI_OK;
}

static int
draw (KipCli        *cli,
      const Options *options,
      KipBoardChart  which,
      KipChartFormat format,
      char         **words)
{
  g_autoptr (KipStudy) study = kip_cli_study (cli, &options->range, words);
  g_autoptr (KipChart) chart = NULL;
  g_autoptr (GError) error = NULL;
  KipChartTheme theme;
  KipBy by;

  if (study == NULL)
    return KIP_CLI_FAILED;
  if (options->by == NULL || !kip_by_parse (options->by, &by) || !kip_by_is_time (by))
    by = kip_range_choose_by (&study->scope.range, study->zone);
  chart = kip_board_make (study, which, by, options->compare);
  kip_chart_theme_init (&theme, options->dark, FALSE, 1.0);
  if (!kip_chart_save (chart, &theme, options->width, options->height, format, options->out, &error))
    return kip_cli_fail (cli, error);
  return KIP_CLI_OK;
}

static int
run (KipCli        *cli,
     const Options *options,
     char         **words)
{
  KipBoardChart which;
  KipChartFormat format;

  if (*words == NULL)
    return list_charts (cli);
  if (!kip_board_find (*words, &which))
    return kip_cli_fail_text (cli, _("There is no chart “%s”. “kipctl chart” lists them."), *words);
  if (options->out == NULL || options->width < 120 || options->height < 80 || options->width > 20000 || options->height > 20000)
    return kip_cli_usage (cli);
  if (!kip_chart_format_from_path (options->out, &format))
    return kip_cli_fail_text (cli, _("A chart can be written as .png, .svg, .pdf or .csv."));
  return draw (cli, options, which, format, words + 1);
}

int
kip_cmd_chart (KipCli *cli,
               int     argc,
               char  **argv)
{
  Options options = { .width = 960, .height = 420 };
  int status;
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_("Write to this file: .png, .svg, .pdf or .csv"), N_("FILE") },
    KIP_CLI_RANGE_ENTRIES (options.range),
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, N_("day, week or month, for charts over time"), N_("GROUP") },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &options.compare, N_("With the period before"), NULL },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, N_("Light on dark"), NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &options.width, N_("In pixels (960)"), N_("N") },
    { "height", 0, 0, G_OPTION_ARG_INT, &options.height, N_("In pixels (420)"), N_("N") },
    { NULL }
  };

  status = kip_cli_parse (cli, entries, &argc, &argv) ? run (cli, &options, argv + 1) : KIP_CLI_USAGE;
  options_clear (&options);
  return status;
}
