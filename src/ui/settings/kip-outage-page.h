/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* An outage: from when to when, whom it hits, and why.  Saved after a look at what moves. */
#define KIP_TYPE_OUTAGE_PAGE (kip_outage_page_get_type ())
G_DECLARE_FINAL_TYPE (KipOutagePage, kip_outage_page, KIP, OUTAGE_PAGE, AdwBin)

/* @id: KIP_ID_NONE for a new one. */
GtkWidget *kip_outage_page_new (KipSession *session,
                                KipId       id);

G_END_DECLS
