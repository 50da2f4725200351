/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-query-private.h"
#include "kip-text.h"

/* How deep parentheses may stand in each other. */
#define MAX_DEPTH 50
#define MAX_CONDITIONS 500

typedef struct
{
  KipQuery *query;
  GArray   *tokens;
  guint     at;
  guint     depth;
  gboolean  gave_up; /* too deep or too long: what is not closed is not worth telling */
} Parser;

static KipQueryNode *parse_any (Parser *parser);

/* ---- tokens ---- */

/* NULL: behind the last one. */
static KipQueryToken *
peek (Parser *parser,
      guint   ahead)
{
  if (parser->at + ahead >= parser->tokens->len)
    return NULL;
  return &g_array_index (parser->tokens, KipQueryToken, parser->at + ahead);
}

static gboolean
is_word (const KipQueryToken *token,
         const char          *english,
         const char          *vietnamese)
{
  g_autofree char *folded = NULL;

  if (token->kind != KIP_QUERY_TOKEN_WORDS || token->raw.quoted || token->raw.star)
    return FALSE;
  folded = kip_text_fold (token->raw.text);
  return strcmp (folded, english) == 0 || strcmp (folded, vietnamese) == 0;
}

/* What can stand to the right of an operator. */
static gboolean
is_operand (const KipQueryToken *token)
{
  return token != NULL && token->kind != KIP_QUERY_TOKEN_CLOSE && token->kind != KIP_QUERY_TOKEN_PIPE;
}

static gboolean
at_or (Parser *parser)
{
  const KipQueryToken *token = peek (parser, 0);

  return token != NULL && (token->kind == KIP_QUERY_TOKEN_PIPE || is_word (token, "or", "hoac"))
         && is_operand (peek (parser, 1));
}

static gboolean
at_and (Parser *parser)
{
  const KipQueryToken *token = peek (parser, 0);

  return token != NULL && is_word (token, "and", "va") && is_operand (peek (parser, 1));
}

/* "not" before a plain word is a plain word: "printer not working". */
static gboolean
at_not (Parser *parser)
{
  const KipQueryToken *token = peek (parser, 0);
  const KipQueryToken *after = peek (parser, 1);

  if (!is_operand (after) || !is_word (token, "not", "khong"))
    return FALSE;
  if (strcmp (token->raw.text, "NOT") == 0)
    return TRUE;
  return after->kind == KIP_QUERY_TOKEN_OPEN || after->kind == KIP_QUERY_TOKEN_TERM
         || after->kind == KIP_QUERY_TOKEN_UNKNOWN
         || (after->kind == KIP_QUERY_TOKEN_WORDS && after->raw.quoted);
}

/* ---- items ---- */

/* @unfinished: typing on may mend it. */
static void
add_mistake (Parser             *parser,
             KipQueryMistakeKind kind,
             gsize               start,
             gsize               end,
             gboolean            unfinished,
             const char         *message,
             const char         *hint)
{
  kip_query_mistake_add (parser->query->mistakes, kind, parser->query->text, start, end,
                         g_strdup (message), g_strdup (hint), NULL)->unfinished = unfinished;
}

static GPtrArray *
parse_values (Parser              *parser,
              const KipQueryToken *token)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_value_free);
  KipQueryRaw missing = { .start = token->start, .end = token->end, .text = (char *) "" };

  for (guint i = 0; i < token->values->len; i++)
    g_ptr_array_add (values, kip_query_value_parse (token->field, token->op,
                                                    &g_array_index (token->values, KipQueryRaw, i),
                                                    parser->query->text, parser->query->mistakes));
  if (values->len == 0)
    g_ptr_array_add (values, kip_query_value_parse (token->field, token->op, &missing,
                                                    parser->query->text, parser->query->mistakes));
  return values;
}

static gboolean
can_compare (KipQueryType type)
{
  return type == KIP_QUERY_TYPE_RANK || type == KIP_QUERY_TYPE_TIME
         || type == KIP_QUERY_TYPE_DURATION || type == KIP_QUERY_TYPE_COUNT;
}

/* All sort: terms make one order, whose first part comes first; in pieces, or
 * with a minus before it, it has no one place in the text. */
