/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office rotate|passphrase|recovery": what opens the shared file. */
#include "kip-cli-share-private.h"

#include "kip-sharing.h"

gboolean
kip_cli_share_rotate (const KipCliShareStep *step,
                      char                 **code,
                      GError               **error)
{
  return kip_sharing_change_key (step->cli->store, step->engine, error);
}

gboolean
kip_cli_share_passphrase (const KipCliShareStep *step,
                          char                 **code,
                          GError               **error)
{
  g_autofree char *passphrase = kip_cli_share_get_passphrase (step->options);

  return kip_sharing_set_passphrase (step->cli->store, step->engine, passphrase, error);
}

gboolean
kip_cli_share_recovery (const KipCliShareStep *step,
                        char                 **code,
                        GError               **error)
{
  *code = kip_sharing_make_recovery (step->cli->store, error);
  return *code != NULL;
}
