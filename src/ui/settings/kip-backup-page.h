/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* Backups, by hand and daily, and care for the data. */
#define KIP_TYPE_BACKUP_PAGE (kip_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (KipBackupPage, kip_backup_page, KIP, BACKUP_PAGE, AdwBin)

G_END_DECLS
