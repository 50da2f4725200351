/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office sync|status|compact": rounds with the shared file, and a smaller one. */
#include "kip-cli-files.h"
#include "kip-cli-share-private.h"

#include "kip-clock.h"
#include "kip-sharing.h"

#include <glib/gi18n.h>
#include <inttypes.h>

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

int
kip_cli_share_sync (KipCli            *cli,
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
  if (!cli->json)
    kip_cli_print_clocks (kip_sync_engine_get_haves (engine));
  if (error == NULL)
    kip_sharing_come_in (cli->store, &error);
  return error == NULL ? KIP_CLI_OK : kip_cli_fail (cli, error);
}

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

int
kip_cli_share_compact (KipCli            *cli,
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
