/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-board.h"

G_BEGIN_DECLS

/* A chart with its title, what it counts, and a menu: as a table, copy, save.
 *
 * Signal "failed" (const char *): a file could not be written; a sentence for a toast. */
#define KIP_TYPE_CHART_CARD (kip_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (KipChartCard, kip_chart_card, KIP, CHART_CARD, GtkWidget)

GtkWidget *kip_chart_card_new (KipBoardChart which);

void      kip_chart_card_set_chart (KipChartCard *self,
                                    KipChart     *chart);
KipChart *kip_chart_card_get_chart (KipChartCard *self); /* (nullable) borrowed */

/* Whether some of it can be seen, or, before anything is laid out, might be. */
gboolean kip_chart_card_is_in_sight (KipChartCard *self);

G_END_DECLS
