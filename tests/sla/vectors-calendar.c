/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows about calendars. */

#include <string.h>

#include "vectors.h"

KipCalendar *
vector_calendar (const CsvRows *rows,
                 guint          row,
                 GError       **error)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new (csv_rows_get (rows, row, "timezone"));

  if (!kip_calendar_spec_set_weekly (spec, csv_rows_get (rows, row, "weekly"), error)
      || !kip_calendar_spec_set_holidays (spec, csv_rows_get (rows, row, "holidays"), error)
      || !kip_calendar_spec_set_shifts (spec, csv_rows_get (rows, row, "date_hours"), error)
      || !kip_calendar_spec_set_breaks (spec, csv_rows_get (rows, row, "breaks"), error))
    return NULL;
  return kip_calendar_new (spec);
}

gboolean
vector_instant (const char *text,
                KipInstant *instant)
{
  return kip_instant_parse (text, NULL, instant);
}

static char *
to_text (KipInstant instant)
{
  return instant == KIP_INSTANT_NONE ? g_strdup ("none") : kip_instant_to_iso (instant);
}

char *
vector_compare (KipInstant  got,
                const char *expected)
{
  KipInstant wanted = KIP_INSTANT_NONE;
  g_autofree char *got_text = to_text (got);

  if (*expected != '\0' && strcmp (expected, "none") != 0 && !vector_instant (expected, &wanted))
    return g_strdup_printf ("cannot read the expected instant “%s”", expected);
  return got == wanted ? NULL : g_strdup_printf ("got %s, expected %s", got_text, expected);
}

static char *
compare_numbers (gint64      got,
                 const char *expected)
{
  if (got == g_ascii_strtoll (expected, NULL, 10))
    return NULL;
  return g_strdup_printf ("got %" G_GINT64_FORMAT " s, expected %s s", got, expected);
}

typedef char *(*CalendarCheck) (KipCalendar   *calendar,
                                const CsvRows *rows,
                                guint          row,
                                KipInstant     at);

/* Reads the calendar and the instant that every such row has. */
static char *
with_calendar (const CsvRows *rows,
               guint          row,
               const char    *instant_column,
               CalendarCheck  check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipCalendar) calendar = vector_calendar (rows, row, &error);
  KipInstant at;

  if (calendar == NULL)
    return g_strdup (error->message);
  if (!vector_instant (csv_rows_get (rows, row, instant_column), &at))
    return g_strdup_printf ("cannot read the instant “%s”", csv_rows_get (rows, row, instant_column));
  return check (calendar, rows, row, at);
}

static char *
check_add (KipCalendar   *calendar,
           const CsvRows *rows,
           guint          row,
           KipInstant     at)
{
  gint64 seconds = g_ascii_strtoll (csv_rows_get (rows, row, "amount_seconds"), NULL, 10);
  gboolean back = strcmp (csv_rows_get (rows, row, "direction"), "bwd") == 0;

  return vector_compare (back ? kip_calendar_subtract (calendar, at, seconds)
                              : kip_calendar_add (calendar, at, seconds),
                         csv_rows_get (rows, row, "expected_utc"));
}

/* Some sources count backwards below zero, others stop at it; the row says which. */
static char *
check_between (KipCalendar   *calendar,
               const CsvRows *rows,
               guint          row,
               KipInstant     at)
{
  gboolean zero = strstr (csv_rows_get (rows, row, "reproduced"), "zero-if-reversed") != NULL;
  KipInstant end;

  if (!vector_instant (csv_rows_get (rows, row, "end_utc"), &end))
    return g_strdup ("cannot read end_utc");
  return compare_numbers (zero ? kip_calendar_between (calendar, at, end)
                               : kip_calendar_distance (calendar, at, end),
                          csv_rows_get (rows, row, "expected_seconds"));
}

static char *
check_edge (KipCalendar   *calendar,
            const CsvRows *rows,
            guint          row,
            KipInstant     at)
{
  static const struct
  {
    const char *name;
    KipInstant (*edge) (KipCalendar *calendar,
                        KipInstant   at);
  } edges[] = {
    { "next_open", kip_calendar_next_open },
    { "next_start", kip_calendar_next_start },
    { "next_close", kip_calendar_next_close },
    { "prev_close", kip_calendar_prev_close },
  };
  const char *operation = csv_rows_get (rows, row, "operation");

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    if (strcmp (operation, edges[i].name) == 0)
      return vector_compare (edges[i].edge (calendar, at), csv_rows_get (rows, row, "expected_utc"));
  return g_strdup_printf ("unknown operation “%s”", operation);
}

