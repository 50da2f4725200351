/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-office.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What a person can do to the office itself: the change-sets of the settings
 * window (and of kipctl), all with the action "settings".  (transfer full). */

/* Empty, to be filled with kip_change_*(). */
KipChange *kip_command_settings (KipStore *store);

/* One register of one entity.  Takes @value. */
KipChange *kip_command_setting (KipStore *store,
                                KipKind   kind,
                                KipId     id,
                                KipField  field,
                                KipValue *value);

/* Adds @element (taken) to a set, or takes it out. */
KipChange *kip_command_setting_member (KipStore *store,
                                       KipKind   kind,
                                       KipId     id,
                                       KipField  field,
                                       KipValue *element,
                                       gboolean  member);

/* Puts away or takes back.  Nothing is ever deleted: history names it. */
KipChange *kip_command_archive (KipStore *store,
                                KipKind   kind,
                                KipId     id,
                                gboolean  archived);

/* Gives @n of @ids the positions 1 … n. */
KipChange *kip_command_reorder (KipStore    *store,
                                KipKind      kind,
                                const KipId *ids,
                                guint        n);

/* A category to another place: below @parent (KIP_ID_NONE: at the top), before
 * @before (KIP_ID_NONE: at the end).  NULL when @parent is @category or below it. */
KipChange *kip_command_move_category (KipStore *store,
                                      KipId     category,
                                      KipId     parent,
                                      KipId     before);

G_END_DECLS
