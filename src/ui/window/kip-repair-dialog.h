/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-sync-repair.h"

G_BEGIN_DECLS

/* Says what is the matter with the share, what is safe, and offers the one thing to do about it
 * (kip-sync-repair.h); says so, too, when that did not work. */
void kip_repair_present (GtkWindow *parent,
                         KipSync   *sync);

G_END_DECLS
