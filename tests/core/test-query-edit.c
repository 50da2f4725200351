/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kip-query-complete.h"
#include "kip-query-edit.h"

static void
tell_names (const KipQueryResolver *resolver,
            KipQueryNames           kind,
            KipQueryNameFunc        func,
            gpointer                data)
{
  if (kind != KIP_QUERY_NAMES_AGENT && kind != KIP_QUERY_NAMES_PERSON)
    return;
  func (11, "Trần Thị Lan", TRUE, data);
  func (11, "lan@example.com", TRUE, data);
  func (12, "Lan Anh", FALSE, data);
  func (13, "Minh", TRUE, data);
  func (14, "None", TRUE, data);
}

static const KipQueryResolver office = { .me = 13, .names = tell_names };

/* ---- chips ---- */

typedef struct
{
  const char *text;
  const char *labels; /* joined by " | "; a mistake has "!" before it */
} ChipCase;

static const ChipCase chip_cases[] = {
  { "", "" },
  { "máy in", "“máy” | “in”" },
  { "\"máy in\" -status:open,new", "“máy in” | not Status: Open, New" },
  { "trạng thái:mới due<2h", "Status: New | Due < 2h" },
  { "priority>=high survey:4.. received:monday..friday", "Priority ≥ High | Survey: 4 – … | Received: Monday – Friday" },
  { "agent:me,none requester:#11", "Agent: Me, None | Requester: Trần Thị Lan" },
  { "requester:#99", "Requester: #99" },
  { "number:b214,7 age>90m", "Number: B-214, 7 | Age > 1h30m" },
  { "(a or b) c", "a or b | “c”" },
  { "a or b c", "a or b c" },
  { "-(a b)", "not a b" },
  { "x sort:-received,number", "“x” | Sort: Received, downwards, Number" },
  { "foo:bar status:open", "!foo:bar | Status: Open" },
  { "priority:foo,high", "!Priority: foo, High" },
};

static void
test_chips (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chip_cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (chip_cases[i].text);
      g_autoptr (GPtrArray) chips = kip_query_chips (query, &office);
      g_autoptr (GString) labels = g_string_new (NULL);

      for (guint j = 0; j < chips->len; j++)
        {
          const KipQueryChip *chip = g_ptr_array_index (chips, j);

          g_string_append_printf (labels, "%s%s%s", j > 0 ? " | " : "", chip->wrong ? "!" : "", chip->label);
        }
      g_test_message ("%s", chip_cases[i].text);
      g_assert_cmpstr (labels->str, ==, chip_cases[i].labels);
    }
}

static void
test_chip_places (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("máy  -trạng thái:mới sort:due");
  g_autoptr (GPtrArray) chips = kip_query_chips (query, NULL);
  const KipQueryChip *chip = g_ptr_array_index (chips, 1);

  g_assert_cmpuint (chips->len, ==, 3);
  g_assert_cmpint (chip->field, ==, KIP_QUERY_STATUS);
  g_assert_true (chip->negated);
  g_assert_cmpstr (chip->text, ==, "-status:new");
  g_assert_cmpuint (chip->start, ==, strlen ("máy  "));
  g_assert_cmpuint (chip->end, ==, strlen ("máy  -trạng thái:mới"));
  chip = g_ptr_array_index (chips, 2);
  g_assert_cmpint (chip->field, ==, KIP_QUERY_SORT);
}

/* ---- edits ---- */

typedef char *(*EditFunc) (const KipQuery *query,
                           KipQueryField   field,
                           const char     *value);

typedef struct
{
  EditFunc      edit;
  const char   *text;
  KipQueryField field;
  const char   *value;
  const char   *result;
} EditCase;

#define WITH kip_query_with_term
#define WITHOUT kip_query_without_term
#define TOGGLE kip_query_toggle_term
#define SET kip_query_set_term

