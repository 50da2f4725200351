/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The office on several computers, by one file on a share. */
#include "kip-cli-files.h"
#include "kip-cli-share-private.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-sharing-move.h"
#include "kip-store-purge.h"
#include "kip-sync-arriving.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const KipSyncOptions sync_options = { .version = VERSION };

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

static const char *
machine_name (const KipCliShare *options)
{
  return options->machine != NULL ? options->machine : g_get_host_name ();
}

/* ---- rounds ---- */

static const char *
state_words (KipSyncState state)
{
  static const char *const words[] = {
    [KIP_SYNC_DONE] = N_("everything is shared"),
    [KIP_SYNC_MORE] = N_("something is left to be sent"),
    [KIP_SYNC_OFFLINE] = N_("the share is not reachable; everything is kept here"),
    [KIP_SYNC_BUSY] = N_("others are writing; try again"),
    [KIP_SYNC_MISSING] = N_("the shared file is missing; everything is kept here"),
    [KIP_SYNC_DAMAGED] = N_("the shared file is damaged; everything is kept here"),
    [KIP_SYNC_FOREIGN] = N_("that is another office's file; nothing was written"),
    [KIP_SYNC_NEWER] = N_("a newer Kip wrote the file; nothing was written"),
    [KIP_SYNC_NO_KEY] = N_("this computer has no key for the file"),
    [KIP_SYNC_FULL] = N_("the share is full; everything is kept here"),
    [KIP_SYNC_READ_ONLY] = N_("the share may not be written; everything is kept here"),
    [KIP_SYNC_MOVED] = N_("the shared file was moved; everything is kept here"),
    [KIP_SYNC_REMOVED] = N_("this computer was removed from the office; everything is kept here")
  };

  return _(words[state]);
}

static const char *
state_key (KipSyncState state)
{
  static const char *const keys[] = {
    "done", "more", "offline", "busy", "missing", "damaged", "foreign", "newer", "no-key", "full", "read-only", "moved", "removed"
  };

  return keys[state];
}

KipSyncEngine *
kip_cli_share_open_unread (KipCli *cli)
{
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_open (cli))
    return NULL;
  sharing = kip_sharing_load (cli->data_dir, &error);
  if (sharing != NULL)
    return kip_sharing_new_engine (sharing, cli->store, &sync_options);
  if (error != NULL)
    kip_cli_fail (cli, error);
  else
    kip_cli_fail_text (cli, _("This office is not shared. “kipctl office share FILE” begins it."));
  return NULL;
}

static void
print_files (KipCli                *cli,
             const KipFilesSummary *files)
{
  g_autofree char *size = g_format_size (files->to_put);

  if (files->n_to_put > 0)
    kip_cli_print (ngettext ("%u attachment to send, %s\n", "%u attachments to send, %s\n", files->n_to_put), files->n_to_put, size);
  if (files->n_to_fetch > 0)
    kip_cli_print (ngettext ("%u attachment is not on the share yet\n", "%u attachments are not on the share yet\n", files->n_to_fetch),
                   files->n_to_fetch);
}

static void
print_round (KipCli                *cli,
             const KipSyncRound    *round,
             const KipFilesSummary *files)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      kip_cli_print ("%s\n", state_words (round->state));
      kip_cli_print (_("received %u, sent %u, to send %u\n"), round->n_received, round->n_sent, round->n_to_send);
      print_files (cli, files);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "state", state_key (round->state));
  kip_cli_json_int (builder, "received", round->n_received);
  kip_cli_json_int (builder, "sent", round->n_sent);
  kip_cli_json_int (builder, "to_send", round->n_to_send);
  kip_cli_json_int (builder, "files_to_send", files->n_to_put);
  kip_cli_json_int (builder, "files_to_fetch", files->n_to_fetch);
  kip_cli_json_int (builder, "bytes_to_send", (gint64) files->to_put);
  kip_cli_json_int (builder, "bytes_to_fetch", (gint64) files->to_fetch);
  kip_cli_json_flag (builder, "recreated", round->recreated);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

