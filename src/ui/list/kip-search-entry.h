/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* The search box: what is typed is asked at once, mistakes are underlined, fields
 * and values are completed, what was looked for lately comes back with Down in
 * the empty box.  Letters that an input method is still composing are not asked.
 *
 * Signals:
 * "search" (): the text is another: kip_search_entry_get_query().
 * "go" (): Enter: to the ticket whose number it is, or to the first one found.
 * "mistake" (): another mistake is to be told about, or none.
 * "leave" (): Escape in the empty box, or Down into the list. */
#define KIP_TYPE_SEARCH_ENTRY (kip_search_entry_get_type ())
G_DECLARE_FINAL_TYPE (KipSearchEntry, kip_search_entry, KIP, SEARCH_ENTRY, GtkWidget)

/* @store: (nullable) */
void kip_search_entry_set_store (KipSearchEntry *self,
                                 KipStore       *store);

/* As the person left it, half-composed letters apart. Borrowed, never NULL. */
const KipQuery *kip_search_entry_get_query (KipSearchEntry *self);
const char     *kip_search_entry_get_text (KipSearchEntry *self);

/* As if typed; "search" is emitted. */
void kip_search_entry_set_text (KipSearchEntry *self,
                                const char     *text);

/* Places the cursor in the box, all selected. */
void kip_search_entry_focus (KipSearchEntry *self);

/* Keys typed into @widget while it has the focus go to the box. */
void kip_search_entry_capture (KipSearchEntry *self,
                               GtkWidget      *widget);

/* Keeps the text for the next time: it was of use. */
void kip_search_entry_remember (KipSearchEntry *self);

/* The first mistake to tell about; NULL: none, or the person is still typing it.
 * Borrowed until the text changes. */
const KipQueryMistake *kip_search_entry_get_mistake (KipSearchEntry *self);

/* Puts the mistake's replacement in its place. */
void kip_search_entry_mend (KipSearchEntry *self);

G_END_DECLS
