/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-agreements-private.h"

#include <glib/gi18n-lib.h>

/* ---- what is published when ---- */

static void
add_instants (GArray    *instants,
              KipEntity *entity,
              KipField   field)
{
  GPtrArray *events = kip_entity_get_events (entity);

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->field == field)
        g_array_append_val (instants, event->at);
    }
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  KipInstant x = *(const KipInstant *) a, y = *(const KipInstant *) b;

  return (x > y) - (x < y);
}

/* Every instant at which policies, their order, calendars or the choice of one changed. */
static GArray *
publications (KipAgreements *agreements)
{
  static const KipField of_policy[] = { KIP_FIELD_POLICY_VERSION, KIP_FIELD_IS_DEFAULT, KIP_FIELD_POSITION, KIP_FIELD_DELETED };
  GArray *instants = g_array_new (FALSE, FALSE, sizeof (KipInstant));
  guint kept = 0;

  for (guint i = 0; i < agreements->policies->len; i++)
    for (guint f = 0; f < G_N_ELEMENTS (of_policy); f++)
      add_instants (instants, ((KipPolicyEntry *) g_ptr_array_index (agreements->policies, i))->entity, of_policy[f]);
  for (guint i = 0; i < agreements->calendars->len; i++)
    add_instants (instants, ((KipCalendarEntry *) g_ptr_array_index (agreements->calendars, i))->entity,
                  KIP_FIELD_CALENDAR_VERSION);
  if (agreements->self != NULL)
    add_instants (instants, agreements->self, KIP_FIELD_OFFICE_CALENDAR);
  g_array_sort (instants, compare_instants);
  for (guint i = 0; i < instants->len; i++)
    if (kept == 0 || g_array_index (instants, KipInstant, i) != g_array_index (instants, KipInstant, kept - 1))
      g_array_index (instants, KipInstant, kept++) = g_array_index (instants, KipInstant, i);
  g_array_set_size (instants, kept);
  return instants;
}

/* ---- the order ---- */

typedef struct
{
  KipPolicyEntry *entry;
  gint64          position;
  gboolean        is_default;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return (x->entry->id > y->entry->id) - (x->entry->id < y->entry->id);
}

static gint64
int_at (KipEntity *entity,
        KipField   field,
        KipInstant at)
{
  return kip_value_get_int (kip_register_at (entity, field, at), 0);
}

static gboolean
was_published (const KipPolicyEntry *entry,
               KipInstant            at)
{
  return entry->versions->len > 0
         && ((KipPolicyVersion *) g_ptr_array_index (entry->versions, 0))->base.published <= at;
}

/* Of several defaults the first, of none the last in order is the default one: index into @places. */
static guint
default_of (GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, Place, i).is_default)
      return i;
  return places->len - 1;
}

static GPtrArray *
order_at (KipAgreements *agreements,
          KipInstant     at)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GPtrArray *order = g_ptr_array_new ();
  guint last;

  for (guint i = 0; i < agreements->policies->len; i++)
    {
      KipPolicyEntry *entry = g_ptr_array_index (agreements->policies, i);
      Place place = { entry, int_at (entry->entity, KIP_FIELD_POSITION, at),
                      int_at (entry->entity, KIP_FIELD_IS_DEFAULT, at) != 0 };

      if (was_published (entry, at) && int_at (entry->entity, KIP_FIELD_DELETED, at) == 0)
        g_array_append_val (places, place);
    }
  if (places->len == 0)
    return order;
  g_array_sort (places, compare_places);
  last = default_of (places);
  for (guint i = 0; i < places->len; i++)
    if (i != last)
      g_ptr_array_add (order, g_array_index (places, Place, i).entry);
  g_ptr_array_add (order, g_array_index (places, Place, last).entry);
  return order;
}

static void
rules_free (gpointer data)
{
  KipRules *rules = data;

  g_ptr_array_unref (rules->order);
  g_free (rules);
}

static KipRules *
rules_new (KipAgreements *agreements,
           KipInstant     at)
{
  KipRules *rules = g_new0 (KipRules, 1);

  rules->at = at;
  rules->order = order_at (agreements, at);
  rules->office_calendar = agreements->self != NULL ? (KipId) int_at (agreements->self, KIP_FIELD_OFFICE_CALENDAR, at)
                                                    : kip_office_get_calendar (agreements->office);
  return rules;
}

/* What comes before the first policy is not yet an agreement: an import is judged by
 * what was agreed first. */
static void
fill_rules (KipAgreements *agreements)
{
  g_autoptr (GArray) instants = publications (agreements);

  agreements->rules = g_ptr_array_new_with_free_func (rules_free);
  for (guint i = 0; i < instants->len; i++)
    {
      KipRules *rules = rules_new (agreements, g_array_index (instants, KipInstant, i));

      if (rules->order->len > 0 || agreements->rules->len > 0 || i + 1 == instants->len)
        g_ptr_array_add (agreements->rules, rules);
      else
        rules_free (rules);
    }
  if (agreements->rules->len == 0)
    g_ptr_array_add (agreements->rules, rules_new (agreements, KIP_INSTANT_NONE));
}

