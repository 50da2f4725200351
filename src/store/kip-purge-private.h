/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-purge.h"

G_BEGIN_DECLS

/* ---- kip-purge-redact.c: what is here without its texts ---- */

/* What would be left of an event. */
typedef struct
{
  gint64  id;
  GBytes *body; /* (owned) */
} KipPurgeRest;

/* The events about an entity that have a text. (transfer full) GArray of KipPurgeRest; @changes gets the rows of their change-sets. */
GArray  *kip_purge_find_rests (KipDb        *db,
                               const KipKey *key,
                               GHashTable   *changes,
                               GPtrArray    *bodies, /* (nullable) of GBytes, as they were */
                               GError      **error);
/* Puts what is left in place; attachments are noted before they have lost their names. */
gboolean kip_purge_redact_entity (KipDb        *db,
                                  const KipKey *key,
                                  GHashTable   *changes,
                                  GError      **error);
/* Of change-sets that lost something. */
gboolean kip_purge_note_changes (KipDb      *db,
                                 GHashTable *changes,
                                 GError    **error);
/* What came and waits for something else. */
gboolean kip_purge_redact_waiting (KipDb   *db,
                                   GError **error);
/* What a change-set says now, with what would be left of the events in @rests (id → GBytes, nullable). */
gboolean kip_purge_hash_change (KipDb      *db,
                                gint64      row,
                                GHashTable *rests,
                                KipHolding *which, /* out */
                                guint8     *was,   /* out: the hash that was signed */
                                guint8     *hash,  /* out: of what is left */
                                GError    **error);

/* ---- kip-purge-proofs.c: who said what is left of change-sets ---- */

gboolean kip_purge_write_redacted (KipDb        *db,
                                   guint32       device,
                                   guint64       seq,
                                   const guint8 *hash,
                                   gboolean      proven,
                                   GError      **error);
/* TRUE in @is_new: something of it was not known; otherwise it stays. */
gboolean kip_purge_take_proofs (KipDb          *db,
                                const KipEvent *event,
                                gboolean       *is_new,
                                GError        **error);
/* @tickets gets those of what counts from now on; TRUE in @changed: something does. */
gboolean kip_purge_count_proven (KipDb    *db,
                                 GArray   *tickets,
                                 gboolean *changed,
                                 GError  **error);

G_END_DECLS
