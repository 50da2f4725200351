/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* The list of the calendars, the policies (in the order in which they are tried) or the
 * outages. What would move a deadline is shown before it is saved. */
#define KIP_TYPE_AGREEMENT_LIST_PAGE (kip_agreement_list_page_get_type ())
G_DECLARE_FINAL_TYPE (KipAgreementListPage, kip_agreement_list_page, KIP, AGREEMENT_LIST_PAGE, AdwBin)

GtkWidget *kip_agreement_list_page_new (KipSession *session,
                                        KipKind     kind);

G_END_DECLS
