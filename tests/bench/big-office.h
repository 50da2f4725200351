/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* A large office for measuring, the same everywhere: tickets by the distributions
 * of a real incident log (how often handed on, how long open, who asks, what about)
 * with made-up texts in Vietnamese and English.  It is made once, which takes a
 * while, and kept in $KIP_BENCH_DIR (the user's cache otherwise).
 *
 * The last ticket was received just before big_office_now(). */
char      *big_office_dir (guint n_tickets); /* (transfer full) */
KipInstant big_office_now (void);

/* Sets the clock to big_office_now(), standing still, and opens it. */
KipStore *big_office_open (guint n_tickets);

G_END_DECLS
