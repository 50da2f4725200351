/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-slots.h"

G_BEGIN_DECLS

/* What seals the shared file.  An office has a random key for each generation (a removal
 * of a member begins a new one); the content key of a file is derived from it with the file id and
 * the epoch as crypto_kdf does it, so that no key seals more than one file.  Who holds the office key can read; who
 * wrote what is proved by the devices' signatures inside. */
#define KIP_OFFICE_ID_SIZE 16
#define KIP_FILE_ID_SIZE 16
#define KIP_OFFICE_KEY_SIZE 32
#define KIP_SHARE_HEADER_SIZE 4096
#define KIP_SHARE_FORMAT 1 /* major */

typedef struct
{
  guint8  office[KIP_OFFICE_ID_SIZE];
  guint8  file[KIP_FILE_ID_SIZE];
  guint32 epoch; /* rises with every creation and compaction */
} KipShareIdentity;

/* All generations of the office key that this machine holds, and the file they are used on. */
typedef struct _KipShareKeys KipShareKeys;

KipShareKeys *kip_share_keys_new (const guint8 *office_id);
void          kip_share_keys_free (KipShareKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShareKeys, kip_share_keys_free)
const guint8 *kip_share_keys_get_office (const KipShareKeys *keys);

/* A new random generation; returns its number (1, 2, …). */
guint16 kip_share_keys_begin_generation (KipShareKeys *keys);

/* One that takes the place of the newest: its number is above, and another one than what a different
 * device would draw at the same moment (64 × a counter + device mod 64).  0: there were too many. */
guint16 kip_share_keys_rotate (KipShareKeys *keys,
                               guint32       device);
void    kip_share_keys_add (KipShareKeys *keys,
                            guint16       generation,
                            const guint8 *key);
/* Adds the generations that @from holds and @keys does not, but for those that the slots say are destroyed. */
void    kip_share_keys_merge (KipShareKeys       *keys,
                              const KipShareKeys *from);
/* What @device, which is out by now, drew itself: it opens what is sealed with it, and seals nothing, since the
 * slots know of no such generation.  TRUE: there was any. */
gboolean kip_share_keys_merge_former (KipShareKeys       *keys,
                                      const KipShareKeys *from,
                                      guint32             device);

guint    kip_share_keys_count_former (const KipShareKeys *keys);

/* The newest that seals; 0: none. */
guint16 kip_share_keys_get_newest (const KipShareKeys *keys);
guint16 kip_share_keys_get_oldest (const KipShareKeys *keys); /* 0: none */
guint16 kip_share_keys_get_older (const KipShareKeys *keys,
                                  guint16             generation); /* the next one below; 0: none */
gboolean kip_share_keys_has (const KipShareKeys *keys,
                             guint16             generation);

/* The generation that seals what is written: by default the newest.  A new one must be in the file before anything
 * is sealed with it. */
void    kip_share_keys_set_sealing (KipShareKeys *keys,
                                    guint16       generation); /* one that is not there: the newest */
guint16 kip_share_keys_get_sealing (const KipShareKeys *keys);

/* What is known of the slots.  (nullable) Borrowed; set makes a copy. */
void                 kip_share_keys_set_slots (KipShareKeys        *keys,
                                               const KipShareSlots *slots);
const KipShareSlots *kip_share_keys_get_slots (const KipShareKeys *keys);

/* After a purge: what the slots say is destroyed goes, unless nothing would be left.  TRUE: something went. */
gboolean kip_share_keys_forget_destroyed (KipShareKeys *keys);

/* What that generation sealed can be read no more. */
void kip_share_keys_forget (KipShareKeys *keys,
                            guint16       generation);

/* Which file frames are sealed for and opened from. */
void kip_share_keys_set_file (KipShareKeys           *keys,
                              const KipShareIdentity *identity);
const KipShareIdentity *kip_share_keys_get_file (const KipShareKeys *keys);

/* Kept on this machine as bytes for a file of mode 0600: all generations, no file.  The
 * bytes are wiped when the last reference goes. */
GBytes       *kip_share_keys_to_bytes (const KipShareKeys *keys);
KipShareKeys *kip_share_keys_from_bytes (GBytes  *bytes,
                                         GError **error);

/* All generations and the slots; no file. */
KipShareKeys *kip_share_keys_copy (const KipShareKeys *keys);

/* The newest generation alone. */
KipShareKeys *kip_share_keys_copy_newest (const KipShareKeys *keys);
/* Those that seal or did: what is shown without the slots, by which others tell. */
KipShareKeys *kip_share_keys_copy_shown (const KipShareKeys *keys);
guint         kip_share_keys_count (const KipShareKeys *keys);

/* ---- the header: written once, never changed in place ---- */

