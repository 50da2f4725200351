/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change.h"
#include "kip-office.h"
#include "kip-ticket.h"

#define ME KIP_ID_MAKE (1, 1)
#define TICKET KIP_ID_MAKE (1, 9)
#define MINUTE KIP_MS_PER_MINUTE

/* A log in memory: what the store fills in, filled in here by hand. */
typedef struct
{
  GPtrArray *events; /* of KipEvent */
  guint64    seq;
} Log;

static void
log_init (Log *log)
{
  log->events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  log->seq = 0;
}

/* Appends @change as device @device at minute @minute; @tl for each of its events. */
static guint64
log_append (Log       *log,
            KipChange *change,
            guint      device,
            guint      minute,
            guint32    tl)
{
  change->stamp->device = device;
  change->stamp->seq = ++log->seq;
  change->stamp->hlc = ((guint64) (minute * MINUTE)) << 16;
  change->stamp->at = minute * MINUTE;
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = kip_event_copy (g_ptr_array_index (change->events, i));

      event->id = (KipEventId) { device, i, log->seq };
      event->tl = tl;
      event->at = minute * MINUTE;
      event->stamp = kip_stamp_ref (change->stamp);
      g_ptr_array_add (log->events, event);
    }
  kip_change_free (change);
  return log->seq;
}

static KipEvent *
log_event (Log    *log,
           guint64 seq)
{
  for (guint i = 0; i < log->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (log->events, i))->id.seq == seq)
      return g_ptr_array_index (log->events, i);
  g_assert_not_reached ();
}

static void
replace (Log    *log,
         guint64 by,
         guint64 what)
{
  kip_event_add_ref (log_event (log, by), &log_event (log, what)->id);
}

static guint64
write_subject (Log        *log,
               const char *text,
               guint       device,
               guint       minute,
               guint32     tl)
{
  KipChange *change = kip_change_new (ME, "edit");

  kip_change_set_text (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_SUBJECT, text);
  return log_append (log, change, device, minute, tl);
}

static KipEntity *
log_fold (Log *log)
{
  return kip_entity_fold (KIP_KIND_TICKET, TICKET, g_steal_pointer (&log->events));
}

static void
test_replaced (void)
{
  Log log;
  guint64 first, second;
  g_autoptr (KipEntity) entity = NULL;

  log_init (&log);
  first = write_subject (&log, "old", 1, 1, 1);
  second = write_subject (&log, "new", 1, 2, 2);
  replace (&log, second, first);
  entity = log_fold (&log);
  g_assert_cmpstr (kip_entity_get_text (entity, KIP_FIELD_SUBJECT), ==, "new");
  g_assert_false (kip_entity_has_conflict (entity, 0));
}

/* Two machines write without having seen each other: both are kept, the later
 * clock is shown, and the next write that has seen both settles it. */
static void
test_conflict (void)
{
  Log log;
  guint64 base, mine, theirs, pick;
  g_autoptr (KipEntity) entity = NULL;

  log_init (&log);
  base = write_subject (&log, "base", 1, 1, 1);
  mine = write_subject (&log, "mine", 1, 5, 2);
  theirs = write_subject (&log, "theirs", 2, 4, 2);
  replace (&log, mine, base);
  replace (&log, theirs, base);
  entity = kip_entity_fold (KIP_KIND_TICKET, TICKET, g_ptr_array_copy (log.events, (GCopyFunc) kip_event_copy, NULL));
  g_assert_cmpstr (kip_entity_get_text (entity, KIP_FIELD_SUBJECT), ==, "mine");
  g_assert_true (kip_entity_has_conflict (entity, KIP_FIELD_SUBJECT));
  g_assert_cmpuint (kip_entity_get_writes (entity, KIP_FIELD_SUBJECT)->len, ==, 2);

  g_clear_pointer (&entity, kip_entity_unref);
  pick = write_subject (&log, "theirs", 2, 6, 3);
  replace (&log, pick, mine);
  replace (&log, pick, theirs);
  entity = log_fold (&log);
  g_assert_cmpstr (kip_entity_get_text (entity, KIP_FIELD_SUBJECT), ==, "theirs");
  g_assert_false (kip_entity_has_conflict (entity, 0));
}

