/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Which files the tickets of the office name, for those who carry them between machines.
 * None of these may be called on the main thread. */
#define KIP_ATTACHED_HASH_SIZE 32

typedef struct
{
  guint8     hash[KIP_ATTACHED_HASH_SIZE]; /* BLAKE2b-256 of its bytes */
  gint64     size;
  guint32    device;     /* the machine that attached it first */
  KipInstant at;         /* … and when */
  guint16    generation; /* of the key under which … */
  guint      n_put;      /* … so many of its chunks are known to be on the share; 0: none is */
} KipAttached;

/* All that were found in the log up to now. (transfer full) GArray of KipAttached */
GArray *kip_store_list_attached (KipStore *store,
                                 GError  **error);

/* Looks on in the log from where it stood, not far at once (@more: there is more of it), and
 * keeps what it found.  (transfer full) GArray of KipAttached: those that were not known yet */
GArray *kip_store_find_attached (KipStore *store,
                                 gboolean *more,
                                 GError  **error);

/* Keeps what is known of these on the share. */
gboolean kip_store_note_attached (KipStore *store,
                                  GArray   *attached, /* of KipAttached */
                                  GError  **error);

/* Looks through all of the log: what no event names any more, after a purge, is forgotten. */
gboolean kip_store_recount_attached (KipStore *store,
                                     GError  **error);

/* ---- their bytes ---- */

/* Whether a file of that hash is here; its bytes are not looked at. */
gboolean kip_store_has_file (KipStore     *store,
                             const guint8 *hash);

/* At most @max bytes of a kept file from @offset on. NOT_FOUND. (transfer full) */
GBytes *kip_store_read_file (KipStore     *store,
                             const guint8 *hash,
                             guint64       offset,
                             gsize         max,
                             GError      **error);

/* A file that comes in pieces is kept beside until it is whole, also when Kip ends meanwhile. */
guint64  kip_store_part_size (KipStore     *store,
                              const guint8 *hash);
gboolean kip_store_add_part (KipStore     *store,
                             const guint8 *hash,
                             guint64       offset, /* what is there behind it is dropped */
                             GBytes       *bytes,
                             GError      **error);
/* Puts it in its place; CORRUPT when the whole does not have that hash: then it is dropped. */
gboolean kip_store_end_part (KipStore     *store,
                             const guint8 *hash,
                             GError      **error);
void     kip_store_drop_part (KipStore     *store,
                              const guint8 *hash);

G_END_DECLS
