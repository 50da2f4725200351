/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
kip_query_mistake_free (KipQueryMistake *mistake)
{
  g_free (mistake->message);
  g_free (mistake->hint);
  g_free (mistake->replacement);
  g_free (mistake);
}

KipQueryMistake *
kip_query_mistake_add (GPtrArray          *mistakes,
                       KipQueryMistakeKind kind,
                       const char         *source,
                       gsize               start,
                       gsize               end,
                       char               *message,
                       char               *hint,
                       char               *replacement)
{
  KipQueryMistake *mistake = g_new0 (KipQueryMistake, 1);

  mistake->kind = kind;
  mistake->start = start;
  mistake->end = end;
  mistake->unfinished = source[end] == '\0';
  mistake->message = message;
  mistake->hint = hint;
  mistake->replacement = replacement;
  g_ptr_array_add (mistakes, mistake);
  return mistake;
}

static int
by_place (gconstpointer a,
          gconstpointer b)
{
  const KipQueryMistake *left = *(KipQueryMistake *const *) a;
  const KipQueryMistake *right = *(KipQueryMistake *const *) b;

  return left->start < right->start ? -1 : left->start > right->start;
}

void
kip_query_mistakes_sort (GPtrArray *mistakes)
{
  g_ptr_array_sort (mistakes, by_place);
}

/* ---- what was perhaps meant ---- */

static guint
letters (const char *key,
         gunichar   *out)
{
  guint n = 0;

  for (const char *p = key; *p != '\0' && n < KIP_QUERY_MAX_LETTERS; p = g_utf8_next_char (p))
    out[n++] = g_utf8_get_char (p);
  return n;
}

/* Letters to insert, drop, replace or swap with their neighbour (optimal string
 * alignment distance). */
