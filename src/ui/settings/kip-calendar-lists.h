/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* What a calendar lists under its rows that open: the public holidays as switches, the
 * office's own, the single days, and the year to come.  It changes the spec that it shows.
 *
 * Signals:
 * "changed" (): the person switched or removed something. */
#define KIP_TYPE_CALENDAR_LISTS (kip_calendar_lists_get_type ())
G_DECLARE_FINAL_TYPE (KipCalendarLists, kip_calendar_lists, KIP, CALENDAR_LISTS, GObject)

KipCalendarLists *kip_calendar_lists_new (AdwExpanderRow *public_row,
                                          AdwExpanderRow *own_row,
                                          AdwExpanderRow *shifts_row,
                                          AdwExpanderRow *year_row);

/* @spec is borrowed until it is shown anew. */
void kip_calendar_lists_show (KipCalendarLists *lists,
                              KipCalendarSpec  *spec);

G_END_DECLS
