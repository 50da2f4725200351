/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-import-draft.h"

G_BEGIN_DECLS

/* The assistant's third step: what the words of the file mean, such as its statuses and
 * priorities. */
#define KIP_TYPE_IMPORT_VALUES_STEP (kip_import_values_step_get_type ())
G_DECLARE_FINAL_TYPE (KipImportValuesStep, kip_import_values_step, KIP, IMPORT_VALUES_STEP, AdwBin)

/* @draft with a sample and a map; borrowed. */
void kip_import_values_step_show (KipImportValuesStep *step,
                                  KipImportDraft      *draft);

/* FALSE: the file has no such words, the step can be passed over. */
gboolean kip_import_values_step_has_any (KipImportValuesStep *step);

G_END_DECLS
