/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office rotate|passphrase|recovery": what opens the shared file. */
#include "kip-cli-share-private.h"

#include "kip-sharing.h"

int
kip_cli_share_rotate (KipCli            *cli,
                      const KipCliShare *options,
                      int                argc,
                      char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!kip_sharing_change_key (cli->store, engine, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_share_end (cli, engine, NULL);
}

int
kip_cli_share_passphrase (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  passphrase = kip_cli_share_get_passphrase (options);
  if (!kip_sharing_set_passphrase (cli->store, engine, passphrase, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_share_end (cli, engine, NULL);
}

int
kip_cli_share_recovery (KipCli            *cli,
                        const KipCliShare *options,
                        int                argc,
                        char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  code = kip_sharing_make_recovery (cli->store, &error);
  if (code == NULL)
    return kip_cli_fail (cli, error);
  return kip_cli_share_end (cli, engine, code);
}
