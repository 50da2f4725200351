/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is large and short-lived, as the ids of a million tickets are, is given back
 * to the system when it is freed, and threads share few heaps.  First thing in main (). */
void kip_memory_init (void);

G_END_DECLS
