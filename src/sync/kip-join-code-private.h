/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-keys.h"

G_BEGIN_DECLS

#define KIP_JOIN_CODE_LETTERS 24
#define KIP_JOIN_CODE_RANDOM 22 /* five random bits each; two more find mistakes */

/* KIP_JOIN_CODE_LETTERS numbers below 32.  FALSE: a letter is missing or wrong. */
gboolean kip_join_code_parse (const char *text,
                              guint8     *code);

G_END_DECLS
