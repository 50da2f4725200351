/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* Forgetting somebody for good.  An event names entities (KIP_FIELD_PURGE_ENTITIES: a CBOR list [kind, id, kind, id …]);
 * from then on every text in events about them goes (kip-redact.h), also out of what comes later: from a laptop that was
 * away, from an old backup.  What stays are numbers, so that every clock and figure stays what it was.
 *
 * A change-set that lost something no longer has the hash that was signed.  That hash is kept, so that the
 * chain holds, and beside it the hash of what is left (table redacted).  A machine that never had the
 * whole cannot compute that; it believes it when a manager, or the device itself, has said so
 * (KIP_FIELD_PURGE_PROOFS, _OWN_PROOFS: [device, seq, hash that was signed, hash of what is left, …]); until then nothing in
 * it counts.  Whoever had the whole knows by itself. */

/* FALSE in @allowed: a text would be written of somebody who was forgotten. */
gboolean kip_purge_check (KipDb           *db,
                          const KipChange *change,
                          GError         **error); /* INVALID */

/* @raw as it may be kept: NULL in @clean (transfer full): as it is. */
gboolean kip_purge_clean (KipDb         *db,
                          KipRawChange  *raw,
                          const guint8  *hash, /* that was signed */
                          KipRawChange **clean,
                          GError       **error);

/* Within a transaction, when something was said about forgetting: does it.  @tickets gets those to compute again;
 * TRUE in @changed: something was. */
gboolean kip_purge_take (KipBook  *book,
                         GArray   *tickets, /* of KipId */
                         gboolean *changed,
                         GError  **error);

/* The same for what was forgotten before this database was restored. */
gboolean kip_purge_take_again (KipBook  *book,
                               GArray   *tickets,
                               gboolean *changed,
                               GError  **error);

/* ---- kip-purge-proofs.c ---- */

/* What is kept of it, @kept, has another hash than was signed.  FALSE in @counts: nobody has said yet that this is what is left. */
gboolean kip_purge_note (KipDb        *db,
                         KipRawChange *came,
                         KipRawChange *kept,
                         gboolean     *counts,
                         GError      **error);

/* Adds to @change which entities are to be forgotten, and what will be left of which change-set. */
gboolean kip_purge_fill (KipDb     *db,
                         GArray    *keys, /* of KipKey */
                         KipChange *change,
                         KipId      purge, /* id of the new entity */
                         GError   **error);

/* What is left of change-sets and nobody has said yet: of @device only, or of all.  FALSE in @any: nothing. */
gboolean kip_purge_fill_proofs (KipDb     *db,
                                guint32    device,
                                gboolean   all,
                                KipChange *change,
                                KipId      purge,
                                gboolean  *any,
                                GError   **error);

/* ---- kip-purge-scrub.c ---- */

/* A file that no ticket names any more is taken away with the next scrubbing. */
gboolean kip_purge_note_file (KipDb        *db,
                              const guint8 *hash,
                              GError      **error);
gboolean kip_purge_must_scrub (KipDb   *db,
                               GError **error);

/* Outside of a transaction: writes the database anew, so that nothing of what was deleted is left in it, and takes
 * away attachments, automatic backups and what restoring has set aside.  FALSE in @done: somebody
 * reads the old state still; again later. */
gboolean kip_purge_scrub (KipBook  *book,
                          gboolean *done,
                          GError  **error);

G_END_DECLS
