/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "frozen-office.h"

#include "kip-clock.h"
#include "kip-store-share.h"

static void
add_tickets (KipStore *store,
             GString  *text)
{
  g_autoptr (KipQuery) all = kip_query_parse ("");
  g_autoptr (GArray) ids = kip_store_list (store, all, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, NULL);
  g_autoptr (GPtrArray) rows = kip_store_rows (store, (const KipId *) (gpointer) ids->data, ids->len, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const KipTicketRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%d “%s” phase %d priority %d conflict %d\n", (int) row->number, row->subject,
                              (int) row->phase, (int) row->priority, row->conflict);
    }
}

static void
add_members (KipStore *store,
             GString  *text)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  for (guint32 device = 1; device <= 2; device++)
    {
      const KipMember *member = kip_members_find (members, device);

      if (member != NULL)
        g_string_append_printf (text, "machine %u “%s” manager %d in %d\n", device, member->name != NULL ? member->name : "",
                                kip_members_is_manager (members, device), member->last == G_MAXUINT64);
    }
}

char *
frozen_office_text (KipStore *store)
{
  GString *text = g_string_new (NULL);

  add_tickets (store, text);
  add_members (store, text);
  return g_string_free (text, FALSE);
}