static void
test_person_before_rule (void)
{
  Log log;
  guint64 rule;
  g_autoptr (KipEntity) entity = NULL;

  log_init (&log);
  write_subject (&log, "by a person", 1, 1, 1);
  rule = write_subject (&log, "by a rule, later", 2, 9, 1);
  log_event (&log, rule)->stamp->flags = KIP_CHANGE_AUTOMATION;
  entity = log_fold (&log);
  g_assert_cmpstr (kip_entity_get_text (entity, KIP_FIELD_SUBJECT), ==, "by a person");
}

/* A machine with its clock in 2099 wins nothing from somebody who had read it. */
static void
test_clock_ahead (void)
{
  Log log;
  guint64 ahead, after;
  g_autoptr (KipEntity) entity = NULL;

  log_init (&log);
  ahead = write_subject (&log, "from 2099", 2, 38000000, 1);
  after = write_subject (&log, "from today", 1, 10, 2);
  replace (&log, after, ahead);
  entity = log_fold (&log);
  g_assert_cmpstr (kip_entity_get_text (entity, KIP_FIELD_SUBJECT), ==, "from today");
}

static guint64
write_tag (Log        *log,
           KipVerb     verb,
           const char *tag,
           guint       device,
           guint       minute,
           guint32     tl)
{
  KipChange *change = kip_change_new (ME, "tag");

  if (verb == KIP_VERB_ADD)
    kip_change_add (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_TAGS, kip_value_text (tag));
  else
    kip_change_remove (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_TAGS, kip_value_text (tag));
  return log_append (log, change, device, minute, tl);
}

/* A REMOVE takes away the ADDs it has seen; one added meanwhile stays. */
static void
test_add_wins (void)
{
  Log log;
  guint64 add, removed;
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (GPtrArray) set = NULL;

  log_init (&log);
  add = write_tag (&log, KIP_VERB_ADD, "wifi", 1, 1, 1);
  write_tag (&log, KIP_VERB_ADD, "floor 3", 1, 2, 2);
  write_tag (&log, KIP_VERB_ADD, "wifi", 2, 3, 2);
  removed = write_tag (&log, KIP_VERB_REMOVE, "wifi", 1, 4, 3);
  replace (&log, removed, add);
  entity = log_fold (&log);
  set = kip_entity_get_set (entity, KIP_FIELD_TAGS);
  g_assert_cmpuint (set->len, ==, 2);
  g_assert_cmpstr (kip_value_get_text (g_ptr_array_index (set, 0)), ==, "floor 3");
  g_assert_cmpstr (kip_value_get_text (g_ptr_array_index (set, 1)), ==, "wifi");
}

/* Whatever the order of arrival, equal sets of events give equal folds. */
static void
test_order_of_arrival (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *expected = NULL;
  Log log;

  g_test_message ("seed %u", seed);
  log_init (&log);
  for (guint i = 0; i < 12; i++)
    {
      guint64 seq = write_subject (&log, i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c",
                                   1 + i % 3, (guint) g_rand_int_range (rand, 1, 9), 1 + i / 4);

      if (i >= 4 && g_rand_boolean (rand))
        replace (&log, seq, (guint64) g_rand_int_range (rand, 1, 5));
    }
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (KipEntity) entity = NULL;
      g_autoptr (GString) seen = g_string_new (NULL);
      GPtrArray *events = g_ptr_array_copy (log.events, (GCopyFunc) kip_event_copy, NULL);
      GPtrArray *writes;

      g_ptr_array_set_free_func (events, (GDestroyNotify) kip_event_free);
      for (guint i = events->len - 1; i > 0; i--)
        {
          guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
          gpointer other = events->pdata[j];

          events->pdata[j] = events->pdata[i];
          events->pdata[i] = other;
        }
      entity = kip_entity_fold (KIP_KIND_TICKET, TICKET, events);
      writes = kip_entity_get_writes (entity, KIP_FIELD_SUBJECT);
      for (guint i = 0; i < writes->len; i++)
        g_string_append_printf (seen, "%" G_GUINT64_FORMAT " ", ((KipEvent *) writes->pdata[i])->id.seq);
      if (expected == NULL)
        expected = g_strdup (seen->str);
      g_assert_cmpstr (seen->str, ==, expected);
    }
  g_ptr_array_unref (log.events);
}

