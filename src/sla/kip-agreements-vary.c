/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The same past under other agreements, and agreements that are only drafted. */

#include "kip-config.h"

#include "kip-agreements-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KipVaryFunc func;
  gpointer    data;
} Vary;

static KipField
version_field (KipKind kind)
{
  return kind == KIP_KIND_POLICY ? KIP_FIELD_POLICY_VERSION : KIP_FIELD_CALENDAR_VERSION;
}

static KipField
draft_field (KipKind kind)
{
  return kind == KIP_KIND_POLICY ? KIP_FIELD_POLICY_DRAFT : KIP_FIELD_CALENDAR_DRAFT;
}

/* A copy of @entity with its versions as the function says; NULL: it leaves them all. */
static KipEntity *
vary_entity (KipEntity  *entity,
             const Vary *vary)
{
  KipKind kind = kip_entity_get_kind (entity);
  GPtrArray *events = kip_entity_get_events (entity);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  gboolean changed = FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      KipEvent *copy = kip_event_copy (g_ptr_array_index (events, i));
      KipValue *other = NULL;

      g_ptr_array_add (copies, copy);
      if (copy->verb == KIP_VERB_ENTRY && copy->field == version_field (kind))
        other = vary->func (kind, kip_entity_get_id (entity), copy->value, vary->data);
      if (other == NULL)
        continue;
      changed = TRUE;
      kip_value_unref (copy->value);
      copy->value = other;
    }
  return changed ? kip_entity_fold (kind, kip_entity_get_id (entity), g_steal_pointer (&copies)) : NULL;
}

/* An office without any calendar has the usual one. */
static void
vary_usual (KipAgreements *agreements,
            const Vary    *vary)
{
  g_autoptr (KipValue) version = kip_calendar_version_to_value (KIP_INSTANT_NONE,
                                                                kip_calendar_get_spec (agreements->usual.calendar));
  g_autoptr (KipValue) other = vary->func (KIP_KIND_CALENDAR, KIP_ID_NONE, version, vary->data);
  g_autoptr (KipCalendarSpec) spec = other != NULL ? kip_calendar_version_spec (other) : NULL;

  if (spec == NULL)
    return;
  kip_calendar_unref (agreements->usual.calendar);
  agreements->usual.calendar = kip_calendar_new (spec);
}

KipAgreements *
kip_agreements_vary (KipAgreements *agreements,
                     KipVaryFunc    func,
                     gpointer       data)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  const Vary vary = { func, data };
  KipAgreements *varied;

  for (guint i = 0; i < agreements->entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (agreements->entities, i);
      KipKind kind = kip_entity_get_kind (entity);
      KipEntity *other = kind == KIP_KIND_POLICY || kind == KIP_KIND_CALENDAR ? vary_entity (entity, &vary) : NULL;

      g_ptr_array_add (entities, other != NULL ? other : kip_entity_ref (entity));
    }
  varied = kip_agreements_new_with_past (entities, agreements->office, agreements->past);
  vary_usual (varied, &vary);
  return varied;
}

/* ---- drafts ---- */

KipValue *
kip_version_draft_to_value (const KipValue *version,
                            const char     *note)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, KIP_VERSION_DRAFT_VERSION, kip_value_ref ((KipValue *) version));
  kip_value_put (map, KIP_VERSION_DRAFT_NOTE, kip_value_text (note));
  return map;
}

static void
add_drafts (GArray    *drafts,
            KipEntity *entity)
{
  KipKind kind = kip_entity_get_kind (entity);
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (entity, draft_field (kind), FALSE);
  const char *name = kip_entity_get_text (entity, KIP_FIELD_NAME);

  for (guint i = entries->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (entries, i - 1);
      KipVersionDraft draft = { event->id, kind, event->entity, name, event->at, KIP_ID_NONE, NULL, NULL };

      draft.author = event->stamp != NULL ? event->stamp->author : KIP_ID_NONE;
      draft.note = kip_value_map_text (event->value, KIP_VERSION_DRAFT_NOTE);
      draft.version = kip_value_lookup (event->value, KIP_VERSION_DRAFT_VERSION);
      if (draft.name == NULL)
        draft.name = kind == KIP_KIND_POLICY ? _("Policy without a name") : _("Calendar without a name");
      if (kip_value_type (draft.version) == KIP_VALUE_MAP)
        g_array_append_val (drafts, draft);
    }
}

GArray *
kip_agreements_get_drafts (KipAgreements *agreements,
                           KipKind        kind,
                           KipId          id)
{
  GArray *drafts = g_array_new (FALSE, FALSE, sizeof (KipVersionDraft));

  for (guint i = 0; i < agreements->entities->len; i++)
    {
      KipEntity *entity = g_ptr_array_index (agreements->entities, i);

      if (kip_entity_get_kind (entity) == kind && (id == KIP_ID_NONE || kip_entity_get_id (entity) == id))
        add_drafts (drafts, entity);
    }
  return drafts;
}

/* The version of a draft, in force for what is received from @effective_from on. */
KipValue *
kip_version_draft_publish (const KipVersionDraft *draft,
                           KipInstant             effective_from)
{
  if (draft->kind == KIP_KIND_POLICY)
    {
      g_autoptr (KipPolicySpec) spec = kip_policy_spec_from_value (draft->version);

      spec->effective_from = effective_from;
      return kip_policy_spec_to_value (spec);
    }
  else
    {
      g_autoptr (KipCalendarSpec) spec = kip_calendar_version_spec (draft->version);

      return kip_calendar_version_to_value (effective_from, spec);
    }
}

KipField
kip_version_draft_field (KipKind kind)
{
  return draft_field (kind);
}
