/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- one of each kind as an item ---- */

static KipOfficeItem
item_of (KipKind       kind,
         gconstpointer data)
{
  const KipPerson *person = data;
  const KipTeam *team = data;
  const KipCategory *category = data;
  const KipStatus *status = data;
  const KipCanned *canned = data;
  const KipAsset *asset = data;

  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      return (KipOfficeItem) { person->id, person->name, person->deleted, 0 };
    case KIP_KIND_TEAM:
      return (KipOfficeItem) { team->id, team->name, team->deleted, 0 };
    case KIP_KIND_CATEGORY:
      return (KipOfficeItem) { category->id, category->name, category->deleted, 0 };
    case KIP_KIND_STATUS:
      return (KipOfficeItem) { status->id, status->name, status->deleted, 0 };
    case KIP_KIND_ASSET:
      return (KipOfficeItem) { asset->id, asset->name, asset->deleted, 0 };
    default:
      return (KipOfficeItem) { canned->id, canned->name, canned->deleted, 0 };
    }
}

static GPtrArray *
all_of (KipOffice *office,
        KipKind    kind)
{
  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      return kip_office_get_people (office);
    case KIP_KIND_TEAM:
      return kip_office_get_teams (office);
    case KIP_KIND_CATEGORY:
      return kip_office_get_categories (office);
    case KIP_KIND_STATUS:
      return kip_office_get_statuses (office);
    case KIP_KIND_CANNED:
      return kip_office_get_canned (office);
    case KIP_KIND_ASSET:
      return kip_office_get_assets (office);
    default:
      return NULL;
    }
}

/* ---- lists ---- */

/* Appends the categories under @parent, each followed by its own. */
static void
append_below (GArray    *items,
              GPtrArray *categories,
              KipId      parent,
              guint      depth,
              gboolean   with_deleted)
{
  for (guint i = 0; i < categories->len; i++)
    {
      const KipCategory *category = g_ptr_array_index (categories, i);
      KipOfficeItem item = { category->id, category->name, category->deleted, depth };

      if (category->parent != parent || (category->deleted && !with_deleted))
        continue;
      g_array_append_val (items, item);
      append_below (items, categories, category->id, depth + 1, with_deleted);
    }
}

GArray *
kip_office_list_items (KipOffice *office,
                       KipKind    kind,
                       gboolean   with_deleted)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (KipOfficeItem));
  GPtrArray *all = all_of (office, kind);

  if (kind == KIP_KIND_CATEGORY)
    append_below (items, all, KIP_ID_NONE, 0, with_deleted);
  else
    for (guint i = 0; all != NULL && i < all->len; i++)
      {
        KipOfficeItem item = item_of (kind, g_ptr_array_index (all, i));

        if (!item.deleted || with_deleted)
          g_array_append_val (items, item);
      }
  return items;
}

static gconstpointer
find (KipOffice *office,
      KipKind    kind,
      KipId      id)
{
  switch ((int) kind)
    {
    case KIP_KIND_PERSON:
      return kip_office_person (office, id);
    case KIP_KIND_TEAM:
      return kip_office_team (office, id);
    case KIP_KIND_CATEGORY:
      return kip_office_category (office, id);
    case KIP_KIND_STATUS:
      return kip_office_status (office, id);
    case KIP_KIND_CANNED:
      return kip_office_canned (office, id);
    case KIP_KIND_ASSET:
      return kip_office_asset (office, id);
    default:
      return NULL;
    }
}

gboolean
kip_office_find_item (KipOffice     *office,
                      KipKind        kind,
                      KipId          id,
                      KipOfficeItem *item)
{
  gconstpointer data = find (office, kind, id);

  if (data != NULL)
    *item = item_of (kind, data);
  return data != NULL;
}

gboolean
kip_office_is_below (KipOffice *office,
                     KipId      category,
                     KipId      other)
{
  while (other != KIP_ID_NONE && other != category)
    {
      const KipCategory *at = kip_office_category (office, other);

      other = at != NULL ? at->parent : KIP_ID_NONE;
    }
  return other == category;
}

/* ---- fields ---- */

static KipValue *
value_of_number (gint64 number)
{
  return number != 0 ? kip_value_int (number) : kip_value_none ();
}

static KipValue *
person_value (const KipPerson *person,
              KipField         field)
{
  switch ((int) field)
    {
    case KIP_FIELD_PHONE:
      return kip_value_text (person->phone);
    case KIP_FIELD_MAIL:
      return kip_value_text (person->mail);
    case KIP_FIELD_DEPARTMENT:
      return kip_value_text (person->department);
    case KIP_FIELD_NOTE:
      return kip_value_text (person->note);
    case KIP_FIELD_VIP:
      return value_of_number (person->vip);
    case KIP_FIELD_ROLE:
      return kip_value_int (person->role);
    case KIP_FIELD_PERSON_CALENDAR:
      return value_of_number ((gint64) person->calendar);
    default:
      return kip_value_none ();
    }
}

static KipValue *
category_value (const KipCategory *category,
                KipField           field)
{
  switch ((int) field)
    {
    case KIP_FIELD_CATEGORY_PARENT:
      return value_of_number ((gint64) category->parent);
    case KIP_FIELD_CATEGORY_TEAM:
      return value_of_number ((gint64) category->team);
    case KIP_FIELD_FIRST_CONTACT:
      return value_of_number (category->first_contact);
    case KIP_FIELD_POSITION:
      return value_of_number (category->position);
    default:
      return kip_value_none ();
    }
}

