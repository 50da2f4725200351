/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A civil date as a day number: days since 1970-01-01 in the proleptic Gregorian
 * calendar, without a zone.  Years 1–9999. */
typedef gint32 KipDay;

#define KIP_DAY_NONE G_MININT32

KipDay kip_day_from_ymd (int year,
                         int month,
                         int day);

void kip_day_to_ymd (KipDay day,
                     int   *year,
                     int   *month,
                     int   *day_of_month);

/* 0 Monday … 6 Sunday. */
int kip_day_weekday (KipDay day);

gboolean kip_ymd_is_valid (int year,
                           int month,
                           int day);

/* Reads "2026-04-30"; FALSE leaves @day alone. */
gboolean kip_day_parse (const char *text,
                        KipDay     *day);

/* "2026-04-30".  (transfer full) */
char *kip_day_to_text (KipDay day);

G_END_DECLS
