/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-time.h"

#include <string.h>

#include "kip-query-fields.h"
#include "kip-text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR 3600
#define SECONDS_PER_DAY 86400
#define SECONDS_PER_WEEK 604800

/* ---- durations ---- */

typedef struct
{
  const char *name; /* folded */
  gint64      seconds;
} Unit;

static const Unit units[] = {
  { "w", SECONDS_PER_WEEK }, { "week", SECONDS_PER_WEEK }, { "weeks", SECONDS_PER_WEEK }, { "tuan", SECONDS_PER_WEEK },
  { "d", SECONDS_PER_DAY }, { "day", SECONDS_PER_DAY }, { "days", SECONDS_PER_DAY }, { "ngay", SECONDS_PER_DAY },
  { "h", SECONDS_PER_HOUR }, { "hour", SECONDS_PER_HOUR }, { "hours", SECONDS_PER_HOUR }, { "gio", SECONDS_PER_HOUR },
  { "g", SECONDS_PER_HOUR },
  { "m", SECONDS_PER_MINUTE }, { "min", SECONDS_PER_MINUTE }, { "minute", SECONDS_PER_MINUTE },
  { "minutes", SECONDS_PER_MINUTE }, { "phut", SECONDS_PER_MINUTE }, { "p", SECONDS_PER_MINUTE },
  { "s", 1 }, { "sec", 1 }, { "second", 1 }, { "seconds", 1 }, { "giay", 1 },
};

static gint64
unit_seconds (const char *name,
              gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == length && strncmp (units[i].name, name, length) == 0)
      return units[i].seconds;
  return 0;
}

/* One "2h" at *p, which is moved behind it; -1 when there is none. */
static gint64
scan_part (const char **p)
{
  gsize digits = strspn (*p, "0123456789");
  const char *name, *end;
  gint64 unit;

  if (digits == 0 || digits > 9)
    return -1;
  name = *p + digits + strspn (*p + digits, " ");
  end = name;
  while (g_ascii_isalpha (*end))
    end++;
  unit = unit_seconds (name, (gsize) (end - name));
  if (unit == 0)
    return -1;
  unit *= g_ascii_strtoll (*p, NULL, 10);
  *p = end + strspn (end, " ");
  return unit;
}

gboolean
kip_query_duration_parse (const char *text,
                          gint64     *seconds)
{
  g_autofree char *folded = kip_text_fold (text);
  const char *p = folded;
  gint64 sum = 0;

  if (*p == '\0')
    return FALSE;
  while (*p != '\0')
    {
      gint64 part = scan_part (&p);

      if (part < 0 || part > KIP_QUERY_MAX_SECONDS - sum)
        return FALSE;
      sum += part;
    }
  *seconds = sum;
  return TRUE;
}

char *
kip_query_duration_print (gint64 seconds)
{
  static const Unit printed[] = {
    { "w", SECONDS_PER_WEEK }, { "d", SECONDS_PER_DAY }, { "h", SECONDS_PER_HOUR },
    { "m", SECONDS_PER_MINUTE }, { "s", 1 },
  };
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (printed); i++)
    {
      gint64 count = seconds / printed[i].seconds;

      seconds %= printed[i].seconds;
      if (count > 0)
        g_string_append_printf (out, "%" G_GINT64_FORMAT "%s", count, printed[i].name);
    }
  if (out->len == 0)
    g_string_append (out, "0m");
  return g_string_free (out, FALSE);
}

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

/* ---- what they mean ---- */

/* What resolving needs: today, as a date of @zone. */
typedef struct
{
  KipQueryDirection direction;
  KipInstant now;
  GTimeZone *zone;
  GDate      today;
} Scene;

/* Some zones have no midnight on the day that their clocks go forward: GLib then
 * gives the first instant of that day. */
static KipInstant
local_instant (const Scene *scene,
               const GDate *date,
               int          hour,
               int          minute)
{
  g_autoptr (GDateTime) when = g_date_time_new (scene->zone, g_date_get_year (date), (int) g_date_get_month (date),
                                                g_date_get_day (date), hour, minute, 0);

  return when != NULL ? kip_instant_from_date_time (when) : scene->now;
}

