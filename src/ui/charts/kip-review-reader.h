/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* A review that was held: its figures as they were, today's beside them where they came
 * out differently since, what was agreed, and the tickets that came of it. */
#define KIP_TYPE_REVIEW_READER (kip_review_reader_get_type ())
G_DECLARE_FINAL_TYPE (KipReviewReader, kip_review_reader, KIP, REVIEW_READER, AdwBin)

GtkWidget *kip_review_reader_new (KipSession *session,
                                  KipId       id);

G_END_DECLS
