/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-raw-change.h"

G_BEGIN_DECLS

/* What is left of events about somebody who is to be forgotten: that something happened, when, by whom, and
 * its numbers (kinds, ids, instants, amounts), by which figures stay what they were.  Every
 * text and every byte string in the value is gone.  The same event gives the same bytes on every
 * machine, also one that a newer Kip wrote: items behind the value are treated like it. */

/* The body of an event without texts. (transfer full) (nullable) NULL: it has none, or is no event */
GBytes *kip_redact_event (gconstpointer body,
                          gsize         length);

gboolean kip_value_has_text (const KipValue *value); /* or bytes; (nullable) */

/* TRUE: the entity is to be forgotten. */
typedef gboolean (*KipRedactFunc) (KipKind  kind,
                                   KipId    entity,
                                   gpointer data);

/* @raw with those events redacted for which @is_purged.  @hash: of the change-set as it was signed, KIP_CHANGE_HASH_SIZE
 * bytes. (transfer full) (nullable) NULL: nothing of it is to go */
KipRawChange *kip_raw_change_redact (KipRawChange *raw,
                                     const guint8 *hash,
                                     KipRedactFunc is_purged,
                                     gpointer      data);

G_END_DECLS
