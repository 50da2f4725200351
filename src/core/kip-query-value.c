/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-private.h"

#include <string.h>

#include "kip-schema.h"

#define MAX_COUNT 999999999

gboolean
kip_query_has_words (const char *text)
{
  g_autofree char *key = kip_query_key (text, -1);

  return *key != '\0';
}

void
kip_query_value_free (KipQueryValue *value)
{
  g_free (value->text);
  g_free (value);
}

KipQueryValue *
kip_query_value_copy (const KipQueryValue *value)
{
  KipQueryValue *copy = g_memdup2 (value, sizeof *value);

  copy->text = g_strdup (value->text);
  return copy;
}

static gboolean
same_ends (const KipQueryValue *a,
           const KipQueryValue *b)
{
  return a->is_range == b->is_range && a->has_low == b->has_low && a->has_high == b->has_high
         && a->number == b->number && a->high == b->high
         && kip_query_time_equal (&a->time, &b->time) && kip_query_time_equal (&a->time_to, &b->time_to);
}

gboolean
kip_query_value_equal (const KipQueryValue *a,
                       const KipQueryValue *b)
{
  return a->kind == b->kind && g_strcmp0 (a->text, b->text) == 0
         && a->prefix == b->prefix && a->descending == b->descending && same_ends (a, b);
}

static const KipQueryKeyword *
find_keyword (KipQueryField field,
              const char   *text)
{
  g_autofree char *key = kip_query_key (text, -1);

  return kip_query_keyword_lookup (field, key, kip_query_count_words (text));
}

/* ---- one end of a range, or a value alone ---- */

/* Reads @text as what values of @field are made of; FALSE: it is none. */
static gboolean
parse_end (const KipQueryFieldInfo *field,
           const char              *text,
           KipQueryValue           *value,
           gint64                  *number,
           KipQueryTime            *time)
{
  const KipQueryKeyword *keyword;
  guint64 count;

  switch (field->type)
    {
    case KIP_QUERY_TYPE_TIME:
      value->kind = KIP_QUERY_VALUE_TIME;
      return kip_query_time_parse (text, time);
    case KIP_QUERY_TYPE_DURATION:
      value->kind = KIP_QUERY_VALUE_DURATION;
      return kip_query_duration_parse (text, number);
    case KIP_QUERY_TYPE_COUNT:
      value->kind = KIP_QUERY_VALUE_COUNT;
      if (!g_ascii_string_to_unsigned (text, 10, 0, MAX_COUNT, &count, NULL))
        return FALSE;
      *number = (gint64) count;
      return TRUE;
    default:
      value->kind = KIP_QUERY_VALUE_KEYWORD;
      keyword = find_keyword (field->field, text);
      *number = keyword != NULL ? keyword->value : 0;
      return keyword != NULL && keyword->set != KIP_QUERY_SET_EMPTY;
    }
}

static gboolean
can_range (const KipQueryFieldInfo *field)
{
  return field->type == KIP_QUERY_TYPE_TIME || field->type == KIP_QUERY_TYPE_DURATION
         || field->type == KIP_QUERY_TYPE_COUNT || field->type == KIP_QUERY_TYPE_RANK;
}

static gboolean
parse_range (const KipQueryFieldInfo *field,
             const KipQueryRaw       *raw,
             KipQueryValue           *value)
{
  const char *dots = strstr (raw->text, "..");
  g_autofree char *low = NULL;

  low = g_strndup (raw->text, (gsize) (dots - raw->text));
  value->is_range = TRUE;
  value->has_low = *low != '\0';
  value->has_high = dots[2] != '\0';
  return (value->has_low || value->has_high)
         && (!value->has_low || parse_end (field, low, value, &value->number, &value->time))
         && (!value->has_high || parse_end (field, dots + 2, value, &value->high, &value->time_to));
}

/* ---- by type ---- */

static gboolean
is_range (const KipQueryRaw *raw)
{
  return !raw->quoted && strstr (raw->text, "..") != NULL;
}

