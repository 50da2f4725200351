/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* What durability costs on the disk where @dir lies: SQLite commits of one row each, with a
 * write-ahead log and synchronous=FULL, as many as @times has room for, in ms each. */
void bare_commits_time (const char *dir,
                        double     *times,
                        guint       n);

/* The value that so many of 100 of @times do not exceed; sorts them. */
double bare_commits_share (double *times,
                           guint   n,
                           guint   percent);

/* Prints the commits and, beside them, edits that took @edits ms each, in the middle and
 * for 99 of 100: an edit may take half as long again as a commit, and 10 ms. */
void bare_commits_compare (const char *what,
                           double     *edits,
                           double     *bare,
                           guint       n);
