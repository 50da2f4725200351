/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-holiday.h"

G_BEGIN_DECLS

/* A new holiday: once, every year, by the moon, or around Tết.
 *
 * Signals:
 * "added" (KipHoliday *, borrowed) */
#define KIP_TYPE_HOLIDAY_PAGE (kip_holiday_page_get_type ())
G_DECLARE_FINAL_TYPE (KipHolidayPage, kip_holiday_page, KIP, HOLIDAY_PAGE, AdwBin)

GtkWidget *kip_holiday_page_new (void);

G_END_DECLS
