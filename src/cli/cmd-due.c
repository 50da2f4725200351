/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n.h>

static void
print_promise (KipCli             *cli,
               JsonBuilder        *builder,
               const KipThreshold *promise)
{
  g_autoptr (GPtrArray) rows = kip_store_rows (cli->store, &promise->ticket, 1, NULL);
  const KipTicketRow *row = rows != NULL ? g_ptr_array_index (rows, 0) : NULL;
  g_autofree char *number = row != NULL ? kip_ticket_number_format (row->number) : g_strdup ("");
  g_autofree char *at = kip_cli_time (cli, promise->at);

  if (!cli->json)
    {
      kip_cli_print ("%s  %-8s %-16s %s\n", at, number, kip_format_clock_name (promise->clock),
                     row != NULL ? row->subject : "");
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "number", number);
  kip_cli_json_instant (builder, "due", promise->at);
  kip_cli_json_text (builder, "subject", row != NULL ? row->subject : NULL);
  json_builder_end_object (builder);
}

int
kip_cmd_due (KipCli *cli,
             int     argc,
             char  **argv)
{
  gint hours = 24;
  g_autoptr (GArray) thresholds = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "hours", 0, 0, G_OPTION_ARG_INT, &hours, N_("How far to look ahead (24)"), N_("N") },
    { NULL }
  };
  KipInstant now;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc != 1 || hours <= 0)
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  now = kip_clock_now ();
  thresholds = kip_store_thresholds (cli->store, now, now + hours * KIP_MS_PER_HOUR, &error);
  if (thresholds == NULL)
    return kip_cli_fail (cli, error);
  json_builder_begin_array (builder);
  for (guint i = 0; i < thresholds->len; i++)
    if (g_array_index (thresholds, KipThreshold, i).percent == 100)
      print_promise (cli, builder, &g_array_index (thresholds, KipThreshold, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}
