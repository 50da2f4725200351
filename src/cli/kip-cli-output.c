/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"

static const char *
clock_state_key (KipClockState state)
{
  static const char *const keys[] = { "off", "running", "paused", "met", "missed" };

  return (guint) state < G_N_ELEMENTS (keys) ? keys[state] : "off";
}

static void
json_clock (KipCli         *cli,
            JsonBuilder    *builder,
            const char     *name,
            const KipClock *clock)
{
  KipClockReading reading;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "state", clock_state_key (clock->state));
  if (clock->state != KIP_CLOCK_OFF)
    {
      kip_clock_read (clock, kip_store_get_agreements (cli->store), kip_clock_now (), &reading);
      kip_cli_json_instant (builder, "started", clock->started);
      kip_cli_json_instant (builder, "stopped", clock->stopped);
      kip_cli_json_instant (builder, "due", clock->due);
      kip_cli_json_instant (builder, "breached", clock->breached);
      kip_cli_json_int (builder, "target_seconds", clock->target);
      kip_cli_json_int (builder, "used_seconds", reading.used);
      kip_cli_json_int (builder, "remaining_seconds", reading.remaining);
      kip_cli_json_int (builder, "paused_seconds", clock->paused);
      kip_cli_json_flag (builder, "late", reading.late);
      kip_cli_json_flag (builder, "by_hand", clock->by_hand);
    }
  json_builder_end_object (builder);
}

static const char *
choice_key (const KipChoice *choices,
            int              number)
{
  const KipChoice *choice = kip_choice_find (choices, number);

  return choice != NULL ? choice->key : NULL;
}

static void
json_names (KipCli             *cli,
            JsonBuilder        *builder,
            const KipTicketRow *row)
{
  KipOffice *office = kip_store_get_office (cli->store);
  const KipPerson *requester = kip_office_person (office, row->requester);
  const KipPerson *assignee = kip_office_person (office, row->assignee);
  const KipTeam *team = kip_office_team (office, row->team);
  const KipCategory *category = kip_office_category (office, row->category);
  const KipStatus *status = kip_office_status (office, row->status);

  kip_cli_json_text (builder, "requester", requester != NULL ? requester->name : NULL);
  kip_cli_json_text (builder, "assignee", assignee != NULL ? assignee->name : NULL);
  kip_cli_json_text (builder, "team", team != NULL ? team->name : NULL);
  kip_cli_json_text (builder, "category", category != NULL ? category->path : NULL);
  kip_cli_json_text (builder, "status", status != NULL ? status->name : NULL);
}

void
kip_cli_json_row (KipCli             *cli,
                  JsonBuilder        *builder,
                  const KipTicketRow *row)
{
  g_autofree char *number = kip_ticket_number_format (row->number);

  kip_cli_json_text (builder, "number", number);
  kip_cli_json_text (builder, "external", row->external);
  kip_cli_json_text (builder, "subject", row->subject);
  json_names (cli, builder, row);
  kip_cli_json_text (builder, "phase", choice_key (kip_schema_phases (), row->phase));
  kip_cli_json_text (builder, "pause", row->pause != KIP_PAUSE_NONE ? choice_key (kip_schema_pauses (), row->pause) : NULL);
  kip_cli_json_text (builder, "priority", kip_priority_key (row->priority));
  kip_cli_json_text (builder, "channel", choice_key (kip_schema_channels (), row->channel));
  kip_cli_json_flag (builder, "vip", row->vip);
  kip_cli_json_flag (builder, "conflict", row->conflict);
  kip_cli_json_instant (builder, "received", row->received);
  kip_cli_json_instant (builder, "updated", row->updated);
  kip_cli_json_instant (builder, "resolved", row->resolved);
  kip_cli_json_instant (builder, "next_due", row->next_due);
  json_clock (cli, builder, "response", &row->clocks[KIP_CLOCK_RESPONSE]);
  json_clock (cli, builder, "update", &row->clocks[KIP_CLOCK_UPDATE]);
  json_clock (cli, builder, "resolution", &row->clocks[KIP_CLOCK_RESOLUTION]);
}

/* What a command without an answer of its own says in JSON. */
int
kip_cli_done (KipCli     *cli,
              const char *name,
              const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    return KIP_CLI_OK;
  json_builder_begin_object (builder);
  kip_cli_json_flag (builder, "done", TRUE);
  if (name != NULL)
    kip_cli_json_text (builder, name, text);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

GTimeZone *
kip_cli_zone (KipCli *cli)
{
  KipId id = kip_office_get_calendar (kip_store_get_office (cli->store));
  KipCalendar *calendar = kip_agreements_get_calendar (kip_store_get_agreements (cli->store), id, 0);

  return g_time_zone_ref (kip_calendar_get_zone (calendar));
}

char *
kip_cli_time (KipCli    *cli,
              KipInstant instant)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (instant == KIP_INSTANT_NONE)
    return g_strdup ("—");
  zone = kip_cli_zone (cli);
  local = kip_instant_to_local (instant, zone);
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("—");
}

static int
width_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

char *
kip_cli_cell (const char *text,
              int         columns)
{
  GString *cell = g_string_new (NULL);
  int used = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (used + width_of (c) > columns)
        break;
      g_string_append_unichar (cell, c < 32 ? ' ' : c);
      used += width_of (c);
    }
  for (; used < columns; used++)
    g_string_append_c (cell, ' ');
  return g_string_free (cell, FALSE);
}
