/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync.h"

#include <glib/gi18n-lib.h>

static char *
time_of (KipInstant instant,
         GTimeZone *zone)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (instant, zone);

  return g_date_time_format (local, "%H:%M");
}

static char *
shared_label (const KipSyncStatus *status,
              GTimeZone           *zone)
{
  g_autofree char *at = time_of (status->shared_at, zone);

  if (status->n_members < 2)
    return g_strdup_printf (_("Shared %s"), at);
  return g_strdup_printf (_("Shared %s, seen by %u of %u"), at, status->n_seen, status->n_members);
}

static char *
away_label (const KipSyncStatus *status,
            GTimeZone           *zone)
{
  g_autofree char *since = time_of (status->away_since, zone);

  switch (status->state)
    {
    case KIP_SYNC_FULL:
      return g_strdup (_("Share full, everything kept here"));
    case KIP_SYNC_READ_ONLY:
      return g_strdup (_("Share read-only, everything kept here"));
    case KIP_SYNC_FOREIGN:
    case KIP_SYNC_NEWER:
    case KIP_SYNC_NO_KEY:
    case KIP_SYNC_DAMAGED:
    case KIP_SYNC_MISSING:
      return g_strdup (_("Not shared now, everything kept here"));
    case KIP_SYNC_OFFLINE:
    case KIP_SYNC_DONE:
    case KIP_SYNC_MORE:
    case KIP_SYNC_BUSY:
    default:
      return g_strdup_printf (_("Share away since %s, everything kept here"), since);
    }
}

char *
kip_sync_status_label (const KipSyncStatus *status,
                       GTimeZone           *zone)
{
  if (!status->is_shared)
    return g_strdup (_("Kept here"));
  if (status->away_since != KIP_INSTANT_NONE)
    return away_label (status, zone);
  if (status->n_to_send > 0)
    return g_strdup_printf (ngettext ("%u change to send", "%u changes to send", status->n_to_send), status->n_to_send);
  if (status->n_files_to_send > 0)
    return g_strdup_printf (ngettext ("%u file to send", "%u files to send", status->n_files_to_send), status->n_files_to_send);
  return status->shared_at != KIP_INSTANT_NONE ? shared_label (status, zone) : g_strdup (_("Looking at the share…"));
}

char *
kip_sync_status_sentence (const KipSyncStatus *status,
                          GTimeZone           *zone)
{
  if (status->problem != NULL)
    return g_strdup (status->problem);
  if (!status->is_shared)
    return g_strdup (_("Every change is on the disk of this computer as soon as you make it. The office is not shared with other computers."));
  if (status->n_to_send > 0)
    return g_strdup (_("Every change is on the disk of this computer; the newest are on their way to the others."));
  if (status->n_files_to_send > 0)
    return g_strdup (_("Every change is on the disk of this computer and in the shared file; attached files are on their way to the others."));
  return g_strdup (_("Every change is on the disk of this computer and in the shared file."));
}
