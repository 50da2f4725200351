/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The reviews: a list of those that were held, the newest period first; one opens in its
 * place, and so does the form for holding one.
 *
 * Actions: reviews.new, reviews.open (t), reviews.back, reviews.undo, reviews.redo. */
#define KIP_TYPE_REVIEWS_WINDOW (kip_reviews_window_get_type ())
G_DECLARE_FINAL_TYPE (KipReviewsWindow, kip_reviews_window, KIP, REVIEWS_WINDOW, AdwWindow)

/* The one window of the application, in front, with @review opened unless it is KIP_ID_NONE. */
void kip_reviews_window_present (GtkApplication *application,
                                 KipSession     *session,
                                 KipId           review);

G_END_DECLS
