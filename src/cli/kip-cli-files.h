/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli.h"
#include "kip-share-files.h"

G_BEGIN_DECLS

/* Attachments of a shared office: carried beside its file. */

/* Puts on the share what is missing there, and fetches what is small and new, or all that any ticket names, until nothing is
 * left to do.  FALSE: the share did not let us; what was done is done. */
gboolean kip_cli_carry_files (KipCli          *cli,
                              KipSyncEngine   *engine,
                              gboolean         all,
                              KipFilesSummary *summary, /* out */
                              GError         **error);

/* Takes off the share what no ticket names. */
gboolean kip_cli_sweep_files (KipCli        *cli,
                              KipSyncEngine *engine,
                              GError       **error);

/* Fetches one, if the office is shared and the file is not here. */
gboolean kip_cli_fetch_file (KipCli              *cli,
                             const KipAttachment *attachment,
                             GError             **error);

/* "attachments": [{"name": …, "size": …, "type": …, "hash": …, "state": "here" | "away", "shared": …}] */
void kip_cli_json_attachments (KipCli          *cli,
                               JsonBuilder     *builder,
                               const KipTicket *ticket);
/* Where one is, when it is not here: "on An’s computer"; NULL: it is. (transfer full) (nullable) */
char *kip_cli_attachment_away (KipCli              *cli,
                               const KipAttachment *attachment);

G_END_DECLS
