/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-review-figures.h"

G_BEGIN_DECLS

/* Figures as rows: what, its target with whether it was met, the value with n, and
 * today's beside it where that came out differently. */
#define KIP_TYPE_FIGURE_GROUP (kip_figure_group_get_type ())
G_DECLARE_FINAL_TYPE (KipFigureGroup, kip_figure_group, KIP, FIGURE_GROUP, AdwPreferencesGroup)

/* @figures: (nullable) none; of KipReviewFigure, as is @today (nullable: not known). */
void kip_figure_group_show (KipFigureGroup *self,
                            const GArray   *figures,
                            const GArray   *today);

G_END_DECLS
