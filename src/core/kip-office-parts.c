/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-private.h"

#include "kip-text.h"

static guint
key_hash (gconstpointer data)
{
  const KipOfficeKey *key = data;

  return g_int64_hash (&key->id) * 31 + key->kind;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const KipOfficeKey *x = a, *y = b;

  return x->id == y->id && x->kind == y->kind;
}

const char *
kip_office_name_of (KipEntity *entity)
{
  const char *name = kip_entity_get_text (entity, KIP_FIELD_NAME);

  return name != NULL ? name : "";
}

static gboolean
flag_of (KipEntity *entity,
         KipField   field)
{
  return kip_entity_get_int (entity, field, 0) != 0;
}

static char *
fold_together (const char *const *parts,
               guint              n)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL)
      g_string_append_printf (all, "%s ", parts[i]);
  return kip_text_fold (all->str);
}

static GArray *
ids_of (KipEntity *entity,
        KipField   field)
{
  g_autoptr (GPtrArray) set = kip_entity_get_set (entity, field);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < set->len; i++)
    {
      KipId id = (KipId) kip_value_get_int (g_ptr_array_index (set, i), 0);

      g_array_append_val (ids, id);
    }
  return ids;
}

static KipPerson *
person_new (KipEntity *entity)
{
  KipPerson *person = g_new0 (KipPerson, 1);

  person->id = kip_entity_get_id (entity);
  person->name = kip_office_name_of (entity);
  /* Somebody who was forgotten. */
  if (*person->name == '\0')
    person->name = "—";
  person->phone = kip_entity_get_text (entity, KIP_FIELD_PHONE);
  person->mail = kip_entity_get_text (entity, KIP_FIELD_MAIL);
  person->department = kip_entity_get_text (entity, KIP_FIELD_DEPARTMENT);
  person->note = kip_entity_get_text (entity, KIP_FIELD_NOTE);
  person->vip = flag_of (entity, KIP_FIELD_VIP);
  person->deleted = flag_of (entity, KIP_FIELD_DELETED);
  person->role = (KipRole) kip_entity_get_int (entity, KIP_FIELD_ROLE, KIP_ROLE_REQUESTER);
  person->calendar = (KipId) kip_entity_get_int (entity, KIP_FIELD_PERSON_CALENDAR, 0);
  person->teams = ids_of (entity, KIP_FIELD_TEAMS);
  person->folded = fold_together ((const char *[]) { person->name, person->phone, person->mail, person->department }, 4);
  return person;
}

static void
person_free (gpointer data)
{
  KipPerson *person = data;

  g_free (person->folded);
  g_array_unref (person->teams);
  g_free (person);
}

static KipTeam *
team_new (KipEntity *entity)
{
  KipTeam *team = g_new0 (KipTeam, 1);

  team->id = kip_entity_get_id (entity);
  team->name = kip_office_name_of (entity);
  team->deleted = flag_of (entity, KIP_FIELD_DELETED);
  team->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return team;
}

static KipCategory *
category_new (KipEntity *entity)
{
  KipCategory *category = g_new0 (KipCategory, 1);

  category->id = kip_entity_get_id (entity);
  category->name = kip_office_name_of (entity);
  category->parent = (KipId) kip_entity_get_int (entity, KIP_FIELD_CATEGORY_PARENT, 0);
  category->team = (KipId) kip_entity_get_int (entity, KIP_FIELD_CATEGORY_TEAM, 0);
  category->first_contact = flag_of (entity, KIP_FIELD_FIRST_CONTACT);
  category->deleted = flag_of (entity, KIP_FIELD_DELETED);
  category->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return category;
}

static void
category_free (gpointer data)
{
  KipCategory *category = data;

  g_free (category->path);
  g_free (category->folded);
  g_free (category);
}

static KipStatus *
status_new (KipEntity *entity)
{
  KipStatus *status = g_new0 (KipStatus, 1);
  const char *key = kip_entity_get_text (entity, KIP_FIELD_KEY);

  status->id = kip_entity_get_id (entity);
  status->name = kip_office_name_of (entity);
  status->key = key != NULL ? key : "";
  status->phase = (KipPhase) kip_entity_get_int (entity, KIP_FIELD_PHASE, KIP_PHASE_OPEN);
  status->pause = (KipPause) kip_entity_get_int (entity, KIP_FIELD_PAUSES, KIP_PAUSE_NONE);
  status->deleted = flag_of (entity, KIP_FIELD_DELETED);
  status->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return status;
}

