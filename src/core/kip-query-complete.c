/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-complete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-query-edit.h"
#include "kip-query-private.h"
#include "kip-text.h"

/* A name of several words may be begun that many words before the cursor. */
#define MAX_WORDS_BACK 3
#define MIN_SHORTHAND 3

typedef struct
{
  GPtrArray *found; /* of KipQueryCompletion */
  guint      limit;
  gsize      start, end;
  char      *key;    /* (owned) of what was typed */
  char      *folded; /* (owned) */
  gboolean   vietnamese; /* what is offered unasked for is Vietnamese */
  KipQueryField field;
  KipId      last;   /* the name told last, of which only the first spelling counts */
} Completer;

void
kip_query_completion_free (KipQueryCompletion *completion)
{
  g_free (completion->text);
  g_free (completion->label);
  g_free (completion);
}

static void
set_typed (Completer  *completer,
           gsize       start,
           const char *typed)
{
  completer->start = start;
  g_free (completer->key);
  g_free (completer->folded);
  completer->key = kip_query_key (typed, -1);
  completer->folded = kip_text_fold (typed);
}

/* Takes @text. */
static void
add (Completer             *completer,
     KipQueryCompletionKind kind,
     char                  *text,
     const char            *label,
     const char            *description)
{
  KipQueryCompletion *completion;

  for (guint i = 0; i < completer->found->len; i++)
    if (strcmp (((KipQueryCompletion *) g_ptr_array_index (completer->found, i))->text, text) == 0)
      {
        g_free (text);
        return;
      }
  if (completer->found->len >= completer->limit)
    {
      g_free (text);
      return;
    }
  completion = g_new0 (KipQueryCompletion, 1);
  completion->kind = kind;
  completion->start = completer->start;
  completion->end = completer->end;
  completion->text = text;
  completion->label = g_strdup (label);
  completion->description = description;
  g_ptr_array_add (completer->found, completion);
}

static gboolean
begins (const Completer *completer,
        const char      *spelling)
{
  g_autofree char *key = kip_query_key (spelling, -1);

  return g_str_has_prefix (key, completer->key);
}

/* The spelling of @item to offer for what was typed; NULL: none begins so. */
static const char *
spelling_for (const Completer *completer,
              gconstpointer    item,
              const char      *label)
{
  const KipQuerySpelling *name = kip_query_spellings (item);

  if (*completer->key == '\0')
    return completer->vietnamese && name[1].text != NULL ? name[1].one_word : name->text;
  for (const KipQuerySpelling *spelling = name; spelling->text != NULL; spelling++)
    if (g_str_has_prefix (spelling->key, completer->key))
      return spelling == name ? name->text : spelling->one_word;
  return begins (completer, label) ? name->text : NULL;
}

/* ---- values ---- */

static void
add_keywords (Completer               *completer,
              const KipQueryFieldInfo *field)
{
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *spelling;

      if (!kip_query_field_accepts (field, &keywords[i]))
        continue;
      spelling = spelling_for (completer, &keywords[i], _(keywords[i].label));
      if (spelling != NULL)
        add (completer, KIP_QUERY_COMPLETION_KEYWORD, g_strdup (spelling), _(keywords[i].label), NULL);
    }
}

static void
add_name (KipId       id,
          const char *name,
          gboolean    current,
          gpointer    data)
{
  Completer *completer = data;
  g_autofree char *folded = NULL;

  if (!current || id == completer->last)
    return;
  completer->last = id;
  folded = kip_text_fold (name);
  if (kip_text_matches (folded, completer->folded) || begins (completer, name))
    add (completer, KIP_QUERY_COMPLETION_NAME, kip_query_quote (completer->field, name), name, NULL);
}

/* "trạng thái:" was typed rather than "status:". */
static gboolean
is_alias (const char          *text,
          const KipQueryToken *token)
{
  g_autofree char *typed = kip_query_key (text + token->start, (gssize) (token->name_end - token->start));

  return strcmp (typed, token->field->name) != 0 && !g_str_is_ascii (token->field->aliases);
}

static void
complete_value (Completer              *completer,
                const char             *text,
                gsize                   cursor,
                const KipQueryToken    *token,
                const KipQueryResolver *resolver)
{
  const KipQueryRaw *last = NULL;

  if (token->values->len > 0)
    last = &g_array_index (token->values, KipQueryRaw, token->values->len - 1);
  completer->field = token->field->field;
  completer->vietnamese = is_alias (text, token);
  if (last != NULL && last->end == cursor)
    set_typed (completer, last->start, last->text);
  else
    set_typed (completer, cursor, "");
  add_keywords (completer, token->field);
  if (resolver != NULL && token->field->names != KIP_QUERY_NAMES_NONE)
    resolver->names (resolver, token->field->names, add_name, completer);
}

