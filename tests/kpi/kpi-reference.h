/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-measure.h"

G_BEGIN_DECLS

/* The measures once more, slowly: every ticket is asked anew for every figure, and
 * everything is sorted.  What it gives for one group. */
typedef struct
{
  double value;
  guint  n;
} Reference;

Reference reference_figure (KipMeasure      measure,
                            const KipScope *scope,
                            KipBy           by,
                            KipId           key,
                            const KipRange *span);

/* How many of a group were open just before @at. */
guint reference_open (const KipScope *scope,
                      KipBy           by,
                      KipId           key,
                      KipInstant      at);

G_END_DECLS
