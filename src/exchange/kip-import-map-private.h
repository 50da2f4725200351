/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-import-map.h"

/* What one field's lines in the several sections say. */
typedef struct
{
  char            *source;      /* (owned) (nullable) of [columns] */
  char            *fallback;    /* (owned) (nullable) of [defaults] */
  gboolean         has_unknown; /* of [unknown]; else the settings' holds */
  KipImportUnknown unknown;
  GPtrArray       *values;      /* (owned) of KipImportValue */
  GHashTable      *exact;       /* (owned) source → target, both borrowed from values */
  GHashTable      *folded;      /* (owned) folded source → target; "" where ambiguous */
} KipImportFieldMap;

struct _KipImportMap
{
  KipImportSettings settings;
  KipImportFieldMap fields[KIP_IMPORT_N_FIELDS];
};
