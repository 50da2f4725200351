/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Carries progress from a worker thread to the main context of the thread that made it,
 * some times a second.  Nothing is told any more once what the worker returned has come to the same context. */
typedef struct _KipProgressRelay KipProgressRelay;

KipProgressRelay *kip_progress_relay_new (KipProgress progress, /* (nullable) */
                                          gpointer    data);
void              kip_progress_relay_unref (KipProgressRelay *relay);

/* A KipProgress whose data is the relay. */
void kip_progress_relay_tell (double   fraction,
                              gpointer relay);

G_END_DECLS
