/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* Joins an office that others share: its file, and a join code or the passphrase.
 *
 * Signals:
 * "joined" (KipStore): the copy, open; it is filled while one works
 * "back" () */
#define KIP_TYPE_JOIN_PAGE (kip_join_page_get_type ())
G_DECLARE_FINAL_TYPE (KipJoinPage, kip_join_page, KIP, JOIN_PAGE, AdwBin)

/* The folder that the copy is made in. */
void kip_join_page_set_dir (KipJoinPage *page,
                            const char  *dir);

G_END_DECLS
