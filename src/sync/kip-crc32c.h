/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CRC-32C (Castagnoli): RFC 3720, section 12.1 and its examples in B.4; reflected,
 * polynomial 0x1edc6f41.  By the processor's own instruction where it has one. */
guint32 kip_crc32c (gconstpointer data,
                    gsize         length);

/* The same by tables alone, for tests to compare. */
guint32 kip_crc32c_by_tables (gconstpointer data,
                              gsize         length);

G_END_DECLS
