/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-pick-rows.h"

#include <glib/gi18n-lib.h>

#include "kip-verdict.h"

void
kip_pick_row_fill_choices (KipPickRow      *row,
                           const KipChoice *choices)
{
  kip_pick_row_begin (row);
  for (guint i = 0; choices[i].key != NULL; i++)
    kip_pick_row_add (row, choices[i].number, _(choices[i].label));
  kip_pick_row_end (row);
}

static char *
label_of (KipOffice           *office,
          KipKind              kind,
          const KipOfficeItem *item)
{
  const KipCategory *category = kind == KIP_KIND_CATEGORY ? kip_office_category (office, item->id) : NULL;
  const char *name = category != NULL ? category->path : item->name;

  return item->deleted ? g_strdup_printf (_("%s (archived)"), name) : g_strdup (name);
}

void
kip_pick_row_fill_items (KipPickRow *row,
                         KipOffice  *office,
                         KipKind     kind,
                         const char *none,
                         KipId       not_below)
{
  g_autoptr (GArray) items = kip_office_list_items (office, kind, TRUE);

  kip_pick_row_begin (row);
  if (none != NULL)
    kip_pick_row_add (row, 0, none);
  for (guint i = 0; i < items->len; i++)
    {
      const KipOfficeItem *item = &g_array_index (items, KipOfficeItem, i);
      g_autofree char *label = label_of (office, kind, item);

      if (item->deleted && (gint64) item->id != kip_pick_row_get_value (row))
        continue;
      if (not_below != KIP_ID_NONE && kip_office_is_below (office, not_below, item->id))
        continue;
      kip_pick_row_add (row, (gint64) item->id, label);
    }
  kip_pick_row_end (row);
}

void
kip_pick_row_fill_agents (KipPickRow *row,
                          KipOffice  *office)
{
  GPtrArray *agents = kip_office_get_agents (office);

  kip_pick_row_begin (row);
  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (agents, i);

      kip_pick_row_add (row, (gint64) person->id, person->name);
    }
  kip_pick_row_end (row);
}

void
kip_pick_row_fill_calendars (KipPickRow    *row,
                             KipAgreements *agreements,
                             const char    *none)
{
  GPtrArray *calendars = kip_agreements_get_calendars (agreements);

  kip_pick_row_begin (row);
  if (none != NULL)
    kip_pick_row_add (row, 0, none);
  for (guint i = 0; i < calendars->len; i++)
    {
      const KipCalendarVersion *calendar = g_ptr_array_index (calendars, i);

      kip_pick_row_add (row, (gint64) calendar->id, calendar->name);
    }
  kip_pick_row_end (row);
}

void
kip_pick_row_fill_whose (KipPickRow *row,
                         KipOffice  *office)
{
  GPtrArray *teams = kip_office_get_teams (office), *agents = kip_office_get_agents (office);

  kip_pick_row_begin (row);
  kip_pick_row_add (row, 0, _("Everybody"));
  for (guint i = 0; i < teams->len; i++)
    {
      const KipTeam *team = g_ptr_array_index (teams, i);
      g_autofree char *label = kip_goal_whose (office, team->id, KIP_ID_NONE);

      if (!team->deleted)
        kip_pick_row_add (row, (gint64) team->id, label);
    }
  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *agent = g_ptr_array_index (agents, i);

      kip_pick_row_add (row, -(gint64) agent->id, agent->name);
    }
  kip_pick_row_end (row);
}
