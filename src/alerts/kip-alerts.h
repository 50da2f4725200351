/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alert-rules.h"

G_BEGIN_DECLS

/* Watches the promises and says when one is in danger: exactly at the threshold,
 * once across restarts, several at one moment together.  What was passed while the
 * program was closed or the machine asleep comes as one summary.
 *
 * It looks again when the store changes, at the next threshold, when the clock is
 * set and after a suspend.  What is due is looked up in a worker thread.  Main
 * thread only; emits on the main context in which it was made.
 *
 * Signals:
 * "alert" (GArray of KipAlert, gboolean summary): to be shown now, the most urgent
 *   first; @summary: at least one was passed more than five minutes ago.
 * "agenda" (guint due_today, guint overdue): the morning's agenda of this person. */
#define KIP_TYPE_ALERTS (kip_alerts_get_type ())
G_DECLARE_FINAL_TYPE (KipAlerts, kip_alerts, KIP, ALERTS, GObject)

KipAlerts *kip_alerts_new (KipStore     *store,
                           KipAlertStyle style);
void       kip_alerts_set_style (KipAlerts    *alerts,
                                 KipAlertStyle style);

/* Nothing of that ticket on this machine until @until; then @what is told again,
 * if its clock still runs. */
void kip_alerts_snooze (KipAlerts          *alerts,
                        const KipThreshold *what,
                        KipInstant          until);

/* When it will look next, for tests and for the curious; NONE while it is looking. */
KipInstant kip_alerts_get_next (KipAlerts *alerts);

G_END_DECLS
