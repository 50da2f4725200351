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

/* Reading a row of the running table: of KipThreshold without assignee and team. */
GArray *kip_project_read_thresholds (gconstpointer data,
                                     gsize         length);

G_END_DECLS
