/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looking into agreements, and agreements that are only proposed. */

#include "kip-config.h"

#include "kip-agreements-private.h"

KipOffice *
kip_agreements_get_office (KipAgreements *agreements)
{
  return agreements->office;
}

/* Shared by everybody who asks about what is not there; never freed, never filled. */
static GPtrArray *
nothing (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) g_ptr_array_new ());
  return (GPtrArray *) once;
}

/* ---- policies ---- */

GPtrArray *
kip_agreements_get_policies (KipAgreements *agreements)
{
  return agreements->newest_policies;
}

GPtrArray *
kip_agreements_get_policy_versions (KipAgreements *agreements,
                                    KipId          policy)
{
  for (guint i = 0; i < agreements->policies->len; i++)
    {
      KipPolicyEntry *entry = g_ptr_array_index (agreements->policies, i);

      if (entry->id == policy)
        return entry->versions; /* a KipPolicyVersion begins with its KipPolicy */
    }
  return nothing ();
}

const KipPolicy *
kip_agreements_get_policy (KipAgreements *agreements,
                           KipId          policy,
                           guint          version)
{
  GPtrArray *versions = kip_agreements_get_policy_versions (agreements, policy);

  if (versions->len == 0 || version > versions->len)
    return NULL;
  return g_ptr_array_index (versions, (version > 0 ? version : versions->len) - 1);
}

/* ---- calendars ---- */

GPtrArray *
kip_agreements_get_calendars (KipAgreements *agreements)
{
  return agreements->newest_calendars;
}

GPtrArray *
kip_agreements_get_calendar_versions (KipAgreements *agreements,
                                      KipId          calendar)
{
  for (guint i = 0; i < agreements->calendars->len; i++)
    {
      KipCalendarEntry *entry = g_ptr_array_index (agreements->calendars, i);

      if (entry->id == calendar)
        return entry->versions;
    }
  return nothing ();
}

static KipCalendar *
nth_calendar (KipAgreements *agreements,
              KipId          id,
              guint          version)
{
  GPtrArray *versions = kip_agreements_get_calendar_versions (agreements, id);

  if (versions->len == 0)
    return NULL;
  if (version == 0 || version > versions->len)
    version = versions->len;
  return ((KipCalendarVersion *) g_ptr_array_index (versions, version - 1))->calendar;
}

KipCalendar *
kip_agreements_get_calendar (KipAgreements *agreements,
                             KipId          calendar,
                             guint          version)
{
  KipCalendar *found = calendar != KIP_ID_NONE ? nth_calendar (agreements, calendar, version) : NULL;

  return found != NULL ? found : kip_agreements_get_office_calendar (agreements);
}

KipCalendar *
kip_agreements_get_office_calendar (KipAgreements *agreements)
{
  const KipRules *rules = g_ptr_array_index (agreements->rules, agreements->rules->len - 1);
  KipCalendar *found = nth_calendar (agreements, rules->office_calendar, 0);

  return found != NULL ? found : agreements->usual.calendar;
}

/* ---- outages ---- */

GPtrArray *
kip_agreements_get_outages (KipAgreements *agreements)
{
  return agreements->outages; /* a KipOutageEntry begins with its KipOutage */
}

/* ---- what was put away ---- */

static gpointer
newest_of (GPtrArray *versions)
{
  return g_ptr_array_index (versions, versions->len - 1); /* it begins with what is public */
}

static GPtrArray *
archived_policies (KipAgreements *agreements)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < agreements->policies->len; i++)
    {
      KipPolicyEntry *entry = g_ptr_array_index (agreements->policies, i);

      if (entry->versions->len > 0 && kip_entity_is_archived (entry->entity))
        g_ptr_array_add (found, newest_of (entry->versions));
    }
  return found;
}

static GPtrArray *
archived_calendars (KipAgreements *agreements)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < agreements->calendars->len; i++)
    {
      KipCalendarEntry *entry = g_ptr_array_index (agreements->calendars, i);

      if (entry->versions->len > 0 && kip_entity_is_archived (entry->entity))
        g_ptr_array_add (found, newest_of (entry->versions));
    }
  return found;
}

