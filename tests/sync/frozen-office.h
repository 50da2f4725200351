/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* What an office says that is read from a frozen file: a line for each ticket, and who takes part. (transfer full) */
char *frozen_office_text (KipStore *store);

G_END_DECLS
