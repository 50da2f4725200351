/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-holiday.h"

G_BEGIN_DECLS

/* What a person says about working time: the editable definition from which a
 * KipCalendar (kip-calendar.h) is made.  Plain data. */

/* Working time of one day, half-open, in minutes from its local midnight;
 * 0 ≤ from < 1440, from < to ≤ from + 1440: beyond 1440 it runs into the next day. */
typedef struct
{
  gint16 from;
  gint16 to;
} KipHours;

/* What one date has instead of its weekday's pattern (a shift), or what is taken
 * out of it (a break).  A shift without hours is a day off. */
typedef struct
{
  KipDay  day;
  GArray *hours; /* (owned) of KipHours, sorted */
  char   *name;  /* (owned) (nullable) */
} KipDatedHours;

typedef struct
{
  char      *zone;      /* (owned) IANA name, "Asia/Ho_Chi_Minh" */
  GArray    *weekly[7]; /* (owned) of KipHours, sorted; 0 Monday … 6 Sunday */
  GPtrArray *holidays;  /* (owned) of KipHoliday; a holiday beats a shift */
  GPtrArray *shifts;    /* (owned) of KipDatedHours */
  GPtrArray *breaks;    /* (owned) of KipDatedHours */
} KipCalendarSpec;

/* Without any working time.  @zone: NULL means UTC. */
KipCalendarSpec *kip_calendar_spec_new (const char *zone);
KipCalendarSpec *kip_calendar_spec_copy (const KipCalendarSpec *spec);
void             kip_calendar_spec_free (KipCalendarSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCalendarSpec, kip_calendar_spec_free)

/* Monday to Friday 08:00–12:00 and 13:00–17:00 in Asia/Ho_Chi_Minh with the public
 * holidays of Vietnam: what an office begins with.  / Every hour of every day. */
KipCalendarSpec *kip_calendar_spec_new_vietnam (void);
KipCalendarSpec *kip_calendar_spec_new_always (const char *zone);

void kip_calendar_spec_add_public_holidays (KipCalendarSpec *spec);

void kip_calendar_spec_add_shift (KipCalendarSpec *spec,
                                  KipDay           day,
                                  const GArray    *hours,
                                  const char      *name);
void kip_calendar_spec_add_break (KipCalendarSpec *spec,
                                  KipDay           day,
                                  const GArray    *hours,
                                  const char      *name);

/* Text forms, as in settings, kipctl and tests; each setter replaces what was
 * there, leaves @spec alone on failure (KIP_ERROR_INVALID) and takes "" for none.
 *   hours     08:00-12:00,13:00-17:00   ("22:30-04:00" runs into the next day)
 *   weekly    mon=HOURS;tue=HOURS;…
 *   holidays  HOLIDAY|HOLIDAY|…         (kip_holiday_parse(); "vn" is the whole public set)
 *   dated     2026-01-10=HOURS|2026-01-02= A name|…
 * 24:00 is the end of the day. */
GArray  *kip_hours_parse (const char *text,
                          GError    **error); /* (transfer full) of KipHours */
char    *kip_hours_to_text (const GArray *hours);
gboolean kip_calendar_spec_set_weekly (KipCalendarSpec *spec,
                                       const char      *text,
                                       GError         **error);
gboolean kip_calendar_spec_set_holidays (KipCalendarSpec *spec,
                                         const char      *text,
                                         GError         **error);
gboolean kip_calendar_spec_set_shifts (KipCalendarSpec *spec,
                                       const char      *text,
                                       GError         **error);
gboolean kip_calendar_spec_set_breaks (KipCalendarSpec *spec,
                                       const char      *text,
                                       GError         **error);
char    *kip_calendar_spec_dup_weekly (const KipCalendarSpec *spec);
char    *kip_calendar_spec_dup_holidays (const KipCalendarSpec *spec);
char    *kip_calendar_spec_dup_shifts (const KipCalendarSpec *spec);
char    *kip_calendar_spec_dup_breaks (const KipCalendarSpec *spec);

/* Whether it may be saved: a known zone, hours in order, and some working time in
 * the years 2000–2100.  KIP_ERROR_INVALID with a sentence for the form otherwise. */
gboolean kip_calendar_spec_check (const KipCalendarSpec *spec,
                                  GError               **error);

/* A map: {1: zone, 2: seven lists of [from, to, …], 3: holidays, 4: shifts, 5: breaks};
 * a shift or break is {1: day, 2: [from, to, …], 3: name}.  Reading forgives: what
 * makes no sense is left out. */
KipValue        *kip_calendar_spec_to_value (const KipCalendarSpec *spec);
KipCalendarSpec *kip_calendar_spec_from_value (const KipValue *value);

G_END_DECLS
