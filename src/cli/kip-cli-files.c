/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-files.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-error.h"
#include "kip-keys.h"
#include "kip-share-blob.h"
#include "kip-sharing.h"
#include "kip-sync-traffic.h"

#include <glib/gi18n.h>
#include <string.h>

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* What can be done now is done; what must wait is left to another time. */
static gboolean
work_on (KipShareFiles *files,
         GError       **error)
{
  g_autoptr (GError) problem = NULL;

  while (kip_share_files_step (files, now_ms (), kip_clock_now (), NULL, &problem) || kip_share_files_due (files) <= now_ms ())
    if (problem != NULL)
      break;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
kip_cli_carry_files (KipCli          *cli,
                     KipSyncEngine   *engine,
                     gboolean         all,
                     KipFilesSummary *summary,
                     GError         **error)
{
  g_autoptr (KipShareFiles) files = kip_share_files_new (engine, kip_shelf_new (cli->store));
  gboolean ok;

  if (all)
    kip_share_files_want_all (files);
  ok = work_on (files, error);
  kip_share_files_summarize (files, summary);
  return ok;
}

gboolean
kip_cli_sweep_files (KipCli        *cli,
                     KipSyncEngine *engine,
                     GError       **error)
{
  g_autoptr (KipShareFiles) files = kip_share_files_new (engine, kip_shelf_new (cli->store));

  return kip_share_files_sweep (files, kip_clock_now (), NULL, NULL, error);
}

static gboolean
fail_missing (KipCli        *cli,
              KipFileStatus *status,
              GError       **error)
{
  g_autofree char *where = kip_sync_device_words (cli->store, status->device);

  if (status->state == KIP_FILE_DAMAGED)
    g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                 _("This attachment is damaged on the share. It can be fetched when %s has put it there again."), where);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                 _("This attachment is not on the share yet: it is on %s. Fetch it when that has synced."), where);
  return FALSE;
}

static gboolean
fetch (KipCli        *cli,
       KipSyncEngine *engine,
       const guint8  *hash,
       GError       **error)
{
  g_autoptr (KipShareFiles) files = kip_share_files_new (engine, kip_shelf_new (cli->store));
  KipFileStatus status = { KIP_FILE_HERE };
  GError *problem = NULL;

  if (!kip_share_files_load (files, kip_clock_now (), error))
    return FALSE;
  kip_share_files_want (files, hash);
  /* This one alone: other things take their time. */
  while (kip_share_files_status (files, hash, &status) && (status.state == KIP_FILE_FETCHING || status.state == KIP_FILE_AWAY))
    {
      kip_share_files_step (files, now_ms (), kip_clock_now (), NULL, &problem);
      if (problem == NULL)
        continue;
      g_propagate_error (error, problem);
      return FALSE;
    }
  return status.state == KIP_FILE_HERE || fail_missing (cli, &status, error);
}

gboolean
kip_cli_fetch_file (KipCli              *cli,
                    const KipAttachment *attachment,
                    GError             **error)
{
  static const KipSyncOptions options = { .version = VERSION };
  g_autoptr (KipSharing) sharing = NULL;
  g_autoptr (KipSyncEngine) engine = NULL;
  g_autoptr (GError) problem = NULL;
  KipSyncRound round;

  if (kip_store_has_file (cli->store, attachment->hash))
    return TRUE;
  sharing = kip_sharing_load (cli->data_dir, &problem);
  if (sharing == NULL && problem == NULL)
    return TRUE; /* saying that it is not here is up to whoever opens it */
  if (sharing != NULL)
    {
      kip_sharing_use_child ();
      engine = kip_sharing_new_engine (sharing, cli->store, &options);
      if (!kip_sync_engine_settle (engine, &round, NULL, NULL, &problem, NULL, error))
        return FALSE;
    }
  if (problem == NULL)
    return fetch (cli, engine, attachment->hash, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- what is said of them ---- */

char *
kip_cli_attachment_away (KipCli              *cli,
                         const KipAttachment *attachment)
{
  g_autofree char *where = NULL;

  if (kip_store_has_file (cli->store, attachment->hash))
    return NULL;
  where = kip_sync_device_words (cli->store, attachment->id.device);
  /* Translators: where an attached file is; %s is somebody's computer */
  return g_strdup_printf (_("not fetched yet, from %s"), where);
}

/* All of it is known to be on the share. */
static gboolean
is_shared (GArray       *attached,
           const guint8 *hash)
{
  for (guint i = 0; attached != NULL && i < attached->len; i++)
    {
      const KipAttached *one = &g_array_index (attached, KipAttached, i);

      if (memcmp (one->hash, hash, sizeof one->hash) == 0)
        return (gint64) one->n_put * KIP_BLOB_CHUNK >= MAX (one->size, 1);
    }
  return FALSE;
}

static void
json_attachment (KipCli              *cli,
                 JsonBuilder         *builder,
                 const KipAttachment *attachment,
                 GArray              *attached)
{
  g_autofree char *hash = kip_hash_to_text (attachment->hash);

  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "name", attachment->name);
  kip_cli_json_int (builder, "size", attachment->size);
  kip_cli_json_text (builder, "type", attachment->mime);
  kip_cli_json_text (builder, "hash", hash);
  kip_cli_json_text (builder, "state", kip_store_has_file (cli->store, attachment->hash) ? "here" : "away");
  kip_cli_json_flag (builder, "shared", is_shared (attached, attachment->hash));
  json_builder_end_object (builder);
}

void
kip_cli_json_attachments (KipCli          *cli,
                          JsonBuilder     *builder,
                          const KipTicket *ticket)
{
  g_autoptr (GArray) attached = ticket->attachments->len > 0 ? kip_store_list_attached (cli->store, NULL) : NULL;

  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ticket->attachments->len; i++)
    json_attachment (cli, builder, &g_array_index (ticket->attachments, KipAttachment, i), attached);
  json_builder_end_array (builder);
}
