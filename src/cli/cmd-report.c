/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-study.h"
#include "kip-report.h"

#include <glib/gi18n.h>

static int
write_report (KipCli            *cli,
              const KipCliRange *range,
              const char        *path,
              char             **words)
{
  g_autoptr (KipStudy) study = kip_cli_study (cli, range, words);
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GError) error = NULL;

  if (study == NULL)
    return KIP_CLI_FAILED;
  sheets = kip_report_new (study, cli->store, NULL, &error);
  if (sheets == NULL || !kip_chart_sheets_save_pdf (sheets, path, &error))
    return kip_cli_fail (cli, error);
  return KIP_CLI_OK;
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
