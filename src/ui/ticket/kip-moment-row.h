/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"
#include "kip-timeline.h"

G_BEGIN_DECLS

/* One moment of the timeline: a bubble for what was said, a quiet line for what
 * was changed.  "Undo this" calls the action "ticket.undo-change" (ut). */
#define KIP_TYPE_MOMENT_ROW (kip_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (KipMomentRow, kip_moment_row, KIP, MOMENT_ROW, GtkWidget)

GtkWidget *kip_moment_row_new (void);

/* @before: (nullable) the moment shown above; a day's first one names the day. */
void kip_moment_row_bind (KipMomentRow *self,
                          KipCase      *kase,
                          KipMoment    *moment,
                          KipMoment    *before);
void kip_moment_row_unbind (KipMomentRow *self);

/* Says again how long ago it was. */
void kip_moment_row_refresh (KipMomentRow *self);

/* Names relatives again, whose numbers have become known. */
void kip_moment_row_refresh_words (KipMomentRow *self);

G_END_DECLS
