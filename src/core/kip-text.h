/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as people search for it: decomposed (NFD), marks dropped, đ and ð as d,
 * lower case, runs of white space (no-break space too) as one space.  "Đường dây" → "duong day".
 * Invalid UTF-8 is made valid first.  Never NULL.  (transfer full) */
char *kip_text_fold (const char *text);

/* Splits a folded text into words of letters and digits.  (transfer full) */
char **kip_text_words (const char *folded);

/* TRUE when each word of @needle starts a word of @haystack; both folded. */
gboolean kip_text_matches (const char *haystack,
                           const char *needle);

/* A valid UTF-8 copy, cut at @max_bytes on a character's edge (0: not cut). */
char *kip_text_sanitize (const char *text,
                         gsize       max_bytes);

G_END_DECLS
