/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-time.h"

#include <string.h>

#include "kip-query-fields.h"
#include "kip-text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199

/* ---- reading dates ---- */

#define MAX_NUMBERS 5

/* The spellings of dates: a digit stands for so many digits (2: one or two),
 * anything else for itself; then where each number goes. */
typedef struct
{
  const char      *form;
  KipQueryTimeKind kind;
  const char      *parts; /* y year, p part, d day, h hour, m minute */
} Form;

static const Form forms[] = {
  { "4-2-2t2:2", KIP_QUERY_TIME_MINUTE, "ypdhm" },
  { "4-2-2 2:2", KIP_QUERY_TIME_MINUTE, "ypdhm" },
  { "4-2-2", KIP_QUERY_TIME_DAY, "ypd" },
  { "4/2/2", KIP_QUERY_TIME_DAY, "ypd" },
  { "2/2/4", KIP_QUERY_TIME_DAY, "dpy" },
  { "2-2-4", KIP_QUERY_TIME_DAY, "dpy" },
  { "2/2", KIP_QUERY_TIME_DAY, "dp" },
  { "4-2", KIP_QUERY_TIME_MONTH, "yp" },
  { "2/4", KIP_QUERY_TIME_MONTH, "py" },
  { "4-w2", KIP_QUERY_TIME_WEEK, "yp" },
  { "4-q1", KIP_QUERY_TIME_QUARTER, "yp" },
  { "4", KIP_QUERY_TIME_YEAR, "y" },
  { "2:2", KIP_QUERY_TIME_CLOCK, "hm" },
};

static gboolean
scan_form (const char *text,
           const char *form,
           int        *numbers)
{
  for (; *form != '\0'; form++)
    {
      gsize digits = strspn (text, "0123456789");
      gsize wanted = (gsize) (*form - '0');

      if (!g_ascii_isdigit (*form))
        {
          if (*text++ != *form)
            return FALSE;
          continue;
        }
      if (digits == 0 || digits > wanted || (digits < wanted && wanted != 2))
        return FALSE;
      *numbers = 0;
      for (; digits > 0; digits--)
        *numbers = *numbers * 10 + (*text++ - '0');
      numbers++;
    }
  return *text == '\0';
}

static void
put_part (KipQueryTime *time,
          char          part,
          int           number)
{
  switch (part)
    {
    case 'y':
      time->year = number;
      break;
    case 'p':
      time->part = number;
      break;
    case 'd':
      time->day = number;
      break;
    case 'h':
      time->hour = number;
      break;
    default:
      time->minute = number;
      break;
    }
}

/* The last week of an ISO year is the one of 28 December. */
static int
weeks_of_year (int year)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (year, 12, 28, 0, 0, 0);

  return g_date_time_get_week_of_year (day);
}

static gboolean
is_valid (const KipQueryTime *time,
          gboolean            has_year)
{
  int year = has_year ? time->year : 2000; /* a leap year: 29/2 has its turn */

  if (time->kind != KIP_QUERY_TIME_CLOCK && (year < FIRST_YEAR || year > LAST_YEAR))
    return FALSE;
  if (time->hour > 23 || time->minute > 59)
    return FALSE;
  switch (time->kind)
    {
    case KIP_QUERY_TIME_DAY:
    case KIP_QUERY_TIME_MINUTE:
      return time->day > 0 && g_date_valid_dmy ((GDateDay) time->day, (GDateMonth) time->part, (GDateYear) year);
    case KIP_QUERY_TIME_MONTH:
      return time->part >= 1 && time->part <= 12;
    case KIP_QUERY_TIME_QUARTER:
      return time->part >= 1 && time->part <= 4;
    case KIP_QUERY_TIME_WEEK:
      return time->part >= 1 && time->part <= weeks_of_year (year);
    default:
      return TRUE;
    }
}

static gboolean
parse_form (const char   *text,
            const Form   *form,
            KipQueryTime *time)
{
  int numbers[MAX_NUMBERS];
  KipQueryTime read = { .kind = form->kind };

  if (!scan_form (text, form->form, numbers))
    return FALSE;
  for (gsize i = 0; form->parts[i] != '\0'; i++)
    put_part (&read, form->parts[i], numbers[i]);
  if (!is_valid (&read, strchr (form->parts, 'y') != NULL))
    return FALSE;
  *time = read;
  return TRUE;
}

static gboolean
parse_span (const char   *text,
            KipQueryTime *time)
{
  gboolean is_signed = *text == '+' || *text == '-';
  gint64 seconds;

  if (!kip_query_duration_parse (text + (is_signed ? 1 : 0), &seconds))
    return FALSE;
  *time = (KipQueryTime) {
    .kind = is_signed ? KIP_QUERY_TIME_OFFSET : KIP_QUERY_TIME_DURATION,
    .seconds = *text == '-' ? -seconds : seconds
  };
  return TRUE;
}

static gboolean
parse_moment (const char   *text,
              KipQueryTime *time)
{
  g_autofree char *key = kip_query_key (text, -1);
  const KipQueryKeyword *keyword = kip_query_keyword_lookup (KIP_QUERY_RECEIVED, key, kip_query_count_words (text));

  if (keyword == NULL || keyword->set != KIP_QUERY_SET_TIME)
    return FALSE;
  *time = (KipQueryTime) { .kind = KIP_QUERY_TIME_MOMENT, .moment = (KipQueryMoment) keyword->value };
  return TRUE;
}

gboolean
kip_query_time_parse (const char   *text,
                      KipQueryTime *time)
{
  g_autofree char *folded = kip_text_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (parse_form (folded, &forms[i], time))
      return TRUE;
  return parse_span (folded, time) || parse_moment (folded, time);
}

/* ---- writing them ---- */

char *
kip_query_time_print (const KipQueryTime *time)
{
  g_autofree char *span = NULL;

  switch (time->kind)
    {
    case KIP_QUERY_TIME_MOMENT:
      return g_strdup (kip_query_keyword_for (KIP_QUERY_RECEIVED, (int) time->moment)->name);
    case KIP_QUERY_TIME_YEAR:
      return g_strdup_printf ("%04d", time->year);
    case KIP_QUERY_TIME_QUARTER:
      return g_strdup_printf ("%04d-Q%d", time->year, time->part);
    case KIP_QUERY_TIME_MONTH:
      return g_strdup_printf ("%04d-%02d", time->year, time->part);
    case KIP_QUERY_TIME_WEEK:
      return g_strdup_printf ("%04d-W%02d", time->year, time->part);
    case KIP_QUERY_TIME_DAY:
      if (time->year == 0)
        return g_strdup_printf ("%d/%d", time->day, time->part);
      return g_strdup_printf ("%04d-%02d-%02d", time->year, time->part, time->day);
    case KIP_QUERY_TIME_MINUTE:
      return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", time->year, time->part, time->day, time->hour, time->minute);
    case KIP_QUERY_TIME_CLOCK:
      return g_strdup_printf ("%02d:%02d", time->hour, time->minute);
    case KIP_QUERY_TIME_DURATION:
      return kip_query_duration_print (time->seconds);
    case KIP_QUERY_TIME_OFFSET:
    default:
      span = kip_query_duration_print (ABS (time->seconds));
      return g_strconcat (time->seconds < 0 ? "-" : "+", span, NULL);
    }
}

gboolean
kip_query_time_equal (const KipQueryTime *a,
                      const KipQueryTime *b)
{
  return a->kind == b->kind && a->moment == b->moment && a->year == b->year && a->part == b->part
         && a->day == b->day && a->hour == b->hour && a->minute == b->minute && a->seconds == b->seconds;
}
