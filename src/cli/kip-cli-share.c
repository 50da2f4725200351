/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the verbs of "kipctl office" that have to do with the shared file have in common. */
#include "kip-cli-share-private.h"

#include "kip-config.h"
#include "kip-error.h"
#include "kip-sharing-move.h"
#include "kip-store-purge.h"

#include <glib/gi18n.h>
#include <termios.h>
#include <unistd.h>

const KipSyncOptions kip_cli_sync_options = { .version = VERSION };

/* ---- the passphrase ---- */

static char *
read_line (int fd)
{
  GString *line = g_string_new (NULL);
  char letter;

  while (read (fd, &letter, 1) == 1 && letter != '\n')
    g_string_append_c (line, letter);
  return g_string_free (line, FALSE);
}

/* Without showing what is typed. */
static char *
ask_terminal (void)
{
  struct termios before, quiet;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char *line;

  if (is_terminal)
    {
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
      g_printerr ("%s ", _("Passphrase:"));
    }
  line = read_line (STDIN_FILENO);
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  return line;
}

char *
kip_cli_share_get_passphrase (const KipCliShare *options)
{
  const char *given = g_getenv ("KIP_PASSPHRASE");

  if (options->passphrase_fd >= 0)
    return read_line (options->passphrase_fd);
  return given != NULL ? g_strdup (given) : ask_terminal ();
}

/* ---- rounds ---- */

KipSyncEngine *
kip_cli_share_open_unread (KipCli *cli)
{
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_open (cli))
    return NULL;
  sharing = kip_sharing_load (cli->data_dir, &error);
  if (sharing != NULL)
    return kip_sharing_new_engine (sharing, cli->store, &kip_cli_sync_options);
  if (error != NULL)
    kip_cli_fail (cli, error);
  else
    kip_cli_fail_text (cli, _("This office is not shared. “kipctl office share FILE” begins it."));
  return NULL;
}

static void
explain_removal (KipCli  *cli,
                 GError **problem)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *sentence = kip_sharing_removed_sentence (cli->store, zone);

  if (sentence == NULL)
    return;
  g_clear_error (problem);
  *problem = g_error_new_literal (KIP_ERROR, KIP_ERROR_REMOVED, sentence);
}

/* Where the file was moved, it is gone after; what is the matter is said in @problem. */
static gboolean
settle_there (KipCli        *cli,
              KipSyncEngine *engine,
              KipSyncRound  *round,
              GError       **problem,
              GError       **error)
{
  g_autofree char *sentence = NULL;

  if (!kip_sync_engine_settle (engine, round, NULL, NULL, problem, NULL, error))
    return FALSE;
  if (round->state == KIP_SYNC_REMOVED)
    explain_removal (cli, problem);
  if (round->state != KIP_SYNC_MOVED)
    return TRUE;
  if (kip_sharing_follow (cli->store, engine, NULL))
    return kip_sync_engine_settle (engine, round, NULL, NULL, problem, NULL, error);
  sentence = kip_sharing_moved_sentence (cli->store, kip_sync_engine_get_moved (engine));
  g_clear_error (problem);
  g_set_error (problem, KIP_ERROR, KIP_ERROR_MOVED, _("%s “kipctl office use FILE” says where."), sentence);
  return TRUE;
}

gboolean
kip_cli_share_settle (KipCli        *cli,
                      KipSyncEngine *engine,
                      KipSyncRound  *round)
{
  KipSyncRound own;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  kip_sharing_look_back (cli->store, &kip_cli_sync_options, NULL);
  if (!settle_there (cli, engine, round != NULL ? round : &own, &problem, &error))
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  /* What others had removed for good is gone from here, too, when the command ends. */
  kip_store_scrub (cli->store, NULL);
  if (problem != NULL)
    kip_cli_fail (cli, problem);
  return problem == NULL;
}

KipSyncEngine *
kip_cli_share_open (KipCli *cli)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open_unread (cli);

  return engine != NULL && kip_cli_share_settle (cli, engine, NULL) ? g_steal_pointer (&engine) : NULL;
}

/* Tells @code (nullable) when it is shared, or that it is not yet worth anything. */
static int
end (KipCli        *cli,
     KipSyncEngine *engine,
     const char    *code)
{
  if (code != NULL)
    kip_sync_engine_give_slots (engine);
  if (!kip_cli_share_settle (cli, engine, NULL))
    {
      if (code != NULL)
        kip_cli_print ("%s\n%s\n", code, _("This code is not valid yet: it could not be put into the shared file. It opens the office once “kipctl office sync” says that everything is shared."));
      return KIP_CLI_FAILED;
    }
  if (code != NULL && !cli->json)
    kip_cli_print ("%s\n", code);
  return kip_cli_done (cli, code != NULL ? "code" : NULL, code);
}

int
kip_cli_share_change (KipCli            *cli,
                      const KipCliShare *options,
                      int                argc,
                      char             **argv,
                      KipCliShareChange  change)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  KipCliShareStep step = { cli, options, engine, argc, argv };
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!change (&step, &code, &error))
    return kip_cli_fail (cli, error);
  return end (cli, engine, code);
}
