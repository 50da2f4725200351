/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* Reads points in time as foreign systems write them.  A format is one of
 *
 *   iso       2026-03-12, 2026-03-12 16:30, 2026-03-12T16:30:05.120+07:00; also with slashes
 *   epoch     seconds since 1970 (UTC); epoch-ms: milliseconds
 *   excel     days since 30 December 1899, with a fraction: 46093.6875
 *
 * or a pattern of
 *
 *   dd mm yyyy  day, month, year (one digit does for the first two); yy: 70…99 is
 *               19.., else 20..; mmm: the month's English name, short or whole, or
 *               the Vietnamese "thg 3", "tháng 3"
 *   HH MM SS    hour, minute, second; an AM or PM (SA, CH) behind them is understood
 *   zzz         +07:00, +0700, Z or UTC
 *
 * with anything else standing for itself and white space for any white space.
 * Where the text ends early the time of day is 0:00; seconds and their fractions
 * need not be in the pattern.  A time without a zone is a local one: one that does
 * not exist is moved forward by the gap, of two the first is meant. */
typedef struct _KipImportDates KipImportDates;

/* @formats: separated by semicolons, tried in this order; NULL or "": the usual ones, days
 * before months.  @zone: of local times; NULL: UTC.  KIP_ERROR_INVALID names the bad one. */
KipImportDates *kip_import_dates_new (const char *formats,
                                      GTimeZone  *zone,
                                      GError    **error);
void            kip_import_dates_free (KipImportDates *dates);

/* FALSE and @out untouched when no format fits. */
gboolean kip_import_dates_parse (KipImportDates *dates,
                                 const char     *text,
                                 KipInstant     *out);

/* TRUE when one of the formats from which a guess is made reads @text. */
gboolean kip_import_dates_is_usual (const char *text);

/* The shortest list of formats that reads every one of @samples (empty ones are
 * passed over), or NULL.  Where day and month cannot be told apart the day is
 * taken to come first.  (transfer full) */
char *kip_import_dates_guess (const char *const *samples,
                              guint              n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipImportDates, kip_import_dates_free)

G_END_DECLS
