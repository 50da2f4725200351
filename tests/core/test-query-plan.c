/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kip-query-plan.h"
#include "kip-schema.h"
#include "kip-text.h"

/* ---- an office ---- */

typedef struct
{
  KipQueryNames names;
  KipId         id;
  const char   *name;
  KipId         parent;
} Name;

static const Name names[] = {
  { KIP_QUERY_NAMES_PERSON, 11, "Trần Thị Lan" },
  { KIP_QUERY_NAMES_PERSON, 11, "0903 123 456" },
  { KIP_QUERY_NAMES_PERSON, 12, "Lan Anh" },
  { KIP_QUERY_NAMES_PERSON, 13, "Nguyễn Văn Minh" },
  { KIP_QUERY_NAMES_PERSON, 14, "Minh" },
  { KIP_QUERY_NAMES_TEAM, 21, "Service desk" },
  { KIP_QUERY_NAMES_TEAM, 22, "Network" },
  { KIP_QUERY_NAMES_CATEGORY, 31, "Network" },
  { KIP_QUERY_NAMES_CATEGORY, 32, "Wi-Fi", 31 },
  { KIP_QUERY_NAMES_CATEGORY, 32, "Network › Wi-Fi" },
  { KIP_QUERY_NAMES_CATEGORY, 33, "Network cables" },
  { KIP_QUERY_NAMES_STATUS, 41, "Waiting for parts" },
  { KIP_QUERY_NAMES_STATUS, 42, "Chờ linh kiện" },
  { KIP_QUERY_NAMES_ASSET, 51, "HP LaserJet 402" },
};

static void
tell_names (const KipQueryResolver *resolver,
            KipQueryNames           kind,
            KipQueryNameFunc        func,
            gpointer                data)
{
  if (kind == KIP_QUERY_NAMES_AGENT)
    kind = KIP_QUERY_NAMES_PERSON;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].names == kind)
      func (names[i].id, names[i].name, TRUE, data);
}

static void
tell_below (const KipQueryResolver *resolver,
            KipId                   category,
            GArray                 *ids)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].parent == category)
      g_array_append_val (ids, names[i].id);
}

static void
tell_my_teams (const KipQueryResolver *resolver,
               GArray                 *ids)
{
  KipId team = 21;

  g_array_append_val (ids, team);
}

static const KipQueryResolver office = {
  .me = 13, .names = tell_names, .below = tell_below, .my_teams = tell_my_teams
};
static const KipQueryResolver stranger = { .names = tell_names };

/* Friday 20 November 2026, 16:30 in Vietnam. */
#define NOW (G_GINT64_CONSTANT (1795167000) * 1000)
#define HOUR (KIP_MS_PER_HOUR)
#define DAY (KIP_MS_PER_DAY)
#define MIDNIGHT (NOW - 16 * HOUR - 30 * KIP_MS_PER_MINUTE)

static KipQueryPlan *
plan_for (const char             *text,
          const KipQueryResolver *resolver)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");

  return kip_query_plan_new (query, resolver, NOW, zone);
}

/* ---- what a query means ---- */

typedef struct
{
  const char *text;
  const char *meaning;
} MeaningCase;