static KipValue *
status_value (const KipStatus *status,
              KipField         field)
{
  switch ((int) field)
    {
    case KIP_FIELD_PHASE:
      return kip_value_int (status->phase);
    case KIP_FIELD_PAUSES:
      return kip_value_int (status->pause);
    case KIP_FIELD_KEY:
      return kip_value_text (status->key);
    case KIP_FIELD_POSITION:
      return value_of_number (status->position);
    default:
      return kip_value_none ();
    }
}

static KipValue *
office_value (KipOffice *office,
              KipField   field)
{
  switch ((int) field)
    {
    case KIP_FIELD_NAME:
      return kip_value_text (kip_office_get_name (office));
    case KIP_FIELD_LANGUAGE:
      return kip_value_text (kip_office_get_language (office));
    case KIP_FIELD_OFFICE_CALENDAR:
      return value_of_number ((gint64) kip_office_get_calendar (office));
    case KIP_FIELD_MATRIX:
      return kip_matrix_to_value (kip_office_get_matrix (office));
    default:
      return kip_value_none ();
    }
}

static KipValue *
other_value (KipKind       kind,
             gconstpointer data,
             KipField      field)
{
  if (kind == KIP_KIND_TEAM && field == KIP_FIELD_POSITION)
    return value_of_number (((const KipTeam *) data)->position);
  if (kind == KIP_KIND_CANNED && field == KIP_FIELD_POSITION)
    return value_of_number (((const KipCanned *) data)->position);
  if (kind == KIP_KIND_CANNED && field == KIP_FIELD_TEXT)
    return kip_value_text (((const KipCanned *) data)->text);
  if (kind == KIP_KIND_ASSET && field == KIP_FIELD_SERIAL)
    return kip_value_text (((const KipAsset *) data)->serial);
  if (kind == KIP_KIND_ASSET && field == KIP_FIELD_ASSET_OWNER)
    return value_of_number ((gint64) ((const KipAsset *) data)->owner);
  return kip_value_none ();
}

KipValue *
kip_office_get_value (KipOffice *office,
                      KipKind    kind,
                      KipId      id,
                      KipField   field)
{
  KipOfficeItem item;

  if (kind == KIP_KIND_OFFICE)
    return office_value (office, field);
  if (!kip_office_find_item (office, kind, id, &item))
    return kip_value_none ();
  if (field == KIP_FIELD_NAME)
    return kip_value_text (item.name);
  if (field == KIP_FIELD_DELETED)
    return value_of_number (item.deleted);
  if (kind == KIP_KIND_PERSON)
    return person_value (find (office, kind, id), field);
  if (kind == KIP_KIND_CATEGORY)
    return category_value (find (office, kind, id), field);
  if (kind == KIP_KIND_STATUS)
    return status_value (find (office, kind, id), field);
  return other_value (kind, find (office, kind, id), field);
}

/* A phase that a ticket must be able to reach, with no other status left for it. */
static gboolean
is_last_of_phase (KipOffice       *office,
                  const KipStatus *status)
{
  GPtrArray *statuses = kip_office_get_statuses (office);

  if (status->phase == KIP_PHASE_WAITING || status->phase == KIP_PHASE_SCHEDULED)
    return FALSE;
  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatus *other = g_ptr_array_index (statuses, i);

      if (other != status && !other->deleted && other->phase == status->phase)
        return FALSE;
    }
  return TRUE;
}

const char *
kip_office_why_needed (KipOffice *office,
                       KipId      me,
                       KipKind    kind,
                       KipId      id)
{
  const KipStatus *status = kind == KIP_KIND_STATUS ? kip_office_status (office, id) : NULL;

  if (kind == KIP_KIND_PERSON && id == me)
    return _("This is you. Choose another person as yourself first, on the Office page.");
  if (status != NULL && is_last_of_phase (office, status))
    return _("Tickets need at least one status of this phase. Add another one first.");
  return NULL;
}

gint64
kip_office_last_position (KipOffice *office,
                          KipKind    kind,
                          KipId      parent)
{
  g_autoptr (GArray) items = kip_office_list_items (office, kind, TRUE);
  gint64 last = 0;

  for (guint i = 0; i < items->len; i++)
    {
      KipId id = g_array_index (items, KipOfficeItem, i).id;
      g_autoptr (KipValue) position = kip_office_get_value (office, kind, id, KIP_FIELD_POSITION);

      if (kind != KIP_KIND_CATEGORY || kip_office_category (office, id)->parent == parent)
        last = MAX (last, kip_value_get_int (position, 0));
    }
  return last;
}

/* ---- order ---- */

static guint
index_of (const KipId *ids,
          guint        n,
          KipId        id)
{
  guint i = 0;

  while (i < n && ids[i] != id)
    i++;
  return i;
}

gboolean
kip_ids_move (KipId *ids,
              guint  n,
              KipId  id,
              int    step)
{
  guint from = index_of (ids, n, id);
  guint to = from + step;

  if (from == n || to >= n)
    return FALSE;
  ids[from] = ids[to];
  ids[to] = id;
  return TRUE;
}

gboolean
kip_ids_move_before (KipId *ids,
                     guint  n,
                     KipId  id,
                     KipId  before)
{
  guint from = index_of (ids, n, id);
  guint to = before != KIP_ID_NONE ? index_of (ids, n, before) : n;

  if (from == n || id == before)
    return FALSE;
  if (to > from)
    to--;
  if (to == from)
    return FALSE;
  if (to > from)
    memmove (&ids[from], &ids[from + 1], (to - from) * sizeof (KipId));
  else
    memmove (&ids[to + 1], &ids[to], (from - to) * sizeof (KipId));
  ids[to] = id;
  return TRUE;
}
