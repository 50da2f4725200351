/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli-share.h"
#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* ---- kip-cli-share.c: what the verbs of the shared file have in common ---- */

extern const KipSyncOptions kip_cli_sync_options;

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

/* A change of who takes part or of what opens the file. */
typedef struct
{
  KipCli            *cli;
  const KipCliShare *options;
  KipSyncEngine     *engine; /* after one round */
  int                argc;   /* the verb counted */
  char             **argv;
} KipCliShareStep;

/* @code: (out) (nullable) (transfer full) what is to be told once it is shared, and is worth something only then */
typedef gboolean (*KipCliShareChange) (const KipCliShareStep *step,
                                       char                 **code,
                                       GError               **error);

/* A round, @change, and rounds until it is shared. */
int kip_cli_share_change (KipCli            *cli,
                          const KipCliShare *options,
                          int                argc,
                          char             **argv,
                          KipCliShareChange  change);

/* Says so of a computer whose clock was wrong when it last told of itself; TRUE then. */
gboolean kip_cli_print_clock (guint32 device,
                              gint64  offset); /* ms */
void     kip_cli_print_clock_advice (void);
/* Of all in @haves, of KipHave, and what to do. */
void     kip_cli_print_clocks (GPtrArray *haves);

/* ---- the verbs; each is called with as many words as it takes, its own counted ---- */

int kip_cli_share_begin (KipCli            *cli,
                         const KipCliShare *options,
                         int                argc,
                         char             **argv);
int kip_cli_share_join (KipCli            *cli,
                        const KipCliShare *options,
                        int                argc,
                        char             **argv);
int kip_cli_share_leave (KipCli            *cli,
                         const KipCliShare *options,
                         int                argc,
                         char             **argv);
int kip_cli_share_sync (KipCli            *cli,
                        const KipCliShare *options,
                        int                argc,
                        char             **argv);
int kip_cli_share_compact (KipCli            *cli,
                           const KipCliShare *options,
                           int                argc,
                           char             **argv);
int kip_cli_share_members (KipCli            *cli,
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

/* ---- the changes ---- */

gboolean kip_cli_share_invite (const KipCliShareStep *step,
                               char                 **code,
                               GError               **error);
gboolean kip_cli_share_admit (const KipCliShareStep *step,
                              char                 **code,
                              GError               **error);
gboolean kip_cli_share_remove (const KipCliShareStep *step,
                               char                 **code,
                               GError               **error);
gboolean kip_cli_share_rotate (const KipCliShareStep *step,
                               char                 **code,
                               GError               **error);
gboolean kip_cli_share_passphrase (const KipCliShareStep *step,
                                   char                 **code,
                                   GError               **error);
gboolean kip_cli_share_recovery (const KipCliShareStep *step,
                                 char                 **code,
                                 GError               **error);

G_END_DECLS
