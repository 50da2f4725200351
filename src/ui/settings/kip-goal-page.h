/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* A target, asked for part by part: which measure and whose, how much, whether the past
 * would have met it, what it is good for, from when until when.  What is saved becomes a
 * new version. */
#define KIP_TYPE_GOAL_PAGE (kip_goal_page_get_type ())
G_DECLARE_FINAL_TYPE (KipGoalPage, kip_goal_page, KIP, GOAL_PAGE, AdwBin)

/* @id: KIP_ID_NONE for a new one. */
GtkWidget *kip_goal_page_new (KipSession *session,
                              KipId       id);

G_END_DECLS
