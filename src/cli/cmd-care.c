/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Backup, restore, rebuild and check. */
#include "kip-cli.h"

#include <glib/gi18n.h>

int
kip_cmd_backup (KipCli *cli,
                int     argc,
                char  **argv)
{
  g_autoptr (GError) error = NULL;
  int status = kip_cli_begin (cli, NULL, 1, 1, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  if (!kip_store_backup (cli->store, argv[1], kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, "file", argv[1]);
}

int
kip_cmd_restore (KipCli *cli,
                 int     argc,
                 char  **argv)
{
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_parse (cli, NULL, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc != 2)
    return kip_cli_usage (cli);
  if (!kip_store_restore (argv[1], cli->data_dir, &aside, &error))
    return kip_cli_fail (cli, error);
  if (aside != NULL && !cli->json)
    kip_cli_print (_("What was there is kept in %s\n"), aside);
  return kip_cli_done (cli, "set_aside", aside);
}

int
kip_cmd_rebuild (KipCli *cli,
                 int     argc,
                 char  **argv)
{
  g_autoptr (GError) error = NULL;
  int status = kip_cli_begin (cli, NULL, 0, 0, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  if (!kip_store_rebuild (cli->store, kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  if (!cli->json)
    kip_cli_print (_("Folded again: every byte the same.\n"));
  return kip_cli_done (cli, NULL, NULL);
}

static void
print_report (KipCli    *cli,
              GPtrArray *report,
              gboolean   sound)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kip_cli_json_flag (builder, "sound", sound);
  json_builder_set_member_name (builder, "report");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->len; i++)
    {
      json_builder_add_string_value (builder, g_ptr_array_index (report, i));
      if (!cli->json)
        kip_cli_print ("%s\n", (const char *) g_ptr_array_index (report, i));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    kip_cli_print_json (builder);
}

int
kip_cmd_check (KipCli *cli,
               int     argc,
               char  **argv)
{
  g_autoptr (GPtrArray) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean sound;
  int status = kip_cli_begin (cli, NULL, 0, 0, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  sound = kip_store_check (cli->store, &report, kip_cli_progress, NULL, NULL, &error);
  if (report != NULL)
    print_report (cli, report, sound);
  return sound ? KIP_CLI_OK : kip_cli_fail (cli, error);
}
