/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-excerpt.h"

#include "kip-text.h"

#include <string.h>

/* Characters shown before and after the first hit. */
#define BEFORE 14
#define AFTER 90

/* ---- what is looked for ---- */

static void
collect_words (const KipQueryNode *node,
               GPtrArray          *words)
{
  if (node == NULL || node->kind == KIP_QUERY_NODE_NOT)
    return;
  if (node->kind == KIP_QUERY_NODE_WORDS)
    {
      g_autofree char *folded = kip_text_fold (node->text);
      g_auto (GStrv) parts = kip_text_words (folded);

      for (guint i = 0; parts[i] != NULL; i++)
        g_ptr_array_add (words, g_steal_pointer (&parts[i]));
    }
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    collect_words (g_ptr_array_index (node->children, i), words);
}

static gboolean
begins_with_one (const char *word,
                 GPtrArray  *words)
{
  g_autofree char *folded = kip_text_fold (word);

  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (folded, g_ptr_array_index (words, i)))
      return TRUE;
  return FALSE;
}

/* ---- words of a text as it was written ---- */

typedef struct
{
  const char *begin, *end;
} Word;

/* What belongs to a word: its characters, and the marks that combine with them. */
static gboolean
is_in_word (gunichar c)
{
  return kip_text_is_word_char (c) || g_unichar_ismark (c);
}

static gboolean
next_word (const char **at,
           Word        *word)
{
  const char *p = *at;

  while (*p != '\0' && !is_in_word (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  word->begin = p;
  while (*p != '\0' && is_in_word (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  word->end = *at = p;
  return word->end > word->begin;
}

static const char *
find_hit (const char *text,
          GPtrArray  *words)
{
  Word word;

  while (next_word (&text, &word))
    {
      g_autofree char *written = g_strndup (word.begin, (gsize) (word.end - word.begin));

      if (begins_with_one (written, words))
        return word.begin;
    }
  return NULL;
}

static void
append_plain (GString    *out,
              const char *begin,
              const char *end)
{
  for (const char *p = begin; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, c < ' ' ? ' ' : c);
    }
}

/* From @begin to @end, each hit between \1 and \2. */
static char *
mark_hits (const char *text,
           const char *begin,
           const char *end,
           GPtrArray  *words)
{
  GString *out = g_string_new (begin > text ? "…" : "");
  const char *at = begin, *last = begin;
  Word word;

  while (at < end && next_word (&at, &word) && word.begin < end)
    {
      g_autofree char *written = g_strndup (word.begin, (gsize) (word.end - word.begin));

      append_plain (out, last, word.begin);
      last = word.end;
      if (!begins_with_one (written, words))
        {
          append_plain (out, word.begin, word.end);
          continue;
        }
      g_string_append_c (out, '\1');
      append_plain (out, word.begin, word.end);
      g_string_append_c (out, '\2');
    }
  if (last < end)
    append_plain (out, last, end);
  if (*end != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static const char *
move_by (const char *at,
         const char *text,
         int         characters)
{
  for (; characters < 0 && at > text; characters++)
    at = g_utf8_prev_char (at);
  for (; characters > 0 && *at != '\0'; characters--)
    at = g_utf8_next_char (at);
  return at;
}

/* No half words at the ends. */
static const char *
begin_of_word (const char *at,
               const char *text,
               const char *hit)
{
  if (at == text)
    return at;
  while (at < hit && !g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (at < hit && g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

static const char *
end_of_word (const char *at,
             const char *hit)
{
  const char *end = at;

  if (*at == '\0')
    return at;
  while (end > hit && !g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  return end > hit ? end : at;
}

/* ---- public ---- */

GPtrArray *
kip_excerpt_words (const KipQuery *query)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  if (query != NULL)
    collect_words (kip_query_get_root (query), words);
  return words;
}

char *
kip_excerpt_mark (const char *text,
                  GPtrArray  *words)
{
  if (text == NULL || find_hit (text, words) == NULL)
    return NULL;
  return mark_hits (text, text, text + strlen (text), words);
}

char *
kip_excerpt_around (const char *text,
                    GPtrArray  *words)
{
  const char *hit = text != NULL ? find_hit (text, words) : NULL;

  if (hit == NULL)
    return NULL;
  return mark_hits (text, begin_of_word (move_by (hit, text, -BEFORE), text, hit),
                    end_of_word (move_by (hit, text, AFTER), hit), words);
}

char *
kip_excerpt_begin (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *end;

  if (text != NULL)
    {
      end = end_of_word (move_by (text, text, BEFORE + AFTER), text);
      append_plain (out, text, end);
      if (*end != '\0')
        g_string_append (out, "…");
    }
  return g_string_free (out, FALSE);
}