static char *
check_open (KipCalendar   *calendar,
            const CsvRows *rows,
            guint          row,
            KipInstant     at)
{
  gboolean expected = strcmp (csv_rows_get (rows, row, "expected_open"), "true") == 0;

  if (kip_calendar_is_open (calendar, at) == expected)
    return NULL;
  return g_strdup_printf ("got %s", expected ? "closed" : "open");
}

static char *
check_period (KipCalendar *calendar,
              const char  *expected,
              KipInstant  *at)
{
  g_auto (GStrv) ends = g_strsplit (expected, "/", 2);
  KipInstant start, end;
  char *difference;

  if (g_strv_length (ends) != 2)
    return g_strdup_printf ("cannot read the period “%s”", expected);
  if (!kip_calendar_next_period (calendar, *at, *at + 366 * KIP_MS_PER_DAY, &start, &end))
    return g_strdup_printf ("no period, expected %s", expected);
  *at = end;
  difference = vector_compare (start, ends[0]);
  return difference != NULL ? difference : vector_compare (end, ends[1]);
}

static char *
check_periods (KipCalendar   *calendar,
               const CsvRows *rows,
               guint          row,
               KipInstant     at)
{
  g_auto (GStrv) periods = g_strsplit (csv_rows_get (rows, row, "expected_periods_utc"), " ", -1);

  for (guint i = 0; periods[i] != NULL; i++)
    {
      char *difference = *periods[i] != '\0' ? check_period (calendar, periods[i], &at) : NULL;

      if (difference != NULL)
        return difference;
    }
  return NULL;
}

static char *
run_add (const CsvRows *rows,
         guint          row)
{
  return with_calendar (rows, row, "start_utc", check_add);
}

static char *
run_between (const CsvRows *rows,
             guint          row)
{
  return with_calendar (rows, row, "start_utc", check_between);
}

static char *
run_edge (const CsvRows *rows,
          guint          row)
{
  return with_calendar (rows, row, "at_utc", check_edge);
}

static char *
run_open (const CsvRows *rows,
          guint          row)
{
  return with_calendar (rows, row, "at_utc", check_open);
}

static char *
run_periods (const CsvRows *rows,
             guint          row)
{
  return with_calendar (rows, row, "origin_utc", check_periods);
}

/* A public holiday's date and names, whether or not it was a day off in that year. */
static char *
run_holiday (const CsvRows *rows,
             guint          row)
{
  int year = (int) g_ascii_strtoll (csv_rows_get (rows, row, "year"), NULL, 10);
  const char *key = csv_rows_get (rows, row, "key");
  const KipPublicHoliday *list;
  guint n;

  list = kip_public_holidays (&n);
  for (guint i = 0; i < n; i++)
    {
      KipHoliday rule = list[i].rule;
      g_autofree char *date = NULL;
      KipDay first, last;

      if (strcmp (list[i].key, key) != 0)
        continue;
      rule.since = 0;
      if (!kip_holiday_in_year (&rule, year, &first, &last))
        return g_strdup_printf ("no %s in %d", key, year);
      date = kip_day_to_text (first);
      if (strcmp (date, csv_rows_get (rows, row, "date")) != 0)
        return g_strdup_printf ("got %s, expected %s", date, csv_rows_get (rows, row, "date"));
      if (strcmp (list[i].name_vi, csv_rows_get (rows, row, "name_vi")) != 0)
        return g_strdup_printf ("named “%s”", list[i].name_vi);
      return NULL;
    }
  return g_strdup_printf ("unknown holiday “%s”", key);
}

VectorCheck
vector_calendar_check_for (const CsvRows *rows)
{
  static const struct
  {
    const char *columns[3];
    VectorCheck check;
  } tables[] = {
    { { "direction", "amount_seconds", "start_utc" }, run_add },
    { { "expected_seconds", "start_utc", "end_utc" }, run_between },
    { { "operation", "at_utc", "expected_utc" }, run_edge },
    { { "expected_open", "at_utc", "weekly" }, run_open },
    { { "expected_periods_utc", "origin_utc", "weekly" }, run_periods },
    { { "lunar_day_month", "key", "date" }, run_holiday },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (csv_rows_has (rows, tables[i].columns[0]) && csv_rows_has (rows, tables[i].columns[1])
        && csv_rows_has (rows, tables[i].columns[2]))
      return tables[i].check;
  return NULL;
}
