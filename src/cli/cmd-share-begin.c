/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office share|join|leave": how an office comes to be on several computers, and ceases to be. */
#include "kip-cli-share-private.h"

#include "kip-sharing.h"
#include "kip-sync-arriving.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const char *
machine_name (const KipCliShare *options)
{
  return options->machine != NULL ? options->machine : g_get_host_name ();
}

int
kip_cli_share_begin (KipCli            *cli,
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
  if (!kip_sharing_begin (cli->store, path, passphrase, machine_name (options), &kip_cli_sync_options, NULL, &error))
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

int
kip_cli_share_join (KipCli            *cli,
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

int
kip_cli_share_leave (KipCli            *cli,
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
