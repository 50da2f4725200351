/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row with a switch.
 *
 * Signals:
 * "commit" (): the person switched it.
 *
 * Properties: "active". */
#define KIP_TYPE_SWITCH_ROW (kip_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (KipSwitchRow, kip_switch_row, KIP, SWITCH_ROW, AdwActionRow)

GtkWidget *kip_switch_row_new (const char *title,
                               const char *subtitle); /* (nullable) */
void       kip_switch_row_set_value (KipSwitchRow *row,
                                     gboolean      active);
gboolean   kip_switch_row_get_value (KipSwitchRow *row);

G_END_DECLS
