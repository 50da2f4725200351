/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What holds of every text that is taken for a query; aborts where it does not.
 * For the property test and the fuzzer. */
void query_laws_check (const char *text);

G_END_DECLS
