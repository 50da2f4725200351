/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office move|use FILE": where the shared file lies. */
#include "kip-cli-share-private.h"

#include "kip-sharing-move.h"

#include <glib/gi18n.h>

/* With everything in it that is new here. */
int
kip_cli_share_move (KipCli            *cli,
                    const KipCliShare *options,
                    int                argc,
                    char             **argv)
{
  g_autofree char *path = g_canonicalize_filename (argv[1], NULL);
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!kip_sharing_move (cli->store, engine, path, kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  if (!kip_cli_share_settle (cli, engine, NULL))
    return KIP_CLI_FAILED;
  if (!cli->json)
    kip_cli_print (_("The shared file lies there now. Leave the old one where it is until all computers have come over: “kipctl office members” lists when each was last heard of.\n"));
  return kip_cli_done (cli, "file", path);
}

int
kip_cli_share_use (KipCli            *cli,
                   const KipCliShare *options,
                   int                argc,
                   char             **argv)
{
  g_autofree char *path = g_canonicalize_filename (argv[1], NULL);
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open_unread (cli);
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!kip_sharing_use (cli->store, engine, path, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_share_settle (cli, engine, NULL) ? kip_cli_done (cli, "file", path) : KIP_CLI_FAILED;
}
