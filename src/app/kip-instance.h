/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One program per office: starting Kip again shows the window that is there,
 * unless it was started for another data folder (--data), which then gets a name
 * of its own on the bus. */

/* The application id to run as for the office in @dir: @app_id, or one made of it
 * when @app_id is taken by a Kip with another office.  (transfer full) */
char *kip_instance_choose_id (const char *app_id,
                              const char *dir);

/* The stateful action by which an instance says which folder it has open. */
#define KIP_INSTANCE_ACTION "office"

G_END_DECLS
