/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-frame.h"

G_BEGIN_DECLS

/* A machine that writes: its key pair is made from its number, the same in every run. */
typedef struct
{
  guint32 number;
  guint8 public_key[32];
  guint8 secret_key[64];
  guint64 seq;       /* of what it wrote last */
  guint8 hash[KIP_CHANGE_HASH_SIZE];
} Device;

void device_init (Device *device,
                  guint32 number);

/* The next change-set of the device, numbered, chained and signed as the store does it. Takes @change. */
KipRawChange *device_write (Device    *device,
                            KipChange *change);

/* What a person does most: one field of one ticket. */
KipChange *one_edit (Device *device,
                     guint   n);
KipChange *some_edits (Device *device,
                       guint   n_events);

/* Random but sensible: edits, messages, new tickets. (of KipRawChange) */
GPtrArray *random_changes (Device *device,
                           GRand  *rand,
                           guint   n);

/* Keys of an office whose id is 16 times @office, with @generations keys, set to a file whose id is
 * 16 times @file, epoch 1: the same in every run. */
KipShareKeys *fixed_keys (guint8 office,
                          guint8 file,
                          guint  generations);

/* The same office and file, no generation. */
KipShareKeys *no_keys (const KipShareKeys *keys);

GBytes *random_body (GRand *rand,
                     gsize  length);
void append_bytes (GByteArray *file,
                   GBytes     *bytes);
void assert_same_bytes (GBytes *a,
                        GBytes *b);
void assert_same_changes (GPtrArray *a,
                          GPtrArray *b);

/* Its seed is printed; KIP_SEED brings it back. */
GRand *printed_rand (void);

G_END_DECLS
