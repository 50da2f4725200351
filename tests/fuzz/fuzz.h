/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one function of a fuzz target.  libFuzzer calls it with bytes of its own
 * making; the ordinary test suite with tests/fuzz/corpus/NAME and small changes
 * to that (fuzz-main.c).  It must take anything, keep nothing, and abort when a
 * law is broken.  Returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

G_END_DECLS
