/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which ticket may be part of which, or merged into which: never in a circle. */
#include "kip-cli.h"

#include <glib/gi18n.h>

static void
say_circle (KipCli  *cli,
            KipId    child,
            KipId    parent,
            GError **error)
{
  g_autoptr (KipTicket) inner = kip_store_ticket (cli->store, child, NULL);
  g_autoptr (KipTicket) outer = kip_store_ticket (cli->store, parent, NULL);
  g_autofree char *part = kip_ticket_number_format (inner->number);
  g_autofree char *whole = kip_ticket_number_format (outer->number);

  if (child == parent)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("%s cannot be part of itself."), part);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("%s is part of %s already, so it cannot be the other way round too."), whole, part);
}

gboolean
kip_cli_may_be_part (KipCli  *cli,
                     KipId    child,
                     KipId    parent,
                     GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  KipId above = parent;

  while (above != KIP_ID_NONE && above != child)
    {
      g_autoptr (KipTicket) ticket = kip_store_ticket (cli->store, above, error);

      if (ticket == NULL)
        return FALSE;
      if (!g_hash_table_add (seen, g_memdup2 (&above, sizeof above)))
        return TRUE;
      above = ticket->parent;
    }
  if (above == KIP_ID_NONE)
    return TRUE;
  say_circle (cli, child, parent, error);
  return FALSE;
}

static gboolean
is_merged (KipCli *cli,
           KipId   ticket)
{
  g_autoptr (KipTicket) whole = kip_store_ticket (cli->store, ticket, NULL);

  return whole != NULL && whole->merged_into != KIP_ID_NONE;
}

gboolean
kip_cli_may_merge (KipCli     *cli,
                   KipId       source,
                   KipId       target,
                   const char *source_name,
                   const char *target_name)
{
  if (source == target)
    kip_cli_fail_text (cli, "%s", _("A ticket cannot be merged into itself."));
  else if (is_merged (cli, source))
    kip_cli_fail_text (cli, _("%s is merged into a ticket already. “kipctl unmerge %s” takes it apart first."), source_name, source_name);
  else if (is_merged (cli, target))
    kip_cli_fail_text (cli, _("%s is itself merged into another ticket. Name that one."), target_name);
  else
    return TRUE;
  return FALSE;
}
