/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-arriving.h"
#include "kip-sync-repair.h"

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
      return g_strdup (_("Another office’s file, everything kept here"));
    case KIP_SYNC_NEWER:
      return g_strdup (_("Newer Kip needed, everything kept here"));
    case KIP_SYNC_NO_KEY:
      return g_strdup (_("No key for the shared file, everything kept here"));
    case KIP_SYNC_DAMAGED:
      return g_strdup (_("Shared file damaged, everything kept here"));
    case KIP_SYNC_MOVED:
      return g_strdup (_("Shared file moved, everything kept here"));
    case KIP_SYNC_REMOVED:
      return g_strdup (_("Removed, everything kept here"));
    case KIP_SYNC_MISSING:
      return g_strdup (_("Shared file gone, everything kept here"));
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
  if (status->is_out)
    return g_strdup (_("Removed from the office, read-only"));
  if (status->away_since != KIP_INSTANT_NONE)
    return away_label (status, zone);
  if (status->arriving_of > 0)
    return kip_sync_arriving_words (status->arriving, status->arriving_of, status->n_arrived);
  if (status->cloned != 0)
    return g_strdup (_("Two computers write as one"));
  if (status->n_to_send > 0)
    return g_strdup_printf (ngettext ("%u change to send", "%u changes to send", status->n_to_send), status->n_to_send);
  if (status->n_files_to_send > 0)
    return g_strdup_printf (ngettext ("%u file to send", "%u files to send", status->n_files_to_send), status->n_files_to_send);
  return status->shared_at != KIP_INSTANT_NONE ? shared_label (status, zone) : g_strdup (_("Looking at the share…"));
}

/* A profile that was copied, or a database put back from a backup and used on beside the newer one. */
static char *
cloned_sentence (guint32 device)
{
  g_autofree char *letters = kip_id_device_letters (device);

  /* Translators: the letters of a computer, as in the numbers of its tickets */
  return g_strdup_printf (_("Two computers write as computer %s: a data folder was copied, or an older one was put back. What each of them wrote is kept where it was written. As soon as both have reached the shared file, one of them gets a number of its own by itself, and everybody sees what both wrote."),
                          letters);
}

static char *
gave_way_sentence (guint32 device)
{
  g_autofree char *letters = kip_id_device_letters (device);

  /* Translators: the letters of a computer, as in the numbers of its tickets */
  return g_strdup_printf (_("This computer wrote as computer %s, as another one did: a data folder was copied, or an older one was put back. It has a number of its own now. Everything that was written on either is kept and shared; tickets that were new here have new numbers."),
                          letters);
}

char *
kip_sync_status_sentence (const KipSyncStatus *status,
                          GTimeZone           *zone)
{
  KipRepair repair;

  if (status->is_out && kip_repair_for (status, &repair))
    return g_strdup (repair.text);
  if (status->problem != NULL)
    return g_strdup (status->problem);
  if (status->is_shared && status->cloned != 0)
    return cloned_sentence (status->cloned);
  if (status->is_shared && status->gave_way != 0 && status->n_to_send == 0)
    return gave_way_sentence (status->gave_way);
  if (status->arriving_of > 0)
    return g_strdup (_("Tickets are arriving from the shared file. You can work with those that are here, and what you change is kept. If the share goes away or you quit, it goes on from there."));
  if (!status->is_shared)
    return g_strdup (_("Every change is on the disk of this computer as soon as you make it. The office is not shared with other computers."));
  if (status->n_to_send > 0)
    return g_strdup (_("Every change is on the disk of this computer; the newest are on their way to the others."));
  if (status->n_files_to_send > 0)
    return g_strdup (_("Every change is on the disk of this computer and in the shared file; attached files are on their way to the others."));
  return g_strdup (_("Every change is on the disk of this computer and in the shared file."));
}
