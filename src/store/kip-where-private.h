/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-where.h"

G_BEGIN_DECLS

typedef struct
{
  KipWhere  *where;
  KipDb     *db;
  KipOffice *office;
  const KipQueryPlan *plan;
  guint64    n_slots;
} KipWhereWriter;

/* kip-where-say.c: the words of a condition, and what stands for a "?" in it */
void kip_where_say (KipWhereWriter *writer,
                    const char     *sql);
void kip_where_say_int (KipWhereWriter *writer,
                        gint64          number);
void kip_where_say_text (KipWhereWriter *writer,
                         const char     *text);
void kip_where_say_bits (KipWhereWriter *writer,
                         KipBits        *bits); /* takes it */
void kip_where_say_among (KipWhereWriter *writer,
                          const char     *expression,
                          GArray         *ids); /* of gint64, sorted */
int  kip_where_compare_numbers (gconstpointer a,
                                gconstpointer b);

/* kip-where-fields.c: tests of a field by its column */
void kip_where_say_in (KipWhereWriter     *writer,
                       const KipQueryTest *test);
void kip_where_say_range (KipWhereWriter     *writer,
                          const KipQueryTest *test);
void kip_where_say_empty (KipWhereWriter     *writer,
                          const KipQueryTest *test);
void kip_where_say_flag (KipWhereWriter     *writer,
                         const KipQueryTest *test);

/* The tickets whose requester's department says @test. */
void kip_where_say_department (KipWhereWriter     *writer,
                               const KipQueryTest *test);

G_END_DECLS
