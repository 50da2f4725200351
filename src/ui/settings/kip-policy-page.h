/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The editor of a policy: which tickets it rules, what it promises them, how its clocks
 * pause and warn.  Saved as a new version, after a look at what moves. */
#define KIP_TYPE_POLICY_PAGE (kip_policy_page_get_type ())
G_DECLARE_FINAL_TYPE (KipPolicyPage, kip_policy_page, KIP, POLICY_PAGE, AdwBin)

/* @id: KIP_ID_NONE for a new one. */
GtkWidget *kip_policy_page_new (KipSession *session,
                                KipId       id);

G_END_DECLS
