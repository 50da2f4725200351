/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-office.h"

/* The name that it is known by first; then the others that there are. */
static void
tell (KipQueryNameFunc func,
      gpointer         data,
      KipId            id,
      gboolean         current,
      const char      *name,
      const char      *second,
      const char      *third)
{
  func (id, name != NULL ? name : "", current, data);
  if (second != NULL && *second != '\0')
    func (id, second, current, data);
  if (third != NULL && *third != '\0')
    func (id, third, current, data);
}

static void
people (KipOffice       *office,
        gboolean         agents,
        KipQueryNameFunc func,
        gpointer         data)
{
  GPtrArray *all = kip_office_get_people (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (all, i);
      gboolean current = !person->deleted && (!agents || person->role != KIP_ROLE_REQUESTER);

      tell (func, data, person->id, current, person->name, person->phone, person->mail);
    }
}

static void
teams (KipOffice       *office,
       KipQueryNameFunc func,
       gpointer         data)
{
  GPtrArray *all = kip_office_get_teams (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipTeam *team = g_ptr_array_index (all, i);

      tell (func, data, team->id, !team->deleted, team->name, NULL, NULL);
    }
}

static void
categories (KipOffice       *office,
            KipQueryNameFunc func,
            gpointer         data)
{
  GPtrArray *all = kip_office_get_categories (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (all, i);

      tell (func, data, category->id, !category->deleted, category->name, category->path, NULL);
    }
}

static void
statuses (KipOffice       *office,
          KipQueryNameFunc func,
          gpointer         data)
{
  GPtrArray *all = kip_office_get_statuses (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (all, i);

      tell (func, data, status->id, !status->deleted, status->name, status->key, NULL);
    }
}

static void
assets (KipOffice       *office,
        KipQueryNameFunc func,
        gpointer         data)
{
  GPtrArray *all = kip_office_get_assets (office);

  for (guint i = 0; i < all->len; i++)
    {
      const KipAsset *asset = g_ptr_array_index (all, i);

      tell (func, data, asset->id, !asset->deleted, asset->name, asset->serial, NULL);
    }
}

static void
office_names (const KipQueryResolver *resolver,
              KipQueryNames           names,
              KipQueryNameFunc        func,
              gpointer                func_data)
{
  KipOffice *office = resolver->data;

  switch (names)
    {
    case KIP_QUERY_NAMES_PERSON:
    case KIP_QUERY_NAMES_AGENT:
      people (office, names == KIP_QUERY_NAMES_AGENT, func, func_data);
      break;
    case KIP_QUERY_NAMES_TEAM:
      teams (office, func, func_data);
      break;
    case KIP_QUERY_NAMES_CATEGORY:
      categories (office, func, func_data);
      break;
    case KIP_QUERY_NAMES_STATUS:
      statuses (office, func, func_data);
      break;
    case KIP_QUERY_NAMES_ASSET:
      assets (office, func, func_data);
      break;
    case KIP_QUERY_NAMES_NONE:
    default:
      break;
    }
}

static gboolean
holds (const GArray *ids,
       KipId         id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, KipId, i) == id)
      return TRUE;
  return FALSE;
}

/* Parents come before their children, so one walk finds all that lies below. */
static void
office_below (const KipQueryResolver *resolver,
              KipId                   category,
              GArray                 *ids)
{
  GPtrArray *all = kip_office_get_categories (resolver->data);

  for (guint i = 0; i < all->len; i++)
    {
      const KipCategory *below = g_ptr_array_index (all, i);

      if (below->parent == category || (below->parent != KIP_ID_NONE && holds (ids, below->parent)))
        g_array_append_val (ids, below->id);
    }
}

static void
office_my_teams (const KipQueryResolver *resolver,
                 GArray                 *ids)
{
  const KipPerson *me = kip_office_person (resolver->data, resolver->me);

  if (me != NULL && me->teams != NULL)
    g_array_append_vals (ids, me->teams->data, me->teams->len);
}

void
kip_query_resolver_init (KipQueryResolver *resolver,
                         KipOffice        *office,
                         KipId             me)
{
  *resolver = (KipQueryResolver) {
    .data = office,
    .me = me,
    .names = office_names,
    .below = office_below,
    .my_teams = office_my_teams,
  };
}
