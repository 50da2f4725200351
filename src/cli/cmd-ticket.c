/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The commands that do one thing to one ticket. */
#include "kip-cli-files.h"
#include "kip-cli.h"

#include "kip-format.h"

#include <glib/gi18n.h>

int
kip_cmd_set (KipCli *cli,
             int     argc,
             char  **argv)
{
  g_autoptr (KipChange) change = NULL;
  g_autoptr (GError) error = NULL;
  KipId ticket = KIP_ID_NONE;
  int status = kip_cli_begin_ticket (cli, NULL, 2, G_MAXINT, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  change = kip_change_new (kip_store_get_me (cli->store), "edit");
  if (!kip_cli_set_fields (cli, change, KIP_KIND_TICKET, ticket, argc - 2, argv + 2, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_do (cli, g_steal_pointer (&change));
}

int
kip_cmd_say (KipCli *cli,
             int     argc,
             char  **argv)
{
  gboolean internal = FALSE, call = FALSE, incoming = FALSE;
  g_autoptr (KipTicket) whole = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "internal", 0, 0, G_OPTION_ARG_NONE, &internal, N_("A note that the requester does not see"), NULL },
    { "call", 0, 0, G_OPTION_ARG_NONE, &call, N_("A call with the requester"), NULL },
    { "incoming", 0, 0, G_OPTION_ARG_NONE, &incoming, N_("What the requester wrote"), NULL },
    { NULL }
  };
  KipMessageKind kind;
  KipId ticket = KIP_ID_NONE;
  int status = kip_cli_begin_ticket (cli, entries, 2, 2, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  if (internal + call + incoming > 1 || *g_strstrip (argv[2]) == '\0')
    return kip_cli_usage (cli);
  kind = internal ? KIP_MESSAGE_NOTE : call ? KIP_MESSAGE_CALL : incoming ? KIP_MESSAGE_INCOMING : KIP_MESSAGE_REPLY;
  whole = kip_cli_check_text (argv[2], &error) ? kip_store_ticket (cli->store, ticket, &error) : NULL;
  if (whole == NULL)
    return kip_cli_fail (cli, error);
  return kip_cli_do (cli, kip_command_message (cli->store, whole, kind, argv[2], NULL));
}

int
kip_cmd_resolve (KipCli *cli,
                 int     argc,
                 char  **argv)
{
  g_autofree char *cause = NULL;
  g_autofree char *done = NULL;
  const GOptionEntry entries[] = {
    { "cause", 0, 0, G_OPTION_ARG_STRING, &cause, N_("What was wrong"), N_("TEXT") },
    { "done", 0, 0, G_OPTION_ARG_STRING, &done, N_("What was done"), N_("TEXT") },
    { NULL }
  };
  KipId ticket;
  int status = kip_cli_begin_ticket (cli, entries, 1, 1, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  return kip_cli_do (cli, kip_command_resolve (cli->store, &ticket, 1, cause, done));
}

int
kip_cmd_reopen (KipCli *cli,
                int     argc,
                char  **argv)
{
  g_autoptr (KipTicket) whole = NULL;
  g_autoptr (GError) error = NULL;
  KipId ticket;
  int status = kip_cli_begin_ticket (cli, NULL, 1, 1, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  whole = kip_store_ticket (cli->store, ticket, &error);
  if (whole == NULL)
    return kip_cli_fail (cli, error);
  if (whole->phase != KIP_PHASE_RESOLVED && whole->phase != KIP_PHASE_CLOSED)
    return kip_cli_fail_text (cli, _("%s is open already."), argv[1]);
  return kip_cli_do (cli, kip_command_reopen (cli->store, &ticket, 1));
}

int
kip_cmd_merge (KipCli *cli,
               int     argc,
               char  **argv)
{
  KipId source, target;
  int status = kip_cli_begin_ticket (cli, NULL, 2, 2, &argc, &argv, &source);

  if (status != KIP_CLI_OK)
    return status;
  target = kip_cli_ticket (cli, argv[2]);
  if (target == KIP_ID_NONE)
    return KIP_CLI_FAILED;
  if (!kip_cli_may_merge (cli, source, target, argv[1], argv[2]))
    return KIP_CLI_FAILED;
  return kip_cli_do (cli, kip_command_merge (cli->store, &source, 1, target));
}

int
kip_cmd_unmerge (KipCli *cli,
                 int     argc,
                 char  **argv)
{
  g_autoptr (KipTicket) whole = NULL;
  g_autoptr (GError) error = NULL;
  KipId ticket;
  int status = kip_cli_begin_ticket (cli, NULL, 1, 1, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  whole = kip_store_ticket (cli->store, ticket, &error);
  if (whole == NULL)
    return kip_cli_fail (cli, error);
  if (whole->merged_into == KIP_ID_NONE)
    return kip_cli_fail_text (cli, _("%s is not merged into another ticket."), argv[1]);
  return kip_cli_do (cli, kip_command_unmerge (cli->store, ticket));
}

int
kip_cmd_work (KipCli *cli,
              int     argc,
              char  **argv)
{
  KipId ticket;
  gint64 seconds;
  int status = kip_cli_begin_ticket (cli, NULL, 2, 3, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  if (!kip_parse_duration (argv[2], &seconds))
    return kip_cli_fail_text (cli, _("“%s” is not a duration. Write it as 0:30."), argv[2]);
  return kip_cli_do (cli, kip_command_work (cli->store, ticket, seconds, argc > 3 ? argv[3] : NULL));
}

int
kip_cmd_survey (KipCli *cli,
                int     argc,
                char  **argv)
{
  KipId ticket;
  guint64 score;
  int status = kip_cli_begin_ticket (cli, NULL, 2, 3, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 1, 5, &score, NULL))
    return kip_cli_fail_text (cli, _("“%s” is not an answer from 1 to 5."), argv[2]);
  return kip_cli_do (cli, kip_command_survey (cli->store, ticket, (int) score, argc > 3 ? argv[3] : NULL));
}

/* ---- attachments ---- */

static char *
mime_of (const char *path,
         GBytes     *bytes)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autofree char *type = g_content_type_guess (path, data, MIN (length, 4096), NULL);

  return g_content_type_get_mime_type (type);
}

static gboolean
attach_one (KipCli     *cli,
            KipId       ticket,
            const char *path,
            GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *mime = NULL;
  guint8 hash[KIP_CHANGE_HASH_SIZE];

  if (bytes == NULL)
    g_prefix_error (error, "%s ", _("The file cannot be read."));
  if (bytes == NULL || !kip_store_put_file (cli->store, bytes, hash, error))
    return FALSE;
  mime = mime_of (path, bytes);
  return kip_store_append (cli->store,
                           kip_command_attach (cli->store, ticket, name, (gint64) g_bytes_get_size (bytes), hash, mime),
                           NULL, error);
}

int
kip_cmd_attach (KipCli *cli,
                int     argc,
                char  **argv)
{
  g_autoptr (GError) error = NULL;
  KipId ticket;
  int status = kip_cli_begin_ticket (cli, NULL, 2, G_MAXINT, &argc, &argv, &ticket);

  for (int i = 2; status == KIP_CLI_OK && i < argc; i++)
    if (!attach_one (cli, ticket, argv[i], &error))
      status = kip_cli_fail (cli, error);
  return status == KIP_CLI_OK ? kip_cli_done (cli, NULL, NULL) : status;
}

static const KipAttachment *
find_attachment (const KipTicket *ticket,
                 const char      *name)
{
  for (guint i = ticket->attachments->len; i > 0; i--)
    {
      const KipAttachment *attachment = &g_array_index (ticket->attachments, KipAttachment, i - 1);

      if (g_strcmp0 (attachment->name, name) == 0)
        return attachment;
    }
  return NULL;
}

int
kip_cmd_save (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicket) whole = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = NULL;
  g_autofree char *path = NULL;
  const KipAttachment *attachment;
  KipId ticket;
  int status = kip_cli_begin_ticket (cli, NULL, 3, 3, &argc, &argv, &ticket);

  if (status != KIP_CLI_OK)
    return status;
  whole = kip_store_ticket (cli->store, ticket, &error);
  if (whole == NULL)
    return kip_cli_fail (cli, error);
  attachment = find_attachment (whole, argv[2]);
  if (attachment == NULL)
    return kip_cli_fail_text (cli, _("%s has no attachment “%s”."), argv[1], argv[2]);
  if (!kip_cli_fetch_file (cli, attachment, &error))
    return kip_cli_fail (cli, error);
  path = kip_store_file_path (cli->store, attachment->hash, &error);
  if (path == NULL)
    return kip_cli_fail (cli, error);
  from = g_file_new_for_path (path);
  to = g_file_new_for_commandline_arg (argv[3]);
  if (!g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    return kip_cli_fail_text (cli, _("The attachment was not saved. %s."), error->message);
  return kip_cli_done (cli, "file", argv[3]);
}
