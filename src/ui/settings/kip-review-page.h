/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* What a new version of a policy or calendar, or an outage, would move, before it is
 * saved: how many open tickets, each from when to when. */
#define KIP_TYPE_REVIEW_PAGE (kip_review_page_get_type ())
G_DECLARE_FINAL_TYPE (KipReviewPage, kip_review_page, KIP, REVIEW_PAGE, AdwBin)

/* Takes @change.  Looks in the background; where nothing moves it saves at once, else it
 * shows what does and saves when the person says so.  Saved, it goes back to the page
 * from which @from was opened.  @label: what a toast says then. */
void kip_settings_review (GtkWidget  *from,
                          KipSession *session,
                          KipChange  *change,
                          const char *label);

G_END_DECLS
