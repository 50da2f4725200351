/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-plan.h"

#include <string.h>

#include "kip-schema.h"
#include "kip-text.h"

/* What is being asked about. */
typedef struct
{
  const KipQueryAccess *access;
  gconstpointer ticket;
} Subject;

static const char *
get_text (const Subject *subject,
          KipQueryField  field)
{
  const char *text = subject->access->get_text (subject->ticket, field, subject->access->data);

  return text != NULL ? text : "";
}

static gboolean
is_text_field (KipQueryField field)
{
  const KipQueryFieldInfo *info = kip_query_field_info (field);

  return info != NULL && (info->type == KIP_QUERY_TYPE_WORDS || info->type == KIP_QUERY_TYPE_WHOLE);
}

static gboolean
is_empty (const Subject *subject,
          KipQueryField  field)
{
  if (is_text_field (field))
    return *get_text (subject, field) == '\0';
  return subject->access->get_int (subject->ticket, field, subject->access->data) == KIP_QUERY_NO_INT;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static gboolean
is_in (const Subject      *subject,
       const KipQueryTest *test)
{
  gint64 number = subject->access->get_int (subject->ticket, test->field, subject->access->data);

  return number != KIP_QUERY_NO_INT
         && g_array_binary_search (test->values, &number, compare_numbers, NULL);
}

static gboolean
is_in_range (const Subject      *subject,
             const KipQueryTest *test)
{
  gint64 number = subject->access->get_int (subject->ticket, test->field, subject->access->data);

  return number != KIP_QUERY_NO_INT && number >= test->min && number < test->max;
}

static gboolean
line_matches (const char         *line,
              const KipQueryTest *test)
{
  if (test->kind == KIP_QUERY_TEST_WORDS)
    return kip_text_matches_phrase (line, test->text, test->prefix);
  return test->prefix ? g_str_has_prefix (line, test->text) : strcmp (line, test->text) == 0;
}

/* Each text of several by itself: no phrase goes on in the next one. */
static gboolean
text_matches (const Subject      *subject,
              const KipQueryTest *test)
{
  const char *text = get_text (subject, test->field);
  g_auto (GStrv) lines = NULL;

  if (strchr (text, '\n') == NULL)
    return *text != '\0' && line_matches (text, test);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (line_matches (*line, test))
      return TRUE;
  return FALSE;
}

static gboolean
number_matches (const Subject      *subject,
                const KipQueryTest *test)
{
  gint64 number = subject->access->get_number (subject->ticket, subject->access->data);

  if (test->device != 0)
    return number == KIP_TICKET_NUMBER (test->device, test->counter);
  return (number & (KIP_TICKET_NUMBER (1, 0) - 1)) == test->counter;
}

static gboolean
matches (const Subject      *subject,
         const KipQueryTest *test)
{
  gboolean all = test->kind == KIP_QUERY_TEST_AND;

  switch (test->kind)
    {
    case KIP_QUERY_TEST_AND:
    case KIP_QUERY_TEST_OR:
      for (guint i = 0; i < test->children->len; i++)
        if (matches (subject, g_ptr_array_index (test->children, i)) != all)
          return !all;
      return all;
    case KIP_QUERY_TEST_NOT:
      return !matches (subject, g_ptr_array_index (test->children, 0));
    case KIP_QUERY_TEST_IN:
      return is_in (subject, test);
    case KIP_QUERY_TEST_RANGE:
      return is_in_range (subject, test);
    case KIP_QUERY_TEST_EMPTY:
      return is_empty (subject, test->field);
    case KIP_QUERY_TEST_WORDS:
    case KIP_QUERY_TEST_WHOLE:
      return text_matches (subject, test);
    case KIP_QUERY_TEST_NUMBER:
      return number_matches (subject, test);
    case KIP_QUERY_TEST_FLAG:
      return subject->access->get_flag (subject->ticket, test->flag, subject->access->data);
    case KIP_QUERY_TEST_ALL:
    default:
      return TRUE;
    }
}

gboolean
kip_query_test_matches (const KipQueryTest   *test,
                        const KipQueryAccess *access,
                        gconstpointer         ticket)
{
  Subject subject = { access, ticket };

  return matches (&subject, test);
}

gboolean
kip_query_matches (const KipQueryPlan   *plan,
                   const KipQueryAccess *access,
                   gconstpointer         ticket)
{
  if (!plan->asks_deleted && access->get_flag (ticket, KIP_QUERY_FLAG_DELETED, access->data))
    return FALSE;
  if (!plan->asks_spam && access->get_flag (ticket, KIP_QUERY_FLAG_SPAM, access->data))
    return FALSE;
  if (!plan->asks_merged && access->get_flag (ticket, KIP_QUERY_FLAG_MERGED, access->data))
    return FALSE;
  return kip_query_test_matches (plan->root, access, ticket);
}