static guint
distance (const gunichar *a,
          guint           n,
          const gunichar *b,
          guint           m)
{
  guint rows[KIP_QUERY_MAX_LETTERS + 1][KIP_QUERY_MAX_LETTERS + 1];

  for (guint i = 0; i <= n; i++)
    rows[i][0] = i;
  for (guint j = 0; j <= m; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n; i++)
    for (guint j = 1; j <= m; j++)
      {
        guint best = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

        best = MIN (best, MIN (rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          best = MIN (best, rows[i - 2][j - 2] + 1);
        rows[i][j] = best;
      }
  return rows[n][m];
}

void
kip_query_nearest_init (KipQueryNearest *nearest,
                        const char      *wanted)
{
  guint length;

  nearest->wanted = kip_query_key (wanted, -1);
  nearest->nearest = NULL;
  nearest->n_letters = length = letters (nearest->wanted, nearest->letters);
  /* One more than what is still near: a slip in a short word, three in a long one. */
  nearest->distance = length < 2 ? 1 : length <= 4 ? 2 : length <= 8 ? 3 : 4;
}

void
kip_query_nearest_offer_key (KipQueryNearest *nearest,
                             const char      *key,
                             const char      *answer)
{
  gunichar other[KIP_QUERY_MAX_LETTERS];
  guint n = letters (key, other);
  guint longer = MAX (n, nearest->n_letters), shorter = MIN (n, nearest->n_letters);
  guint far;

  if (n == 0)
    return;
  if (nearest->n_letters > 1 && g_str_has_prefix (key, nearest->wanted))
    far = MIN (longer - shorter, 1);
  else if (longer - shorter >= nearest->distance)
    return;
  else
    far = distance (nearest->letters, nearest->n_letters, other, n);
  if (far >= nearest->distance)
    return;
  nearest->distance = far;
  g_free (nearest->nearest);
  nearest->nearest = g_strdup (answer);
}

void
kip_query_nearest_offer_item (KipQueryNearest *nearest,
                              gconstpointer    item,
                              const char      *label)
{
  const KipQuerySpelling *name = kip_query_spellings (item);
  g_autofree char *label_key = kip_query_key (_(label), -1);

  for (const KipQuerySpelling *spelling = name; spelling->text != NULL; spelling++)
    kip_query_nearest_offer_key (nearest, spelling->key, spelling->one_word);
  kip_query_nearest_offer_key (nearest, label_key, name->text);
}

char *
kip_query_nearest_finish (KipQueryNearest *nearest)
{
  g_clear_pointer (&nearest->wanted, g_free);
  return g_steal_pointer (&nearest->nearest);
}

char *
kip_query_nearest_field (const char *name)
{
  KipQueryNearest nearest;
  guint n;
  const KipQueryFieldInfo *fields = kip_query_fields (&n);

  kip_query_nearest_init (&nearest, name);
  for (guint i = 0; i < n; i++)
    kip_query_nearest_offer_item (&nearest, &fields[i], fields[i].label);
  return kip_query_nearest_finish (&nearest);
}

static char *
nearest_keyword (const KipQueryFieldInfo *field,
                 KipQueryOp               op,
                 const char              *text)
{
  KipQueryNearest nearest;
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  kip_query_nearest_init (&nearest, text);
  for (guint i = 0; i < n; i++)
    if (kip_query_field_accepts (field, &keywords[i])
        && (op == KIP_QUERY_OP_IS || keywords[i].set != KIP_QUERY_SET_EMPTY))
      kip_query_nearest_offer_item (&nearest, &keywords[i], keywords[i].label);
  return kip_query_nearest_finish (&nearest);
}

/* ---- each mistake ---- */

static char *
did_you_mean (const char *suggestion)
{
  return g_strdup_printf (_("Did you mean “%s”?"), suggestion);
}

static char *
for_example (const KipQueryFieldInfo *field)
{
  return g_strdup_printf (_("For example: %s"), field->example);
}

static char *
all_keywords (const KipQueryFieldInfo *field)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n;
  const KipQueryKeyword *keywords = kip_query_keywords (&n);

  for (guint i = 0; i < n; i++)
    if (kip_query_field_accepts (field, &keywords[i]))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", keywords[i].name);
  return g_strdup_printf (_("Choose one of: %s"), list->str);
}

void
kip_query_mistake_field (GPtrArray           *mistakes,
                         const char          *source,
                         const KipQueryToken *token)
{
  g_autofree char *name = g_strndup (source + token->start, token->name_end - token->start);
  char *nearest = kip_query_nearest_field (name);
  char *hint = nearest != NULL ? did_you_mean (nearest)
                               : g_strdup (_("To look for these words themselves, put them in quotes."));
  KipQueryMistake *mistake =
    kip_query_mistake_add (mistakes, KIP_QUERY_MISTAKE_FIELD, source, token->start, token->name_end,
                           g_strdup_printf (_("There is no field “%s”."), name), hint, nearest);

  mistake->unfinished = source[token->end] == '\0';
}

void
kip_query_mistake_missing (GPtrArray               *mistakes,
                           const char              *source,
                           const KipQueryFieldInfo *field,
                           gsize                    start,
                           gsize                    end)
{
  kip_query_mistake_add (mistakes, KIP_QUERY_MISTAKE_MISSING, source, start, end,
                         g_strdup_printf (_("“%s:” needs a value."), field->name),
                         for_example (field), NULL);
}

void
kip_query_mistake_compare (GPtrArray               *mistakes,
                           const char              *source,
                           const KipQueryFieldInfo *field,
                           gsize                    start,
                           gsize                    end)
{
  kip_query_mistake_add (mistakes, KIP_QUERY_MISTAKE_COMPARE, source, start, end,
                         g_strdup_printf (_("“%s” has no more and less: it cannot be compared."), field->name),
                         for_example (field), NULL)->unfinished = FALSE;
}

static KipQueryMistakeKind
kind_for (const KipQueryFieldInfo *field)
{
  switch (field->type)
    {
    case KIP_QUERY_TYPE_TIME:
      return KIP_QUERY_MISTAKE_TIME;
    case KIP_QUERY_TYPE_DURATION:
      return KIP_QUERY_MISTAKE_DURATION;
    case KIP_QUERY_TYPE_COUNT:
      return KIP_QUERY_MISTAKE_COUNT;
    case KIP_QUERY_TYPE_NUMBER:
      return KIP_QUERY_MISTAKE_TICKET;
    case KIP_QUERY_TYPE_CHOICE:
    case KIP_QUERY_TYPE_RANK:
      return KIP_QUERY_MISTAKE_VALUE;
    case KIP_QUERY_TYPE_WORDS:
    case KIP_QUERY_TYPE_WHOLE:
    case KIP_QUERY_TYPE_NAME:
    default:
      return KIP_QUERY_MISTAKE_NOTHING;
    }
}

static char *
value_message (KipQueryMistakeKind      kind,
               const KipQueryFieldInfo *field,
               const char              *text)
{
  switch (kind)
    {
    case KIP_QUERY_MISTAKE_TIME:
      return g_strdup_printf (_("“%s” is no date, time or span of time."), text);
    case KIP_QUERY_MISTAKE_DURATION:
      return g_strdup_printf (_("“%s” is no duration."), text);
    case KIP_QUERY_MISTAKE_COUNT:
      return g_strdup_printf (_("“%s” is no number."), text);
    case KIP_QUERY_MISTAKE_TICKET:
      return g_strdup_printf (_("“%s” is no ticket number."), text);
    case KIP_QUERY_MISTAKE_VALUE:
      return g_strdup_printf (_("“%s” is no value of “%s:”."), text, field->name);
    default:
      return g_strdup_printf (_("There is no letter or digit to look for in “%s”."), text);
    }
}

static char *
value_hint (KipQueryMistakeKind      kind,
            const KipQueryFieldInfo *field)
{
  switch (kind)
    {
    case KIP_QUERY_MISTAKE_TIME:
      return g_strdup (_("For example: today, last-week, 2026-11-20, 20/11, 16:30, 2h, 3d"));
    case KIP_QUERY_MISTAKE_DURATION:
      return g_strdup (_("For example: 30m, 2h, 1h30m, 3d, 1w"));
    case KIP_QUERY_MISTAKE_VALUE:
      return all_keywords (field);
    case KIP_QUERY_MISTAKE_NOTHING:
      return g_strdup (_("Type a word, or leave it out."));
    default:
      return for_example (field);
    }
}

void
kip_query_mistake_value (GPtrArray               *mistakes,
                         const char              *source,
                         const KipQueryFieldInfo *field,
                         KipQueryOp               op,
                         const KipQueryRaw       *raw)
{
  KipQueryMistakeKind kind = kind_for (field);
  char *nearest = kind != KIP_QUERY_MISTAKE_NOTHING ? nearest_keyword (field, op, raw->text) : NULL;

  kip_query_mistake_add (mistakes, kind, source, raw->start, raw->end, value_message (kind, field, raw->text),
                         nearest != NULL ? did_you_mean (nearest) : value_hint (kind, field), nearest);
}
