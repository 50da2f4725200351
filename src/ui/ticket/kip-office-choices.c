/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-choices.h"

#include <glib/gi18n-lib.h>

/* One of the office's own as a choice; NULL when it was put away. (transfer full) */
typedef KipChoiceItem *(*ToItem) (gconstpointer own);

static void
take (GListStore    *choices,
      KipChoiceItem *item)
{
  g_list_store_append (choices, item);
  g_object_unref (item);
}

static void
add_none (GListStore *choices)
{
  /* Translators: a field of a ticket that has no value */
  take (choices, kip_choice_item_new (KIP_ID_NONE, C_ ("field", "none"), NULL, NULL));
}

static void
add_all (GListStore *choices,
         GPtrArray  *all,
         ToItem      to_item)
{
  for (guint i = 0; i < all->len; i++)
    {
      KipChoiceItem *item = to_item (g_ptr_array_index (all, i));

      if (item != NULL)
        take (choices, item);
    }
}

/* ---- each kind ---- */

static KipChoiceItem *
person_item (gconstpointer own)
{
  const KipPerson *person = own;

  return person->deleted ? NULL : kip_choice_item_for_person (person);
}

static KipChoiceItem *
team_item (gconstpointer own)
{
  const KipTeam *team = own;

  return team->deleted ? NULL : kip_choice_item_new (team->id, team->name, NULL, NULL);
}

static KipChoiceItem *
category_item (gconstpointer own)
{
  const KipCategory *category = own;

  return category->deleted ? NULL : kip_choice_item_for_category (category);
}

static KipChoiceItem *
asset_item (gconstpointer own)
{
  const KipAsset *asset = own;

  return asset->deleted ? NULL : kip_choice_item_new (asset->id, asset->name, asset->serial, asset->folded);
}

static KipChoiceItem *
status_item (gconstpointer own)
{
  const KipStatus *status = own;
  const char *detail = status->pause != KIP_PAUSE_NONE ? _("pauses the clocks") : NULL;

  return status->deleted ? NULL : kip_choice_item_new (status->id, status->name, detail, NULL);
}

static KipChoiceItem *
canned_item (gconstpointer own)
{
  const KipCanned *canned = own;

  return canned->deleted ? NULL : kip_choice_item_new (canned->id, canned->name, NULL, NULL);
}

/* ---- public ---- */

void
kip_office_choices_agents (KipOffice  *office,
                           KipId       me,
                           GListStore *choices)
{
  GPtrArray *agents = kip_office_get_agents (office);

  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *agent = g_ptr_array_index (agents, i);

      take (choices, kip_choice_item_new (agent->id, agent->name, agent->id == me ? _("me") : NULL, agent->folded));
    }
  take (choices, kip_choice_item_new (KIP_ID_NONE, _("Nobody"), NULL, NULL));
}

void
kip_office_choices_people (KipOffice  *office,
                           GListStore *choices)
{
  add_all (choices, kip_office_get_people (office), person_item);
}

void
kip_office_choices_teams (KipOffice  *office,
                          GListStore *choices)
{
  add_all (choices, kip_office_get_teams (office), team_item);
  add_none (choices);
}

void
kip_office_choices_categories (KipOffice  *office,
                               GListStore *choices)
{
  add_all (choices, kip_office_get_categories (office), category_item);
  add_none (choices);
}

void
kip_office_choices_assets (KipOffice  *office,
                           GListStore *choices)
{
  add_all (choices, kip_office_get_assets (office), asset_item);
  add_none (choices);
}

void
kip_office_choices_statuses (KipOffice  *office,
                             GListStore *choices)
{
  add_all (choices, kip_office_get_statuses (office), status_item);
}

void
kip_office_choices_canned (KipOffice  *office,
                           GListStore *choices)
{
  add_all (choices, kip_office_get_canned (office), canned_item);
}

void
kip_office_choices_channels (GListStore *choices)
{
  for (const KipChoice *channel = kip_schema_channels (); channel->key != NULL; channel++)
    take (choices, kip_choice_item_new ((KipId) channel->number, _(channel->label), NULL, NULL));
}
