/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/* A stream for tests: hands out @bytes at most @step at a time, and once @fail_at
 * bytes were given (G_MAXSIZE: never) fails as a dying disk does. */
#define KIP_TYPE_TRICKLE (kip_trickle_get_type ())
G_DECLARE_FINAL_TYPE (KipTrickle, kip_trickle, KIP, TRICKLE, GInputStream)

GInputStream *kip_trickle_new (GBytes *bytes,
                               gsize   step,
                               gsize   fail_at);

/* @bytes as gzip writes them.  (transfer full) */
GBytes *kip_test_gzip (GBytes *bytes);

/* @text in another encoding.  (transfer full) */
GBytes *kip_test_encode (const char *text,
                         const char *encoding);

/* The folder with the real incident log, from KIP_SHARED or beside the source;
 * NULL where there is none.  Says on the test's output which it is. (transfer full) */
char *kip_test_shared (const char *file);