static const EditCase edit_cases[] = {
  { WITH, "", KIP_QUERY_STATUS, "open", "status:open" },
  { WITH, "máy in", KIP_QUERY_STATUS, "open", "máy in status:open" },
  { WITH, "status:open máy", KIP_QUERY_STATUS, "new", "status:open,new máy" },
  { WITH, "trạng thái:mở máy", KIP_QUERY_STATUS, "open", "trạng thái:mở máy" },
  { WITH, "trạng thái:mở và máy", KIP_QUERY_AGENT, "me", "trạng thái:mở máy agent:me" },
  { WITH, "-status:open", KIP_QUERY_STATUS, "new", "-status:open status:new" },
  { WITH, "due<2h", KIP_QUERY_DUE, "today", "due<2h due:today" },
  { WITH, "a or b", KIP_QUERY_STATUS, "open", "(a or b) status:open" },
  { WITH, "(a or b)", KIP_QUERY_STATUS, "open", "(a or b) status:open" },
  { WITH, "(a) or (b)", KIP_QUERY_STATUS, "open", "(a or b) status:open" },
  { WITH, "\"máy in", KIP_QUERY_STATUS, "open", "\"máy in\"* status:open" },
  { WITH, "x sort:due", KIP_QUERY_STATUS, "open", "x status:open sort:due" },
  { WITH, "x", KIP_QUERY_SORT, "-received", "x sort:-received" },
  { WITH, "x sort:due", KIP_QUERY_SORT, "number", "x sort:due,number" },
  { WITH, "x", KIP_QUERY_STATUS, "", "x" },
  { WITH, "x", KIP_QUERY_PRIORITY, "foo", "x" },
  { WITH, "x", KIP_QUERY_STATUS, "open or y", "x" },
  { WITH, "foo:bar", KIP_QUERY_STATUS, "open", "foo:bar status:open" },
  { WITH, "status:open x status:new", KIP_QUERY_STATUS, "new", "status:open x status:new" },
  { WITHOUT, "status:open,new,open x", KIP_QUERY_STATUS, "open", "status:new x" },
  { WITHOUT, "x sort:due,number,due", KIP_QUERY_SORT, "due", "x sort:number" },
  { WITHOUT, "máy status:open,new in", KIP_QUERY_STATUS, "open", "máy status:new in" },
  { WITHOUT, "máy  status:open   in", KIP_QUERY_STATUS, "open", "máy in" },
  { WITHOUT, "máy and status:open", KIP_QUERY_STATUS, "open", "máy" },
  { WITHOUT, "status:open x status:open,new", KIP_QUERY_STATUS, "open", "x status:new" },
  { WITHOUT, "status:open", KIP_QUERY_STATUS, "new", "status:open" },
  { WITHOUT, "due<2h due:today x", KIP_QUERY_DUE, NULL, "x" },
  { WITHOUT, "-status:open x", KIP_QUERY_STATUS, NULL, "-status:open x" },
  { WITHOUT, "x sort:due,number", KIP_QUERY_SORT, "due", "x sort:number" },
  { WITHOUT, "sort:due x sort:number", KIP_QUERY_SORT, NULL, "x" },
  { TOGGLE, "x", KIP_QUERY_IS, "overdue", "x is:overdue" },
  { TOGGLE, "x is:overdue", KIP_QUERY_IS, "overdue", "x" },
  { TOGGLE, "là:quá hạn", KIP_QUERY_IS, "overdue", "" },
  { SET, "agent:lan,minh x", KIP_QUERY_AGENT, "me", "x agent:me" },
  { SET, "x sort:due sort:number", KIP_QUERY_SORT, "-received", "x sort:-received" },
  { SET, "due<2h", KIP_QUERY_DUE, "today", "due:today" },
};

