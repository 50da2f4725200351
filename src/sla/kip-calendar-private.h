/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar-table.h"
#include "kip-calendar.h"

G_BEGIN_DECLS

/* The years that are ever compiled. */
#define KIP_CALENDAR_FIRST_YEAR 1900
#define KIP_CALENDAR_LAST_YEAR 2199

struct _KipCalendar
{
  gatomicrefcount   refs;
  KipCalendarSpec  *spec;   /* (owned) */
  GTimeZone        *zone;   /* (owned) */
  KipCalendarTable *table;  /* (atomic) (nullable) the widest so far */
  GMutex            mutex;  /* held while a wider one is made */
  GPtrArray        *tables; /* (owned) (mutex mutex) all made: readers may still be in an old one */
};

G_END_DECLS
