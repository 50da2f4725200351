/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Forgetting a person for good. */
#include "kip-cli.h"

#include "kip-store-purge.h"

#include <glib/gi18n.h>

/* By name, or by the number that “office list person --json” shows. */
static KipId
find_person (KipCli     *cli,
             const char *text,
             GError    **error)
{
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  return *text != '\0' && *end == '\0' ? (KipId) number : kip_cli_find (cli, KIP_KIND_PERSON, text, error);
}

static void
print_count (KipCli              *cli,
             const KipPurgeCount *count)
{
  g_autoptr (JsonBuilder) builder = NULL;
  const struct
  {
    const char *key;
    guint       n;
  } numbers[] = {
    { "tickets", count->n_tickets }, { "open", count->n_open }, { "messages", count->n_messages },
    { "attachments", count->n_attachments }, { "backups", count->n_backups }
  };

  if (!cli->json)
    {
      kip_cli_print (_("%u tickets (%u of them open), %u messages, %u attachments; %u automatic copies on this computer\n"),
                     count->n_tickets, count->n_open, count->n_messages, count->n_attachments, count->n_backups);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      kip_cli_json_int (builder, numbers[i].key, numbers[i].n);
    }
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

int
kip_cmd_purge (KipCli *cli,
               int     argc,
               char  **argv)
{
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Do it: there is no way back"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL }
  };
  g_autoptr (GError) error = NULL;
  KipPurgeCount count;
  KipId person;
  int status = kip_cli_begin (cli, entries, 1, 1, &argc, &argv);

  if (status != KIP_CLI_OK)
    return status;
  person = find_person (cli, argv[1], &error);
  if (person == KIP_ID_NONE || !kip_store_count_purge (cli->store, person, &count, &error))
    return kip_cli_fail (cli, error);
  print_count (cli, &count);
  if (!yes)
    return kip_cli_fail_text (cli, _("Nothing was removed: say --yes to remove every text of these, and the copies, for good. Their numbers and times stay, for the figures."));
  if (!kip_store_purge (cli->store, person, &error))
    return kip_cli_fail (cli, error);
  return KIP_CLI_OK;
}
