/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* The story of the ticket, the newest moment at the bottom.  Only what is in
 * sight is built.  Stays at the end while new things come, unless somebody has
 * scrolled up to read. */
#define KIP_TYPE_TIMELINE_VIEW (kip_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (KipTimelineView, kip_timeline_view, KIP, TIMELINE_VIEW, KipCaseWidget)

/* Property "messages-only": what was said, without what was changed. */
void kip_timeline_view_set_messages_only (KipTimelineView *self,
                                          gboolean         messages_only);

void kip_timeline_view_scroll_to_end (KipTimelineView *self);

/* Of KipMoment, as shown. Borrowed. */
GListModel *kip_timeline_view_get_model (KipTimelineView *self);

G_END_DECLS
