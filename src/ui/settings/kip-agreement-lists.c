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

/* Appends what @all says, put away or not.  Takes what is in @item. */
static void
append (GArray      *items,
        KipItem      item,
        const char  *badge,
        KipItemFlags flags)
{
  item.badge = g_strdup (badge);
  item.flags = flags;
  g_array_append_val (items, item);
}

/* ---- calendars ---- */

static void
append_calendars (GPtrArray   *calendars,
                  KipId        office,
                  KipItemFlags flags,
                  GArray      *items)
{
  for (guint i = 0; i < calendars->len; i++)
    {
      const KipCalendarVersion *calendar = g_ptr_array_index (calendars, i);
      gboolean is_office = calendar->id == office;

      append (items, (KipItem) { calendar->id, g_strdup (calendar->name), kip_calendar_describe (calendar) },
              is_office ? _("the office's") : NULL, is_office ? flags | KIP_ITEM_FIXED : flags);
    }
}

static void
fill_calendars (KipStore          *store,
                const KipListKind *kind,
                gboolean           archived,
                GArray            *items)
{
  KipAgreements *agreements = kip_store_get_agreements (store);
  KipId office = kip_office_get_calendar (kip_store_get_office (store));
  g_autoptr (GPtrArray) old = kip_agreements_get_archived (agreements, kind->kind);

  append_calendars (kip_agreements_get_calendars (agreements), office, KIP_ITEM_MOVABLE, items);
  if (archived)
    append_calendars (old, office, KIP_ITEM_ARCHIVED, items);
}

/* ---- policies ---- */

static void
append_policies (GPtrArray   *policies,
                 KipItemFlags flags,
                 GArray      *items)
{
  for (guint i = 0; i < policies->len; i++)
    {
      const KipPolicy *policy = g_ptr_array_index (policies, i);
      gboolean is_default = policy->is_default && !(flags & KIP_ITEM_ARCHIVED);

      append (items, (KipItem) { policy->id, g_strdup (policy->name), kip_policy_describe (policy) },
              is_default ? _("default") : NULL, is_default ? KIP_ITEM_FIXED : flags);
    }
}

static void
fill_policies (KipStore          *store,
               const KipListKind *kind,
               gboolean           archived,
               GArray            *items)
{
  KipAgreements *agreements = kip_store_get_agreements (store);
  g_autoptr (GPtrArray) old = kip_agreements_get_archived (agreements, kind->kind);

  append_policies (kip_agreements_get_policies (agreements), KIP_ITEM_MOVABLE, items);
  if (archived)
    append_policies (old, KIP_ITEM_ARCHIVED, items);
}

/* ---- outages ---- */

/* The newest first. */
static void
append_outages (GPtrArray   *outages,
                KipItemFlags flags,
                GArray      *items)
{
  for (guint i = outages->len; i > 0; i--)
    {
      const KipOutage *outage = g_ptr_array_index (outages, i - 1);

      append (items, (KipItem) { outage->id, g_strdup (kip_outage_get_title (outage)), kip_outage_describe (outage) },
              outage->end == KIP_INSTANT_NONE ? _("still going on") : NULL, flags);
    }
}

static void
fill_outages (KipStore          *store,
              const KipListKind *kind,
              gboolean           archived,
              GArray            *items)
{
  KipAgreements *agreements = kip_store_get_agreements (store);
  g_autoptr (GPtrArray) old = kip_agreements_get_archived (agreements, kind->kind);

  append_outages (kip_agreements_get_outages (agreements), KIP_ITEM_DECLARED, items);
  if (archived)
    append_outages (old, KIP_ITEM_DECLARED | KIP_ITEM_ARCHIVED, items);
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
  { KIP_KIND_CALENDAR, FALSE, fill_calendars, siblings, edit, NULL, NULL },
  { KIP_KIND_POLICY, TRUE, fill_policies, siblings, edit, NULL, NULL },
  { KIP_KIND_OUTAGE, TRUE, fill_outages, siblings, edit, NULL, NULL },
};

GtkWidget *
kip_calendars_page_new (KipSession *session)
{
  return kip_list_page_new (session, &kinds[0]);
}

GtkWidget *
kip_policies_page_new (KipSession *session)
{
  return kip_list_page_new (session, &kinds[1]);
}

GtkWidget *
kip_outages_page_new (KipSession *session)
{
  return kip_list_page_new (session, &kinds[2]);
}
