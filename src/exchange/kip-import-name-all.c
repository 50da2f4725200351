/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-story.h"

static const struct
{
  KipImportField field;
  guint8         mark; /* of a text, once it was named as that */
} naming[] = {
  { KIP_IMPORT_ASSIGNEE, 1 << 0 },
  { KIP_IMPORT_RESOLVER, 1 << 0 },
  { KIP_IMPORT_ACTOR, 1 << 1 },
  { KIP_IMPORT_TEAM, 1 << 2 },
  { KIP_IMPORT_CATEGORY, 1 << 3 },
  { KIP_IMPORT_ASSET, 1 << 4 },
};

static void
name_text (KipImportBuilder *builder,
           KipImportField    field,
           const char       *text)
{
  KipImportPerson person = { .agent = field != KIP_IMPORT_ACTOR };

  if (field == KIP_IMPORT_TEAM)
    kip_import_names_team (builder->names, text, builder->now);
  else if (field == KIP_IMPORT_CATEGORY)
    kip_import_names_category (builder->names, text, builder->now);
  else if (field == KIP_IMPORT_ASSET)
    kip_import_names_asset (builder->names, text, builder->now);
  else
    kip_import_names_person (builder->names, text, &person, builder->now);
}

static void
name_requester (KipImportBuilder     *builder,
                const KipImportGroup *group)
{
  KipImportStory story = {
    .builder = builder,
    .table = builder->table,
    .rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 1),
    .received = builder->now,
  };

  g_array_append_val (story.rows, group->first);
  kip_import_story_requester (&story);
  g_array_unref (story.rows);
}

void
kip_import_builder_name_all (KipImportBuilder *builder)
{
  KipImportTable *table = builder->table;
  g_autofree guint8 *named = g_new0 (guint8, table->texts->len);

  /* Requesters first: they come with mail, phone and department. */
  for (guint i = 0; i < table->groups->len; i++)
    name_requester (builder, &g_array_index (table->groups, KipImportGroup, i));
  for (guint32 row = 0; row < table->rows->len; row++)
    for (gsize i = 0; i < G_N_ELEMENTS (naming); i++)
      {
        guint32 text = kip_import_table_text (table, row, naming[i].field);

        if (text == 0 || (named[text] & naming[i].mark))
          continue;
        named[text] |= naming[i].mark;
        name_text (builder, naming[i].field, kip_import_table_string (table, text));
      }
}
