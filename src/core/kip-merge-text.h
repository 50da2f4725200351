/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two people have edited one text at once: what each of them changed against the
 * text that both began with is put together, by lines and within lines by words.
 * What touches each other is not mixed but left to be chosen.
 *
 * Every machine must put the same together.  So the way it is done has a number that
 * is never changed: whoever finds a better one adds it under the next number, and
 * texts written before go on being merged by theirs.
 *
 * 1: lines by Myers' O(ND) difference (E. Myers, Algorithmica 1, 1986), changes of the two
 *    sides that overlap or touch are one; such a piece again by words, where at least two unchanged
 *    words must lie between a change of the one and of the other.  Texts that differ by more
 *    than KIP_MERGE_MAX_EDITS lines or words are not compared inside. */
#define KIP_MERGE_VERSION 1
#define KIP_MERGE_MAX_EDITS 1000

typedef enum
{
  KIP_MERGE_SAME,    /* nobody changed it, or both in the same way */
  KIP_MERGE_LEFT,    /* only the left changed it */
  KIP_MERGE_RIGHT,
  KIP_MERGE_CONFLICT /* both did, differently */
} KipMergeKind;

/* A stretch of the three texts. */
typedef struct
{
  KipMergeKind kind;
  char *base, *left, *right; /* (owned) "" for nothing */
} KipMergePiece;

/* @base: what both began with.  (transfer full) GPtrArray of KipMergePiece, in order;
 * NULL when @version is not known here. */
GPtrArray *kip_merge_text (int         version,
                           const char *base,
                           const char *left,
                           const char *right);

/* How many pieces are conflicts. */
guint kip_merge_count_conflicts (GPtrArray *pieces);

typedef enum
{
  KIP_MERGE_TAKE_LEFT,
  KIP_MERGE_TAKE_RIGHT,
  KIP_MERGE_TAKE_BOTH /* the left one, then the right one, each on lines of its own where they have lines */
} KipMergeTake;

/* The whole text; @takes has an entry for each conflict. (transfer full) */
char *kip_merge_join (GPtrArray          *pieces,
                      const KipMergeTake *takes); /* (nullable) when there is no conflict */

G_END_DECLS
