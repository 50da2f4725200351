/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-exporter.h"

#include <glib/gi18n.h>

int
kip_cmd_export (KipCli *cli,
                int     argc,
                char  **argv)
{
  gboolean people = FALSE;
  g_autoptr (KipQuery) query = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "for-people", 0, 0, G_OPTION_ARG_NONE, &people, N_("Names and local times for a spreadsheet, instead of keys"), NULL },
    { NULL }
  };
  int status = kip_cli_begin (cli, entries, 2, 2, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  query = kip_query_parse (argv[1]);
  if (kip_cli_say_mistakes (cli, query) != KIP_CLI_OK)
    return KIP_CLI_FAILED;
  file = g_file_new_for_commandline_arg (argv[2]);
  if (!kip_exporter_run (cli->store, query, KIP_SORT_DUE, FALSE, kip_clock_now (), file,
                         people ? KIP_EXPORT_FOR_PEOPLE | KIP_EXPORT_BOM | KIP_EXPORT_SAFE : KIP_EXPORT_SAFE,
                         NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, "file", argv[2]);
}