static void
add_order (Parser       *parser,
           KipQueryNode *term,
           gboolean      negated)
{
  KipQueryNode *order = parser->query->order;

  if (negated)
    term->start = term->end = 0;
  for (guint i = 0; negated && i < term->values->len; i++)
    {
      KipQueryValue *value = g_ptr_array_index (term->values, i);

      value->descending = value->kind == KIP_QUERY_VALUE_KEYWORD && !value->descending;
    }
  if (order == NULL)
    {
      parser->query->order = term;
      return;
    }
  g_ptr_array_extend_and_steal (order->values, g_steal_pointer (&term->values));
  order->start = order->end = 0;
  kip_query_node_free (term);
}

static KipQueryNode *
parse_term (Parser              *parser,
            const KipQueryToken *token,
            gboolean             negated)
{
  KipQueryNode *node = kip_query_node_new (KIP_QUERY_NODE_TERM, token->start, token->end);

  node->field = token->field->field;
  node->op = token->op;
  node->values = parse_values (parser, token);
  if (token->op != KIP_QUERY_OP_IS && !can_compare (token->field->type))
    kip_query_mistake_compare (parser->query->mistakes, parser->query->text, token->field, token->start, token->end);
  if (node->field != KIP_QUERY_SORT)
    return token->negated ? kip_query_node_negate (node) : node;
  if (node->op == KIP_QUERY_OP_IS)
    add_order (parser, node, negated != token->negated);
  else
    kip_query_node_free (node);
  return NULL;
}

static KipQueryNode *
parse_words (const KipQueryToken *token)
{
  KipQueryNode *node;

  if (!kip_query_has_words (token->raw.text))
    return NULL;
  node = kip_query_node_new (KIP_QUERY_NODE_WORDS, token->start, token->end);
  node->text = g_strdup (token->raw.text);
  node->prefix = !token->raw.quoted || token->raw.star;
  return node;
}

static KipQueryNode *
parse_unknown (Parser              *parser,
               const KipQueryToken *token)
{
  KipQueryNode *node = kip_query_node_new (KIP_QUERY_NODE_WRONG, token->start, token->end);

  node->text = g_strdup (token->raw.text);
  kip_query_mistake_field (parser->query->mistakes, parser->query->text, token);
  return node;
}

/* ---- structure ---- */

static void
too_deep (Parser *parser,
          gsize   start)
{
  add_mistake (parser, KIP_QUERY_MISTAKE_DEEP, start, strlen (parser->query->text), FALSE,
               _("There are too many parentheses in each other."),
               _("Make the search simpler; from here on it is not looked at."));
  parser->at = parser->tokens->len;
  parser->gave_up = TRUE;
}

/* Behind a "(". */
static KipQueryNode *
parse_group (Parser *parser,
             gsize   start,
             gsize   end)
{
  KipQueryNode *node;
  KipQueryToken *close;

  if (parser->depth == MAX_DEPTH)
    {
      too_deep (parser, start);
      return NULL;
    }
  parser->depth++;
  node = parse_any (parser);
  parser->depth--;
  close = peek (parser, 0);
  if (close != NULL)
    parser->at++;
  else if (!parser->gave_up)
    add_mistake (parser, KIP_QUERY_MISTAKE_OPEN, start, end, TRUE, _("This parenthesis is not closed."),
                 _("Add a “)” where the group ends."));
  if (node != NULL)
    {
      node->start = start;
      node->end = close != NULL ? close->end : strlen (parser->query->text);
    }
  return node;
}

static KipQueryNode *
parse_operand (Parser  *parser,
               gboolean negated)
{
  KipQueryToken *token = peek (parser, 0);

  parser->at++;
  switch (token->kind)
    {
    case KIP_QUERY_TOKEN_OPEN:
      return parse_group (parser, token->start, token->end);
    case KIP_QUERY_TOKEN_TERM:
      return parse_term (parser, token, negated);
    case KIP_QUERY_TOKEN_UNKNOWN:
      return parse_unknown (parser, token);
    case KIP_QUERY_TOKEN_WORDS:
      return parse_words (token);
    case KIP_QUERY_TOKEN_CLOSE:
    case KIP_QUERY_TOKEN_MINUS:
    case KIP_QUERY_TOKEN_PIPE:
    default:
      return NULL;
    }
}

/* NULL: nothing that selects anything. */
static KipQueryNode *
parse_item (Parser *parser)
{
  gsize start = peek (parser, 0)->start;
  gboolean negated = FALSE;
  KipQueryNode *node;

  while (peek (parser, 0) != NULL && (peek (parser, 0)->kind == KIP_QUERY_TOKEN_MINUS || at_not (parser)))
    {
      negated = !negated;
      parser->at++;
    }
  if (!is_operand (peek (parser, 0)))
    return NULL;
  node = parse_operand (parser, negated);
  if (negated)
    node = kip_query_node_negate (node);
  if (node != NULL)
    node->start = start;
  return node;
}

