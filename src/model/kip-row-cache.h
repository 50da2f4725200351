/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* The rows looked at lately, some thousands of them, by id.  Two halves: what is
 * looked at moves to the young one; when that is full the old one is dropped. */
typedef struct _KipRowCache KipRowCache;

KipRowCache *kip_row_cache_new (void);
void         kip_row_cache_free (KipRowCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipRowCache, kip_row_cache_free)

/* Borrowed, nullable. */
KipTicketRow *kip_row_cache_get (KipRowCache *self,
                                 KipId        id);
void          kip_row_cache_put (KipRowCache  *self,
                                 KipTicketRow *row);
void          kip_row_cache_drop (KipRowCache *self,
                                  KipId        id);
void          kip_row_cache_clear (KipRowCache *self);

G_END_DECLS
