/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Who else is at the ticket just now, in a few dim words; and tells the others that we are, while the window
 * is in front and somebody is at the keys. */
#define KIP_TYPE_PRESENCE_HINT (kip_presence_hint_get_type ())
G_DECLARE_FINAL_TYPE (KipPresenceHint, kip_presence_hint, KIP, PRESENCE_HINT, KipCaseWidget)

/* Keys and pointer over @widget are somebody's. */
void kip_presence_hint_watch (KipPresenceHint *self,
                              GtkWidget       *widget);

/* Something is being written to the ticket. */
void kip_presence_hint_write (KipPresenceHint *self);

G_END_DECLS
