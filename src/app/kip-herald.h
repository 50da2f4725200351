/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-notifier.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* Tells whoever sits here what was learnt from the other machines of the office (kip-tiding.h), once: in the
 * window where one is open, else by a notification.  Main thread only. */
#define KIP_TYPE_HERALD (kip_herald_get_type ())
G_DECLARE_FINAL_TYPE (KipHerald, kip_herald, KIP, HERALD, GObject)

KipHerald *kip_herald_new (GtkApplication *application,
                           KipSession     *session,
                           KipNotifier    *notifier);

G_END_DECLS
