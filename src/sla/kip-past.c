/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-past.h"

#include "kip-text.h"

typedef struct
{
  KipKind kind;
  KipId   id;
  char   *name; /* (owned) */
} OldName;

struct _KipPast
{
  gatomicrefcount refs;
  GHashTable *people; /* (owned) id → KipEntity */
  GArray     *names;  /* (owned) of OldName */
};

const KipValue *
kip_register_at (KipEntity *entity,
                 KipField   field,
                 KipInstant at)
{
  g_autoptr (GPtrArray) history = kip_entity_get_history (entity, field);
  const KipEvent *last = NULL;

  for (guint i = 0; i < history->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (history, i);

      if (last != NULL && event->at > at)
        break;
      last = event;
    }
  /* Of concurrent writes the fold knows which one is shown. */
  if (last != NULL && last == g_ptr_array_index (history, history->len - 1))
    return kip_entity_get (entity, field);
  return last != NULL ? last->value : NULL;
}

static void
old_name_clear (gpointer data)
{
  g_free (((OldName *) data)->name);
}

static gboolean
has_names (KipKind kind)
{
  return kind == KIP_KIND_PERSON || kind == KIP_KIND_TEAM || kind == KIP_KIND_CATEGORY || kind == KIP_KIND_ASSET;
}

static char *
name_key (KipKind     kind,
          const char *name)
{
  g_autofree char *folded = kip_text_fold (name);

  return g_strdup_printf ("%d:%s", kind, folded);
}

/* The set of names that are in use. */
static GHashTable *
names_now (GPtrArray *entities)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (entities, i);
      const char *name = kip_entity_get_text (entity, KIP_FIELD_NAME);

      if (name != NULL && has_names (kip_entity_get_kind (entity)))
        g_hash_table_add (names, name_key (kip_entity_get_kind (entity), name));
    }
  return names;
}

static void
add_old_names (KipPast    *past,
               KipEntity  *entity,
               GPtrArray  *history,
               GHashTable *now)
{
  for (guint i = 0; i < history->len; i++)
    {
      const char *name = kip_value_get_text (((KipEvent *) g_ptr_array_index (history, i))->value);
      g_autofree char *key = name != NULL ? name_key (kip_entity_get_kind (entity), name) : NULL;
      OldName old = { kip_entity_get_kind (entity), kip_entity_get_id (entity), NULL };

      if (key == NULL || g_hash_table_contains (now, key))
        continue;
      old.name = g_strdup (name);
      g_array_append_val (past->names, old);
    }
}

/* Of thousands of names few were ever another: only for those it is worth to know
 * what names are in use. */
static void
gather_old_names (KipPast   *past,
                  GPtrArray *entities)
{
  g_autoptr (GHashTable) now = NULL;

  for (guint i = 0; i < entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (entities, i);
      g_autoptr (GPtrArray) history = NULL;

      if (!has_names (kip_entity_get_kind (entity)))
        continue;
      history = kip_entity_get_history (entity, KIP_FIELD_NAME);
      if (history->len < 2)
        continue;
      if (now == NULL)
        now = names_now (entities);
      add_old_names (past, entity, history, now);
    }
}

static void
gather_people (KipPast   *past,
               GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (entities, i);
      KipId id = kip_entity_get_id (entity);

      if (kip_entity_get_kind (entity) == KIP_KIND_PERSON)
        g_hash_table_insert (past->people, g_memdup2 (&id, sizeof id), kip_entity_ref (entity));
    }
}

KipPast *
kip_past_new (GPtrArray *entities)
{
  KipPast *past = g_new0 (KipPast, 1);

  g_atomic_ref_count_init (&past->refs);
  past->people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) kip_entity_unref);
  past->names = g_array_new (FALSE, FALSE, sizeof (OldName));
  g_array_set_clear_func (past->names, old_name_clear);
  gather_people (past, entities);
  gather_old_names (past, entities);
  return past;
}

KipPast *
kip_past_ref (KipPast *past)
{
  g_atomic_ref_count_inc (&past->refs);
  return past;
}

void
kip_past_unref (KipPast *past)
{
  if (!g_atomic_ref_count_dec (&past->refs))
    return;
  g_hash_table_unref (past->people);
  g_array_unref (past->names);
  g_free (past);
}

static KipKind
kind_of_names (KipQueryNames names)
{
  switch (names)
    {
    case KIP_QUERY_NAMES_PERSON:
    case KIP_QUERY_NAMES_AGENT:
      return KIP_KIND_PERSON;
    case KIP_QUERY_NAMES_TEAM:
      return KIP_KIND_TEAM;
    case KIP_QUERY_NAMES_CATEGORY:
      return KIP_KIND_CATEGORY;
    case KIP_QUERY_NAMES_ASSET:
      return KIP_KIND_ASSET;
    case KIP_QUERY_NAMES_STATUS:
    case KIP_QUERY_NAMES_NONE:
    default:
      return (KipKind) 0;
    }
}

void
kip_past_tell_names (const KipPast   *past,
                     KipQueryNames    names,
                     KipQueryNameFunc func,
                     gpointer         data)
{
  KipKind kind = kind_of_names (names);

  for (guint i = 0; i < past->names->len; i++)
    {
      const OldName *old = &g_array_index (past->names, OldName, i);

      if (old->kind == kind)
        func (old->id, old->name, FALSE, data);
    }
}

const KipValue *
kip_past_person_field (const KipPast *past,
                       KipId          person,
                       KipField       field,
                       KipInstant     at)
{
  KipEntity *entity = g_hash_table_lookup (past->people, &person);

  return entity != NULL ? kip_register_at (entity, field, at) : NULL;
}

void
kip_past_add_instants (const KipPast *past,
                       KipId          person,
                       GArray        *instants)
{
  static const KipField fields[] = { KIP_FIELD_VIP, KIP_FIELD_DEPARTMENT };
  KipEntity *entity = g_hash_table_lookup (past->people, &person);

  for (guint f = 0; entity != NULL && f < G_N_ELEMENTS (fields); f++)
    {
      g_autoptr (GPtrArray) history = kip_entity_get_history (entity, fields[f]);

      for (guint i = 0; i < history->len; i++)
        g_array_append_val (instants, ((KipEvent *) g_ptr_array_index (history, i))->at);
    }
}
