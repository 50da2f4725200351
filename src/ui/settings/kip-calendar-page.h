/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The editor of a calendar: its week, holidays, dated shifts, and what the year to come
 * looks like.  Saved as a new version, after a look at what moves. */
#define KIP_TYPE_CALENDAR_PAGE (kip_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (KipCalendarPage, kip_calendar_page, KIP, CALENDAR_PAGE, AdwBin)

/* @id: KIP_ID_NONE for a new one. */
GtkWidget *kip_calendar_page_new (KipSession *session,
                                  KipId       id);

G_END_DECLS
