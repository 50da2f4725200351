/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows about whole tickets, from help desks with rules of their own: what follows a
 * rule that is not ours is left out, by name and with the reason. */

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "desk-fixtures.h"
#include "vectors.h"

typedef struct
{
  const CsvRows *rows;
  guint          row;
  JsonObject    *expected; /* (owned) */
  KipClock       clocks[KIP_N_CLOCKS];
  KipCalendar   *calendar; /* (owned) */
  gboolean       paused_before_answer;
} Scenario;

/* ---- building ---- */

static void
add_status (Desk       *desk,
            const char *state,
            KipInstant  at)
{
  KipPhase phase = KIP_PHASE_OPEN;
  KipPause pause = KIP_PAUSE_NONE;

  if (strcmp (state, "new") == 0)
    phase = KIP_PHASE_NEW;
  else if (strcmp (state, "closed") == 0)
    phase = KIP_PHASE_RESOLVED;
  else if (strcmp (state, "open") != 0)
    {
      phase = KIP_PHASE_WAITING;
      pause = KIP_PAUSE_REQUESTER;
    }
  desk_add (desk, KIP_KIND_TICKET, DESK_TICKET, KIP_VERB_SET, KIP_FIELD_STATUS, at,
            desk_status_value (KIP_ID_NONE, phase, pause));
}

static void
add_message (Desk          *desk,
             KipMessageKind kind,
             KipInstant     at)
{
  desk_add (desk, KIP_KIND_TICKET, DESK_TICKET, KIP_VERB_ENTRY, KIP_FIELD_MESSAGE, at, desk_message_value (kind));
}

static gboolean
add_event (Desk       *desk,
           JsonObject *event)
{
  const char *type = json_object_get_string_member (event, "type");
  KipInstant at;

  if (!vector_instant (json_object_get_string_member (event, "at"), &at))
    return FALSE;
  if (strcmp (type, "agent_contact") == 0 || strcmp (type, "first_response") == 0)
    add_message (desk, KIP_MESSAGE_REPLY, at);
  else if (strcmp (type, "customer_contact") == 0)
    add_message (desk, KIP_MESSAGE_INCOMING, at);
  else if (strcmp (type, "state") == 0)
    add_status (desk, json_object_get_string_member (event, "to"), at);
  else if (strcmp (type, "solution") == 0)
    add_status (desk, "closed", at);
  else
    return FALSE;
  return TRUE;
}

static gint64
target_of (const Scenario *scenario,
           const char     *column)
{
  return g_ascii_strtoll (csv_rows_get (scenario->rows, scenario->row, column), NULL, 10);
}

static void
publish_targets (const Scenario *scenario,
                 Desk           *desk)
{
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_new ();

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    {
      spec->targets[i][KIP_CLOCK_RESPONSE] = target_of (scenario, "first_response_target");
      spec->targets[i][KIP_CLOCK_UPDATE] = target_of (scenario, "update_target");
      spec->targets[i][KIP_CLOCK_RESOLUTION] = target_of (scenario, "solution_target");
    }
  desk_place (desk, DESK_POLICY, "Scenario", 1, TRUE);
  desk_publish (desk, DESK_POLICY, "2000-01-01 00:00", spec);
}

static void
note_pauses (Scenario        *scenario,
             const KipTicket *ticket)
{
  KipInstant answer = scenario->clocks[KIP_CLOCK_RESPONSE].stopped;

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);

      if (span->pause != KIP_PAUSE_NONE && (answer == KIP_INSTANT_NONE || span->at < answer)
          && span->at < ticket->received + scenario->clocks[KIP_CLOCK_RESPONSE].target * KIP_MS_PER_SECOND)
        scenario->paused_before_answer = TRUE;
    }
}

static gboolean
run_ticket (Scenario *scenario,
            Desk     *desk)
{
  g_autoptr (JsonNode) events = json_from_string (csv_rows_get (scenario->rows, scenario->row, "events_json"), NULL);
  g_autoptr (KipAgreements) agreements = NULL;
  g_autoptr (KipEntity) entity = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  KipInstant created;

  if (events == NULL || !vector_instant (csv_rows_get (scenario->rows, scenario->row, "created_utc"), &created))
    return FALSE;
  publish_targets (scenario, desk);
  add_status (desk, csv_rows_get (scenario->rows, scenario->row, "initial_state"), created);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (events)); i++)
    if (!add_event (desk, json_array_get_object_element (json_node_get_array (events), i)))
      return FALSE;
  agreements = desk_agreements (desk);
  entity = desk_fold (desk, DESK_TICKET);
  ticket = kip_ticket_new (entity, NULL, NULL);
  kip_ticket_clocks (ticket, agreements, scenario->clocks);
  note_pauses (scenario, ticket);
  return TRUE;
}

/* ---- what is expected ---- */

static const KipClock *
clock_of (const Scenario *scenario,
          const char     *key)
{
  if (g_str_has_prefix (key, "solution"))
    return &scenario->clocks[KIP_CLOCK_RESOLUTION];
  return &scenario->clocks[KIP_CLOCK_RESPONSE];
}

