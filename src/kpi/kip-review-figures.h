/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-review.h"
#include "kip-verdict.h"

G_BEGIN_DECLS

/* The figures of a review: of the study's range, of everybody, a team or one agent, as
 * they are now, with their targets.  (transfer full) GArray of KipReviewFigure, whose
 * measures are static. */
GArray *kip_review_figures (const KipStudy *study,
                            KipId           team,
                            KipId           agent);

/* Whether the same was measured: what it counts, and from how many. */
gboolean kip_review_figure_same (const KipReviewFigure *a,
                                 const KipReviewFigure *b);

/* How many of @figures (of KipReviewFigure) have a target and something to measure, and
 * how many of those met it. */
void kip_review_count_met (const GArray *figures,
                           guint        *judged,
                           guint        *met);

/* ---- words, all (transfer full) ---- */

/* "First response, median"; its key when it is not known here. */
char *kip_review_figure_label (const KipReviewFigure *figure);

/* "2 h 5 min"; "–" where there was nothing. */
char *kip_review_figure_value (const KipReviewFigure *figure);

/* "Target at most 4 h: met"; NULL: none. */
char *kip_review_figure_target (const KipReviewFigure *figure);

/* "1 Oct 2026 – 31 Oct 2026 · Everybody" */
char *kip_review_title (const KipReview *review,
                        KipOffice       *office,
                        GTimeZone       *zone);

/* "Agreed in the review of 1 Oct 2026 – 31 Oct 2026.": where a ticket comes from. */
char *kip_review_origin (const KipRange *range,
                         GTimeZone      *zone);

G_END_DECLS