gboolean
kip_cli_share_settle (KipCli        *cli,
                      KipSyncEngine *engine,
                      KipSyncRound  *round)
{
  KipSyncRound own;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  kip_sharing_look_back (cli->store, &sync_options, NULL);
  if (!kip_cli_share_settle_there (cli, engine, round != NULL ? round : &own, &problem, &error))
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

int
kip_cli_share_end (KipCli        *cli,
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

/* ---- the verbs ---- */

static int
share (KipCli            *cli,
       const KipCliShare *options,
       int                argc,
       char             **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  path = g_canonicalize_filename (argv[1], NULL);
  passphrase = kip_cli_share_get_passphrase (options);
  if (!kip_sharing_begin (cli->store, path, passphrase, machine_name (options), &sync_options, NULL, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_done (cli, "file", path);
}

/* How far it is, where somebody looks at a terminal. */
static void
show_arriving (guint64  read,
               guint64  size,
               gpointer data)
{
  KipCli *cli = data;
  g_autofree char *words = NULL;

  if (!isatty (STDERR_FILENO))
    return;
  words = kip_sync_arriving_words (read, size, kip_sync_count_arrived (cli->store));
  g_printerr ("\r%s", words);
}

/* What was joined, until all of it is here; cut off, the next sync goes on from there. */
static KipSyncEngine *
fill (KipCli *cli)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open_unread (cli);
  gboolean ok;

  if (engine == NULL)
    return NULL;
  kip_sync_engine_set_reading (engine, show_arriving, cli);
  ok = kip_cli_share_settle (cli, engine, NULL);
  kip_sync_engine_set_reading (engine, NULL, NULL);
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
  return ok ? g_steal_pointer (&engine) : NULL;
}

static int
join (KipCli            *cli,
      const KipCliShare *options,
      int                argc,
      char             **argv)
{
  g_autofree char *path = g_canonicalize_filename (argv[1], NULL);
  g_autofree char *passphrase = NULL;
  KipJoining joining = { path, options->code, NULL, options->me != NULL ? options->me : g_get_real_name (), machine_name (options) };
  g_autoptr (KipSyncEngine) engine = NULL;
  g_autoptr (GError) error = NULL;

  if (options->code == NULL)
    joining.passphrase = passphrase = kip_cli_share_get_passphrase (options);
  if (!kip_sharing_join (cli->data_dir, &joining, NULL, &error))
    return kip_cli_fail (cli, error);
  engine = fill (cli);
  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (kip_sharing_come_in (cli->store, &error))
    return kip_cli_done (cli, "file", path);
  if (error != NULL)
    return kip_cli_fail (cli, error);
  if (!cli->json)
    kip_cli_print (_("This computer may read. Ask a manager to let it in: “kipctl office admit”.\n"));
  return kip_cli_done (cli, "waiting", path);
}

static int
sync_now (KipCli            *cli,
          const KipCliShare *options,
          int                argc,
          char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open_unread (cli);
  g_autoptr (GError) error = NULL;
  KipFilesSummary files;
  KipSyncRound round;

  if (engine == NULL || !kip_cli_share_settle (cli, engine, &round))
    return KIP_CLI_FAILED;
  kip_cli_carry_files (cli, engine, options->files, &files, &error);
  print_round (cli, &round, &files);
  if (error == NULL)
    kip_sharing_come_in (cli->store, &error);
  return error == NULL ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

static int
leave (KipCli            *cli,
       const KipCliShare *options,
       int                argc,
       char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open_unread (cli);
  g_autoptr (GError) error = NULL;
  gboolean told;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!kip_sharing_leave (cli->store, engine, &told, NULL, &error))
    return kip_cli_fail (cli, error);
  if (!told && !cli->json)
    kip_cli_print (_("The others could not be told. They list this computer until a manager removes it.\n"));
  return kip_cli_done (cli, "told", told ? "yes" : "no");
}

/* ---- a smaller file ---- */

static void
print_compaction (KipCli              *cli,
                  const KipCompaction *compaction)
{
  g_autofree char *before = g_format_size (compaction->size_before);
  g_autofree char *after = g_format_size (compaction->size_after);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      kip_cli_print (_("%s before, %s now: %" PRIu64 " changes were carried over\n"), before, after, compaction->n_changes);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_int (builder, "before", (gint64) compaction->size_before);
  kip_cli_json_int (builder, "after", (gint64) compaction->size_after);
  kip_cli_json_int (builder, "changes", (gint64) compaction->n_changes);
  json_builder_end_object (builder);
  kip_cli_print_json (builder);
}

static int
compact (KipCli            *cli,
         const KipCliShare *options,
         int                argc,
         char             **argv)
{
  g_autoptr (KipSyncEngine) engine = kip_cli_share_open (cli);
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;

  if (engine == NULL)
    return KIP_CLI_FAILED;
  if (!kip_sync_engine_compact (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &compaction,
                                kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  print_compaction (cli, &compaction);
  return kip_cli_sweep_files (cli, engine, &error) ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

/* ---- which ---- */

static const struct
{
  const char *verb;
  int         n_min, n_max; /* words, itself counted */
  int (*run) (KipCli            *cli,
              const KipCliShare *options,
              int                argc,
              char             **argv);
} verbs[] = {
  { "share", 2, 2, share },
  { "join", 2, 2, join },
  { "sync", 1, 1, sync_now },
  { "status", 1, 1, sync_now },
  { "members", 1, 1, kip_cli_share_members },
  { "invite", 2, 2, kip_cli_share_invite },
  { "admit", 1, 3, kip_cli_share_admit },
  { "remove", 2, 2, kip_cli_share_remove },
  { "leave", 1, 1, leave },
  { "doctor", 2, 2, kip_cli_share_doctor },
  { "compact", 1, 1, compact },
  { "move", 2, 2, kip_cli_share_move },
  { "use", 2, 2, kip_cli_share_use },
  { "rotate", 1, 1, kip_cli_share_rotate },
  { "passphrase", 1, 1, kip_cli_share_passphrase },
  { "recovery", 1, 1, kip_cli_share_recovery },
  { "log", 1, 1, kip_cli_share_log }
};

gboolean
kip_cli_is_share (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, verb) == 0)
      return TRUE;
  return FALSE;
}

int
kip_cli_share (KipCli            *cli,
               const KipCliShare *options,
               int                argc,
               char             **argv)
{
  kip_sharing_use_child ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, argv[0]) == 0 && argc >= verbs[i].n_min && argc <= verbs[i].n_max)
      return verbs[i].run (cli, options, argc, argv);
  return kip_cli_usage (cli);
}
