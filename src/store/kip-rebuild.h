/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* Folds the whole log again into a file beside, and compares. */
typedef struct
{
  const char   *dir;
  KipProgress   progress;    /* (nullable) */
  gpointer      data;
  GCancellable *cancellable; /* (nullable) */
  char         *difference;  /* out (owned) (nullable): the first one found; it was mended */
} KipRebuild;

/* For kip_writer_run(); @data: KipRebuild. */
gboolean kip_rebuild_run (KipBook *book,
                          KipNews *news,
                          gpointer data,
                          GError **error);

G_END_DECLS
