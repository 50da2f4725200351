/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"
#include "kip-pending.h"

G_BEGIN_DECLS

/* Within a transaction that took up what other machines wrote: notes what whoever sits here should hear of
 * (kip-tiding.h). */

gboolean kip_tidings_are_noted (KipDb    *db,
                                gboolean *are_noted,
                                GError  **error);

/* @pending: a ticket, with what came. */
gboolean kip_tidings_note_ticket (KipBook    *book,
                                  KipPending *pending,
                                  GError    **error);

/* What this machine wrote and does not count by now. */
gboolean kip_tidings_note_refused (KipBook *book,
                                   GError **error);

G_END_DECLS
