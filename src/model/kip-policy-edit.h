/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-policy.h"

G_BEGIN_DECLS

/* What a form does to a policy while a person edits it. */

/* "50, 75, 90 %" → percentages, rising and none twice; "" for none.  (transfer full) GArray of
 * int; NULL and KIP_ERROR_INVALID when it is no such list. */
GArray *kip_warnings_parse (const char *text,
                            GError    **error);
char   *kip_warnings_to_text (const GArray *warnings); /* (transfer full) "50, 75, 90" */

/* "4 h", "1 h 30 min", "40 h": short enough for a cell; kip_target_parse() reads it back. */
char *kip_target_to_cell (gint64 seconds);

/* The same promises and rules, whenever they take effect. */
gboolean kip_policy_spec_same (const KipPolicySpec *a,
                               const KipPolicySpec *b);

G_END_DECLS
