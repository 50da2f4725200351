/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Folds all of @store again and prints how many events a second that were; @what: of what. */
void fold_rate_print (KipStore   *store,
                      const char *what);

G_END_DECLS
