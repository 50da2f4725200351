/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change.h"
#include "kip-timeline.h"

#include <string.h>

#define LAN KIP_ID_MAKE (1, 1)
#define MINH KIP_ID_MAKE (1, 2)
#define OPEN KIP_ID_MAKE (1, 3)
#define WAITING KIP_ID_MAKE (1, 4)
#define TICKET KIP_ID_MAKE (1, 9)
#define SOURCE KIP_ID_MAKE (1, 10)
#define MINUTE KIP_MS_PER_MINUTE

/* A log in memory; what the store fills in is filled in by hand. */
typedef struct
{
  GPtrArray *events; /* of KipEvent */
  guint64    seq;
} Log;

static guint64
append (Log       *log,
        KipChange *change,
        guint      minute)
{
  KipStamp *stamp = change->stamp;

  stamp->device = 1;
  stamp->seq = ++log->seq;
  stamp->at = minute * MINUTE;
  stamp->hlc = ((guint64) stamp->at) << 16;
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = kip_event_copy (g_ptr_array_index (change->events, i));

      event->id = (KipEventId) { 1, i, log->seq };
      event->tl = (guint32) log->seq;
      event->at = stamp->at;
      event->stamp = kip_stamp_ref (stamp);
      g_ptr_array_add (log->events, event);
    }
  kip_change_free (change);
  return log->seq;
}

static KipEvent *
event_of (Log    *log,
          guint64 seq)
{
  for (guint i = 0; i < log->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (log->events, i))->id.seq == seq)
      return g_ptr_array_index (log->events, i);
  g_assert_not_reached ();
}

static KipEntity *
fold (GPtrArray *events,
      KipKind    kind,
      KipId      id)
{
  GPtrArray *own = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  for (guint i = 0; i < events->len; i++)
    if (((KipEvent *) g_ptr_array_index (events, i))->entity == id)
      g_ptr_array_add (own, kip_event_copy (g_ptr_array_index (events, i)));
  return kip_entity_fold (kind, id, own);
}

static void
name_thing (Log        *log,
            KipKind     kind,
            KipId       id,
            const char *name)
{
  KipChange *change = kip_change_new (LAN, "settings");

  kip_change_set_text (change, kind, id, KIP_FIELD_NAME, name);
  append (log, change, 0);
}

static KipOffice *
make_office (void)
{
  static const struct
  {
    KipKind     kind;
    KipId       id;
    const char *name;
  } things[] = {
    { KIP_KIND_PERSON, LAN, "Lan" }, { KIP_KIND_PERSON, MINH, "Minh" },
    { KIP_KIND_STATUS, OPEN, "Open" }, { KIP_KIND_STATUS, WAITING, "Waiting for requester" },
  };
  Log log = { g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free), 0 };
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    name_thing (&log, things[i].kind, things[i].id, things[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    g_ptr_array_add (entities, fold (log.events, things[i].kind, things[i].id));
  g_ptr_array_unref (log.events);
  return kip_office_new (entities);
}

static KipChange *
new_ticket (KipId       id,
            const char *subject,
            guint       number)
{
  KipChange *change = kip_change_new (LAN, "new");

  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_NUMBER, KIP_TICKET_NUMBER (1, number));
  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_DESCRIPTION, "Paper is stuck");
  kip_change_set_status (change, id, OPEN, KIP_PHASE_OPEN, KIP_PAUSE_NONE);
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_CHANNEL, KIP_CHANNEL_PHONE);
  return change;
}

static KipChange *
reply_and_wait (void)
{
  KipChange *change = kip_change_new (LAN, "reply");

  kip_change_add_message (change, TICKET, KIP_MESSAGE_REPLY, "Is the tray closed?");
  kip_change_set_status (change, TICKET, WAITING, KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER);
  return change;
}

static KipChange *
work (void)
{
  KipChange *change = kip_change_new (LAN, "work");
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (45 * 60));
  kip_value_put (value, 2, kip_value_text ("on site"));
  kip_change_entry (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_WORK, value);
  return change;
}

static KipChange *
undo_of (guint64 seq)
{
  KipChange *change = kip_change_new (LAN, "undo");

  change->stamp->undo_device = 1;
  change->stamp->undo_seq = seq;
  return change;
}

typedef struct
{
  Log        log;
  KipOffice *office;
  KipTicket *ticket;
  GPtrArray *moments;
} Story;

static void
story_begin (Story *story)
{
  story->log = (Log) { g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free), 0 };
  story->office = make_office ();
  append (&story->log, new_ticket (TICKET, "Printer", 214), 1);
}