static void
test_edits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (edit_cases); i++)
    {
      const EditCase *c = &edit_cases[i];
      g_autoptr (KipQuery) query = kip_query_parse (c->text);
      g_autofree char *result = c->edit (query, c->field, c->value);

      g_test_message ("%s, %s", c->text, c->value != NULL ? c->value : "-");
      g_assert_cmpstr (result, ==, c->result);
    }
}

static void
test_has_term (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("máy trạng thái:mới,mở agent:\"me\" (tag:a or tag:b) sort:-due");

  g_assert_true (kip_query_has_term (query, KIP_QUERY_STATUS, "new"));
  g_assert_true (kip_query_has_term (query, KIP_QUERY_STATUS, "open"));
  g_assert_false (kip_query_has_term (query, KIP_QUERY_STATUS, "closed"));
  g_assert_false (kip_query_has_term (query, KIP_QUERY_AGENT, "me"));
  g_assert_true (kip_query_has_term (query, KIP_QUERY_AGENT, "\"me\""));
  g_assert_false (kip_query_has_term (query, KIP_QUERY_TAG, "a"));
  g_assert_true (kip_query_has_term (query, KIP_QUERY_SORT, "-due"));
  g_assert_false (kip_query_has_term (query, KIP_QUERY_SORT, "due"));
  g_assert_false (kip_query_has_term (query, KIP_QUERY_PRIORITY, "foo"));
}

static void
test_without_chip (void)
{
  static const char *const results[] = { "(b or c) -d sort:due", "a -d sort:due", "a (b or c) sort:due", "a (b or c) -d" };
  g_autoptr (KipQuery) query = kip_query_parse ("a (b or c) -d sort:due");
  g_autofree char *beyond = kip_query_without_chip (query, 4);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *text = kip_query_without_chip (query, i);

      g_assert_cmpstr (text, ==, results[i]);
    }
  g_assert_cmpstr (beyond, ==, "a (b or c) -d sort:due");
}

static void
test_quote (void)
{
  g_autofree char *plain = kip_query_quote (KIP_QUERY_AGENT, "Lan");
  g_autofree char *spaced = kip_query_quote (KIP_QUERY_AGENT, "Trần Thị Lan");
  g_autofree char *keyword = kip_query_quote (KIP_QUERY_AGENT, "None");
  g_autofree char *odd = kip_query_quote (KIP_QUERY_TEAM, "a \"b\", c");
  g_autofree char *words = kip_query_quote (KIP_QUERY_DEPARTMENT, "IT");
  g_autofree char *tag = kip_query_quote (KIP_QUERY_TAG, "vpn");

  g_assert_cmpstr (plain, ==, "Lan");
  g_assert_cmpstr (spaced, ==, "\"Trần Thị Lan\"");
  g_assert_cmpstr (keyword, ==, "\"None\"");
  g_assert_cmpstr (odd, ==, "\"a \\\"b\\\", c\"");
  g_assert_cmpstr (words, ==, "\"IT\"");
  g_assert_cmpstr (tag, ==, "vpn");
}

/* ---- completion ---- */

typedef struct
{
  const char *text;   /* the cursor is at "^" */
  const char *result; /* the text with the first suggestion put in; NULL: none */
  const char *others; /* further texts offered, in order, joined by " "; NULL: not looked at */
} CompletionCase;

