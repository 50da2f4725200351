/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a member must know to make all slots of the office's keys anew, kept beside the keys by each: the
 * passphrase's slot as Argon2id left it (so that nobody needs to type the passphrase again), and for whom
 * the newest generation of the key was made.
 *
 * Two that say something of it at the same time become one by kip_share_slots_merge (), the
 * same everywhere: of the passphrase the later word counts, then that of the higher device. */
#define KIP_SLOT_SALT_SIZE 16
#define KIP_SLOT_KEY_SIZE 32

typedef struct
{
  guint32  serial;   /* how often it was said anew */
  guint32  maker;    /* the device that said so */
  gboolean is_set;   /* FALSE: the office is not opened by a passphrase */
  guint32  argon_ops, argon_memory; /* memory in KiB */
  guint8   salt[KIP_SLOT_SALT_SIZE];
  guint8   key[KIP_SLOT_KEY_SIZE]; /* Argon2id (passphrase, salt) */
} KipPassphraseSlot;

typedef struct
{
  KipPassphraseSlot passphrase;
  guint16 generation;  /* the newest; it was made … */
  guint32 made_serial, made_maker; /* … for this passphrase … */
  GArray *without;     /* (owned) of guint32, rising: … and for none of these devices … */
  guint32 n_purges;    /* … and after so many times somebody was removed for good */
  guint16 oldest;      /* the keys of all generations before this one are destroyed */
} KipShareSlots;

KipShareSlots *kip_share_slots_new (void);
KipShareSlots *kip_share_slots_copy (const KipShareSlots *slots);
void           kip_share_slots_free (KipShareSlots *slots); /* wipes it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShareSlots, kip_share_slots_free)

/* A new passphrase, said on @maker; NULL: none from now on.  Seconds of work: never on the main thread.
 * @memory: bytes.  FAILED: there is not enough of it. */
gboolean kip_share_slots_set_passphrase (KipShareSlots *slots,
                                         const char    *passphrase,
                                         guint32        maker,
                                         guint32        ops,
                                         guint32        memory,
                                         GError       **error);

/* @device gets no later generation than @slots' one. */
void     kip_share_slots_leave_out (KipShareSlots *slots,
                                    guint32        device);
gboolean kip_share_slots_is_without (const KipShareSlots *slots,
                                     guint32              device);

/* The newest generation was made before the passphrase of today. */
gboolean kip_share_slots_is_stale (const KipShareSlots *slots);

void     kip_share_slots_merge (KipShareSlots       *slots,
                                const KipShareSlots *from);
gboolean kip_share_slots_equal (const KipShareSlots *a,
                                const KipShareSlots *b);

/* As deterministic CBOR, to be wiped. */
GBytes        *kip_share_slots_to_bytes (const KipShareSlots *slots);
KipShareSlots *kip_share_slots_from_bytes (gconstpointer data, /* (nullable) it makes no sense */
                                           gsize         length);

G_END_DECLS
