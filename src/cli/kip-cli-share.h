/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli.h"

G_BEGIN_DECLS

/* "kipctl office share|join|sync|…": what has to do with the shared file. */
typedef struct
{
  char *code;    /* (owned) (nullable) to join by */
  char *me;      /* (owned) (nullable) what to call whoever joins by the passphrase */
  char *machine; /* (owned) (nullable) what to call this computer */
  gboolean files; /* sync fetches every attachment, not only small new ones */
  int   passphrase_fd; /* -1: from KIP_PASSPHRASE or the terminal */
} KipCliShare;

gboolean kip_cli_is_share (const char *verb);

/* @argv: the verb and what follows it. */
int kip_cli_share (KipCli            *cli,
                   const KipCliShare *options,
                   int                argc,
                   char             **argv);

G_END_DECLS
