/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*KipParallelFunc) (guint    from,
                                 guint    to,
                                 gpointer data);

/* Calls @func for consecutive pieces [from, to) of [0, n), of at most @piece, on as many
 * threads as there are processors (four at most) and returns when all are done.  What
 * comes out must not depend on which thread takes which piece.  FALSE when it was
 * cancelled between two pieces. */
gboolean kip_parallel (guint           n,
                       guint           piece,
                       KipParallelFunc func,
                       gpointer        data,
                       GCancellable   *cancellable);

G_END_DECLS
