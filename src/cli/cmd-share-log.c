/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "kipctl office log": what happened to the shared file. */
#include "kip-cli-share-private.h"

#include "kip-sync-log.h"

static void
print_entry (KipCli                *cli,
             JsonBuilder           *builder,
             KipMembers            *members,
             const KipSyncLogEntry *entry)
{
  g_autofree char *words = kip_sync_log_entry_words (entry, members);
  g_autofree char *at = kip_cli_time (cli, entry->at);

  if (!cli->json)
    {
      kip_cli_print ("%s  %s\n", at, words);
      return;
    }
  json_builder_begin_object (builder);
  kip_cli_json_instant (builder, "at", entry->at);
  kip_cli_json_text (builder, "what", kip_sync_log_kind_key (entry->kind));
  kip_cli_json_int (builder, "n", (gint64) entry->n);
  kip_cli_json_text (builder, "words", words);
  json_builder_end_object (builder);
}

int
kip_cli_share_log (KipCli            *cli,
                   const KipCliShare *options,
                   int                argc,
                   char             **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  members = kip_store_dup_members (cli->store);
  entries = kip_sync_log_load (cli->store);
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    print_entry (cli, builder, members, g_ptr_array_index (entries, i));
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}