static gboolean
parse_measure (const KipQueryFieldInfo *field,
               KipQueryOp               op,
               const KipQueryRaw       *raw,
               KipQueryValue           *value)
{
  const KipQueryKeyword *keyword = field->can_be_empty ? find_keyword (field->field, raw->text) : NULL;

  if (is_range (raw))
    return op == KIP_QUERY_OP_IS && parse_range (field, raw, value);
  if (keyword != NULL && keyword->set == KIP_QUERY_SET_EMPTY)
    {
      value->kind = KIP_QUERY_VALUE_KEYWORD;
      value->number = keyword->value;
      return op == KIP_QUERY_OP_IS;
    }
  return parse_end (field, raw->text, value, &value->number, &value->time);
}

static gboolean
parse_choice (const KipQueryFieldInfo *field,
              const KipQueryRaw       *raw,
              KipQueryValue           *value)
{
  const char *text = raw->text;
  const KipQueryKeyword *keyword;

  if (field->set == KIP_QUERY_SET_SORT && (*text == '-' || *text == '+'))
    value->descending = *text++ == '-';
  keyword = find_keyword (field->field, text);
  if (keyword == NULL)
    return FALSE;
  value->kind = KIP_QUERY_VALUE_KEYWORD;
  value->number = keyword->value;
  return TRUE;
}

static gboolean
parse_name (const KipQueryFieldInfo *field,
            const KipQueryRaw       *raw,
            KipQueryValue           *value)
{
  if (!raw->quoted && !raw->star && parse_choice (field, raw, value))
    return TRUE;
  if (!kip_query_has_words (raw->text))
    return FALSE;
  value->kind = KIP_QUERY_VALUE_NAMED;
  value->text = g_strdup (raw->text);
  return TRUE;
}

static gboolean
parse_words (const KipQueryFieldInfo *field,
             const KipQueryRaw       *raw,
             KipQueryValue           *value)
{
  if (!raw->quoted && !raw->star && parse_choice (field, raw, value))
    return TRUE;
  if (!kip_query_has_words (raw->text))
    return FALSE;
  value->kind = KIP_QUERY_VALUE_WORDS;
  value->text = g_strdup (raw->text);
  value->prefix = raw->star || (!raw->quoted && field->type == KIP_QUERY_TYPE_WORDS);
  return TRUE;
}

static gboolean
parse_ticket (const KipQueryRaw *raw,
              KipQueryValue     *value)
{
  guint device;
  gint64 counter;

  if (!kip_ticket_number_parse (raw->text, &device, &counter))
    return FALSE;
  value->kind = KIP_QUERY_VALUE_TICKET;
  value->number = KIP_TICKET_NUMBER (device, counter);
  return TRUE;
}

static gboolean
parse_typed (const KipQueryFieldInfo *field,
             KipQueryOp               op,
             const KipQueryRaw       *raw,
             KipQueryValue           *value)
{
  switch (field->type)
    {
    case KIP_QUERY_TYPE_WORDS:
    case KIP_QUERY_TYPE_WHOLE:
      return parse_words (field, raw, value);
    case KIP_QUERY_TYPE_NAME:
      return parse_name (field, raw, value);
    case KIP_QUERY_TYPE_CHOICE:
      return parse_choice (field, raw, value);
    case KIP_QUERY_TYPE_NUMBER:
      return parse_ticket (raw, value);
    case KIP_QUERY_TYPE_RANK:
    case KIP_QUERY_TYPE_TIME:
    case KIP_QUERY_TYPE_DURATION:
    case KIP_QUERY_TYPE_COUNT:
    default:
      return parse_measure (field, op, raw, value);
    }
}

KipQueryValue *
kip_query_value_parse (const KipQueryFieldInfo *field,
                       KipQueryOp               op,
                       const KipQueryRaw       *raw,
                       const char              *source,
                       GPtrArray               *mistakes)
{
  KipQueryValue *value = g_new0 (KipQueryValue, 1);
  gboolean comparable = op == KIP_QUERY_OP_IS || can_range (field);

  if (!comparable || *raw->text == '\0' || !parse_typed (field, op, raw, value))
    {
      g_free (value->text);
      *value = (KipQueryValue) { .kind = KIP_QUERY_VALUE_WRONG, .text = g_strdup (raw->text) };
      if (*raw->text == '\0')
        kip_query_mistake_missing (mistakes, source, field, raw->start, raw->end);
      else if (comparable)
        kip_query_mistake_value (mistakes, source, field, op, raw);
    }
  value->start = raw->start;
  value->end = raw->end;
  return value;
}
