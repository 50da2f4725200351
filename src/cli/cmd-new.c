/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* requester=NAME makes a person of a name that the office does not know. */
static const char *
take_requester (int    argc,
                char **argv)
{
  const char *name = NULL;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "requester="))
      name = argv[i] + strlen ("requester=");
  return name;
}

static gboolean
set_fields (KipCli    *cli,
            KipChange *change,
            KipId      ticket,
            int        argc,
            char     **argv,
            GError   **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (int i = 1; i < argc; i++)
    if (!g_str_has_prefix (argv[i], "requester="))
      g_ptr_array_add (others, argv[i]);
  return kip_cli_set_fields (cli, change, KIP_KIND_TICKET, ticket, (int) others->len, (char **) others->pdata, error);
}

static KipChannel
channel_of (int    argc,
            char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "channel="))
      {
        const KipChoice *choice = kip_choice_find_key (kip_schema_channels (), argv[i] + strlen ("channel="));

        return choice != NULL ? (KipChannel) choice->number : 0;
      }
  return 0;
}

static gboolean
has_received (int    argc,
              char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "received="))
      return TRUE;
  return FALSE;
}

int
kip_cmd_new (KipCli *cli,
             int     argc,
             char  **argv)
{
  g_autofree char *subject = NULL;
  g_autofree char *description = NULL;
  g_autoptr (KipChange) change = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "subject", 's', 0, G_OPTION_ARG_STRING, &subject, N_("What it is about"), N_("TEXT") },
    { "description", 0, 0, G_OPTION_ARG_STRING, &description, N_("More about it"), N_("TEXT") },
    { NULL }
  };
  KipNewTicket ticket = { .received = KIP_INSTANT_NONE };
  KipId id;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (subject == NULL || kip_cli_is_blank (subject))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  ticket.subject = subject;
  ticket.description = description;
  ticket.channel = channel_of (argc, argv);
  ticket.not_on_line = has_received (argc, argv);
  ticket.requester_name = take_requester (argc, argv);
  if (ticket.requester_name != NULL)
    ticket.requester = kip_cli_find (cli, KIP_KIND_PERSON, ticket.requester_name, NULL);
  change = kip_command_new_ticket (cli->store, &ticket, &id);
  if (!set_fields (cli, change, id, argc, argv, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_do (cli, g_steal_pointer (&change));
}
