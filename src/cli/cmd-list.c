/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *key;
  KipSort     sort;
} sorts[] = {
  { "due", KIP_SORT_DUE },
  { "number", KIP_SORT_NUMBER },
  { "subject", KIP_SORT_SUBJECT },
  { "requester", KIP_SORT_REQUESTER },
  { "priority", KIP_SORT_PRIORITY },
  { "status", KIP_SORT_STATUS },
  { "agent", KIP_SORT_ASSIGNEE },
  { "team", KIP_SORT_TEAM },
  { "category", KIP_SORT_CATEGORY },
  { "received", KIP_SORT_RECEIVED },
  { "updated", KIP_SORT_UPDATED },
  { "resolved", KIP_SORT_RESOLVED },
};

static gboolean
parse_sort (const char *text,
            KipSort    *sort,
            gboolean   *descending)
{
  *descending = *text == '-';
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (strcmp (text + (*descending ? 1 : 0), sorts[i].key) == 0)
      {
        *sort = sorts[i].sort;
        return TRUE;
      }
  return FALSE;
}

static char *
due_words (KipCli             *cli,
           const KipTicketRow *row)
{
  const KipClock *clock = &row->clocks[row->next_due != KIP_INSTANT_NONE ? row->next_clock : KIP_CLOCK_RESOLUTION];
  KipClockReading reading;

  kip_clock_read (clock, kip_store_get_agreements (cli->store), kip_clock_now (), &reading);
  return kip_format_clock (clock, &reading, row->pause);
}

static void
print_row (KipCli             *cli,
           const KipTicketRow *row)
{
  KipOffice *office = kip_store_get_office (cli->store);
  const KipPerson *requester = kip_office_person (office, row->requester);
  const KipStatus *status = kip_office_status (office, row->status);
  g_autofree char *number = kip_ticket_number_format (row->number);
  g_autofree char *cell_number = kip_cli_cell (number, 8);
  g_autofree char *cell_subject = kip_cli_cell (row->subject, 40);
  g_autofree char *cell_requester = kip_cli_cell (requester != NULL ? requester->name : "", 18);
  g_autofree char *cell_status = kip_cli_cell (status != NULL ? status->name : "", 16);
  g_autofree char *due = due_words (cli, row);

  kip_cli_print ("%s %s %s %s %s %s\n", cell_number, kip_priority_mark (row->priority),
                 cell_subject, cell_requester, cell_status, due);
}

#define PAGE 256

static int
each_row (KipCli      *cli,
          GArray      *ids,
          guint        limit,
          JsonBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  guint n = MIN (ids->len, limit);

  for (guint from = 0; from < n; from += PAGE)
    {
      g_autoptr (GPtrArray) rows = kip_store_rows (cli->store, &g_array_index (ids, KipId, from), MIN (PAGE, n - from), &error);

      if (rows == NULL)
        return kip_cli_fail (cli, error);
      for (guint i = 0; i < rows->len; i++)
        {
          const KipTicketRow *row = g_ptr_array_index (rows, i);

          if (row == NULL)
            continue;
          if (builder == NULL)
            {
              print_row (cli, row);
              continue;
            }
          json_builder_begin_object (builder);
          kip_cli_json_row (cli, builder, row);
          json_builder_end_object (builder);
        }
    }
  return KIP_CLI_OK;
}

static int
print_json (KipCli *cli,
            GArray *ids,
            guint   limit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  int status;

  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "count", ids->len);
  json_builder_set_member_name (builder, "tickets");
  json_builder_begin_array (builder);
  status = each_row (cli, ids, limit, builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (status == KIP_CLI_OK)
    kip_cli_print_json (builder);
  return status;
}

int
kip_cmd_list (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autofree char *sort_text = NULL;
  gint limit = -1;
  g_autofree char *text = NULL;
  g_autoptr (KipQuery) query = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_text, N_("due, number, received, priority …; with - in front downwards"), N_("FIELD") },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("N") },
    { NULL }
  };
  KipSort sort = KIP_SORT_DUE;
  gboolean descending = FALSE;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (sort_text != NULL && !parse_sort (sort_text, &sort, &descending))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  text = g_strjoinv (" ", argv + 1);
  query = kip_query_parse (text);
  if (kip_cli_say_mistakes (cli, query) != KIP_CLI_OK)
    return KIP_CLI_FAILED;
  ids = kip_store_list (cli->store, query, sort, descending, kip_clock_now (), NULL, &error);
  if (ids == NULL)
    return kip_cli_fail (cli, error);
  if (cli->json)
    return print_json (cli, ids, limit >= 0 ? (guint) limit : G_MAXUINT);
  return each_row (cli, ids, limit >= 0 ? (guint) limit : G_MAXUINT, NULL);
}
