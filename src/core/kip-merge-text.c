/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-merge-text.h"

#include <string.h>

/* A text cut into lines or words: token i lies in [at[i], at[i + 1]). */
typedef struct
{
  const char *text;
  GArray     *at; /* (owned) of gsize; one more than there are tokens */
} Tokens;

typedef enum
{
  BY_LINE,
  BY_WORD
} Cut;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A word ends behind the spaces that follow it, so that it brings them along. */
static gsize
token_length (const char *text,
              Cut         cut)
{
  const char *end = text;

  if (cut == BY_LINE)
    {
      end = strchr (text, '\n');
      return end != NULL ? (gsize) (end + 1 - text) : strlen (text);
    }
  while (*end != '\0' && !is_space (*end))
    end++;
  while (is_space (*end))
    end++;
  return (gsize) (end - text);
}

static void
tokens_init (Tokens     *tokens,
             const char *text,
             Cut         cut)
{
  gsize at = 0;

  tokens->text = text;
  tokens->at = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_array_append_val (tokens->at, at);
  while (text[at] != '\0')
    {
      at += token_length (text + at, cut);
      g_array_append_val (tokens->at, at);
    }
}

static guint
n_tokens (const Tokens *tokens)
{
  return tokens->at->len - 1;
}

static gsize
place_of (const Tokens *tokens,
          guint         i)
{
  return g_array_index (tokens->at, gsize, i);
}

static gboolean
is_same_token (const Tokens *a,
               guint         i,
               const Tokens *b,
               guint         j)
{
  gsize length = place_of (a, i + 1) - place_of (a, i);

  return length == place_of (b, j + 1) - place_of (b, j)
         && memcmp (a->text + place_of (a, i), b->text + place_of (b, j), length) == 0;
}

static char *
dup_range (const Tokens *tokens,
           guint         from,
           guint         to)
{
  return g_strndup (tokens->text + place_of (tokens, from), place_of (tokens, to) - place_of (tokens, from));
}

/* ---- the difference of two texts ---- */

/* For each token of the first text the one of the second that it became, or NONE. */
#define NONE G_MAXUINT

typedef struct
{
  const Tokens *a, *b;
  guint  *match;   /* (owned) */
  guint   head;    /* equal at the beginning */
  gint    n, m;    /* tokens that lie between equal beginnings and ends */
} Diff;

static gboolean
is_equal_at (const Diff *diff,
             gint        x,
             gint        y)
{
  return is_same_token (diff->a, diff->head + (guint) x, diff->b, diff->head + (guint) y);
}

/* How far @d edits reach on each diagonal.  @row: of 2 * d + 3 places, the one before; TRUE: the end is reached. */
static gboolean
advance (const Diff *diff,
         const gint *before,
         gint       *row,
         gint        d)
{
  for (gint k = -d; k <= d; k += 2)
    {
      gboolean down = k == -d || (k != d && before[k - 1 + d] < before[k + 1 + d]);
      gint x = d == 0 ? 0 : down ? before[k + 1 + d] : before[k - 1 + d] + 1;
      gint y = x - k;

      while (x < diff->n && y < diff->m && y >= 0 && is_equal_at (diff, x, y))
        {
          x++;
          y++;
        }
      row[k + d + 1] = x;
      if (x >= diff->n && y >= diff->m)
        return TRUE;
    }
  return FALSE;
}

/* Back from the end over @rows, noting what is equal. */
static void
walk_back (Diff      *diff,
           GPtrArray *rows)
{
  gint x = diff->n, y = diff->m;

  for (gint d = (gint) rows->len - 1; d >= 0; d--)
    {
      const gint *before = d > 0 ? g_ptr_array_index (rows, d - 1) : NULL;
      gint k = x - y;
      gboolean down = d > 0 && (k == -d || (k != d && before[k - 1 + d] < before[k + 1 + d]));
      gint from = d == 0 ? 0 : down ? before[k + 1 + d] : before[k - 1 + d] + 1;

      while (x > from)
        {
          x--;
          y--;
          diff->match[diff->head + (guint) x] = diff->head + (guint) y;
        }
      if (d > 0 && down)
        y--;
      else if (d > 0)
        x--;
    }
}

/* FALSE: they differ too much to be worth it; then nothing between the ends is taken as equal. */
static void
compare (Diff *diff)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gboolean done = FALSE;

  for (gint d = 0; !done && d <= MIN (diff->n + diff->m, KIP_MERGE_MAX_EDITS); d++)
    {
      const gint *before = d > 0 ? g_ptr_array_index (rows, d - 1) : NULL;
      gint *row = g_new0 (gint, 2 * (gsize) d + 3);

      done = advance (diff, before, row, d);
      g_ptr_array_add (rows, row);
    }
  if (done)
    walk_back (diff, rows);
}

