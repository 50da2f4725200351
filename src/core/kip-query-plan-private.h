/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-plan.h"
#include "kip-query-private.h"

G_BEGIN_DECLS

/* ---- kip-query-test.c: all take the tests they are given; NULL is no condition ---- */

KipQueryTest *kip_query_test_new (KipQueryTestKind kind,
                                  KipQueryField    field);
void          kip_query_test_free (KipQueryTest *test);
KipQueryTest *kip_query_test_in (KipQueryField field,
                                 gint64        value);
KipQueryTest *kip_query_test_range (KipQueryField field,
                                    gint64        min,
                                    gint64        max);
KipQueryTest *kip_query_test_not (KipQueryTest *test);
KipQueryTest *kip_query_test_join (KipQueryTestKind kind,
                                   KipQueryTest    *left,
                                   KipQueryTest    *right);
void          kip_query_test_add_value (KipQueryTest *test,
                                        gint64        value);

/* What the making of one plan needs at hand. */
typedef struct
{
  KipQueryPlan *plan;
  const KipQueryResolver *resolver; /* (nullable) */
  GTimeZone    *zone;
} KipQueryMaker;

/* ---- kip-query-names.c ---- */

/* An IN of what @value names; NULL and a mistake when nothing is called that. */
KipQueryTest *kip_query_maker_named (KipQueryMaker           *maker,
                                     const KipQueryFieldInfo *field,
                                     const KipQueryValue     *value);

/* ---- kip-query-plan-time.c ---- */

KipQueryTest *kip_query_maker_time (KipQueryMaker       *maker,
                                    KipQueryField        field,
                                    KipQueryOp           op,
                                    const KipQueryValue *value);

/* The plan must be made anew at @at at the latest. */
void kip_query_maker_moves (KipQueryMaker *maker,
                            KipInstant     at);

/* … within a minute, since something in it runs with the time. */
void kip_query_maker_runs (KipQueryMaker *maker);

G_END_DECLS
