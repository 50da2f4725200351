/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query-laws.h"

#include <string.h>

#include "kip-query-complete.h"
#include "kip-query-edit.h"
#include "kip-query-plan.h"
#include "kip-schema.h"
#include "kip-text.h"

#define NOW (G_GINT64_CONSTANT (1795167000) * 1000)

/* ---- an office and a ticket ---- */

static void
tell_names (const KipQueryResolver *resolver,
            KipQueryNames           names,
            KipQueryNameFunc        func,
            gpointer                data)
{
  func (10 * names + 1, "Trần Thị Lan", TRUE, data);
  func (10 * names + 1, "0903 123 456", TRUE, data);
  func (10 * names + 2, "open", TRUE, data);
  func (10 * names + 3, "", FALSE, data);
}

static const KipQueryResolver office = { .me = 11, .names = tell_names };

static gint64
get_int (gconstpointer ticket,
         KipQueryField field,
         gpointer      data)
{
  switch (field)
    {
    case KIP_QUERY_RECEIVED:
    case KIP_QUERY_UPDATED:
      return NOW - KIP_MS_PER_DAY;
    case KIP_QUERY_DUE:
      return NOW + KIP_MS_PER_HOUR;
    case KIP_QUERY_AGENT:
    case KIP_QUERY_RESOLVED:
    case KIP_QUERY_SURVEY:
      return KIP_QUERY_NO_INT;
    default:
      return 2;
    }
}

static const char *
get_text (gconstpointer ticket,
          KipQueryField field,
          gpointer      data)
{
  return field == KIP_QUERY_CAUSE ? NULL : "may in hong\ntran thi lan\nvpn";
}

static gboolean
get_flag (gconstpointer ticket,
          KipQueryFlag  flag,
          gpointer      data)
{
  return flag == KIP_QUERY_FLAG_VIP || flag == KIP_QUERY_FLAG_PAUSED;
}

static gint64
get_number (gconstpointer ticket,
            gpointer      data)
{
  return KIP_TICKET_NUMBER (2, 214);
}

static const KipQueryAccess reads = { get_int, get_text, get_flag, get_number, NULL };

static KipQueryPlan *
plan_for (const KipQuery *query)
{
  return kip_query_plan_new (query, &office, NOW, NULL);
}

static gboolean
selects (const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (KipQueryPlan) plan = plan_for (query);

  return kip_query_matches (plan, &reads, NULL);
}

/* ---- laws ---- */

static void
check_place (const char *text,
             gsize       start,
             gsize       end)
{
  g_assert_cmpuint (start, <=, end);
  g_assert_cmpuint (end, <=, strlen (text));
  g_assert_true (((guchar) text[start] & 0xC0) != 0x80);
  g_assert_true (((guchar) text[end] & 0xC0) != 0x80);
}

static void
check_tree (const char         *text,
            const KipQueryNode *node)
{
  gboolean inner = node->kind == KIP_QUERY_NODE_AND || node->kind == KIP_QUERY_NODE_OR;

  check_place (text, node->start, node->end);
  g_assert_true (node->children == NULL || node->children->len > (inner ? 1 : 0));
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    {
      const KipQueryNode *child = g_ptr_array_index (node->children, i);

      g_assert_cmpint (child->kind, !=, node->kind);
      check_tree (text, child);
    }
  for (guint i = 0; node->values != NULL && i < node->values->len; i++)
    {
      const KipQueryValue *value = g_ptr_array_index (node->values, i);

      check_place (text, value->start, value->end);
    }
}

static void
check_mistakes (const char *text,
                GPtrArray  *mistakes)
{
  gsize before = 0;

  for (guint i = 0; i < mistakes->len; i++)
    {
      const KipQueryMistake *mistake = g_ptr_array_index (mistakes, i);

      check_place (text, mistake->start, mistake->end);
      g_assert_cmpuint (mistake->start, <, mistake->end);
      g_assert_cmpuint (mistake->start, >=, before);
      g_assert_true (g_utf8_validate (mistake->message, -1, NULL) && *mistake->message != '\0');
      g_assert_true (g_utf8_validate (mistake->hint, -1, NULL) && *mistake->hint != '\0');
      before = mistake->start;
    }
}