static void
story_tell (Story *story)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  g_autoptr (KipEntity) entity = fold (story->log.events, KIP_KIND_TICKET, TICKET);
  KipEntity *source = fold (story->log.events, KIP_KIND_TICKET, SOURCE);

  g_ptr_array_add (merged, source);
  story->ticket = kip_ticket_new (entity, kip_entity_is_empty (source) ? NULL : merged, NULL);
  story->moments = kip_timeline_new (story->ticket, NULL, NULL);
}

static void
story_end (Story *story)
{
  g_ptr_array_unref (story->moments);
  kip_ticket_unref (story->ticket);
  kip_office_unref (story->office);
  g_ptr_array_unref (story->log.events);
}

static void
assert_moment (Story      *story,
               guint       index,
               const char *title,
               const char *text,
               const char *lines)
{
  KipMoment *moment = g_ptr_array_index (story->moments, index);
  KipWords words = { story->office, NULL, NULL };
  g_autofree char *who = kip_format_person (story->office, kip_moment_get_person (moment), "Kip");
  g_autofree char *got = kip_moment_title (moment, &words, who);
  g_auto (GStrv) got_lines = kip_moment_lines (moment, &words);
  g_autofree char *joined = g_strjoinv ("|", got_lines);

  g_assert_cmpstr (got, ==, title);
  g_assert_cmpstr (kip_moment_get_text (moment), ==, text);
  g_assert_cmpstr (joined, ==, lines);
}

static void
test_story (void)
{
  Story story;
  guint64 reply;

  story_begin (&story);
  reply = append (&story.log, reply_and_wait (), 5);
  kip_event_add_ref (g_ptr_array_index (story.log.events, story.log.events->len - 1),
                     &(KipEventId) { 1, 3, 1 });
  append (&story.log, work (), 9);
  story_tell (&story);

  g_assert_cmpint (story.moments->len, ==, 3);
  assert_moment (&story, 0, "Lan logged it", "Paper is stuck", "Channel: Phone");
  assert_moment (&story, 1, "Lan replied", "Is the tray closed?", "Status: Open → Waiting for requester");
  assert_moment (&story, 2, "Lan logged work time", NULL, "Work time: 45 min — on site");
  g_assert_cmpint (kip_moment_get_message_kind (g_ptr_array_index (story.moments, 0)), ==, KIP_MESSAGE_INCOMING);
  g_assert_cmpint (kip_moment_get_message_kind (g_ptr_array_index (story.moments, 1)), ==, KIP_MESSAGE_REPLY);
  g_assert_cmpint (kip_moment_get_seq (g_ptr_array_index (story.moments, 1)), ==, reply);
  g_assert_true (kip_moment_is_talk (g_ptr_array_index (story.moments, 1)));
  g_assert_false (kip_moment_is_talk (g_ptr_array_index (story.moments, 2)));
  story_end (&story);
}

/* Undone once, twice (redone), and three times. */
static void
test_undone (void)
{
  for (guint times = 0; times <= 3; times++)
    {
      Story story;
      guint64 last;

      story_begin (&story);
      last = append (&story.log, work (), 5);
      for (guint i = 0; i < times; i++)
        {
          KipChange *undo = undo_of (last);

          kip_change_retract (undo, KIP_KIND_TICKET, TICKET, KIP_FIELD_WORK, &event_of (&story.log, 2)->id);
          last = append (&story.log, undo, 6 + i);
        }
      story_tell (&story);
      g_assert_cmpint (story.moments->len, ==, 2 + times);
      g_assert_true (kip_moment_is_undone (g_ptr_array_index (story.moments, 1)) == (times % 2 == 1));
      g_assert_true (kip_moment_can_undo (g_ptr_array_index (story.moments, 1)) == (times % 2 == 0));
      g_assert_true (kip_moment_can_undo (g_ptr_array_index (story.moments, times + 1)));
      if (times > 0)
        assert_moment (&story, 2, "Lan undid a change", NULL, "Work time taken back");
      story_end (&story);
    }
}

static void
test_merged (void)
{
  Story story;
  KipChange *merge = kip_change_new (LAN, "merge");

  story_begin (&story);
  append (&story.log, new_ticket (SOURCE, "Printer again", 220), 3);
  kip_change_set_int (merge, KIP_KIND_TICKET, SOURCE, KIP_FIELD_MERGED_INTO, (gint64) TICKET);
  append (&story.log, merge, 4);
  append (&story.log, work (), 6);
  story_tell (&story);
  g_assert_cmpint (story.moments->len, ==, 4);
  assert_moment (&story, 1, "Lan logged it (in A-220)", "Paper is stuck", "Channel: Phone");
  assert_moment (&story, 2, "Lan merged it (in A-220)", NULL, "Merged into: another ticket");
  story_end (&story);
}

