/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office move|use FILE": where the shared file lies. */
#include "kip-cli-share-private.h"

#include "kip-error.h"
#include "kip-sharing-move.h"

#include <glib/gi18n.h>

static void
explain_removal (KipCli  *cli,
                 GError **problem)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *sentence = kip_sharing_removed_sentence (cli->store, zone);

  if (sentence == NULL)
    return;
  g_clear_error (problem);
  *problem = g_error_new_literal (KIP_ERROR, KIP_ERROR_REMOVED, sentence);
}

gboolean
kip_cli_share_settle_there (KipCli        *cli,
                            KipSyncEngine *engine,
                            KipSyncRound  *round,
                            GError       **problem,
                            GError       **error)
{
  g_autofree char *sentence = NULL;

  if (!kip_sync_engine_settle (engine, round, NULL, NULL, problem, NULL, error))
    return FALSE;
  if (round->state == KIP_SYNC_REMOVED)
    explain_removal (cli, problem);
  if (round->state != KIP_SYNC_MOVED)
    return TRUE;
  if (kip_sharing_follow (cli->store, engine, NULL))
    return kip_sync_engine_settle (engine, round, NULL, NULL, problem, NULL, error);
  sentence = kip_sharing_moved_sentence (cli->store, kip_sync_engine_get_moved (engine));
  g_clear_error (problem);
  g_set_error (problem, KIP_ERROR, KIP_ERROR_MOVED, _("%s “kipctl office use FILE” says where."), sentence);
  return TRUE;
}

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
