/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-carrier.h"

G_BEGIN_DECLS

/* What the program and its child say to each other over a socket, little-endian:
 *
 *   request  u32 length of the rest · u32 number · u8 what · arguments
 *   answer   u32 length of the rest · u32 number · u8 0 · results
 *            u32 length of the rest · u32 number · u8 1 · u32 KipError · text
 *
 * Texts and bytes are a u32 length and so many bytes.  Requests marked so below get no answer. */
typedef enum
{
  KIP_WIRE_OPEN = 1,     /* path; no answer */
  KIP_WIRE_EXPECT,       /* place; no answer */
  KIP_WIRE_EXPECT_ANY,   /* no answer */
  KIP_WIRE_LOOK,
  KIP_WIRE_READ,
  KIP_WIRE_LOCK,
  KIP_WIRE_KEEP,
  KIP_WIRE_UNLOCK,       /* no answer */
  KIP_WIRE_APPEND,
  KIP_WIRE_REPLACE_BEGIN,
  KIP_WIRE_REPLACE_ADD,
  KIP_WIRE_REPLACE_READ,
  KIP_WIRE_REPLACE_END,
  KIP_WIRE_REPLACE_DROP, /* no answer */
  KIP_WIRE_PUT_BLOB,
  KIP_WIRE_GET_BLOB,
  KIP_WIRE_DROP_BLOB,
  KIP_WIRE_LIST_BLOBS,
  KIP_WIRE_DROP_ASIDE
} KipWireRequest;

/* The longest message: anything longer ends the conversation. */
#define KIP_WIRE_MAX (KIP_CARRIER_MAX + 65536)
#define KIP_WIRE_HEAD 9 /* bytes: length, number, what */

/* ---- writing ---- */

GByteArray *kip_wire_begin (guint32 number,
                            guint8  what);
void        kip_wire_put_u8 (GByteArray *message,
                             guint8      value);
void        kip_wire_put_u32 (GByteArray *message,
                              guint32     value);
void        kip_wire_put_u64 (GByteArray *message,
                              guint64     value);
void        kip_wire_put_data (GByteArray   *message,
                               gconstpointer data,
                               gsize         length);
void        kip_wire_put_text (GByteArray *message,
                               const char *text); /* (nullable) */
void        kip_wire_put_place (GByteArray          *message,
                                const KipSharePlace *place);
/* Puts the length in; FALSE when it is too long. */
gboolean    kip_wire_end (GByteArray *message);

/* ---- reading: never beyond the end ---- */

typedef struct
{
  const guint8 *at;
  gsize         left;
  gboolean      is_bad; /* it said more than there was */
} KipWireReader;

guint8   kip_wire_get_u8 (KipWireReader *reader);
guint32  kip_wire_get_u32 (KipWireReader *reader);
guint64  kip_wire_get_u64 (KipWireReader *reader);
GBytes  *kip_wire_get_bytes (KipWireReader *reader); /* (transfer full), empty when bad */
char    *kip_wire_get_text (KipWireReader *reader);  /* (transfer full) (nullable) */
void     kip_wire_get_place (KipWireReader *reader,
                             KipSharePlace *place);
/* Nothing was missing, and nothing is left. */
gboolean kip_wire_is_whole (const KipWireReader *reader);

/* ---- the socket ---- */

typedef struct
{
  int           fd;
  GCancellable *cancellable; /* (nullable) */
  gint64        until;       /* monotonic us; G_MAXINT64: without end */
} KipWireLine;

/* FALSE: cancelled, too late, or the other end is gone. */
gboolean kip_wire_send (const KipWireLine *line,
                        GByteArray        *message);
/* What comes after the length, at least a number and a what. (transfer full) (nullable) */
GBytes  *kip_wire_receive (const KipWireLine *line);

G_END_DECLS
