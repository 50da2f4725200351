/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-application.h"

G_BEGIN_DECLS

/* Watches the promises of whatever office the program has open, and keeps the
 * program alive without a window while the person wants that (the setting
 * "watch-in-background").
 *
 * The application's stateful action "notifications" (b) tells windows whether a
 * notification service answers. */
#define KIP_TYPE_WATCH (kip_watch_get_type ())
G_DECLARE_FINAL_TYPE (KipWatch, kip_watch, KIP, WATCH, GObject)

/* @application outlives it. */
KipWatch *kip_watch_new (KipApplication *application);

G_END_DECLS
