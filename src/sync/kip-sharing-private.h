/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sharing.h"

G_BEGIN_DECLS

/* Under this it is kept that the machine signs with a key that came with a code. */
#define KIP_SHARING_GIVEN_KEY "given-key"

struct _KipSharing
{
  char         *path; /* (owned) of the shared file */
  KipShareKeys *keys; /* (owned) */
};

gboolean    kip_sharing_save (const char         *dir,
                              const char         *path,
                              const KipShareKeys *keys,
                              GError            **error);
KipCarrier *kip_sharing_new_carrier (const char *path);

G_END_DECLS
