/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-keys.h"

G_BEGIN_DECLS

/* A frame of type KIP_FRAME_KEYS: all generations of the office's key, in slots for the passphrase and for
 * the devices as the header has them.  The header is written once; a new generation, a new passphrase
 * or a new device come by such a frame.  It is sealed with none of the generations, so its key id is 0
 * and kip_frame_find () calls it SEALED.  What is in it is signed by the device that made it. */
typedef struct
{
  KipShareKeys *keys;   /* (owned) with their slots; set to the file */
  guint32       device; /* who says so */
  GPtrArray    *given;  /* (owned) of guint8[32], owned: the public keys that have a slot */
  GBytes       *payload; /* (owned) what is signed */
  guint8        signature[64];
} KipKeyring;

void kip_keyring_free (KipKeyring *ring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipKeyring, kip_keyring_free)

/* The whole frame, for the file that @keys are set to; they must have slots.
 * @members: of guint8[32], Ed25519; what is no key gets no slot. (transfer full) */
GBytes *kip_frame_keys_make (const KipShareKeys *keys,
                             GPtrArray          *members,
                             guint32             device,
                             const guint8       *secret_key,
                             GError            **error);

/* What is in it: by the key pair of a device, by a passphrase's slot that is known already, or by the
 * passphrase (seconds of work).  NULL: it has no such slot, or is damaged.
 * @frame: the whole of it.  (transfer full) */
KipKeyring *kip_frame_keys_open_device (const KipShareIdentity *file,
                                        GBytes                 *frame,
                                        const guint8           *public_key,
                                        const guint8           *secret_key);
KipKeyring *kip_frame_keys_open_slot (const KipShareIdentity  *file,
                                      GBytes                  *frame,
                                      const KipPassphraseSlot *slot);
KipKeyring *kip_frame_keys_open_passphrase (const KipShareIdentity *file,
                                            GBytes                 *frame,
                                            const char             *passphrase);

/* The KIP_SLOT_SALT_SIZE bytes with which its passphrase is stretched; NULL: it has no slot for one. Borrowed. */
const char *kip_frame_keys_get_salt (const KipShareIdentity *file,
                                     GBytes                 *frame);

gboolean kip_keyring_is_by (const KipKeyring *ring,
                            const guint8     *public_key); /* of its device */

G_END_DECLS
