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

/* What changed goes to the end with its own parts, the last one takes its place; the
 * others keep theirs. */
static void
test_renew (void)
{
  static const KipId expected[] = { 1, 3, 2, 4 };
  static const guint phases[] = { 1, 3, 5, 1 };
  static const KipId gone[] = { 2 };
  g_autoptr (KipFactTable) table = kip_fact_table_new ();
  g_autoptr (KipFactTable) news = kip_fact_table_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autofree guint8 *mask = NULL;

  for (KipId id = 1; id <= 3; id++)
    add_row (table, id, (guint) id);
  add_row (news, 2, 5);
  add_row (news, 4, 1);
  g_array_append_vals (ids, gone, 1);
  kip_fact_table_renew (table, ids, news, NULL, NULL);
  g_assert_cmpuint (table->n, ==, 4);
  for (guint i = 0; i < table->n; i++)
    {
      g_assert_cmpuint (table->id[i], ==, expected[i]);
      g_assert_cmpuint (KIP_FACT_END (table, phases, first_phase, i) - table->first_phase[i], ==, phases[i]);
      g_assert_cmpint (g_array_index (table->phases, KipFactPhase, table->first_phase[i]).at, ==, (KipInstant) expected[i] * 10);
      g_assert_cmpstr (table->cause[i], ==, "worn");
    }
  mask = kip_fact_table_select (table, ids);
  g_assert_cmpint (mask[0] + mask[1] + mask[3], ==, 0);
  g_assert_cmpint (mask[2], ==, 1);
}

/* ---- kept as bytes ---- */

static gint64
some_number (GRand *rand)
{
  guint bits = (guint) g_rand_int_range (rand, 0, 55);

  return (gint64) (((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) >> (63 - bits)) * (g_rand_boolean (rand) ? 1 : -1);
}

static KipInstant
some_instant (GRand *rand)
{
  return g_rand_int_range (rand, 0, 4) == 0 ? KIP_INSTANT_NONE : some_number (rand);
}

static KipFactClock
some_clock (GRand *rand)
{
  KipFactClock clock = { (guint8) g_rand_int_range (rand, 0, 5), (guint8) g_rand_boolean (rand), some_instant (rand),
                         some_instant (rand), (guint) g_rand_int_range (rand, 0, 300), (guint) g_rand_int_range (rand, 0, 300) };

  return clock;
}

static void
add_some_parts (GRand   *rand,
                KipFact *fact)
{
  for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    {
      KipFactPhase phase = { some_instant (rand), (guint8) g_rand_int_range (rand, 1, 7), (guint8) g_rand_int_range (rand, 0, 5) };
      KipFactResolution resolution = { some_instant (rand), some_instant (rand), g_rand_int (rand), g_rand_int_range (rand, 0, 6) };
      KipFactPause pause = { g_rand_int (rand), g_rand_int_range (rand, 0, 5), some_number (rand), some_number (rand) };
      KipFactTouch touch = { g_rand_int (rand), some_instant (rand) };

      g_array_append_val (fact->phases, phase);
      g_array_append_val (fact->resolutions, resolution);
      g_array_append_val (fact->pauses, pause);
      g_array_append_val (fact->touches, touch);
    }
}

static void
make_some_fact (GRand   *rand,
                KipFact *fact)
{
  kip_fact_init (fact);
  fact->phases = g_array_new (FALSE, FALSE, sizeof (KipFactPhase));
  fact->resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  fact->pauses = g_array_new (FALSE, FALSE, sizeof (KipFactPause));
  fact->touches = g_array_new (FALSE, FALSE, sizeof (KipFactTouch));
  fact->id = (KipId) some_number (rand);
  fact->number = some_number (rand);
  fact->requester = fact->category = g_rand_int (rand);
  fact->received = some_number (rand);
  fact->responded = some_instant (rand);
  fact->priority = (guint8) g_rand_int_range (rand, 1, 5);
  fact->channel = (guint8) g_rand_int_range (rand, 0, 6);
  fact->on_line = (guint8) g_rand_boolean (rand);
  fact->n_answers = (guint16) g_rand_int_range (rand, 0, 70000);
  fact->total_work = some_number (rand);
  fact->response = some_clock (rand);
  fact->update = some_clock (rand);
  fact->resolution = some_clock (rand);
  add_some_parts (rand, fact);
  if (g_rand_boolean (rand))
    fact->cause = g_ref_string_new_intern ("giấy kẹt");
}

/* A row in words: structures have holes, which hold anything. */
static char *
describe_clock (const KipFactClock *clock)
{
  return g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u", clock->state, clock->was_late, clock->stopped,
                          clock->breached, clock->n_met, clock->n_missed);
}

