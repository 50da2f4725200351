/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

char *
kip_import_problem_title (const KipImportProblem *problem)
{
  g_autofree char *line = g_strdup_printf (_("Line %" PRIu64), problem->line);

  if (problem->key == NULL || *problem->key == '\0')
    return g_steal_pointer (&line);
  return g_strdup_printf ("%s · %s", line, problem->key);
}

const char *
kip_import_problem_verdict (const KipImportProblem *problem)
{
  return problem->refused ? _("refused") : _("taken in part");
}
