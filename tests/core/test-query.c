/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kip-query.h"

/* ---- what is typed and what is understood ---- */

typedef struct
{
  const char *text;
  const char *canonical;
} ParseCase;

static const ParseCase parse_cases[] = {
  { "", "" },
  { "   ", "" },
  { "máy in", "máy in" },
  { "máy in status:open due<2h", "máy in status:open due<2h" },
  { "an*", "an" },
  { "\"máy in\"", "\"máy in\"" },
  { "\"máy in\"*", "\"máy in\"*" },
  { "“máy in”", "\"máy in\"" },
  { "\"in\"*", "in" },
  { "\"say \\\"hi\\\" \\\\ there\"", "\"say \\\"hi\\\" \\\\ there\"" },
  { "a & b - c :)", "a b c" },

  /* not, or, and */
  { "-vpn", "-vpn" },
  { "--vpn", "vpn" },
  { "-\"no answer\"", "-\"no answer\"" },
  { "printer not working", "printer \"not\"* working" },
  { "máy in không in", "máy in \"không\"* in" },
  { "NOT working", "-working" },
  { "not status:open", "-status:open" },
  { "không trangthai:mở", "-status:open" },
  { "not (a b)", "-(a b)" },
  { "not \"a b\"", "-\"a b\"" },
  { "not not status:open", "\"not\"* -status:open" },
  { "-not status:open", "status:open" },
  { "a or b", "a or b" },
  { "a | b", "a or b" },
  { "a hoặc b", "a or b" },
  { "a OR b", "a or b" },
  { "a and b", "a b" },
  { "a và b", "a b" },
  { "a or", "a \"or\"*" },
  { "or a", "\"or\"* a" },
  { "a |", "a" },
  { "a or b c or d", "a or b c or d" },
  { "(a or b) c", "(a or b) c" },
  { "a (b c) d", "a b c d" },
  { "a or (b or c)", "a or b or c" },
  { "-(a or b)", "-(a or b)" },
  { "-(a)", "-a" },
  { "-(-a)", "a" },
  { "()", "" },
  { "a () b", "a b" },

  /* fields */
  { "status:open,new", "status:open,new" },
  { "status=open", "status:open" },
  { "status!=open", "-status:open" },
  { "-status!=open", "status:open" },
  { "STATUS:Open", "status:open" },
  { "status: open", "status:open" },
  { "status:open,", "status:open" },
  { "status:,,open", "status:open" },
  { "status:\"open\"", "status:\"open\"" },
  { "status:\"Chờ linh kiện\"", "status:\"Chờ linh kiện\"" },
  { "priority:high", "priority:high" },
  { "priority>=high", "priority>=high" },
  { "priority > high", "priority>high" },
  { "priority:low..high", "priority:low..high" },
  { "priority:p1,p2", "priority:critical,high" },
  { "agent:me", "agent:me" },
  { "agent:none,lan", "agent:none,lan" },
  { "agent:\"Trần Thị Lan\",Minh", "agent:\"Trần Thị Lan\",Minh" },
  { "team:mine", "team:mine" },
  { "category:network/wifi", "category:network/wifi" },
  { "tag:vpn,\"two words\",old*", "tag:vpn,\"two words\",old*" },
  { "tag:none", "tag:none" },
  { "tag:\"none\"", "tag:\"none\"" },
  { "channel:walk-in", "channel:walk-in" },
  { "channel:walkin", "channel:walk-in" },
  { "channel:walk in", "channel:walk-in" },
  { "department:kế", "department:kế" },
  { "department:\"kế toán\"", "department:\"kế toán\"" },
  { "external:INC0001", "external:INC0001" },
  { "number:a214,B-7,12", "number:A-214,B-7,12" },
  { "is:overdue,vip", "is:overdue,vip" },
  { "is:due by hand", "is:due-by-hand" },
  { "has:file", "has:attachment" },
  { "response:missed resolution:met update:running sla:paused", "response:missed resolution:met update:running sla:paused" },
  { "survey>=4", "survey>=4" },
  { "survey:4..5", "survey:4..5" },
  { "survey:none", "survey:none" },
  { "work>1h", "work>1h" },
  { "work:90m..", "work:1h30m.." },
  { "age>3d", "age>3d" },

  /* times */
  { "due<2h", "due<2h" },
  { "due < 2h", "due<2h" },
  { "due<+2h", "due<+2h" },
  { "due:none", "due:none" },
  { "due<16:30", "due<16:30" },
  { "due>tomorrow", "due>tomorrow" },
  { "due:week", "due:this-week" },
  { "received:last week printer", "received:last-week printer" },
  { "received:last_week", "received:last-week" },
  { "received>=2026-11-01", "received>=2026-11-01" },
  { "received:2026-10", "received:2026-10" },
  { "received:1/11/2026", "received:2026-11-01" },
  { "received:20/11", "received:20/11" },
  { "received:2026-10-01..2026-10-31", "received:2026-10-01..2026-10-31" },
  { "received:..2026", "received:..2026" },
  { "received:mon..fri", "received:monday..friday" },
  { "updated>3d", "updated>3d" },
  { "updated<7d", "updated<1w" },

  /* order */
  { "sort:due", "sort:due" },
  { "sort:-received,number x", "x sort:-received,number" },
  { "-sort:received", "sort:-received" },
  { "(a sort:due) or b sort:-ưu tiên", "a or b sort:due,-priority" },

  /* Vietnamese */
  { "trạng thái:mới", "status:new" },
  { "trangthai:moi", "status:new" },
  { "trạng-thái:đang chờ", "status:waiting" },
  { "người xử lý:tôi", "agent:me" },
  { "nguoixuly:toi", "agent:me" },
  { "Người Xử Lý:Tôi", "agent:me" },
  { "máy in hạn:hôm nay ưu tiên:cao", "máy in due:today priority:high" },
  { "han<2gio", "due<2h" },
  { "nhận:tuần trước", "received:last-week" },
  { "nhận:thứ hai", "received:monday" },
  { "là:quá hạn có:đính kèm", "is:overdue has:attachment" },
  { "danh mục:mạng", "category:mạng" },
  { "ca\xcc\x89nh tra\xcc\xa3ng tha\xcc\x81i:mo\xcc\x9b\xcc\x81i", "ca\xcc\x89nh status:new" }, /* NFD */

  /* what only looks like a field */
  { "http://example.com/a", "\"http://example.com/a\"*" },
  { "10:30", "\"10:30\"*" },
  { "C:\\temp", "\"C:\\\\temp\"*" },
  { "std::string", "\"std::string\"*" },
  { "Lỗi: giấy", "\"Lỗi:\"* giấy" },
  { "a<b", "\"a<b\"*" },
  { "x=1", "\"x=1\"*" },

  /* what must stay apart when it is printed */
  { "status:đang (chờ)", "status:đang \"chờ\"*" },
  { "trạng (thái:mới)", "\"trạng\"* thái:mới" },
  { "nhận:\"tuần\" trước", "received:this-week trước" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (parse_cases[i].text);
      g_autofree char *text = kip_query_to_text (query);
      g_autoptr (KipQuery) again = kip_query_parse (text);

      g_test_message ("%s", parse_cases[i].text);
      g_assert_cmpstr (text, ==, parse_cases[i].canonical);
      g_assert_true (kip_query_equal (query, again));
    }
}

