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

G_END_DECLS
