/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-value.h"

G_BEGIN_DECLS

/* The one canonical encoding of everything that is kept or sent: CBOR (RFC 8949)
 * restricted to its core deterministic form (section 4.2.1): shortest integers,
 * definite lengths, map keys sorted; no floats, no tags, no undefined.  Equal
 * values have equal bytes.  Decoding refuses whatever we would not have written,
 * deeper nesting than KIP_CBOR_MAX_DEPTH, and texts that are not valid UTF-8;
 * lengths are checked against what is there before anything is allocated. */
#define KIP_CBOR_MAX_DEPTH 16

void kip_cbor_put_int (GByteArray *out,
                       gint64      number);
void kip_cbor_put_text (GByteArray *out,
                        const char *text);
void kip_cbor_put_bytes (GByteArray   *out,
                         gconstpointer data,
                         gsize         length);
void kip_cbor_put_list (GByteArray *out,
                        guint       length); /* then that many items */
void kip_cbor_put_map (GByteArray *out,
                       guint       length);  /* then that many key, item pairs, keys rising */
void kip_cbor_put_none (GByteArray *out);
void kip_cbor_put_value (GByteArray     *out,
                         const KipValue *value);

/* A cursor over bytes it does not own.  Each getter returns FALSE on malformed
 * input and leaves its result alone; after that the reader stays failed. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean      failed;
} KipCborReader;

void     kip_cbor_reader_init (KipCborReader *reader,
                               gconstpointer  data,
                               gsize          length);
gboolean kip_cbor_get_int (KipCborReader *reader,
                           gint64        *number);
gboolean kip_cbor_get_uint (KipCborReader *reader,
                            guint64       *number);
gboolean kip_cbor_get_text (KipCborReader *reader,
                            const char   **text,    /* not NUL-terminated, borrowed */
                            gsize         *length);
gboolean kip_cbor_get_bytes (KipCborReader *reader,
                             const guint8 **data,   /* borrowed */
                             gsize         *length);
/* Bytes of exactly that length, copied @into; FALSE: of another. */
gboolean kip_cbor_get_fixed (KipCborReader *reader,
                             guint8        *into,
                             gsize          length);
gboolean kip_cbor_get_list (KipCborReader *reader,
                            guint         *length);
gboolean kip_cbor_get_value (KipCborReader *reader,
                             KipValue     **value); /* (transfer full) */
gboolean kip_cbor_skip (KipCborReader *reader);     /* one item of any kind, well formed */
gboolean kip_cbor_at_end (const KipCborReader *reader);

G_END_DECLS
