/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lists of teams, categories, statuses, canned replies and assets. */

#include "kip-list-page.h"

#include <glib/gi18n-lib.h>

#include "kip-entity-page.h"
#include "kip-office-fields.h"
#include "kip-settings-commands.h"
#include "kip-settings-pages.h"

/* ---- a line about each ---- */

static guint
count_members (KipOffice *office,
               KipId      team)
{
  GPtrArray *people = kip_office_get_people (office);
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (people, i);

      for (guint j = 0; !person->deleted && j < person->teams->len; j++)
        n += g_array_index (person->teams, KipId, j) == team;
    }
  return n;
}

static char *
describe_team (KipOffice *office,
               KipId      id)
{
  guint n = count_members (office, id);

  return n == 0 ? g_strdup (_("no members yet: choose teams on each person's page"))
                : g_strdup_printf (ngettext ("%u member", "%u members", n), n);
}

static char *
describe_category (KipOffice *office,
                   KipId      id)
{
  const KipCategory *category = kip_office_category (office, id);
  const KipTeam *team = kip_office_team (office, category->team);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (team != NULL)
    g_ptr_array_add (parts, (gpointer) team->name);
  if (category->first_contact)
    g_ptr_array_add (parts, (gpointer) _("solved at first contact"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
describe_status (KipOffice *office,
                 KipId      id)
{
  const KipStatus *status = kip_office_status (office, id);
  const KipChoice *phase = kip_choice_find (kip_schema_phases (), status->phase);
  const KipChoice *pause = kip_choice_find (kip_schema_pauses (), status->pause);
  const char *phase_label = phase != NULL ? _(phase->label) : "";

  if (pause == NULL || status->pause == KIP_PAUSE_NONE)
    return g_strdup (phase_label);
  /* Translators: a status' phase, and what its clocks wait for. */
  return g_strdup_printf (_("%1$s · clocks pause: %2$s"), phase_label, _(pause->label));
}

static char *
describe_canned (KipOffice *office,
                 KipId      id)
{
  const KipCanned *canned = kip_office_canned (office, id);
  g_auto (GStrv) lines = g_strsplit (canned->text != NULL ? canned->text : "", "\n", -1);
  g_autofree char *text = g_strjoinv (" ", lines);

  return g_strdup (g_strstrip (text));
}

static char *
describe_asset (KipOffice *office,
                KipId      id)
{
  const KipAsset *asset = kip_office_asset (office, id);
  const KipPerson *owner = kip_office_person (office, asset->owner);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (asset->serial != NULL && *asset->serial != '\0')
    g_ptr_array_add (parts, (gpointer) asset->serial);
  if (owner != NULL)
    g_ptr_array_add (parts, (gpointer) owner->name);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static KipItemFlags
flags_of (KipStore            *store,
          KipKind              kind,
          const KipOfficeItem *item)
{
  if (item->deleted)
    return KIP_ITEM_ARCHIVED;
  if (kind == KIP_KIND_ASSET)
    return 0; /* by name */
  if (kip_office_why_needed (kip_store_get_office (store), kip_store_get_me (store), kind, item->id) != NULL)
    return KIP_ITEM_MOVABLE | KIP_ITEM_FIXED;
  return KIP_ITEM_MOVABLE;
}

static void
fill (KipStore          *store,
      const KipListKind *kind,
      gboolean           archived,
      GArray            *rows)
{
  KipOffice *office = kip_store_get_office (store);
  g_autoptr (GArray) items = kip_office_list_items (office, kind->kind, archived);

  for (guint i = 0; i < items->len; i++)
    {
      const KipOfficeItem *item = &g_array_index (items, KipOfficeItem, i);
      KipItem row = { item->id, g_strdup (item->name), kind->describe (office, item->id), NULL, item->depth, 0 };

      row.flags = flags_of (store, kind->kind, item);
      g_array_append_val (rows, row);
    }
}

/* ---- order ---- */

static GArray *
siblings (KipStore          *store,
          const KipListKind *kind,
          KipId              id)
{
  KipOffice *office = kip_store_get_office (store);
  g_autoptr (GArray) items = kip_office_list_items (office, kind->kind, FALSE);
  const KipCategory *moved = kind->kind == KIP_KIND_CATEGORY ? kip_office_category (office, id) : NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; i < items->len; i++)
    {
      KipId other = g_array_index (items, KipOfficeItem, i).id;

      if (moved == NULL || kip_office_category (office, other)->parent == moved->parent)
        g_array_append_val (ids, other);
    }
  return ids;
}

/* A category that is dropped before another becomes its sibling. */
static KipChange *
place_category (KipStore *store,
                KipId     id,
                KipId     before)
{
  const KipCategory *target = kip_office_category (kip_store_get_office (store), before);

  return kip_command_move_category (store, id, target != NULL ? target->parent : KIP_ID_NONE, before);
}

/* ---- public ---- */

static const KipListKind kinds[] = {
  { KIP_KIND_TEAM, FALSE, fill, siblings, kip_entity_page_new, describe_team, NULL },
  { KIP_KIND_CATEGORY, FALSE, fill, siblings, kip_entity_page_new, describe_category, place_category },
  { KIP_KIND_STATUS, FALSE, fill, siblings, kip_entity_page_new, describe_status, NULL },
  { KIP_KIND_CANNED, FALSE, fill, siblings, kip_entity_page_new, describe_canned, NULL },
  { KIP_KIND_ASSET, FALSE, fill, siblings, kip_entity_page_new, describe_asset, NULL },
};

KIP_DEFINE_LIST_PAGE (kip_teams_page_new, &kinds[0])
KIP_DEFINE_LIST_PAGE (kip_categories_page_new, &kinds[1])
KIP_DEFINE_LIST_PAGE (kip_statuses_page_new, &kinds[2])
KIP_DEFINE_LIST_PAGE (kip_canned_page_new, &kinds[3])
KIP_DEFINE_LIST_PAGE (kip_assets_page_new, &kinds[4])