static void
days (const Scene *scene,
      const GDate *first,
      guint        n,
      KipInstant  *from,
      KipInstant  *to)
{
  GDate end = *first;

  g_date_add_days (&end, n);
  *from = local_instant (scene, first, 0, 0);
  *to = local_instant (scene, &end, 0, 0);
}

static void
months (const Scene *scene,
        int          year,
        int          month,
        guint        n,
        KipInstant  *from,
        KipInstant  *to)
{
  GDate first, end;

  year += (month + 11) / 12 - 1; /* month may be 0 or 13 … */
  month = (month + 11) % 12 + 1;
  g_date_set_dmy (&first, 1, (GDateMonth) month, (GDateYear) year);
  end = first;
  g_date_add_months (&end, n);
  *from = local_instant (scene, &first, 0, 0);
  *to = local_instant (scene, &end, 0, 0);
}

static void
shifted_days (const Scene *scene,
              int          shift,
              guint        n,
              KipInstant  *from,
              KipInstant  *to)
{
  GDate first = scene->today;

  if (shift >= 0)
    g_date_add_days (&first, (guint) shift);
  else
    g_date_subtract_days (&first, (guint) -shift);
  days (scene, &first, n, from, to);
}

static void
weekday (const Scene *scene,
         int          day,
         KipInstant  *from,
         KipInstant  *to)
{
  int today = (int) g_date_get_weekday (&scene->today);
  int shift = scene->direction == KIP_QUERY_FUTURE ? (day - today + 7) % 7 : -((today - day + 7) % 7);

  shifted_days (scene, shift, 1, from, to);
}

static void
moment (const Scene   *scene,
        KipQueryMoment which,
        KipInstant    *from,
        KipInstant    *to)
{
  int year = g_date_get_year (&scene->today);
  int month = (int) g_date_get_month (&scene->today);
  int quarter = (month - 1) / 3 * 3 + 1;
  int monday = 1 - (int) g_date_get_weekday (&scene->today);

  if (which == KIP_QUERY_NOW)
    {
      *from = scene->now;
      *to = scene->now + 1;
    }
  else if (which <= KIP_QUERY_TOMORROW)
    shifted_days (scene, which == KIP_QUERY_TODAY ? 0 : which == KIP_QUERY_TOMORROW ? 1 : -1, 1, from, to);
  else if (which <= KIP_QUERY_NEXT_WEEK)
    shifted_days (scene, monday + (which == KIP_QUERY_THIS_WEEK ? 0 : which == KIP_QUERY_NEXT_WEEK ? 7 : -7), 7, from, to);
  else if (which <= KIP_QUERY_NEXT_MONTH)
    months (scene, year, month + (which == KIP_QUERY_THIS_MONTH ? 0 : which == KIP_QUERY_NEXT_MONTH ? 1 : -1), 1, from, to);
  else if (which <= KIP_QUERY_NEXT_QUARTER)
    months (scene, year, quarter + (which == KIP_QUERY_THIS_QUARTER ? 0 : which == KIP_QUERY_NEXT_QUARTER ? 3 : -3), 3, from, to);
  else if (which <= KIP_QUERY_NEXT_YEAR)
    months (scene, year + (which == KIP_QUERY_THIS_YEAR ? 0 : which == KIP_QUERY_NEXT_YEAR ? 1 : -1), 1, 12, from, to);
  else
    weekday (scene, (int) which - KIP_QUERY_MONDAY + 1, from, to);
}

/* 31/10: the nearest one that there is in the direction; 29/2 may be years away. */
static void
day_of_some_year (const Scene        *scene,
                  const KipQueryTime *time,
                  KipInstant         *from,
                  KipInstant         *to)
{
  int step = scene->direction == KIP_QUERY_FUTURE ? 1 : -1;
  int year = g_date_get_year (&scene->today);
  GDate date = scene->today;

  for (int tries = 0; tries < 10; tries++, year += step)
    {
      if (!g_date_valid_dmy ((GDateDay) time->day, (GDateMonth) time->part, (GDateYear) year))
        continue;
      g_date_set_dmy (&date, (GDateDay) time->day, (GDateMonth) time->part, (GDateYear) year);
      if (g_date_compare (&date, &scene->today) * step >= 0)
        break;
    }
  days (scene, &date, 1, from, to);
}

