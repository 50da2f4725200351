/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-case.h"
#include "kip-conflict.h"

G_BEGIN_DECLS

/* One field that two people changed at once: what each of them wrote and when, and a
 * button to keep it.  With the keyboard in it, 1, 2, … keep the first, the second, … of the values.
 * Long texts are put side by side where they differ (kip-conflict-text.h). */
#define KIP_TYPE_CONFLICT_GROUP (kip_conflict_group_get_type ())
G_DECLARE_FINAL_TYPE (KipConflictGroup, kip_conflict_group, KIP, CONFLICT_GROUP, AdwBin)

GtkWidget *kip_conflict_group_new (KipCase           *kase,
                                   KipTicket         *ticket,
                                   const KipConflict *conflict);

/* "Lan, yesterday 16:20". (transfer full) */
char *kip_conflict_format_writer (KipCase        *kase,
                                  KipTicket      *ticket,
                                  const KipEvent *claim);

/* "High", "(empty)". (transfer full) */
char *kip_conflict_format_value (KipCase        *kase,
                                 const KipEvent *claim);

G_END_DECLS
