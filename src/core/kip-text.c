/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-text.h"

#include <string.h>

/* What a character below TABLE_SIZE (Latin with all Vietnamese letters, Greek,
 * Cyrillic …) folds to: computed once, so that a Vietnamese text costs one
 * look-up a character. */
#define TABLE_SIZE 0x2000
#define FOLDS_TO_NOTHING 0
#define FOLDS_TO_SPACE ' '
#define FOLDS_TO_MANY 0xFFFF

/* The longest canonical decomposition of one character that Unicode has is four. */
#define MAX_DECOMPOSITION 18

static guint16 fold_table[TABLE_SIZE];
static gsize fold_table_ready = 0;

/* One character that is decomposed already; 0: dropped. */
static gunichar
fold_part (gunichar c)
{
  switch (c)
    {
    case 0x0110: /* Đ */
    case 0x0111: /* đ */
    case 0x00D0: /* Ð */
    case 0x00F0: /* ð */
      return 'd';
    default:
      break;
    }
  if (g_unichar_ismark (c))
    return FOLDS_TO_NOTHING;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_FORMAT:
      return FOLDS_TO_NOTHING;
    case G_UNICODE_CONTROL:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FOLDS_TO_SPACE;
    default:
      return g_unichar_tolower (c);
    }
}

/* Marks are dropped, so the order that normalization would give them is of no
 * account, and each character can be decomposed by itself. */
static gsize
fold_char (gunichar  c,
           gunichar *parts)
{
  gunichar whole[MAX_DECOMPOSITION];
  gsize n = g_unichar_fully_decompose (c, FALSE, whole, MAX_DECOMPOSITION);
  gsize kept = 0;

  n = MIN (n, MAX_DECOMPOSITION);
  for (gsize i = 0; i < n; i++)
    {
      gunichar part = fold_part (whole[i]);

      if (part != FOLDS_TO_NOTHING)
        parts[kept++] = part;
    }
  return kept;
}

static void
ensure_table (void)
{
  if (!g_once_init_enter (&fold_table_ready))
    return;
  for (gunichar c = 0; c < TABLE_SIZE; c++)
    {
      gunichar parts[MAX_DECOMPOSITION];
      gsize n = fold_char (c, parts);

      if (n == 0)
        fold_table[c] = FOLDS_TO_NOTHING;
      else if (n == 1 && parts[0] < FOLDS_TO_MANY)
        fold_table[c] = (guint16) parts[0];
      else
        fold_table[c] = FOLDS_TO_MANY;
    }
  g_once_init_leave (&fold_table_ready, 1);
}

/* @start: where this text began in @out, since only there no space may stand first. */
static inline void
append_folded (GString *out,
               gsize    start,
               gunichar c)
{
  if (c == FOLDS_TO_SPACE)
    {
      if (out->len > start && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  else if (c < 0x80)
    g_string_append_c (out, (char) c);
  else
    g_string_append_unichar (out, c);
}

static void
fold_valid (GString    *out,
            gsize       start,
            const char *text,
            const char *end)
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) (guchar) *p : g_utf8_get_char (p);
      guint16 known = c < TABLE_SIZE ? fold_table[c] : FOLDS_TO_MANY;

      if (known == FOLDS_TO_MANY)
        {
          gunichar parts[MAX_DECOMPOSITION];
          gsize n = fold_char (c, parts);

          for (gsize i = 0; i < n; i++)
            append_folded (out, start, parts[i]);
        }
      else if (known != FOLDS_TO_NOTHING)
        append_folded (out, start, known);
    }
}

void
kip_text_fold_append (GString    *out,
                      const char *text,
                      gssize      length)
{
  g_autofree char *valid = NULL;
  gsize start = out->len;

  if (text == NULL)
    return;
  if (length < 0)
    length = (gssize) strlen (text);
  ensure_table ();
  if (!g_utf8_validate_len (text, (gsize) length, NULL))
    {
      valid = g_utf8_make_valid (text, length);
      text = valid;
      length = (gssize) strlen (valid);
    }
  fold_valid (out, start, text, text + length);
  if (out->len > start && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
}

char *
kip_text_fold (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  GString *out = g_string_sized_new (length + 1);

  kip_text_fold_append (out, text, (gssize) length);
  return g_string_free (out, FALSE);
}

gboolean
kip_text_is_word_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c);
  return g_unichar_isalnum (c) || g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

static const char *
skip_to_word (const char *p)
{
  while (*p != '\0' && !kip_text_is_word_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static const char *
skip_word (const char *p)
{
  while (*p != '\0' && kip_text_is_word_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

char **
kip_text_words (const char *folded)
{
  GPtrArray *words = g_ptr_array_new ();
  const char *p = skip_to_word (folded);

  while (*p != '\0')
    {
      const char *end = skip_word (p);

      g_ptr_array_add (words, g_strndup (p, (gsize) (end - p)));
      p = skip_to_word (end);
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

static gboolean
starts_a_word (const char *haystack,
               const char *word,
               gsize       length)
{
  const char *p = skip_to_word (haystack);

  while (*p != '\0')
    {
      if (strncmp (p, word, length) == 0)
        return TRUE;
      p = skip_to_word (skip_word (p));
    }
  return FALSE;
}

gboolean
kip_text_matches (const char *haystack,
                  const char *needle)
{
  const char *word = skip_to_word (needle);

  while (*word != '\0')
    {
      const char *end = skip_word (word);

      if (!starts_a_word (haystack, word, (gsize) (end - word)))
        return FALSE;
      word = skip_to_word (end);
    }
  return TRUE;
}

/* TRUE when the words of @needle, beginning with one at @word, stand at @p. */
static gboolean
phrase_at (const char *p,
           const char *word,
           gboolean    prefix)
{
  while (*word != '\0')
    {
      const char *word_end = skip_word (word);
      const char *next = skip_to_word (word_end);
      gsize length = (gsize) (word_end - word);
      const char *p_end;

      if (strncmp (p, word, length) != 0)
        return FALSE;
      p_end = skip_word (p);
      if ((gsize) (p_end - p) != length && !(prefix && *next == '\0'))
        return FALSE;
      p = skip_to_word (p_end);
      word = next;
    }
  return TRUE;
}

gboolean
kip_text_matches_phrase (const char *haystack,
                         const char *needle,
                         gboolean    prefix)
{
  const char *word = skip_to_word (needle);
  const char *p = skip_to_word (haystack);

  if (*word == '\0')
    return TRUE;
  for (; *p != '\0'; p = skip_to_word (skip_word (p)))
    if (phrase_at (p, word, prefix))
      return TRUE;
  return FALSE;
}

char *
kip_text_sanitize (const char *text,
                   gsize       max_bytes)
{
  char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  gsize length = strlen (valid);

  if (max_bytes > 0 && length > max_bytes)
    {
      char *edge = valid + max_bytes;

      while (edge > valid && ((guchar) *edge & 0xC0) == 0x80)
        edge--;
      *edge = '\0';
    }
  return valid;
}
