/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* What a form does to a calendar while a person edits it: reading times as
 * people type them, keeping the hours of a day in order, saying in words what a
 * rule means.  Errors are KIP_ERROR_INVALID with a sentence for the form. */

#define KIP_MINUTES_PER_DAY (24 * 60)

/* As kip_parse_time_of_day(), and "24:00" for the end of the day. */
gboolean kip_hours_parse_time (const char *text,
                               int        *minutes);

/* "08:30"; beyond midnight it begins again at 00:00, but 1440 is "24:00".  (transfer full) */
char *kip_hours_format_time (int minutes);

/* ---- the hours of one day: of KipHours, sorted ---- */

/* Another stretch where a person would look for it: the morning of an empty day,
 * the afternoon behind a morning, else the hour after the last one.  FALSE: no room. */
gboolean kip_hours_add_next (GArray *hours);

/* Changes one stretch; an end that is not after its start lies in the next day.
 * @hours is left alone when it would overlap another or make no sense. */
gboolean kip_hours_set (GArray  *hours,
                        guint    index,
                        int      from,
                        int      to,
                        GError **error);
void kip_hours_remove (GArray *hours,
                       guint   index);

/* Working minutes in them; over the whole week of @spec. */
int kip_hours_total (const GArray *hours);
int kip_calendar_spec_week_minutes (const KipCalendarSpec *spec);

/* The hours of @from also on every other day that has hours: "the same on all days". */
void kip_calendar_spec_copy_day (KipCalendarSpec *spec,
                                 guint            from);

gboolean kip_hours_equal (const GArray *a,
                          const GArray *b);
gboolean kip_calendar_spec_equal (const KipCalendarSpec *a,
                                  const KipCalendarSpec *b);

/* ---- holidays and dated shifts ---- */

/* Whether a rule of the public set is among the holidays (names apart); putting it
 * there, or taking it out. */
gboolean kip_calendar_spec_has_public (const KipCalendarSpec  *spec,
                                       const KipPublicHoliday *holiday);
void     kip_calendar_spec_set_public (KipCalendarSpec        *spec,
                                       const KipPublicHoliday *holiday,
                                       gboolean                on);

/* TRUE when the rule is one of the public set's (the form shows these as switches). */
gboolean kip_holiday_is_public (const KipHoliday *holiday);

/* A holiday from what a form has: @first and @last as a person types dates ("30/4/2026", yearly
 * and by the moon without the year), for Tết as day numbers; @last may be empty.  @now: whose
 * year is meant where none is typed.  NULL and a sentence when that is no holiday. */
KipHoliday *kip_holiday_from_typed (KipHolidayKind kind,
                                    const char    *first,
                                    const char    *last,
                                    const char    *name,
                                    KipInstant     now,
                                    GError       **error);

/* "30/4/2026" → a day; FALSE and a sentence otherwise. */
gboolean kip_day_from_typed (const char *text,
                             KipInstant  now,
                             KipDay     *day,
                             GError    **error);

/* One date gets these hours instead of its weekday's (none: a day off), replacing an
 * earlier shift of that date.  Takes nothing. */
void kip_calendar_spec_put_shift (KipCalendarSpec *spec,
                                  KipDay           day,
                                  const GArray    *hours,
                                  const char      *name);

/* "Every year on 25 December", "Days -1 to 3 of Tết": when a rule falls, in words of
 * the interface's language.  (transfer full) */
char *kip_holiday_describe (const KipHoliday *holiday);

/* "the eve of Tết", "day 2 of Tết": of a number of days from mùng 1.  (transfer full) */
char *kip_tet_day_describe (int day);

/* "Sat 10 January 2026", as in lists.  (transfer full) */
char *kip_day_describe (KipDay day);

/* "08:00–12:00, 13:00–17:00", or "day off".  (transfer full) */
char *kip_hours_describe (const GArray *hours);

/* ---- the year to come ---- */

typedef enum
{
  KIP_SPECIAL_HOLIDAY,
  KIP_SPECIAL_DAY_OFF, /* a shift without hours */
  KIP_SPECIAL_SHIFT    /* other hours than the weekday's */
} KipSpecial;

typedef struct
{
  KipDay        first;
  KipDay        last;     /* the same day unless a holiday runs over several */
  KipSpecial    special;
  const char   *name;     /* "" when it has none; borrowed from the spec or static */
  const GArray *hours;    /* (nullable) of a shift; borrowed from the spec */
  gboolean      no_effect; /* it falls on days without working time anyway */
} KipSpecialDay;

/* What differs from the plain week in @n_days from @from on, by date.
 * (transfer full) GArray of KipSpecialDay; keep @spec meanwhile. */
GArray *kip_calendar_spec_special_days (const KipCalendarSpec *spec,
                                        KipDay                 from,
                                        guint                  n_days);

/* How many days of those have any working time. */
guint kip_calendar_spec_working_days (const KipCalendarSpec *spec,
                                      KipDay                 from,
                                      guint                  n_days);

G_END_DECLS
