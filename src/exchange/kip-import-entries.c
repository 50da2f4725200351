/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-story.h"

#include "kip-config.h"
#include "kip-import-values.h"

#include <string.h>
#include <glib/gi18n-lib.h>

static void
write_message (KipImportStory *story,
               KipMessageKind  kind,
               const char     *text,
               KipId           author,
               KipInstant      at)
{
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (kind));
  kip_value_put (value, 2, kip_value_text (text));
  if (author != KIP_ID_NONE)
    kip_value_put (value, 3, kip_value_int ((gint64) author));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_MESSAGE, value)->at = at;
  story->n_events++;
}

static KipMessageKind
kind_of (KipImportStory *story,
         guint32         row,
         KipId           actor)
{
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_MESSAGE_KIND);
  const KipChoice *kind = kip_choice_find_key (kip_schema_message_kinds (),
                                               kip_import_target (story->builder, KIP_IMPORT_MESSAGE_KIND, text));

  if (kind != NULL)
    return (KipMessageKind) kind->number;
  if (!story->is_events)
    return KIP_MESSAGE_NOTE;
  return actor != KIP_ID_NONE && actor == kip_import_story_requester (story) ? KIP_MESSAGE_INCOMING : KIP_MESSAGE_REPLY;
}

void
kip_import_story_apply_message (KipImportStory *story,
                                guint32         row,
                                KipId           actor,
                                KipInstant      at)
{
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_MESSAGE);

  if (text == 0 || text == story->shown[KIP_IMPORT_MESSAGE])
    return;
  story->shown[KIP_IMPORT_MESSAGE] = text;
  kip_import_story_note_unknown (story, KIP_IMPORT_MESSAGE_KIND, kip_import_story_text_at (story, row, KIP_IMPORT_MESSAGE_KIND),
                                 kip_import_table_row (story->table, row)->line, at);
  write_message (story, kind_of (story, row, actor), kip_import_story_string (story, text), actor, at);
}

void
kip_import_story_apply_work (KipImportStory *story,
                             guint32         row,
                             KipId           actor,
                             KipInstant      at)
{
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_WORK);
  gint64 seconds;
  KipValue *value;

  if (text == 0)
    return;
  if (!kip_import_parse_work (kip_import_story_string (story, text), kip_import_map_settings (story->table->map)->work_unit, &seconds))
    {
      kip_import_story_note (story, kip_import_table_row (story->table, row)->line,
                             g_strdup_printf (_("Work time: “%s” is not a duration; it was left out."), kip_import_story_string (story, text)));
      return;
    }
  if (seconds == 0)
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (seconds));
  if (actor != KIP_ID_NONE)
    kip_value_put (value, 3, kip_value_int ((gint64) actor));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_WORK, value)->at = at;
}

void
kip_import_story_apply_survey (KipImportStory *story,
                               guint32         row,
                               KipInstant      at)
{
  guint32 text = kip_import_story_text_at (story, row, KIP_IMPORT_SURVEY);
  guint32 comment = kip_import_story_text_at (story, row, KIP_IMPORT_SURVEY_COMMENT);
  const char *target = kip_import_target (story->builder, KIP_IMPORT_SURVEY, text);
  KipValue *value;

  if (text == 0 || text == story->shown[KIP_IMPORT_SURVEY])
    return;
  story->shown[KIP_IMPORT_SURVEY] = text;
  kip_import_story_note_unknown (story, KIP_IMPORT_SURVEY, text, kip_import_table_row (story->table, row)->line, at);
  if (*target < '1' || *target > '5')
    return;
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (*target - '0'));
  if (comment != 0)
    kip_value_put (value, 2, kip_value_text (kip_import_story_string (story, comment)));
  kip_change_entry (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_SURVEY, value)->at = at;
}

gboolean
kip_import_story_is_on_line (KipImportStory *story)
{
  guint32 text = kip_import_story_text_of (story, KIP_IMPORT_ON_LINE, FALSE);

  return strcmp (kip_import_target (story->builder, KIP_IMPORT_ON_LINE, text), "yes") == 0;
}

void
kip_import_story_write_first_response (KipImportStory *story)
{
  KipInstant at = kip_import_story_time_of (story, KIP_IMPORT_RESPONDED);

  if (at == KIP_INSTANT_NONE || kip_import_story_is_on_line (story))
    return;
  write_message (story, KIP_MESSAGE_REPLY, _("First response, given in the system that this ticket was imported from."),
                 kip_import_story_person (story, kip_import_story_text_of (story, KIP_IMPORT_ASSIGNEE, FALSE), TRUE, at), MAX (at, story->received));
}
