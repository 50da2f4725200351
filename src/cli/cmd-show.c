/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-files.h"
#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n.h>

/* ---- as text ---- */

static void
print_field (const char *label,
             const char *value)
{
  g_autofree char *cell = kip_cli_cell (label, 16);

  if (value != NULL && *value != '\0')
    kip_cli_print ("%s %s\n", cell, value);
}

static const char *
person_name (KipCli *cli,
             KipId   id)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (cli->store), id);

  return person != NULL ? person->name : NULL;
}

static void
print_fields (KipCli          *cli,
              const KipTicket *ticket)
{
  KipOffice *office = kip_store_get_office (cli->store);
  const KipStatus *status = kip_office_status (office, ticket->status);
  const KipCategory *category = kip_office_category (office, ticket->category);
  const KipTeam *team = kip_office_team (office, ticket->team);
  const KipChoice *channel = kip_choice_find (kip_schema_channels (), ticket->channel);
  g_autofree char *received = kip_cli_time (cli, ticket->received);

  print_field (_("Requester"), person_name (cli, ticket->requester));
  print_field (_("Status"), status != NULL ? status->name : NULL);
  print_field (_("Priority"), kip_priority_label (ticket->priority));
  print_field (_("Assignee"), person_name (cli, ticket->assignee));
  print_field (_("Team"), team != NULL ? team->name : NULL);
  print_field (_("Category"), category != NULL ? category->path : NULL);
  print_field (_("Channel"), channel != NULL ? _(channel->label) : NULL);
  print_field (_("Received"), received);
  print_field (_("External number"), ticket->external);
  print_field (_("Cause"), ticket->cause);
  print_field (_("What was done"), ticket->done);
}

static void
print_clocks (KipCli          *cli,
              const KipTicket *ticket)
{
  KipAgreements *agreements = kip_store_get_agreements (cli->store);
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (ticket, agreements, clocks);
  for (int kind = 0; kind < KIP_N_CLOCKS; kind++)
    {
      KipClockReading reading;
      g_autofree char *words = NULL;

      if (clocks[kind].state == KIP_CLOCK_OFF)
        continue;
      kip_clock_read (&clocks[kind], agreements, kip_clock_now (), &reading);
      words = kip_format_clock (&clocks[kind], &reading, ticket->pause);
      print_field (kip_format_clock_name ((KipClockKind) kind), words);
    }
}

static void
print_messages (KipCli          *cli,
                const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);
      const KipChoice *kind = kip_choice_find (kip_schema_message_kinds (), message->kind);
      const char *name = person_name (cli, message->author);
      g_autofree char *at = kip_cli_time (cli, message->at);

      kip_cli_print ("\n%s  %s  %s\n%s\n", at, kind != NULL ? _(kind->label) : "", name != NULL ? name : "", message->text);
    }
}

static void
print_attachments (KipCli          *cli,
                   const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->attachments->len; i++)
    {
      const KipAttachment *attachment = &g_array_index (ticket->attachments, KipAttachment, i);
      g_autofree char *size = g_format_size ((guint64) attachment->size);

      g_autofree char *away = kip_cli_attachment_away (cli, attachment);

      kip_cli_print ("%s  %s%s%s\n", attachment->name, size, away != NULL ? "  " : "", away != NULL ? away : "");
    }
}

static void
print_ticket (KipCli          *cli,
              const KipTicket *ticket)
{
  g_autofree char *number = kip_ticket_number_format (ticket->number);

  kip_cli_print ("%s  %s\n", number, ticket->subject);
  print_fields (cli, ticket);
  print_clocks (cli, ticket);
  if (ticket->description != NULL)
    kip_cli_print ("\n%s\n", ticket->description);
  print_messages (cli, ticket);
  print_attachments (cli, ticket);
}

/* ---- as JSON ---- */

static void
json_messages (KipCli          *cli,
               JsonBuilder     *builder,
               const KipTicket *ticket)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);
      const KipChoice *kind = kip_choice_find (kip_schema_message_kinds (), message->kind);

      json_builder_begin_object (builder);
      kip_cli_json_instant (builder, "at", message->at);
      kip_cli_json_text (builder, "kind", kind != NULL ? kind->key : NULL);
      kip_cli_json_text (builder, "author", person_name (cli, message->author));
      kip_cli_json_text (builder, "text", message->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
json_history (KipCli          *cli,
              JsonBuilder     *builder,
              const KipTicket *ticket)
{
  GPtrArray *events = kip_entity_get_events (ticket->entity);

  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      const KipFieldInfo *info = kip_schema_field (event->kind, event->field);
      g_autofree char *letters = kip_id_device_letters (event->id.device);
      g_autofree char *change = g_strdup_printf ("%s%" G_GUINT64_FORMAT, letters, event->id.seq);

      json_builder_begin_object (builder);
      kip_cli_json_instant (builder, "at", event->at);
      kip_cli_json_text (builder, "change", change);
      kip_cli_json_text (builder, "action", event->stamp->action);
      kip_cli_json_text (builder, "author", person_name (cli, event->stamp->author));
      kip_cli_json_text (builder, "field", info != NULL ? info->key : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static int
print_json (KipCli          *cli,
            const KipTicket *ticket)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kip_store_rows (cli->store, &ticket->id, 1, &error);

  if (rows == NULL || g_ptr_array_index (rows, 0) == NULL)
    return kip_cli_fail_text (cli, "%s", error != NULL ? error->message : _("This ticket is gone."));
  json_builder_begin_object (builder);
  kip_cli_json_row (cli, builder, g_ptr_array_index (rows, 0));
  kip_cli_json_text (builder, "description", ticket->description);
  kip_cli_json_text (builder, "cause", ticket->cause);
  kip_cli_json_text (builder, "done", ticket->done);
  kip_cli_json_texts (builder, "tags", ticket->tags);
  json_messages (cli, builder, ticket);
  kip_cli_json_attachments (cli, builder, ticket);
  json_history (cli, builder, ticket);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

int
kip_cmd_show (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;
  KipId id;
  int status = kip_cli_begin_ticket (cli, NULL, 1, 1, &argc, &argv, &id);

  if (status != KIP_CLI_OK)
    return status;
  ticket = kip_store_ticket (cli->store, id, &error);
  if (ticket == NULL)
    return kip_cli_fail (cli, error);
  if (cli->json)
    return print_json (cli, ticket);
  print_ticket (cli, ticket);
  return KIP_CLI_OK;
}
