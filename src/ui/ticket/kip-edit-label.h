/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A heading that is edited in place: a wrapping text that becomes an entry when
 * clicked or activated.  Enter and leaving keep what was typed, Escape puts the
 * old text back.  What others write meanwhile does not disturb the typing.
 *
 * Signal "edited" (const char *text): a person changed it; never emitted for an
 * empty text, which is not kept. */
#define KIP_TYPE_EDIT_LABEL (kip_edit_label_get_type ())
G_DECLARE_FINAL_TYPE (KipEditLabel, kip_edit_label, KIP, EDIT_LABEL, GtkWidget)

void kip_edit_label_set_text (KipEditLabel *self,
                              const char   *text);
void kip_edit_label_start (KipEditLabel *self);
gboolean kip_edit_label_is_editing (KipEditLabel *self);

G_END_DECLS
