/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-story.h"

#include "kip-config.h"
#include "kip-import-values.h"
#include "kip-priority.h"

#include <glib/gi18n-lib.h>

static void
write_tag (KipImportStory *story,
           const char     *tag,
           KipInstant      at)
{
  if (*tag == '\0' || !g_hash_table_add (story->tags, g_strdup (tag)))
    return;
  kip_change_add (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_TAGS, kip_value_text (tag))->at = at;
}

void
kip_import_story_write_tags (KipImportStory *story,
                             const char     *text,
                             KipInstant      at)
{
  g_auto (GStrv) tags = g_strsplit_set (text, ",;|", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    write_tag (story, g_strstrip (tags[i]), at);
}

/* A value that nobody listed: the report says so, and if asked a tag keeps it. */
void
kip_import_story_note_unknown (KipImportStory *story,
                               KipImportField  field,
                               guint32         text,
                               guint64         line,
                               KipInstant      at)
{
  const char *label = _(kip_import_field_info (field)->label);

  if (kip_import_is_ignored (story->builder, field, text))
    kip_import_story_note (story, line, g_strdup_printf (_("%s: “%s” is passed over, as the mapping says; what was before goes on."),
                                                         label, kip_import_story_string (story, text)));
  else if (kip_import_is_unknown (story->builder, field, text))
    {
      kip_import_story_note (story, line, g_strdup_printf (_("%s: “%s” is not understood and not in the mapping."),
                                                           label, kip_import_story_string (story, text)));
      if (kip_import_map_get_unknown (story->table->map, field) == KIP_IMPORT_UNKNOWN_TAG)
        {
          g_autofree char *tag = g_strdup_printf ("%s %s", kip_import_field_info (field)->key, kip_import_story_string (story, text));

          write_tag (story, tag, at);
        }
    }
}

static void
write_level (KipImportStory *story,
             KipField        field,
             int            *level,
             int             wanted,
             KipInstant      at)
{
  if (wanted == 0 || wanted == *level)
    return;
  *level = wanted;
  kip_import_story_write_int (story, field, wanted, at);
}

/* Impact and urgency, as they are not said, so that the matrix gives the wish. */
static gboolean
choose_levels (KipImportStory *story,
               KipInstant      at)
{
  static const int pairs[][2] = { { 2, 2 }, { 1, 1 }, { 3, 3 }, { 2, 1 }, { 1, 2 }, { 2, 3 }, { 3, 2 }, { 1, 3 }, { 3, 1 } };

  if (story->table->slots[KIP_IMPORT_IMPACT] >= 0 || story->table->slots[KIP_IMPORT_URGENCY] >= 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((int) kip_matrix_get (story->builder->matrix, pairs[i][0], pairs[i][1]) == story->wish)
      {
        write_level (story, KIP_FIELD_IMPACT, &story->impact, pairs[i][0], at);
        write_level (story, KIP_FIELD_URGENCY, &story->urgency, pairs[i][1], at);
        return TRUE;
      }
  return FALSE;
}

static void
write_priority (KipImportStory *story,
                KipInstant      at)
{
  int by_matrix = (int) kip_matrix_get (story->builder->matrix, story->impact, story->urgency);
  KipValue *value;

  if (story->wish == 0 || story->wish == (story->override != 0 ? story->override : by_matrix))
    return;
  if (story->wish == by_matrix || choose_levels (story, at))
    {
      if (story->override != 0)
        kip_change_clear (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_PRIORITY)->at = at;
      story->override = 0;
      return;
    }
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (story->wish));
  kip_value_put (value, 2, kip_value_text (_("As it was in the system it was imported from")));
  kip_change_set (story->change, KIP_KIND_TICKET, story->ticket, KIP_FIELD_PRIORITY, value)->at = at;
  story->override = story->wish;
}

static void
clear_field (KipImportStory *story,
             KipImportField  field,
             KipInstant      at)
{
  static const struct { KipImportField from; KipField to; } clearable[] = {
    { KIP_IMPORT_ASSIGNEE, KIP_FIELD_ASSIGNEE },
    { KIP_IMPORT_TEAM, KIP_FIELD_TEAM },
    { KIP_IMPORT_CATEGORY, KIP_FIELD_CATEGORY },
    { KIP_IMPORT_ASSET, KIP_FIELD_ASSET },
    { KIP_IMPORT_DUE, KIP_FIELD_DUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (clearable); i++)
    if (clearable[i].from == field)
      kip_change_clear (story->change, KIP_KIND_TICKET, story->ticket, clearable[i].to)->at = at;
}

static void
write_due (KipImportStory *story,
           guint32         text,
           guint64         line,
           KipInstant      at)
{
  KipInstant due;

  if (kip_import_dates_parse (story->table->dates, kip_import_story_string (story, text), &due))
    kip_import_story_write_int (story, KIP_FIELD_DUE, due, at);
  else
    kip_import_story_note (story, line, kip_import_story_say_no_time (story, KIP_IMPORT_DUE, text));
}

static void
apply (KipImportStory *story,
       KipImportField  field,
       guint32         text,
       guint64         line,
       KipInstant      at)
{
  KipImportBuilder *builder = story->builder;
  const char *s = kip_import_story_string (story, text);

  switch ((int) field)
    {
    case KIP_IMPORT_CATEGORY:
      kip_import_story_write_int (story, KIP_FIELD_CATEGORY, (gint64) kip_import_names_category (builder->names, s, at), at);
      break;
    case KIP_IMPORT_IMPACT:
      write_level (story, KIP_FIELD_IMPACT, &story->impact,
                   (int) kip_level_from_key (kip_import_target (builder, field, text)), at);
      break;
    case KIP_IMPORT_URGENCY:
      write_level (story, KIP_FIELD_URGENCY, &story->urgency,
                   (int) kip_level_from_key (kip_import_target (builder, field, text)), at);
      break;
    case KIP_IMPORT_PRIORITY:
      story->wish = (int) kip_priority_from_key (kip_import_target (builder, field, text));
      break;
    case KIP_IMPORT_ASSIGNEE:
      kip_import_story_write_int (story, KIP_FIELD_ASSIGNEE, (gint64) kip_import_story_person (story, text, TRUE, at), at);
      break;
    case KIP_IMPORT_TEAM:
      kip_import_story_write_int (story, KIP_FIELD_TEAM, (gint64) kip_import_names_team (builder->names, s, at), at);
      break;
    case KIP_IMPORT_ASSET:
      kip_import_story_write_int (story, KIP_FIELD_ASSET, (gint64) kip_import_names_asset (builder->names, s, at), at);
      break;
    case KIP_IMPORT_TAGS:
      kip_import_story_write_tags (story, s, at);
      break;
    case KIP_IMPORT_DUE:
      write_due (story, text, line, at);
      break;
    default:
      break;
    }
}

/* Fields that can change from row to row, besides the status. */
static const KipImportField changing[] = {
  KIP_IMPORT_CATEGORY, KIP_IMPORT_IMPACT, KIP_IMPORT_URGENCY, KIP_IMPORT_PRIORITY,
  KIP_IMPORT_ASSIGNEE, KIP_IMPORT_TEAM, KIP_IMPORT_ASSET, KIP_IMPORT_TAGS, KIP_IMPORT_DUE,
};

void
kip_import_story_apply_changes (KipImportStory *story,
                                guint32         row,
                                gboolean        is_first,
                                KipInstant      at)
{
  gboolean clear = kip_import_map_settings (story->table->map)->clear_empty;
  guint64 line = kip_import_table_row (story->table, row)->line;

  for (gsize i = 0; i < G_N_ELEMENTS (changing); i++)
    {
      KipImportField field = changing[i];
      guint32 text = kip_import_story_text_at (story, row, field);

      if (text == 0 && is_first)
        text = story->table->defaults[field];
      if (text == story->shown[field] || (text == 0 && !clear))
        continue;
      story->shown[field] = text;
      kip_import_story_note_unknown (story, field, text, line, at);
      if (text == 0)
        clear_field (story, field, at);
      else
        apply (story, field, text, line, at);
    }
  write_priority (story, at);
}
