/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-office.h"

G_BEGIN_DECLS

/* Fields and their values in words, for the timeline, conflicts and kipctl. */

/* What names ids: the office, and the numbers of tickets that are known here. */
typedef struct
{
  KipOffice  *office;
  GHashTable *tickets; /* (nullable) KipId (in a pointer to gint64) → text "A-214" */
  GTimeZone  *zone;    /* (nullable) this machine's */
} KipWords;

/* "Status"; for fields of a newer Kip "Unknown field".  Static. */
const char *kip_format_field (KipKind  kind,
                              KipField field);

/* "Open", "High (the director waits)", "Fri 6 Mar 2026, 16:20", "Lan"; "" for an
 * empty value.  What is not known here any more has a word too, never a bare id. */
char *kip_format_value (const KipWords *words,
                        KipKind         kind,
                        KipField        field,
                        const KipValue *value);

/* The name of a person; of nobody: @nobody. */
char *kip_format_person (KipOffice  *office,
                         KipId       person,
                         const char *nobody);

/* "A-214", or "another ticket" when its number is not known here. */
char *kip_format_ticket (const KipWords *words,
                         KipId           ticket);

G_END_DECLS
