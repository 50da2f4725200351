/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fact-table.h"

G_BEGIN_DECLS

/* Decodes facts in a thread of its own while their reader waits for the disk: large
 * readings keep two processors busy.  Belongs to the thread that reads. */
typedef struct _KipFactDecoder KipFactDecoder;

/* @table: rows are appended to it; nobody else looks at it before the end. */
KipFactDecoder *kip_fact_decoder_new (KipFactTable *table);

/* A row as kip_fact_encode() wrote it. */
void kip_fact_decoder_add (KipFactDecoder *decoder,
                           gconstpointer   body,
                           gsize           length,
                           gint64          slot);

/* Waits until all of them are in the table and frees it.  FALSE: one was damaged. */
gboolean kip_fact_decoder_end (KipFactDecoder *decoder);

G_END_DECLS
