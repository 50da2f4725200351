/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-date.h"
#include "kip-text-row.h"

G_BEGIN_DECLS

/* Gives a row for a date a button that opens a calendar; the day chosen in it is
 * written into the row as "30/4/2026" and saved like a typed one. */
void kip_text_row_add_calendar (KipTextRow *row);

/* As it is written there.  (transfer full) */
char *kip_day_to_typed (KipDay day);

G_END_DECLS
