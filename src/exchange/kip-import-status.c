/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-story.h"

#include "kip-import-values.h"

const KipStatus *
kip_import_story_usual_status (KipImportStory *story,
                               const char     *target)
{
  return kip_import_names_status (story->builder->names, target);
}

const KipStatus *
kip_import_story_status_of_text (KipImportStory *story,
                                 guint32         text)
{
  const char *target = kip_import_target (story->builder, KIP_IMPORT_STATUS, text);

  return *target != '\0' ? kip_import_story_usual_status (story, target) : NULL;
}

void
kip_import_story_set_status (KipImportStory  *story,
                             const KipStatus *status,
                             KipInstant       at,
                             KipId            actor)
{
  KipValue *value;

  if (status == NULL || status == story->status)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int ((gint64) status->id));
  kip_value_put (value, 2, kip_value_int (status->phase));
  kip_value_put (value, 3, kip_value_int (status->pause));
  if (actor != KIP_ID_NONE)
    kip_value_put (value, 4, kip_value_int ((gint64) actor));
  kip_change_set (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_STATUS, value)->at = at;
  if (kip_phase_is_open (status->phase))
    story->resolved = KIP_INSTANT_NONE;
  else if (story->resolved == KIP_INSTANT_NONE)
    story->resolved = at;
  story->was_resolved |= !kip_phase_is_open (status->phase);
  story->status = status;
  story->status_at = at;
  story->n_events++;
}

/* Who resolved it: as said, else who did that, else who had it. */
KipId
kip_import_story_resolver (KipImportStory *story,
                           KipId           actor,
                           KipInstant      at)
{
  guint32 text = kip_import_story_text_of (story, KIP_IMPORT_RESOLVER, TRUE);

  if (text != 0)
    return kip_import_story_person (story, text, TRUE, at);
  if (actor != KIP_ID_NONE)
    return actor;
  return kip_import_story_person (story, kip_import_story_text_of (story, KIP_IMPORT_ASSIGNEE, TRUE), TRUE, at);
}

/* A ticket that was solved when the log begins was new before that. */
void
kip_import_story_open_status (KipImportStory  *story,
                              const KipStatus *first,
                              KipInstant       at)
{
  if (at > story->received || first == NULL || !kip_phase_is_open (first->phase))
    kip_import_story_set_status (story, first != NULL && first->phase == KIP_PHASE_NEW ? first : kip_import_story_usual_status (story, "new"),
                                 story->received, KIP_ID_NONE);
}

void
kip_import_story_apply_status (KipImportStory *story,
                               guint32         row,
                               KipId           actor,
                               KipInstant      at)
{
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_STATUS);
  const KipStatus *status;

  if (text == 0 || text == story->shown[KIP_IMPORT_STATUS])
    return;
  story->shown[KIP_IMPORT_STATUS] = text;
  kip_import_story_note_unknown (story, KIP_IMPORT_STATUS, text, kip_import_table_row (story->table, row)->line, at);
  status = kip_import_story_status_of_text (story, text);
  if (status != NULL && status->phase == KIP_PHASE_RESOLVED)
    actor = kip_import_story_resolver (story, actor, at);
  kip_import_story_set_status (story, status, at, actor);
}
