/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-importer.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* The assistant's last step: what went in, each line that did not with its reason, the
 * report as a file, and undoing all of it. */
#define KIP_TYPE_IMPORT_REPORT_PAGE (kip_import_report_page_get_type ())
G_DECLARE_FINAL_TYPE (KipImportReportPage, kip_import_report_page, KIP, IMPORT_REPORT_PAGE, AdwBin)

/* Takes @report. */
void kip_import_report_page_show (KipImportReportPage *page,
                                  KipSession          *session,
                                  KipImportReport     *report);

G_END_DECLS
