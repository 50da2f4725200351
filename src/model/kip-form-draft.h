/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* What stands in an unfinished form, as one draft of the store: names and texts
 * of its fields.  A text may hold anything, line ends too. */

/* NULL: nothing was left. (transfer full) of char * → char * */
GHashTable *kip_form_draft_load (KipStore   *store,
                                 const char *form);

/* Empty texts are left out; when nothing is left the draft is removed. */
void kip_form_draft_save (KipStore   *store,
                          const char *form,
                          GHashTable *fields);
void kip_form_draft_clear (KipStore   *store,
                           const char *form);

/* The text of a field; "" when there is none. Borrowed. */
const char *kip_form_draft_get (GHashTable *fields,
                                const char *name);

G_END_DECLS
