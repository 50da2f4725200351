/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the folds of policies, calendars and outages to what the clocks read. */

#include "kip-config.h"

#include "kip-agreements-private.h"

#include <glib/gi18n-lib.h>

enum
{
  KEY_CALENDAR_EFFECTIVE_FROM = 1,
  KEY_CALENDAR_SPEC
};

static int
compare_by_at (gconstpointer a,
               gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a;
  const KipEvent *y = *(KipEvent *const *) b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return kip_event_compare (a, b);
}

/* The versions published, oldest first.  (transfer container) of KipEvent */
static GPtrArray *
published (KipEntity *entity,
           KipField   field)
{
  GPtrArray *entries = kip_entity_get_entries (entity, field, FALSE);

  g_ptr_array_sort (entries, compare_by_at);
  return entries;
}

static const char *
name_or (KipEntity  *entity,
         const char *fallback)
{
  const char *name = kip_entity_get_text (entity, KIP_FIELD_NAME);

  return name != NULL ? name : fallback;
}

gboolean
kip_entity_is_archived (KipEntity *entity)
{
  return kip_entity_get_int (entity, KIP_FIELD_DELETED, 0) != 0;
}

/* ---- policies ---- */

static void
policy_version_free (gpointer data)
{
  KipPolicyVersion *version = data;

  kip_policy_spec_free (version->spec);
  g_clear_pointer (&version->condition, kip_condition_free);
  g_free (version);
}

static KipPolicyVersion *
policy_version_new (KipEntity      *entity,
                    const KipEvent *event,
                    guint           number,
                    KipOffice      *office,
                    KipPast        *past)
{
  KipPolicyVersion *version = g_new0 (KipPolicyVersion, 1);
  const char *condition;

  version->spec = kip_policy_spec_from_value (event->value);
  condition = version->spec->condition;
  if (condition == NULL)
    condition = kip_entity_get_text (entity, KIP_FIELD_CONDITION);
  if (condition != NULL)
    version->condition = kip_condition_new (condition, office, past);
  version->base.id = kip_entity_get_id (entity);
  version->base.name = name_or (entity, _("Policy without a name"));
  version->base.version = number;
  version->base.published = event->at;
  version->base.spec = version->spec;
  version->base.is_default = kip_entity_get_int (entity, KIP_FIELD_IS_DEFAULT, 0) != 0;
  return version;
}

KipPolicyEntry *
kip_policy_entry_new (KipEntity *entity,
                      KipOffice *office,
                      KipPast   *past)
{
  g_autoptr (GPtrArray) events = published (entity, KIP_FIELD_POLICY_VERSION);
  KipPolicyEntry *entry = g_new0 (KipPolicyEntry, 1);

  entry->id = kip_entity_get_id (entity);
  entry->entity = kip_entity_ref (entity);
  entry->versions = g_ptr_array_new_with_free_func (policy_version_free);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (entry->versions,
                     policy_version_new (entity, g_ptr_array_index (events, i), i + 1, office, past));
  return entry;
}

void
kip_policy_entry_free (KipPolicyEntry *entry)
{
  g_ptr_array_unref (entry->versions);
  kip_entity_unref (entry->entity);
  g_free (entry);
}

/* ---- calendars ---- */

KipValue *
kip_calendar_version_to_value (KipInstant             effective_from,
                               const KipCalendarSpec *spec)
{
  KipValue *map = kip_value_map ();

  if (effective_from != KIP_INSTANT_NONE)
    kip_value_put (map, KEY_CALENDAR_EFFECTIVE_FROM, kip_value_int (effective_from));
  kip_value_put (map, KEY_CALENDAR_SPEC, kip_calendar_spec_to_value (spec));
  return map;
}

KipCalendarSpec *
kip_calendar_version_spec (const KipValue *version)
{
  return kip_calendar_spec_from_value (kip_value_lookup (version, KEY_CALENDAR_SPEC));
}

static void
calendar_version_free (gpointer data)
{
  KipCalendarVersion *version = data;

  kip_calendar_unref (version->calendar);
  g_free (version);
}

static KipCalendarVersion *
calendar_version_new (KipEntity      *entity,
                      const KipEvent *event,
                      guint           number)
{
  KipCalendarVersion *version = g_new0 (KipCalendarVersion, 1);
  g_autoptr (KipCalendarSpec) spec = kip_calendar_version_spec (event->value);

  version->id = kip_entity_get_id (entity);
  version->name = name_or (entity, _("Calendar without a name"));
  version->version = number;
  version->published = event->at;
  version->effective_from = kip_value_map_int (event->value, KEY_CALENDAR_EFFECTIVE_FROM, KIP_INSTANT_NONE);
  version->calendar = kip_calendar_new (spec);
  return version;
}

KipCalendarEntry *
kip_calendar_entry_new (KipEntity *entity)
{
  g_autoptr (GPtrArray) events = published (entity, KIP_FIELD_CALENDAR_VERSION);
  KipCalendarEntry *entry = g_new0 (KipCalendarEntry, 1);

  entry->id = kip_entity_get_id (entity);
  entry->entity = kip_entity_ref (entity);
  entry->versions = g_ptr_array_new_with_free_func (calendar_version_free);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (entry->versions, calendar_version_new (entity, g_ptr_array_index (events, i), i + 1));
  return entry;
}

void
kip_calendar_entry_free (KipCalendarEntry *entry)
{
  g_ptr_array_unref (entry->versions);
  kip_entity_unref (entry->entity);
  g_free (entry);
}

/* ---- outages ---- */

KipOutageEntry *
kip_outage_entry_new (KipEntity *entity,
                      KipOffice *office,
                      KipPast   *past)
{
  KipOutageEntry *entry;
  KipInstant start = kip_entity_get_int (entity, KIP_FIELD_OUTAGE_START, KIP_INSTANT_NONE);
  KipInstant end = kip_entity_get_int (entity, KIP_FIELD_OUTAGE_END, KIP_INSTANT_NONE);

  if (start == KIP_INSTANT_NONE || (end != KIP_INSTANT_NONE && end <= start))
    return NULL;
  entry = g_new0 (KipOutageEntry, 1);
  entry->entity = kip_entity_ref (entity);
  entry->base.id = kip_entity_get_id (entity);
  entry->base.name = kip_entity_get_text (entity, KIP_FIELD_NAME);
  entry->base.reason = kip_entity_get_text (entity, KIP_FIELD_OUTAGE_REASON);
  entry->base.scope = kip_entity_get_text (entity, KIP_FIELD_OUTAGE_SCOPE);
  entry->base.start = start;
  entry->base.end = end;
  if (entry->base.scope != NULL)
    entry->scope = kip_condition_new (entry->base.scope, office, past);
  return entry;
}

void
kip_outage_entry_free (KipOutageEntry *entry)
{
  g_clear_pointer (&entry->scope, kip_condition_free);
  kip_entity_unref (entry->entity);
  g_free (entry);
}
