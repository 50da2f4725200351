/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-keys.h"

G_BEGIN_DECLS

/* Two copies of one data folder write under one number.  The one that gives way becomes a twin: a machine
 * with a number and a key of its own, which the old number's key lets in.  Its first change-set says so, together with
 * which of the two lines it gives up: whoever took that one in drops it, since the twin says all of it again. */
#define KIP_TWIN_KEY_SIZE 32

typedef struct
{
  guint32 of;   /* the number that two machines had … */
  guint64 last; /* … and its last change-set that both have */
  guint8  key[KIP_TWIN_KEY_SIZE];  /* Ed25519, by which the twin signs */
  guint8  given_up[KIP_HASH_SIZE]; /* of the first change-set after @last in the line that is given up */
  guint8  signature[KIP_SIGNATURE_SIZE]; /* by the key of @of, over all of this and the twin's number */
} KipTwin;

/* Numbers of twins lie far above those that are given one after the other, as nobody is asked. */
#define KIP_TWIN_FIRST 703 /* "AAA" */
#define KIP_TWIN_COUNT 17576

void     kip_twin_sign (KipTwin      *twin,
                        guint32       device,
                        const guint8 *secret_key); /* 64 bytes, of @twin->of */
gboolean kip_twin_verify (const KipTwin *twin,
                          guint32        device,
                          const guint8  *public_key);

/* As KIP_FIELD_MACHINE_TWIN of the twin has it. (transfer full) */
KipValue *kip_twin_to_value (const KipTwin *twin);
gboolean  kip_twin_from_value (KipTwin        *twin,
                               const KipValue *value);

/* What @event says of its own machine; FALSE: nothing of this kind. */
gboolean kip_twin_from_event (KipTwin        *twin,
                              const KipEvent *event);

G_END_DECLS
