/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* A review that is being held: its days, whose figures, what was agreed, who does what.
 * What is typed is kept as a draft until it is saved.
 *
 * Signals:
 * "saved" (): it is on disk. */
#define KIP_TYPE_REVIEW_EDITOR (kip_review_editor_get_type ())
G_DECLARE_FINAL_TYPE (KipReviewEditor, kip_review_editor, KIP, REVIEW_EDITOR, AdwBin)

GtkWidget *kip_review_editor_new (KipSession *session);

G_END_DECLS