const KipRules *
kip_agreements_rules_at (KipAgreements *agreements,
                         KipInstant     at)
{
  guint i = agreements->rules->len - 1;

  while (i > 0 && ((KipRules *) g_ptr_array_index (agreements->rules, i))->at > at)
    i--;
  return g_ptr_array_index (agreements->rules, i);
}

/* ---- which version ---- */

/* Of the versions published by @at, the one that is in force for a ticket received at
 * @received: the latest to take effect, then the latest published. */
static const KipPolicyVersion *
policy_in_force (const KipPolicyEntry *entry,
                 KipInstant            at,
                 KipInstant            received)
{
  const KipPolicyVersion *best = NULL;

  for (guint i = 0; i < entry->versions->len; i++)
    {
      const KipPolicyVersion *version = g_ptr_array_index (entry->versions, i);

      if (version->base.published > at)
        break;
      if (version->spec->effective_from <= received
          && (best == NULL || version->spec->effective_from >= best->spec->effective_from))
        best = version;
    }
  return best;
}

static KipCalendarEntry *
find_calendar (KipAgreements *agreements,
               KipId          id)
{
  for (guint i = 0; i < agreements->calendars->len; i++)
    {
      KipCalendarEntry *entry = g_ptr_array_index (agreements->calendars, i);

      if (entry->id == id && entry->versions->len > 0)
        return entry;
    }
  return NULL;
}

/* A calendar rules even before it was published or took effect: then its first version. */
static const KipCalendarVersion *
calendar_in_force (const KipCalendarEntry *entry,
                   KipInstant              at,
                   KipInstant              received)
{
  const KipCalendarVersion *best = g_ptr_array_index (entry->versions, 0);

  for (guint i = 1; i < entry->versions->len; i++)
    {
      const KipCalendarVersion *version = g_ptr_array_index (entry->versions, i);

      if (version->published > at)
        break;
      if (version->effective_from <= received
          && (best->effective_from > received || version->effective_from >= best->effective_from))
        best = version;
    }
  return best;
}

static const KipCalendarVersion *
calendar_for (KipAgreements  *agreements,
              const KipRules *rules,
              KipId           id,
              KipInstant      received)
{
  KipCalendarEntry *entry = id != KIP_ID_NONE ? find_calendar (agreements, id) : NULL;

  if (entry == NULL)
    entry = find_calendar (agreements, rules->office_calendar);
  return entry != NULL ? calendar_in_force (entry, rules->at, received) : &agreements->usual;
}

void
kip_agreements_resolve (KipAgreements  *agreements,
                        const KipRules *rules,
                        const KipFacts *facts,
                        KipInstant      received,
                        KipRule        *rule)
{
  rule->policy = NULL;
  rule->priority = facts->priority;
  for (guint i = 0; i < rules->order->len && rule->policy == NULL; i++)
    {
      const KipPolicyEntry *entry = g_ptr_array_index (rules->order, i);
      const KipPolicyVersion *version = policy_in_force (entry, rules->at, received);
      gboolean is_default = i + 1 == rules->order->len;

      if (version != NULL
          && (is_default || version->condition == NULL || kip_condition_matches (version->condition, facts)))
        rule->policy = version;
    }
  rule->calendar = calendar_for (agreements, rules, rule->policy != NULL ? rule->policy->spec->calendar : KIP_ID_NONE,
                                 received);
}

/* ---- making one ---- */

static void
take_entity (KipAgreements *agreements,
             KipEntity     *entity)
{
  KipOutageEntry *outage;

  switch (kip_entity_get_kind (entity))
    {
    case KIP_KIND_OFFICE:
      agreements->self = entity;
      break;
    case KIP_KIND_POLICY:
      g_ptr_array_add (agreements->policies, kip_policy_entry_new (entity, agreements->office, agreements->past));
      break;
    case KIP_KIND_CALENDAR:
      g_ptr_array_add (agreements->calendars, kip_calendar_entry_new (entity));
      break;
    case KIP_KIND_OUTAGE:
      outage = kip_outage_entry_new (entity, agreements->office, agreements->past);
      if (outage != NULL)
        g_ptr_array_add (kip_entity_is_archived (entity) ? agreements->withdrawn : agreements->outages, outage);
      break;
    default:
      return;
    }
  g_ptr_array_add (agreements->entities, kip_entity_ref (entity));
}

static int
compare_outages (gconstpointer a,
                 gconstpointer b)
{
  const KipOutageEntry *x = *(KipOutageEntry *const *) a, *y = *(KipOutageEntry *const *) b;

  if (x->base.start != y->base.start)
    return x->base.start < y->base.start ? -1 : 1;
  return (x->base.id > y->base.id) - (x->base.id < y->base.id);
}

