/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alert-rules.h"
#include "kip-change.h"
#include "kip-snoozes.h"

#define LAN KIP_ID_MAKE (1, 1)   /* agent, team hardware */
#define MINH KIP_ID_MAKE (1, 2)  /* agent, no team */
#define HA KIP_ID_MAKE (1, 3)    /* manager */
#define THU KIP_ID_MAKE (1, 4)   /* requester */
#define HARDWARE KIP_ID_MAKE (1, 10)
#define NETWORK KIP_ID_MAKE (1, 11)

static KipInstant
at (const char *text)
{
  KipInstant instant;

  g_assert_true (kip_instant_parse (text, NULL, &instant));
  return instant;
}

static void
add_person (GPtrArray *entities,
            KipId      id,
            KipRole    role,
            KipId      team)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "settings");
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  kip_change_set_int (change, KIP_KIND_PERSON, id, KIP_FIELD_ROLE, role);
  if (team != KIP_ID_NONE)
    kip_change_add (change, KIP_KIND_PERSON, id, KIP_FIELD_TEAMS, kip_value_int ((gint64) team));
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = kip_event_copy (g_ptr_array_index (change->events, i));

      event->id = (KipEventId) { 1, i, id };
      g_ptr_array_add (events, event);
    }
  g_ptr_array_add (entities, kip_entity_fold (KIP_KIND_PERSON, id, events));
}

static KipOffice *
an_office (void)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  add_person (entities, LAN, KIP_ROLE_AGENT, HARDWARE);
  add_person (entities, MINH, KIP_ROLE_AGENT, KIP_ID_NONE);
  add_person (entities, HA, KIP_ROLE_MANAGER, KIP_ID_NONE);
  add_person (entities, THU, KIP_ROLE_REQUESTER, KIP_ID_NONE);
  return kip_office_new (entities);
}

static void
test_whom (void)
{
  static const struct
  {
    KipId    assignee, team;
    int      percent;
    KipId    me;
    gboolean concerns, escalated;
  } cases[] = {
    { LAN, HARDWARE, 75, LAN, TRUE, FALSE },
    { LAN, HARDWARE, 75, MINH, FALSE, FALSE },
    { LAN, HARDWARE, 75, HA, FALSE, FALSE },
    { LAN, HARDWARE, 100, HA, TRUE, TRUE },
    { LAN, HARDWARE, 125, HA, TRUE, TRUE },
    { HA, HARDWARE, 75, HA, TRUE, FALSE },
    { KIP_ID_NONE, HARDWARE, 50, LAN, TRUE, FALSE },
    { KIP_ID_NONE, NETWORK, 50, LAN, FALSE, FALSE },
    { KIP_ID_NONE, KIP_ID_NONE, 50, LAN, TRUE, FALSE },
    { KIP_ID_NONE, KIP_ID_NONE, 50, MINH, TRUE, FALSE },
    { KIP_ID_NONE, KIP_ID_NONE, 50, THU, FALSE, FALSE },
    { KIP_ID_NONE, HARDWARE, 50, KIP_ID_MAKE (1, 99), FALSE, FALSE },
  };
  g_autoptr (KipOffice) office = an_office ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipThreshold threshold = { .percent = cases[i].percent, .assignee = cases[i].assignee, .team = cases[i].team };
      gboolean escalated;

      g_test_message ("case %u", i);
      g_assert_cmpint (kip_alert_concerns (&threshold, office, cases[i].me, &escalated), ==, cases[i].concerns);
      g_assert_cmpint (escalated, ==, cases[i].escalated);
    }
}

