/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-importer.h"

G_BEGIN_DECLS

/* The assistant's fourth step: the first tickets as they would come out. */
#define KIP_TYPE_IMPORT_PREVIEW_LIST (kip_import_preview_list_get_type ())
G_DECLARE_FINAL_TYPE (KipImportPreviewList, kip_import_preview_list, KIP, IMPORT_PREVIEW_LIST, AdwBin)

/* @tickets: of KipImportPreview.  @report: (nullable) what is wrong with their rows. */
void kip_import_preview_list_show (KipImportPreviewList  *list,
                                   GPtrArray             *tickets,
                                   const KipImportReport *report);

/* While they are being read, or with a sentence when they cannot be. */
void kip_import_preview_list_show_reading (KipImportPreviewList *list);
void kip_import_preview_list_show_error (KipImportPreviewList *list,
                                         const char           *sentence);

G_END_DECLS
