/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alert-turn.h"

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
 * "agenda" (guint due_today, guint overdue): the morning's agenda of this person.
 * "told" (GArray of KipTold): of what was told now, that which the other computers of the office
 *   should hear of (kip-alert-turn.h), so that they do not tell it as well. */
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

/* Another computer of the office has told these (GArray of KipTold). */
void kip_alerts_note_told (KipAlerts *alerts,
                           GArray    *told);

/* Until when everything that the others said is known here; KIP_INSTANT_MAX, at first: nobody else
 * is asked.  What the others may have told already is told only when they were heard since its turn
 * came, or when they could not be heard for two minutes. */
#define KIP_INSTANT_MAX G_MAXINT64
void kip_alerts_set_heard (KipAlerts *alerts,
                           KipInstant until);

/* Looks now; for who changed the clock. */
void kip_alerts_look (KipAlerts *alerts);

/* When it will look next, for tests and for the curious; NONE while it is looking, or about to. */
KipInstant kip_alerts_get_next (KipAlerts *alerts);

G_END_DECLS
