/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office.h"

#include "kip-text.h"

#include <string.h>

struct _KipOffice
{
  gatomicrefcount refs;
  GPtrArray  *entities;   /* (owned) keeps every text alive */
  KipEntity  *self;       /* (nullable) borrowed from entities */
  KipMatrix   matrix;
  GPtrArray  *causes;     /* (owned) of const char * */
  GPtrArray  *people, *agents, *teams, *categories, *statuses, *canned, *views, *assets, *goals, *reviews; /* (owned) */
  GHashTable *by_id;      /* (owned) Key → borrowed from the lists */
};

typedef struct
{
  KipKind kind;
  KipId   id;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_int64_hash (&key->id) * 31 + key->kind;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->id == y->id && x->kind == y->kind;
}

/* ---- making one of each ---- */

static const char *
name_of (KipEntity *entity)
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
  person->name = name_of (entity);
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
  team->name = name_of (entity);
  team->deleted = flag_of (entity, KIP_FIELD_DELETED);
  team->position = kip_entity_get_int (entity, KIP_FIELD_POSITION, 0);
  return team;
}

static KipCategory *
category_new (KipEntity *entity)
{
  KipCategory *category = g_new0 (KipCategory, 1);

  category->id = kip_entity_get_id (entity);
  category->name = name_of (entity);
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
  status->name = name_of (entity);
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
  canned->name = name_of (entity);
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
  view->name = name_of (entity);
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
  asset->name = name_of (entity);
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

/* ---- order ---- */

/* A thing with what it is sorted by: collating a name once costs far less than at
 * each comparison. */
typedef struct
{
  gpointer thing;
  gint64   position;
  KipId    id;
  char    *key; /* (owned) */
} Sorted;

static int
compare_sorted (gconstpointer a,
                gconstpointer b)
{
  const Sorted *x = a, *y = b;
  int order;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static void
sorted_clear (gpointer data)
{
  g_free (((Sorted *) data)->key);
}

#define DEFINE_SORT(function, Type, POSITION) \
  static void \
  function (GPtrArray *list) \
  { \
    g_autoptr (GArray) all = g_array_sized_new (FALSE, FALSE, sizeof (Sorted), list->len); \
    g_array_set_clear_func (all, sorted_clear); \
    for (guint i = 0; i < list->len; i++) \
      { \
        Type *thing = g_ptr_array_index (list, i); \
        Sorted sorted = { thing, POSITION (thing), thing->id, g_utf8_collate_key (thing->name, -1) }; \
        g_array_append_val (all, sorted); \
      } \
    g_array_sort (all, compare_sorted); \
    for (guint i = 0; i < list->len; i++) \
      list->pdata[i] = g_array_index (all, Sorted, i).thing; \
  }
#define ITS_POSITION(x) ((x)->position)
#define NO_POSITION(x) 0

DEFINE_SORT (sort_people, KipPerson, NO_POSITION)
DEFINE_SORT (sort_teams, KipTeam, ITS_POSITION)
DEFINE_SORT (sort_categories, KipCategory, ITS_POSITION)
DEFINE_SORT (sort_statuses, KipStatus, ITS_POSITION)
DEFINE_SORT (sort_canned, KipCanned, ITS_POSITION)
DEFINE_SORT (sort_views, KipView, ITS_POSITION)
DEFINE_SORT (sort_assets, KipAsset, NO_POSITION)

static int
compare_goals (gconstpointer a,
               gconstpointer b)
{
  return kip_goal_compare (*(KipGoal *const *) a, *(KipGoal *const *) b);
}

static int
compare_reviews (gconstpointer a,
                 gconstpointer b)
{
  return kip_review_compare (*(KipReview *const *) a, *(KipReview *const *) b);
}

/* ---- the category tree ---- */

static KipCategory *
find_category (KipOffice *office,
               KipId      id)
{
  return id != KIP_ID_NONE ? (KipCategory *) kip_office_category (office, id) : NULL;
}

#define MAX_DEPTH 32

static guint
category_depth (KipOffice   *office,
                KipCategory *category)
{
  guint depth = 0;

  while ((category = find_category (office, category->parent)) != NULL && depth < MAX_DEPTH)
    depth++;
  return depth;
}

static char *
category_path (KipOffice   *office,
               KipCategory *category)
{
  g_autofree char *above = NULL;
  KipCategory *parent = find_category (office, category->parent);

  if (parent == NULL)
    return g_strdup (category->name);
  above = category_path (office, parent);
  return g_strconcat (above, " › ", category->name, NULL);
}

static void
add_below (KipOffice *office,
           KipId      parent,
           GPtrArray *ordered)
{
  for (guint i = 0; i < office->categories->len; i++)
    {
      KipCategory *category = g_ptr_array_index (office->categories, i);

      if (category->parent != parent)
        continue;
      g_ptr_array_add (ordered, category);
      add_below (office, category->id, ordered);
    }
}

/* Cuts loops, names the paths and puts parents before their children. */
static void
arrange_categories (KipOffice *office)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (category_free);

  for (guint i = 0; i < office->categories->len; i++)
    {
      KipCategory *category = g_ptr_array_index (office->categories, i);

      if (find_category (office, category->parent) == NULL || category_depth (office, category) >= MAX_DEPTH)
        category->parent = KIP_ID_NONE;
    }
  add_below (office, KIP_ID_NONE, ordered);
  g_ptr_array_set_free_func (office->categories, NULL);
  g_ptr_array_unref (office->categories);
  office->categories = ordered;
  for (guint i = 0; i < ordered->len; i++)
    {
      KipCategory *category = g_ptr_array_index (ordered, i);

      category->path = category_path (office, category);
      category->folded = kip_text_fold (category->path);
    }
}

/* ---- making the snapshot ---- */

static void
add_to (KipOffice *office,
        GPtrArray *list,
        KipEntity *entity,
        gpointer   thing)
{
  Key key = { kip_entity_get_kind (entity), kip_entity_get_id (entity) };

  g_ptr_array_add (list, thing);
  g_hash_table_insert (office->by_id, g_memdup2 (&key, sizeof key), thing);
}

static void
add_entity (KipOffice *office,
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

static void
sort_all (KipOffice *office)
{
  sort_people (office->people);
  sort_teams (office->teams);
  sort_categories (office->categories);
  sort_statuses (office->statuses);
  sort_canned (office->canned);
  sort_views (office->views);
  sort_assets (office->assets);
  g_ptr_array_sort (office->goals, compare_goals);
  g_ptr_array_sort (office->reviews, compare_reviews);
}

static void
pick_agents (KipOffice *office)
{
  for (guint i = 0; i < office->people->len; i++)
    {
      KipPerson *person = g_ptr_array_index (office->people, i);

      if (!person->deleted && person->role != KIP_ROLE_REQUESTER)
        g_ptr_array_add (office->agents, person);
    }
}

static void
read_self (KipOffice *office)
{
  g_autoptr (GPtrArray) causes = NULL;

  kip_matrix_init_from_value (&office->matrix, office->self != NULL ? kip_entity_get (office->self, KIP_FIELD_MATRIX) : NULL);
  if (office->self == NULL)
    return;
  causes = kip_entity_get_set (office->self, KIP_FIELD_CAUSES);
  for (guint i = 0; i < causes->len; i++)
    if (kip_value_get_text (g_ptr_array_index (causes, i)) != NULL)
      g_ptr_array_add (office->causes, (gpointer) kip_value_get_text (g_ptr_array_index (causes, i)));
}

static void
make_lists (KipOffice *office)
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

KipOffice *
kip_office_new (GPtrArray *entities)
{
  KipOffice *office = g_new0 (KipOffice, 1);

  g_atomic_ref_count_init (&office->refs);
  make_lists (office);
  office->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  for (guint i = 0; i < entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (entities, i);

      g_ptr_array_add (office->entities, kip_entity_ref (entity));
      add_entity (office, entity);
    }
  sort_all (office);
  arrange_categories (office);
  pick_agents (office);
  read_self (office);
  return office;
}

KipOffice *
kip_office_ref (KipOffice *office)
{
  g_atomic_ref_count_inc (&office->refs);
  return office;
}

void
kip_office_unref (KipOffice *office)
{
  if (!g_atomic_ref_count_dec (&office->refs))
    return;
  g_hash_table_unref (office->by_id);
  g_ptr_array_unref (office->causes);
  g_ptr_array_unref (office->agents);
  g_ptr_array_unref (office->people);
  g_ptr_array_unref (office->teams);
  g_ptr_array_unref (office->categories);
  g_ptr_array_unref (office->statuses);
  g_ptr_array_unref (office->canned);
  g_ptr_array_unref (office->views);
  g_ptr_array_unref (office->assets);
  g_ptr_array_unref (office->goals);
  g_ptr_array_unref (office->reviews);
  g_ptr_array_unref (office->entities);
  g_free (office);
}

const char *
kip_office_get_name (KipOffice *office)
{
  return office->self != NULL ? name_of (office->self) : "";
}

const char *
kip_office_get_language (KipOffice *office)
{
  const char *language = office->self != NULL ? kip_entity_get_text (office->self, KIP_FIELD_LANGUAGE) : NULL;

  return language != NULL ? language : "en";
}

KipId
kip_office_get_calendar (KipOffice *office)
{
  return office->self != NULL ? (KipId) kip_entity_get_int (office->self, KIP_FIELD_OFFICE_CALENDAR, 0) : KIP_ID_NONE;
}

const KipMatrix *
kip_office_get_matrix (KipOffice *office)
{
  return &office->matrix;
}

#define DEFINE_LIST(name) \
  GPtrArray * \
  kip_office_get_##name (KipOffice *office) \
  { \
    return office->name; \
  }

DEFINE_LIST (causes)
DEFINE_LIST (people)
DEFINE_LIST (agents)
DEFINE_LIST (teams)
DEFINE_LIST (categories)
DEFINE_LIST (statuses)
DEFINE_LIST (canned)
DEFINE_LIST (views)
DEFINE_LIST (assets)
DEFINE_LIST (goals)
DEFINE_LIST (reviews)

#define DEFINE_LOOKUP(name, KIND, Type) \
  const Type * \
  kip_office_##name (KipOffice *office, \
                     KipId      id) \
  { \
    Key key = { KIP_KIND_##KIND, id }; \
    return g_hash_table_lookup (office->by_id, &key); \
  }

DEFINE_LOOKUP (person, PERSON, KipPerson)
DEFINE_LOOKUP (team, TEAM, KipTeam)
DEFINE_LOOKUP (category, CATEGORY, KipCategory)
DEFINE_LOOKUP (status, STATUS, KipStatus)
DEFINE_LOOKUP (canned, CANNED, KipCanned)
DEFINE_LOOKUP (asset, ASSET, KipAsset)
DEFINE_LOOKUP (goal, GOAL, KipGoal)
DEFINE_LOOKUP (review, REVIEW, KipReview)

const KipStatus *
kip_office_status_for (KipOffice *office,
                       KipPhase   phase,
                       KipPause   pause)
{
  for (guint i = 0; i < office->statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (office->statuses, i);

      if (!status->deleted && status->phase == phase && (pause == KIP_PAUSE_NONE || status->pause == pause))
        return status;
    }
  return NULL;
}

const KipStatus *
kip_office_status_by_key (KipOffice  *office,
                          const char *key)
{
  for (guint i = 0; i < office->statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (office->statuses, i);

      if (!status->deleted && strcmp (status->key, key) == 0)
        return status;
    }
  return NULL;
}

/* A name that begins so is better than one that has it later or elsewhere. */
static gboolean
begins_with (const KipPerson *person,
             const char      *folded)
{
  return g_str_has_prefix (person->folded, folded);
}

GPtrArray *
kip_office_find_people (KipOffice  *office,
                        const char *text,
                        guint       limit)
{
  g_autofree char *folded = kip_text_fold (text);
  GPtrArray *found = g_ptr_array_new ();

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < office->people->len && found->len < limit; i++)
      {
        KipPerson *person = g_ptr_array_index (office->people, i);

        if (person->deleted || begins_with (person, folded) != (pass == 0))
          continue;
        if (kip_text_matches (person->folded, folded))
          g_ptr_array_add (found, person);
      }
  return found;
}
