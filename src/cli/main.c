/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-carrier.h"
#include "kip-clock.h"
#include "kip-config.h"
#include "kip-i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const KipCliCommand commands[] = {
  { "init", N_("--office NAME --me NAME [--language en|vi] [--sample]"), N_("Start an office in the data folder"), kip_cmd_init },
  { "new", N_("--subject TEXT [field=value…]"), N_("Log a ticket and print its number"), kip_cmd_new },
  { "set", N_("NUMBER field=value…"), N_("Change fields of a ticket"), kip_cmd_set },
  { "say", N_("NUMBER TEXT [--internal | --call | --incoming]"), N_("Reply to the requester, or note something"), kip_cmd_say },
  { "resolve", N_("NUMBER --cause TEXT --done TEXT"), N_("Resolve a ticket"), kip_cmd_resolve },
  { "reopen", N_("NUMBER"), N_("Open a resolved ticket again"), kip_cmd_reopen },
  { "list", N_("[QUERY] [--sort FIELD] [--limit N]"), N_("List tickets; see “kipctl help query”"), kip_cmd_list },
  { "show", N_("NUMBER"), N_("Show a ticket with its history"), kip_cmd_show },
  { "explain", N_("NUMBER"), N_("Say why each deadline is what it is"), kip_cmd_explain },
  { "due", N_("[--hours N]"), N_("List the promises of the coming hours"), kip_cmd_due },
  { "merge", N_("NUMBER INTO-NUMBER"), N_("Merge a ticket into another"), kip_cmd_merge },
  { "unmerge", N_("NUMBER"), N_("Take a merged ticket apart again"), kip_cmd_unmerge },
  { "attach", N_("NUMBER FILE…"), N_("Attach files to a ticket"), kip_cmd_attach },
  { "save", N_("NUMBER NAME FILE"), N_("Save an attachment as a file"), kip_cmd_save },
  { "work", N_("NUMBER H:MM [NOTE]"), N_("Log working time"), kip_cmd_work },
  { "survey", N_("NUMBER 1–5 [COMMENT]"), N_("Log the answer of the follow-up call"), kip_cmd_survey },
  { "conflicts", N_("[NUMBER]"), N_("List what two people wrote at once, with the choices"), kip_cmd_conflicts },
  { "pick", N_("NUMBER FIELD CHOICE|both | NUMBER --of PERSON"), N_("Choose one of them, for everybody"), kip_cmd_pick },
  { "undo", N_("[CHANGE]"), N_("Undo the last change, or the one named"), kip_cmd_undo },
  { "office", N_("list|add|set KIND [NAME] [field=value…] | share|join|move|use|doctor FILE | sync | status | members | invite NAME | admit [NAME [PERSON]] | remove MACHINE | leave | compact | log | rotate | passphrase | recovery"),
    N_("People, teams, categories and so on; and the office on several computers"), kip_cmd_office },
  { "import", N_("[--map FILE.ini] [--preview | --undo BATCH] CSV"), N_("Import tickets from another system"), kip_cmd_import },
  { "export", N_("QUERY FILE.csv"), N_("Export a list as CSV"), kip_cmd_export },
  { "kpi", N_("[--from DAY] [--to DAY] [--by GROUP] [QUERY]"), N_("Measure the office: times, promises, satisfaction"), kip_cmd_kpi },
  { "chart", N_("[NAME --out FILE] [--from DAY] [--to DAY] [QUERY]"), N_("Draw a chart; without a name: list them"), kip_cmd_chart },
  { "report", N_("--pdf FILE [--month MONTH | --from DAY --to DAY] [QUERY]"), N_("Put all figures and charts on two pages"), kip_cmd_report },
  { "target", N_("list | measures | set MEASURE AMOUNT | remove MEASURE"), N_("Targets for measures, and what share of the past would have met them"), kip_cmd_target },
  { "review", N_("list | show REVIEW | new --agreed TEXT [--month MONTH] [--action WHO,DAY,WHAT]…"), N_("Keep the figures of a period, what was agreed, and who does what"), kip_cmd_review },
  { "whatif", N_("[--target P:CLOCK=TIME] [--hours DAY=HOURS] [--agents TEAM=±N] [--suggest PERCENT] [QUERY]"), N_("What the past would have been under other agreements"), kip_cmd_whatif },
  { "draft", N_("list | publish NUMBER [--from DAY] [--preview] | drop NUMBER"), N_("Drafts of policies and calendars: see what they move, put them in force"), kip_cmd_draft },
  { "backup", N_("FILE"), N_("Copy everything into one file"), kip_cmd_backup },
  { "restore", N_("FILE"), N_("Put a backup in place; what was there is set aside"), kip_cmd_restore },
  { "purge", N_("PERSON [--yes]"), N_("Remove a person's data for good; without --yes: say what that is"), kip_cmd_purge },
  { "rebuild", "", N_("Fold all events again and prove that nothing differs"), kip_cmd_rebuild },
  { "check", "", N_("Verify the data folder"), kip_cmd_check },
  { "help", N_("[COMMAND | query]"), N_("Explain a command, or the query language"), kip_cmd_help },
  { NULL, NULL, NULL, NULL }
};

