/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-choices.h"

#include <glib/gi18n-lib.h>

static void
add (GListStore *choices,
     KipId       id,
     const char *title,
     const char *detail,
     const char *folded)
{
  g_autoptr (KipChoiceItem) item = kip_choice_item_new (id, title, detail, folded);

  g_list_store_append (choices, item);
}

static void
add_none (GListStore *choices)
{
  /* Translators: a field of a ticket that has no value */
  add (choices, KIP_ID_NONE, C_ ("field", "none"), NULL, NULL);
}

void
kip_office_choices_agents (KipOffice  *office,
                           KipId       me,
                           GListStore *choices)
{
  GPtrArray *agents = kip_office_get_agents (office);

  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *agent = g_ptr_array_index (agents, i);

      add (choices, agent->id, agent->name, agent->id == me ? _("me") : NULL, agent->folded);
    }
  add (choices, KIP_ID_NONE, _("Nobody"), NULL, NULL);
}

void
kip_office_choices_people (KipOffice  *office,
                           GListStore *choices)
{
  GPtrArray *people = kip_office_get_people (office);

  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);
      g_autoptr (KipChoiceItem) item = kip_choice_item_for_person (person);

      if (!person->deleted)
        g_list_store_append (choices, item);
    }
}

void
kip_office_choices_teams (KipOffice  *office,
                          GListStore *choices)
{
  GPtrArray *teams = kip_office_get_teams (office);

  for (guint i = 0; i < teams->len; i++)
    {
      const KipTeam *team = g_ptr_array_index (teams, i);

      if (!team->deleted)
        add (choices, team->id, team->name, NULL, NULL);
    }
  add_none (choices);
}

void
kip_office_choices_categories (KipOffice  *office,
                               GListStore *choices)
{
  GPtrArray *categories = kip_office_get_categories (office);

  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);

      if (!category->deleted)
        add (choices, category->id, category->path, NULL, category->folded);
    }
  add_none (choices);
}

void
kip_office_choices_assets (KipOffice  *office,
                           GListStore *choices)
{
  GPtrArray *assets = kip_office_get_assets (office);

  for (guint i = 0; i < assets->len; i++)
    {
      const KipAsset *asset = g_ptr_array_index (assets, i);

      if (!asset->deleted)
        add (choices, asset->id, asset->name, asset->serial, asset->folded);
    }
  add_none (choices);
}

void
kip_office_choices_statuses (KipOffice  *office,
                             GListStore *choices)
{
  GPtrArray *statuses = kip_office_get_statuses (office);

  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (statuses, i);

      if (!status->deleted)
        add (choices, status->id, status->name, status->pause != KIP_PAUSE_NONE ? _("pauses the clocks") : NULL, NULL);
    }
}

void
kip_office_choices_canned (KipOffice  *office,
                           GListStore *choices)
{
  GPtrArray *canned = kip_office_get_canned (office);

  for (guint i = 0; i < canned->len; i++)
    {
      const KipCanned *one = g_ptr_array_index (canned, i);

      if (!one->deleted)
        add (choices, one->id, one->name, NULL, NULL);
    }
}

void
kip_office_choices_channels (GListStore *choices)
{
  for (const KipChoice *channel = kip_schema_channels (); channel->key != NULL; channel++)
    add (choices, (KipId) channel->number, _(channel->label), NULL, NULL);
}
