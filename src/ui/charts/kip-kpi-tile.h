/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-board.h"

G_BEGIN_DECLS

/* One figure: its value, how it changed against the period before, its course.  A
 * button: it opens the tickets behind the figure. */
#define KIP_TYPE_KPI_TILE (kip_kpi_tile_get_type ())
G_DECLARE_FINAL_TYPE (KipKpiTile, kip_kpi_tile, KIP, KPI_TILE, GtkWidget)

GtkWidget *kip_kpi_tile_new (void);
void       kip_kpi_tile_set (KipKpiTile    *self,
                             const KipTile *tile);

G_END_DECLS
