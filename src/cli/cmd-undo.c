/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli.h"

#include <glib/gi18n.h>

/* "A17": the letters of a machine and the number of its change-set, as printed by
 * --json and by "show". */
static gboolean
parse_change (const char *text,
              guint      *device,
              guint64    *seq)
{
  gsize letters = 0;

  while (g_ascii_isalpha (text[letters]))
    letters++;
  *device = kip_id_device_from_letters (text, letters);
  return *device != 0 && g_ascii_string_to_unsigned (text + letters, 10, 1, G_MAXINT64, seq, NULL);
}

/* The change that undid it: it can be undone as well. */
static int
print_undone (KipCli           *cli,
              const KipReceipt *receipt)
{
  g_autofree char *letters = kip_id_device_letters (receipt->device);
  g_autofree char *change = g_strdup_printf ("%s%" G_GUINT64_FORMAT, letters, receipt->seq);

  return kip_cli_done (cli, "change", change);
}

int
kip_cmd_undo (KipCli *cli,
              int     argc,
              char  **argv)
{
  g_autoptr (GError) error = NULL;
  KipReceipt receipt;
  guint device = 0;
  guint64 seq = 0;

  if (!kip_cli_parse (cli, NULL, &argc, &argv))
    return KIP_CLI_USAGE;
  if (argc > 2 || (argc == 2 && !parse_change (argv[1], &device, &seq)))
    return kip_cli_usage (cli);
  if (!kip_cli_open (cli))
    return KIP_CLI_FAILED;
  if (argc == 1)
    {
      device = kip_store_get_device (cli->store);
      seq = kip_store_get_last_undoable (cli->store);
      if (seq == 0)
        return kip_cli_fail_text (cli, "%s", _("There is nothing to undo."));
    }
  if (!kip_store_undo (cli->store, device, seq, &receipt, &error))
    return kip_cli_fail (cli, error);
  return print_undone (cli, &receipt);
}
