/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The pages of the settings window.  Each shows what the session's store says and
 * follows what other people change. */

GtkWidget *kip_office_page_new (KipSession *session);
GtkWidget *kip_people_page_new (KipSession *session);
GtkWidget *kip_teams_page_new (KipSession *session);
GtkWidget *kip_categories_page_new (KipSession *session);
GtkWidget *kip_statuses_page_new (KipSession *session);
GtkWidget *kip_matrix_page_new (KipSession *session);
GtkWidget *kip_canned_page_new (KipSession *session);
GtkWidget *kip_assets_page_new (KipSession *session);
GtkWidget *kip_calendars_page_new (KipSession *session);
GtkWidget *kip_policies_page_new (KipSession *session);
GtkWidget *kip_outages_page_new (KipSession *session);
GtkWidget *kip_goals_page_new (KipSession *session);
GtkWidget *kip_notifications_page_new (KipSession *session);
GtkWidget *kip_sharing_page_new (KipSession *session);
GtkWidget *kip_backup_page_new (KipSession *session);

G_END_DECLS