/* 4 January is always in the first ISO week. */
static void
iso_week (const Scene        *scene,
          const KipQueryTime *time,
          KipInstant         *from,
          KipInstant         *to)
{
  GDate monday;

  g_date_set_dmy (&monday, 4, G_DATE_JANUARY, (GDateYear) time->year);
  g_date_subtract_days (&monday, (guint) g_date_get_weekday (&monday) - 1);
  g_date_add_days (&monday, (guint) (time->part - 1) * 7);
  days (scene, &monday, 7, from, to);
}

static void
minute (const Scene *scene,
        const GDate *date,
        int          hour,
        int          past,
        KipInstant  *from,
        KipInstant  *to)
{
  *from = local_instant (scene, date, hour, past);
  *to = *from + KIP_MS_PER_MINUTE;
}

static void
point (const Scene *scene,
       gint64       seconds,
       KipInstant  *from,
       KipInstant  *to)
{
  *from = scene->now + seconds * KIP_MS_PER_SECOND;
  *to = *from + 1;
}

static void
scene_init (Scene            *scene,
            KipQueryDirection direction,
            KipInstant        now,
            GTimeZone        *zone)
{
  g_autoptr (GDateTime) local = NULL;

  /* Dates exist for the years 1 to 9999: far enough from both ends. */
  scene->now = CLAMP (now, -KIP_MS_PER_DAY * 365 * 1900, KIP_MS_PER_DAY * 365 * 8000);
  scene->direction = direction;
  scene->zone = zone;
  local = kip_instant_to_local (scene->now, zone);
  g_date_set_dmy (&scene->today, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
}

void
kip_query_time_resolve (const KipQueryTime *time,
                        KipQueryDirection   direction,
                        KipInstant          now,
                        GTimeZone          *zone,
                        KipInstant         *from,
                        KipInstant         *to)
{
  Scene scene;
  GDate date;

  scene_init (&scene, direction, now, zone);
  date = scene.today;
  if (time->day > 0 && time->year > 0)
    g_date_set_dmy (&date, (GDateDay) time->day, (GDateMonth) time->part, (GDateYear) time->year);
  switch (time->kind)
    {
    case KIP_QUERY_TIME_MOMENT:
      moment (&scene, time->moment, from, to);
      break;
    case KIP_QUERY_TIME_YEAR:
      months (&scene, time->year, 1, 12, from, to);
      break;
    case KIP_QUERY_TIME_QUARTER:
      months (&scene, time->year, time->part * 3 - 2, 3, from, to);
      break;
    case KIP_QUERY_TIME_MONTH:
      months (&scene, time->year, time->part, 1, from, to);
      break;
    case KIP_QUERY_TIME_WEEK:
      iso_week (&scene, time, from, to);
      break;
    case KIP_QUERY_TIME_DAY:
      if (time->year == 0)
        day_of_some_year (&scene, time, from, to);
      else
        days (&scene, &date, 1, from, to);
      break;
    case KIP_QUERY_TIME_MINUTE:
    case KIP_QUERY_TIME_CLOCK:
      minute (&scene, &date, time->hour, time->minute, from, to);
      break;
    case KIP_QUERY_TIME_DURATION:
      point (&scene, direction == KIP_QUERY_FUTURE ? time->seconds : -time->seconds, from, to);
      break;
    case KIP_QUERY_TIME_OFFSET:
    default:
      point (&scene, time->seconds, from, to);
      break;
    }
}

gboolean
kip_query_resolve_time (const char       *text,
                        KipQueryDirection direction,
                        KipInstant        now,
                        GTimeZone        *zone,
                        KipInstant       *from,
                        KipInstant       *to)
{
  KipQueryTime time;

  if (!kip_query_time_parse (text, &time))
    return FALSE;
  kip_query_time_resolve (&time, direction, now, zone, from, to);
  return TRUE;
}
