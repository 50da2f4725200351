/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-tiding-words.h"

#include <glib/gi18n.h>

static const char *const segment_keys[] = { "counted", "closed", "paused", "outage", "resolved", "dropped" };

static const char *
segment_word (const KipSegment *segment)
{
  switch (segment->kind)
    {
    case KIP_SEGMENT_COUNTED:
      return _("counted");
    case KIP_SEGMENT_CLOSED:
      return _("skipped");
    case KIP_SEGMENT_PAUSED:
      return _("paused");
    case KIP_SEGMENT_OUTAGE:
      return _("outage");
    case KIP_SEGMENT_RESOLVED:
      return _("resolved");
    case KIP_SEGMENT_DROPPED:
    default:
      return _("not counted");
    }
}

static void
print_segment (KipCli           *cli,
               const KipSegment *segment)
{
  g_autofree char *start = kip_cli_time (cli, segment->start);
  g_autofree char *end = kip_cli_time (cli, segment->end);
  g_autofree char *word = kip_cli_cell (segment_word (segment), 12);
  g_autofree char *duration = segment->seconds > 0 ? kip_format_duration (segment->seconds) : g_strdup ("");
  g_autofree char *cell = kip_cli_cell (duration, 12);
  const KipPerson *author = kip_office_person (kip_store_get_office (cli->store), segment->author);

  kip_cli_print ("  %s → %s  %s %s %s%s%s%s\n", start, end, word, cell,
                 segment->reason != NULL ? segment->reason : "",
                 author != NULL ? " · " : "", author != NULL ? author->name : "",
                 segment->ahead ? _("  (ahead)") : "");
}

static void
print_explanation (KipCli               *cli,
                   const KipExplanation *explanation,
                   KipPause              pause)
{
  g_autofree char *words = kip_format_clock (&explanation->clock, &explanation->reading, pause);
  g_autofree char *due = kip_cli_time (cli, explanation->clock.due);
  g_autofree char *used = kip_format_working (explanation->reading.used);
  g_autofree char *target = kip_format_working (explanation->clock.target);

  kip_cli_print ("%s: %s\n", kip_format_clock_name (explanation->kind), words);
  kip_cli_print (_("  Due %s · %s of %s · %s · %s\n"), due, used, target, explanation->policy, explanation->calendar);
  for (guint i = 0; i < explanation->segments->len; i++)
    print_segment (cli, &g_array_index (explanation->segments, KipSegment, i));
  for (guint i = 0; i < explanation->notes->len; i++)
    kip_cli_print ("  %s\n", (const char *) g_ptr_array_index (explanation->notes, i));
}

static void
json_segment (JsonBuilder      *builder,
              const KipSegment *segment)
{
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "kind", segment_keys[segment->kind]);
  kip_cli_json_instant (builder, "start", segment->start);
  kip_cli_json_instant (builder, "end", segment->end);
  kip_cli_json_int (builder, "seconds", segment->seconds);
  kip_cli_json_flag (builder, "ahead", segment->ahead);
  kip_cli_json_text (builder, "reason", segment->reason);
  json_builder_end_object (builder);
}

static void
json_explanation (JsonBuilder          *builder,
                  const KipExplanation *explanation)
{
  static const char *const names[] = { "response", "update", "resolution" };

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "clock", names[explanation->kind]);
  kip_cli_json_text (builder, "policy", explanation->policy);
  kip_cli_json_text (builder, "calendar", explanation->calendar);
  kip_cli_json_instant (builder, "due", explanation->clock.due);
  kip_cli_json_int (builder, "target_seconds", explanation->clock.target);
  kip_cli_json_int (builder, "used_seconds", explanation->reading.used);
  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < explanation->segments->len; i++)
    json_segment (builder, &g_array_index (explanation->segments, KipSegment, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < explanation->notes->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (explanation->notes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

int
kip_cmd_explain (KipCli *cli,
                 int     argc,
                 char  **argv)
{
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) tidings = NULL;
  g_autoptr (GError) error = NULL;
  KipId id;
  int status = kip_cli_begin_ticket (cli, NULL, 1, 1, &argc, &argv, &id);

  if (status != KIP_CLI_OK)
    return status;
  ticket = kip_store_ticket (cli->store, id, &error);
  tidings = ticket != NULL ? kip_store_tidings (cli->store, KIP_KIND_TICKET, ticket->id, NULL, &error) : NULL;
  if (tidings == NULL)
    return kip_cli_fail (cli, error);
  json_builder_begin_array (builder);
  for (int kind = 0; kind < KIP_N_CLOCKS; kind++)
    {
      g_autoptr (KipExplanation) explanation =
        kip_ticket_clock_explain (ticket, kip_store_get_agreements (cli->store), (KipClockKind) kind, kip_clock_now ());

      if (explanation->clock.state == KIP_CLOCK_OFF)
        continue;
      kip_tidings_explain (tidings, kip_store_get_office (cli->store), explanation);
      if (cli->json)
        json_explanation (builder, explanation);
      else
        print_explanation (cli, explanation, ticket->pause);
    }
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}
