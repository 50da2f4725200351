/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-importer.h"

G_BEGIN_DECLS

/* "Line 214 · INC0007".  (transfer full) */
char *kip_import_problem_title (const KipImportProblem *problem);

/* "refused", or "taken in part"; static. */
const char *kip_import_problem_verdict (const KipImportProblem *problem);

G_END_DECLS
