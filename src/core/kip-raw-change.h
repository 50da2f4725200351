/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"

G_BEGIN_DECLS

#define KIP_RAW_SIGNATURE_SIZE 64

/* A change-set as it is hashed, signed and carried from machine to machine: the bytes
 * of its header (kip_stamp_encode()) and of its events (kip_event_encode()), one after
 * the other.  Never taken apart on the way, so that what this Kip does not understand
 * arrives as it was sent.  Immutable, reference counted. */
typedef struct
{
  gatomicrefcount refs;
  guint32  device;
  guint64  seq;
  GBytes  *bytes;     /* (owned) header and events */
  gboolean is_signed; /* otherwise a later one of the device vouches for it, by the chain of hashes */
  guint8   signature[KIP_RAW_SIGNATURE_SIZE]; /* Ed25519 over the BLAKE2b-256 of @bytes as they were */
  gboolean is_redacted; /* texts of somebody who was forgotten are left out of @bytes (kip-redact.h): who vouches for … */
  guint8   hash[KIP_CHANGE_HASH_SIZE]; /* … what had this hash vouches that it was there, not for what is left of it */
} KipRawChange;

/* Of one device all change-sets up to this one.  A GArray of them, by device, says
 * what a machine has. */
typedef struct
{
  guint32 device;
  guint64 seq;
} KipHolding;

/* Takes nothing; @signature (nullable) is copied.  KIP_ERROR_CORRUPT when @bytes is no
 * change-set: a header, as many events as it says, and nothing behind them. */
KipRawChange *kip_raw_change_new (GBytes       *bytes,
                                  const guint8 *signature,
                                  GError      **error);
KipRawChange *kip_raw_change_new_redacted (GBytes       *bytes,
                                           const guint8 *hash, /* of what was signed */
                                           const guint8 *signature,
                                           GError      **error);
KipRawChange *kip_raw_change_ref (KipRawChange *raw);
void          kip_raw_change_unref (KipRawChange *raw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipRawChange, kip_raw_change_unref)

/* The change-set that the bytes say, each event with its id and stamp.  (transfer full)
 * @previous_hash (nullable): KIP_CHANGE_HASH_SIZE bytes out. */
KipChange *kip_raw_change_decode (KipRawChange *raw,
                                  guint8       *previous_hash,
                                  GError      **error);

/* Where the header ends and where each event ends, as offsets into the bytes. (transfer full) GArray of guint */
GArray *kip_raw_change_ends (KipRawChange *raw);

G_END_DECLS
