/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alerts.h"
#include "kip-wall-timer.h"

G_BEGIN_DECLS

struct _KipAlerts
{
  GObject       parent_instance;
  KipStore     *store;   /* (owned) */
  KipAlertStyle style;
  KipWallTimer *timer;   /* (owned) */
  KipInstant    next;
  gulong        changed_id, office_id;
  guint         soon_id; /* a pass is about to start */
  gboolean      looking; /* a pass is under way */
  guint         hearing; /* what others told is being noted: so many times */
  gboolean      again;   /* something changed meanwhile */
  KipInstant    heard;   /* until when the others' word is known */
  KipInstant    waiting; /* since when somebody's word is waited for; NONE: nobody's is */
};

/* What was put off, of KipSnooze, among this machine's small settings. (transfer full) */
GArray *kip_alerts_read_snoozes (KipAlerts *self);
void    kip_alerts_write_snoozes (KipAlerts *self,
                                  GArray    *snoozes);

G_END_DECLS
