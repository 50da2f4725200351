/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-whose.h"

static gboolean
is_one_of (const KipQueryTest *test,
           KipQueryField       field)
{
  return test->kind == KIP_QUERY_TEST_IN && test->field == field && test->values->len == 1;
}

KipWhose
kip_whose_of_query (const KipQuery         *query,
                    const KipQueryResolver *resolver,
                    KipInstant              now)
{
  KipWhose whose = { FALSE, KIP_ID_NONE, KIP_ID_NONE };
  g_autoptr (KipQueryPlan) plan = NULL;

  if (query == NULL || kip_query_get_root (query) == NULL)
    return whose;
  plan = kip_query_plan_new (query, resolver, now, NULL);
  if (is_one_of (plan->root, KIP_QUERY_TEAM))
    whose.team = (KipId) g_array_index (plan->root->values, gint64, 0);
  else if (is_one_of (plan->root, KIP_QUERY_AGENT))
    whose.agent = (KipId) g_array_index (plan->root->values, gint64, 0);
  else
    whose.some = TRUE;
  return whose;
}
