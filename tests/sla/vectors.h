/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "csv-rows.h"
#include "kip-calendar.h"

G_BEGIN_DECLS

/* Runs one row.  (nullable) (transfer full): NULL when it gives what is expected,
 * else what was got and what was expected. */
typedef char *(*VectorCheck) (const CsvRows *rows,
                              guint          row);

/* The check for a table, by its columns; NULL: not one of ours. */
VectorCheck vector_check_for (const CsvRows *rows);
VectorCheck vector_calendar_check_for (const CsvRows *rows);

VectorCheck vector_ticket_check_for (const CsvRows *rows);
const char *vector_ticket_left_out (const CsvRows *rows,
                                    guint          row);

/* Why a row is left out although its table is ours; NULL: it is run. */
const char *vector_left_out (const CsvRows *rows,
                             guint          row);

/* The calendar of the columns timezone, weekly, holidays, date_hours, breaks. */
KipCalendar *vector_calendar (const CsvRows *rows,
                              guint          row,
                              GError       **error);

gboolean vector_instant (const char *text,
                         KipInstant *instant);

/* @got against the text @expected, as instants. */
char *vector_compare (KipInstant  got,
                      const char *expected);

G_END_DECLS
