/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-dates.h"

G_BEGIN_DECLS

/* One way to write points in time, and reading by it.  Private to the dates. */

typedef enum
{
  KIP_IMPORT_DATE_ISO,
  KIP_IMPORT_DATE_EPOCH,
  KIP_IMPORT_DATE_EPOCH_MS,
  KIP_IMPORT_DATE_EXCEL,
  KIP_IMPORT_DATE_DAY,
  KIP_IMPORT_DATE_MONTH,
  KIP_IMPORT_DATE_MONTH_NAME,
  KIP_IMPORT_DATE_YEAR,
  KIP_IMPORT_DATE_SHORT_YEAR,
  KIP_IMPORT_DATE_HOUR,
  KIP_IMPORT_DATE_MINUTE,
  KIP_IMPORT_DATE_SECOND,
  KIP_IMPORT_DATE_ZONE,
  KIP_IMPORT_DATE_SPACE,
  KIP_IMPORT_DATE_CHARACTER
} KipImportDatePartKind;

typedef struct
{
  KipImportDatePartKind kind;
  char     character;
} KipImportDatePart;

/* What was read of a text so far. */
typedef struct
{
  int      year, month, day;
  int      hour, minute, second, ms;
  int      offset;   /* seconds east of UTC */
  gboolean has_zone;
  gboolean counted;    /* not a date but a count: */
  gint64   count_ms;   /* milliseconds since 1970, of UTC unless is_local */
  gboolean is_local;
  gboolean has_time;
} KipImportMoment;

/* (transfer full) (nullable) GArray of KipImportDatePart; NULL when @form is none: a
 * pattern needs a day, a month and a year. */
GArray *kip_import_date_compile (const char *form);

/* TRUE when all of @text, which has no space in front, is written so and there is such a moment. */
gboolean kip_import_date_read (GArray          *parts,
                               const char      *text,
                               KipImportMoment *moment);

/* The forms that are tried when none is named, and from which a guess is made; static. */
const char *const *kip_import_date_usual_forms (guint *n);

G_END_DECLS
