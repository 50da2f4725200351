/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-clock.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const KipCliCommand *
this_command (KipCli *cli)
{
  const KipCliCommand *command = kip_cli_commands ();

  while (g_strcmp0 (command->name, cli->name) != 0)
    command++;
  return command;
}

int
kip_cli_usage (KipCli *cli)
{
  const KipCliCommand *command = this_command (cli);
  const char *arguments = *command->arguments != '\0' ? _(command->arguments) : "";

  g_printerr (_("Usage: kipctl [--data DIR] [--json] %s %s\n"), command->name, arguments);
  g_printerr (_("“kipctl help %s” explains it.\n"), command->name);
  return KIP_CLI_USAGE;
}

/* What GOption says of the options, without its own line of usage. */
static void
explain (KipCli         *cli,
         GOptionContext *context)
{
  const KipCliCommand *command = this_command (cli);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  const char *options = strstr (help, "\n\n");

  kip_cli_print ("kipctl %s %s\n\n%s\n", command->name,
                 *command->arguments != '\0' ? _(command->arguments) : "", _(command->summary));
  if (options != NULL)
    kip_cli_print ("%s", options + 1);
  cli->explained = TRUE;
}

/* GOption leaves a "--" where what follows it could be taken for an option. */
static void
drop_dashes (int   *argc,
             char **argv)
{
  int i = 1;

  while (i < *argc && !g_str_equal (argv[i], "--"))
    i++;
  if (i == *argc)
    return;
  for (; i + 1 < *argc; i++)
    argv[i] = argv[i + 1];
  argv[--*argc] = NULL;
}

gboolean
kip_cli_parse (KipCli             *cli,
               const GOptionEntry *entries,
               int                *argc,
               char             ***argv)
{
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Answer in JSON"), NULL },
    { "help", 0, 0, G_OPTION_ARG_NONE, &help, N_("Explain the command"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  if (g_option_context_parse (context, argc, argv, &error))
    {
      if (help)
        explain (cli, context);
      drop_dashes (argc, *argv);
      return !help;
    }
  g_printerr ("kipctl %s: %s\n", cli->name, error->message);
  kip_cli_usage (cli);
  return FALSE;
}

int
kip_cli_fail (KipCli       *cli,
              const GError *error)
{
  return kip_cli_fail_text (cli, "%s", error->message);
}

int
kip_cli_fail_text (KipCli     *cli,
                   const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("kipctl %s: %s\n", cli->name, text);
  return KIP_CLI_FAILED;
}

/* What somebody wrote may not command the terminal it is shown on. */
static void
disarm (char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)) && *text != '\n' && *text != '\t')
      memset (text, ' ', g_utf8_next_char (text) - text);
}

void
kip_cli_print (const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  disarm (text);
  fputs (text, stdout);
}

gboolean
kip_cli_open (KipCli *cli)
{
  g_autoptr (GError) error = NULL;

  cli->store = kip_store_open (cli->data_dir, &error);
  if (g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_OFFICE))
    kip_cli_fail_text (cli, _("%s “kipctl init” starts one."), error->message);
  else if (cli->store == NULL)
    kip_cli_fail (cli, error);
  return cli->store != NULL;
}

KipId
kip_cli_ticket (KipCli     *cli,
                const char *number)
{
  g_autoptr (GError) error = NULL;
  KipId id = kip_store_find_number (cli->store, number, &error);

  if (id == KIP_ID_NONE)
    kip_cli_fail (cli, error);
  return id;
}

/* All mistakes, each under its place in the query. */
int
kip_cli_say_mistakes (KipCli   *cli,
                      KipQuery *query)
{
  const KipQueryResolver *resolver = kip_store_get_resolver (cli->store);
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (kip_store_get_agreements (cli->store)));
  g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, resolver, kip_clock_now (), zone);

  for (guint i = 0; i < plan->mistakes->len; i++)
    {
      const KipQueryMistake *mistake = g_ptr_array_index (plan->mistakes, i);
      const char *text = kip_query_get_text (query);
      g_autofree char *where = g_strndup (text + mistake->start, mistake->end - mistake->start);

      kip_cli_fail_text (cli, "“%s”: %s %s", where, mistake->message, mistake->hint);
    }
  return plan->mistakes->len > 0 ? KIP_CLI_FAILED : KIP_CLI_OK;
}

int
kip_cli_begin (KipCli             *cli,
               const GOptionEntry *entries,
               int                 least,
               int                 most,
               int                *argc,
               char             ***argv)
{
  if (!kip_cli_parse (cli, entries, argc, argv))
    return KIP_CLI_USAGE;
  if (*argc - 1 < least || *argc - 1 > most)
    return kip_cli_usage (cli);
  return kip_cli_open (cli) ? KIP_CLI_OK : KIP_CLI_FAILED;
}

int
kip_cli_begin_ticket (KipCli             *cli,
                      const GOptionEntry *entries,
                      int                 least,
                      int                 most,
                      int                *argc,
                      char             ***argv,
                      KipId              *ticket)
{
  int status = kip_cli_begin (cli, entries, least, most, argc, argv);

  if (status != KIP_CLI_OK)
    return status;
  *ticket = kip_cli_ticket (cli, (*argv)[1]);
  return *ticket != KIP_ID_NONE ? KIP_CLI_OK : KIP_CLI_FAILED;
}

static void
print_receipt (KipCli           *cli,
               const KipReceipt *receipt)
{
  g_autofree char *number = kip_ticket_number_format (receipt->number);
  g_autofree char *letters = kip_id_device_letters (receipt->device);
  g_autofree char *change = g_strdup_printf ("%s%" G_GUINT64_FORMAT, letters, receipt->seq);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "number", receipt->number != 0 ? number : NULL);
      kip_cli_json_text (builder, "change", receipt->seq != 0 ? change : NULL);
      json_builder_end_object (builder);
      kip_cli_print_json (builder);
    }
  else if (receipt->number != 0)
    kip_cli_print ("%s\n", number);
}

int
kip_cli_do (KipCli    *cli,
            KipChange *change)
{
  g_autoptr (GError) error = NULL;
  KipReceipt receipt = { 0 };

  if (!kip_store_append (cli->store, change, &receipt, &error))
    return kip_cli_fail (cli, error);
  print_receipt (cli, &receipt);
  return KIP_CLI_OK;
}

void
kip_cli_progress (double   fraction,
                  gpointer data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%3d %%%s", (int) (fraction * 100), fraction >= 1 ? "\n" : "");
}
