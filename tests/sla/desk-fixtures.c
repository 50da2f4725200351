/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-fixtures.h"

#include <string.h>

static void
events_free (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

static Desk *
desk_empty (void)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  desk->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, events_free);
  return desk;
}

void
desk_free (Desk *desk)
{
  g_ptr_array_unref (desk->entities);
  g_hash_table_unref (desk->events);
  g_free (desk);
}

static GPtrArray *
log_of (Desk *desk,
        KipId id)
{
  GPtrArray *log = g_hash_table_lookup (desk->events, &id);

  if (log == NULL)
    {
      log = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
      g_hash_table_insert (desk->events, g_memdup2 (&id, sizeof id), log);
    }
  return log;
}

static KipStamp *
stamp_for (Desk      *desk,
           KipInstant at)
{
  KipStamp *stamp = g_new0 (KipStamp, 1);

  g_atomic_ref_count_init (&stamp->refs);
  stamp->device = desk->is_elsewhere ? 2 : 1;
  stamp->seq = desk->seq;
  stamp->hlc = desk->seq << 16;
  stamp->author = DESK_AGENT;
  stamp->at = at;
  stamp->action = g_strdup ("test");
  return stamp;
}

/* The last of its own machine, or else the first there is: of another it has seen no more. */
static void
replace_last (GPtrArray *log,
              KipEvent  *event)
{
  const KipEvent *seen = NULL;

  for (guint i = log->len; i > 0; i--)
    {
      const KipEvent *before = g_ptr_array_index (log, i - 1);

      if (before->verb != KIP_VERB_SET || before->field != event->field)
        continue;
      seen = before;
      if (before->id.device == event->id.device)
        break;
    }
  if (seen != NULL)
    kip_event_add_ref (event, &seen->id);
}

KipEvent *
desk_add (Desk      *desk,
          KipKind    kind,
          KipId      entity,
          KipVerb    verb,
          KipField   field,
          KipInstant at,
          KipValue  *value)
{
  KipEvent *event = kip_event_new (kind, entity, verb, field);
  GPtrArray *log = log_of (desk, entity);

  desk->seq++;
  event->at = at;
  event->value = value;
  event->tl = (guint32) desk->seq;
  event->id = (KipEventId) { desk->is_elsewhere ? 2 : 1, 0, desk->seq };
  event->stamp = stamp_for (desk, at);
  if (verb == KIP_VERB_SET)
    replace_last (log, event);
  g_ptr_array_add (log, event);
  return event;
}

static void
desk_set (Desk       *desk,
          KipKind     kind,
          KipId       entity,
          KipField    field,
          const char *at,
          KipValue   *value)
{
  desk_add (desk, kind, entity, KIP_VERB_SET, field, fixture_instant (at), value);
}

#define BEGINNING "2026-01-01 00:00"

static void
add_calendar (Desk                  *desk,
              const KipCalendarSpec *spec)
{
  desk_set (desk, KIP_KIND_CALENDAR, DESK_CALENDAR, KIP_FIELD_NAME, BEGINNING, kip_value_text ("Office"));
  desk_add (desk, KIP_KIND_CALENDAR, DESK_CALENDAR, KIP_VERB_ENTRY, KIP_FIELD_CALENDAR_VERSION,
            fixture_instant (BEGINNING),
            kip_calendar_version_to_value (KIP_INSTANT_NONE, spec));
  desk_set (desk, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_OFFICE_CALENDAR, BEGINNING,
            kip_value_int ((gint64) DESK_CALENDAR));
}

Desk *
desk_new_with_calendar (const KipCalendarSpec *spec)
{
  Desk *desk = desk_empty ();

  add_calendar (desk, spec);
  desk_set (desk, KIP_KIND_PERSON, DESK_LAN, KIP_FIELD_NAME, BEGINNING, kip_value_text ("Lan"));
  desk_set (desk, KIP_KIND_PERSON, DESK_LAN, KIP_FIELD_VIP, BEGINNING, kip_value_int (1));
  desk_set (desk, KIP_KIND_PERSON, DESK_LAN, KIP_FIELD_DEPARTMENT, BEGINNING, kip_value_text ("Accounting"));
  desk_set (desk, KIP_KIND_PERSON, DESK_AGENT, KIP_FIELD_NAME, BEGINNING, kip_value_text ("Minh"));
  desk_set (desk, KIP_KIND_CATEGORY, DESK_NETWORK, KIP_FIELD_NAME, BEGINNING, kip_value_text ("Network"));
  desk_set (desk, KIP_KIND_CATEGORY, DESK_PRINTING, KIP_FIELD_NAME, BEGINNING, kip_value_text ("Printing"));
  return desk;
}

Desk *
desk_new (void)
{
  g_autoptr (KipCalendar) vn8 = fixture_vn8 ();

  return desk_new_with_calendar (kip_calendar_get_spec (vn8));
}

