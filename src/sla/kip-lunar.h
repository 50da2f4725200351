/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-date.h"

G_BEGIN_DECLS

/* The Vietnamese lunar calendar (UTC+7) of the years 2000–2100, from a table
 * computed once (build-aux/make-lunar-table), so that every machine knows the same
 * dates without a network and without floating point. */

/* Mùng 1 Tết of the lunar year that begins in @year; KIP_DAY_NONE outside the table. */
KipDay kip_lunar_tet (int year);

/* Day @day of month @month (not the leap one) of the lunar year that begins in
 * @year.  KIP_DAY_NONE outside the table, or when that month has no such day. */
KipDay kip_lunar_to_day (int year,
                         int month,
                         int day);

/* The lunar date of @day.  @year is the Gregorian year in which the lunar year
 * began.  FALSE outside the table. */
gboolean kip_lunar_from_day (KipDay    day,
                             int      *year,
                             int      *month,
                             gboolean *leap,
                             int      *day_of_month);

G_END_DECLS
