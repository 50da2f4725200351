/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* A message being written: its text is on disk from the first letter, beside how
 * many answers of colleagues the ticket had when it was begun, so that a reply
 * can be held back when one of them answered meanwhile, even across a restart. */

/* The draft of @kind on @ticket: ""  for none.  @seen (nullable) out: answers at
 * the beginning (kip_case_count_answers()), left alone without a draft. (transfer full) */
char *kip_draft_load (KipStore      *store,
                      KipId          ticket,
                      KipMessageKind kind,
                      guint         *seen);

/* Call at every change of the text; "" removes the draft.  @seen is written down
 * when the draft begins and kept until it is removed. */
void kip_draft_save (KipStore      *store,
                     KipId          ticket,
                     KipMessageKind kind,
                     const char    *text,
                     guint          seen);

/* The kind of which there is a draft, replies first; 0: none. */
KipMessageKind kip_draft_find (KipStore *store,
                               KipId     ticket);

/* "reply", "call", "note", "incoming": the store's name for it.  Static. */
const char *kip_draft_slot (KipMessageKind kind);

G_END_DECLS
