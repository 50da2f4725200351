/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sodium.h>

#include "kip-share-keys.h"

G_BEGIN_DECLS

/* Where everything lies in the 4 KiB.  The office's keys are sealed once, with a random
 * wrapping key, and that is sealed for every slot: so a slot has the same size whatever
 * number of generations there is.  The associated data of the passphrase slot and of the keys are the
 * first HEADER_HEAD bytes. */
#define HEADER_MAGIC "KIPSYNC\1"
#define WRAP_KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define SEAL_OVERHEAD (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define BOX_SIZE (WRAP_KEY_SIZE + crypto_box_SEALBYTES)

typedef enum
{
  HEADER_HAS_PASSPHRASE = 1 << 0
} HeaderSlots;

enum
{
  HEADER_AT_MAGIC = 0,
  HEADER_AT_MAJOR = 8,
  HEADER_AT_MINOR = 10,
  HEADER_AT_OFFICE = 12,
  HEADER_AT_FILE = 28,
  HEADER_AT_EPOCH = 44,
  HEADER_AT_CREATOR = 48,
  HEADER_AT_ARGON_OPS = 52,
  HEADER_AT_ARGON_MEMORY = 56,
  HEADER_AT_SLOTS = 60,
  HEADER_AT_N_BOXES = 61,
  HEADER_AT_KEYS_LENGTH = 62, /* sealed, with its nonce */
  HEADER_HEAD = 64,
  HEADER_AT_SALT = 64,
  HEADER_AT_PASSPHRASE = 80,
  HEADER_AT_KEYS = HEADER_AT_PASSPHRASE + SEAL_OVERHEAD + WRAP_KEY_SIZE,
  /* the boxes, one behind the other; zeros */
  HEADER_AT_SIGNATURE = KIP_SHARE_HEADER_SIZE - 4 - crypto_sign_BYTES,
  HEADER_AT_CRC = KIP_SHARE_HEADER_SIZE - 4
};

/* The wrapping key of a passphrase, by Argon2id.  FALSE: no memory for it. */
gboolean kip_header_stretch (const char   *passphrase,
                             const guint8 *header,
                             guint8       *key);

/* What the creator signs: a word that nothing else begins with, then all before the signature. */
#define HEADER_SIGNED_WORD "Kip shared file header 1"
GBytes *kip_header_signed (const guint8 *header);

G_END_DECLS
