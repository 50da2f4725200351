/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of comma, semicolon, tab and pipe parts the cells of @text, the start of
 * a file: the one by which most of the first records have as many cells as the
 * first has.  Comma when there is nothing to tell by. */
char kip_csv_sniff_delimiter (const char *text,
                              gsize       length);

/* '\n', or '\r' for files whose lines end in nothing else. */
char kip_csv_sniff_line_end (const char *text,
                             gsize       length);

/* "comma", "semicolon", "tab", "pipe" or a single ASCII character → the
 * character; 0 for "auto", NULL and "".  FALSE when it is none of these. */
gboolean kip_csv_delimiter_from_name (const char *name,
                                      char       *delimiter);

/* The opposite; (transfer full). */
char *kip_csv_delimiter_to_name (char delimiter);

G_END_DECLS
