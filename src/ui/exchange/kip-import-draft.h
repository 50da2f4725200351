/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-guess.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* What the steps of the import assistant work on; it belongs to the assistant. */
typedef struct
{
  KipSession      *session; /* (owned) */
  GFile           *file;    /* (owned) (nullable) until one is chosen */
  KipImportSample *sample;  /* (owned) (nullable) its first rows */
  KipImportMap    *map;     /* (owned) (nullable) */
} KipImportDraft;

G_END_DECLS
