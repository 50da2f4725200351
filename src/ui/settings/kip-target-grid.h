/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-policy.h"

G_BEGIN_DECLS

/* The targets of a policy, typed: a line for each priority, a column for each clock.
 *
 * Signals:
 * "changed" (): a target was typed; kip_target_grid_get_problem() tells whether all make sense. */
#define KIP_TYPE_TARGET_GRID (kip_target_grid_get_type ())
G_DECLARE_FINAL_TYPE (KipTargetGrid, kip_target_grid, KIP, TARGET_GRID, GtkWidget)

GtkWidget *kip_target_grid_new (void);

/* Cells that are being edited keep their text. */
void kip_target_grid_show (KipTargetGrid       *grid,
                           const KipPolicySpec *spec);

/* Writes what is typed into @spec; cells that make no sense leave their target alone. */
void kip_target_grid_read (KipTargetGrid *grid,
                           KipPolicySpec *spec);

/* A sentence about the first cell that makes no sense; NULL: all do. Borrowed. */
const char *kip_target_grid_get_problem (KipTargetGrid *grid);

G_END_DECLS
