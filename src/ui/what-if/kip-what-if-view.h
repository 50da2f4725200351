/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-what-if.h"

G_BEGIN_DECLS

/* What a past range would have been: shares before and after for each clock and
 * priority, the promises that end otherwise, how well the simulation fits, what it
 * all rests on; and the targets that were suggested.
 *
 * Signals:
 * "use" (GArray of KipSuggestion): the person takes over what was suggested.
 *
 * Rows open their tickets in the main window (app.show-query). */
#define KIP_TYPE_WHAT_IF_VIEW (kip_what_if_view_get_type ())
G_DECLARE_FINAL_TYPE (KipWhatIfView, kip_what_if_view, KIP, WHAT_IF_VIEW, AdwBin)

/* @what_if: borrowed for the call. */
void kip_what_if_view_show (KipWhatIfView   *self,
                            const KipWhatIf *what_if);

/* @suggestions: of KipSuggestion, nullable: none any more. */
void kip_what_if_view_show_suggestions (KipWhatIfView *self,
                                        const GArray  *suggestions,
                                        int            percent);

G_END_DECLS