static void
describe_parts (const KipFactTable *t,
                guint               row,
                GString            *words)
{
  for (guint i = t->first_phase[row]; i < KIP_FACT_END (t, phases, first_phase, row); i++)
    {
      const KipFactPhase *phase = &g_array_index (t->phases, KipFactPhase, i);

      g_string_append_printf (words, " phase %" G_GINT64_FORMAT " %d %d", phase->at, phase->phase, phase->pause);
    }
  for (guint i = t->first_resolution[row]; i < KIP_FACT_END (t, resolutions, first_resolution, row); i++)
    {
      const KipFactResolution *each = &g_array_index (t->resolutions, KipFactResolution, i);

      g_string_append_printf (words, " resolved %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %d", each->at,
                              each->reopened, each->by, each->score);
    }
  for (guint i = t->first_pause[row]; i < KIP_FACT_END (t, pauses, first_pause, row); i++)
    {
      const KipFactPause *pause = &g_array_index (t->pauses, KipFactPause, i);

      g_string_append_printf (words, " pause %" G_GUINT64_FORMAT " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, pause->by, pause->pause,
                              pause->work, pause->elapsed);
    }
  for (guint i = t->first_touch[row]; i < KIP_FACT_END (t, touches, first_touch, row); i++)
    {
      const KipFactTouch *touch = &g_array_index (t->touches, KipFactTouch, i);

      g_string_append_printf (words, " touch %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, touch->by, touch->at);
    }
}

static char *
describe (const KipFactTable *t,
          guint               row)
{
  g_autofree char *response = describe_clock (&t->response[row]);
  g_autofree char *update = describe_clock (&t->update[row]);
  g_autofree char *resolution = describe_clock (&t->resolution[row]);
  GString *words = g_string_new (NULL);

  g_string_printf (words, "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " from %" G_GUINT64_FORMAT " about %" G_GUINT64_FORMAT, t->id[row],
                   t->number[row], t->requester[row], t->category[row]);
  g_string_append_printf (words, " at %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ", %d %d %d, %d answers, %" G_GINT64_FORMAT " s",
                          t->received[row], t->responded[row], t->priority[row], t->channel[row], t->on_line[row], t->n_answers[row],
                          t->total_work[row]);
  g_string_append_printf (words, " (%s) (%s) (%s) %s %" G_GINT64_FORMAT, response, update, resolution, t->cause[row], t->last[row]);
  describe_parts (t, row, words);
  return g_string_free (words, FALSE);
}

static void
assert_same (const KipFactTable *a,
             const KipFactTable *b,
             guint               row)
{
  g_autofree char *one = describe (a, row);
  g_autofree char *other = describe (b, row);

  g_assert_cmpstr (one, ==, other);
}

/* What was written is read, in every column and part; and a row that is cut off, or
 * changed in any byte, is refused or read, but never beyond its end. */
static void
test_code (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (KipFactTable) put = kip_fact_table_new ();
  g_autoptr (KipFactTable) got = kip_fact_table_new ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      KipFact fact;

      make_some_fact (rand, &fact);
      kip_fact_encode (&fact, bytes);
      kip_fact_table_add (put, &fact);
      g_assert_true (kip_fact_table_add_encoded (got, bytes->data, bytes->len));
      assert_same (put, got, i);
      for (guint length = 0; length < bytes->len; length++)
        {
          g_autofree guint8 *part = g_memdup2 (bytes->data, MAX (length, 1));

          g_assert_false (kip_fact_table_add_encoded (got, part, length));
        }
      g_assert_cmpuint (got->n, ==, i + 1);
      g_assert_cmpuint (got->phases->len, ==, put->phases->len);
      kip_fact_clear (&fact);
    }
}

static void
test_damaged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (KipFactTable) table = kip_fact_table_new ();
  KipFact fact;

  make_some_fact (rand, &fact);
  kip_fact_encode (&fact, bytes);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *spoilt = g_memdup2 (bytes->data, bytes->len);

      spoilt[g_rand_int_range (rand, 0, (gint32) bytes->len)] = (guint8) g_rand_int (rand);
      kip_fact_table_add_encoded (table, spoilt, bytes->len);
      g_assert_cmpuint (table->phases->len, <=, table->n * 65535);
    }
  g_assert_false (kip_fact_table_add_encoded (table, "\377", 1));
  kip_fact_clear (&fact);
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
  g_test_add_func ("/kpi/facts/code", test_code);
  g_test_add_func ("/kpi/facts/damaged", test_damaged);
  return g_test_run ();
}
