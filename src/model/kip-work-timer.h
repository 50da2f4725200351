/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* A stop watch on a ticket, kept on this machine: it runs on while the program is
 * closed, and several tickets may have one. */

/* When it was started; KIP_INSTANT_NONE: it is not running. */
KipInstant kip_work_timer_get (KipStore *store,
                               KipId     ticket);
void       kip_work_timer_start (KipStore  *store,
                                 KipId      ticket,
                                 KipInstant now);

/* Stops it: whole seconds it has run; 0 when it was not running, or when the
 * clock was set back since. */
gint64 kip_work_timer_stop (KipStore  *store,
                            KipId      ticket,
                            KipInstant now);

G_END_DECLS
