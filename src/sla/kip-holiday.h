/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-date.h"
#include "kip-value.h"

G_BEGIN_DECLS

/* A reason for a whole day without work: once, every year, or by the moon.
 * The numbers are written into events: never renumber. */
typedef enum
{
  KIP_HOLIDAY_DATES = 1,       /* from … to are KipDay */
  KIP_HOLIDAY_YEARLY = 2,      /* from … to are month × 100 + day; may run over New Year */
  KIP_HOLIDAY_TET = 3,         /* from … to are days from mùng 1 Tết: -1 the eve, 0 mùng 1 */
  KIP_HOLIDAY_LUNAR = 4,       /* from … to are lunar month × 100 + day */
  KIP_HOLIDAY_VN_NATIONAL = 5  /* the day beside 2 September: 1st or 3rd, by its weekday */
} KipHolidayKind;

typedef struct
{
  KipHolidayKind kind;
  int   from;
  int   to;
  int   since; /* first year; 0: always */
  int   until; /* last year; 0: for ever */
  char *name;  /* (owned) (nullable) what people call it; NULL: see kip_holiday_get_name() */
} KipHoliday;

KipHoliday *kip_holiday_new (KipHolidayKind kind,
                             int            from,
                             int            to,
                             const char    *name);
KipHoliday *kip_holiday_copy (const KipHoliday *holiday);
void        kip_holiday_free (KipHoliday *holiday);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipHoliday, kip_holiday_free)

/* The days that @holiday takes in @year, or that begin in @year when it runs over
 * New Year.  FALSE: none, or a moon date outside 2000–2100. */
gboolean kip_holiday_in_year (const KipHoliday *holiday,
                              int               year,
                              KipDay           *first,
                              KipDay           *last);

gboolean kip_holiday_covers (const KipHoliday *holiday,
                             KipDay            day);

/* Its own name, or that of the public holiday which it is on @day, or "Holiday";
 * in the language of the interface.  Borrowed. */
const char *kip_holiday_get_name (const KipHoliday *holiday,
                                  KipDay            day);

/* The text form used by settings, kipctl and tests:
 *   2026-04-30   2026-04-27..2026-04-29   *-12-25   *-12-31..*-01-02
 *   tet:-1..3    lunar:03-10              vn-national
 * then optionally "@2007..2030" (years, either may be left out) and " a name".
 * KIP_ERROR_INVALID when not understood. */
KipHoliday *kip_holiday_parse (const char *text,
                               GError    **error);
char       *kip_holiday_to_text (const KipHoliday *holiday);

KipValue   *kip_holiday_to_value (const KipHoliday *holiday);
KipHoliday *kip_holiday_from_value (const KipValue *value); /* (nullable) */

/* The public holidays of Vietnam (Labour Code 2019, article 112).  The days may be
 * moved by the government from year to year, which is why an office edits them. */
typedef struct
{
  const char *key;     /* "hung_kings" */
  KipHoliday  rule;    /* rule.name is NULL */
  const char *name_en;
  const char *name_vi;
} KipPublicHoliday;

const KipPublicHoliday *kip_public_holidays (guint *n);

/* In the language of the interface; static. */
const char *kip_public_holiday_get_name (const KipPublicHoliday *holiday);

G_END_DECLS