static const MeaningCase meaning_cases[] = {
  { "", "all" },
  { "Máy in", "(text ~ \"may\"* and text ~ \"in\"*)" },
  { "\"Máy in\"", "text ~ \"may in\"" },
  { "congty.vn", "text ~ \"congty.vn\"*" },
  { "b214", "(text ~ \"b214\"* or number 2-214)" },
  { "214 x", "((text ~ \"214\"* or number 0-214) and text ~ \"x\"*)" },
  { "\"214\"", "text ~ \"214\"" },
  { "number:b214,7", "(number 2-214 or number 0-7)" },
  { "-a or b c", "(not text ~ \"a\"* or (text ~ \"b\"* and text ~ \"c\"*))" },
  { "status:open,new", "phase in {1 2}" },
  { "status!=open", "not phase in {2}" },
  { "status:open,\"Chờ linh kiện\"", "(phase in {2} or status in {42})" },
  { "status:parts", "status in {41}" },
  { "status:\"open\"", "phase in {2}" },
  { "priority:high", "priority in {2}" },
  { "priority>=high", "priority in {1 2}" },
  { "priority>high", "priority in {1}" },
  { "priority<normal", "priority in {4}" },
  { "priority<=normal", "priority in {3 4}" },
  { "priority:low..high", "priority in {2 3 4}" },
  { "priority:normal..", "priority in {1 2 3}" },
  { "priority:..normal", "priority in {3 4}" },
  { "priority>critical", "priority in {}" },
  { "impact<=medium", "impact in {2 3}" },
  { "agent:me", "agent in {13}" },
  { "agent:none", "agent empty" },
  { "agent:any", "not agent empty" },
  { "agent:none,me", "(agent empty or agent in {13})" },
  { "agent:lan", "agent in {11 12}" },
  { "agent:minh", "agent in {14}" },        /* the whole name goes before parts of names */
  { "agent:van", "agent in {13}" },
  { "requester:0903", "requester in {11}" },
  { "requester:\"tran lan\"", "requester in {11}" },
  { "agent:#14,#99", "agent in {14 99}" },
  { "category:#31", "category in {31 32}" },
  { "team:mine", "team in {21}" },
  { "team:service", "team in {21}" },
  { "category:network", "category in {31 32}" },
  { "category:network/wifi", "category in {32}" },
  { "category:netw", "category in {31 32 33}" },
  { "category:wifi", "category in {32}" },
  { "asset:402", "asset in {51}" },
  { "tag:VPN,old*", "(tag = \"vpn\" or tag = \"old\"*)" },
  { "tag:none", "tag empty" },
  { "external:INC01", "external = \"inc01\"" },
  { "department:Kế", "department ~ \"ke\"*" },
  { "channel:phone,web", "channel in {1 5}" },
  { "is:open", "phase in {1 2 3 4}" },
  { "is:resolved or is:closed", "phase in {5 6}" },
  { "is:waiting", "phase in {3}" },
  { "is:unassigned", "agent empty" },
  { "is:mine", "agent in {13}" },
  { "is:overdue,vip", "(is overdue or is vip)" },
  { "has:survey", "not survey empty" },
  { "has:attachment", "is attachment" },
  { "response:missed", "response in {4}" },
  { "sla:missed", "(response in {4} or update in {4} or resolution in {4})" },
  { "sla:off", "(response in {0} and update in {0} and resolution in {0})" },
  { "sla:met", "((response in {3} or update in {3} or resolution in {3})"
    " and not (response in {4} or update in {4} or resolution in {4}))" },
  { "survey>=4", "survey [4 *)" },
  { "survey>4", "survey [5 *)" },
  { "survey<4", "survey [* 4)" },
  { "survey<=4", "survey [* 5)" },
  { "survey:4..5", "survey [4 6)" },
  { "survey:5..4", "survey [4 6)" },
  { "survey:..2", "survey [* 3)" },
  { "survey:none", "survey empty" },
  { "work>1h", "work [3601 *)" },
  { "sort:due", "all" },
  { "a sort:due", "text ~ \"a\"*" },
  { "foo:bar a", "text ~ \"a\"*" },
  { "-foo:bar a", "text ~ \"a\"*" },
  { "foo:bar or a", "text ~ \"a\"*" },
  { "priority:foo,high", "priority in {2}" },
  { "priority:foo", "all" },
  { "agent:nobody a", "text ~ \"a\"*" },
};

static void
test_meaning (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meaning_cases); i++)
    {
      g_autoptr (KipQueryPlan) plan = plan_for (meaning_cases[i].text, &office);
      g_autofree char *meaning = kip_query_test_to_text (plan->root);

      g_test_message ("%s", meaning_cases[i].text);
      g_assert_cmpstr (meaning, ==, meaning_cases[i].meaning);
    }
}

/* ---- times ---- */

typedef struct
{
  const char *text;
  gint64      min, max;
} TimeCase;

#define OPEN_MIN G_MININT64
#define OPEN_MAX G_MAXINT64

