/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as people search for it: decomposed (NFD), marks dropped, đ and ð as d,
 * lower case, runs of white space (no-break space and control characters too)
 * as one space, none at the ends, invisible format characters dropped.
 * "Đường dây" → "duong day".  Folding twice changes nothing.  Full-width letters
 * stay what they are.  Invalid UTF-8 is made valid first; NULL gives "".
 * Never NULL.  Threads: any.  (transfer full) */
char *kip_text_fold (const char *text);

/* The same of @length bytes (-1: up to the NUL), appended to @out. */
void kip_text_fold_append (GString    *out,
                           const char *text,
                           gssize      length);

/* TRUE for what words are made of: letters, digits, and (as SQLite's unicode61
 * has it) private use characters. */
gboolean kip_text_is_word_char (gunichar c);

/* Splits a folded text into words; "an@x.vn" has three.  (transfer full) */
char **kip_text_words (const char *folded);

/* TRUE when each word of @needle starts a word of @haystack, in any order; both
 * folded.  What is no word ("*", ".") is skipped; a @needle without words matches. */
gboolean kip_text_matches (const char *haystack,
                           const char *needle);

/* TRUE when the words of @needle stand in @haystack one after the other; both
 * folded.  With @prefix the last one may be the beginning of a word. */
gboolean kip_text_matches_phrase (const char *haystack,
                                  const char *needle,
                                  gboolean    prefix);

/* A valid UTF-8 copy, cut at @max_bytes on a character's edge (0: not cut). */
char *kip_text_sanitize (const char *text,
                         gsize       max_bytes);

G_END_DECLS
