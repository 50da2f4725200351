/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row with one line of text that is saved when the person presses Enter or goes
 * on to another field; Escape brings back what was there.
 *
 * Signals:
 * "commit" (): the text differs from the value that was set; kip_text_row_refuse()
 *   in the handler says why it cannot be.
 *
 * Properties: "required": an empty text is refused. */
#define KIP_TYPE_TEXT_ROW (kip_text_row_get_type ())
G_DECLARE_FINAL_TYPE (KipTextRow, kip_text_row, KIP, TEXT_ROW, AdwEntryRow)

GtkWidget *kip_text_row_new (const char *title);

/* What is saved now.  A text that is being edited stays, unless it equals the old value. */
void        kip_text_row_set_value (KipTextRow *row,
                                    const char *value);
const char *kip_text_row_get_value (KipTextRow *row);

/* What is typed, without space at its ends.  (transfer full) */
char *kip_text_row_dup_text (KipTextRow *row);

void kip_text_row_set_required (KipTextRow *row,
                                gboolean    required);

/* Marks the text as wrong with a sentence, until it is edited; NULL: it is right. */
void     kip_text_row_refuse (KipTextRow *row,
                              const char *message);
gboolean kip_text_row_is_refused (KipTextRow *row);

G_END_DECLS
