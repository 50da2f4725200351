/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lists of calendars, policies and outages. */

#include "kip-list-page.h"

#include <glib/gi18n-lib.h>

#include "kip-agreement-words.h"
#include "kip-calendar-page.h"
#include "kip-outage-page.h"
#include "kip-policy-page.h"
#include "kip-settings-pages.h"

typedef GPtrArray *(*ListFunc) (KipAgreements *agreements);

/* Fills in @item, and adds to its flags. */
typedef void (*TellFunc) (KipStore     *store,
                          gconstpointer thing,
                          KipItem      *item);

/* What a list shows of the things of one kind. */
typedef struct
{
  KipKind      kind;
  ListFunc     list;
  TellFunc     tell;
  KipItemFlags flags;
  gboolean     newest_first;
} Agreed;

static void
tell_calendar (KipStore     *store,
               gconstpointer thing,
               KipItem      *item)
{
  const KipCalendarVersion *calendar = thing;

  item->id = calendar->id;
  item->title = g_strdup (calendar->name);
  item->subtitle = kip_calendar_describe (calendar);
  if (calendar->id != kip_office_get_calendar (kip_store_get_office (store)))
    return;
  item->badge = g_strdup (_("the office's"));
  item->flags |= KIP_ITEM_FIXED;
}

static void
tell_policy (KipStore     *store,
             gconstpointer thing,
             KipItem      *item)
{
  const KipPolicy *policy = thing;

  item->id = policy->id;
  item->title = g_strdup (policy->name);
  item->subtitle = kip_policy_describe (policy);
  if (!policy->is_default || (item->flags & KIP_ITEM_ARCHIVED))
    return;
  item->badge = g_strdup (_("default"));
  item->flags = KIP_ITEM_FIXED;
}

static void
tell_outage (KipStore     *store,
             gconstpointer thing,
             KipItem      *item)
{
  const KipOutage *outage = thing;

  item->id = outage->id;
  item->title = g_strdup (kip_outage_get_title (outage));
  item->subtitle = kip_outage_describe (outage);
  if (outage->end == KIP_INSTANT_NONE)
    item->badge = g_strdup (_("still going on"));
}

static const Agreed all_agreed[] = {
  { KIP_KIND_CALENDAR, kip_agreements_get_calendars, tell_calendar, KIP_ITEM_MOVABLE, FALSE },
  { KIP_KIND_POLICY, kip_agreements_get_policies, tell_policy, KIP_ITEM_MOVABLE, FALSE },
  { KIP_KIND_OUTAGE, kip_agreements_get_outages, tell_outage, KIP_ITEM_DECLARED, TRUE },
};

static void
append (KipStore     *store,
        const Agreed *agreed,
        GPtrArray    *things,
        KipItemFlags  flags,
        GArray       *items)
{
  for (guint i = 0; i < things->len; i++)
    {
      KipItem item = { .flags = flags };

      agreed->tell (store, g_ptr_array_index (things, agreed->newest_first ? things->len - 1 - i : i), &item);
      g_array_append_val (items, item);
    }
}

static void
fill (KipStore          *store,
      const KipListKind *kind,
      gboolean           archived,
      GArray            *items)
{
  KipAgreements *agreements = kip_store_get_agreements (store);
  g_autoptr (GPtrArray) old = kip_agreements_get_archived (agreements, kind->kind);
  const Agreed *agreed = all_agreed;

  while (agreed->kind != kind->kind)
    agreed++;
  append (store, agreed, agreed->list (agreements), agreed->flags, items);
  if (archived)
    append (store, agreed, old, (agreed->flags & ~KIP_ITEM_MOVABLE) | KIP_ITEM_ARCHIVED, items);
}

/* ---- order ---- */

/* Those that can be moved; the default policy comes last anyway. */
static GArray *
siblings (KipStore          *store,
          const KipListKind *kind,
          KipId              id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) items = kip_item_array_new ();

  kind->fill (store, kind, FALSE, items);
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, KipItem, i).flags & KIP_ITEM_MOVABLE)
      g_array_append_val (ids, g_array_index (items, KipItem, i).id);
  return ids;
}

/* ---- public ---- */

static GtkWidget *
edit (KipSession *session,
      KipKind     kind,
      KipId       id)
{
  if (kind == KIP_KIND_CALENDAR)
    return kip_calendar_page_new (session, id);
  if (kind == KIP_KIND_POLICY)
    return kip_policy_page_new (session, id);
  return kip_outage_page_new (session, id);
}

/* A calendar's place and whether it is offered move no deadline. */
static const KipListKind kinds[] = {
  { KIP_KIND_CALENDAR, FALSE, fill, siblings, edit, NULL, NULL },
  { KIP_KIND_POLICY, TRUE, fill, siblings, edit, NULL, NULL },
  { KIP_KIND_OUTAGE, TRUE, fill, siblings, edit, NULL, NULL },
};

KIP_DEFINE_LIST_PAGE (kip_calendars_page_new, &kinds[0])
KIP_DEFINE_LIST_PAGE (kip_policies_page_new, &kinds[1])
KIP_DEFINE_LIST_PAGE (kip_outages_page_new, &kinds[2])
