/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "Why this deadline?": segments without holes whose counted sum is the figure shown. */

#include <stdlib.h>
#include <string.h>

#include "desk-fixtures.h"

#define OUTAGE (DESK_POLICY + 200)

typedef struct
{
  KipSegmentKind kind;
  const char    *end;
  gint64         minutes;
  gboolean       ahead;
  const char    *reason; /* part of it; NULL: any */
} SegmentCase;

static KipExplanation *
explain (const char  *story,
         KipClockKind kind,
         const char  *now)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (KipTicket) ticket = desk_ticket (story);

  return kip_ticket_clock_explain (ticket, agreements, kind, fixture_instant (now));
}

static void
check_segments (const KipExplanation *explanation,
                const char           *from,
                const SegmentCase    *expected,
                guint                 n)
{
  KipInstant at = fixture_instant (from);

  for (guint i = 0; i < MIN (n, explanation->segments->len); i++)
    {
      const KipSegment *segment = &g_array_index (explanation->segments, KipSegment, i);

      g_test_message ("segment %u: %s", i, segment->reason);
      g_assert_cmpint (segment->start, ==, at);
      g_assert_cmpint (segment->kind, ==, expected[i].kind);
      assert_instant ("end", segment->end, expected[i].end);
      g_assert_cmpint (segment->seconds, ==, expected[i].minutes * 60);
      g_assert_cmpint (segment->ahead, ==, expected[i].ahead);
      g_assert_true (expected[i].reason == NULL || strstr (segment->reason, expected[i].reason) != NULL);
      at = segment->end;
    }
  g_assert_cmpuint (explanation->segments->len, ==, n);
}

static void
test_running (void)
{
  g_autoptr (KipExplanation) explanation =
    explain ("04-29 15:00 new; 04-29 16:00 wait; 05-04 09:00 open", KIP_CLOCK_RESOLUTION, "2026-05-04 10:00");
  static const SegmentCase expected[] = {
    { KIP_SEGMENT_COUNTED, "2026-04-29 16:00", 60, FALSE, "working time" },
    { KIP_SEGMENT_PAUSED, "2026-05-04 09:00", 120, FALSE, "requester" },
    { KIP_SEGMENT_COUNTED, "2026-05-04 10:00", 60, FALSE, NULL },
    { KIP_SEGMENT_COUNTED, "2026-05-04 12:00", 120, TRUE, NULL },
    { KIP_SEGMENT_CLOSED, "2026-05-04 13:00", 0, TRUE, "midday" },
    { KIP_SEGMENT_COUNTED, "2026-05-04 17:00", 240, TRUE, NULL },
  };

  check_segments (explanation, "2026-04-29 15:00", expected, G_N_ELEMENTS (expected));
  g_assert_cmpint (explanation->reading.used, ==, 2 * 3600);
  g_assert_cmpstr (explanation->policy, ==, "Everybody, version 1");
  g_assert_cmpstr (explanation->calendar, ==, "Office");
  g_assert_cmpint (g_array_index (explanation->segments, KipSegment, 1).author, ==, DESK_AGENT);
}

static void
test_closed_days (void)
{
  g_autoptr (KipExplanation) explanation = explain ("04-29 16:00 new", KIP_CLOCK_RESOLUTION, "2026-04-29 16:00");
  static const SegmentCase expected[] = {
    { KIP_SEGMENT_COUNTED, "2026-04-29 17:00", 60, TRUE, NULL },
    { KIP_SEGMENT_CLOSED, "2026-05-02 00:00", 0, TRUE, "oliday" },
    { KIP_SEGMENT_CLOSED, "2026-05-04 08:00", 0, TRUE, "weekend" },
    { KIP_SEGMENT_COUNTED, "2026-05-04 12:00", 240, TRUE, NULL },
    { KIP_SEGMENT_CLOSED, "2026-05-04 13:00", 0, TRUE, NULL },
    { KIP_SEGMENT_COUNTED, "2026-05-04 16:00", 180, TRUE, NULL },
  };

  check_segments (explanation, "2026-04-29 16:00", expected, G_N_ELEMENTS (expected));
}

static void
test_reopened (void)
{
  g_autoptr (KipExplanation) explanation =
    explain ("03-09 08:00 new; 03-09 10:00 resolve; 03-12 09:00 open; 03-12 11:00 resolve", KIP_CLOCK_RESOLUTION, "2026-03-20 10:00");
  static const SegmentCase expected[] = {
    { KIP_SEGMENT_COUNTED, "2026-03-09 10:00", 120, FALSE, NULL },
    { KIP_SEGMENT_RESOLVED, "2026-03-12 09:00", 23 * 60, FALSE, "resolved" },
    { KIP_SEGMENT_COUNTED, "2026-03-12 11:00", 120, FALSE, NULL },
  };

  check_segments (explanation, "2026-03-09 08:00", expected, G_N_ELEMENTS (expected));
}

