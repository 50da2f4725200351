/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The office on several computers, by one file on a share: which verb is whose. */
#include "kip-cli-share-private.h"

#include "kip-sharing.h"

#include <string.h>

static const struct
{
  const char *verb;
  int         n_min, n_max; /* words, itself counted */
  int (*run) (KipCli            *cli,
              const KipCliShare *options,
              int                argc,
              char             **argv); /* or */
  KipCliShareChange change;
} verbs[] = {
  { "share", 2, 2, kip_cli_share_begin },
  { "join", 2, 2, kip_cli_share_join },
  { "sync", 1, 1, kip_cli_share_sync },
  { "status", 1, 1, kip_cli_share_sync },
  { "members", 1, 1, kip_cli_share_members },
  { "invite", 2, 2, .change = kip_cli_share_invite },
  { "admit", 1, 3, .change = kip_cli_share_admit },
  { "remove", 2, 2, .change = kip_cli_share_remove },
  { "leave", 1, 1, kip_cli_share_leave },
  { "doctor", 2, 2, kip_cli_share_doctor },
  { "compact", 1, 1, kip_cli_share_compact },
  { "move", 2, 2, kip_cli_share_move },
  { "use", 2, 2, kip_cli_share_use },
  { "rotate", 1, 1, .change = kip_cli_share_rotate },
  { "passphrase", 1, 1, .change = kip_cli_share_passphrase },
  { "recovery", 1, 1, .change = kip_cli_share_recovery },
  { "log", 1, 1, kip_cli_share_log }
};

gboolean
kip_cli_is_share (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, verb) == 0)
      return TRUE;
  return FALSE;
}

int
kip_cli_share (KipCli            *cli,
               const KipCliShare *options,
               int                argc,
               char             **argv)
{
  kip_sharing_use_child ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (strcmp (verbs[i].verb, argv[0]) != 0 || argc < verbs[i].n_min || argc > verbs[i].n_max)
        continue;
      if (verbs[i].change != NULL)
        return kip_cli_share_change (cli, options, argc, argv, verbs[i].change);
      return verbs[i].run (cli, options, argc, argv);
    }
  return kip_cli_usage (cli);
}
