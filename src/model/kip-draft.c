/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-draft.h"

static const KipMessageKind kinds[] = {
  KIP_MESSAGE_REPLY, KIP_MESSAGE_CALL, KIP_MESSAGE_NOTE, KIP_MESSAGE_INCOMING
};

const char *
kip_draft_slot (KipMessageKind kind)
{
  const KipChoice *choice = kip_choice_find (kip_schema_message_kinds (), (int) kind);

  return choice != NULL ? choice->key : "reply";
}

static char *
seen_key (KipId          ticket,
          KipMessageKind kind)
{
  return g_strdup_printf ("draft-seen-%s-%" G_GUINT64_FORMAT, kip_draft_slot (kind), ticket);
}

static gboolean
read_seen (KipStore      *store,
           KipId          ticket,
           KipMessageKind kind,
           guint         *seen)
{
  g_autofree char *key = seen_key (ticket, kind);
  g_autofree char *text = kip_store_get_local (store, key);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL))
    return FALSE;
  if (seen != NULL)
    *seen = (guint) number;
  return TRUE;
}

char *
kip_draft_load (KipStore      *store,
                KipId          ticket,
                KipMessageKind kind,
                guint         *seen)
{
  char *text = kip_store_load_draft (store, ticket, kip_draft_slot (kind));

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return g_strdup ("");
    }
  read_seen (store, ticket, kind, seen);
  return text;
}

void
kip_draft_save (KipStore      *store,
                KipId          ticket,
                KipMessageKind kind,
                const char    *text,
                guint          seen)
{
  g_autofree char *key = seen_key (ticket, kind);
  gboolean begun = read_seen (store, ticket, kind, NULL);

  kip_store_save_draft (store, ticket, kip_draft_slot (kind), text);
  if (*text == '\0' && begun)
    kip_store_set_local (store, key, NULL);
  else if (*text != '\0' && !begun)
    {
      g_autofree char *number = g_strdup_printf ("%u", seen);

      kip_store_set_local (store, key, number);
    }
}

KipMessageKind
kip_draft_find (KipStore *store,
                KipId     ticket)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = kip_store_load_draft (store, ticket, kip_draft_slot (kinds[i]));

      if (text != NULL && *text != '\0')
        return kinds[i];
    }
  return 0;
}
