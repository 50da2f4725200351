/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* Writes the tickets of a list to a CSV file: asks for whom (a spreadsheet or a program) and
 * where, shows that it works and can be cancelled.  @query: (nullable) every counted ticket. */
void kip_export_present (GtkWindow      *parent,
                         KipSession     *session,
                         const KipQuery *query,
                         KipSort         sort,
                         gboolean        descending);

/* The same for tickets that were selected: @ids, of KipId, copied, in their order. */
void kip_export_present_ids (GtkWindow  *parent,
                             KipSession *session,
                             GArray     *ids);

G_END_DECLS
