/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-earlier.h"

/* Of a category that was moved and renamed again and again, so many paths are enough. */
#define MAX_PATHS 64
#define MAX_DEPTH 16

typedef struct
{
  KipStore  *store;
  GPtrArray *all; /* of KipImportEarlier */
} Reader;

static void
earlier_free (gpointer data)
{
  KipImportEarlier *earlier = data;

  g_free (earlier->name);
  g_free (earlier->mail);
  g_free (earlier);
}

static void
add (Reader     *reader,
     KipKind     kind,
     KipId       id,
     const char *name,
     const char *mail)
{
  KipImportEarlier *earlier = g_new0 (KipImportEarlier, 1);

  earlier->kind = kind;
  earlier->id = id;
  earlier->name = g_strdup (name);
  earlier->mail = g_strdup (mail);
  g_ptr_array_add (reader->all, earlier);
}

/* ---- categories ---- */

static void add_paths (Reader    *reader,
                       KipEntity *category,
                       GPtrArray *paths,
                       guint      depth);

/* What stood above it at any time, "" where nothing did. */
static GPtrArray *
paths_above (Reader    *reader,
             KipEntity *category,
             guint      depth)
{
  g_autoptr (GPtrArray) parents = kip_entity_get_history (category, KIP_FIELD_CATEGORY_PARENT);
  GPtrArray *above = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < parents->len && depth < MAX_DEPTH; i++)
    {
      KipId id = (KipId) kip_value_get_int (((KipEvent *) parents->pdata[i])->value, KIP_ID_NONE);
      g_autoptr (KipEntity) parent = id != KIP_ID_NONE ? kip_store_entity (reader->store, KIP_KIND_CATEGORY, id, NULL) : NULL;

      if (parent != NULL)
        add_paths (reader, parent, above, depth + 1);
    }
  if (above->len == 0)
    g_ptr_array_add (above, g_strdup (""));
  return above;
}

static void
add_paths (Reader    *reader,
           KipEntity *category,
           GPtrArray *paths,
           guint      depth)
{
  g_autoptr (GPtrArray) names = kip_entity_get_history (category, KIP_FIELD_NAME);
  g_autoptr (GPtrArray) above = paths_above (reader, category, depth);

  for (guint i = 0; i < above->len; i++)
    for (guint j = 0; j < names->len && paths->len < MAX_PATHS; j++)
      {
        const char *name = kip_value_get_text (((KipEvent *) names->pdata[j])->value), *parent = above->pdata[i];

        if (name != NULL)
          g_ptr_array_add (paths, g_strconcat (parent, *parent != '\0' ? " \xe2\x80\xba " : "", name, NULL));
      }
}

static void
add_category (Reader    *reader,
              KipEntity *entity)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  add_paths (reader, entity, paths, 0);
  for (guint i = 0; i < paths->len; i++)
    add (reader, KIP_KIND_CATEGORY, kip_entity_get_id (entity), paths->pdata[i], NULL);
}

/* ---- all ---- */

static void
add_names (Reader    *reader,
           KipEntity *entity)
{
  g_autoptr (GPtrArray) names = kip_entity_get_history (entity, KIP_FIELD_NAME);
  g_autoptr (GPtrArray) mails = kip_entity_get_history (entity, KIP_FIELD_MAIL);

  for (guint i = 0; i < names->len; i++)
    add (reader, kip_entity_get_kind (entity), kip_entity_get_id (entity),
         kip_value_get_text (((KipEvent *) names->pdata[i])->value), NULL);
  for (guint i = 0; i < mails->len; i++)
    add (reader, kip_entity_get_kind (entity), kip_entity_get_id (entity), NULL,
         kip_value_get_text (((KipEvent *) mails->pdata[i])->value));
}

static void
add_entity (Reader *reader,
            KipKind kind,
            KipId   id)
{
  g_autoptr (KipEntity) entity = kip_store_entity (reader->store, kind, id, NULL);

  if (entity == NULL || kip_entity_never_was (entity))
    return;
  if (kind == KIP_KIND_CATEGORY)
    add_category (reader, entity);
  else
    add_names (reader, entity);
}

GPtrArray *
kip_import_earlier_read (KipStore  *store,
                         KipOffice *office)
{
  Reader reader = { store, g_ptr_array_new_with_free_func (earlier_free) };
  GPtrArray *people = kip_office_get_people (office), *teams = kip_office_get_teams (office);
  GPtrArray *categories = kip_office_get_categories (office), *assets = kip_office_get_assets (office);

  for (guint i = 0; i < people->len; i++)
    add_entity (&reader, KIP_KIND_PERSON, ((KipPerson *) people->pdata[i])->id);
  for (guint i = 0; i < teams->len; i++)
    add_entity (&reader, KIP_KIND_TEAM, ((KipTeam *) teams->pdata[i])->id);
  for (guint i = 0; i < categories->len; i++)
    add_entity (&reader, KIP_KIND_CATEGORY, ((KipCategory *) categories->pdata[i])->id);
  for (guint i = 0; i < assets->len; i++)
    add_entity (&reader, KIP_KIND_ASSET, ((KipAsset *) assets->pdata[i])->id);
  return reader.all;
}
