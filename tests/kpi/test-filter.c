/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is filtered in memory is what the store finds. */

#include "import-fixture.h"
#include "kip-clock.h"
#include "kip-fact-filter.h"
#include "kip-facts.h"
#include "kip-query-office.h"
#include "kip-sample.h"

static const char *const queries[] = {
  "priority:high",
  "channel:phone",
  "-channel:phone",
  "channel:mail,phone -priority:low",
  "agent:none",
  "agent:me or team:none",
  "asset:none category:none",
  "received:last-month",
  "received:..2026-10-01 (priority:high or priority:urgent)",
  "-(agent:none or received:this-week)",
  "number:A-1,A-17,A-40",
};

static KipBits *
ask_store (KipStore   *store,
           const char *text,
           KipInstant  now)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GError) error = NULL;
  KipBits *found = kip_store_select (store, query, now, NULL, &error);

  g_assert_no_error (error);
  return found;
}

/* NULL: it cannot be answered in memory. */
static guint8 *
ask_memory (KipStore           *store,
            const KipFactTable *table,
            const char         *text,
            KipInstant          now)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (KipQueryPlan) plan = NULL;
  KipQueryResolver resolver;

  kip_query_resolver_init (&resolver, office, kip_store_get_me (store));
  plan = kip_query_plan_new (query, &resolver, now, kip_calendar_get_zone (kip_agreements_get_office_calendar (agreements)));
  return kip_fact_filter (table, plan);
}

static guint
compare (KipStore           *store,
         const KipFactTable *table,
         const char         *text)
{
  KipInstant now = kip_clock_now ();
  g_autoptr (KipBits) expected = ask_store (store, text, now);
  g_autofree guint8 *mask = ask_memory (store, table, text, now);
  guint n = 0;

  g_test_message ("%s", text);
  g_assert_nonnull (mask);
  for (guint i = 0; i < table->n; i++)
    {
      g_assert_cmpint (mask[i] != 0, ==, kip_bits_has (expected, (guint64) table->slot[i]));
      n += mask[i] != 0;
    }
  g_test_message ("%u of %u", n, table->n);
  return n;
}

/* By everything that a ticket of the sample has. */
static void
compare_ids (KipStore           *store,
             const KipFactTable *table)
{
  for (guint i = 0; i < table->n; i += 37)
    {
      g_autofree char *agent = g_strdup_printf ("agent:#%" G_GUINT64_FORMAT, table->assignee[i]);
      g_autofree char *category = g_strdup_printf ("category:#%" G_GUINT64_FORMAT, table->category[i]);
      g_autofree char *requester = g_strdup_printf ("requester:#%" G_GUINT64_FORMAT, table->requester[i]);

      if (table->assignee[i] != KIP_ID_NONE)
        g_assert_cmpuint (compare (store, table, agent), >, 0);
      if (table->category[i] != KIP_ID_NONE)
        g_assert_cmpuint (compare (store, table, category), >, 0);
      g_assert_cmpuint (compare (store, table, requester), >, 0);
    }
}

/* Of these the facts know too little. */
static void
assert_left_to_store (KipStore           *store,
                      const KipFactTable *table)
{
  static const char *const others[] = { "printer", "is:late", "tag:vip", "priority:high printer", "is:spam", "resolved:today" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree guint8 *mask = ask_memory (store, table, others[i], kip_clock_now ());

      g_test_message ("%s", others[i]);
      g_assert_null (mask);
    }
}

static void
test_same (void)
{
  KipOfficeSetup setup = { "Office", "Robin", "en", NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KipFactTable) table = NULL;
  Fixture fixture = { 0 };
  guint found = 0;

  g_assert_true (kip_clock_set ("2026-11-20T16:30:00+07:00 x0.000001"));
  fixture.dir = g_dir_make_tmp ("kip-filter-XXXXXX", &error);
  g_assert_no_error (error);
  fixture.store = kip_store_create (fixture.dir, &setup, &error);
  g_assert_no_error (error);
  kip_sample_fill (fixture.store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  table = kip_store_facts (fixture.store, KIP_INSTANT_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    found += compare (fixture.store, table, queries[i]);
  g_assert_cmpuint (found, >, table->n);
  compare_ids (fixture.store, table);
  assert_left_to_store (fixture.store, table);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/filter", test_same);
  return g_test_run ();
}