static int
compare_calendars (gconstpointer a,
                   gconstpointer b)
{
  const KipCalendarEntry *x = *(KipCalendarEntry *const *) a, *y = *(KipCalendarEntry *const *) b;
  gint64 left = kip_entity_get_int (x->entity, KIP_FIELD_POSITION, 0);
  gint64 right = kip_entity_get_int (y->entity, KIP_FIELD_POSITION, 0);
  int names;

  if (left != right)
    return left < right ? -1 : 1;
  names = g_strcmp0 (kip_entity_get_text (x->entity, KIP_FIELD_NAME), kip_entity_get_text (y->entity, KIP_FIELD_NAME));
  return names != 0 ? names : (x->id > y->id) - (x->id < y->id);
}

static void
fill_newest (KipAgreements *agreements)
{
  const KipRules *rules = g_ptr_array_index (agreements->rules, agreements->rules->len - 1);

  agreements->newest_policies = g_ptr_array_new ();
  agreements->newest_calendars = g_ptr_array_new ();
  for (guint i = 0; i < rules->order->len; i++)
    {
      KipPolicyEntry *entry = g_ptr_array_index (rules->order, i);
      KipPolicyVersion *newest = g_ptr_array_index (entry->versions, entry->versions->len - 1);

      newest->base.is_default = i + 1 == rules->order->len;
      g_ptr_array_add (agreements->newest_policies, &newest->base);
    }
  for (guint i = 0; i < agreements->calendars->len; i++)
    {
      KipCalendarEntry *entry = g_ptr_array_index (agreements->calendars, i);

      if (entry->versions->len > 0 && !kip_entity_is_archived (entry->entity))
        g_ptr_array_add (agreements->newest_calendars, g_ptr_array_index (entry->versions, entry->versions->len - 1));
    }
}

static void
note_conditions (KipAgreements *agreements)
{
  for (guint i = 0; i < agreements->policies->len; i++)
    {
      KipPolicyEntry *entry = g_ptr_array_index (agreements->policies, i);

      for (guint j = 0; j < entry->versions->len; j++)
        if (((KipPolicyVersion *) g_ptr_array_index (entry->versions, j))->condition != NULL)
          agreements->has_conditions = TRUE;
    }
}

static void
fill_usual (KipAgreements *agreements)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();

  agreements->usual.name = _("Vietnamese office hours");
  agreements->usual.published = KIP_INSTANT_NONE;
  agreements->usual.effective_from = KIP_INSTANT_NONE;
  agreements->usual.calendar = kip_calendar_new (spec);
}

KipAgreements *
kip_agreements_new (GPtrArray *entities,
                    KipOffice *office)
{
  KipPast *past = kip_past_new (entities);
  KipAgreements *agreements = kip_agreements_new_with_past (entities, office, past);

  kip_past_unref (past);
  return agreements;
}

KipAgreements *
kip_agreements_new_with_past (GPtrArray *entities,
                              KipOffice *office,
                              KipPast   *past)
{
  KipAgreements *agreements = g_new0 (KipAgreements, 1);

  g_atomic_ref_count_init (&agreements->refs);
  agreements->office = kip_office_ref (office);
  agreements->past = kip_past_ref (past);
  agreements->entities = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);
  agreements->policies = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_policy_entry_free);
  agreements->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_calendar_entry_free);
  agreements->outages = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_outage_entry_free);
  agreements->withdrawn = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_outage_entry_free);
  for (guint i = 0; i < entities->len; i++)
    take_entity (agreements, g_ptr_array_index (entities, i));
  g_ptr_array_sort (agreements->outages, compare_outages);
  g_ptr_array_sort (agreements->withdrawn, compare_outages);
  g_ptr_array_sort (agreements->calendars, compare_calendars);
  fill_usual (agreements);
  fill_rules (agreements);
  fill_newest (agreements);
  note_conditions (agreements);
  return agreements;
}

KipAgreements *
kip_agreements_ref (KipAgreements *agreements)
{
  g_atomic_ref_count_inc (&agreements->refs);
  return agreements;
}

void
kip_agreements_unref (KipAgreements *agreements)
{
  if (agreements == NULL || !g_atomic_ref_count_dec (&agreements->refs))
    return;
  g_ptr_array_unref (agreements->newest_policies);
  g_ptr_array_unref (agreements->newest_calendars);
  g_ptr_array_unref (agreements->rules);
  g_ptr_array_unref (agreements->policies);
  g_ptr_array_unref (agreements->calendars);
  g_ptr_array_unref (agreements->outages);
  g_ptr_array_unref (agreements->withdrawn);
  g_ptr_array_unref (agreements->entities);
  kip_calendar_unref (agreements->usual.calendar);
  kip_past_unref (agreements->past);
  kip_office_unref (agreements->office);
  g_free (agreements);
}
