/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query-plan.h"

G_BEGIN_DECLS

/* A query as chips that are clicked together, and edits that leave alone what
 * the person typed elsewhere.  Each edit gives the new text of the box; it asks
 * exactly what the old one asked plus the change. */

typedef struct
{
  KipQueryField field;   /* KIP_QUERY_TEXT of words and groups, KIP_QUERY_SORT of the order */
  gsize         start, end; /* bytes of the query's text; both 0 of an order written in pieces */
  gboolean      negated;
  gboolean      wrong;   /* a mistake lies in it */
  char         *label;   /* (owned) translated: "Status: open, new" */
  char         *text;    /* (owned) canonical: "status:open,new" */
} KipQueryChip;

void kip_query_chip_free (KipQueryChip *chip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipQueryChip, kip_query_chip_free)

/* The conditions that must all hold, in order, and the order last; of KipQueryChip.
 * @resolver: (nullable) for the names behind ids.  (transfer full) */
GPtrArray *kip_query_chips (const KipQuery         *query,
                            const KipQueryResolver *resolver);

/* The text without the chip of this number.  (transfer full) */
char *kip_query_without_chip (const KipQuery *query,
                              guint           chip);

/* @name written so that it is one value of @field and no keyword.  (transfer full) */
char *kip_query_quote (KipQueryField field,
                       const char   *name);

/* In all of these @value is written as in a query: "open", "me", "#1407", "2h" or
 * what kip_query_quote() gives; what is no value there changes nothing.  Only
 * conditions of the form field:value that must hold are looked at. */
gboolean kip_query_has_term (const KipQuery *query,
                             KipQueryField   field,
                             const char     *value);

/* One value more: "status:open" and new give "status:open,new".  (transfer full) */
char *kip_query_with_term (const KipQuery *query,
                           KipQueryField   field,
                           const char     *value);

/* One value less; NULL: the field does not matter at all any more.  (transfer full) */
char *kip_query_without_term (const KipQuery *query,
                              KipQueryField   field,
                              const char     *value);
char *kip_query_toggle_term (const KipQuery *query,
                             KipQueryField   field,
                             const char     *value);

/* Only this value (and with KIP_QUERY_SORT: only this order).  (transfer full) */
char *kip_query_set_term (const KipQuery *query,
                          KipQueryField   field,
                          const char     *value);

G_END_DECLS