/* ---- the tree ---- */

static void
test_tree (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("máy (status:open,new or -due<2h)");
  const KipQueryNode *root = kip_query_get_root (query);
  const KipQueryNode *words, *either, *term, *negation;
  const KipQueryValue *value;

  g_assert_cmpint (root->kind, ==, KIP_QUERY_NODE_AND);
  g_assert_cmpuint (root->children->len, ==, 2);
  words = g_ptr_array_index (root->children, 0);
  g_assert_cmpint (words->kind, ==, KIP_QUERY_NODE_WORDS);
  g_assert_cmpstr (words->text, ==, "máy");
  g_assert_true (words->prefix);
  g_assert_cmpuint (words->start, ==, 0);
  g_assert_cmpuint (words->end, ==, 4);

  either = g_ptr_array_index (root->children, 1);
  g_assert_cmpint (either->kind, ==, KIP_QUERY_NODE_OR);
  g_assert_cmpuint (either->start, ==, 5);
  g_assert_cmpuint (either->end, ==, 33);
  term = g_ptr_array_index (either->children, 0);
  g_assert_cmpint (term->field, ==, KIP_QUERY_STATUS);
  g_assert_cmpuint (term->values->len, ==, 2);
  value = g_ptr_array_index (term->values, 1);
  g_assert_cmpint (value->kind, ==, KIP_QUERY_VALUE_KEYWORD);
  g_assert_cmpuint (value->start, ==, 18);
  g_assert_cmpuint (value->end, ==, 21);
  negation = g_ptr_array_index (either->children, 1);
  g_assert_cmpint (negation->kind, ==, KIP_QUERY_NODE_NOT);
  term = g_ptr_array_index (negation->children, 0);
  g_assert_cmpint (term->field, ==, KIP_QUERY_DUE);
  g_assert_cmpint (term->op, ==, KIP_QUERY_OP_LT);
  value = g_ptr_array_index (term->values, 0);
  g_assert_cmpint (value->kind, ==, KIP_QUERY_VALUE_TIME);
  g_assert_cmpint (value->time.kind, ==, KIP_QUERY_TIME_DURATION);
  g_assert_cmpint (value->time.seconds, ==, 7200);
}