static const TimeCase time_cases[] = {
  { "received:today", MIDNIGHT, MIDNIGHT + DAY },
  { "received>today", MIDNIGHT + DAY, OPEN_MAX },
  { "received>=today", MIDNIGHT, OPEN_MAX },
  { "received<today", OPEN_MIN, MIDNIGHT },
  { "received<=today", OPEN_MIN, MIDNIGHT + DAY },
  { "received:yesterday..today", MIDNIGHT - DAY, MIDNIGHT + DAY },
  { "received:today..yesterday", MIDNIGHT - DAY, MIDNIGHT + DAY },
  { "received:yesterday..", MIDNIGHT - DAY, OPEN_MAX },
  { "received:..yesterday", OPEN_MIN, MIDNIGHT },
  { "received:monday", MIDNIGHT - 4 * DAY, MIDNIGHT - 3 * DAY },
  { "due:monday", MIDNIGHT + 3 * DAY, MIDNIGHT + 4 * DAY },
  { "due:friday", MIDNIGHT, MIDNIGHT + DAY },
  { "due:week", MIDNIGHT - 4 * DAY, MIDNIGHT + 3 * DAY },

  /* so long ago */
  { "received:3d", NOW - 3 * DAY, NOW + 1 },
  { "received<3d", NOW - 3 * DAY + 1, OPEN_MAX },
  { "received<=3d", NOW - 3 * DAY, OPEN_MAX },
  { "received>3d", OPEN_MIN, NOW - 3 * DAY },
  { "received>=3d", OPEN_MIN, NOW - 3 * DAY + 1 },
  { "received:1d..3d", NOW - 3 * DAY, NOW - DAY + 1 },
  { "received:1d..", OPEN_MIN, NOW - DAY + 1 },
  { "received:..1d", NOW - DAY, OPEN_MAX },
  { "received:3d..today", NOW - 3 * DAY, MIDNIGHT + DAY },
  { "age>3d", OPEN_MIN, NOW - 3 * DAY },
  { "age:1d..3d", NOW - 3 * DAY, NOW - DAY + 1 },

  /* so long from now */
  { "due:2h", NOW, NOW + 2 * HOUR + 1 },
  { "due<2h", OPEN_MIN, NOW + 2 * HOUR },
  { "due<=2h", OPEN_MIN, NOW + 2 * HOUR + 1 },
  { "due>2h", NOW + 2 * HOUR + 1, OPEN_MAX },
  { "due:1h..2h", NOW + HOUR, NOW + 2 * HOUR + 1 },
  { "due:1h..", NOW + HOUR, OPEN_MAX },

  /* points */
  { "due<now", OPEN_MIN, NOW },
  { "due>=now", NOW, OPEN_MAX },
  { "due>-1d", NOW - DAY + 1, OPEN_MAX },
  { "received>-3d", NOW - 3 * DAY + 1, OPEN_MAX },
  { "received:-3d", NOW - 3 * DAY, NOW + 1 },
  { "due<17:00", OPEN_MIN, NOW + HOUR / 2 },
};

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (time_cases); i++)
    {
      g_autoptr (KipQueryPlan) plan = plan_for (time_cases[i].text, &office);

      g_test_message ("%s", time_cases[i].text);
      g_assert_cmpint (plan->root->kind, ==, KIP_QUERY_TEST_RANGE);
      g_assert_cmpint (plan->root->min, ==, time_cases[i].min);
      g_assert_cmpint (plan->root->max, ==, time_cases[i].max);
    }
}

typedef struct
{
  const char *text;
  KipInstant  moves_at;
} MoveCase;

static const MoveCase move_cases[] = {
  { "status:open", KIP_INSTANT_NONE },
  { "received:2026-10", KIP_INSTANT_NONE },
  { "received:today", MIDNIGHT + DAY },
  { "received:31/10", MIDNIGHT + DAY },
  { "received:this-year", MIDNIGHT + DAY },
  { "due<2h", NOW + KIP_MS_PER_MINUTE },
  { "age>3d", NOW + KIP_MS_PER_MINUTE },
  { "is:overdue", NOW + KIP_MS_PER_MINUTE },
  { "response:met", KIP_INSTANT_NONE },
  { "response:missed", NOW + KIP_MS_PER_MINUTE },
  { "received:today due<now", NOW + KIP_MS_PER_MINUTE },
};

static void
test_moves (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (move_cases); i++)
    {
      g_autoptr (KipQueryPlan) plan = plan_for (move_cases[i].text, &office);

      g_test_message ("%s", move_cases[i].text);
      g_assert_cmpint (plan->moves_at, ==, move_cases[i].moves_at);
    }
}

/* ---- names that there are not ---- */

typedef struct
{
  const char *text;
  gsize       start, end;
  const char *message; /* a part of each */
  const char *hint;
  const char *replacement;
} NameCase;

static const NameCase name_cases[] = {
  { "agent:mimh", 6, 10, "Nobody", "“Nguyễn Văn Minh”", "\"Nguyễn Văn Minh\"" },
  { "agent:zzzzzz", 6, 12, "Nobody", "beginnings", NULL },
  { "x team:netwrok", 7, 14, "team", "“Network”", "Network" },
  { "category:wify", 9, 13, "category", "“Wi-Fi”", "Wi-Fi" },
  { "status:opne", 7, 11, "status", "“open”", "open" },
  { "status:wating", 7, 13, "status", "“waiting”", "waiting" },
  { "asset:laserjat", 6, 14, "asset", "“HP LaserJet 402”", "\"HP LaserJet 402\"" },
};

