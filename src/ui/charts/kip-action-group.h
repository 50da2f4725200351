/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-review-commands.h"

G_BEGIN_DECLS

/* One thing that is to be done after a review: what, who, until which day.
 *
 * Signals:
 * "changed" (): something was typed or chosen.
 * "remove" (): it is not wanted any more. */
#define KIP_TYPE_ACTION_GROUP (kip_action_group_get_type ())
G_DECLARE_FINAL_TYPE (KipActionGroup, kip_action_group, KIP, ACTION_GROUP, AdwPreferencesGroup)

GtkWidget *kip_action_group_new (KipOffice *office);

/* "Action 2" */
void kip_action_group_set_number (KipActionGroup *self,
                                  guint           number);

/* Nothing is said yet. */
gboolean kip_action_group_is_empty (KipActionGroup *self);

/* FALSE, with a sentence, when it says too little or no day. */
gboolean kip_action_group_read (KipActionGroup  *self,
                                KipCalendar     *calendar,
                                KipReviewAction *action,
                                GError         **error);

/* As it is typed, for a draft. (transfer full) */
void kip_action_group_get_typed (KipActionGroup *self,
                                 char          **what,
                                 KipId          *who,
                                 char          **until);
void kip_action_group_set_typed (KipActionGroup *self,
                                 const char     *what,
                                 KipId           who,
                                 const char     *until);

G_END_DECLS