static KipCanned *
canned_new (KipEntity *entity)
{
  KipCanned *canned = g_new0 (KipCanned, 1);
  const char *text = kip_entity_get_text (entity, KIP_FIELD_TEXT);

  canned->id = kip_entity_get_id (entity);
  canned->name = kip_office_name_of (entity);
  canned->text = text != NULL ? text : "";
  canned->deleted = flag_of (entity, KIP_FIELD_DELETED);
  canned->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return canned;
}

static KipView *
view_new (KipEntity *entity)
{
  KipView *view = g_new0 (KipView, 1);
  const char *query = kip_entity_get_text (entity, KIP_FIELD_QUERY);

  view->id = kip_entity_get_id (entity);
  view->name = kip_office_name_of (entity);
  view->query = query != NULL ? query : "";
  view->owner = (KipId) kip_entity_get_int (entity, KIP_FIELD_OWNER, 0);
  view->deleted = flag_of (entity, KIP_FIELD_DELETED);
  view->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return view;
}

static KipAsset *
asset_new (KipEntity *entity)
{
  KipAsset *asset = g_new0 (KipAsset, 1);

  asset->id = kip_entity_get_id (entity);
  asset->name = kip_office_name_of (entity);
  asset->serial = kip_entity_get_text (entity, KIP_FIELD_SERIAL);
  asset->owner = (KipId) kip_entity_get_int (entity, KIP_FIELD_ASSET_OWNER, 0);
  asset->deleted = flag_of (entity, KIP_FIELD_DELETED);
  asset->folded = fold_together ((const char *[]) { asset->name, asset->serial }, 2);
  return asset;
}

static void
asset_free (gpointer data)
{
  g_free (((KipAsset *) data)->folded);
  g_free (data);
}

/* ---- into the lists ---- */

static void
add_to (KipOffice *office,
        GPtrArray *list,
        KipEntity *entity,
        gpointer   thing)
{
  KipOfficeKey key = { kip_entity_get_kind (entity), kip_entity_get_id (entity) };

  g_ptr_array_add (list, thing);
  g_hash_table_insert (office->by_id, g_memdup2 (&key, sizeof key), thing);
}

void
kip_office_add (KipOffice *office,
                KipEntity *entity)
{
  switch (kip_entity_get_kind (entity))
    {
    case KIP_KIND_OFFICE:
      office->self = entity;
      break;
    case KIP_KIND_PERSON:
      add_to (office, office->people, entity, person_new (entity));
      break;
    case KIP_KIND_TEAM:
      add_to (office, office->teams, entity, team_new (entity));
      break;
    case KIP_KIND_CATEGORY:
      add_to (office, office->categories, entity, category_new (entity));
      break;
    case KIP_KIND_STATUS:
      add_to (office, office->statuses, entity, status_new (entity));
      break;
    case KIP_KIND_CANNED:
      add_to (office, office->canned, entity, canned_new (entity));
      break;
    case KIP_KIND_VIEW:
      add_to (office, office->views, entity, view_new (entity));
      break;
    case KIP_KIND_ASSET:
      add_to (office, office->assets, entity, asset_new (entity));
      break;
    case KIP_KIND_GOAL:
      add_to (office, office->goals, entity, kip_goal_new (entity));
      break;
    case KIP_KIND_REVIEW:
      add_to (office, office->reviews, entity, kip_review_new (entity));
      break;
    case KIP_KIND_TICKET:
    case KIP_KIND_CALENDAR:
    case KIP_KIND_POLICY:
    case KIP_KIND_OUTAGE:
    default:
      break;
    }
}

void
kip_office_make_lists (KipOffice *office)
{
  office->by_id = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  office->causes = g_ptr_array_new ();
  office->agents = g_ptr_array_new ();
  office->people = g_ptr_array_new_with_free_func (person_free);
  office->teams = g_ptr_array_new_with_free_func (g_free);
  office->categories = g_ptr_array_new_with_free_func (category_free);
  office->statuses = g_ptr_array_new_with_free_func (g_free);
  office->canned = g_ptr_array_new_with_free_func (g_free);
  office->views = g_ptr_array_new_with_free_func (g_free);
  office->assets = g_ptr_array_new_with_free_func (asset_free);
  office->goals = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_goal_free);
  office->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_review_free);
}