static void
test_unknown_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      const NameCase *c = &name_cases[i];
      g_autoptr (KipQueryPlan) plan = plan_for (c->text, &office);
      const KipQueryMistake *mistake;

      g_test_message ("%s", c->text);
      g_assert_cmpuint (plan->mistakes->len, ==, 1);
      mistake = g_ptr_array_index (plan->mistakes, 0);
      g_assert_cmpint (mistake->kind, ==, KIP_QUERY_MISTAKE_NAME);
      g_assert_cmpuint (mistake->start, ==, c->start);
      g_assert_cmpuint (mistake->end, ==, c->end);
      g_assert_nonnull (strstr (mistake->message, c->message));
      g_assert_nonnull (strstr (mistake->hint, c->hint));
      g_assert_cmpstr (mistake->replacement, ==, c->replacement);
    }
}

static void
test_mistakes_in_order (void)
{
  g_autoptr (KipQueryPlan) plan = plan_for ("agent:zzzzzz foo:bar team:zzzzzz", &office);
  gsize before = 0;

  g_assert_cmpuint (plan->mistakes->len, ==, 3);
  for (guint i = 0; i < plan->mistakes->len; i++)
    {
      const KipQueryMistake *mistake = g_ptr_array_index (plan->mistakes, i);

      g_assert_cmpuint (mistake->start, >, before);
      before = mistake->start;
    }
}

static void
test_stranger (void)
{
  g_autoptr (KipQueryPlan) me = plan_for ("agent:me", &stranger);
  g_autoptr (KipQueryPlan) team = plan_for ("team:mine", &stranger);
  g_autoptr (KipQueryPlan) nobody = plan_for ("agent:lan", NULL);
  g_autofree char *team_text = kip_query_test_to_text (team->root);
  g_autofree char *nobody_text = kip_query_test_to_text (nobody->root);

  g_assert_cmpuint (me->mistakes->len, ==, 1);
  g_assert_cmpint (me->root->kind, ==, KIP_QUERY_TEST_ALL);
  g_assert_cmpstr (team_text, ==, "team in {}");
  g_assert_cmpuint (nobody->mistakes->len, ==, 0);
  g_assert_cmpstr (nobody_text, ==, "agent in {}");
}

/* ---- matching ---- */

typedef struct
{
  gint64      ints[KIP_QUERY_N_FIELDS];
  const char *texts[KIP_QUERY_N_FIELDS];
  guint       flags; /* 1 << KipQueryFlag */
  gint64      number;
} Ticket;

static gint64
get_int (gconstpointer ticket,
         KipQueryField field,
         gpointer      data)
{
  return ((const Ticket *) ticket)->ints[field];
}

static const char *
get_text (gconstpointer ticket,
          KipQueryField field,
          gpointer      data)
{
  return ((const Ticket *) ticket)->texts[field];
}

static gboolean
get_flag (gconstpointer ticket,
          KipQueryFlag  flag,
          gpointer      data)
{
  return (((const Ticket *) ticket)->flags & (1u << flag)) != 0;
}

static gint64
get_number (gconstpointer ticket,
            gpointer      data)
{
  return ((const Ticket *) ticket)->number;
}

static const KipQueryAccess access_table = { get_int, get_text, get_flag, get_number, NULL };

static void
ticket_init (Ticket *ticket)
{
  memset (ticket, 0, sizeof *ticket);
  for (int field = 0; field < KIP_QUERY_N_FIELDS; field++)
    ticket->ints[field] = KIP_QUERY_NO_INT;
  ticket->number = KIP_TICKET_NUMBER (2, 214);
  ticket->ints[KIP_QUERY_PHASE] = KIP_PHASE_OPEN;
  ticket->ints[KIP_QUERY_PRIORITY] = 2;
  ticket->ints[KIP_QUERY_REQUESTER] = 11;
  ticket->ints[KIP_QUERY_CATEGORY] = 32;
  ticket->ints[KIP_QUERY_RECEIVED] = NOW - 2 * DAY;
  ticket->ints[KIP_QUERY_DUE] = NOW + HOUR;
  ticket->ints[KIP_QUERY_RESPONSE] = KIP_QUERY_CLOCK_MET;
  ticket->ints[KIP_QUERY_UPDATE] = KIP_QUERY_CLOCK_OFF;
  ticket->ints[KIP_QUERY_RESOLUTION] = KIP_QUERY_CLOCK_RUNNING;
  ticket->texts[KIP_QUERY_TEXT] = "may in phong ke toan bi ket giay\ntran thi lan\nda thu tat bat lai";
  ticket->texts[KIP_QUERY_SUBJECT] = "may in phong ke toan bi ket giay";
  ticket->texts[KIP_QUERY_TAG] = "printer\nvpn old";
  ticket->flags = 1u << KIP_QUERY_FLAG_VIP;
}