/* Printed and read again it is the same query, means the same, and prints the same. */
static void
check_round_trip (const KipQuery *query)
{
  g_autofree char *text = kip_query_to_text (query);
  g_autoptr (KipQuery) again = kip_query_parse (text);
  g_autofree char *second = kip_query_to_text (again);
  g_autoptr (KipQueryPlan) plan = plan_for (query);
  g_autoptr (KipQueryPlan) plan_again = plan_for (again);
  g_autofree char *meaning = kip_query_test_to_text (plan->root);
  g_autofree char *meaning_again = kip_query_test_to_text (plan_again->root);

  if (!kip_query_equal (query, again))
    g_error ("“%s” is printed as “%s”, which is another query", kip_query_get_text (query), text);
  g_assert_cmpstr (second, ==, text);
  g_assert_cmpstr (meaning_again, ==, meaning);
  check_mistakes (kip_query_get_text (query), plan->mistakes);
}

/* All chips together select what the query selects; without the last there is one less. */
static void
check_chips (const KipQuery *query)
{
  g_autoptr (GPtrArray) chips = kip_query_chips (query, &office);
  g_autofree char *fewer = kip_query_without_chip (query, chips->len - 1);
  g_autoptr (KipQuery) rest = kip_query_parse (fewer);
  g_autoptr (GPtrArray) others = kip_query_chips (rest, &office);
  gboolean all = TRUE;

  if (chips->len == 0)
    return;
  for (guint i = 0; i < chips->len; i++)
    {
      const KipQueryChip *chip = g_ptr_array_index (chips, i);

      check_place (kip_query_get_text (query), chip->start, chip->end);
      g_assert_true (*chip->label != '\0');
      all &= selects (chip->text);
    }
  g_assert_cmpint (all, ==, selects (kip_query_get_text (query)));
  for (guint i = 0; i < others->len && chips->len > 2; i++)
    g_assert_cmpstr (((KipQueryChip *) g_ptr_array_index (others, i))->text, ==,
                     ((KipQueryChip *) g_ptr_array_index (chips, i))->text);
}

/* From some condition on it is not looked at, so a term behind that is not there. */
static gboolean
is_cut_short (const KipQuery *query)
{
  const GPtrArray *mistakes = kip_query_get_mistakes (query);

  for (guint i = 0; i < mistakes->len; i++)
    if (((const KipQueryMistake *) g_ptr_array_index (mistakes, i))->kind == KIP_QUERY_MISTAKE_LONG)
      return TRUE;
  return FALSE;
}

/* A term clicked on is there; clicked off again, all is as before. */
static void
check_toggle (const KipQuery *query,
              KipQueryField   field,
              const char     *value)
{
  g_autofree char *with = kip_query_with_term (query, field, value);
  g_autoptr (KipQuery) on = kip_query_parse (with);
  g_autofree char *without = kip_query_toggle_term (on, field, value);
  g_autoptr (KipQuery) off = kip_query_parse (without);

  if (is_cut_short (on))
    return;
  g_assert_true (kip_query_has_term (on, field, value));
  g_assert_false (kip_query_has_term (off, field, value));
  if (kip_query_has_term (query, field, value))
    g_assert_true (kip_query_equal (query, on));
  else
    g_assert_true (kip_query_equal (query, off));
}

static void
check_completions (const char *text)
{
  gsize length = strlen (text);

  for (gsize cursor = 0; cursor <= length; cursor += 1 + length / 4)
    {
      g_autoptr (GPtrArray) found = kip_query_complete (text, cursor, &office, 8);

      g_assert_cmpuint (found->len, <=, 8);
      for (guint i = 0; i < found->len; i++)
        {
          const KipQueryCompletion *completion = g_ptr_array_index (found, i);

          check_place (text, completion->start, completion->end);
        }
    }
}

void
query_laws_check (const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  const char *valid = kip_query_get_text (query);
  guint device;
  gint64 counter;

  g_assert_true (g_utf8_validate (valid, -1, NULL));
  if (kip_query_get_root (query) != NULL)
    check_tree (valid, kip_query_get_root (query));
  check_mistakes (valid, kip_query_get_mistakes (query));
  kip_query_get_jump (query, &device, &counter);
  check_round_trip (query);
  check_chips (query);
  switch (g_str_hash (valid) % 4) /* not all of them each time: they take long */
    {
    case 0:
      check_toggle (query, KIP_QUERY_STATUS, "waiting");
      break;
    case 1:
      check_toggle (query, KIP_QUERY_TAG, "\"a b\"");
      break;
    case 2:
      check_toggle (query, KIP_QUERY_SORT, "-updated");
      break;
    default:
      check_completions (valid);
      break;
    }
}
