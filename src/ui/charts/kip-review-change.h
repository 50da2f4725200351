/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* What of a review can be changed once it was held: the words.  Its figures stay as they
 * were.  What was written before is kept in the log, and undo brings it back. */

/* Asks for other words for what was agreed. */
void kip_review_change_agreed (GtkWindow  *parent,
                               KipSession *session,
                               KipId       review);

/* The tickets of its actions stay. */
void kip_review_delete (KipSession *session,
                        KipId       review);

G_END_DECLS