static const CompletionCase completion_cases[] = {
  { "sta^", "status:", "" },
  { "x sta^", "x status:", NULL },
  { "-sta^", "-status:", NULL },
  { "(sta^", "(status:", NULL },
  { "sta^tus", "status:", NULL },
  { "prio^", "priority:", "" },
  { "trạ^", "trạng-thái:", "trả-lời-tiếp:" },
  { "tra^", "trạng-thái:", "trả-lời-tiếp:" },
  { "máy trạng th^", "máy trạng-thái:", NULL },
  { "người x^", "người-xử-lý:", NULL },
  { "overd^", "is:overdue", "" },
  { "quá h^", "is:quá-hạn", NULL },
  { "attach^", "has:attachment", "" },
  { "zzz^", NULL, NULL },
  { "\"sta^", NULL, NULL },
  { "status:^", "status:new", "open waiting scheduled resolved closed" },
  { "status:o^", "status:open", "" },
  { "status:open,^", "status:open,new", NULL },
  { "status:open,w^ x", "status:open,waiting x", NULL },
  { "trạng thái:^", "trạng thái:mới", NULL },
  { "trạng thái:đan^", "trạng thái:đang-xử-lý", "đang-chờ" },
  { "priority>=h^", "priority>=high", "" },
  { "due:tom^", "due:tomorrow", "" },
  { "hạn:hôm^", "hạn:hôm-nay", "hôm-qua" },
  { "agent:l^", "agent:\"Trần Thị Lan\"", "" },
  { "agent:tran^", "agent:\"Trần Thị Lan\"", "" },
  { "agent:\"Trần^", "agent:\"Trần Thị Lan\"", NULL },
  { "agent:min^", "agent:Minh", "" },
  { "agent:no^", "agent:none", "\"None\"" },
  { "agent:^", "agent:me", "none any \"Trần Thị Lan\" Minh \"None\"" },
  { "sort:rec^", "sort:received", "" },
  { "subject:x^", NULL, NULL },
  { "is:resolved^", NULL, NULL },
  { "is:Resolved^", NULL, NULL },
  { "status:o^pen", NULL, NULL },
  { "status:open^ed", "status:open", "" },
  { "agent:Minh^", NULL, NULL },
};

static char *
put_in (const char               *text,
        const KipQueryCompletion *completion)
{
  return g_strdup_printf ("%.*s%s%s", (int) completion->start, text, completion->text, text + completion->end);
}

static void
test_completions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (completion_cases); i++)
    {
      const CompletionCase *c = &completion_cases[i];
      gsize cursor = (gsize) (strchr (c->text, '^') - c->text);
      g_autofree char *text = g_strdup_printf ("%.*s%s", (int) cursor, c->text, c->text + cursor + 1);
      g_autoptr (GPtrArray) found = kip_query_complete (text, cursor, &office, 100);
      g_autoptr (GString) others = g_string_new (NULL);
      g_autofree char *result = NULL;

      g_test_message ("%s", c->text);
      for (guint j = 1; j < found->len; j++)
        g_string_append_printf (others, "%s%s", j > 1 ? " " : "", ((KipQueryCompletion *) g_ptr_array_index (found, j))->text);
      if (found->len > 0)
        result = put_in (text, g_ptr_array_index (found, 0));
      g_assert_cmpstr (result, ==, c->result);
      if (c->others != NULL)
        g_assert_cmpstr (others->str, ==, c->others);
    }
}

static void
test_completion_limits (void)
{
  guint n;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) few = kip_query_complete ("", 0, NULL, 3);
  g_autoptr (GPtrArray) bad = kip_query_complete ("sta\xff", 99, NULL, 10);
  g_autoptr (GPtrArray) inside = kip_query_complete ("á", 1, NULL, 1000);

  kip_query_fields (&n);
  all = kip_query_complete ("", 0, NULL, 1000);
  g_assert_cmpuint (all->len, ==, n);
  g_assert_cmpuint (few->len, ==, 3);
  g_assert_cmpuint (bad->len, ==, 1);
  g_assert_cmpuint (inside->len, ==, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-edit/chips", test_chips);
  g_test_add_func ("/query-edit/chip-places", test_chip_places);
  g_test_add_func ("/query-edit/edits", test_edits);
  g_test_add_func ("/query-edit/has-term", test_has_term);
  g_test_add_func ("/query-edit/without-chip", test_without_chip);
  g_test_add_func ("/query-edit/quote", test_quote);
  g_test_add_func ("/query-edit/completions", test_completions);
  g_test_add_func ("/query-edit/completion-limits", test_completion_limits);
  return g_test_run ();
}
