/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One stretch of working hours: [08:00] – [12:00] ×.  Part of KipHoursEditor.
 *
 * Signals:
 * "typed" (): Enter was pressed or a changed time was left.
 * "removed" () */
#define KIP_TYPE_HOURS_CHIP (kip_hours_chip_get_type ())
G_DECLARE_FINAL_TYPE (KipHoursChip, kip_hours_chip, KIP, HOURS_CHIP, GtkWidget)

GtkWidget *kip_hours_chip_new (const char *day);

/* Minutes from midnight. */
void kip_hours_chip_show (KipHoursChip *chip,
                          int           from,
                          int           to);

/* What is no time leaves its variable alone. */
void kip_hours_chip_parse (KipHoursChip *chip,
                           int          *from,
                           int          *to);

/* Marks it as wrong until it is shown anew. */
void kip_hours_chip_refuse (KipHoursChip *chip,
                            const char   *sentence);

G_END_DECLS