static KipQueryNode *
parse_all (Parser *parser)
{
  KipQueryNode *node = NULL;
  const KipQueryToken *token;

  while ((token = peek (parser, 0)) != NULL && token->kind != KIP_QUERY_TOKEN_CLOSE)
    {
      if (node != NULL && at_or (parser))
        break;
      if (token->kind == KIP_QUERY_TOKEN_PIPE || (node != NULL && at_and (parser)))
        parser->at++;
      else
        node = kip_query_node_join (KIP_QUERY_NODE_AND, node, parse_item (parser));
    }
  return node;
}

static KipQueryNode *
parse_any (Parser *parser)
{
  KipQueryNode *node = parse_all (parser);

  while (at_or (parser))
    {
      parser->at++;
      node = kip_query_node_join (KIP_QUERY_NODE_OR, node, parse_all (parser));
    }
  return node;
}

/* The whole text; a ")" too many is reported and passed over. */
static KipQueryNode *
parse_everything (Parser *parser)
{
  KipQueryNode *node = parse_any (parser);

  while (peek (parser, 0) != NULL)
    {
      const KipQueryToken *close = peek (parser, 0);

      add_mistake (parser, KIP_QUERY_MISTAKE_CLOSE, close->start, close->end, FALSE,
                   _("There is no parenthesis that this one closes."), _("Leave it out, or add a “(” before."));
      parser->at++;
      node = kip_query_node_join (KIP_QUERY_NODE_AND, node, parse_any (parser));
    }
  return node;
}

/* ---- the query ---- */

static guint
count_conditions (const KipQueryToken *token)
{
  if (token->values != NULL)
    return MAX (1, token->values->len);
  return token->kind == KIP_QUERY_TOKEN_WORDS ? 1 : 0;
}

/* A whole letter pasted into the search box is no search; the database takes only so
 * many conditions. */
static void
cut_short (Parser *parser)
{
  guint n = 0;

  for (guint i = 0; i < parser->tokens->len; i++)
    {
      const KipQueryToken *token = &g_array_index (parser->tokens, KipQueryToken, i);

      n += count_conditions (token);
      if (n <= MAX_CONDITIONS)
        continue;
      add_mistake (parser, KIP_QUERY_MISTAKE_LONG, token->start, strlen (parser->query->text), FALSE,
                   _("There are too many words and values."),
                   _("Make the search shorter; from here on it is not looked at."));
      g_array_set_size (parser->tokens, i);
      parser->gave_up = TRUE;
      return;
    }
}

static void
collect_sort (KipQuery *query)
{
  for (guint i = 0; query->order != NULL && i < query->order->values->len; i++)
    {
      const KipQueryValue *value = g_ptr_array_index (query->order->values, i);
      KipQuerySort sort = { (KipQueryField) value->number, value->descending };

      if (value->kind == KIP_QUERY_VALUE_KEYWORD)
        g_array_append_val (query->sort, sort);
    }
}

/* "???" looks for nothing: say so rather than show everything without a word. */
static void
check_nothing (KipQuery *query)
{
  gsize length = strlen (query->text);
  g_autofree char *stripped = kip_text_fold (query->text);

  if (!kip_query_is_empty (query) || *stripped == '\0')
    return;
  kip_query_mistake_add (query->mistakes, KIP_QUERY_MISTAKE_NOTHING, query->text, 0, length,
                         g_strdup_printf (_("There is no letter or digit to look for in “%s”."), query->text),
                         g_strdup (_("Type a word, or leave it out.")), NULL);
}

KipQuery *
kip_query_parse (const char *text)
{
  KipQuery *query = g_new0 (KipQuery, 1);
  Parser parser = { .query = query };

  g_atomic_ref_count_init (&query->refs);
  query->text = kip_text_sanitize (text, 0);
  query->sort = g_array_new (FALSE, FALSE, sizeof (KipQuerySort));
  query->mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_mistake_free);
  parser.tokens = kip_query_tokenize (query->text, query->mistakes);
  cut_short (&parser);
  query->root = parse_everything (&parser);
  g_array_unref (parser.tokens);
  collect_sort (query);
  check_nothing (query);
  kip_query_mistakes_sort (query->mistakes);
  return query;
}