static void
test_late_by_change (void)
{
  g_autoptr (KipExplanation) explanation = explain ("03-09 08:00 new; 03-09 14:00 p2", KIP_CLOCK_RESOLUTION, "2026-03-09 14:00");

  g_assert_cmpuint (explanation->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (explanation->notes, 0), "would have been 2026-03-09 12:00"));
  g_assert_nonnull (strstr (g_ptr_array_index (explanation->notes, 0), "14:00"));
  g_assert_true (explanation->reading.late);
}

static void
test_notes (void)
{
  static const struct
  {
    const char  *story;
    KipClockKind kind;
    const char  *note;
  } cases[] = {
    { "03-09 08:00 new on-line", KIP_CLOCK_RESPONSE, "on the line" },
    { "03-09 08:00 new; 03-09 09:00 due 03-11 10:00", KIP_CLOCK_RESOLUTION, "by hand" },
    { "03-09 08:00 new; 03-09 09:00 wait", KIP_CLOCK_RESOLUTION, "paused" },
    { "03-09 08:00 new; 03-09 09:00 reply", KIP_CLOCK_UPDATE, "Nothing is promised" },
    { "03-09 08:00 new; 03-09 09:00 spam", KIP_CLOCK_RESOLUTION, "Nothing is promised" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipExplanation) explanation = explain (cases[i].story, cases[i].kind, "2026-03-09 10:00");

      g_assert_cmpuint (explanation->notes->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (explanation->notes, 0), cases[i].note));
    }
}

/* A slip of the hand may promise the year 9000, or that a ticket came in under a king. */
static void
test_far_away (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  KipInstant now = fixture_instant ("2026-03-09 10:00");
  static const KipInstant instants[] = { G_MAXINT64, G_MININT64 + 1, G_GINT64_CONSTANT (221845392000000), 0 };

  desk_add (desk, KIP_KIND_TICKET, DESK_TICKET, KIP_VERB_SET, KIP_FIELD_SUBJECT, now, kip_value_text ("far"));
  for (guint i = 0; i < G_N_ELEMENTS (instants) * G_N_ELEMENTS (instants); i++)
    {
      g_autoptr (KipEntity) folded = NULL;
      g_autoptr (KipTicket) far = NULL;

      desk_add (desk, KIP_KIND_TICKET, DESK_TICKET, KIP_VERB_SET, KIP_FIELD_DUE, now, kip_value_int (instants[i % 4]));
      desk_add (desk, KIP_KIND_TICKET, DESK_TICKET, KIP_VERB_SET, KIP_FIELD_RECEIVED, now, kip_value_int (instants[i / 4]));
      folded = desk_fold (desk, DESK_TICKET);
      far = kip_ticket_new (folded, NULL, NULL);
      for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
        {
          g_autoptr (KipExplanation) explanation = kip_ticket_clock_explain (far, agreements, (KipClockKind) kind, now);

          g_assert_cmpint (explanation->clock.state, !=, KIP_CLOCK_MET);
        }
    }
}

static void
test_outage_and_restart (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipTicket) ticket = desk_ticket ("03-09 08:00 new; 03-09 10:00 p2");
  g_autoptr (KipExplanation) explanation = NULL;
  static const SegmentCase expected[] = {
    { KIP_SEGMENT_DROPPED, "2026-03-09 10:00", 120, FALSE, "anew" },
    { KIP_SEGMENT_COUNTED, "2026-03-09 10:30", 30, FALSE, NULL },
    { KIP_SEGMENT_OUTAGE, "2026-03-09 11:00", 30, FALSE, "Power cut" },
    { KIP_SEGMENT_COUNTED, "2026-03-09 12:00", 60, FALSE, NULL },
    { KIP_SEGMENT_CLOSED, "2026-03-09 13:00", 0, FALSE, NULL },
    { KIP_SEGMENT_COUNTED, "2026-03-09 14:00", 60, FALSE, NULL },
    { KIP_SEGMENT_COUNTED, "2026-03-09 15:30", 90, TRUE, NULL },
  };

  spec->on_change = KIP_ON_CHANGE_RESTART;
  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, "2026-01-01 00:00", spec);
  desk_outage (desk, OUTAGE, "2026-03-09 10:30", "2026-03-09 11:00", NULL);
  agreements = desk_agreements (desk);
  explanation = kip_ticket_clock_explain (ticket, agreements, KIP_CLOCK_RESOLUTION, fixture_instant ("2026-03-09 14:00"));
  check_segments (explanation, "2026-03-09 08:00", expected, G_N_ELEMENTS (expected));
}