static guint64
write_status (Log     *log,
              KipPhase phase,
              KipPause pause,
              guint    minute,
              guint32  tl)
{
  KipChange *change = kip_change_new (ME, "status");

  kip_change_set_status (change, TICKET, KIP_ID_MAKE (1, 100 + phase), phase, pause);
  return log_append (log, change, 1, minute, tl);
}

static void
mark_undo (Log    *log,
           guint64 undo,
           guint64 what)
{
  replace (log, undo, what);
  log_event (log, undo)->stamp->undo_device = 1;
  log_event (log, undo)->stamp->undo_seq = what;
}

/* A slip of the mouse: resolved by mistake, undone.  It was never resolved. */
static void
test_undone_status (void)
{
  Log log;
  guint64 opened, slip, undo, redo;
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (KipTicket) ticket = NULL;

  log_init (&log);
  opened = write_status (&log, KIP_PHASE_OPEN, KIP_PAUSE_NONE, 1, 1);
  slip = write_status (&log, KIP_PHASE_RESOLVED, KIP_PAUSE_NONE, 5, 2);
  replace (&log, slip, opened);
  undo = write_status (&log, KIP_PHASE_OPEN, KIP_PAUSE_NONE, 6, 3);
  mark_undo (&log, undo, slip);
  entity = kip_entity_fold (KIP_KIND_TICKET, TICKET, g_ptr_array_copy (log.events, (GCopyFunc) kip_event_copy, NULL));
  ticket = kip_ticket_new (entity, NULL, NULL);
  g_assert_cmpint (ticket->phase, ==, KIP_PHASE_OPEN);
  g_assert_cmpuint (ticket->statuses->len, ==, 1);

  g_clear_pointer (&ticket, kip_ticket_unref);
  g_clear_pointer (&entity, kip_entity_unref);
  redo = write_status (&log, KIP_PHASE_RESOLVED, KIP_PAUSE_NONE, 7, 4);
  mark_undo (&log, redo, undo);
  entity = log_fold (&log);
  ticket = kip_ticket_new (entity, NULL, NULL);
  g_assert_cmpint (ticket->phase, ==, KIP_PHASE_RESOLVED);
  g_assert_cmpuint (ticket->statuses->len, ==, 2);
  g_assert_cmpint (g_array_index (ticket->statuses, KipStatusSpan, 1).at, ==, 5 * MINUTE);
}

/* Impact and urgency of one action are one step of the priority. */
static void
test_priorities (void)
{
  Log log;
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  KipChange *change = kip_change_new (ME, "new");

  log_init (&log);
  kip_change_set_int (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_IMPACT, KIP_LEVEL_HIGH);
  kip_change_set_int (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_URGENCY, KIP_LEVEL_HIGH);
  log_append (&log, change, 1, 1, 1);
  entity = log_fold (&log);
  ticket = kip_ticket_new (entity, NULL, NULL);
  g_assert_cmpint (ticket->priority, ==, KIP_PRIORITY_CRITICAL);
  g_assert_cmpuint (ticket->priorities->len, ==, 1);
}

/* Merged: the older received, both's messages in order; taken away again: gone. */
static void
test_merged (void)
{
  Log log;
  g_autoptr (KipEntity) target = NULL;
  g_autoptr (KipEntity) source = NULL;
  g_autoptr (GPtrArray) merged = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  KipChange *change;

  log_init (&log);
  change = kip_change_new (ME, "reply");
  kip_change_add_message (change, TICKET, KIP_MESSAGE_REPLY, "second");
  log_append (&log, change, 1, 30, 1);
  target = log_fold (&log);
  log_init (&log);
  change = kip_change_new (ME, "incoming");
  kip_change_add_message (change, TICKET + 1, KIP_MESSAGE_INCOMING, "first");
  log_append (&log, change, 1, 10, 1);
  source = kip_entity_fold (KIP_KIND_TICKET, TICKET + 1, g_steal_pointer (&log.events));
  merged = g_ptr_array_new ();
  g_ptr_array_add (merged, source);
  ticket = kip_ticket_new (target, merged, NULL);
  g_assert_cmpint (ticket->received, ==, 10 * MINUTE);
  g_assert_cmpuint (ticket->messages->len, ==, 2);
  g_assert_cmpstr (g_array_index (ticket->messages, KipMessage, 0).text, ==, "first");
}

