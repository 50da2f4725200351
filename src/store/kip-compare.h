/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"

G_BEGIN_DECLS

/* Compares, row by row and byte by byte, the computed tables of the database main
 * with those of the database log on one connection.  @difference: NULL, or where
 * the first one is.  FALSE: they could not be read. */
gboolean kip_compare_projections (KipDb   *db,
                                  char   **difference,
                                  GError **error);

G_END_DECLS
