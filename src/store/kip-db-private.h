/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"

G_BEGIN_DECLS

struct _KipDb
{
  sqlite3      *handle;
  GHashTable   *statements;  /* (owned) SQL → Statement */
  GHashTable   *by_address;  /* (owned) where some SQL stood → Statement, borrowed */
  GCancellable *cancellable; /* (nullable) */
};

/* kip-db-rows.c */
GHashTable *kip_db_statements_new (void);

G_END_DECLS