/* Limits of Argon2id; tests use small ones, the program KIP_ARGON_OPS and KIP_ARGON_MEMORY. */
#define KIP_ARGON_OPS 3
#define KIP_ARGON_MEMORY (256 * 1024 * 1024)

typedef struct
{
  KipShareIdentity identity;
  guint16 major, minor;
  guint32 creator; /* device that wrote this file, and whose signature it bears */
  guint32 argon_ops, argon_memory; /* memory in KiB */
  gboolean has_passphrase;
  guint n_boxes; /* slots for devices */
} KipShareHeaderInfo;

typedef struct _KipShareHeader KipShareHeader;

/* A header for a new file: slots for @passphrase (nullable) and for each of @members (of guint8[32], the Ed25519
 * public keys of the devices, by crypto_box_seal to their X25519 form; GPtrArray, nullable), signed with
 * @secret_key (64 bytes, Ed25519) of @creator.  The file id is random; @keys, which must have a
 * generation, is then set to this file.  4 KiB.  INVALID: more members than room (47 beside one generation,
 * 38 beside 20), or one that is no key.  FAILED: not enough memory for Argon2id.
 * @argon_memory: bytes.  (transfer full) */
GBytes *kip_share_header_make (KipShareKeys *keys,
                               guint32       epoch,
                               const char   *passphrase,
                               GPtrArray    *members,
                               guint32       creator,
                               const guint8 *secret_key,
                               guint32       argon_ops,
                               guint32       argon_memory,
                               GError      **error);

/* The same with a passphrase's slot as somebody made it (nullable): without Argon2id. */
GBytes *kip_share_header_make_again (KipShareKeys            *keys,
                                     guint32                  epoch,
                                     const KipPassphraseSlot *slot,
                                     GPtrArray               *members,
                                     guint32                  creator,
                                     const guint8            *secret_key,
                                     GError                 **error);

/* Reads the first 4 KiB.  NOT_OFFICE: not a shared office; NEWER: of a major format we do not
 * know; CORRUPT: ours and damaged, too short, or asking for more work or memory than is reasonable
 * (16 passes, 1 GiB).  The place and sense of the magic, the major format and the checksum never change. */
KipShareHeader *kip_share_header_read (GBytes  *bytes,
                                       GError **error);
void            kip_share_header_free (KipShareHeader *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShareHeader, kip_share_header_free)
const KipShareHeaderInfo *kip_share_header_get_info (KipShareHeader *header);
gboolean kip_share_header_verify (KipShareHeader *header,
                                  const guint8   *public_key); /* the creator's */

/* The keys inside, by passphrase (seconds of work: never on the main thread), or by the key
 * pair of a device (Ed25519, converted).  NOT_ALLOWED: it is not the right one. (transfer full) */
KipShareKeys *kip_share_header_open_passphrase (KipShareHeader *header,
                                                const char     *passphrase,
                                                GError        **error);
KipShareKeys *kip_share_header_open_device (KipShareHeader *header,
                                            const guint8   *public_key,
                                            const guint8   *secret_key,
                                            GError        **error);

/* ---- a join code ---- */

/* "K7QM-…": 24 letters and digits that cannot be mixed up, in groups of four: 110 random bits, and two letters
 * by which one or two wrong ones, or two exchanged ones, are always noticed.  It seals
 * one INVITE frame; what is in there lets a machine in without asking further. */
typedef struct
{
  guint32 device;         /* the number that waits for it */
  guint8  secret_key[64]; /* Ed25519 of that device until it makes its own */
  guint8  founder_key[32]; /* by which the chain of members begins */
  GBytes *keys;           /* (owned) kip_share_keys_to_bytes() */
  gint64  until;          /* UTC ms */
} KipInvitation;

void           kip_invitation_free (KipInvitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipInvitation, kip_invitation_free)
char          *kip_join_code_new (void);
gboolean       kip_join_code_is_one (const char *text); /* however it is written: case, dashes, blanks */

/* A code made by kip_join_code_new() and printed, to open the office when all else is lost: the key pair (32 and 64
 * bytes, Ed25519) that it stands for in this office, to be a member of the header.  FALSE: it is no code. */
gboolean       kip_recovery_code_keys (const char   *code,
                                       const guint8 *office_id,
                                       guint8       *public_key,
                                       guint8       *secret_key);

/* The whole frame of type KIP_FRAME_INVITE for the file that @keys is set to, and what it says.
 * @code must be one.  kip_frame_find() finds it as SEALED with that type; @frame: its bytes.
 * INVALID: @code is no join code, a letter is wrong; NOT_ALLOWED: it is for another invitation. */
GBytes        *kip_invitation_seal (const KipInvitation *invitation,
                                    const KipShareKeys  *keys,
                                    const char          *code);
KipInvitation *kip_invitation_open (const KipShareIdentity *file,
                                    GBytes                 *frame,
                                    const char             *code,
                                    GError                **error);

G_END_DECLS