static void
test_what (void)
{
  static const struct
  {
    KipAlertStyle   style;
    int             percent;
    gboolean        mine, wanted;
    KipAlertUrgency urgency;
  } cases[] = {
    { KIP_ALERT_STEADY, 50, TRUE, TRUE, KIP_ALERT_LOW },
    { KIP_ALERT_STEADY, 75, TRUE, TRUE, KIP_ALERT_NORMAL },
    { KIP_ALERT_STEADY, 90, FALSE, TRUE, KIP_ALERT_NORMAL },
    { KIP_ALERT_STEADY, 100, TRUE, TRUE, KIP_ALERT_CRITICAL },
    { KIP_ALERT_COUNTDOWN, 50, TRUE, FALSE, KIP_ALERT_LOW },
    { KIP_ALERT_COUNTDOWN, 75, TRUE, TRUE, KIP_ALERT_NORMAL },
    { KIP_ALERT_COUNTDOWN, 90, TRUE, TRUE, KIP_ALERT_CRITICAL },
    { KIP_ALERT_QUIET, 90, TRUE, FALSE, KIP_ALERT_NORMAL },
    { KIP_ALERT_QUIET, 100, TRUE, TRUE, KIP_ALERT_CRITICAL },
    { KIP_ALERT_QUIET, 100, FALSE, FALSE, KIP_ALERT_CRITICAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipThreshold threshold = { .percent = cases[i].percent, .assignee = cases[i].mine ? LAN : KIP_ID_NONE };

      g_test_message ("case %u", i);
      g_assert_cmpint (kip_alert_is_wanted (cases[i].style, &threshold, LAN), ==, cases[i].wanted);
      g_assert_cmpint (kip_alert_urgency (cases[i].style, cases[i].percent), ==, cases[i].urgency);
    }
}

static KipCalendar *
office_hours (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new ("Asia/Ho_Chi_Minh");

  g_assert_true (kip_calendar_spec_set_weekly (spec,
                                               "mon=08:00-12:00,13:00-17:00;tue=08:00-12:00,13:00-17:00;"
                                               "wed=08:00-12:00,13:00-17:00;thu=08:00-12:00,13:00-17:00;"
                                               "fri=08:00-12:00,13:00-17:00", NULL));
  return kip_calendar_new (spec);
}

/* Fri 6 Mar 2026 and the Monday after it. */
static void
test_when (void)
{
  static const struct
  {
    const char *at;
    gboolean    round_the_clock;
    const char *told;
  } cases[] = {
    { "2026-03-06T10:00+07:00", FALSE, "2026-03-06T10:00+07:00" },
    { "2026-03-06T12:00+07:00", FALSE, "2026-03-06T12:00+07:00" },
    { "2026-03-06T12:30+07:00", FALSE, "2026-03-06T13:00+07:00" },
    { "2026-03-06T17:00+07:00", FALSE, "2026-03-06T17:00+07:00" },
    { "2026-03-06T20:00+07:00", FALSE, "2026-03-09T08:00+07:00" },
    { "2026-03-06T20:00+07:00", TRUE, "2026-03-06T20:00+07:00" },
    { "2026-03-08T03:00+07:00", FALSE, "2026-03-09T08:00+07:00" },
  };
  g_autoptr (KipCalendar) hours = office_hours ();
  KipAlertReader reader = { LAN, KIP_ALERT_STEADY, hours };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].at);
      g_assert_cmpint (kip_alert_when (&reader, at (cases[i].at), cases[i].round_the_clock), ==, at (cases[i].told));
    }
  reader.hours = NULL;
  g_assert_cmpint (kip_alert_when (&reader, at ("2026-03-08T03:00+07:00"), FALSE), ==, at ("2026-03-08T03:00+07:00"));
}

static void
test_agenda (void)
{
  g_autoptr (KipCalendar) hours = office_hours ();
  KipAlertReader reader = { LAN, KIP_ALERT_STEADY, hours };

  g_assert_cmpint (kip_alert_next_agenda (&reader, at ("2026-03-06T07:00+07:00")), ==, at ("2026-03-06T08:00+07:00"));
  g_assert_cmpint (kip_alert_next_agenda (&reader, at ("2026-03-06T09:00+07:00")), ==, at ("2026-03-09T08:00+07:00"));
  reader.style = KIP_ALERT_QUIET;
  g_assert_cmpint (kip_alert_next_agenda (&reader, at ("2026-03-06T07:00+07:00")), ==, KIP_INSTANT_NONE);
}

static void
test_split (void)
{
  g_autoptr (GArray) thresholds = g_array_new (FALSE, FALSE, sizeof (KipThreshold));
  g_autoptr (GArray) say = NULL;
  g_autoptr (GArray) tick_off = NULL;
  const KipThreshold all[] = {
    { .ticket = 1, .clock = KIP_CLOCK_RESOLUTION, .percent = 50 },
    { .ticket = 1, .clock = KIP_CLOCK_RESOLUTION, .percent = 90 },
    { .ticket = 1, .clock = KIP_CLOCK_RESPONSE, .percent = 75 },
    { .ticket = 2, .clock = KIP_CLOCK_RESOLUTION, .percent = 50 },
    { .ticket = 1, .clock = KIP_CLOCK_RESOLUTION, .percent = 75 },
  };

  g_array_append_vals (thresholds, all, G_N_ELEMENTS (all));
  kip_alert_split (thresholds, &say, &tick_off);
  g_assert_cmpuint (say->len, ==, 3);
  g_assert_cmpuint (g_array_index (say, guint, 0), ==, 1);
  g_assert_cmpuint (g_array_index (say, guint, 1), ==, 2);
  g_assert_cmpuint (g_array_index (say, guint, 2), ==, 3);
  g_assert_cmpuint (tick_off->len, ==, 2);
}

static void
test_snoozes (void)
{
  g_autoptr (GArray) snoozes = kip_snoozes_parse ("rubbish;7 2 75 5000;8 1 100 6000;9 7 50 1;;10 2 75");
  KipThreshold what = { .ticket = 7, .clock = KIP_CLOCK_RESOLUTION, .percent = 90 };
  g_autoptr (GArray) due = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (snoozes->len, ==, 2);
  kip_snoozes_put (snoozes, &what, 9000);
  g_assert_cmpint (kip_snoozes_next (snoozes), ==, 6000);
  text = kip_snoozes_format (snoozes);
  g_assert_cmpstr (text, ==, "8 1 100 6000;7 2 90 9000");
  due = kip_snoozes_take_due (snoozes, 6000);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_cmpuint (g_array_index (due, KipSnooze, 0).what.ticket, ==, 8);
  g_assert_cmpint (kip_snoozes_next (snoozes), ==, 9000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alerts/whom", test_whom);
  g_test_add_func ("/alerts/what", test_what);
  g_test_add_func ("/alerts/when", test_when);
  g_test_add_func ("/alerts/agenda", test_agenda);
  g_test_add_func ("/alerts/split", test_split);
  g_test_add_func ("/alerts/snoozes", test_snoozes);
  return g_test_run ();
}
