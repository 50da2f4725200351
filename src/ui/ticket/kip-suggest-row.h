/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-choice-item.h"

G_BEGIN_DECLS

/* An entry row that completes while one types: a requester, a category.  The
 * choices open below it; Up and Down move, Enter or Tab takes the marked one,
 * Escape closes them.  Half-composed words of an input method are left alone.
 *
 * Signal "picked" (KipChoiceItem): a choice was taken; an unknown one (a new
 * person) too. */
#define KIP_TYPE_SUGGEST_ROW (kip_suggest_row_get_type ())
G_DECLARE_FINAL_TYPE (KipSuggestRow, kip_suggest_row, KIP, SUGGEST_ROW, AdwEntryRow)

/* Enter that takes a choice goes on to "entry-activated": for the last field of a
 * form, so that one Enter is enough. */
void kip_suggest_row_set_enter_goes_on (KipSuggestRow *self,
                                        gboolean       goes_on);

/* What fits @text, best first. (transfer full) of KipChoiceItem */
typedef GPtrArray *(*KipSuggestFunc)(const char *text,
                                     gpointer    data);

GtkWidget *kip_suggest_row_new (void);

/* @data must live as long as the row. */
void kip_suggest_row_set_source (KipSuggestRow *self,
                                 KipSuggestFunc func,
                                 gpointer       data);

/* The choice whose text stands there; KIP_ID_NONE: none, or one that is not known. */
KipId kip_suggest_row_get_id (KipSuggestRow *self);

/* Shows @text and means @id, as if it had been picked, but silently. */
void kip_suggest_row_set_choice (KipSuggestRow *self,
                                 KipId          id,
                                 const char    *text);

/* Takes what is marked (the first one to begin with); FALSE: nothing fits. */
gboolean kip_suggest_row_accept (KipSuggestRow *self);

G_END_DECLS
