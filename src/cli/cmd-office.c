/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the settings window edits, without a window. */
#include "kip-cli-share.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *key;
  KipKind     kind;
} kinds[] = {
  { "person", KIP_KIND_PERSON }, { "team", KIP_KIND_TEAM }, { "category", KIP_KIND_CATEGORY },
  { "status", KIP_KIND_STATUS }, { "canned", KIP_KIND_CANNED }, { "view", KIP_KIND_VIEW },
  { "asset", KIP_KIND_ASSET }, { "outage", KIP_KIND_OUTAGE },
};

static KipKind
parse_kind (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].key, text) == 0)
      return kinds[i].kind;
  return 0;
}

const char *
kip_cli_kind_key (KipKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].key;
  g_return_val_if_reached ("");
}

static int
set_fields (KipCli    *cli,
            KipChange *change_in,
            KipKind    kind,
            KipId      id,
            int        n,
            char     **assignments)
{
  g_autoptr (KipChange) change = change_in;
  g_autoptr (GError) error = NULL;

  if (!kip_cli_set_fields (cli, change, kind, id, n, assignments, &error))
    return kip_cli_fail (cli, error);
  return kip_cli_do (cli, g_steal_pointer (&change));
}

static int
add (KipCli     *cli,
     KipKind     kind,
     const char *name,
     int         n,
     char      **assignments)
{
  KipChange *change = kip_change_new (kip_store_get_me (cli->store), "settings");
  KipId id = kip_store_new_id (cli->store);

  kip_change_set_text (change, kind, id, KIP_FIELD_NAME, name);
  return set_fields (cli, change, kind, id, n, assignments);
}

static int
set (KipCli     *cli,
     KipKind     kind,
     const char *name,
     int         n,
     char      **assignments)
{
  g_autoptr (GError) error = NULL;
  KipId id = kip_cli_find (cli, kind, name, &error);

  if (id == KIP_ID_NONE)
    return kip_cli_fail (cli, error);
  return set_fields (cli, kip_change_new (kip_store_get_me (cli->store), "settings"), kind, id, n, assignments);
}

/* ---- list ---- */

static void
emit (KipCli      *cli,
      JsonBuilder *builder,
      const char  *name,
      const char  *more,
      gboolean     deleted)
{
  if (cli->json)
    {
      json_builder_begin_object (builder);
      kip_cli_json_text (builder, "name", name);
      kip_cli_json_text (builder, "more", more);
      kip_cli_json_flag (builder, "deleted", deleted);
      json_builder_end_object (builder);
    }
  else if (!deleted)
    kip_cli_print ("%s%s%s\n", name, more != NULL && *more != '\0' ? "\t" : "", more != NULL ? more : "");
}

#define EACH(Type, list, more) \
  for (guint i = 0; i < (list)->len; i++) \
    { \
      const Type *it = g_ptr_array_index (list, i); \
      emit (cli, builder, it->name, more, it->deleted); \
    } \
  break

static void
list_outages (KipCli      *cli,
              JsonBuilder *builder)
{
  GPtrArray *outages = kip_agreements_get_outages (kip_store_get_agreements (cli->store));

  for (guint i = 0; i < outages->len; i++)
    {
      const KipOutage *outage = g_ptr_array_index (outages, i);
      g_autofree char *start = kip_cli_time (cli, outage->start);
      g_autofree char *end = kip_cli_time (cli, outage->end);
      g_autofree char *more = g_strdup_printf ("%s → %s  %s", start, end, outage->reason != NULL ? outage->reason : "");

      emit (cli, builder, outage->name != NULL ? outage->name : "", more, FALSE);
    }
}

static int
list (KipCli *cli,
      KipKind kind)
{
  KipOffice *office = kip_store_get_office (cli->store);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      EACH (KipPerson, kip_office_get_people (office), it->department);
    case KIP_KIND_TEAM:
      EACH (KipTeam, kip_office_get_teams (office), NULL);
    case KIP_KIND_CATEGORY:
      EACH (KipCategory, kip_office_get_categories (office), it->path);
    case KIP_KIND_STATUS:
      EACH (KipStatus, kip_office_get_statuses (office), it->key);
    case KIP_KIND_CANNED:
      EACH (KipCanned, kip_office_get_canned (office), it->text);
    case KIP_KIND_VIEW:
      EACH (KipView, kip_office_get_views (office), it->query);
    case KIP_KIND_ASSET:
      EACH (KipAsset, kip_office_get_assets (office), it->serial);
    case KIP_KIND_OUTAGE:
    default:
      list_outages (cli, builder);
    }
  json_builder_end_array (builder);
  if (cli->json)
    kip_cli_print_json (builder);
  return KIP_CLI_OK;
}

int
kip_cmd_office (KipCli *cli,
                int     argc,
                char  **argv)
{
  g_autofree char *code = NULL;
  g_autofree char *me = NULL;
  g_autofree char *machine = NULL;
  gboolean files = FALSE;
  int fd = -1;
  const GOptionEntry entries[] = {
    { "code", 0, 0, G_OPTION_ARG_STRING, &code, N_("Join code from a manager"), N_("CODE") },
    { "me", 0, 0, G_OPTION_ARG_STRING, &me, N_("Your name"), N_("NAME") },
    { "machine", 0, 0, G_OPTION_ARG_STRING, &machine, N_("What to call this computer"), N_("NAME") },
    { "files", 0, 0, G_OPTION_ARG_NONE, &files, N_("Fetch every attachment, not only what is small and new"), NULL },
    { "passphrase-fd", 0, 0, G_OPTION_ARG_INT, &fd, N_("Read the passphrase from this file descriptor"), N_("N") },
    { NULL }
  };
  KipKind kind;

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc >= 2 && kip_cli_is_share (argv[1]))
    return kip_cli_share (cli, &(KipCliShare) { code, me, machine, files, fd }, argc - 1, argv + 1);
  kind = argc >= 3 ? parse_kind (argv[2]) : 0;
  if (kind == 0)
    return kip_cli_usage (cli);
  if (strcmp (argv[1], "list") == 0 && argc == 3)
    return kip_cli_open (cli) ? list (cli, kind) : KIP_CLI_FAILED;
  if (argc < 4 || kip_cli_is_blank (argv[3]))
    return kip_cli_usage (cli);
  if (strcmp (argv[1], "add") == 0)
    return kip_cli_open (cli) ? add (cli, kind, argv[3], argc - 4, argv + 4) : KIP_CLI_FAILED;
  if (strcmp (argv[1], "set") == 0)
    return kip_cli_open (cli) ? set (cli, kind, argv[3], argc - 4, argv + 4) : KIP_CLI_FAILED;
  return kip_cli_usage (cli);
}
