/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* Brings another help desk's tickets in:
 *
 *   file ─▶ columns ─▶ values ─▶ preview ─▶ (import, with progress) ─▶ report
 *
 * Each step can be gone back from until the import runs; the mapping can be loaded and saved. */
#define KIP_TYPE_IMPORT_ASSISTANT (kip_import_assistant_get_type ())
G_DECLARE_FINAL_TYPE (KipImportAssistant, kip_import_assistant, KIP, IMPORT_ASSISTANT, AdwWindow)

/* @parent: (nullable).  The assistant belongs to itself; it is returned to be given a file. */
KipImportAssistant *kip_import_assistant_present (GtkWindow  *parent,
                                                  KipSession *session);

/* Begins with this file, as if it had been dropped. */
void kip_import_assistant_take_file (KipImportAssistant *assistant,
                                     GFile              *file);

G_END_DECLS
