/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-alerts.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* Shows what KipAlerts says as desktop notifications with Open, Take and Snooze,
 * through libnotify.  Several at one moment are one notification.
 *
 * libnotify waits for the service in the calling thread, so before anything is
 * shown the service is asked, without waiting, whether it answers at all.  While
 * it does not, alerts are kept and "available" is FALSE, for the window to say so;
 * they are shown as soon as a service appears.
 *
 * Open activates the application's actions "show-ticket" (s: number) or, for
 * several, "show-query" (s).  Main thread only. */
#define KIP_TYPE_NOTIFIER (kip_notifier_get_type ())
G_DECLARE_FINAL_TYPE (KipNotifier, kip_notifier, KIP, NOTIFIER, GObject)

KipNotifier *kip_notifier_new (GApplication *application,
                               KipSession   *session,
                               KipAlerts    *alerts);

/* Shows what is no promise: @body under @title.  Opening it activates @action (nullable) of the application, with its
 * target: "show-ticket('A-214')". */
void kip_notifier_say (KipNotifier *notifier,
                       const char  *title,
                       const char  *body,
                       const char  *action);

/* Properties: "available", whether a notification service answered last;
 * "snooze-minutes", how long Snooze hushes a ticket. */
gboolean kip_notifier_is_available (KipNotifier *notifier);

G_END_DECLS