static guint *
match_tokens (const Tokens *a,
              const Tokens *b)
{
  guint n = n_tokens (a), m = n_tokens (b), tail = 0;
  Diff diff = { a, b, g_new (guint, n + 1), 0, 0, 0 };

  while (diff.head < MIN (n, m) && is_same_token (a, diff.head, b, diff.head))
    diff.head++;
  while (tail < MIN (n, m) - diff.head && is_same_token (a, n - 1 - tail, b, m - 1 - tail))
    tail++;
  diff.n = (gint) (n - diff.head - tail);
  diff.m = (gint) (m - diff.head - tail);
  for (guint i = 0; i < n; i++)
    diff.match[i] = i < diff.head ? i : i >= n - tail ? i + m - n : NONE;
  if (diff.n > 0 && diff.m > 0)
    compare (&diff);
  return diff.match;
}

/* ---- the pieces ---- */

static void
piece_free (gpointer data)
{
  KipMergePiece *piece = data;

  g_free (piece->base);
  g_free (piece->left);
  g_free (piece->right);
  g_free (piece);
}

static KipMergeKind
kind_of (const char *base,
         const char *left,
         const char *right)
{
  if (strcmp (left, right) == 0)
    return KIP_MERGE_SAME;
  if (strcmp (base, left) == 0)
    return KIP_MERGE_RIGHT;
  return strcmp (base, right) == 0 ? KIP_MERGE_LEFT : KIP_MERGE_CONFLICT;
}

static void
add_piece (GPtrArray *pieces,
           char      *base,
           char      *left,
           char      *right)
{
  KipMergePiece *piece;

  if (*base == '\0' && *left == '\0' && *right == '\0')
    {
      g_free (base);
      g_free (left);
      g_free (right);
      return;
    }
  piece = g_new0 (KipMergePiece, 1);
  piece->base = base;
  piece->left = left;
  piece->right = right;
  piece->kind = kind_of (base, left, right);
  g_ptr_array_add (pieces, piece);
}

/* A place up to which all three texts have been told. */
typedef struct
{
  guint base, left, right;
} Place;

typedef struct
{
  Tokens base, left, right;
  guint *to_left, *to_right; /* (owned) */
  Cut    cut;
  guint  between; /* so many tokens unchanged on both sides end a piece */
} Merge;

static void
merge_init (Merge      *merge,
            const char *base,
            const char *left,
            const char *right,
            Cut         cut)
{
  tokens_init (&merge->base, base, cut);
  tokens_init (&merge->left, left, cut);
  tokens_init (&merge->right, right, cut);
  merge->to_left = match_tokens (&merge->base, &merge->left);
  merge->to_right = match_tokens (&merge->base, &merge->right);
  merge->cut = cut;
  merge->between = cut == BY_WORD ? 2 : 1;
}

static void
merge_clear (Merge *merge)
{
  g_array_unref (merge->base.at);
  g_array_unref (merge->left.at);
  g_array_unref (merge->right.at);
  g_free (merge->to_left);
  g_free (merge->to_right);
}

/* Token @i of the base stands on both sides, right behind what stands there before it. */
static gboolean
goes_on (const Merge *merge,
         guint        i,
         const Place *before)
{
  return i < n_tokens (&merge->base) && merge->to_left[i] == before->left && merge->to_right[i] == before->right;
}

/* How many tokens from @at on are unchanged on both sides. */
static guint
count_unchanged (const Merge *merge,
                 const Place *at)
{
  guint n = 0;
  Place place = *at;

  while (goes_on (merge, place.base, &place))
    {
      place.base++;
      place.left++;
      place.right++;
      n++;
    }
  return n;
}

/* The next place from which on all three agree for long enough, or to their end. */
static Place
find_meeting (const Merge *merge,
              const Place *from)
{
  Place end = { n_tokens (&merge->base), n_tokens (&merge->left), n_tokens (&merge->right) };

  for (guint i = from->base; i < end.base; i++)
    {
      Place place = { i, merge->to_left[i], merge->to_right[i] };
      guint n;

      if (place.left == NONE || place.right == NONE || place.left < from->left || place.right < from->right)
        continue;
      n = count_unchanged (merge, &place);
      if (n >= merge->between || (n > 0 && place.base + n == end.base && place.left + n == end.left && place.right + n == end.right))
        return place;
    }
  return end;
}

static void merge_pieces (GPtrArray  *pieces,
                          const char *base,
                          const char *left,
                          const char *right,
                          Cut         cut);

