/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-keys.h"

G_BEGIN_DECLS

/* By so many bytes what the file carries, and a public key, is known again. */
#define KIP_KEYS_PRINT_SIZE 16
#define KIP_KEY_PRINT 8

struct _KipSyncKeys
{
  KipReplica   *replica; /* (borrowed) */
  KipShareKeys *keys;    /* (borrowed) */
  KipSyncKeep   keep;    /* (nullable) */
  gpointer      keep_data; /* (owned) by @free_data */
  GDestroyNotify free_data;

  /* of the file, as far as it was read */
  guint8     file[KIP_FILE_ID_SIZE];
  guint8     print[KIP_KEYS_PRINT_SIZE]; /* of the slots and the generation that @given is about */
  GByteArray *given;   /* (owned) of KIP_KEY_PRINT bytes each: who has a slot with those */
  guint16    carried;  /* the newest generation that the file gives */
  guint      n_waiting; /* frames whose key we do not have */
  guint16    header_oldest, given_oldest, sealed_oldest; /* the oldest generation in the header, in frames of keys, of frames; 0: none */
  GPtrArray *pending;  /* (owned) of KipKeyring by machines that are not known yet */
  gboolean   is_dirty;

  gboolean   must_reread;
  gboolean   must_rotate; /* by hand */
  gboolean   is_keen;     /* what is to be given was made here */
  gint64     since;       /* caller's clock: when the file was first seen to lack something; 0: it does not */
  gint64     rotate_since;
  gint64     posted_at;   /* caller's clock */
  gboolean   has_posted;
};

/* Is out, and had a key: it was removed, or left. */
static inline gboolean
kip_member_is_out (const KipMember *member)
{
  return member->keys->len > 0 && member->last != G_MAXUINT64;
}

static inline gboolean
kip_member_is_in (const KipMember *member)
{
  return member->keys->len > 0 && member->last == G_MAXUINT64;
}

/* Where keys are kept on this machine. */
gboolean kip_sync_keys_keep (KipSyncKeys *self,
                             GError     **error);

/* By which slots and generations are known again. */
void kip_sync_keys_print (const KipShareKeys *keys,
                          guint8             *print);

/* The keys of those who get a slot. (transfer full) of guint8[32], owned */
GPtrArray *kip_sync_keys_dup_wanted (KipSyncKeys *self);

/* Whether the file has one for it, with the slots and generations of today. */
gboolean kip_sync_keys_has_slot (KipSyncKeys  *self,
                                 const guint8 *key);

/* This machine is in. */
gboolean kip_sync_keys_may_say (KipSyncKeys *self);

/* How often somebody was removed for good; what cannot be asked now is asked with the next round. */
guint kip_sync_keys_count_purges (KipSyncKeys *self);

/* ---- kip-sync-keys-read.c ---- */

/* The file gives @generation to its readers. */
void kip_sync_keys_carry (KipSyncKeys *self,
                          guint16      generation);
void kip_sync_keys_note_oldest (KipSyncKeys *self,
                                guint16     *oldest,
                                guint16      generation);

/* ---- kip-sync-keys-change.c ---- */

/* What is to be given was made here: at once. */
void kip_sync_keys_be_keen (KipSyncKeys *self);

G_END_DECLS
