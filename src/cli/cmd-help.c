/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-query-fields.h"

#include <glib/gi18n.h>
#include <string.h>

static int
print_overview (void)
{
  kip_cli_print (_("Usage: kipctl [--data DIR] [--json] COMMAND …\n\n"));
  for (const KipCliCommand *command = kip_cli_commands (); command->name != NULL; command++)
    {
      g_autofree char *cell = kip_cli_cell (command->name, 10);

      kip_cli_print ("  %s %s\n", cell, _(command->summary));
    }
  kip_cli_print (_("\nExit status: 0 done, 1 not done and said why, 2 wrong use.\n"
                   "KIP_CLOCK=2026-11-20T16:30:00+07:00\\ x60 lets a day be tried in minutes.\n"));
  return KIP_CLI_OK;
}

static int
explain_command (KipCli              *cli,
                 const KipCliCommand *command)
{
  char *words[] = { (char *) command->name, (char *) "--help", NULL };

  return kip_cli_run (cli, command, 2, words);
}

static int
print_query_help (void)
{
  g_autofree char *reference = kip_query_reference ();

  kip_cli_print ("%s\n", reference);
  return KIP_CLI_OK;
}

static int
json_commands (KipCli *cli)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (const KipCliCommand *command = kip_cli_commands (); command->name != NULL; command++)
    {
      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "name", command->name);
      kip_cli_json_text (builder, "arguments", *command->arguments != '\0' ? _(command->arguments) : "");
      kip_cli_json_text (builder, "summary", _(command->summary));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

int
kip_cmd_help (KipCli *cli,
              int     argc,
              char  **argv)
{
  const char *topic;
  const KipCliCommand *command;

  if (!kip_cli_parse (cli, NULL, &argc, &argv))
    return KIP_CLI_USAGE;
  if (cli->json)
    return json_commands (cli);
  topic = argc > 1 ? argv[1] : NULL;
  if (topic == NULL)
    return print_overview ();
  if (strcmp (topic, "query") == 0)
    return print_query_help ();
  command = kip_cli_find_command (topic);
  if (command != NULL)
    return explain_command (cli, command);
  kip_cli_fail_text (cli, _("There is no command “%s”. “kipctl help” lists them."), topic);
  return KIP_CLI_USAGE;
}