/* ---- fields ---- */

static void
add_field (Completer               *completer,
           const KipQueryFieldInfo *field)
{
  const char *spelling = spelling_for (completer, field, _(field->label));

  if (spelling != NULL)
    add (completer, KIP_QUERY_COMPLETION_FIELD, g_strconcat (spelling, ":", NULL), _(field->label), _(field->description));
}

static void
add_shorthands (Completer *completer)
{
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *spelling;
      const char *field = keywords[i].set == KIP_QUERY_SET_IS ? "is" : "has";

      if (keywords[i].set != KIP_QUERY_SET_IS && keywords[i].set != KIP_QUERY_SET_HAS)
        continue;
      spelling = spelling_for (completer, &keywords[i], _(keywords[i].label));
      if (spelling != NULL)
        add (completer, KIP_QUERY_COMPLETION_KEYWORD, g_strconcat (field, ":", spelling, NULL), _(keywords[i].label), NULL);
    }
}

static void
add_fields (Completer *completer)
{
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  for (guint i = 0; i < n; i++)
    add_field (completer, &fields[i]);
}

static gboolean
is_bare_word (const KipQueryToken *token)
{
  return token->kind == KIP_QUERY_TOKEN_WORDS && !token->raw.quoted;
}

/* "trạng th": from the most words back to the last one alone. */
static void
complete_field (Completer  *completer,
                const char *text,
                gsize       cursor,
                GArray     *tokens)
{
  guint words = 0;

  while (words < MAX_WORDS_BACK && words < tokens->len
         && is_bare_word (&g_array_index (tokens, KipQueryToken, tokens->len - words - 1)))
    words++;
  for (; words > 0; words--)
    {
      gsize start = g_array_index (tokens, KipQueryToken, tokens->len - words).start;
      g_autofree char *typed = g_strndup (text + start, cursor - start);

      set_typed (completer, start, typed);
      add_fields (completer);
      if (strlen (completer->key) >= MIN_SHORTHAND)
        add_shorthands (completer);
    }
}

/* The rest of the word that the cursor stands in is replaced too. */
static gsize
end_of_word (const char *text,
             gsize       cursor)
{
  while (kip_text_is_word_char (g_utf8_get_char (text + cursor)) || g_unichar_ismark (g_utf8_get_char (text + cursor)))
    cursor = (gsize) (g_utf8_next_char (text + cursor) - text);
  return cursor;
}

static void
complete_at (Completer              *completer,
             const char             *text,
             gsize                   cursor,
             const KipQueryResolver *resolver)
{
  g_autofree char *head = g_strndup (text, cursor);
  g_autoptr (GPtrArray) unused = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_mistake_free);
  g_autoptr (GArray) tokens = kip_query_tokenize (head, unused);
  const KipQueryToken *last = NULL;

  if (tokens->len > 0)
    last = &g_array_index (tokens, KipQueryToken, tokens->len - 1);
  completer->end = end_of_word (text, cursor);
  if (last == NULL || last->end < cursor || last->kind == KIP_QUERY_TOKEN_OPEN || last->kind == KIP_QUERY_TOKEN_MINUS)
    {
      set_typed (completer, cursor, "");
      completer->end = cursor;
      add_fields (completer);
    }
  else if (last->kind == KIP_QUERY_TOKEN_TERM)
    complete_value (completer, head, cursor, last, resolver);
  else if (is_bare_word (last))
    complete_field (completer, head, cursor, tokens);
}

/* Who has written the whole word needs no list over what was found. */
static void
drop_what_is_written (GPtrArray  *found,
                      const char *text)
{
  for (guint i = found->len; i > 0; i--)
    {
      const KipQueryCompletion *completion = g_ptr_array_index (found, i - 1);
      gsize length = completion->end - completion->start;

      if (strlen (completion->text) == length && g_ascii_strncasecmp (completion->text, text + completion->start, length) == 0)
        g_ptr_array_remove_index (found, i - 1);
    }
}

GPtrArray *
kip_query_complete (const char             *text,
                    gsize                   cursor,
                    const KipQueryResolver *resolver,
                    guint                   limit)
{
  g_autofree char *valid = kip_text_sanitize (text, 0);
  Completer completer = { .limit = limit };

  completer.found = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_completion_free);
  cursor = MIN (cursor, strlen (valid));
  while (cursor > 0 && ((guchar) valid[cursor] & 0xC0) == 0x80)
    cursor--;
  complete_at (&completer, valid, cursor, resolver);
  drop_what_is_written (completer.found, valid);
  g_free (completer.key);
  g_free (completer.folded);
  return completer.found;
}
