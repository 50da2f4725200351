/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli-share.h"
#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* What the verbs of the shared file have in common. */

/* From the descriptor that was named, KIP_PASSPHRASE or the terminal.  (transfer full) */
char *kip_cli_share_get_passphrase (const KipCliShare *options);

/* The office's file after one round, so that what follows knows what others did.  NULL: said why not. */
KipSyncEngine *kip_cli_share_open (KipCli *cli);
/* The same without having looked at the share. */
KipSyncEngine *kip_cli_share_open_unread (KipCli *cli);

/* Rounds until everything is shared.  @round: (out) (nullable).  FALSE: said why not. */
gboolean kip_cli_share_settle (KipCli        *cli,
                               KipSyncEngine *engine,
                               KipSyncRound  *round);

/* The same for one who says itself what is the matter, in @problem; where the file was moved, it is gone after. */
gboolean kip_cli_share_settle_there (KipCli        *cli,
                                     KipSyncEngine *engine,
                                     KipSyncRound  *round,
                                     GError       **problem,
                                     GError       **error);

/* Ends a verb: settles, and tells @code (nullable), which is worth something once it is shared. */
int kip_cli_share_end (KipCli        *cli,
                       KipSyncEngine *engine,
                       const char    *code);

/* The verbs; each is called with as many words as it takes, its own counted. */
int kip_cli_share_members (KipCli            *cli,
                           const KipCliShare *options,
                           int                argc,
                           char             **argv);
int kip_cli_share_invite (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv);
int kip_cli_share_admit (KipCli            *cli,
                         const KipCliShare *options,
                         int                argc,
                         char             **argv);
int kip_cli_share_remove (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv);
int kip_cli_share_rotate (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv);
int kip_cli_share_passphrase (KipCli            *cli,
                              const KipCliShare *options,
                              int                argc,
                              char             **argv);
int kip_cli_share_recovery (KipCli            *cli,
                            const KipCliShare *options,
                            int                argc,
                            char             **argv);
int kip_cli_share_doctor (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv);
int kip_cli_share_move (KipCli            *cli,
                        const KipCliShare *options,
                        int                argc,
                        char             **argv);
int kip_cli_share_use (KipCli            *cli,
                       const KipCliShare *options,
                       int                argc,
                       char             **argv);
int kip_cli_share_log (KipCli            *cli,
                       const KipCliShare *options,
                       int                argc,
                       char             **argv);

G_END_DECLS
