/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-private.h"

#include "kip-text.h"

#include <string.h>

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

KipOffice *
kip_office_new (GPtrArray *entities)
{
  KipOffice *office = g_new0 (KipOffice, 1);

  g_atomic_ref_count_init (&office->refs);
  kip_office_make_lists (office);
  office->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  for (guint i = 0; i < entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (entities, i);

      g_ptr_array_add (office->entities, kip_entity_ref (entity));
      kip_office_add (office, entity);
    }
  pick_agents (office);
  kip_office_sort (office);
  kip_office_arrange_categories (office);
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
  return office->self != NULL ? kip_office_name_of (office->self) : "";
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
DEFINE_LIST (agents)
DEFINE_LIST (teams)
DEFINE_LIST (categories)
DEFINE_LIST (statuses)
DEFINE_LIST (canned)
DEFINE_LIST (views)
DEFINE_LIST (assets)
DEFINE_LIST (goals)
DEFINE_LIST (reviews)

GPtrArray *
kip_office_get_people (KipOffice *office)
{
  kip_office_sort_people (office);
  return office->people;
}

#define DEFINE_LOOKUP(name, KIND, Type) \
  const Type * \
  kip_office_##name (KipOffice *office, \
                     KipId      id) \
  { \
    KipOfficeKey key = { KIP_KIND_##KIND, id }; \
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
  GPtrArray *people = kip_office_get_people (office);
  GPtrArray *found = g_ptr_array_new ();

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < people->len && found->len < limit; i++)
      {
        KipPerson *person = g_ptr_array_index (people, i);

        if (person->deleted || begins_with (person, folded) != (pass == 0))
          continue;
        if (kip_text_matches (person->folded, folded))
          g_ptr_array_add (found, person);
      }
  return found;
}
