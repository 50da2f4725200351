/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-import-guess.h"
#include "kip-importer.h"

#include <glib/gi18n.h>
#include <inttypes.h>

typedef struct
{
  char    *map;      /* (owned) (nullable) path of an .ini, or the name of one that ships with Kip */
  char    *save_map; /* (owned) (nullable) */
  char    *report;   /* (owned) (nullable) */
  char    *undo;     /* (owned) (nullable) */
  gboolean preview;
  gboolean describe;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->map);
  g_free (options->save_map);
  g_free (options->report);
  g_free (options->undo);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (KipCli  *cli,
               Options *options,
               int     *argc,
               char  ***argv)
{
  const GOptionEntry entries[] = {
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &options->map, N_("What the columns mean: a file, or the name of one that comes with Kip; otherwise it is guessed"), N_("FILE.ini") },
    { "save-map", 0, 0, G_OPTION_ARG_FILENAME, &options->save_map, N_("Write down what was guessed"), N_("FILE.ini") },
    { "describe-map", 0, 0, G_OPTION_ARG_NONE, &options->describe, N_("Explain the format of mapping files"), NULL },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &options->preview, N_("Show the first 20 tickets and import nothing"), NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options->report, N_("Write every refused row with line and reason"), N_("FILE.csv") },
    { "undo", 0, 0, G_OPTION_ARG_STRING, &options->undo, N_("Take back a whole import"), N_("BATCH") },
    { NULL }
  };

  return kip_cli_parse (cli, entries, argc, argv);
}

static int
undo (KipCli     *cli,
      const char *text)
{
  g_autoptr (GError) error = NULL;
  guint64 batch;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &batch, NULL))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  if (!kip_importer_undo (cli->store, batch, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, NULL, NULL);
}

static int
describe (KipCli *cli)
{
  g_autofree char *text = kip_import_map_describe ();

  if (!cli->json)
    kip_cli_print ("%s\n", text);
  return kip_cli_done (cli, "text", text);
}

/* ---- preview ---- */

static void
print_preview (GPtrArray *tickets)
{
  for (guint i = 0; i < tickets->len; i++)
    {
      const KipImportPreview *ticket = g_ptr_array_index (tickets, i);
      g_autofree char *received = kip_instant_to_iso (ticket->received);
      g_autofree char *key = kip_cli_cell (ticket->key, 14);
      g_autofree char *subject = kip_cli_cell (ticket->subject, 36);

      kip_cli_print ("%s %s %s %s %s\n", received, key, kip_priority_mark (ticket->priority), subject, ticket->status);
    }
}

static void
json_preview (GPtrArray *tickets)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < tickets->len; i++)
    {
      const KipImportPreview *ticket = g_ptr_array_index (tickets, i);

      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "external", ticket->key);
      kip_cli_json_text (builder, "subject", ticket->subject);
      kip_cli_json_text (builder, "requester", ticket->requester);
      kip_cli_json_text (builder, "assignee", ticket->assignee);
      kip_cli_json_text (builder, "status", ticket->status);
      kip_cli_json_text (builder, "priority", kip_priority_key (ticket->priority));
      kip_cli_json_instant (builder, "received", ticket->received);
      kip_cli_json_instant (builder, "resolved", ticket->resolved);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  kip_cli_print_json (builder);
}

static int
preview (KipCli       *cli,
         GFile        *file,
         KipImportMap *map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tickets = kip_importer_preview (cli->store, file, map, 20, NULL, NULL, &error);

  if (tickets == NULL)
    return kip_cli_fail (cli, error);
  if (cli->json)
    json_preview (tickets);
  else
    print_preview (tickets);
  return KIP_CLI_OK;
}

/* ---- the import ---- */

static void
json_report (const KipImportReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *batch = g_strdup_printf ("%" G_GUINT64_FORMAT, report->batch);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "batch", batch);
  kip_cli_json_int (builder, "rows", report->n_rows);
  kip_cli_json_int (builder, "refused", report->n_refused);
  kip_cli_json_int (builder, "notes", report->n_notes);
  kip_cli_json_int (builder, "new", report->n_new);
  kip_cli_json_int (builder, "updated", report->n_updated);
  kip_cli_json_int (builder, "known", report->n_known);
  kip_cli_json_int (builder, "deleted", report->n_deleted);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

#define MOST_PRINTED 20

static void
print_report (const KipImportReport *report)
{
  g_autofree char *summary = kip_import_report_summary (report);

  kip_cli_print ("%s\n", summary);
  for (guint i = 0; i < report->problems->len && i < MOST_PRINTED; i++)
    {
      const KipImportProblem *problem = g_ptr_array_index (report->problems, i);

      kip_cli_print (_("line %" PRIu64 ": %s\n"), problem->line, problem->reason);
    }
  if (report->problems->len > MOST_PRINTED)
    kip_cli_print (_("… and %u more; --report FILE.csv has them all.\n"), report->problems->len - MOST_PRINTED);
  if (report->batch != 0)
    kip_cli_print (_("To take it back: kipctl import --undo %" PRIu64 "\n"), report->batch);
}

static int
run (KipCli        *cli,
     const Options *options,
     GFile         *file,
     KipImportMap  *map)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportReport) report = kip_importer_run (cli->store, file, map, kip_cli_progress, NULL, NULL, &error);

  if (report == NULL)
    return kip_cli_fail (cli, error);
  if (cli->json)
    json_report (report);
  else
    print_report (report);
  if (options->report != NULL)
    {
      g_autoptr (GFile) to = g_file_new_for_commandline_arg (options->report);

      if (!kip_import_report_save (report, to, NULL, &error))
        return kip_cli_fail (cli, error);
    }
  return report->stopped != NULL ? kip_cli_fail (cli, report->stopped) : KIP_CLI_OK;
}

#define SAMPLE_ROWS 500

static KipImportMap *
guess_map (GFile   *file,
           GError **error)
{
  g_autoptr (KipImportSample) sample = kip_import_sample_read (file, NULL, SAMPLE_ROWS, NULL, error);

  return sample != NULL ? kip_import_guess (sample) : NULL;
}

static KipImportMap *
the_map (const Options *options,
         GFile         *file,
         GError       **error)
{
  g_autoptr (KipImportMap) map = options->map != NULL ? kip_import_map_load (options->map, error) : guess_map (file, error);

  if (map != NULL && options->save_map != NULL && !kip_import_map_save (map, options->save_map, error))
    return NULL;
  return g_steal_pointer (&map);
}

int
kip_cmd_import (KipCli *cli,
                int     argc,
                char  **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (KipImportMap) map = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_options (cli, &options, &argc, &argv))
    return KIP_CLI_USAGE;
  if (options.describe)
    return describe (cli);
  if (options.undo != NULL && argc == 1)
    return undo (cli, options.undo);
  if (argc != 2 || options.undo != NULL)
    return kip_cli_usage (cli);
  file = g_file_new_for_commandline_arg (argv[1]);
  map = the_map (&options, file, &error);
  if (map == NULL)
    return kip_cli_fail (cli, error);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  return options.preview ? preview (cli, file, map) : run (cli, &options, file, map);
}
