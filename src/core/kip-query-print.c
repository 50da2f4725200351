/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-private.h"

#include <string.h>

#include "kip-schema.h"

static const char *
operator_text (KipQueryOp op)
{
  switch (op)
    {
    case KIP_QUERY_OP_LT:
      return "<";
    case KIP_QUERY_OP_LE:
      return "<=";
    case KIP_QUERY_OP_GT:
      return ">";
    case KIP_QUERY_OP_GE:
      return ">=";
    case KIP_QUERY_OP_IS:
    default:
      return ":";
    }
}

void
kip_query_print_quoted (GString    *out,
                        const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\' || c == 0x201C || c == 0x201D || c == 0x201E)
        g_string_append_c (out, '\\');
      g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
}

static void
print_words (GString    *out,
             const char *text,
             gboolean    prefix,
             gboolean    may_be_bare)
{
  if (prefix && may_be_bare && kip_query_is_bare (text))
    {
      g_string_append (out, text);
      return;
    }
  kip_query_print_quoted (out, text);
  if (prefix)
    g_string_append_c (out, '*');
}

/* ---- values ---- */

static gboolean
is_keyword (KipQueryField field,
            const char   *text)
{
  g_autofree char *key = kip_query_key (text, -1);

  return kip_query_keyword_lookup (field, key, 1) != NULL;
}

static void
print_text_value (GString             *out,
                  KipQueryField        field,
                  const KipQueryValue *value)
{
  gboolean bare = kip_query_is_bare (value->text) && !is_keyword (field, value->text);
  gboolean whole = kip_query_field_info (field)->type == KIP_QUERY_TYPE_WHOLE;

  if (bare && (value->kind == KIP_QUERY_VALUE_NAMED || whole))
    g_string_append_printf (out, "%s%s", value->text, value->prefix ? "*" : "");
  else
    print_words (out, value->text, value->prefix, bare);
}

static void
print_end (GString             *out,
           KipQueryField        field,
           const KipQueryValue *value,
           gint64               number,
           const KipQueryTime  *time)
{
  g_autofree char *text = NULL;

  switch (value->kind)
    {
    case KIP_QUERY_VALUE_TIME:
      text = kip_query_time_print (time);
      break;
    case KIP_QUERY_VALUE_DURATION:
      text = kip_query_duration_print (number);
      break;
    case KIP_QUERY_VALUE_TICKET:
      text = number >> KIP_TICKET_NUMBER_BITS != 0 ? kip_ticket_number_format (number)
                                                   : g_strdup_printf ("%" G_GINT64_FORMAT, number);
      break;
    case KIP_QUERY_VALUE_KEYWORD:
      text = g_strdup (kip_query_keyword_for (field, (int) number)->name);
      break;
    default:
      text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      break;
    }
  g_string_append (out, text);
}

void
kip_query_print_value (GString             *out,
                       KipQueryField        field,
                       const KipQueryValue *value)
{
  if (value->kind == KIP_QUERY_VALUE_WRONG)
    {
      kip_query_print_quoted (out, value->text);
      return;
    }
  if (value->text != NULL)
    {
      print_text_value (out, field, value);
      return;
    }
  if (value->descending)
    g_string_append_c (out, '-');
  if (!value->is_range || value->has_low)
    print_end (out, field, value, value->number, &value->time);
  if (value->is_range)
    g_string_append (out, "..");
  if (value->is_range && value->has_high)
    print_end (out, field, value, value->high, &value->time_to);
}

static void
print_term (GString            *out,
            const KipQueryNode *node)
{
  g_string_append_printf (out, "%s%s", kip_query_field_info (node->field)->name, operator_text (node->op));
  for (guint i = 0; i < node->values->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kip_query_print_value (out, node->field, g_ptr_array_index (node->values, i));
    }
}

/* ---- what stands beside what ---- */

/* A word after "received:last" would be read as part of its value. */
static gboolean
swallows_next (const KipQueryNode *node)
{
  g_autoptr (GString) last = g_string_new (NULL);
  g_autofree char *key = NULL;

  if (node->kind == KIP_QUERY_NODE_NOT)
    node = g_ptr_array_index (node->children, 0);
  if (node->kind != KIP_QUERY_NODE_TERM)
    return FALSE;
  kip_query_print_value (last, node->field, g_ptr_array_index (node->values, node->values->len - 1));
  key = kip_query_key (last->str, (gssize) last->len);
  return kip_query_keyword_continues (node->field, key);
}

static void print_child (GString            *out,
                         const KipQueryNode *node,
                         gboolean            may_be_bare);

/* A bare word before an unknown field could become part of a known one's name. */
static void
print_all (GString            *out,
           const KipQueryNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      const KipQueryNode *child = g_ptr_array_index (node->children, i);
      const KipQueryNode *before = i > 0 ? g_ptr_array_index (node->children, i - 1) : NULL;
      const KipQueryNode *after = i + 1 < node->children->len ? g_ptr_array_index (node->children, i + 1) : NULL;

      if (before != NULL)
        g_string_append_c (out, ' ');
      print_child (out, child, (before == NULL || !swallows_next (before))
                   && (after == NULL || after->kind != KIP_QUERY_NODE_WRONG));
    }
}

static void
print_any (GString            *out,
           const KipQueryNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append (out, " or ");
      kip_query_print_node (out, g_ptr_array_index (node->children, i));
    }
}

static void
print_child (GString            *out,
             const KipQueryNode *node,
             gboolean            may_be_bare)
{
  switch (node->kind)
    {
    case KIP_QUERY_NODE_WORDS:
      print_words (out, node->text, node->prefix, may_be_bare);
      break;
    case KIP_QUERY_NODE_AND:
    case KIP_QUERY_NODE_OR:
      g_string_append_c (out, '(');
      kip_query_print_node (out, node);
      g_string_append_c (out, ')');
      break;
    case KIP_QUERY_NODE_NOT:
      g_string_append_c (out, '-');
      print_child (out, g_ptr_array_index (node->children, 0), may_be_bare);
      break;
    case KIP_QUERY_NODE_TERM:
      print_term (out, node);
      break;
    case KIP_QUERY_NODE_WRONG:
    default:
      g_string_append (out, node->text);
      break;
    }
}

void
kip_query_print_node (GString            *out,
                      const KipQueryNode *node)
{
  if (node->kind == KIP_QUERY_NODE_AND)
    print_all (out, node);
  else if (node->kind == KIP_QUERY_NODE_OR)
    print_any (out, node);
  else
    print_child (out, node, TRUE);
}
