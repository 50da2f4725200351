/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-board.h"
#include "kip-cli-study.h"

#include <glib/gi18n.h>

static KipChartSheet *
make_sheet (const KipStudy *study)
{
  const KipScope *scope = &study->scope;
  KipBy by = kip_range_choose_by (&scope->range, study->zone);
  g_autoptr (GPtrArray) tiles = kip_board_tiles (study, by);
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_chart_unref);

  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    g_ptr_array_add (charts, kip_board_make (study, (KipBoardChart) i, by, TRUE));
  return kip_board_sheet (kip_office_get_name (study->office), &scope->range, study->zone, study->filter, scope->elapsed,
                          scope->now, tiles, charts);
}

static int
write_report (KipCli            *cli,
              const KipCliRange *range,
              const char        *path,
              char             **words)
{
  g_autoptr (KipStudy) study = kip_cli_study (cli, range, words);
  g_autoptr (KipChartSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;

  if (study == NULL)
    return KIP_CLI_FAILED;
  sheet = make_sheet (study);
  return kip_chart_sheet_save_pdf (sheet, path, &error) ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

int
kip_cmd_report (KipCli *cli,
                int     argc,
                char  **argv)
{
  KipCliRange range = { NULL, NULL, FALSE };
  g_autofree char *path = NULL;
  g_autofree char *month = NULL;
  int status = KIP_CLI_USAGE;
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("Write to this file"), N_("FILE") },
    { "month", 0, 0, G_OPTION_ARG_STRING, &month, N_("The days of this month: 2026-10, last-month"), N_("MONTH") },
    KIP_CLI_RANGE_ENTRIES (range),
    { NULL }
  };

  if (kip_cli_parse (cli, entries, &argc, &argv))
    {
      if (month != NULL && range.from == NULL && range.to == NULL)
        {
          range.from = g_strdup (month);
          range.to = g_strdup (month);
        }
      status = path != NULL ? write_report (cli, &range, path, argv + 1) : kip_cli_usage (cli);
    }
  kip_cli_range_clear (&range);
  return status;
}
