/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

/* A shared file with one of everything: a header with a passphrase and a box for machine 3, two
 * frames of change-sets by machines 3 and 4, a HAVE, a KNOCK, an invitation and a frame of
 * a type that nobody knows; and, where wanted, a change-set in two pieces. */
#define SMALL_PASSPHRASE "ba con mèo đen"
#define SMALL_JOIN_CODE "K7QM-0V3X-9ZT2-AB4C-DE5F-G6KS"
#define SMALL_OPS 1
#define SMALL_MEMORY 8192
#define SMALL_UNKNOWN_TYPE 77

typedef struct
{
  KipShareKeys *keys; /* (owned) set to the file */
  GBytes       *file; /* (owned) */
  Device        third, fourth;
} SmallOffice;

void small_office_init (SmallOffice *office,
                        gboolean     has_pieces);
void small_office_clear (SmallOffice *office);

G_END_DECLS
