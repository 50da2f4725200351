/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* A call logged in ten seconds without the mouse: requester, what, category,
 * Enter.  The requester completes as one types; a name that nobody has becomes a
 * new person.  What was typed and not logged is there again the next time.
 *
 * Signal "logged" (guint64 ticket): it is on disk. */
#define KIP_TYPE_QUICK_LOG (kip_quick_log_get_type ())
G_DECLARE_FINAL_TYPE (KipQuickLog, kip_quick_log, KIP, QUICK_LOG, AdwWindow)

GtkWidget *kip_quick_log_new (KipSession *session);

/* Shows the one that is open, or opens one; @parent (nullable): it may be called
 * from anywhere on the desktop.  Borrowed. */
KipQuickLog *kip_quick_log_present (GtkWindow  *parent,
                                    KipSession *session);

/* What Enter does: logs it, or goes to what is missing. */
void kip_quick_log_log (KipQuickLog *self);

G_END_DECLS