const KipCliCommand *
kip_cli_commands (void)
{
  return commands;
}

const KipCliCommand *
kip_cli_find_command (const char *name)
{
  for (const KipCliCommand *command = commands; command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;
  return NULL;
}

int
kip_cli_run (KipCli              *cli,
             const KipCliCommand *command,
             int                  argc,
             char               **argv)
{
  int status;

  cli->name = command->name;
  status = command->run (cli, argc, argv);
  return cli->explained ? KIP_CLI_OK : status;
}

/* FALSE: KIP_CLOCK is no time; what would be written at another moment than was
 * meant is better not written. */
static gboolean
say_clock (void)
{
  const char *wanted = g_getenv ("KIP_CLOCK");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) local = kip_instant_to_local (kip_clock_now (), zone);
  g_autofree char *now = g_date_time_format_iso8601 (local);

  if (kip_clock_is_virtual ())
    g_printerr (_("kipctl: KIP_CLOCK is set: it is %s for Kip.\n"), now);
  else if (wanted != NULL && *wanted != '\0')
    {
      g_printerr (_("kipctl: KIP_CLOCK is “%s”, which is no time. Write it as 2026-11-20T16:30:00+07:00, and x60 behind it for a speed.\n"), wanted);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_globals (KipCli *cli,
               int    *argc,
               char ***argv)
{
  gboolean version = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &cli->data_dir, N_("Data folder of the office"), N_("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Answer in JSON"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("List the commands"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("kipctl: %s\n", error->message);
      return FALSE;
    }
  if (version)
    {
      kip_cli_print ("kipctl %s\n", VERSION);
      exit (KIP_CLI_OK);
    }
  if (help)
    *argc = 1;
  return TRUE;
}

static int
run_command (KipCli *cli,
             int     argc,
             char  **argv)
{
  const KipCliCommand *command;
  const char *name = argc > 1 ? argv[1] : "help";

  command = kip_cli_find_command (name);
  if (command == NULL)
    {
      g_printerr (_("kipctl: there is no command “%s”. “kipctl help” lists them.\n"), name);
      return KIP_CLI_USAGE;
    }
  return kip_cli_run (cli, command, MAX (argc - 1, 0), argv + 1);
}

/* Where a standard stream was closed, the next file opened would take its place and get
 * what is printed: hold the place with what cannot be written to. */
static void
hold_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      open ("/dev/null", O_RDONLY);
}

/* An answer that did not arrive is no answer. */
static int
flush_answer (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  g_printerr (_("kipctl: The answer could not be written: %s. What was asked for may have been done.\n"), g_strerror (errno));
  return MAX (status, KIP_CLI_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  KipCli cli = { 0 };
  int status = KIP_CLI_USAGE;

  /* The half of this program that touches a share. */
  if (kip_carrier_is_child (argc, argv))
    return kip_carrier_serve (KIP_CARRIER_CHILD_FD);
  hold_streams ();
  kip_i18n_init ();
  if (parse_globals (&cli, &argc, &argv))
    {
      if (cli.data_dir == NULL)
        cli.data_dir = kip_store_default_dir ();
      if (say_clock ())
        status = run_command (&cli, argc, argv);
    }
  if (cli.store != NULL)
    {
      kip_store_close (cli.store);
      g_object_unref (cli.store);
    }
  g_free (cli.data_dir);
  return flush_answer (status);
}
