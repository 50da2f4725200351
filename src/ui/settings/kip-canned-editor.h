/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* The text of a canned reply: where it is written, buttons that insert what is filled
 * in later, and beneath what a requester would read.
 *
 * Signals:
 * "commit" (): the text was left and differs from the value that was set. */
#define KIP_TYPE_CANNED_EDITOR (kip_canned_editor_get_type ())
G_DECLARE_FINAL_TYPE (KipCannedEditor, kip_canned_editor, KIP, CANNED_EDITOR, AdwBin)

GtkWidget *kip_canned_editor_new (KipStore *store);

/* A text that is being edited stays. */
void  kip_canned_editor_set_value (KipCannedEditor *editor,
                                   const char      *value);
char *kip_canned_editor_dup_text (KipCannedEditor *editor); /* (transfer full) */

G_END_DECLS
