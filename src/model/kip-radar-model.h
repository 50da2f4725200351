/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* The promises that fall due in the coming hours and days.  It follows the store
 * while it is active.
 *
 * Signal "changed" () */
#define KIP_TYPE_RADAR_MODEL (kip_radar_model_get_type ())
G_DECLARE_FINAL_TYPE (KipRadarModel, kip_radar_model, KIP, RADAR_MODEL, GObject)

typedef struct
{
  KipId         ticket;
  KipClockKind  clock;
  KipInstant    at;
  gboolean      mine; /* assigned to me */
  KipTicketRow *row;  /* (owned) (nullable) */
} KipRadarMark;

KipRadarModel *kip_radar_model_new (KipStore *store);

/* Nothing is read while it is not. */
void kip_radar_model_set_active (KipRadarModel *self,
                                 gboolean       active);

/* How many days from now; 1 … 14. */
void kip_radar_model_set_days (KipRadarModel *self,
                               guint          days);
guint kip_radar_model_get_days (KipRadarModel *self);

/* When it was read, and until when. */
KipInstant kip_radar_model_get_from (KipRadarModel *self);
KipInstant kip_radar_model_get_to (KipRadarModel *self);

/* By instant, at most some hundreds. Borrowed until the next "changed".  GArray of KipRadarMark */
GArray *kip_radar_model_get_marks (KipRadarModel *self);

/* How many there are, those that are not among the marks included. */
guint kip_radar_model_get_total (KipRadarModel *self);

/* "Three promises break before Mon 09:00": until the first hour of the next
 * working day is over, which is before anybody who comes to work then can act.
 * (transfer full) */
char *kip_radar_model_dup_sentence (KipRadarModel *self);

G_END_DECLS
