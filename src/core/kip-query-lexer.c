/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-text.h"

/* The most spaces that a field's name or a keyword of several words holds. */
#define MAX_GAPS 3
#define MAX_NAME 48 /* bytes */

typedef struct
{
  const char *text; /* valid UTF-8 */
  gsize       at;
  GArray     *tokens;
  GPtrArray  *mistakes;
} Lexer;

/* ---- characters ---- */

static gunichar
char_at (const char *text,
         gsize       at)
{
  return g_utf8_get_char (text + at);
}

static gsize
next (const char *text,
      gsize       at)
{
  return (gsize) (g_utf8_next_char (text + at) - text);
}

static gboolean
is_space (gunichar c)
{
  return c != 0 && (g_unichar_isspace (c) || g_unichar_iscntrl (c));
}

/* ASCII and the curly ones that some keyboards and programs put in their place. */
static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E;
}

static gboolean
is_operator_char (gunichar c)
{
  return c == ':' || c == '<' || c == '>' || c == '=';
}

static gboolean
ends_bare (gunichar c)
{
  return c == 0 || is_space (c) || is_quote (c) || c == '(' || c == ')';
}

static gsize
skip_spaces (const char *text,
             gsize       at)
{
  while (is_space (char_at (text, at)))
    at = next (text, at);
  return at;
}

static gsize
skip_bare (const char *text,
           gsize       at)
{
  while (!ends_bare (char_at (text, at)))
    at = next (text, at);
  return at;
}

/* ---- tokens ---- */

static void
raw_clear (gpointer data)
{
  g_free (((KipQueryRaw *) data)->text);
}

static void
token_clear (gpointer data)
{
  KipQueryToken *token = data;

  g_free (token->raw.text);
  g_clear_pointer (&token->values, g_array_unref);
}

static KipQueryToken *
add_token (Lexer            *lexer,
           KipQueryTokenKind kind,
           gsize             start,
           gsize             end)
{
  KipQueryToken token = { .kind = kind, .start = start, .end = end };

  g_array_append_val (lexer->tokens, token);
  lexer->at = end;
  return &g_array_index (lexer->tokens, KipQueryToken, lexer->tokens->len - 1);
}

