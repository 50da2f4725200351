/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-seed.h"

#include <string.h>

typedef struct
{
  KipChange *change;
  KipSeedId  new_id;
  gpointer   data;
  const KipOfficeSetup *setup;
  const KipOfficeSeed  *seed;
} Sowing;

static KipId
new_named (Sowing     *sowing,
           KipKind     kind,
           const char *name,
           gint64      position)
{
  KipId id = sowing->new_id (sowing->data);

  kip_change_set_text (sowing->change, kind, id, KIP_FIELD_NAME, name);
  if (position > 0)
    kip_change_set_int (sowing->change, kind, id, KIP_FIELD_POSITION, position);
  return id;
}

/* ---- what promises need ---- */

#define USUAL_ZONE "Asia/Ho_Chi_Minh"

/* Elsewhere than in Vietnam the hours are the same and the holidays are not known. */
static KipCalendarSpec *
usual_hours (const char *zone)
{
  KipCalendarSpec *spec;

  if (zone == NULL || strcmp (zone, USUAL_ZONE) == 0)
    return kip_calendar_spec_new_vietnam ();
  spec = kip_calendar_spec_new (zone);
  kip_calendar_spec_set_weekly (spec, "mon=08:00-12:00,13:00-17:00;tue=08:00-12:00,13:00-17:00;wed=08:00-12:00,13:00-17:00;"
                                "thu=08:00-12:00,13:00-17:00;fri=08:00-12:00,13:00-17:00", NULL);
  return spec;
}

static KipId
sow_calendar (Sowing *sowing)
{
  g_autoptr (KipCalendarSpec) usual = usual_hours (sowing->setup->time_zone);
  const KipCalendarSpec *spec = sowing->setup->hours != NULL ? sowing->setup->hours : usual;
  KipId id = new_named (sowing, KIP_KIND_CALENDAR, sowing->seed->calendar, 1);

  kip_change_entry (sowing->change, KIP_KIND_CALENDAR, id, KIP_FIELD_CALENDAR_VERSION,
                    kip_calendar_version_to_value (KIP_INSTANT_NONE, spec));
  return id;
}

static void
sow_policy (Sowing *sowing)
{
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_new_default ();
  KipId id = new_named (sowing, KIP_KIND_POLICY, sowing->seed->policy, 1);

  kip_change_set_int (sowing->change, KIP_KIND_POLICY, id, KIP_FIELD_IS_DEFAULT, 1);
  kip_change_entry (sowing->change, KIP_KIND_POLICY, id, KIP_FIELD_POLICY_VERSION, kip_policy_spec_to_value (spec));
}

/* ---- the lists ---- */

static void
sow_statuses (Sowing *sowing)
{
  static const struct
  {
    const char *key;
    KipPhase    phase;
    KipPause    pause;
  } statuses[] = {
    { "new", KIP_PHASE_NEW, KIP_PAUSE_NONE },
    { "open", KIP_PHASE_OPEN, KIP_PAUSE_NONE },
    { "waiting-requester", KIP_PHASE_WAITING, KIP_PAUSE_REQUESTER },
    { "waiting-supplier", KIP_PHASE_WAITING, KIP_PAUSE_SUPPLIER },
    { "scheduled", KIP_PHASE_SCHEDULED, KIP_PAUSE_SCHEDULED },
    { "resolved", KIP_PHASE_RESOLVED, KIP_PAUSE_NONE },
    { "closed", KIP_PHASE_CLOSED, KIP_PAUSE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      KipId id = new_named (sowing, KIP_KIND_STATUS, sowing->seed->statuses[i], i + 1);

      kip_change_set_text (sowing->change, KIP_KIND_STATUS, id, KIP_FIELD_KEY, statuses[i].key);
      kip_change_set_int (sowing->change, KIP_KIND_STATUS, id, KIP_FIELD_PHASE, statuses[i].phase);
      kip_change_set_int (sowing->change, KIP_KIND_STATUS, id, KIP_FIELD_PAUSES, statuses[i].pause);
    }
}

static void
sow_categories (Sowing *sowing)
{
  KipId parent = KIP_ID_NONE;

  for (guint i = 0; sowing->seed->categories[i].name != NULL; i++)
    {
      const KipSeedCategory *category = &sowing->seed->categories[i];
      KipId id = new_named (sowing, KIP_KIND_CATEGORY, category->name, i + 1);

      if (category->is_child)
        kip_change_set_int (sowing->change, KIP_KIND_CATEGORY, id, KIP_FIELD_CATEGORY_PARENT, (gint64) parent);
      else
        parent = id;
      if (category->first_contact)
        kip_change_set_int (sowing->change, KIP_KIND_CATEGORY, id, KIP_FIELD_FIRST_CONTACT, 1);
    }
}

static void
sow_texts (Sowing            *sowing,
           KipKind            kind,
           KipField           field,
           const KipSeedText *texts)
{
  for (guint i = 0; texts[i].name != NULL; i++)
    {
      KipId id = new_named (sowing, kind, texts[i].name, i + 1);

      kip_change_set_text (sowing->change, kind, id, field, texts[i].text);
    }
}

static KipId
sow_me (Sowing *sowing)
{
  KipId team = new_named (sowing, KIP_KIND_TEAM, sowing->seed->team, 1);
  KipId me = new_named (sowing, KIP_KIND_PERSON, sowing->setup->me, 0);

  kip_change_set_int (sowing->change, KIP_KIND_PERSON, me, KIP_FIELD_ROLE, KIP_ROLE_MANAGER);
  kip_change_add (sowing->change, KIP_KIND_PERSON, me, KIP_FIELD_TEAMS, kip_value_int ((gint64) team));
  return me;
}

static void
sow_office (Sowing *sowing,
            KipId   calendar)
{
  const char *const *causes = sowing->seed->causes;
  const char *language = sowing->seed == &kip_office_seed_vi ? "vi" : "en";

  kip_change_set_text (sowing->change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_NAME, sowing->setup->name);
  kip_change_set_text (sowing->change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_LANGUAGE, language);
  kip_change_set_int (sowing->change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_OFFICE_CALENDAR, (gint64) calendar);
  for (guint i = 0; causes[i] != NULL; i++)
    kip_change_add (sowing->change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_CAUSES, kip_value_text (causes[i]));
}

KipChange *
kip_office_seed_change (const KipOfficeSetup *setup,
                        KipSeedId             new_id,
                        gpointer              data,
                        KipId                *me)
{
  KipChange *change = kip_change_new (KIP_ID_NONE, KIP_ACTION_BEGIN);
  Sowing sowing = { change, new_id, data, setup, &kip_office_seed_en };

  if (setup->language != NULL && g_str_has_prefix (setup->language, "vi"))
    sowing.seed = &kip_office_seed_vi;
  *me = sow_me (&sowing);
  change->stamp->author = *me;
  sow_office (&sowing, sow_calendar (&sowing));
  sow_policy (&sowing);
  sow_statuses (&sowing);
  sow_categories (&sowing);
  sow_texts (&sowing, KIP_KIND_CANNED, KIP_FIELD_TEXT, sowing.seed->canned);
  sow_texts (&sowing, KIP_KIND_VIEW, KIP_FIELD_QUERY, sowing.seed->views);
  return change;
}