static void
test_sort (void)
{
  g_autoptr (KipQuery) query = kip_query_parse ("x sort:-received,number");
  g_autoptr (KipQuery) plain = kip_query_parse ("x");
  const KipQuerySort *sort;
  guint n;

  sort = kip_query_get_sort (query, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (sort[0].field, ==, KIP_QUERY_RECEIVED);
  g_assert_true (sort[0].descending);
  g_assert_cmpint (sort[1].field, ==, KIP_QUERY_NUMBER);
  g_assert_false (sort[1].descending);
  kip_query_get_sort (plain, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (kip_query_equal (query, plain));
  g_assert_false (kip_query_is_empty (plain));
}

typedef struct
{
  const char *text;
  guint       device; /* 99: does not jump */
  gint64      counter;
} JumpCase;

static const JumpCase jump_cases[] = {
  { "214", 0, 214 }, { "b214", 2, 214 }, { "B-214", 2, 214 }, { " aa-7 ", 27, 7 },
  { "number:B-214", 2, 214 }, { "number:214", 0, 214 },
  { "0", 99, 0 }, { "printer", 99, 0 }, { "b-214 x", 99, 0 }, { "-214", 99, 0 }, { "\"214\"", 99, 0 },
  { "number:1,2", 99, 0 }, { "status:open", 99, 0 }, { "214 sort:due", 99, 0 }, { "", 99, 0 },
};

static void
test_jump (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (jump_cases); i++)
    {
      g_autoptr (KipQuery) query = kip_query_parse (jump_cases[i].text);
      guint device = 0;
      gint64 counter = 0;
      gboolean jumps = kip_query_get_jump (query, &device, &counter);

      g_test_message ("%s", jump_cases[i].text);
      g_assert_cmpint (jumps, ==, jump_cases[i].device != 99);
      if (jumps)
        {
          g_assert_cmpuint (device, ==, jump_cases[i].device);
          g_assert_cmpint (counter, ==, jump_cases[i].counter);
        }
    }
}

static void
test_text (void)
{
  g_autoptr (KipQuery) none = kip_query_parse (NULL);
  g_autoptr (KipQuery) bad = kip_query_parse ("m\xff" "y status:open");
  g_autoptr (KipQuery) shared = kip_query_ref (bad);

  g_assert_true (kip_query_is_empty (none));
  g_assert_null (kip_query_get_root (none));
  g_assert_cmpstr (kip_query_get_text (none), ==, "");
  g_assert_cmpstr (kip_query_get_text (shared), ==, "m\xef\xbf\xbdy status:open");
}

/* ---- mistakes ---- */

typedef struct
{
  const char *text;
  KipQueryMistakeKind kind;
  gsize       start, end;
  gboolean    unfinished;
  const char *hint;        /* a part of it */
  const char *replacement;
} MistakeCase;

static const MistakeCase mistake_cases[] = {
  { "x stauts:open y", KIP_QUERY_MISTAKE_FIELD, 2, 8, FALSE, "“status”", "status" },
  { "duee<2h", KIP_QUERY_MISTAKE_FIELD, 0, 4, TRUE, "“due”", "due" },
  { "trangthia:moi", KIP_QUERY_MISTAKE_FIELD, 0, 9, TRUE, "“trạng-thái”", "trạng-thái" },
  { "foo:bar x", KIP_QUERY_MISTAKE_FIELD, 0, 3, FALSE, "quotes", NULL },
  { "status: ", KIP_QUERY_MISTAKE_MISSING, 0, 7, FALSE, "status:open,new", NULL },
  { "due<", KIP_QUERY_MISTAKE_MISSING, 0, 4, TRUE, "due<2h", NULL },
  { "tag:,", KIP_QUERY_MISTAKE_MISSING, 0, 5, TRUE, "tag:vpn", NULL },
  { "tag:\"\" x", KIP_QUERY_MISTAKE_MISSING, 4, 6, FALSE, "tag:vpn", NULL },
  { "status: -x", KIP_QUERY_MISTAKE_MISSING, 0, 7, FALSE, "status:", NULL },
  { "status: due<2h", KIP_QUERY_MISTAKE_MISSING, 0, 7, FALSE, "status:", NULL },
  { "priority:hihg x", KIP_QUERY_MISTAKE_VALUE, 9, 13, FALSE, "“high”", "high" },
  { "priority:foo,high", KIP_QUERY_MISTAKE_VALUE, 9, 12, FALSE, "critical, high, normal, low", NULL },
  { "ưu tiên:cai", KIP_QUERY_MISTAKE_VALUE, 10, 13, TRUE, "“cao”", "cao" },
  { "is:overdu", KIP_QUERY_MISTAKE_VALUE, 3, 9, TRUE, "“overdue”", "overdue" },
  { "is:x or a", KIP_QUERY_MISTAKE_VALUE, 3, 4, FALSE, "Choose one of: open", NULL },
  { "sort:foo x", KIP_QUERY_MISTAKE_VALUE, 5, 8, FALSE, "Choose one of: due, received", NULL },
  { "received:2026-13-01", KIP_QUERY_MISTAKE_TIME, 9, 19, TRUE, "2026-11-20", NULL },
  { "received:2026-02-29", KIP_QUERY_MISTAKE_TIME, 9, 19, TRUE, "2026-11-20", NULL },
  { "due:tomorow", KIP_QUERY_MISTAKE_TIME, 4, 11, TRUE, "“tomorrow”", "tomorrow" },
  { "due:today..tomorow", KIP_QUERY_MISTAKE_TIME, 4, 18, TRUE, "2026-11-20", NULL },
  { "due<today..tomorrow", KIP_QUERY_MISTAKE_TIME, 4, 19, TRUE, "For example", NULL },
  { "due<none", KIP_QUERY_MISTAKE_TIME, 4, 8, TRUE, "For example", NULL },
  { "work>5", KIP_QUERY_MISTAKE_DURATION, 5, 6, TRUE, "1h30m", NULL },
  { "age>3x", KIP_QUERY_MISTAKE_DURATION, 4, 6, TRUE, "3d", NULL },
  { "work>99999999w", KIP_QUERY_MISTAKE_DURATION, 5, 14, TRUE, "3d", NULL },
  { "survey>=good", KIP_QUERY_MISTAKE_COUNT, 8, 12, TRUE, "survey>=4", NULL },
  { "number:12x", KIP_QUERY_MISTAKE_TICKET, 7, 10, TRUE, "number:A-214", NULL },
  { "subject<5 x", KIP_QUERY_MISTAKE_COMPARE, 0, 9, FALSE, "subject:printer", NULL },
  { "status>=open", KIP_QUERY_MISTAKE_COMPARE, 0, 12, FALSE, "status:open", NULL },
  { "x \"a b", KIP_QUERY_MISTAKE_QUOTE, 2, 6, TRUE, "\"", "\"a b\"" },
  { "agent:\"Lan", KIP_QUERY_MISTAKE_QUOTE, 6, 10, TRUE, "\"", "\"Lan\"" },
  { "(a or b", KIP_QUERY_MISTAKE_OPEN, 0, 1, TRUE, "“)”", NULL },
  { "a) b", KIP_QUERY_MISTAKE_CLOSE, 1, 2, FALSE, "Leave it out", NULL },
  { " ?!? ", KIP_QUERY_MISTAKE_NOTHING, 0, 5, TRUE, "Type a word", NULL },
  { "subject:?? x", KIP_QUERY_MISTAKE_NOTHING, 8, 10, FALSE, "Type a word", NULL },
};

static void
test_mistakes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistake_cases); i++)
    {
      const MistakeCase *c = &mistake_cases[i];
      g_autoptr (KipQuery) query = kip_query_parse (c->text);
      GPtrArray *mistakes = kip_query_get_mistakes (query);
      const KipQueryMistake *mistake;

      g_test_message ("%s", c->text);
      g_assert_cmpuint (mistakes->len, ==, 1);
      mistake = g_ptr_array_index (mistakes, 0);
      g_assert_cmpint (mistake->kind, ==, c->kind);
      g_assert_cmpuint (mistake->start, ==, c->start);
      g_assert_cmpuint (mistake->end, ==, c->end);
      g_assert_cmpint (mistake->unfinished, ==, c->unfinished);
      g_assert_cmpstr (mistake->message, !=, "");
      g_assert_nonnull (strstr (mistake->hint, c->hint));
      g_assert_cmpstr (mistake->replacement, ==, c->replacement);
      g_assert_false (kip_query_is_empty (query));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/parse", test_parse);
  g_test_add_func ("/query/tree", test_tree);
  g_test_add_func ("/query/sort", test_sort);
  g_test_add_func ("/query/jump", test_jump);
  g_test_add_func ("/query/text", test_text);
  g_test_add_func ("/query/mistakes", test_mistakes);
  return g_test_run ();
}