gboolean
kip_query_is_operator (const char *word)
{
  static const char *const operators[] = { "or", "and", "not", "hoac", "va", "khong" };
  g_autofree char *folded = kip_text_fold (word);

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strcmp (folded, operators[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ---- quotes ---- */

static void
unclosed_quote (Lexer *lexer,
                gsize  start)
{
  kip_query_mistake_add (lexer->mistakes, KIP_QUERY_MISTAKE_QUOTE, lexer->text, start, strlen (lexer->text),
                         g_strdup (_("The quotation mark is not closed.")),
                         g_strdup (_("Add a \" where the phrase ends.")),
                         g_strconcat (lexer->text + start, "\"", NULL))->unfinished = TRUE;
}

/* A quoted text at @at, a quotation mark; moves @at behind it and behind a star.
 * One that is not closed (FALSE) goes to the end, and its last word may go on. */
static gboolean
scan_quoted (Lexer       *lexer,
             gsize       *at,
             KipQueryRaw *raw)
{
  const char *text = lexer->text;
  GString *out = g_string_new (NULL);
  gsize p = next (text, *at);
  gboolean closed;

  raw->start = *at;
  raw->quoted = TRUE;
  for (; text[p] != '\0' && !is_quote (char_at (text, p)); p = next (text, p))
    {
      if (text[p] == '\\' && (text[p + 1] == '\\' || is_quote (char_at (text, p + 1))))
        p++;
      g_string_append_unichar (out, char_at (text, p));
    }
  closed = text[p] != '\0';
  if (closed)
    p = next (text, p);
  else
    unclosed_quote (lexer, raw->start);
  raw->star = !closed;
  if (text[p] == '*')
    {
      raw->star = TRUE;
      while (text[p] == '*')
        p++;
    }
  raw->text = g_string_free (out, FALSE);
  raw->end = *at = p;
  return closed;
}

static void
set_bare (KipQueryRaw *raw,
          const char  *text,
          gsize        start,
          gsize        end)
{
  gsize length = end - start;

  raw->start = start;
  raw->end = end;
  while (length > 0 && text[start + length - 1] == '*')
    {
      length--;
      raw->star = TRUE;
    }
  raw->text = g_strndup (text + start, length);
}

/* ---- values ---- */

/* A bare value goes on over spaces as long as that makes a longer keyword of the
 * field: "received:last week", "hạn:hôm nay". */
static gsize
extend_over_spaces (const char              *text,
                    const KipQueryFieldInfo *field,
                    gsize                    start,
                    gsize                    end)
{
  gsize best = end;

  for (guint gaps = 1; gaps <= MAX_GAPS && is_space (char_at (text, end)); gaps++)
    {
      gsize word = skip_spaces (text, end);
      gsize word_end = word;
      g_autofree char *key = NULL;

      while (kip_text_is_word_char (char_at (text, word_end)) || g_unichar_ismark (char_at (text, word_end)))
        word_end = next (text, word_end);
      if (word_end == word || word_end - start > MAX_NAME)
        break;
      if (!ends_bare (char_at (text, word_end)) && text[word_end] != ',')
        break;
      key = kip_query_key (text + start, (gssize) (word_end - start));
      if (kip_query_keyword_lookup (field->field, key, gaps + 1) != NULL)
        best = word_end;
      end = word_end;
    }
  return best;
}

static void
scan_bare_value (Lexer                   *lexer,
                 const KipQueryFieldInfo *field,
                 gsize                   *at,
                 KipQueryRaw             *raw)
{
  const char *text = lexer->text;
  gsize end = *at;

  while (!ends_bare (char_at (text, end)) && text[end] != ',')
    end = next (text, end);
  if (end > *at && text[end] != ',')
    end = extend_over_spaces (text, field, *at, end);
  set_bare (raw, text, *at, end);
  *at = end;
}

/* The values that follow one another at @at, with commas between them; empty
 * ones are skipped. */
static GArray *
scan_values (Lexer                   *lexer,
             const KipQueryFieldInfo *field,
             gsize                   *at)
{
  const char *text = lexer->text;
  GArray *values = g_array_new (FALSE, TRUE, sizeof (KipQueryRaw));

  g_array_set_clear_func (values, raw_clear);
  while (TRUE)
    {
      KipQueryRaw raw = { 0 };

      if (is_quote (char_at (text, *at)))
        scan_quoted (lexer, at, &raw);
      else
        scan_bare_value (lexer, field, at, &raw);
      if (raw.quoted || raw.end > raw.start)
        g_array_append_val (values, raw);
      else
        g_free (raw.text);
      if (text[*at] != ',')
        return values;
      *at += 1;
    }
}

/* ---- terms ---- */

/* The name of a field and the operator behind it, if that is what stands at @start. */
typedef struct
{
  gsize      name_end;
  guint      words;
  KipQueryOp op;
  gboolean   negated;
  gsize      value; /* where the value begins */
  char      *key;   /* (owned) */
} Head;

static gboolean
is_name_char (gunichar c)
{
  return c == '-' || c == '_' || kip_text_is_word_char (c) || g_unichar_ismark (c);
}

static gboolean
scan_operator (const char *text,
               gsize       at,
               Head       *head)
{
  gsize length = 1;

  head->negated = FALSE;
  head->op = KIP_QUERY_OP_IS;
  if (text[at] == '!' && text[at + 1] == '=')
    {
      head->negated = TRUE;
      length = 2;
    }
  else if (text[at] == '<')
    head->op = KIP_QUERY_OP_LT;
  else if (text[at] == '>')
    head->op = KIP_QUERY_OP_GT;
  else if (text[at] != ':' && text[at] != '=')
    return FALSE;
  if (head->op != KIP_QUERY_OP_IS && text[at + 1] == '=')
    {
      head->op = head->op == KIP_QUERY_OP_LT ? KIP_QUERY_OP_LE : KIP_QUERY_OP_GE;
      length = 2;
    }
  head->value = at + length;
  return TRUE;
}

/* The words up to an operator, at most MAX_GAPS spaces among them. */
static gboolean
scan_head (const char *text,
           gsize       start,
           Head       *head)
{
  gsize at = start;

  *head = (Head) { .words = 0 };
  while (head->words <= MAX_GAPS && at - start <= MAX_NAME)
    {
      gsize word = at;
      gsize behind;

      while (is_name_char (char_at (text, at)))
        at = next (text, at);
      if (at == word || text[word] == '-')
        return FALSE;
      head->words++;
      head->name_end = at;
      behind = skip_spaces (text, at);
      if (text[at] == ':' ? scan_operator (text, at, head) : text[behind] != ':' && scan_operator (text, behind, head))
        {
          head->key = kip_query_key (text + start, (gssize) (at - start));
          return TRUE;
        }
      if (behind == at)
        return FALSE;
      at = behind;
    }
  return FALSE;
}

/* @text[at] begins a term of a field that there is. */
static gboolean
begins_term (const char *text,
             gsize       at)
{
  Head head;
  gboolean found = scan_head (text, at, &head) && kip_query_field_lookup (head.key, head.words) != NULL;

  g_free (head.key);
  return found;
}

/* "status: open": one space is forgiven when a value follows it, and not
 * something that means something by itself. */
static gsize
forgive_space (const char *text,
               gsize       value)
{
  gsize at = skip_spaces (text, value);
  gsize end = skip_bare (text, at);
  g_autofree char *word = NULL;

  if (at == value || text[at] == '\0' || text[at] == '-' || begins_term (text, at))
    return value;
  if (is_quote (char_at (text, at)))
    return at;
  word = g_strndup (text + at, end - at);
  return end == at || kip_query_is_operator (word) ? value : at;
}

static void
add_term (Lexer                   *lexer,
          const Head              *head,
          const KipQueryFieldInfo *field)
{
  gsize start = lexer->at;
  gsize at = forgive_space (lexer->text, head->value);
  GArray *values = scan_values (lexer, field, &at);
  KipQueryToken *token = add_token (lexer, KIP_QUERY_TOKEN_TERM, start, at);

  token->field = field;
  token->name_end = head->name_end;
  token->op = head->op;
  token->negated = head->negated;
  token->values = values;
}

/* "printre:x" is a slip, "http://x", "10:30", "C:\x" and "Lỗi: x" are not. */
static gboolean
is_meant_as_field (const char *text,
                   gsize       start,
                   const Head *head)
{
  gunichar after = char_at (text, head->value);
  g_autofree char *near = NULL;

  if (head->words != 1 || ends_bare (char_at (text, head->name_end)))
    return FALSE;
  if (after == '/' || after == '\\' || after == ':' || (ends_bare (after) && !is_quote (after)))
    return FALSE;
  for (const char *p = head->key; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  if (g_utf8_strlen (head->key, -1) < 2)
    return FALSE;
  if (text[head->name_end] == ':')
    return TRUE;
  near = kip_query_nearest_field (head->key);
  return near != NULL;
}

/* Kept as it was typed, but for a quotation mark that is missing at its end. */
static void
add_unknown (Lexer      *lexer,
             const Head *head)
{
  const char *text = lexer->text;
  g_autoptr (GString) kept = g_string_new_len (text + lexer->at, (gssize) (head->value - lexer->at));
  gsize at = head->value;
  KipQueryToken *token;

  while (text[at] != '\0' && (!ends_bare (char_at (text, at)) || is_quote (char_at (text, at))))
    {
      gsize start = at;
      KipQueryRaw raw = { 0 };
      gboolean closed = TRUE;

      if (is_quote (char_at (text, at)))
        closed = scan_quoted (lexer, &at, &raw);
      else
        at = next (text, at);
      if (closed)
        g_string_append_len (kept, text + start, (gssize) (at - start));
      else
        kip_query_print_quoted (kept, raw.text);
      g_free (raw.text);
    }
  token = add_token (lexer, KIP_QUERY_TOKEN_UNKNOWN, lexer->at, at);
  token->name_end = head->name_end;
  token->raw.text = g_strdup (kept->str);
}

static gboolean
try_term (Lexer *lexer)
{
  const KipQueryFieldInfo *field;
  gboolean done = TRUE;
  Head head;

  if (!scan_head (lexer->text, lexer->at, &head))
    return FALSE;
  field = kip_query_field_lookup (head.key, head.words);
  if (field != NULL)
    add_term (lexer, &head, field);
  else if (is_meant_as_field (lexer->text, lexer->at, &head))
    add_unknown (lexer, &head);
  else
    done = FALSE;
  g_free (head.key);
  return done;
}

/* ---- the rest ---- */

static void
add_quoted (Lexer *lexer)
{
  KipQueryRaw raw = { 0 };
  gsize at = lexer->at;

  scan_quoted (lexer, &at, &raw);
  add_token (lexer, KIP_QUERY_TOKEN_WORDS, raw.start, raw.end)->raw = raw;
}

static void
add_bare (Lexer *lexer)
{
  KipQueryRaw raw = { 0 };
  gsize start = lexer->at;
  gsize end = skip_bare (lexer->text, start);

  set_bare (&raw, lexer->text, start, end);
  add_token (lexer, strcmp (raw.text, "|") == 0 ? KIP_QUERY_TOKEN_PIPE : KIP_QUERY_TOKEN_WORDS, start, end)->raw = raw;
}

static void
add_next (Lexer *lexer)
{
  gunichar c = char_at (lexer->text, lexer->at);
  gsize after = next (lexer->text, lexer->at);

  if (c == '(')
    add_token (lexer, KIP_QUERY_TOKEN_OPEN, lexer->at, after);
  else if (c == ')')
    add_token (lexer, KIP_QUERY_TOKEN_CLOSE, lexer->at, after);
  else if (is_quote (c))
    add_quoted (lexer);
  else if (c == '-' && (!ends_bare (char_at (lexer->text, after)) || lexer->text[after] == '(' || is_quote (char_at (lexer->text, after))))
    add_token (lexer, KIP_QUERY_TOKEN_MINUS, lexer->at, after);
  else if (!try_term (lexer))
    add_bare (lexer);
}

GArray *
kip_query_tokenize (const char *text,
                    GPtrArray  *mistakes)
{
  Lexer lexer = { .text = text, .mistakes = mistakes };

  lexer.tokens = g_array_new (FALSE, TRUE, sizeof (KipQueryToken));
  g_array_set_clear_func (lexer.tokens, token_clear);
  while (text[lexer.at = skip_spaces (text, lexer.at)] != '\0')
    add_next (&lexer);
  return lexer.tokens;
}

gboolean
kip_query_is_bare (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || text[0] == '-' || text[length - 1] == '*' || kip_query_is_operator (text))
    return FALSE;
  for (gsize at = 0; at < length; at = next (text, at))
    if (ends_bare (char_at (text, at)) || is_operator_char (char_at (text, at)) || text[at] == ',')
      return FALSE;
  return strcmp (text, "|") != 0;
}
