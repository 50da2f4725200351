/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include "kip-sample.h"

#include <glib/gi18n.h>
#include <string.h>

static int
fill_sample (KipCli *cli)
{
  g_autoptr (GError) error = NULL;

  if (!kip_sample_fill (cli->store, kip_cli_progress, NULL, NULL, &error))
    return kip_cli_fail (cli, error);
  return KIP_CLI_OK;
}

static const char *
default_language (void)
{
  const char *const *names = g_get_language_names ();

  return g_str_has_prefix (names[0], "vi") ? "vi" : "en";
}

static gboolean
check_language (KipCli     *cli,
                const char *language)
{
  if (language == NULL || strcmp (language, "en") == 0 || strcmp (language, "vi") == 0)
    return TRUE;
  kip_cli_fail_text (cli, _("“%s” is not one of: %s."), language, "en, vi");
  return FALSE;
}

static gboolean
check_zone (KipCli     *cli,
            const char *name)
{
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;

  if (name == NULL || zone != NULL)
    return TRUE;
  kip_cli_fail_text (cli, _("There is no time zone “%s”. Write it as Asia/Ho_Chi_Minh."), name);
  return FALSE;
}

int
kip_cmd_init (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autofree char *office = NULL;
  g_autofree char *me = NULL;
  g_autofree char *language = NULL;
  g_autofree char *zone = NULL;
  gboolean sample = FALSE;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "office", 0, 0, G_OPTION_ARG_STRING, &office, N_("Name of the office"), N_("NAME") },
    { "me", 0, 0, G_OPTION_ARG_STRING, &me, N_("Your name"), N_("NAME") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, N_("Of the office's own words: en or vi"), N_("CODE") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &zone, N_("IANA time zone of the office"), N_("ZONE") },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &sample, N_("Fill it with a sample office to look around in"), NULL },
    { NULL }
  };
  KipOfficeSetup setup = { 0 };

  if (!kip_cli_parse (cli, entries, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc != 1 || office == NULL || me == NULL || kip_cli_is_blank (office) || kip_cli_is_blank (me))
    return kip_cli_usage (cli);
  if (!check_language (cli, language) || !check_zone (cli, zone))
    return KIP_CLI_USAGE;
  setup.name = office;
  setup.me = me;
  setup.language = language != NULL ? language : default_language ();
  setup.time_zone = zone;
  cli->store = kip_store_create (cli->data_dir, &setup, &error);
  if (cli->store == NULL)
    return kip_cli_fail (cli, error);
  if (sample && fill_sample (cli) != KIP_CLI_OK)
    return KIP_CLI_FAILED;
  return kip_cli_done (cli, "data", cli->data_dir);
}
