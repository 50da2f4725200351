/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-event.h"

G_BEGIN_DECLS

/* A change-set under construction: one action of a person, one or more events.
 * It is built anywhere, handed to the store, which fills in what only it knows
 * (device, seq, clocks, what each write replaces, ticket numbers), signs and
 * appends it.  Entity ids come from kip_store_new_id(). */
typedef struct
{
  KipStamp  *stamp;  /* (owned) author, at, action, flags, undo_*, batch are the builder's */
  GPtrArray *events; /* (owned) of KipEvent */
} KipChange;

/* @action: an ASCII key of what the person did ("new", "edit", "reply", "call",
 * "note", "incoming", "resolve", "reopen", "assign", "take", "merge", "unmerge",
 * "bulk", "attach", "work", "survey", "import", "undo", "settings", …). */
KipChange *kip_change_new (KipId       author,
                           const char *action);
void       kip_change_free (KipChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChange, kip_change_free)

/* Each returns the new event, borrowed, so that its @at can be set for a thing
 * that happened earlier.  They take @value. */
KipEvent *kip_change_set (KipChange *change,
                          KipKind    kind,
                          KipId      entity,
                          KipField   field,
                          KipValue  *value);
KipEvent *kip_change_set_int (KipChange *change,
                              KipKind    kind,
                              KipId      entity,
                              KipField   field,
                              gint64     number); /* ids, enums, instants too */
KipEvent *kip_change_set_text (KipChange  *change,
                               KipKind     kind,
                               KipId       entity,
                               KipField    field,
                               const char *text);
KipEvent *kip_change_clear (KipChange *change,
                            KipKind    kind,
                            KipId      entity,
                            KipField   field);
KipEvent *kip_change_add (KipChange *change,
                          KipKind    kind,
                          KipId      entity,
                          KipField   field,
                          KipValue  *element);
KipEvent *kip_change_remove (KipChange *change,
                             KipKind    kind,
                             KipId      entity,
                             KipField   field,
                             KipValue  *element); /* the store fills in refs */
KipEvent *kip_change_entry (KipChange *change,
                            KipKind    kind,
                            KipId      entity,
                            KipField   field,
                            KipValue  *value);
KipEvent *kip_change_retract (KipChange        *change,
                              KipKind           kind,
                              KipId             entity,
                              KipField          field,
                              const KipEventId *entry);

/* Shorthands for tickets. */
KipEvent *kip_change_set_status (KipChange *change,
                                 KipId      ticket,
                                 KipId      status,
                                 KipPhase   phase,
                                 KipPause   pause);
KipEvent *kip_change_add_message (KipChange     *change,
                                  KipId          ticket,
                                  KipMessageKind kind,
                                  const char    *text);

/* The header's canonical bytes, a CBOR list of [format 1, device, seq, hlc,
 * previous hash, author, at, action, flags, undo device, undo seq, batch, number of
 * events].  The hash of a change-set is BLAKE2b-256 over the header and then each
 * event's bytes; that hash is signed (Ed25519) by its device and named by the next. */
#define KIP_CHANGE_FORMAT 1
#define KIP_CHANGE_HASH_SIZE 32
void kip_stamp_encode (const KipStamp *stamp,
                       const guint8   *previous_hash, /* KIP_CHANGE_HASH_SIZE bytes */
                       guint           n_events,
                       GByteArray     *out);

/* KIP_ERROR_CORRUPT, or KIP_ERROR_NEWER for a format above ours. */
KipStamp *kip_stamp_decode (gconstpointer data,
                            gsize         length,
                            guint8       *previous_hash, /* (nullable) out */
                            guint        *n_events,      /* (nullable) out */
                            GError      **error);

G_END_DECLS
