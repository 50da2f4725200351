/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-db.h"
#include "kip-keys.h"
#include "kip-raw-change.h"

G_BEGIN_DECLS

/* The event log: the only thing in the database that is not computed.  Bytes are
 * kept as they were written, so that every change-set can be hashed again. */

/* The end of the log, as the next change-set needs it. */
typedef struct
{
  gint64  row;   /* of the last change-set; 0: none */
  gint64  event; /* id of the last event */
  guint64 seq;   /* of this device's last change-set */
  guint64 hlc;   /* the largest hybrid clock seen */
  guint8  hash[KIP_HASH_SIZE]; /* of this device's last change-set; zeros before the first */
} KipLogHead;

gboolean kip_log_read_head (KipDb      *db,
                            guint       device,
                            KipLogHead *head,
                            GError    **error);

/* Writes @change, whose stamp and events are filled in but for device, seq, hlc,
 * row and the events' ids, and moves @head on. */
gboolean kip_log_append (KipDb      *db,
                         guint       device,
                         KipLogHead *head,
                         KipChange  *change,
                         GError    **error);

/* Writes what another machine (or this one, before its data were restored) has written,
 * as it came, and moves @head on.  @change: the same, decoded; its stamp gets the row.
 * A clock that is far ahead of ours is kept where it is and does not drag ours. */
gboolean kip_log_append_raw (KipDb        *db,
                             guint         device,
                             KipLogHead   *head,
                             KipRawChange *raw,
                             const guint8 *hash,
                             KipChange    *change,
                             GError      **error);

/* Writes the events of @raw over those of the same change-set. */
gboolean kip_log_replace_raw (KipDb        *db,
                              KipRawChange *raw,
                              GError      **error);

/* Signs the change-set at @head, and by that all before it. */
gboolean kip_log_sign (KipDb            *db,
                       KipKeys          *keys,
                       const KipLogHead *head,
                       GError          **error);

/* The events of an entity in the order of the log. (transfer full) of KipEvent */
GPtrArray *kip_log_read_entity (KipDb   *db,
                                KipKind  kind,
                                KipId    entity,
                                GError **error);

/* The same with those that do not count. */
GPtrArray *kip_log_read_uncounted (KipDb   *db,
                                   KipKind  kind,
                                   KipId    entity,
                                   GError **error);

/* Those of one machine that do not count, since it was out or might not say them. */
GPtrArray *kip_log_read_refused (KipDb   *db,
                                 guint32  device,
                                 KipKind  kind,
                                 KipId    entity,
                                 GError **error);

/* The events of every entity that is no ticket. (transfer full) of KipEvent */
GPtrArray *kip_log_read_office (KipDb   *db,
                                GError **error);

/* All events of the kinds that members are made of, or bound by, also those that do not count. (transfer full) of KipEvent */
GPtrArray *kip_log_read_said (KipDb   *db,
                              GError **error);

/* What counts of whom to forget. (transfer full) of KipEvent */
GPtrArray *kip_log_read_purges (KipDb   *db,
                                GError **error);

/* Where a device's log ends: the number of its last change-set (0: none) and that one's hash. */
gboolean kip_log_read_end (KipDb   *db,
                           guint32  device,
                           guint64 *seq,
                           guint8  *hash,
                           GError **error);

/* FALSE: there is no such change-set. @hash: KIP_HASH_SIZE out. */
gboolean kip_log_read_hash (KipDb  *db,
                            guint32 device,
                            guint64 seq,
                            guint8 *hash);

/* A change-set with its events; NOT_FOUND. (transfer full) */
KipChange *kip_log_read_change (KipDb   *db,
                                guint    device,
                                guint64  seq,
                                GError **error);

/* TRUE in @undone when a change-set that is in force undoes @change; device and
 * seq count.  @but (nullable): one that is taken as if it were not there. */
gboolean kip_log_is_undone (KipDb            *db,
                            const KipEventId *change,
                            const KipEventId *but,
                            gboolean         *undone,
                            GError          **error);

/* Which change-set brought an entity into the log, and its batch; seq 0: none did. */
gboolean kip_log_find_origin (KipDb      *db,
                              KipKind     kind,
                              KipId       entity,
                              KipEventId *origin,
                              guint64    *batch,
                              GError    **error);

/* The change-sets of a batch, the last one first. (transfer full) GArray of KipEventId */
GArray *kip_log_find_batch (KipDb   *db,
                            guint64  batch,
                            GError **error);

/* The hash of a change-set from its bytes. */
void kip_log_hash (gconstpointer header,
                   gsize         length,
                   GPtrArray    *bodies, /* of GBytes */
                   guint8       *hash);

G_END_DECLS