static void
test_retracted (void)
{
  Log log;
  guint64 seq;
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (GPtrArray) all = NULL;
  KipChange *change = kip_change_new (ME, "reply");

  log_init (&log);
  kip_change_add_message (change, TICKET, KIP_MESSAGE_REPLY, "to the wrong person");
  seq = log_append (&log, change, 1, 1, 1);
  change = kip_change_new (ME, "undo");
  kip_change_retract (change, KIP_KIND_TICKET, TICKET, KIP_FIELD_MESSAGE, &log_event (&log, seq)->id);
  log_append (&log, change, 1, 2, 2);
  entity = log_fold (&log);
  ticket = kip_ticket_new (entity, NULL, NULL);
  g_assert_cmpuint (ticket->messages->len, ==, 0);
  all = kip_entity_get_entries (entity, KIP_FIELD_MESSAGE, TRUE);
  g_assert_cmpuint (all->len, ==, 1);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    guint       device;
    gint64      counter;
  } good[] = {
    { "214", 0, 214 }, { "a214", 1, 214 }, { "B-214", 2, 214 }, { "aa-1", 27, 1 },
  };
  static const char *const bad[] = { "", "b", "b-", "-214", "214b", "b 214", "0", "b-0", "abcd-1" };
  g_autofree char *text = kip_ticket_number_format (KIP_TICKET_NUMBER (2, 214));

  g_assert_cmpstr (text, ==, "B-214");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      guint device;
      gint64 counter;

      g_assert_true (kip_ticket_number_parse (good[i].text, &device, &counter));
      g_assert_cmpuint (device, ==, good[i].device);
      g_assert_cmpint (counter, ==, good[i].counter);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      guint device;
      gint64 counter;

      g_test_message ("%s", bad[i]);
      g_assert_false (kip_ticket_number_parse (bad[i], &device, &counter));
    }
}

/* Categories that name each other as parents are cut apart, not followed for ever. */
static void
test_category_loop (void)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  g_autoptr (KipOffice) office = NULL;

  for (guint i = 0; i < 3; i++)
    {
      KipId id = KIP_ID_MAKE (1, 10 + i);
      KipChange *change = kip_change_new (ME, "settings");
      Log log;

      log_init (&log);
      kip_change_set_text (change, KIP_KIND_CATEGORY, id, KIP_FIELD_NAME, i == 2 ? "Wi-Fi" : "loop");
      kip_change_set_int (change, KIP_KIND_CATEGORY, id, KIP_FIELD_CATEGORY_PARENT, (gint64) KIP_ID_MAKE (1, i == 1 ? 10 : 11));
      log_append (&log, change, 1, 1, 1);
      g_ptr_array_add (entities, kip_entity_fold (KIP_KIND_CATEGORY, id, g_steal_pointer (&log.events)));
    }
  office = kip_office_new (entities);
  g_assert_cmpuint (kip_office_get_categories (office)->len, ==, 3);
  g_assert_cmpstr (kip_office_category (office, KIP_ID_MAKE (1, 12))->name, ==, "Wi-Fi");
  g_assert_null (kip_office_person (office, KIP_ID_MAKE (1, 12)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entity/replaced", test_replaced);
  g_test_add_func ("/entity/conflict", test_conflict);
  g_test_add_func ("/entity/person-before-rule", test_person_before_rule);
  g_test_add_func ("/entity/clock-ahead", test_clock_ahead);
  g_test_add_func ("/entity/add-wins", test_add_wins);
  g_test_add_func ("/entity/order-of-arrival", test_order_of_arrival);
  g_test_add_func ("/ticket/undone-status", test_undone_status);
  g_test_add_func ("/ticket/priorities", test_priorities);
  g_test_add_func ("/ticket/merged", test_merged);
  g_test_add_func ("/ticket/retracted", test_retracted);
  g_test_add_func ("/ticket/numbers", test_numbers);
  g_test_add_func ("/office/category-loop", test_category_loop);
  return g_test_run ();
}
