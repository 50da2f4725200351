/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From stories to facts; VN8 calendar, targets of the usual policy of the fixtures. */

#include "desk-fixtures.h"
#include "kip-fact-table.h"

#define H 3600

typedef struct
{
  const char *story;
  gint64 response_work, first_work, full_work, full_elapsed, total_work;
  guint  answers, resolutions, pauses;
} Case;

static const Case cases[] = {
  /* Mon 08:00–09:00; resolved at noon: 4 h. */
  { "03-02 08:00 new; 03-02 09:00 reply; 03-02 12:00 resolve", H, 4 * H, 4 * H, 4 * H, 4 * H, 1, 1, 0 },
  /* Mon 10–12 and 13–17, Tue 8–9: 7 h, of which it waited 13–15; by the wall 23 h − 2 h. */
  { "03-02 10:00 new; 03-02 11:00 reply; 03-02 13:00 wait; 03-02 15:00 open; 03-02 16:00 reply; 03-03 09:00 resolve",
    H, 5 * H, 5 * H, 21 * H, 7 * H, 2, 1, 1 },
  /* Tue 8 h and Wed 1 h until answered; 10 h to the first resolution; Tue, Wed and Thu until 10:00
   * to the last: 18 h, with the time that it lay resolved. */
  { "03-03 08:00 new; 03-04 09:00 reply; 03-04 10:00 resolve; 03-05 08:00 open; 03-05 10:00 resolve",
    9 * H, 10 * H, 18 * H, 50 * H, 18 * H, 1, 2, 0 },
  { "03-04 08:00 new on-line; 03-04 08:30 resolve", 0, H / 2, H / 2, H / 2, H / 2, 1, 1, 0 },
  { "03-05 13:00 new; 03-05 14:00 note; 03-05 14:30 auto", -1, -1, -1, -1, -1, 0, 0, 0 },
  /* Reopened and still open: there is a first resolution and no last one. */
  { "03-02 08:00 new; 03-02 10:00 resolve; 03-02 11:00 open", -1, 2 * H, -1, -1, -1, 0, 1, 0 },
  /* Waiting and resolved from there: the pause ends with the resolution. */
  { "03-02 08:00 new; 03-02 09:00 supplier; 03-02 12:00 resolve", -1, H, H, H, 4 * H, 0, 1, 1 },
};

static void
test_stories (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipTicket) ticket = desk_ticket (cases[i].story);
      g_autoptr (KipFactTable) table = kip_fact_table_new ();

      g_test_message ("%s", cases[i].story);
      kip_fact_table_add_ticket (table, ticket, agreements);
      g_assert_cmpuint (table->n, ==, 1);
      g_assert_cmpint (table->response_work[0], ==, cases[i].response_work);
      g_assert_cmpint (table->first_work[0], ==, cases[i].first_work);
      g_assert_cmpint (table->full_work[0], ==, cases[i].full_work);
      g_assert_cmpint (table->full_elapsed[0], ==, cases[i].full_elapsed);
      g_assert_cmpint (table->total_work[0], ==, cases[i].total_work);
      g_assert_cmpuint (table->n_answers[0], ==, cases[i].answers);
      g_assert_cmpuint (table->resolutions->len, ==, cases[i].resolutions);
      g_assert_cmpuint (table->pauses->len, ==, cases[i].pauses);
    }
}

/* An outage pauses the first response too. */
static void
test_outage (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipTicket) ticket = desk_ticket ("03-02 08:00 new; 03-02 12:00 reply; 03-02 16:00 resolve");
  g_autoptr (KipFactTable) table = kip_fact_table_new ();

  desk_outage (desk, KIP_ID_MAKE (1, 30), "2026-03-02 09:00", "2026-03-02 11:00", NULL);
  agreements = desk_agreements (desk);
  kip_fact_table_add_ticket (table, ticket, agreements);
  g_assert_cmpint (table->response_work[0], ==, 2 * H);
  g_assert_cmpint (table->full_work[0], ==, 5 * H);
  g_assert_cmpint (table->total_work[0], ==, 7 * H);
  g_assert_cmpint (g_array_index (table->pauses, KipFactPause, 0).pause, ==, KIP_PAUSE_NONE);
}

static void
test_uncounted (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipTicket) spam = desk_ticket ("03-02 08:00 new; 03-02 09:00 spam");
  g_autoptr (KipFactTable) table = kip_fact_table_new ();

  kip_fact_table_add_ticket (table, spam, agreements);
  g_assert_cmpuint (table->n, ==, 0);
}

static void
add_row (KipFactTable *table,
         KipId         id,
         guint         phases)
{
  KipFact fact;

  kip_fact_init (&fact);
  fact.id = id;
  fact.phases = g_array_new (FALSE, FALSE, sizeof (KipFactPhase));
  for (guint i = 0; i < phases; i++)
    {
      KipFactPhase phase = { (KipInstant) (id * 10 + i), KIP_PHASE_OPEN, 0 };

      g_array_append_val (fact.phases, phase);
    }
  fact.cause = g_ref_string_new_intern ("worn");
  kip_fact_table_add (table, &fact);
  g_ref_string_release (fact.cause);
  g_array_unref (fact.phases);
}

/* What changed goes to the end with its own parts; the others keep theirs. */
static void
test_renew (void)
{
  static const KipId expected[] = { 1, 3, 2, 4 };
  static const guint phases[] = { 1, 3, 5, 1 };
  static const KipId gone[] = { 2 };
  g_autoptr (KipFactTable) table = kip_fact_table_new ();
  g_autoptr (KipFactTable) news = kip_fact_table_new ();
  g_autoptr (KipFactTable) renewed = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autofree guint8 *mask = NULL;

  for (KipId id = 1; id <= 3; id++)
    add_row (table, id, (guint) id);
  add_row (news, 2, 5);
  add_row (news, 4, 1);
  g_array_append_vals (ids, gone, 1);
  renewed = kip_fact_table_renew (table, ids, news);
  g_assert_cmpuint (renewed->n, ==, 4);
  for (guint i = 0; i < renewed->n; i++)
    {
      g_assert_cmpuint (renewed->id[i], ==, expected[i]);
      g_assert_cmpuint (KIP_FACT_END (renewed, phases, first_phase, i) - renewed->first_phase[i], ==, phases[i]);
      g_assert_cmpint (g_array_index (renewed->phases, KipFactPhase, renewed->first_phase[i]).at, ==, (KipInstant) expected[i] * 10);
      g_assert_cmpstr (renewed->cause[i], ==, "worn");
    }
  mask = kip_fact_table_select (renewed, ids);
  g_assert_cmpint (mask[0] + mask[1] + mask[3], ==, 0);
  g_assert_cmpint (mask[2], ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/facts/stories", test_stories);
  g_test_add_func ("/kpi/facts/outage", test_outage);
  g_test_add_func ("/kpi/facts/uncounted", test_uncounted);
  g_test_add_func ("/kpi/facts/renew", test_renew);
  return g_test_run ();
}