static char *
compare_minutes (gint64 got,
                 gint64 expected)
{
  return got == expected * 60 ? NULL : g_strdup_printf ("got %" G_GINT64_FORMAT " s, expected %" G_GINT64_FORMAT " min",
                                                        got, expected);
}

static char *
check_due (const Scenario *scenario,
           const char     *key,
           const char     *expected)
{
  const KipClock *clock = clock_of (scenario, key);

  /* No deadline any more: the clock has stopped. */
  if (expected == NULL)
    return clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED ? g_strdup ("still runs") : NULL;
  return vector_compare (clock->due, expected);
}

static char *
check_next (const Scenario *scenario,
            const char     *expected)
{
  KipClockKind kind;
  KipInstant due = KIP_INSTANT_NONE;

  kip_clocks_next (scenario->clocks, &kind, &due);
  return vector_compare (due, expected);
}

static char *
check_escalation (const Scenario *scenario,
                  const char     *key,
                  const char     *expected)
{
  const char *offset = json_object_get_string_member (scenario->expected, "escalation_offset");
  gint64 seconds = offset != NULL ? g_ascii_strtoll (offset, NULL, 10) : 0;

  return vector_compare (kip_calendar_add (scenario->calendar, clock_of (scenario, key)->due, seconds), expected);
}

/* Why an expectation is not one of ours; NULL: it is. */
static const char *
not_ours (const Scenario *scenario,
          const char     *key)
{
  const char *next = json_object_get_string_member_with_default (scenario->expected, "next_due", NULL);

  if (g_str_has_prefix (key, "update_"))
    return "our update clock runs only from an unanswered question after the first response";
  if (strcmp (key, "next_due") == 0
      && g_strcmp0 (next, json_object_get_string_member_with_default (scenario->expected, "update_due", NULL)) == 0)
    return "it is the update clock that falls due there";
  if (g_str_has_prefix (key, "first_response") && scenario->paused_before_answer)
    return "no status pauses our first response";
  if (strcmp (key, "escalation_offset") == 0)
    return "";
  return NULL;
}

static char *
check_key (const Scenario *scenario,
           const char     *key)
{
  JsonNode *node = json_object_get_member (scenario->expected, key);
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  const KipClock *clock = clock_of (scenario, key);

  if (strcmp (key, "next_due") == 0)
    return check_next (scenario, text);
  if (g_str_has_suffix (key, "_escalation_at"))
    return check_escalation (scenario, key, text);
  if (g_str_has_suffix (key, "_due"))
    return check_due (scenario, key, text);
  if (g_str_has_suffix (key, "_spare_minutes"))
    return compare_minutes (clock->target - clock->used, json_node_get_int (node));
  if (g_str_has_suffix (key, "_minutes"))
    return compare_minutes (clock->used, json_node_get_int (node));
  if (strcmp (key, "paused_business_seconds") == 0)
    return scenario->clocks[KIP_CLOCK_RESOLUTION].paused == json_node_get_int (node) ? NULL : g_strdup ("another pause");
  return g_strdup ("an expectation that we do not know");
}

static char *
check_all (const Scenario *scenario)
{
  g_autoptr (GList) keys = json_object_get_members (scenario->expected);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *reason = not_ours (scenario, l->data);
      g_autofree char *difference = reason == NULL ? check_key (scenario, l->data) : NULL;

      if (reason != NULL && *reason != '\0')
        g_print ("ticket_scenarios.csv: %s: %s left out: %s\n", csv_rows_get (scenario->rows, scenario->row, "id"),
                 (const char *) l->data, reason);
      if (difference != NULL)
        return g_strdup_printf ("%s: %s", (const char *) l->data, difference);
    }
  return NULL;
}

static char *
run_scenario (const CsvRows *rows,
              guint          row)
{
  Scenario scenario = { .rows = rows, .row = row };
  g_autoptr (JsonNode) expected = json_from_string (csv_rows_get (rows, row, "expected_json"), NULL);
  g_autoptr (KipCalendar) calendar = vector_calendar (rows, row, NULL);
  g_autoptr (Desk) desk = NULL;

  if (expected == NULL || calendar == NULL)
    return g_strdup ("cannot read the row");
  scenario.expected = json_node_get_object (expected);
  scenario.calendar = calendar;
  desk = desk_new_with_calendar (kip_calendar_get_spec (calendar));
  if (!run_ticket (&scenario, desk))
    return g_strdup ("cannot read the events");
  return check_all (&scenario);
}

const char *
vector_ticket_left_out (const CsvRows *rows,
                        guint          row)
{
  if (csv_rows_has (rows, "target_unit") && strcmp (csv_rows_get (rows, row, "target_unit"), "days") == 0)
    return "its target is in bare days, which Kip does not have";
  return NULL;
}

VectorCheck
vector_ticket_check_for (const CsvRows *rows)
{
  return csv_rows_has (rows, "events_json") && csv_rows_has (rows, "expected_json") ? run_scenario : NULL;
}
