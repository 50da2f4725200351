/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-raw-change.h"

G_BEGIN_DECLS

/* Which change-sets a file is known to carry: for each device stretches of numbers.  What
 * a machine holds and the file does not cover is to be published. */
typedef struct _KipCoverage KipCoverage;

KipCoverage *kip_coverage_new (void);
void         kip_coverage_free (KipCoverage *coverage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCoverage, kip_coverage_free)

void     kip_coverage_clear (KipCoverage *coverage);
void     kip_coverage_add (KipCoverage *coverage,
                           guint32      device,
                           guint64      seq);
void     kip_coverage_add_up_to (KipCoverage *coverage, /* 1 to @seq */
                                 guint32      device,
                                 guint64      seq);
gboolean kip_coverage_has (KipCoverage *coverage,
                           guint32      device,
                           guint64      seq);

/* How many there are in all. */
guint64 kip_coverage_count (KipCoverage *coverage);

/* The number before the first one of @device that is not covered. */
guint64 kip_coverage_up_to (KipCoverage *coverage,
                            guint32      device);

/* The last number of @device that is covered; 0: none. */
guint64 kip_coverage_last (KipCoverage *coverage,
                           guint32      device);

/* Bytes to keep, and back (FALSE: they are none of ours; then it is empty). */
void     kip_coverage_encode (KipCoverage *coverage,
                              GByteArray  *out);
gboolean kip_coverage_decode (KipCoverage  *coverage,
                              gconstpointer data,
                              gsize         length);

G_END_DECLS
