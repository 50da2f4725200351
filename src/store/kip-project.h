/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"
#include "kip-row.h"

G_BEGIN_DECLS

/* Writes what is computed of a ticket into the tables that lists read. */
gboolean kip_project_ticket (KipBook           *book,
                             const KipComputed *computed,
                             GError           **error);

/* The same for a ticket that is shown before the log has come to it, unless it is there; @number: 1, 2, …  It gives way to the
 * first by kip_project_ticket() that the log speaks of; _drop_early: all of them go. */
gboolean kip_project_early (KipBook           *book,
                            const KipComputed *computed,
                            guint              number,
                            GError           **error);
gboolean kip_project_drop_early (KipDb   *db,
                                 GError **error);

/* Reading a row of the running table: of KipThreshold without assignee and team. */
GArray *kip_project_read_thresholds (gconstpointer data,
                                     gsize         length);

G_END_DECLS