/* A call that was written down an hour later, an imported change-set with two
 * moments, and what a requester wrote. */
static void
test_times_and_writers (void)
{
  Story story;
  KipChange *call = kip_change_new (LAN, "call");
  KipChange *import = kip_change_new (LAN, "import");
  KipEvent *event;
  KipInstant entered = 0;
  guint n;

  story_begin (&story);
  import->stamp->flags = KIP_CHANGE_IMPORT;
  event = kip_change_add_message (import, TICKET, KIP_MESSAGE_INCOMING, "It still jams");
  kip_value_put (event->value, 3, kip_value_int ((gint64) MINH));
  kip_change_add_message (import, TICKET, KIP_MESSAGE_NOTE, "He is right");
  append (&story.log, import, 10);
  kip_change_add_message (call, TICKET, KIP_MESSAGE_CALL, "Rang him");
  append (&story.log, call, 70);
  n = story.log.events->len;
  ((KipEvent *) g_ptr_array_index (story.log.events, n - 1))->at = 11 * MINUTE;
  story_tell (&story);

  g_assert_cmpint (story.moments->len, ==, 4);
  assert_moment (&story, 1, "Minh wrote", "It still jams", "");
  assert_moment (&story, 2, "Lan wrote an internal note", "He is right", "");
  assert_moment (&story, 3, "Lan logged a call", "Rang him", "");
  g_assert_false (kip_moment_can_undo (g_ptr_array_index (story.moments, 1)));
  g_assert_false (kip_moment_get_entered (g_ptr_array_index (story.moments, 2), &entered));
  g_assert_true (kip_moment_get_entered (g_ptr_array_index (story.moments, 3), &entered));
  g_assert_cmpint (entered, ==, 70 * MINUTE);
  story_end (&story);
}

static void
test_values (void)
{
  g_autoptr (KipOffice) office = make_office ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GHashTable) tickets = g_hash_table_new (g_int64_hash, g_int64_equal);
  KipWords words = { office, tickets, utc };
  gint64 known = (gint64) SOURCE;
  const struct
  {
    KipField    field;
    gint64      number;
    const char *expected;
  } cases[] = {
    { KIP_FIELD_ASSIGNEE, (gint64) MINH, "Minh" },
    { KIP_FIELD_ASSIGNEE, 77, "somebody" },
    { KIP_FIELD_ASSIGNEE, 0, "" },
    { KIP_FIELD_CHANNEL, KIP_CHANNEL_WALK_IN, "Walk-in" },
    { KIP_FIELD_CHANNEL, 99, "unknown" },
    { KIP_FIELD_IMPACT, 1, "High" },
    { KIP_FIELD_SPAM, 1, "yes" },
    { KIP_FIELD_DUE, 0, "Thu 1 Jan 1970, 00:00" },
    { KIP_FIELD_PARENT, (gint64) SOURCE, "A-220" },
    { KIP_FIELD_PARENT, (gint64) TICKET, "another ticket" },
    { KIP_FIELD_NUMBER, KIP_TICKET_NUMBER (2, 7), "B-7" },
    { KIP_FIELD_CATEGORY, 77, "unknown" },
    { (KipField) 9999, 1, "unknown" },
  };

  g_hash_table_insert (tickets, &known, (gpointer) "A-220");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipValue) value = kip_value_int (cases[i].number);
      g_autofree char *got = kip_format_value (&words, KIP_KIND_TICKET, cases[i].field, value);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_priority_value (void)
{
  g_autoptr (KipOffice) office = make_office ();
  KipWords words = { office, NULL, NULL };
  g_autoptr (KipValue) value = kip_value_map ();
  g_autofree char *got = NULL;

  kip_value_put (value, 1, kip_value_int (KIP_PRIORITY_HIGH));
  kip_value_put (value, 2, kip_value_text ("the director waits"));
  got = kip_format_value (&words, KIP_KIND_TICKET, KIP_FIELD_PRIORITY, value);
  g_assert_cmpstr (got, ==, "High (the director waits)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/story", test_story);
  g_test_add_func ("/timeline/undone", test_undone);
  g_test_add_func ("/timeline/merged", test_merged);
  g_test_add_func ("/timeline/times-and-writers", test_times_and_writers);
  g_test_add_func ("/timeline/values", test_values);
  g_test_add_func ("/timeline/priority-value", test_priority_value);
  return g_test_run ();
}
