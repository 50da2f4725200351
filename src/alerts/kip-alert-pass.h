/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-alerts.h"
#include "kip-alert-rules.h"
#include "kip-store-share.h"

G_BEGIN_DECLS

/* One look at all promises, in a worker thread: what is to be told now, and when to look next. */
typedef struct
{
  KipStore      *store;      /* (owned) */
  KipOffice     *office;     /* (owned) */
  KipAgreements *agreements; /* (owned) */
  KipMembers    *members;    /* (owned) */
  KipAlertReader reader;
  KipInstant     heard;
  KipInstant     waiting;    /* NONE: not yet */
  KipInstant     now;
  KipInstant     since;
  GArray        *woken;      /* (owned) of KipSnooze whose moment has come */
  /* found */
  GArray        *alerts;     /* (owned) of KipAlert */
  GArray        *told;       /* (owned) of KipTold */
  gboolean       summary;
  gboolean       is_waiting; /* for the others' word */
  KipInstant     next;
} KipAlertPass;

void kip_alert_pass_free (gpointer pass);

/* Somebody should look at @at, if not earlier. */
void kip_alert_pass_wake_at (KipAlertPass *pass,
                             KipInstant    at);

/* A GTaskThreadFunc; @data: KipAlertPass. */
void kip_alert_pass_run (GTask        *task,
                         gpointer      source,
                         gpointer      data,
                         GCancellable *cancellable);

G_END_DECLS
