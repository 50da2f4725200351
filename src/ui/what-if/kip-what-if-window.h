/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-period.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* "What if…": at the left what would be different, at the right what a past range would
 * have been.  Nothing is saved unless the person says so; then it is a draft that no clock
 * uses (kip-agreements.h).  What is read of the past stays for further questions.
 *
 * Actions: what-if.undo, what-if.redo, what-if.reset, what-if.save-draft, what-if.stop,
 * what-if.suggest (percent). */
#define KIP_TYPE_WHAT_IF_WINDOW (kip_what_if_window_get_type ())
G_DECLARE_FINAL_TYPE (KipWhatIfWindow, kip_what_if_window, KIP, WHAT_IF_WINDOW, AdwWindow)

/* The one window of the program, made when there is none.  @range, @query (nullable): the
 * past that is looked at; @policy: shown first, or KIP_ID_NONE. */
void kip_what_if_window_present (GtkApplication *application,
                                 KipSession     *session,
                                 const KipRange *range,
                                 const KipQuery *query,
                                 KipId           policy);

/* Before the office is closed. */
void kip_what_if_window_close (GtkApplication *application);

G_END_DECLS