typedef struct
{
  const char *text;
  gboolean    selected;
} SelectCase;

static const SelectCase select_cases[] = {
  { "", TRUE },
  { "máy in", TRUE },
  { "in máy", TRUE },
  { "\"máy in\"", TRUE },
  { "\"in máy\"", FALSE },
  { "\"giấy trần\"", FALSE },              /* the end of one text, the beginning of the next */
  { "lan toán", TRUE },
  { "án", FALSE },
  { "\"giấ\"", FALSE },
  { "\"giấ\"*", TRUE },
  { "-scanner", TRUE },
  { "máy -giấy", FALSE },
  { "scanner or giấy", TRUE },
  { "b214", TRUE }, { "214", TRUE }, { "a214", FALSE }, { "213", FALSE },
  { "number:214", TRUE }, { "number:A-214", FALSE },
  { "subject:lan", FALSE },
  { "subject:máy", TRUE },
  { "tag:printer", TRUE }, { "tag:vpn", FALSE }, { "tag:vpn*", TRUE }, { "tag:\"VPN old\"", TRUE },
  { "tag:none", FALSE }, { "tag:any", TRUE }, { "external:none", TRUE },
  { "status:open", TRUE }, { "is:open", TRUE }, { "status:new", FALSE },
  { "agent:none", TRUE }, { "agent:me", FALSE }, { "-agent:me", TRUE },
  { "requester:lan", TRUE },
  { "category:network", TRUE }, { "category:\"network cables\"", FALSE },
  { "priority>=high", TRUE }, { "priority<high", FALSE },
  { "due<2h", TRUE }, { "due<30m", FALSE }, { "due:none", FALSE }, { "resolved:none", TRUE },
  { "resolved<today", FALSE },             /* what is empty is in no range … */
  { "-resolved<today", TRUE },
  { "age>1d", TRUE }, { "age>2d", FALSE }, { "age>=2d", TRUE },
  { "is:vip", TRUE }, { "-is:vip", FALSE }, { "is:overdue", FALSE },
  { "sla:running", TRUE }, { "sla:met", TRUE }, { "sla:missed", FALSE },
  { "survey:none", TRUE }, { "survey<3", FALSE },
  { "foo:bar", TRUE },
  { "(is:vip or agent:me) -(status:new scanner)", TRUE },
};

static void
test_match (void)
{
  Ticket ticket;

  ticket_init (&ticket);
  for (gsize i = 0; i < G_N_ELEMENTS (select_cases); i++)
    {
      g_autoptr (KipQueryPlan) plan = plan_for (select_cases[i].text, &office);

      g_test_message ("%s", select_cases[i].text);
      g_assert_cmpint (kip_query_matches (plan, &access_table, &ticket), ==, select_cases[i].selected);
    }
}

/* What is put away is in no list that does not ask for it. */
static void
test_put_away (void)
{
  static const struct
  {
    KipQueryFlag flag;
    const char  *asks;
  } cases[] = {
    { KIP_QUERY_FLAG_DELETED, "is:deleted" },
    { KIP_QUERY_FLAG_SPAM, "máy is:spam" },
    { KIP_QUERY_FLAG_MERGED, "is:merged or is:open" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipQueryPlan) silent = plan_for ("máy", &office);
      g_autoptr (KipQueryPlan) asks = plan_for (cases[i].asks, &office);
      g_autoptr (KipQueryPlan) shared = kip_query_plan_ref (asks);
      Ticket ticket;

      ticket_init (&ticket);
      g_assert_true (kip_query_matches (silent, &access_table, &ticket));
      ticket.flags |= 1u << cases[i].flag;
      g_assert_false (kip_query_matches (silent, &access_table, &ticket));
      g_assert_true (kip_query_matches (shared, &access_table, &ticket));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-plan/meaning", test_meaning);
  g_test_add_func ("/query-plan/times", test_times);
  g_test_add_func ("/query-plan/moves", test_moves);
  g_test_add_func ("/query-plan/unknown-names", test_unknown_names);
  g_test_add_func ("/query-plan/mistakes-in-order", test_mistakes_in_order);
  g_test_add_func ("/query-plan/stranger", test_stranger);
  g_test_add_func ("/query-plan/match", test_match);
  g_test_add_func ("/query-plan/put-away", test_put_away);
  return g_test_run ();
}