/* What lies between two places at which the texts meet.  Lines that both changed are looked at by words. */
static void
add_stretch (const Merge *merge,
             GPtrArray   *pieces,
             const Place *from,
             const Place *to)
{
  g_autofree char *base = dup_range (&merge->base, from->base, to->base);
  g_autofree char *left = dup_range (&merge->left, from->left, to->left);
  g_autofree char *right = dup_range (&merge->right, from->right, to->right);

  if (merge->cut == BY_LINE && kind_of (base, left, right) == KIP_MERGE_CONFLICT)
    merge_pieces (pieces, base, left, right, BY_WORD);
  else
    add_piece (pieces, g_steal_pointer (&base), g_steal_pointer (&left), g_steal_pointer (&right));
}

static void
merge_pieces (GPtrArray  *pieces,
              const char *base,
              const char *left,
              const char *right,
              Cut         cut)
{
  Merge merge;
  Place at = { 0, 0, 0 };

  merge_init (&merge, base, left, right, cut);
  while (at.base < n_tokens (&merge.base) || at.left < n_tokens (&merge.left) || at.right < n_tokens (&merge.right))
    {
      guint n = count_unchanged (&merge, &at);
      Place next = { at.base + n, at.left + n, at.right + n };

      if (n == 0)
        next = find_meeting (&merge, &at);
      add_stretch (&merge, pieces, &at, &next);
      at = next;
    }
  merge_clear (&merge);
}

/* A change of the one side right beside a change of the other is one conflict: nothing lies between. */
static gboolean
touches (const KipMergePiece *a,
         const KipMergePiece *b)
{
  return a->kind != KIP_MERGE_SAME && b->kind != KIP_MERGE_SAME;
}

static char *
join2 (char       *a,
       const char *b)
{
  char *joined = g_strconcat (a, b, NULL);

  g_free (a);
  return joined;
}

static GPtrArray *
join_neighbours (GPtrArray *pieces)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func (piece_free);

  for (guint i = 0; i < pieces->len; i++)
    {
      KipMergePiece *piece = g_ptr_array_index (pieces, i);
      KipMergePiece *last = joined->len > 0 ? g_ptr_array_index (joined, joined->len - 1) : NULL;

      if (last == NULL || (!touches (last, piece) && last->kind != piece->kind))
        {
          add_piece (joined, g_strdup (piece->base), g_strdup (piece->left), g_strdup (piece->right));
          continue;
        }
      last->base = join2 (last->base, piece->base);
      last->left = join2 (last->left, piece->left);
      last->right = join2 (last->right, piece->right);
      last->kind = kind_of (last->base, last->left, last->right);
    }
  return joined;
}

/* ---- public ---- */

GPtrArray *
kip_merge_text (int         version,
                const char *base,
                const char *left,
                const char *right)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (piece_free);

  if (version != KIP_MERGE_VERSION)
    return NULL;
  merge_pieces (pieces, base, left, right, BY_LINE);
  return join_neighbours (pieces);
}

guint
kip_merge_count_conflicts (GPtrArray *pieces)
{
  guint n = 0;

  for (guint i = 0; i < pieces->len; i++)
    n += ((KipMergePiece *) g_ptr_array_index (pieces, i))->kind == KIP_MERGE_CONFLICT;
  return n;
}

/* Two texts of which each has lines of its own stay on lines of their own. */
static void
append_both (GString             *text,
             const KipMergePiece *piece)
{
  gsize length = strlen (piece->left);
  gboolean lines = strchr (piece->left, '\n') != NULL || strchr (piece->right, '\n') != NULL;

  g_string_append (text, piece->left);
  if (length > 0 && *piece->right != '\0' && !is_space (piece->left[length - 1]) && !is_space (*piece->right))
    g_string_append_c (text, lines ? '\n' : ' ');
  g_string_append (text, piece->right);
}

static void
append_choice (GString             *text,
               const KipMergePiece *piece,
               KipMergeTake         take)
{
  if (take == KIP_MERGE_TAKE_BOTH)
    append_both (text, piece);
  else
    g_string_append (text, take == KIP_MERGE_TAKE_LEFT ? piece->left : piece->right);
}

char *
kip_merge_join (GPtrArray          *pieces,
                const KipMergeTake *takes)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const KipMergePiece *piece = g_ptr_array_index (pieces, i);

      if (piece->kind == KIP_MERGE_CONFLICT)
        append_choice (text, piece, takes != NULL ? takes[n++] : KIP_MERGE_TAKE_LEFT);
      else
        g_string_append (text, piece->kind == KIP_MERGE_LEFT ? piece->left : piece->right);
    }
  return g_string_free (text, FALSE);
}