/* ---- for any story ---- */

static GRand *dice;

/* A random month of a ticket, with odd seconds and milliseconds. */
static char *
random_story (void)
{
  static const char *const verbs[] = {
    "open", "wait", "supplier", "schedule", "resolve", "close", "reply", "call", "note", "incoming", "p1", "p2", "p3", "p4",
  };
  GString *story = g_string_new ("04-20 08:00 new");
  int minute = 0;

  for (int i = g_rand_int_range (dice, 0, 12); i > 0; i--)
    {
      minute += g_rand_int_range (dice, 0, 1500);
      g_string_append_printf (story, "; 04-%02d %02d:%02d:%02d.%03d %s", 20 + minute / 1440 % 10, minute / 60 % 24,
                              minute % 60, g_rand_int_range (dice, 0, 60), g_rand_int_range (dice, 0, 1000),
                              verbs[g_rand_int_range (dice, 0, G_N_ELEMENTS (verbs))]);
    }
  return g_string_free (story, FALSE);
}

static void
check_story (KipAgreements *agreements,
             const char    *story,
             KipInstant     now)
{
  g_autoptr (KipTicket) ticket = desk_ticket (story);

  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    {
      g_autoptr (KipExplanation) explanation = kip_ticket_clock_explain (ticket, agreements, (KipClockKind) kind, now);
      gint64 counted = 0, ahead = 0;
      KipInstant at = KIP_INSTANT_NONE;

      for (guint i = 0; i < explanation->segments->len; i++)
        {
          const KipSegment *segment = &g_array_index (explanation->segments, KipSegment, i);

          g_assert_true (at == KIP_INSTANT_NONE || segment->start == at);
          g_assert_cmpint (segment->end, >, segment->start);
          at = segment->end;
          if (segment->kind == KIP_SEGMENT_COUNTED)
            *(segment->ahead ? &ahead : &counted) += segment->seconds;
        }
      if (explanation->clock.state == KIP_CLOCK_OFF)
        continue;
      g_assert_cmpint (counted, ==, explanation->reading.used);
      if (ahead > 0)
        g_assert_cmpint (counted + ahead, ==, explanation->clock.target);
    }
}

static void
test_any_story (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (int i = 0; i < 400; i++)
    {
      g_autofree char *story = random_story ();

      g_test_message ("%s", story);
      check_story (agreements, story, fixture_instant ("2026-05-04 10:00") + g_rand_int_range (dice, 0, 1000000));
    }
}

/* The clock read at any time agrees with the clock of a ticket to which nothing more happened. */
static void
test_reading_grows (void)
{
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *story = random_story ();
      g_autoptr (KipTicket) ticket = desk_ticket (story);
      KipClock clocks[KIP_N_CLOCKS];
      gint64 before = 0;

      kip_ticket_clocks (ticket, agreements, clocks);
      for (KipInstant now = ticket->updated; now < ticket->updated + 10 * KIP_MS_PER_DAY; now += 7919 * KIP_MS_PER_SECOND)
        {
          KipClockReading reading;

          kip_clock_read (&clocks[KIP_CLOCK_RESOLUTION], agreements, now, &reading);
          g_assert_cmpint (reading.used, >=, before);
          if (clocks[KIP_CLOCK_RESOLUTION].state == KIP_CLOCK_RUNNING)
            g_assert_cmpint (reading.late, ==, now > clocks[KIP_CLOCK_RESOLUTION].due);
          before = reading.used;
        }
    }
}

int
main (int    argc,
      char **argv)
{
  const char *given = g_getenv ("KIP_SEED");
  guint32 seed = given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_message ("seed %u", seed);
  dice = g_rand_new_with_seed (seed);
  g_test_add_func ("/explain/running", test_running);
  g_test_add_func ("/explain/closed-days", test_closed_days);
  g_test_add_func ("/explain/reopened", test_reopened);
  g_test_add_func ("/explain/late-by-change", test_late_by_change);
  g_test_add_func ("/explain/notes", test_notes);
  g_test_add_func ("/explain/far-away", test_far_away);
  g_test_add_func ("/explain/outage-and-restart", test_outage_and_restart);
  g_test_add_func ("/explain/any-story", test_any_story);
  g_test_add_func ("/explain/reading-grows", test_reading_grows);
  status = g_test_run ();
  g_rand_free (dice);
  return status;
}
