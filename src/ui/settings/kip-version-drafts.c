/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-version-drafts.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-commands.h"

void
kip_version_drafts_show (KipVersionGroup *group,
                         KipStore        *store,
                         KipKind          kind,
                         KipId            id,
                         KipEventId      *open)
{
  g_autoptr (GArray) drafts = kip_agreements_get_drafts (kip_store_get_agreements (store), kind, id);
  gboolean is_there = FALSE;

  kip_version_group_clear_drafts (group);
  for (guint i = 0; i < drafts->len; i++)
    {
      const KipVersionDraft *draft = &g_array_index (drafts, KipVersionDraft, i);
      const KipPerson *author = kip_office_person (kip_store_get_office (store), draft->author);
      gboolean is_open = kip_event_id_equal (&draft->entry, open);

      is_there |= is_open;
      kip_version_group_add_draft (group, &draft->entry, draft->note, draft->made, author != NULL ? author->name : NULL, is_open);
    }
  if (!is_there)
    open->seq = 0;
}

KipValue *
kip_version_drafts_find (KipStore         *store,
                         KipKind           kind,
                         KipId             id,
                         const KipEventId *entry)
{
  g_autoptr (GArray) drafts = kip_agreements_get_drafts (kip_store_get_agreements (store), kind, id);

  for (guint i = 0; i < drafts->len; i++)
    {
      const KipVersionDraft *draft = &g_array_index (drafts, KipVersionDraft, i);

      if (kip_event_id_equal (&draft->entry, entry))
        return kip_value_ref ((KipValue *) draft->version);
    }
  return NULL;
}

void
kip_version_drafts_drop (KipSession       *session,
                         KipKind           kind,
                         KipId             id,
                         const KipEventId *entry)
{
  KipChange *change = kip_command_settings (kip_session_get_store (session));

  kip_change_retract (change, kind, id, kip_version_draft_field (kind), entry);
  kip_session_do (session, change, _("Draft thrown away"), NULL, NULL);
}