void
desk_publish (Desk                *desk,
              KipId                policy,
              const char          *at,
              const KipPolicySpec *spec)
{
  desk_add (desk, KIP_KIND_POLICY, policy, KIP_VERB_ENTRY, KIP_FIELD_POLICY_VERSION, fixture_instant (at),
            kip_policy_spec_to_value (spec));
}

void
desk_place (Desk       *desk,
            KipId       policy,
            const char *name,
            gint64      position,
            gboolean    is_default)
{
  desk_set (desk, KIP_KIND_POLICY, policy, KIP_FIELD_NAME, BEGINNING, kip_value_text (name));
  desk_set (desk, KIP_KIND_POLICY, policy, KIP_FIELD_POSITION, BEGINNING, kip_value_int (position));
  desk_set (desk, KIP_KIND_POLICY, policy, KIP_FIELD_IS_DEFAULT, BEGINNING, kip_value_int (is_default));
}

void
desk_outage (Desk       *desk,
             KipId       id,
             const char *start,
             const char *end,
             const char *scope)
{
  desk_set (desk, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_REASON, BEGINNING, kip_value_text ("Power cut"));
  desk_set (desk, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_START, BEGINNING, kip_value_int (fixture_instant (start)));
  if (*end != '\0')
    desk_set (desk, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_END, BEGINNING, kip_value_int (fixture_instant (end)));
  if (scope != NULL)
    desk_set (desk, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_SCOPE, BEGINNING, kip_value_text (scope));
}

static KipEntity *
fold (GPtrArray *log)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  const KipEvent *first = g_ptr_array_index (log, 0);

  for (guint i = 0; i < log->len; i++)
    g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (log, i)));
  return kip_entity_fold (first->kind, first->entity, events);
}

KipEntity *
desk_fold (Desk *desk,
           KipId id)
{
  return fold (log_of (desk, id));
}

KipAgreements *
desk_agreements (Desk *desk)
{
  GHashTableIter iter;
  gpointer log;
  g_autoptr (KipOffice) office = NULL;

  g_ptr_array_set_size (desk->entities, 0);
  g_hash_table_iter_init (&iter, desk->events);
  while (g_hash_table_iter_next (&iter, NULL, &log))
    g_ptr_array_add (desk->entities, fold (log));
  office = kip_office_new (desk->entities);
  return kip_agreements_new (desk->entities, office);
}

KipPolicySpec *
desk_policy_spec (void)
{
  static const gint64 hours[KIP_N_PRIORITIES][KIP_N_CLOCKS] = { { 0, 0, 1 }, { 0, 0, 4 }, { 8, 4, 8 }, { 0, 0, 16 } };
  KipPolicySpec *spec = kip_policy_spec_new ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      spec->targets[i][j] = hours[i][j] * 3600;
  return spec;
}

KipAgreements *
desk_usual_agreements (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (KipPolicySpec) spec = desk_policy_spec ();

  desk_place (desk, DESK_POLICY, "Everybody", 1, TRUE);
  desk_publish (desk, DESK_POLICY, BEGINNING, spec);
  return desk_agreements (desk);
}

/* ---- stories ---- */

static KipInstant
instant_of (const char *month_day,
            const char *time)
{
  g_autofree char *text = g_strdup_printf ("2026-%s %s", month_day, time);

  return fixture_instant (text);
}

KipValue *
desk_status_value (KipId    status,
                   KipPhase phase,
                   KipPause pause)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, 1, kip_value_int ((gint64) status));
  kip_value_put (map, 2, kip_value_int (phase));
  kip_value_put (map, 3, kip_value_int (pause));
  return map;
}

static KipValue *
priority_value (int priority)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, 1, kip_value_int (priority));
  kip_value_put (map, 2, kip_value_text ("because"));
  return map;
}

KipValue *
desk_message_value (KipMessageKind kind)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, 1, kip_value_int (kind));
  kip_value_put (map, 2, kip_value_text ("words"));
  return map;
}

typedef struct
{
  Desk      *desk;
  KipId      id;
  KipInstant at;
} Teller;

static void
say_set (Teller   *teller,
         KipField  field,
         KipValue *value)
{
  desk_add (teller->desk, KIP_KIND_TICKET, teller->id, KIP_VERB_SET, field, teller->at, value);
}

