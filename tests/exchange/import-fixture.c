/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import-fixture.h"

#include <string.h>

#include "kip-priority.h"

GFile *
write_table (Fixture    *fixture,
             const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

KipImportReport *
import_text (Fixture    *fixture,
             const char *ini,
             const char *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_parse (ini, &error);
  g_autoptr (GFile) file = write_table (fixture, "import.csv", csv);
  KipImportReport *report;

  g_assert_no_error (error);
  report = kip_importer_run (fixture->store, file, map, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (report->stopped);
  return report;
}

/* ---- telling ---- */

static const char *
name_of (KipOffice *office,
         KipId      person)
{
  const KipPerson *who = kip_office_person (office, person);

  return who != NULL ? who->name : "nobody";
}

static void
add_line (GString    *out,
          KipInstant  at,
          const char *what,
          const char *value,
          const char *who)
{
  g_autofree char *iso = kip_instant_to_iso (at);

  g_string_append_printf (out, "%s %s %s", iso, what, value);
  if (who != NULL)
    g_string_append_printf (out, " by %s", who);
  g_string_append_c (out, '\n');
}

static void
add_facts (GString         *out,
           const KipTicket *ticket,
           KipOffice       *office)
{
  const KipPerson *requester = kip_office_person (office, ticket->requester);
  const KipCategory *category = kip_office_category (office, ticket->category);
  const KipAsset *asset = kip_office_asset (office, ticket->asset);
  const KipChoice *channel = kip_choice_find (kip_schema_channels (), ticket->channel);
  g_autofree char *received = kip_instant_to_iso (ticket->received);

  g_string_append_printf (out, "subject %s\n", ticket->subject);
  if (ticket->description != NULL)
    g_string_append_printf (out, "description %s\n", ticket->description);
  if (requester != NULL)
    g_string_append_printf (out, "requester %s, %s, %s, %s%s\n", requester->name, requester->mail, requester->phone,
                            requester->department, requester->vip ? ", VIP" : "");
  if (channel != NULL)
    g_string_append_printf (out, "channel %s%s\n", channel->key, ticket->on_line ? ", on line" : "");
  g_string_append_printf (out, "received %s\n", received);
  if (category != NULL)
    g_string_append_printf (out, "category %s\n", category->path);
  g_string_append_printf (out, "priority %s%s\n", kip_priority_key (ticket->priority),
                          ticket->priority_overridden ? ", overridden" : "");
  if (asset != NULL)
    g_string_append_printf (out, "asset %s\n", asset->name);
  for (guint i = 0; i < ticket->tags->len; i++)
    g_string_append_printf (out, "tag %s\n", (const char *) ticket->tags->pdata[i]);
  if (ticket->due_by_hand != KIP_INSTANT_NONE)
    add_line (out, ticket->due_by_hand, "due", "", NULL);
  if (ticket->cause != NULL)
    g_string_append_printf (out, "cause %s\n", ticket->cause);
  if (ticket->done != NULL)
    g_string_append_printf (out, "done %s\n", ticket->done);
}

static void
add_statuses (GString         *out,
              const KipTicket *ticket,
              KipOffice       *office)
{
  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);
      const KipStatus *status = kip_office_status (office, span->status);

      add_line (out, span->at, "status", status != NULL ? status->key : "none", name_of (office, span->author));
    }
}

static void
add_steps (GString         *out,
           const KipTicket *ticket,
           KipOffice       *office)
{
  for (guint i = 0; i < ticket->assignees->len; i++)
    {
      const KipTicketStep *step = &g_array_index (ticket->assignees, KipTicketStep, i);

      add_line (out, step->at, "assignee", name_of (office, (KipId) step->value), NULL);
    }
  for (guint i = 0; i < ticket->teams->len; i++)
    {
      const KipTicketStep *step = &g_array_index (ticket->teams, KipTicketStep, i);
      const KipTeam *team = kip_office_team (office, (KipId) step->value);

      add_line (out, step->at, "team", team != NULL ? team->name : "none", NULL);
    }
}

static void
add_entries (GString         *out,
             const KipTicket *ticket,
             KipOffice       *office)
{
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);
      g_autofree char *text = g_strdup_printf ("%s: %s", kip_choice_find (kip_schema_message_kinds (), message->kind)->key,
                                               message->text);

      add_line (out, message->at, "message", text, name_of (office, message->author));
    }
  for (guint i = 0; i < ticket->works->len; i++)
    {
      const KipWork *work = &g_array_index (ticket->works, KipWork, i);
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, work->seconds);

      add_line (out, work->at, "work", seconds, name_of (office, work->author));
    }
  for (guint i = 0; i < ticket->surveys->len; i++)
    {
      const KipSurvey *survey = &g_array_index (ticket->surveys, KipSurvey, i);
      g_autofree char *text = g_strdup_printf ("%d %s", survey->score, survey->comment != NULL ? survey->comment : "");

      add_line (out, survey->at, "survey", g_strstrip (text), NULL);
    }
}

char *
tell_ticket (KipStore   *store,
             const char *key)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  KipId id = kip_store_find_number (store, key, NULL);
  g_autoptr (KipTicket) ticket = id != KIP_ID_NONE ? kip_store_ticket (store, id, NULL) : NULL;
  GString *out;

  if (ticket == NULL)
    return NULL;
  out = g_string_new (NULL);
  add_facts (out, ticket, office);
  add_statuses (out, ticket, office);
  add_steps (out, ticket, office);
  add_entries (out, ticket, office);
  return g_string_free (out, FALSE);
}

static gboolean
starts_with_one (const char *line,
                 char      **beginnings)
{
  const char *word = g_ascii_isdigit (*line) && strchr (line, ' ') != NULL ? strchr (line, ' ') + 1 : line;

  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_str_has_prefix (word, beginnings[i]))
      return TRUE;
  return FALSE;
}

char *
only (const char *text,
      const char *beginnings)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) list = g_strsplit (beginnings, "|", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && starts_with_one (lines[i], list))
      g_string_append_printf (out, "%s\n", lines[i]);
  return g_string_free (out, FALSE);
}
