/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bits.h"
#include "kip-db.h"
#include "kip-office.h"
#include "kip-query-plan.h"

G_BEGIN_DECLS

/* A plan as a condition of SQL on the table ticket, called t.  It means exactly
 * what kip_query_matches() means. */
typedef struct
{
  GString   *sql;    /* (owned) */
  GArray    *values; /* (owned) of KipDbValue, in order */
  GPtrArray *bits;   /* (owned) of KipBits that values point to */
  GPtrArray *lists;  /* (owned) of GArray of gint64 that values point to */
} KipWhere;

/* @tests: of KipQueryTest of @plan, all of which must hold, and that the ticket is
 * none that the plan leaves out.  Words are looked up in the index at once. */
KipWhere *kip_where_new (KipDb              *db,
                         KipOffice          *office,
                         const KipQueryPlan *plan,
                         GPtrArray          *tests,
                         GError            **error);
void          kip_where_free (KipWhere *where);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipWhere, kip_where_free)

/* TRUE when all values of @test, which is of phases, are of open tickets. */
gboolean kip_where_are_open (const KipQueryTest *test);

/* The functions that conditions use. */
gboolean kip_where_register (KipDb   *db,
                             GError **error);

/* The largest slot and one. */
gboolean kip_where_count_slots (KipDb   *db,
                                guint64 *n,
                                GError **error);

G_END_DECLS