static gboolean
say_status (Teller     *teller,
            const char *verb)
{
  static const struct
  {
    const char *verb;
    KipPhase    phase;
    KipPause    pause;
  } statuses[] = {
    { "new", KIP_PHASE_NEW, KIP_PAUSE_NONE },
    { "open", KIP_PHASE_OPEN, KIP_PAUSE_NONE },
    { "wait", KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER },
    { "supplier", KIP_PHASE_WAITING, KIP_PAUSE_SUPPLIER },
    { "schedule", KIP_PHASE_SCHEDULED, KIP_PAUSE_SCHEDULED },
    { "resolve", KIP_PHASE_RESOLVED, KIP_PAUSE_NONE },
    { "close", KIP_PHASE_CLOSED, KIP_PAUSE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (strcmp (verb, statuses[i].verb) == 0)
      {
        say_set (teller, KIP_FIELD_STATUS,
                 desk_status_value (KIP_ID_MAKE (1, 50 + i), statuses[i].phase, statuses[i].pause));
        return TRUE;
      }
  return FALSE;
}

static gboolean
say_message (Teller     *teller,
             const char *verb)
{
  static const char *const kinds[] = { "", "reply", "call", "note", "incoming", "auto" };

  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (verb, kinds[i]) == 0)
      {
        desk_add (teller->desk, KIP_KIND_TICKET, teller->id, KIP_VERB_ENTRY, KIP_FIELD_MESSAGE, teller->at,
                  desk_message_value ((KipMessageKind) i));
        return TRUE;
      }
  return FALSE;
}

static void
say_untag (Teller     *teller,
           const char *tag)
{
  GPtrArray *log = log_of (teller->desk, teller->id);
  KipEvent *event = desk_add (teller->desk, KIP_KIND_TICKET, teller->id, KIP_VERB_REMOVE, KIP_FIELD_TAGS,
                              teller->at, kip_value_text (tag));

  for (guint i = 0; i < log->len; i++)
    {
      const KipEvent *before = g_ptr_array_index (log, i);

      if (before->verb == KIP_VERB_ADD && g_strcmp0 (kip_value_get_text (before->value), tag) == 0)
        kip_event_add_ref (event, &before->id);
    }
}

static void
say_fact (Teller *teller,
          char  **words)
{
  const char *verb = words[0];

  if (strcmp (verb, "due") == 0)
    say_set (teller, KIP_FIELD_DUE, strcmp (words[1], "none") == 0 ? kip_value_none ()
                                                                   : kip_value_int (instant_of (words[1], words[2])));
  else if (strcmp (verb, "received") == 0)
    say_set (teller, KIP_FIELD_RECEIVED, kip_value_int (instant_of (words[1], words[2])));
  else if (strcmp (verb, "on-line") == 0)
    say_set (teller, KIP_FIELD_ON_LINE, kip_value_int (1));
  else if (strcmp (verb, "spam") == 0)
    say_set (teller, KIP_FIELD_SPAM, kip_value_int (1));
  else if (strcmp (verb, "network") == 0)
    say_set (teller, KIP_FIELD_CATEGORY, kip_value_int ((gint64) DESK_NETWORK));
  else if (strcmp (verb, "printing") == 0)
    say_set (teller, KIP_FIELD_CATEGORY, kip_value_int ((gint64) DESK_PRINTING));
  else if (strcmp (verb, "tag") == 0)
    desk_add (teller->desk, KIP_KIND_TICKET, teller->id, KIP_VERB_ADD, KIP_FIELD_TAGS, teller->at, kip_value_text (words[1]));
  else if (strcmp (verb, "untag") == 0)
    say_untag (teller, words[1]);
  else if (verb[0] == 'p' && g_ascii_isdigit (verb[1]))
    say_set (teller, KIP_FIELD_PRIORITY, priority_value (verb[1] - '0'));
  else
    g_error ("a story does not know “%s”", verb);
}

static void
say (Teller *teller,
     char  **words)
{
  if (!say_status (teller, words[0]) && !say_message (teller, words[0]))
    say_fact (teller, words);
}

static void
tell_sentence (Teller *teller,
               char   *sentence)
{
  g_auto (GStrv) words = g_strsplit (g_strstrip (sentence), " ", -1);

  g_assert_cmpuint (g_strv_length (words), >=, 3);
  teller->at = instant_of (words[0], words[1]);
  teller->desk->is_elsewhere = strcmp (words[2], "elsewhere") == 0;
  say (teller, words + (teller->desk->is_elsewhere ? 3 : 2));
  if (strcmp (words[2], "new") != 0)
    return;
  say_set (teller, KIP_FIELD_REQUESTER, kip_value_int ((gint64) DESK_LAN));
  for (guint i = 3; words[i] != NULL; i++)
    say (teller, words + i);
}

static KipEntity *
tell (Desk       *desk,
      KipId       id,
      const char *story)
{
  g_auto (GStrv) sentences = g_strsplit (story, ";", -1);
  Teller teller = { desk, id, 0 };

  for (guint i = 0; sentences[i] != NULL; i++)
    if (*g_strstrip (sentences[i]) != '\0')
      tell_sentence (&teller, sentences[i]);
  return fold (log_of (desk, id));
}

KipTicket *
desk_ticket (const char *story)
{
  g_autoptr (Desk) desk = desk_empty ();
  g_autoptr (KipEntity) entity = tell (desk, DESK_TICKET, story);

  return kip_ticket_new (entity, NULL, NULL);
}

KipTicket *
desk_ticket_merged (const char *story,
                    const char *merged)
{
  g_autoptr (Desk) desk = desk_empty ();
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  g_autoptr (KipEntity) entity = tell (desk, DESK_TICKET, story);

  g_ptr_array_add (others, tell (desk, DESK_TICKET + 1, merged));
  return kip_ticket_new (entity, others, NULL);
}