static GPtrArray *
withdrawn_outages (KipAgreements *agreements)
{
  GPtrArray *found = g_ptr_array_new ();

  g_ptr_array_extend (found, agreements->withdrawn, NULL, NULL);
  return found;
}

GPtrArray *
kip_agreements_get_archived (KipAgreements *agreements,
                             KipKind        kind)
{
  if (kind == KIP_KIND_POLICY)
    return archived_policies (agreements);
  if (kind == KIP_KIND_CALENDAR)
    return archived_calendars (agreements);
  return withdrawn_outages (agreements);
}

/* ---- proposals ---- */

static KipEntity *
find_entity (GPtrArray *entities,
             KipKind    kind,
             KipId      id,
             guint     *index)
{
  for (*index = 0; *index < entities->len; (*index)++)
    {
      KipEntity *entity = g_ptr_array_index (entities, *index);

      if (kip_entity_get_kind (entity) == kind && kip_entity_get_id (entity) == id)
        return entity;
    }
  return NULL;
}

/* A copy of @event as the store would complete it: after all that is known, and a SET
 * in place of every value there is. */
static KipEvent *
complete (const KipEvent *event,
          KipEntity      *entity,
          guint           place)
{
  KipEvent *copy = kip_event_copy (event);
  GPtrArray *writes = entity != NULL && event->verb == KIP_VERB_SET ? kip_entity_get_writes (entity, event->field) : NULL;

  copy->id = (KipEventId) { G_MAXUINT32, place, 1 }; /* no machine's */
  copy->tl = entity != NULL ? kip_entity_get_max_tl (entity) + 1 : 1;
  for (guint i = 0; writes != NULL && i < writes->len; i++)
    kip_event_add_ref (copy, &((KipEvent *) g_ptr_array_index (writes, i))->id);
  return copy;
}

/* Puts the fold with @event in place of the one without. */
static void
apply (GPtrArray      *entities,
       const KipEvent *event,
       guint           place)
{
  guint index;
  KipEntity *entity = find_entity (entities, event->kind, event->entity, &index);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  KipEntity *folded;

  for (guint i = 0; entity != NULL && i < kip_entity_get_events (entity)->len; i++)
    g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (kip_entity_get_events (entity), i)));
  g_ptr_array_add (events, complete (event, entity, place));
  folded = kip_entity_fold (event->kind, event->entity, events);
  if (entity == NULL)
    {
      g_ptr_array_add (entities, folded);
      return;
    }
  kip_entity_unref (entity);
  g_ptr_array_index (entities, index) = folded;
}

KipAgreements *
kip_agreements_propose_change (KipAgreements   *agreements,
                               const KipChange *change)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  for (guint i = 0; i < agreements->entities->len; i++)
    g_ptr_array_add (entities, kip_entity_ref (g_ptr_array_index (agreements->entities, i)));
  for (guint i = 0; i < change->events->len; i++)
    apply (entities, g_ptr_array_index (change->events, i), i);
  return kip_agreements_new_with_past (entities, agreements->office, agreements->past);
}

KipAgreements *
kip_agreements_propose (KipAgreements  *agreements,
                        KipKind         kind,
                        KipId           id,
                        const KipValue *version,
                        KipInstant      published)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "settings");
  KipField field = kind == KIP_KIND_POLICY ? KIP_FIELD_POLICY_VERSION : KIP_FIELD_CALENDAR_VERSION;
  KipEvent *event = kip_change_entry (change, kind, id, field, kip_value_ref ((KipValue *) version));

  event->at = published;
  return kip_agreements_propose_change (agreements, change);
}

char *
kip_agreements_check_condition (KipAgreements *agreements,
                                const char    *condition)
{
  KipCondition *parsed = kip_condition_new (condition, agreements->office, agreements->past);
  char *wrong = kip_condition_check (parsed);

  kip_condition_free (parsed);
  return wrong;
}
