/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* Care for the data, from the menu and the settings: each asks what it has to, shows how
 * far it is, and says how it ended. */

/* Asks for a file and writes a whole, checked copy of the office into it. */
void kip_backup_present (GtkWindow  *parent,
                         KipSession *session);

/* Asks for a backup, says what restoring means, and activates the action app.restore with
 * its path, for only the application can close the office and open it again. */
void kip_restore_present (GtkWindow *parent);

/* The same for a backup that is known. */
void kip_restore_present_file (GtkWindow *parent,
                               GFile     *backup);

/* Verifies everything and shows the report. */
void kip_check_present (GtkWindow  *parent,
                        KipSession *session);

/* Folds the whole log again and says whether all came out the same. */
void kip_rebuild_present (GtkWindow  *parent,
                          KipSession *session);

G_END_DECLS
