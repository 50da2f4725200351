/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* A timer for a moment of the wall clock.  It fires at that moment, not after so
 * many seconds: when the clock is set it fires too, so that its owner can look
 * again, and after a suspend it fires as soon as the machine is awake (timerfd with
 * CLOCK_REALTIME and TFD_TIMER_CANCEL_ON_SET).  With KIP_CLOCK it follows that clock.
 * It may fire early for these reasons: the owner compares with kip_clock_now().
 * It belongs to the thread-default main context in which it was made. */
typedef struct _KipWallTimer KipWallTimer;

typedef void (*KipWallTimerFunc) (gpointer data);

KipWallTimer *kip_wall_timer_new (KipWallTimerFunc callback,
                                  gpointer         data);
void          kip_wall_timer_free (KipWallTimer *timer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipWallTimer, kip_wall_timer_free)

/* Fires once at @at; KIP_INSTANT_NONE: not at all. */
void kip_wall_timer_set (KipWallTimer *timer,
                         KipInstant    at);

G_END_DECLS
