/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-plan-private.h"

#include <string.h>

KipQueryTest *
kip_query_test_new (KipQueryTestKind kind,
                    KipQueryField    field)
{
  KipQueryTest *test = g_new0 (KipQueryTest, 1);

  test->kind = kind;
  test->field = field;
  if (kind == KIP_QUERY_TEST_IN)
    test->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (kind == KIP_QUERY_TEST_AND || kind == KIP_QUERY_TEST_OR || kind == KIP_QUERY_TEST_NOT)
    test->children = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_test_free);
  return test;
}

void
kip_query_test_free (KipQueryTest *test)
{
  g_clear_pointer (&test->children, g_ptr_array_unref);
  g_clear_pointer (&test->values, g_array_unref);
  g_free (test->text);
  g_free (test);
}

void
kip_query_test_add_value (KipQueryTest *test,
                          gint64        value)
{
  guint low = 0, high = test->values->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (test->values, gint64, middle) < value)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == test->values->len || g_array_index (test->values, gint64, low) != value)
    g_array_insert_val (test->values, low, value);
}

KipQueryTest *
kip_query_test_in (KipQueryField field,
                   gint64        value)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_IN, field);

  kip_query_test_add_value (test, value);
  return test;
}

KipQueryTest *
kip_query_test_range (KipQueryField field,
                      gint64        min,
                      gint64        max)
{
  KipQueryTest *test = kip_query_test_new (KIP_QUERY_TEST_RANGE, field);

  test->min = min;
  test->max = max;
  return test;
}

KipQueryTest *
kip_query_test_not (KipQueryTest *test)
{
  KipQueryTest *negation;

  if (test == NULL)
    return NULL;
  negation = kip_query_test_new (KIP_QUERY_TEST_NOT, KIP_QUERY_TEXT);
  g_ptr_array_add (negation->children, test);
  return negation;
}

static gboolean
merge_values (KipQueryTest *left,
              KipQueryTest *right)
{
  if (left->kind != KIP_QUERY_TEST_IN || right->kind != KIP_QUERY_TEST_IN || left->field != right->field)
    return FALSE;
  for (guint i = 0; i < right->values->len; i++)
    kip_query_test_add_value (left, g_array_index (right->values, gint64, i));
  kip_query_test_free (right);
  return TRUE;
}

KipQueryTest *
kip_query_test_join (KipQueryTestKind kind,
                     KipQueryTest    *left,
                     KipQueryTest    *right)
{
  KipQueryTest *test;

  if (left == NULL || right == NULL)
    return left != NULL ? left : right;
  if (kind == KIP_QUERY_TEST_OR && merge_values (left, right))
    return left;
  test = left->kind == kind ? left : kip_query_test_new (kind, KIP_QUERY_TEXT);
  if (test != left)
    g_ptr_array_add (test->children, left);
  if (right->kind == kind)
    {
      g_ptr_array_extend_and_steal (test->children, g_steal_pointer (&right->children));
      kip_query_test_free (right);
    }
  else
    g_ptr_array_add (test->children, right);
  return test;
}

/* ---- as text ---- */

static const char *
field_name (KipQueryField field)
{
  const KipQueryFieldInfo *info = kip_query_field_info (field);

  if (info != NULL)
    return info->name;
  return field == KIP_QUERY_PHASE ? "phase" : "text";
}

static const char *
flag_name (KipQueryFlag flag)
{
  const KipQueryKeyword *keyword = kip_query_keyword_for (KIP_QUERY_IS, (int) flag);

  if (keyword == NULL)
    keyword = kip_query_keyword_for (KIP_QUERY_HAS, (int) flag);
  return keyword != NULL ? keyword->name : "?";
}

static void
append_bound (GString *out,
              gint64   bound)
{
  if (bound == G_MININT64 || bound == G_MAXINT64)
    g_string_append_c (out, '*');
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, bound);
}

static void append_test (GString            *out,
                         const KipQueryTest *test);

static void
append_children (GString            *out,
                 const KipQueryTest *test,
                 const char         *between)
{
  g_string_append_c (out, '(');
  for (guint i = 0; i < test->children->len; i++)
    {
      if (i > 0)
        g_string_append (out, between);
      append_test (out, g_ptr_array_index (test->children, i));
    }
  g_string_append_c (out, ')');
}

static void
append_values (GString            *out,
               const KipQueryTest *test)
{
  g_string_append_printf (out, "%s in {", field_name (test->field));
  for (guint i = 0; i < test->values->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", g_array_index (test->values, gint64, i));
  g_string_append_c (out, '}');
}

static void
append_range (GString            *out,
              const KipQueryTest *test)
{
  g_string_append_printf (out, "%s [", field_name (test->field));
  append_bound (out, test->min);
  g_string_append_c (out, ' ');
  append_bound (out, test->max);
  g_string_append_c (out, ')');
}

static void
append_test (GString            *out,
             const KipQueryTest *test)
{
  switch (test->kind)
    {
    case KIP_QUERY_TEST_AND:
      append_children (out, test, " and ");
      break;
    case KIP_QUERY_TEST_OR:
      append_children (out, test, " or ");
      break;
    case KIP_QUERY_TEST_NOT:
      g_string_append (out, "not ");
      append_test (out, g_ptr_array_index (test->children, 0));
      break;
    case KIP_QUERY_TEST_IN:
      append_values (out, test);
      break;
    case KIP_QUERY_TEST_RANGE:
      append_range (out, test);
      break;
    case KIP_QUERY_TEST_EMPTY:
      g_string_append_printf (out, "%s empty", field_name (test->field));
      break;
    case KIP_QUERY_TEST_WORDS:
    case KIP_QUERY_TEST_WHOLE:
      g_string_append_printf (out, "%s %s \"%s\"%s", field_name (test->field),
                              test->kind == KIP_QUERY_TEST_WORDS ? "~" : "=", test->text, test->prefix ? "*" : "");
      break;
    case KIP_QUERY_TEST_NUMBER:
      g_string_append_printf (out, "number %u-%" G_GINT64_FORMAT, test->device, test->counter);
      break;
    case KIP_QUERY_TEST_FLAG:
      g_string_append_printf (out, "is %s", flag_name (test->flag));
      break;
    case KIP_QUERY_TEST_ALL:
    default:
      g_string_append (out, "all");
      break;
    }
}

char *
kip_query_test_to_text (const KipQueryTest *test)
{
  GString *out = g_string_new (NULL);

  append_test (out, test);
  return g_string_free (out, FALSE);
}
